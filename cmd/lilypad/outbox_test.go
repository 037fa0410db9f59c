package main

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/chain/chaintest"
	"github.com/lilypad-network/lilypad/runtime/node"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/settlement/evm"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// asProgram makes the test's own executable the program: what is killed must be
// a process.
const asProgram = "LILYPAD_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		os.Exit(run())
	}
	os.Exit(m.Run())
}

// A command that is killed after it signed has sent its money once or not at all:
// it is told by the next commands, and the same one takes it up.
func TestWalletSend_killedBeforeItIsMined(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a chain")
	}
	const secret = "4234567890123456789012345678901234567890123456789012345678901234"
	me, err := wallet.ParseKey(secret)
	if err != nil {
		t.Fatal(err)
	}
	net := chaintest.StartWith(t, []*wallet.Key{me})
	at, err := evm.Deploy(t.Context(), net.Queue(t, me), evm.Plan{Sink: lilypad.Address{1}, Supply: 100 * lilypad.LILY})
	if err != nil {
		t.Fatal(err)
	}
	for name, refuse := range map[string]string{"before it sent": "eth_sendRawTransaction", "before it was told": "eth_getTransactionReceipt"} {
		t.Run(name, func(t *testing.T) {
			proxy := chaintest.NewProxy(t, net.Chain.URL(), chaintest.Faults{PlainHTTP: true, Refuse: map[string]bool{refuse: true}})
			data := t.TempDir()
			args := []string{"wallet", "send", lilypad.Address{9}.String(), "5", "--key", me.Address().String(), "--network", pondFile(t, net, at, proxy.URL), "--yes"}
			t.Setenv("LILYPAD_PRIVATE_KEY", secret)
			sent := net.Nonce(t, me.Address())

			cmd := exec.Command(os.Args[0], append(args, "--data", data)...)
			cmd.Env, cmd.Stderr = append(os.Environ(), asProgram+"=1"), os.Stderr
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			for end := time.Now().Add(30 * time.Second); proxy.Calls(refuse) == 0; time.Sleep(10 * time.Millisecond) {
				if time.Now().After(end) {
					_ = cmd.Process.Kill()
					t.Fatal("it does not send")
				}
			}
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
			proxy.Set(chaintest.Faults{PlainHTTP: true})

			var left []node.Unfinished
			for _, x := range must[[]account](t, data, "wallet", "list") {
				left = append(left, x.Unfinished...)
			}
			if len(left) != 1 || left[0].Account != me.Address() || left[0].Does != "sends 5 LILY to "+(lilypad.Address{9}).String() {
				t.Fatalf("listed %+v", left)
			}
			out, told, err := lily(t, data, append(args, "--json")...)
			var tx settlement.Tx
			if err == nil {
				err = json.Unmarshal([]byte(out), &tx)
			}
			if err != nil || tx.Hash != left[0].Hash || net.Nonce(t, me.Address()) != sent+1 || strings.Contains(told, "signed transaction") ||
				!strings.Contains(told, left[0].Hash.String()+", which sends 5 LILY") || !strings.Contains(told, "no other was sent") {
				t.Errorf("given again: %s, %v, %d sent\n%s", out, err, net.Nonce(t, me.Address())-sent, told)
			}
			if text, _, err := lily(t, data, "wallet", "list"); err != nil || strings.Contains(text, "cut short") {
				t.Errorf("told again: %v\n%s", err, text)
			}
			if again := must[settlement.Tx](t, data, args...); again.Hash == tx.Hash || net.Nonce(t, me.Address()) != sent+2 {
				t.Errorf("a third time is a second payment, not %s", again.Hash)
			}
		})
	}
}

// pondFile is the file of a network of that name with these contracts.
func pondFile(t *testing.T, net *chaintest.Net, at evm.Addresses, url string) string {
	t.Helper()
	n := node.LocalNetwork(node.MinMediators)
	n.Name, n.ChainID, n.RPC, n.Finality = "pond", net.Client.ChainID(), url, chain.FinalAtOnce
	n.Settlement, n.Token, n.Sink, n.Modules = at.Settlement, at.Token, at.Sink, at.Modules
	text, err := json.Marshal(n)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "network.json")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestUnfinished_Status(t *testing.T) {
	for want, s := range map[string]chain.Stored{
		"perhaps not sent yet": {},
		"mined in block 7":     {Block: 7},
		"given up, as nodes refuse it for good: oversized data": {Block: 7, Refused: "oversized data"},
	} {
		if got := (node.Unfinished{Stored: s}).Status(); got != want {
			t.Errorf("%+v is %q, want %q", s, got, want)
		}
	}
}

// Two commands of one account do not send at once: the second would know nothing
// of what the first has signed.
func TestOutbox_isForOneCommandAtATime(t *testing.T) {
	net := chaintest.Start(t, 1)
	at, err := evm.Deploy(t.Context(), net.Queue(t, net.Keys[0]), evm.Plan{Sink: lilypad.Address{1}, Supply: lilypad.LILY})
	if err != nil {
		t.Fatal(err)
	}
	n, err := node.ReadNetwork(pondFile(t, net, at, net.Chain.URL()))
	if err != nil {
		t.Fatal(err)
	}
	box, log := node.Outbox(t.TempDir()), slog.New(slog.DiscardHandler)
	_, stop, err := node.OpenLedger(t.Context(), n, net.Keys[0], box, log)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := node.OpenLedger(t.Context(), n, net.Keys[0], box, log); lilypad.CodeOf(err) != lilypad.Conflict || !strings.Contains(err.Error(), "another command sends as "+net.Keys[0].Address().String()) {
		t.Errorf("beside another: %v", err)
	}
	if left, err := box.Unfinished(t.Context()); err != nil || len(left) != 0 {
		t.Errorf("of one that runs: %+v, %v", left, err)
	}
	stop()
	_, stop, err = node.OpenLedger(t.Context(), n, net.Keys[0], box, log)
	if err != nil {
		t.Fatal(err)
	}
	stop()
}

// A damaged file of one account holds up no other, and is named to its own.
func TestWalletSend_besideADamagedOutbox(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a chain")
	}
	const secret = "5234567890123456789012345678901234567890123456789012345678901234"
	me, err := wallet.ParseKey(secret)
	if err != nil {
		t.Fatal(err)
	}
	net := chaintest.StartWith(t, []*wallet.Key{me})
	at, err := evm.Deploy(t.Context(), net.Queue(t, me), evm.Plan{Sink: lilypad.Address{1}, Supply: 100 * lilypad.LILY})
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("LILYPAD_PRIVATE_KEY", secret)
	data := t.TempDir()
	args := []string{"wallet", "send", lilypad.Address{9}.String(), "5", "--key", me.Address().String(), "--network", pondFile(t, net, at, net.Chain.URL()), "--yes"}
	damage := func(account lilypad.Address) string {
		file := filepath.Join(data, "outbox", fmt.Sprintf("%d-%s-%s.db", net.Client.ChainID(), at.Settlement, account))
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(strings.Repeat("pond", 2000)), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	others := damage(lilypad.Address{7})
	must[settlement.Tx](t, data, args...)
	if _, _, err := lily(t, data, "wallet", "list"); !strings.Contains(lilypad.RemedyOf(err), others) {
		t.Errorf("list: %v, remedy %q", err, lilypad.RemedyOf(err))
	}
	own := damage(me.Address())
	if _, _, err := lily(t, data, args...); lilypad.CodeOf(err) != lilypad.Internal || !strings.Contains(lilypad.RemedyOf(err), own) {
		t.Errorf("send: %v, remedy %q", err, lilypad.RemedyOf(err))
	}
}
