package wallet_test

import (
	"math/big"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

var token = address(43)

func limited(t testing.TB, limits wallet.Limits, now func() time.Time) *wallet.Limited {
	t.Helper()
	l := &wallet.Limited{Account: parse(t, vectorKey), Spending: wallet.Spending{Dir: t.TempDir(), Now: now}, Domain: domain, Token: token}
	if err := l.Spending.SetLimits(l.Address(), limits); err != nil {
		t.Fatal(err)
	}
	return l
}

// offerOf puts that much at risk.
func offerOf(risk lilypad.Amount, nonce uint64) lilypad.JobOffer {
	o := sampleOffer()
	o.MaxPrice, o.CreatorStake, o.SolverFee, o.MediationFee, o.Nonce = risk-3, 2, 1, 2, nonce
	return o
}

func TestLimited_Sign_keepsPerDealLimit(t *testing.T) {
	l := limited(t, wallet.Limits{PerDeal: 10}, nil)
	taking := wallet.Taking{Offer: offerOf(5, 1)}
	taking.Offer.ProviderStake = 11
	taking.Job = taking.Offer.ID()
	for name, c := range map[string]struct {
		statement lilypad.Signable
		code      lilypad.Code // "": signed
	}{
		"offer at the limit":     {offerOf(10, 1), ""},
		"offer above":            {offerOf(11, 2), lilypad.Exhausted},
		"deal with a high stake": {taking, lilypad.Exhausted},
		"deal without its offer": {taking.Deal, lilypad.Invalid},
		"receipt":                {lilypad.Receipt{}, ""},
		"unknown":                {stranger{}, lilypad.Invalid},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := l.Sign(t.Context(), domain, c.statement)
			if c.code == "" && err != nil || c.code != "" && lilypad.CodeOf(err) != c.code {
				t.Fatalf("error %v, want %q", err, c.code)
			}
			if c.code == lilypad.Exhausted && (!strings.Contains(err.Error(), "may put 0.00001 into one") || !strings.Contains(lilypad.RemedyOf(err), "--per-deal 0.000011")) {
				t.Errorf("error %v, try %q", err, lilypad.RemedyOf(err))
			}
		})
	}
}

func TestLimited_Sign_keepsPerDayLimit(t *testing.T) {
	at := time.Unix(1_700_000_000, 0)
	l := limited(t, wallet.Limits{PerDay: 20}, func() time.Time { return at })
	sign := func(risk lilypad.Amount) error {
		_, err := l.Sign(t.Context(), domain, offerOf(risk, uint64(risk)))
		return err
	}
	for _, risk := range []lilypad.Amount{8, 12} {
		if err := sign(risk); err != nil {
			t.Fatal(err)
		}
	}
	err := sign(5)
	if lilypad.CodeOf(err) != lilypad.Exhausted || !strings.Contains(err.Error(), "0.00002 of 0.00002 into deals in the last 24 hours") ||
		!strings.Contains(lilypad.RemedyOf(err), "--per-day 0.000025") {
		t.Errorf("error %v, try %q", err, lilypad.RemedyOf(err))
	}

	// Another process with the same folder counts on.
	again := &wallet.Limited{Account: l.Account, Spending: l.Spending, Domain: domain}
	if _, err := again.Sign(t.Context(), domain, offerOf(5, 6)); lilypad.CodeOf(err) != lilypad.Exhausted {
		t.Errorf("after a restart: %v", err)
	}
	at = at.Add(-48 * time.Hour)
	if err := sign(5); lilypad.CodeOf(err) != lilypad.Exhausted {
		t.Errorf("with the clock set back: %v", err)
	}
	at = at.Add((48 + 23) * time.Hour)
	if err := sign(5); lilypad.CodeOf(err) != lilypad.Exhausted {
		t.Errorf("after 23 hours: %v", err)
	}
	at = at.Add(2 * time.Hour)
	if err := sign(5); err != nil {
		t.Errorf("after 25 hours: %v", err)
	}
}

