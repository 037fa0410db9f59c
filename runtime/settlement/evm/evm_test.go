package evm_test

import (
	"log/slog"
	"testing"

	"golang.org/x/sync/errgroup"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/chain/chaintest"
	"github.com/lilypad-network/lilypad/runtime/chain/devchain"
	journal "github.com/lilypad-network/lilypad/runtime/journal/memory"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/settlement/evm"
	"github.com/lilypad-network/lilypad/runtime/settlement/memory"
	"github.com/lilypad-network/lilypad/runtime/settlement/settlementtest"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// net is a dev chain with the contracts on it.
type net struct {
	t         *testing.T
	chain     *devchain.Chain
	client    *chain.Client
	addresses evm.Addresses
	follower  *chain.Follower
	bank      *evm.Ledger // of who deployed, and holds the supply
}

var sink = lilypad.Address{0: 5}

func start(t *testing.T) *net {
	t.Helper()
	return startBehind(t, func(c *chain.Client, _ *devchain.Chain) *chain.Client { return c })
}

// startBehind has everything reach the chain through what behind makes of it.
func startBehind(t *testing.T, behind func(*chain.Client, *devchain.Chain) *chain.Client) *net {
	t.Helper()
	deployer := settlementtest.Key("deployer")
	accounts := []lilypad.Address{deployer.Address()}
	for _, k := range settlementtest.Actors() {
		accounts = append(accounts, k.Address())
	}
	n := &net{t: t}
	var err error
	if n.chain, err = devchain.New(t.Context(), devchain.Config{Accounts: accounts}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = n.chain.Close() })
	n.client = behind(chaintest.Dial(t, chain.Config{RPC: n.chain.Attach()}), n.chain)
	queue := n.queue(deployer)
	if n.addresses, err = evm.Deploy(t.Context(), queue, evm.Plan{Sink: sink, Supply: 1_000_000_000 * lilypad.LILY}); err != nil {
		t.Fatal(err)
	}
	n.follower = chain.NewFollower(n.client, []lilypad.Address{n.addresses.Settlement}, slog.New(slog.DiscardHandler))
	n.bank = n.ledgerOf(queue)
	return n
}

func (n *net) queue(k *wallet.Key) *chain.Queue {
	q := chain.NewQueue(chain.QueueConfig{Client: n.client, Key: k, Journal: journal.New()})
	chaintest.RunQueue(n.t, q)
	return q
}

func (n *net) ledgerOf(q *chain.Queue) *evm.Ledger {
	n.t.Helper()
	l, err := evm.New(n.t.Context(), evm.Config{Client: n.client, Queue: q, Follower: n.follower, Contract: n.addresses.Settlement})
	if err != nil {
		n.t.Fatal(err)
	}
	return l
}

func (n *net) fixture() settlementtest.Fixture {
	return settlementtest.Fixture{
		Ledger: func(k *wallet.Key) settlement.Ledger { return n.ledgerOf(n.queue(k)) },
		Mint: func(who lilypad.Address, amount lilypad.Amount) {
			if _, err := n.bank.Transfer(n.t.Context(), who, amount); err != nil {
				n.t.Fatal(err)
			}
		},
		Advance: func(to lilypad.Time) {
			if err := n.chain.Advance(n.t.Context(), to); err != nil {
				n.t.Fatal(err)
			}
		},
		Fund: func(amount lilypad.Amount, who ...lilypad.Address) {
			if _, err := n.bank.Allow(n.t.Context(), amount*lilypad.Amount(len(who))); err != nil {
				n.t.Fatal(err)
			}
			var deposits errgroup.Group
			for _, a := range who {
				deposits.Go(func() error { return n.bank.DepositFor(n.t.Context(), a, amount) })
			}
			if err := deposits.Wait(); err != nil {
				n.t.Fatal(err)
			}
		},
		Sink: sink,
	}
}

func TestLedger(t *testing.T) {
	settlementtest.Run(t, func(t *testing.T) settlementtest.Fixture { return start(t).fixture() })
}

