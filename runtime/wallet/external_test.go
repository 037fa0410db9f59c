package wallet_test

import (
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/wallet"
	"github.com/lilypad-network/lilypad/runtime/wallet/wallettest"
)

func external(t *testing.T) (*wallet.External, *wallettest.FakeClef) {
	t.Helper()
	clef := wallettest.StartFakeClef(t, vectorKey[2:])
	e, err := wallet.NewExternal(t.Context(), wallet.ExternalConfig{
		URL: clef.URL, Address: parse(t, vectorKey).Address(), SecretFile: filepath.Join(t.TempDir(), "keys", "secret"),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(e.Close)
	return e, clef
}

// statements has one of each that the market signs.
func statements() map[string]lilypad.Signable {
	o := sampleOffer()
	d := lilypad.Deal{Job: o.ID(), Provider: address(9), Price: 1_234_567, SeedHash: word(6), Epoch: 7, Expiry: 1<<40 - 1}
	return map[string]lilypad.Signable{
		"JobOffer": o, "empty": lilypad.JobOffer{}, "Deal": wallet.Taking{Deal: d, Offer: o},
		"Result":  lilypad.Result{Deal: d.ID(), Result: word(7)},
		"Receipt": lilypad.Receipt{Deal: d.ID(), Result: word(7), CreatorSeed: word(8)},
		"Verdict": lilypad.Verdict{Deal: d.ID(), Result: word(7), Outcome: lilypad.OutcomeFraud, Transcript: word(9)},
	}
}

// A key in memory and one behind a signer give the same signatures, so that the
// signer has hashed the same: both are deterministic.
func TestExternal_signsAsAKeyInMemory(t *testing.T) {
	e, clef := external(t)
	key := parse(t, vectorKey)
	for name, s := range statements() {
		got, err := e.Sign(t.Context(), domain, s)
		want, _ := key.Sign(t.Context(), domain, s)
		if err != nil || got != want {
			t.Errorf("%s: %v, %v; want %v", name, got, err, want)
		}
	}
	if !slices.Contains(clef.Asked(), "JobOffer") {
		t.Errorf("the signer was asked for %v, not for an offer in full", clef.Asked())
	}
	got, err := e.SignText(t.Context(), []byte("moo"))
	if want, _ := key.SignText(t.Context(), []byte("moo")); err != nil || got != want {
		t.Errorf("text: %v, %v; want %v", got, err, want)
	}
	tx := transaction()
	signed, err := e.SignTx(t.Context(), tx, 7)
	if want, _ := key.SignTx(t.Context(), tx, 7); err != nil || signed.Hash() != want.Hash() {
		t.Errorf("transaction: %v, %v", signed, err)
	}
}

func transaction() *types.Transaction {
	return types.NewTx(&types.DynamicFeeTx{
		ChainID: big.NewInt(7), Nonce: 1, Gas: 21000, GasFeeCap: big.NewInt(2), GasTipCap: big.NewInt(1),
		To: &common.Address{1}, Value: big.NewInt(3), Data: []byte{4, 5},
	})
}

func TestExternal_believesNoAnswer(t *testing.T) {
	for name, b := range map[string]wallettest.Behaviour{"denied": wallettest.Denies, "other": wallettest.SignsOther, "cut": wallettest.Cuts} {
		t.Run(name, func(t *testing.T) {
			e, clef := external(t)
			clef.Behave(b)
			_, err1 := e.Sign(t.Context(), domain, sampleOffer())
			_, err2 := e.SignText(t.Context(), []byte("moo"))
			_, err3 := e.SignTx(t.Context(), transaction(), 7)
			for _, err := range []error{err1, err2, err3} {
				if lilypad.CodeOf(err) != lilypad.Unauthorized || lilypad.RemedyOf(err) == "" {
					t.Errorf("error %v, want unauthorized with a remedy", err)
				}
			}
		})
	}
}

// stranger is a statement that no market has.
type stranger struct{}

func (stranger) StructHash() lilypad.Hash { return word(99) }

func TestExternal_refusesWhatItCannotSpell(t *testing.T) {
	e, clef := external(t)
	if _, err := e.Sign(t.Context(), domain, stranger{}); lilypad.CodeOf(err) != lilypad.Invalid {
		t.Errorf("error %v, want invalid", err)
	}
	if len(clef.Asked()) != 0 {
		t.Errorf("the signer was asked for %v", clef.Asked())
	}
}

func TestNewExternal_refuses(t *testing.T) {
	clef := wallettest.StartFakeClef(t, vectorKey[2:])
	me := parse(t, vectorKey).Address()
	short := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(short, []byte("moo"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		cfg  wallet.ExternalConfig
		code lilypad.Code
		says string
	}{
		"another account": {wallet.ExternalConfig{URL: clef.URL, Address: address(3), SecretFile: filepath.Join(t.TempDir(), "s")}, lilypad.NotFound, strings.ToLower(me.String()[2:])},
		"nobody there":    {wallet.ExternalConfig{URL: "http://127.0.0.1:1", Address: me, SecretFile: filepath.Join(t.TempDir(), "s")}, lilypad.Unavailable, "signer"},
		"damaged secret":  {wallet.ExternalConfig{URL: clef.URL, Address: me, SecretFile: short}, lilypad.Invalid, "3 bytes"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := wallet.NewExternal(t.Context(), c.cfg)
			if lilypad.CodeOf(err) != c.code || !strings.Contains(strings.ToLower(err.Error()), c.says) {
				t.Errorf("error %v, want %s saying %q", err, c.code, c.says)
			}
		})
	}
}

func TestExternal_Seed_outlivesARestart(t *testing.T) {
	clef := wallettest.StartFakeClef(t, vectorKey[2:])
	cfg := wallet.ExternalConfig{URL: clef.URL, Address: parse(t, vectorKey).Address(), SecretFile: filepath.Join(t.TempDir(), "keys", "secret")}
	var seeds []lilypad.Hash
	for range 2 {
		e, err := wallet.NewExternal(t.Context(), cfg)
		if err != nil {
			t.Fatal(err)
		}
		defer e.Close()
		seeds = append(seeds, e.Seed([]byte("job 1")))
		if e.Seed([]byte("job 1")) == e.Seed([]byte("job 2")) {
			t.Error("two jobs have one seed")
		}
	}
	if seeds[0] != seeds[1] {
		t.Error("another seed after a restart")
	}
	if info, err := os.Stat(cfg.SecretFile); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("secret %v, %v", info.Mode(), err)
	}
}