func TestLimited_Sign_newLimitsHoldAtOnce(t *testing.T) {
	l := limited(t, wallet.Limits{PerDeal: 10}, nil)
	if err := l.Spending.SetLimits(l.Address(), wallet.Limits{PerDeal: 4}); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Sign(t.Context(), domain, offerOf(5, 1)); lilypad.CodeOf(err) != lilypad.Exhausted {
		t.Errorf("error %v", err)
	}
	text := only(t, l.Spending.Dir)
	if err := os.WriteFile(text, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Sign(t.Context(), domain, offerOf(5, 1)); lilypad.CodeOf(err) != lilypad.Invalid {
		t.Errorf("damaged limits: error %v, want invalid", err)
	}
}

// Signatures at the same moment must not pass a limit together.
func TestLimited_Sign_hammer(t *testing.T) {
	l := limited(t, wallet.Limits{PerDay: 50}, nil)
	var signed sync.Map
	var group sync.WaitGroup
	for i := range 20 {
		group.Go(func() {
			if _, err := l.Sign(t.Context(), domain, offerOf(10, uint64(i))); err == nil {
				signed.Store(i, true)
			}
		})
	}
	group.Wait()
	n := 0
	signed.Range(func(any, any) bool { n++; return true })
	if n != 5 {
		t.Errorf("%d of 20 offers of 10 were signed within 50", n)
	}
}

func TestLimited_SignTx_keepsMoneyIn(t *testing.T) {
	l := limited(t, wallet.Limits{}, nil)
	me, thief := common.Address(l.Address()), common.Address(address(66))
	contract := common.Address(domain.Contract)
	call := func(signature string, payee common.Address) []byte {
		return append(append(crypto.Keccak256([]byte(signature))[:4], common.LeftPadBytes(payee[:], 32)...), make([]byte, 32)...)
	}
	const offer = "(address,address,address,address,bytes32,bytes32,bytes32,uint80,uint96,uint96,uint96,uint96,uint96,uint16,uint32,uint32,uint32,uint32,uint32,uint64,uint40)"
	for name, c := range map[string]struct {
		to    common.Address
		data  []byte
		wei   int64
		chain uint64
		ok    bool
	}{
		"settlement call":       {contract, call("bumpEpoch()", me), 0, domain.ChainID, true},
		"own deposit":           {contract, call("deposit(address,uint256)", me), 0, domain.ChainID, true},
		"deposit for another":   {contract, call("deposit(address,uint256)", thief), 0, domain.ChainID, false},
		"own withdrawal":        {contract, call("withdraw(address,uint256)", me), 0, domain.ChainID, true},
		"withdrawal to another": {contract, call("withdraw(address,uint256)", thief), 0, domain.ChainID, false},
		"cut withdrawal":        {contract, call("withdraw(address,uint256)", me)[:20], 0, domain.ChainID, false},
		"approved offer":        {contract, call("approve("+offer+")", me), 0, domain.ChainID, false},
		"allowance for it":      {common.Address(token), call("approve(address,uint256)", contract), 0, domain.ChainID, true},
		"allowance for another": {common.Address(token), call("approve(address,uint256)", thief), 0, domain.ChainID, false},
		"transfer":              {common.Address(token), call("transfer(address,uint256)", me), 0, domain.ChainID, false},
		"another contract":      {thief, nil, 0, domain.ChainID, false},
		"value":                 {contract, nil, 1, domain.ChainID, false},
		"another chain":         {contract, call("bumpEpoch()", me), 0, 5, false},
	} {
		t.Run(name, func(t *testing.T) {
			tx := types.NewTx(&types.DynamicFeeTx{ChainID: new(big.Int).SetUint64(c.chain), To: &c.to, Data: c.data, Value: big.NewInt(c.wei)})
			_, err := l.SignTx(t.Context(), tx, c.chain)
			if c.ok != (err == nil) || !c.ok && lilypad.CodeOf(err) != lilypad.Unauthorized {
				t.Errorf("error %v, want signed %v", err, c.ok)
			}
		})
	}
	if _, err := l.SignTx(t.Context(), types.NewTx(&types.DynamicFeeTx{ChainID: new(big.Int).SetUint64(domain.ChainID), Value: new(big.Int)}), domain.ChainID); lilypad.CodeOf(err) != lilypad.Unauthorized {
		t.Errorf("a new contract: %v", err)
	}
}
