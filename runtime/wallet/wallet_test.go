package wallet_test

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

const vectorKey = "0x1234567890123456789012345678901234567890123456789012345678901234"

func TestKey_SignText_matchesEIP2098(t *testing.T) {
	key := parse(t, vectorKey)
	for text, want := range map[string]string{
		"Hello World":            "0x68a020a209d3d56c46f38cc50a33f704f4a9a10a59377f8dd762ac66910e9b907e865ad05c4035ab5792787d4a0297a43617ae897930a6fe4d822b8faea52064",
		"It's a small(er) world": "0x9328da16089fcba9bececa81663203989f2df5fe1faa6291a45381c81bd17f76939c6d6b623b42da56557e5e734a43dc83345ddfadec52cbe24d0cc64f550793",
	} {
		sig, err := key.SignText(t.Context(), []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := sig.MarshalText(); string(got) != want {
			t.Errorf("%q: signature %s, want %s", text, got, want)
		}
		if who, err := wallet.RecoverText([]byte(text), sig); err != nil || who != key.Address() {
			t.Errorf("%q: recovered %s, %v; want %s", text, who, err, key.Address())
		}
	}
}

func TestVerify(t *testing.T) {
	key, other := newKey(t), newKey(t)
	signed, err := wallet.Sign(t.Context(), key, domain, sampleOffer())
	if err != nil {
		t.Fatal(err)
	}
	changed := signed
	changed.Body.Nonce++
	damaged := signed
	damaged.Signature[5] ^= 1
	highS := signed
	highS.Signature = negate(signed.Signature)
	zero := signed
	zero.Signature = lilypad.Signature{}

	for name, c := range map[string]struct {
		domain lilypad.Domain
		signed lilypad.Signed[lilypad.JobOffer]
		want   lilypad.Address
		ok     bool
	}{
		"own signature":    {domain, signed, key.Address(), true},
		"another signer":   {domain, signed, other.Address(), false},
		"another chain":    {lilypad.Domain{ChainID: 1, Contract: domain.Contract}, signed, key.Address(), false},
		"another contract": {lilypad.Domain{ChainID: domain.ChainID}, signed, key.Address(), false},
		"changed body":     {domain, changed, key.Address(), false},
		"damaged":          {domain, damaged, key.Address(), false},
		"high s":           {domain, highS, key.Address(), false},
		"zero signature":   {domain, zero, key.Address(), false},
		"nobody wanted":    {domain, zero, lilypad.Address{}, false},
	} {
		t.Run(name, func(t *testing.T) {
			err := wallet.Verify(c.domain, c.signed, c.want)
			if c.ok && err != nil {
				t.Errorf("refused: %v", err)
			}
			if !c.ok && lilypad.CodeOf(err) != lilypad.Unauthorized {
				t.Errorf("error %v, want unauthorized", err)
			}
		})
	}
}

// negate gives the other signature of the same key over the same digest: n−s
// and the opposite parity. As n−s > n/2 it leaves bit 255 of s clear or, for a
// few values, not; those the test key does not produce.
func negate(sig lilypad.Signature) lilypad.Signature {
	n, _ := new(big.Int).SetString("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16)
	parity := sig[32] >> 7
	sig[32] &= 0x7f
	s := new(big.Int).Sub(n, new(big.Int).SetBytes(sig[32:]))
	s.FillBytes(sig[32:])
	sig[32] = sig[32]&0x7f | (1-parity)<<7
	return sig
}

func FuzzRecover(f *testing.F) {
	key := parse(f, vectorKey)
	sig, err := key.SignText(f.Context(), []byte("seed"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte("seed"), sig[:])
	f.Fuzz(func(t *testing.T, text, raw []byte) {
		var sig lilypad.Signature
		copy(sig[:], raw)
		who, err := wallet.RecoverText(text, sig)
		if (err == nil) == who.IsZero() {
			t.Errorf("recovered %s with error %v", who, err)
		}
		if err != nil && lilypad.CodeOf(err) != lilypad.Unauthorized {
			t.Errorf("error %v, want unauthorized", err)
		}
	})
}

func TestParseKey(t *testing.T) {
	want := parse(t, vectorKey).Address()
	if got := parse(t, " "+vectorKey[2:]+"\n").Address(); got != want {
		t.Errorf("without 0x: %s, want %s", got, want)
	}
	for _, text := range []string{
		"", "0x12", vectorKey + "00", "zz" + vectorKey[2:64],
		"0x0000000000000000000000000000000000000000000000000000000000000000",
		"0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141",
	} {
		if _, err := wallet.ParseKey(text); lilypad.CodeOf(err) != lilypad.Invalid {
			t.Errorf("%q: error %v, want invalid", text, err)
		}
	}
}

func TestKey_printsAsItsAddress(t *testing.T) {
	key := parse(t, vectorKey)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%d"} {
		if got := fmt.Sprintf(verb, key); got != key.Address().String() {
			t.Errorf("%s prints %s", verb, got)
		}
	}
}

func TestKey_Seed(t *testing.T) {
	key, again, other := parse(t, vectorKey), parse(t, vectorKey), newKey(t)
	a := key.Seed([]byte("job 1"))
	if a != again.Seed([]byte("job 1")) {
		t.Error("the same key gave another seed")
	}
	if a == key.Seed([]byte("job 2")) || a == other.Seed([]byte("job 1")) {
		t.Error("seeds of two jobs or two keys are equal")
	}
}

func TestKey_SignTx_bindsTheChain(t *testing.T) {
	key := newKey(t)
	tx := types.NewTx(&types.DynamicFeeTx{ChainID: big.NewInt(7), Nonce: 1, Gas: 21000, GasFeeCap: big.NewInt(2), GasTipCap: big.NewInt(1), To: &common.Address{}})
	signed, err := key.SignTx(t.Context(), tx, 7)
	if err != nil {
		t.Fatal(err)
	}
	from, err := types.Sender(types.LatestSignerForChainID(big.NewInt(7)), signed)
	if err != nil || lilypad.Address(from) != key.Address() {
		t.Errorf("sender %s, %v; want %s", from, err, key.Address())
	}
	if _, err := key.SignTx(t.Context(), tx, 8); err == nil {
		t.Error("signed a transaction of chain 7 for chain 8")
	}
}

func newKey(t testing.TB) *wallet.Key {
	t.Helper()
	key, err := wallet.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func parse(t testing.TB, text string) *wallet.Key {
	t.Helper()
	key, err := wallet.ParseKey(text)
	if err != nil {
		t.Fatal(err)
	}
	return key
}
