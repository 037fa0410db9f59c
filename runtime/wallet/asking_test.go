package wallet_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

func plainOffer(me lilypad.Address) lilypad.JobOffer {
	return lilypad.JobOffer{
		Creator: me, Judge: me, Solver: address(3), Work: word(1), Panel: word(2), SeedHash: word(3),
		MaxPrice: 2 * lilypad.LILY, CreatorStake: 2 * lilypad.LILY, ProviderStake: 5 * lilypad.LILY, LatePenalty: lilypad.LILY / 2,
		MediationFee: lilypad.LILY * 6 / 5, SolverFee: lilypad.LILY / 20,
		SubmitFor: 172830, JudgeFor: 86400, RevealFor: 3600, MediateFor: 7260, Nonce: 1, Expiry: 1_700_000_000,
	}
}

func words(me lilypad.Address) wallet.Words {
	return wallet.Words{
		Domain: domain, Me: me, Zone: time.FixedZone("CET", 3600),
		Name: func(a lilypad.Address) string {
			if a == address(3) {
				return "the network's solver"
			}
			return ""
		},
	}
}

func TestWords_Explain_offer(t *testing.T) {
	me := address(1)
	o := plainOffer(me)
	o.AuditBPS = 250
	got, err := words(me).Explain(domain, o)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"You offer to pay for job " + o.ID().String() + ", on chain 1337, contract " + domain.Contract.String() + ".",
		"the network's solver (" + address(3).String() + "), with a provider of its choice, may lock 4.05 LILY of you until 14 November 2023 23:13 CET: a price of at most 2, a fee of 0.05 for the solver, a stake of 2.",
		"Back within 2 days 30 seconds: all of it, if no result comes in time; the provider then loses 0.5.",
		"The price goes to the provider on a receipt by you, or after 1 day of silence once a result is claimed on chain.",
		"2.50 % of the results must be shown to mediators, at 1.2 LILY; if nobody judges in time the stake of 2 is lost.",
		"Whoever doubts a good result loses the stake of 2, of which mediators get at most 1.2.",
		"A doubt is decided within 3 hours 1 minute. If it is not, half of the price is paid and the stake comes back.",
		"At worst 4.05 LILY are lost. Nothing else can be taken by this signature.",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	order := orderOf(o)
	want[0] = `You offer to pay for one run of module "cowsay:v1\x1b", job ` + order.ID().String() + ", on chain 1337, contract " + domain.Contract.String() + "."
	if got, err = words(me).Explain(domain, order); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// orderOf is the offer for work of a module, whose name may be anything.
func orderOf(o lilypad.JobOffer) wallet.Ordering {
	m := lilypad.Module{Name: "cowsay", Tag: "v1\x1b"}
	w := lilypad.Work{Module: m.ID(), Inputs: lilypad.ContentID(word(7))}
	o.Work = w.Hash()
	return wallet.Ordering{JobOffer: o, Work: w, Module: m}
}

// An offer with its module is signed as the offer alone, by every kind of account.
func TestSignOffer(t *testing.T) {
	key := parse(t, vectorKey)
	order := orderOf(plainOffer(key.Address()))
	signed, err := wallet.SignOffer(t.Context(), key, domain, order)
	if err != nil || signed.Body != order.JobOffer {
		t.Fatalf("signed %+v, %v", signed.Body, err)
	}
	if err := wallet.Verify(domain, signed, key.Address()); err != nil {
		t.Error(err)
	}
	limited := &wallet.Limited{Account: key, Spending: wallet.Spending{Dir: t.TempDir()}, Domain: domain}
	if again, err := wallet.SignOffer(t.Context(), limited, domain, order); err != nil || again != signed {
		t.Errorf("within limits: %v", err)
	}
	if _, spent, err := limited.Spending.Limits(key.Address()); err != nil || spent != 4_050_000 {
		t.Errorf("counted %s at risk, %v", spent, err)
	}
	order.Module.Name = "moo"
	if _, err := wallet.SignOffer(t.Context(), key, domain, order); lilypad.CodeOf(err) != lilypad.Invalid {
		t.Errorf("for another module: %v", err)
	}
}

func TestWords_Explain_refuses(t *testing.T) {
	me := address(1)
	greedy := plainOffer(me)
	greedy.SolverFee = greedy.ProviderStake
	orphan := wallet.Taking{Deal: lilypad.Deal{Job: lilypad.JobID(word(5))}, Offer: plainOffer(me)}
	elsewhere := domain
	elsewhere.ChainID++
	for name, c := range map[string]struct {
		domain    lilypad.Domain
		statement lilypad.Signable
	}{
		"another chain":           {elsewhere, plainOffer(me)},
		"terms that contradict":   {domain, greedy},
		"a deal without offer":    {domain, lilypad.Deal{}},
		"work of another module":  {domain, wallet.Ordering{JobOffer: plainOffer(me), Module: lilypad.Module{Name: "cow"}}},
		"a permit":                {domain, lilypad.Permit{Value: 1}},
		"a deal on another offer": {domain, orphan},
		"no outcome":              {domain, lilypad.Verdict{}},
		"unknown":                 {domain, stranger{}},
	} {
		t.Run(name, func(t *testing.T) {
			asked := false
			a := &wallet.Asking{Account: parse(t, vectorKey), Words: words(me), Ask: func(context.Context, []string) error { asked = true; return nil }}
			if _, err := a.Sign(t.Context(), c.domain, c.statement); lilypad.CodeOf(err) != lilypad.Invalid || asked {
				t.Errorf("error %v, asked %v; want invalid, unasked", err, asked)
			}
		})
	}
}

// A yes to an order that was given up meanwhile signs nothing.
func TestAsking_Sign_afterTheOrderEnded(t *testing.T) {
	key := parse(t, vectorKey)
	ctx, end := context.WithCancel(t.Context())
	a := &wallet.Asking{Account: key, Words: words(key.Address()), Ask: func(context.Context, []string) error { end(); return nil }}
	if sig, err := a.Sign(ctx, domain, plainOffer(key.Address())); lilypad.CodeOf(err) != lilypad.Timeout || sig != (lilypad.Signature{}) {
		t.Errorf("signed %v, %v", sig, err)
	}
}

func TestAsking_Sign(t *testing.T) {
	key := parse(t, vectorKey)
	o := plainOffer(key.Address())
	taking := wallet.Taking{Deal: lilypad.Deal{Job: o.ID(), Provider: key.Address(), Price: 2}, Offer: o}
	no := errors.New("no")
	for name, c := range map[string]struct {
		statement lilypad.Signable
		asks      string // a part of the question; "": none
	}{
		"offer":   {o, "At worst 4.05 LILY are lost"},
		"deal":    {taking, "At worst 5 LILY are lost"},
		"receipt": {lilypad.Receipt{}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			var said string
			answer := error(nil)
			a := &wallet.Asking{Account: key, Words: words(key.Address()), Ask: func(_ context.Context, lines []string) error {
				said = strings.Join(lines, "\n")
				return answer
			}}
			got, err := a.Sign(t.Context(), domain, c.statement)
			if want, _ := key.Sign(t.Context(), domain, c.statement); err != nil || got != want {
				t.Errorf("signed %v, %v", got, err)
			}
			if c.asks == "" && said != "" || !strings.Contains(said, c.asks) {
				t.Errorf("asked %q, want %q", said, c.asks)
			}
			answer = no
			if _, err := a.Sign(t.Context(), domain, c.statement); (c.asks != "") != errors.Is(err, no) {
				t.Errorf("after a no: %v", err)
			}
		})
	}
}

func TestSignDeal_needsItsOffer(t *testing.T) {
	key, o := parse(t, vectorKey), plainOffer(address(1))
	d := lilypad.Deal{Job: o.ID(), Provider: key.Address(), Price: 2}
	signed, err := wallet.SignDeal(t.Context(), key, domain, d, o)
	if err != nil || wallet.Verify(domain, signed, key.Address()) != nil {
		t.Errorf("signed %v, %v", signed, err)
	}
	d.Job = lilypad.JobID(word(9))
	if _, err := wallet.SignDeal(t.Context(), key, domain, d, o); lilypad.CodeOf(err) != lilypad.Invalid {
		t.Errorf("a deal on another offer: %v", err)
	}
}
