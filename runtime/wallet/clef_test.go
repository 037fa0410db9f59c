package wallet_test

import (
	"context"
	"fmt"
	"io"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/lilypad-network/lilypad/internal/testkit/ports"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// The real signer agrees with a key in memory. Releases of go-ethereum after
// v1.16 do not have it.
func TestExternal_signsAsAKeyInMemory_clef(t *testing.T) {
	program, err := filepath.Abs("../../tools/bin/clef")
	if err == nil {
		_, err = exec.LookPath(program)
	}
	if err != nil {
		t.Skip("needs clef: make setup installs it")
	}
	key := parse(t, vectorKey)
	store := wallet.Keystore{Dir: filepath.Join(t.TempDir(), "keystore"), Light: true}
	if err := store.Store(key, clefPassword); err != nil {
		t.Fatal(err)
	}
	url := startClef(t, program, store.Dir)
	var e *wallet.External
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(100 * time.Millisecond) {
		e, err = wallet.NewExternal(t.Context(), wallet.ExternalConfig{URL: url, Address: key.Address(), SecretFile: filepath.Join(t.TempDir(), "secret")})
		if err == nil {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal(err)
		}
	}
	defer e.Close()
	for name, s := range statements() {
		got, err := e.Sign(t.Context(), domain, s)
		if want, _ := key.Sign(t.Context(), domain, s); err != nil || got != want {
			t.Errorf("%s: %v, %v; want %v", name, got, err, want)
		}
	}
	got, err := e.SignText(t.Context(), []byte("moo"))
	if want, _ := key.SignText(t.Context(), []byte("moo")); err != nil || got != want {
		t.Errorf("text: %v, %v; want %v", got, err, want)
	}
	tx := types.NewTx(&types.DynamicFeeTx{
		ChainID: new(big.Int).SetUint64(domain.ChainID), Nonce: 1, Gas: 21000, GasFeeCap: big.NewInt(2), GasTipCap: big.NewInt(1), To: &common.Address{1}, Value: big.NewInt(3),
	})
	signed, err := e.SignTx(t.Context(), tx, domain.ChainID)
	if err != nil {
		t.Fatal(err)
	}
	if want, _ := key.SignTx(t.Context(), tx, domain.ChainID); signed.Hash() != want.Hash() {
		t.Errorf("transaction %s, want %s", signed.Hash(), want.Hash())
	}
}

const clefPassword = "a pond of lilies"

// startClef runs it with a person who says yes.
func startClef(t *testing.T, program, keystore string) (url string) {
	t.Helper()
	port := ports.Reserve(t, 1)[0]
	cmd := exec.CommandContext(t.Context(), program, "--stdio-ui", "--suppress-bootwarn", "--nousb", "--ipcdisable", "--lightkdf",
		"--keystore", keystore, "--configdir", t.TempDir(), "--chainid", fmt.Sprint(domain.ChainID), "--auditlog", "",
		"--http", "--http.addr", "127.0.0.1", "--http.port", port)
	cmd.Stderr = os.Stderr
	in, err1 := cmd.StdinPipe()
	out, err2 := cmd.StdoutPipe()
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Wait() })
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	server := rpc.NewServer()
	if err := server.RegisterName("ui", person{}); err != nil {
		t.Fatal(err)
	}
	go server.ServeCodec(rpc.NewCodec(pipes{out, in}), 0)
	return "http://127.0.0.1:" + port
}

// pipes are a program's two streams as one connection.
type pipes struct {
	io.Reader
	io.WriteCloser
}

func (pipes) SetWriteDeadline(time.Time) error { return nil }

// person approves what clef shows.
type person struct{}

func (person) ApproveTx(_ context.Context, r map[string]any) map[string]any {
	return map[string]any{"transaction": r["transaction"], "approved": true}
}

func (person) ApproveSignData(context.Context, map[string]any) map[string]any {
	return map[string]any{"approved": true}
}

func (person) ApproveListing(_ context.Context, r map[string]any) map[string]any {
	return map[string]any{"accounts": r["accounts"]}
}

func (person) OnInputRequired(context.Context, map[string]any) map[string]any {
	return map[string]any{"text": clefPassword}
}

func (person) OnSignerStartup(context.Context, map[string]any) {}
func (person) ShowInfo(context.Context, map[string]any)        {}
func (person) ShowError(context.Context, map[string]any)       {}
func (person) OnApprovedTx(context.Context, map[string]any)    {}
