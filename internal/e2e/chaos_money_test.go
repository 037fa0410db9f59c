package e2e_test

import (
	"fmt"
	"log/slog"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/testkit/nodes"
	"github.com/lilypad-network/lilypad/runtime/node"
)

// money is where an account's tokens are, in LILY.
type money struct{ wallet, free lilypad.Amount }

func (m *gatedMarket) money(t *testing.T, account string) money {
	t.Helper()
	n, err := node.ReadNetwork(m.network)
	if err != nil {
		t.Fatal(err)
	}
	held, err := node.Balance(t.Context(), n, node.LocalKey(account).Address(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return money{held.Wallet / lilypad.LILY, held.Free / lilypad.LILY}
}

// A role that dies while it deposits has deposited once when it serves; a
// person's withdrawal that dies is made once or not at all.
func TestKill_whileMoneyMoves(t *testing.T) {
	m := newGated(t)
	const deposit, withdrawal, rest = 500, 200, 10_000
	for i, c := range []struct {
		what string
		at   moment
	}{
		{"the deposit is allowed, but not yet", moment{nth: 1}},
		{"the deposit is allowed, and it is killed before it knows", moment{nth: 1, done: true}},
		{"the deposit is made, but not yet", moment{nth: 2}},
		{"the deposit is made, and it is killed before it knows", moment{nth: 2, done: true}},
	} {
		t.Run(c.what, func(t *testing.T) {
			name := fmt.Sprintf("provider-%d", 3+i)
			c.at.role, c.at.to, c.at.calls = name, "chain", sends
			network := m.throughGates(t, name)
			trap := m.gateOf(c.at).arm(c.at)
			p := &process{
				name: name, args: []string{"provider", "--network", network, "--key", name, "--deposit", fmt.Sprint(deposit), "--docker", "off", "--data", filepath.Join(m.dir, name)},
				log: filepath.Join(m.dir, name+".log"), out: filepath.Join(m.dir, name+".out"), ready: trap.isSprung,
			}
			p.start(t)
			p.kill(t)
			m.gateOf(c.at).release()
			p.ready = nil
			m.roles[name] = p
			p.start(t)
			if diff := cmp.Diff(money{rest - deposit, deposit}, m.money(t, name), cmp.AllowUnexported(money{})); diff != "" {
				t.Errorf("deposited otherwise (-want +got):\n%s", diff)
			}
			p.stop(t)

			c.at.nth = 1
			trap = m.gateOf(c.at).arm(c.at)
			w := &process{
				name: "withdrawal", args: []string{"wallet", "withdraw", fmt.Sprint(withdrawal), "--yes", "--network", network, "--key", name, "--data", filepath.Join(m.dir, name+"-person")},
				log: p.log, out: p.out, ready: trap.isSprung,
			}
			w.start(t)
			w.kill(t)
			m.gateOf(c.at).release()
			want := money{rest - deposit, deposit}
			if c.at.done {
				want.wallet, want.free = want.wallet+withdrawal, want.free-withdrawal
			}
			nodes.Until(t, "the money is elsewhere", func() bool { return m.money(t, name) == want })
		})
	}
}
