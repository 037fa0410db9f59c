package devchain_test

import (
	"bufio"
	"context"
	"fmt"
	"math/big"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/core/types"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/testkit/ports"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/chain/chaintest"
	"github.com/lilypad-network/lilypad/runtime/chain/devchain"
	"github.com/lilypad-network/lilypad/runtime/journal/memory"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// The test binary is also the process that gets killed.
const childDir, childAccount, childPort = "DEVCHAIN_TEST_DIR", "DEVCHAIN_TEST_ACCOUNT", "DEVCHAIN_TEST_PORT"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		if err := child(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

func child(dir string) error {
	account, err := lilypad.ParseAddress(os.Getenv(childAccount))
	if err != nil {
		return err
	}
	port, err := strconv.Atoi(os.Getenv(childPort))
	if err != nil {
		return err
	}
	c, err := devchain.New(context.Background(), devchain.Config{Dir: dir, Accounts: []lilypad.Address{account}, Listen: true, Port: port})
	if err != nil {
		return err
	}
	fmt.Println(c.URL())
	select {}
}

func TestChain_survivesKill(t *testing.T) {
	key, dir := chaintest.Key(t), t.TempDir()
	port := ports.Reserve(t, 1)[0]
	url, kill := spawn(t, dir, key, port)
	client := chaintest.Dial(t, chain.Config{URL: url})
	q := chain.NewQueue(chain.QueueConfig{Client: client, Key: key, Journal: memory.New()})
	chaintest.RunQueue(t, q)
	var last chain.Mined
	for range 5 {
		var err error
		if last, err = q.Send(t.Context(), chain.Call{To: q.Address()}); err != nil {
			t.Fatal(err)
		}
	}
	for range 3 {
		kill()
		_, kill = spawn(t, dir, key, port)
		at := head(t, client)
		if at.Number+2 < last.Block.Number {
			t.Fatalf("head fell from %d to %d", last.Block.Number, at.Number)
		}
		t.Logf("head %d before the kill, %d after", last.Block.Number, at.Number)
		var err error
		if last, err = q.Send(t.Context(), chain.Call{To: q.Address()}); err != nil {
			t.Fatal(err)
		}
	}
	kill()
}

func spawn(t *testing.T, dir string, key *wallet.Key, port string) (url string, kill func()) {
	t.Helper()
	start := time.Now()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childDir+"="+dir, childAccount+"="+key.Address().String(), childPort+"="+port)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	killed := false
	kill = func() {
		if !killed {
			killed = true
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
		}
	}
	t.Cleanup(kill)
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("process serves after %v", time.Since(start))
	return strings.TrimSpace(line), kill
}

// cheap signs with the lowest tip there is.
type cheap struct{ *wallet.Key }

func (k cheap) SignTx(ctx context.Context, tx *types.Transaction, chainID uint64) (*types.Transaction, error) {
	return k.Key.SignTx(ctx, types.NewTx(&types.DynamicFeeTx{
		ChainID: tx.ChainId(), Nonce: tx.Nonce(), To: tx.To(), Gas: tx.Gas(), GasFeeCap: tx.GasFeeCap(), GasTipCap: big.NewInt(1),
	}), chainID)
}