// Contracts are deployed, and every deal goes its way, on a chain that answers
// as Arbitrum does.
func TestLedger_onArbitrum(t *testing.T) {
	settlementtest.Run(t, func(t *testing.T) settlementtest.Fixture { return startOnArbitrum(t).fixture() })
}

// The largest batches fit what Arbitrum's sequencer takes.
func TestLedger_onArbitrum_largestBatch(t *testing.T) {
	gas := settlementtest.Gas(t, startOnArbitrum(t).fixture())
	for _, name := range []string{"open in a full batch", "settle in a full batch"} {
		if gas[name] == 0 {
			t.Errorf("no %s", name)
		}
	}
}

func startOnArbitrum(t *testing.T) *net {
	t.Helper()
	return startBehind(t, func(_ *chain.Client, c *devchain.Chain) *chain.Client {
		on, _ := (&chaintest.Net{Chain: c}).Arbitrum(t, chaintest.ArbitrumConfig{LogRange: 8})
		return on.Client
	})
}

// The model in plain Go and the contract agree at each step.
func TestLedger_agreesWithMemory(t *testing.T) {
	for seed := range uint64(3) {
		bank := memory.New(memory.Config{ChainID: devchain.DefaultChainID, Contract: lilypad.Address{1}, Sink: sink})
		model := settlementtest.Fixture{
			Ledger: func(k *wallet.Key) settlement.Ledger { return bank.Ledger(k.Address()) },
			Mint: func(who lilypad.Address, amount lilypad.Amount) {
				if err := bank.Mint(who, amount); err != nil {
					t.Fatal(err)
				}
			},
			Advance: bank.Advance,
			Sink:    sink,
		}
		settlementtest.Walk(t, 1000+seed, 80, model, start(t).fixture())
	}
}

func TestNew_refusesWhatIsNoSettlementContract(t *testing.T) {
	n := start(t)
	for name, at := range map[string]lilypad.Address{
		"an account":       settlementtest.Key("creator").Address(),
		"nothing":          {1, 2, 3},
		"another contract": n.addresses.Token,
	} {
		_, err := evm.New(t.Context(), evm.Config{Client: n.client, Contract: at})
		if lilypad.CodeOf(err) != lilypad.Conflict || lilypad.RemedyOf(err) == "" {
			t.Errorf("%s: error %v, remedy %q", name, err, lilypad.RemedyOf(err))
		}
	}
	got, err := evm.Inspect(t.Context(), n.client, n.addresses.Settlement)
	want := n.addresses
	want.Modules = lilypad.Address{} // the settlement contract knows of no list
	if err != nil || got != want {
		t.Errorf("%+v, %v, want %+v", got, err, want)
	}
}

func TestDeploy_paysItsGrants(t *testing.T) {
	n := start(t)
	grants := []evm.Grant{{To: lilypad.Address{1}, Amount: 3}, {To: lilypad.Address{2}, Amount: 2 * lilypad.LILY}}
	queue := n.queue(settlementtest.Key("creator"))
	at, err := evm.Deploy(t.Context(), queue, evm.Plan{Sink: sink, Supply: 5 * lilypad.LILY}, grants...)
	if err != nil {
		t.Fatal(err)
	}
	l, err := evm.New(t.Context(), evm.Config{Client: n.client, Queue: queue, Follower: n.follower, Contract: at.Settlement})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range append(grants, evm.Grant{To: queue.Address(), Amount: 3*lilypad.LILY - 3}) {
		if a, err := l.Account(t.Context(), want.To); err != nil || a.Wallet != want.Amount {
			t.Errorf("%s holds %s, %v, want %s", want.To, a.Wallet, err, want.Amount)
		}
	}
	if _, err := evm.Deploy(t.Context(), queue, evm.Plan{Sink: sink, Supply: 1}, evm.Grant{To: sink, Amount: 2}); lilypad.CodeOf(err) != lilypad.Exhausted {
		t.Errorf("a grant above the supply: %v", err)
	}
	if _, err := evm.Deploy(t.Context(), queue, evm.Plan{}); err == nil {
		t.Error("deployed without a sink")
	}
}
