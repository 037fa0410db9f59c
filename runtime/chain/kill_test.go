package chain_test

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/chain/chaintest"
	"github.com/lilypad-network/lilypad/runtime/journal/sqlite"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// The test binary is also the process that gets killed: it sends a call to the
// emitter, or, where it is given none, what its journal has.
const senderDir, senderName, senderKey, senderURL, senderTo = "CHAIN_TEST_DIR", "CHAIN_TEST_NAME", "CHAIN_TEST_KEY", "CHAIN_TEST_URL", "CHAIN_TEST_TO"

func TestMain(m *testing.M) {
	if dir := os.Getenv(senderDir); dir != "" {
		if err := sender(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func sender(dir string) error {
	ctx := context.Background()
	key, err := wallet.ParseKey(os.Getenv(senderKey))
	if err != nil {
		return err
	}
	j, err := sqlite.Open(ctx, filepath.Join(dir, os.Getenv(senderName)+".db"))
	if err != nil {
		return err
	}
	client, err := chain.New(ctx, chain.Config{URL: os.Getenv(senderURL), Poll: 50 * time.Millisecond})
	if err != nil {
		return err
	}
	unlock, err := chain.LockKey(dir, "test", key.Address(), fmt.Sprintf("process %d", os.Getpid()))
	if err != nil {
		return err
	}
	defer unlock() //nolint:errcheck // the process ends
	q := chain.NewQueue(chain.QueueConfig{Client: client, Key: key, Journal: j})
	ended := make(chan error, 1)
	go func() { ended <- q.Run(ctx) }()
	if to := os.Getenv(senderTo); to != "" {
		at, err := lilypad.ParseAddress(to)
		if err != nil {
			return err
		}
		topic := common.BigToHash(big.NewInt(1))
		if _, err := q.Send(ctx, chain.Call{To: at, Data: topic[:]}); err != nil {
			return err
		}
	}
	return <-ended
}

// Wherever the process dies between signing a transaction and noticing that it
// is in a block, its successor has it mined once.
func TestQueue_survivesKill(t *testing.T) {
	for name, c := range map[string]struct {
		faults chaintest.Faults
		at     string // killed when this was called
	}{
		"signed, not sent":   {chaintest.Faults{Refuse: map[string]bool{"eth_sendRawTransaction": true}}, "eth_sendRawTransaction"},
		"sent, not mined":    {chaintest.Faults{Swallow: map[string]bool{"eth_sendRawTransaction": true}}, "eth_sendRawTransaction"},
		"mined, not noticed": {chaintest.Faults{Refuse: map[string]bool{"eth_getTransactionReceipt": true}}, "eth_getTransactionReceipt"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			secret := fmt.Sprintf("%064x", 77)
			key, err := wallet.ParseKey(secret)
			if err != nil {
				t.Fatal(err)
			}
			net := chaintest.StartWith(t, []*wallet.Key{chaintest.Key(t), key})
			emitter := deploy(t, net.Queue(t, net.Keys[0]), chaintest.Emitter)
			c.faults.PlainHTTP = true
			proxy, dir := chaintest.NewProxy(t, net.Chain.URL(), c.faults), t.TempDir()
			first := startSender(t, dir, secret, proxy.URL, emitter.String())
			eventually(t, func() bool { return proxy.Calls(c.at) > 0 })
			first.kill()
			proxy.Set(chaintest.Faults{PlainHTTP: true})
			asked := proxy.Calls("eth_getTransactionReceipt")
			second := startSender(t, dir, secret, proxy.URL, "")
			eventually(t, func() bool {
				advance(t, net)
				return net.Nonce(t, key.Address()) == 1 && proxy.Calls("eth_getTransactionReceipt") > asked
			})
			refusesTwin(t, second, dir, secret, proxy.URL)
			second.kill()
			logs, err := net.Client.Logs(t.Context(), 0, head(t, net).Number, []lilypad.Address{emitter})
			if err != nil || len(logs) != 1 {
				t.Errorf("%d events of one call, %v", len(logs), err)
			}
		})
	}
}

// refusesTwin starts a second process with the key, and a journal of its own,
// while the first lives.
func refusesTwin(t *testing.T, first process, dir, secret, url string) {
	t.Helper()
	cmd := senderCommand(dir, "twin", secret, url, "")
	late := time.AfterFunc(30*time.Second, func() { _ = cmd.Process.Kill() })
	defer late.Stop()
	out, err := cmd.CombinedOutput()
	if _, ended := errors.AsType[*exec.ExitError](err); !ended || !strings.Contains(string(out), fmt.Sprintf("process %d sends transactions as", first.Process.Pid)) {
		t.Errorf("a second process with the key: %v, %s", err, out)
	}
}

type process struct{ *exec.Cmd }

func (p process) kill() {
	_ = p.Process.Kill()
	_ = p.Wait()
}

func senderCommand(dir, name, secret, url, to string) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), senderDir+"="+dir, senderName+"="+name, senderKey+"="+secret, senderURL+"="+url, senderTo+"="+to)
	return cmd
}

func startSender(t *testing.T, dir, secret, url, to string) process {
	t.Helper()
	p := process{senderCommand(dir, "first", secret, url, to)}
	p.Stderr = os.Stderr
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.kill)
	return p
}
