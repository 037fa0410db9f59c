package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/cli"
	"github.com/lilypad-network/lilypad/runtime/node"
	"github.com/lilypad-network/lilypad/runtime/settlement/evm"
	"github.com/lilypad-network/lilypad/runtime/settlement/survey"
	"github.com/lilypad-network/lilypad/runtime/wallet"
	"github.com/lilypad-network/lilypad/runtime/wallet/wallettest"
)

// lily runs the program on a data folder and returns what it prints.
func lily(t *testing.T, data string, args ...string) (stdout, stderr string, err error) {
	t.Helper()
	var out, errs bytes.Buffer
	a := &app{Printer: &cli.Printer{Out: &out, Err: &errs}}
	root := a.command()
	root.SetArgs(append(args, "--data", data))
	err = root.ExecuteContext(t.Context())
	return out.String(), errs.String(), err
}

// must runs the program, reads its JSON and fails the test on an error.
func must[T any](t *testing.T, data string, args ...string) (out T) {
	t.Helper()
	stdout, stderr, err := lily(t, data, append(args, "--json")...)
	if err != nil {
		t.Fatalf("%s: %v\n%s", strings.Join(args, " "), err, stderr)
	}
	if err := json.Unmarshal([]byte(stdout), &out); err != nil {
		t.Fatalf("%s printed %q: %v", strings.Join(args, " "), stdout, err)
	}
	return out
}

func passwordFile(t *testing.T) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(file, []byte("pond\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("LILYPAD_PASSWORD_FILE", file)
}

func TestWallet_onALocalNetwork(t *testing.T) {
	data := startLocal(t)
	passwordFile(t)
	t.Run("movesMoney", func(t *testing.T) { movesMoney(t, data) })
	t.Run("externalSigner", func(t *testing.T) { paysByExternalSigner(t, data) })
	t.Run("privateKeyAndSigner", func(t *testing.T) { keepsKeysApart(t, data) })
	t.Run("client", func(t *testing.T) { contractOrders(t, data) })
	t.Run("limitsHoldRoles", func(t *testing.T) { limitsHoldRoles(t, data) })
	t.Run("deal", func(t *testing.T) { showsDeals(t, data) })
	t.Run("module", func(t *testing.T) { blocksModules(t, data) })
}

func movesMoney(t *testing.T, data string) {
	me := must[made](t, data, "wallet", "new").Address.String()
	must[any](t, data, "wallet", "faucet", me, "--amount", "100")
	must[any](t, data, "wallet", "deposit", "40", "--key", me)
	must[any](t, data, "wallet", "withdraw", "10", "--key", me)
	must[any](t, data, "wallet", "send", "provider-1", "5", "--key", me)
	must[any](t, data, "wallet", "approve", "7", "--key", me)
	must[any](t, data, "wallet", "bump-epoch", "--key", me)
	got := must[node.Held](t, data, "wallet", "balance", me)
	if got.Wallet != 65*lilypad.LILY || got.Free != 30*lilypad.LILY || got.Allowed != 7*lilypad.LILY || got.Epoch != 1 {
		t.Errorf("after all of it: %+v", got)
	}
	contracts, err := node.ReadNetwork(filepath.Join(data, "local", node.NetworkFile))
	if err != nil {
		t.Fatal(err)
	}
	_, told, err := lily(t, data, "wallet", "send", "provider-1", "0", "--key", me)
	if err != nil || !strings.Contains(told, "signed transaction 0x") {
		t.Errorf("it told %q, %v", told, err)
	}
	for _, c := range []struct {
		args []string
		code lilypad.Code
		says string
	}{
		{[]string{"deposit", "1000", "--key", me}, lilypad.Exhausted, "the wallet holds 65"},
		{[]string{"withdraw", "31", "--key", me}, lilypad.Exhausted, "30 LILY are free, not 31"},
		{[]string{"send", "nobody", "1"}, lilypad.NotFound, "nobody"},
		{[]string{"send", "provider-1"}, lilypad.Invalid, "want 2 words, ACCOUNT AMOUNT"},
		{[]string{"deposit", "-1"}, lilypad.Invalid, ""},
		{[]string{"deposit", "1", "--key", "creator", "--signer", "http://127.0.0.1:1"}, lilypad.Invalid, "--signer cannot apply"},
		{[]string{"send", contracts.Settlement.String(), "1", "--key", me}, lilypad.Invalid, "is lost"},
		{[]string{"send", contracts.Token.String(), "1", "--key", me}, lilypad.Invalid, "is lost"},
		{[]string{"send", contracts.Modules.String(), "1", "--key", me}, lilypad.Invalid, "is lost"},
	} {
		if _, _, err := lily(t, data, append([]string{"wallet"}, c.args...)...); lilypad.CodeOf(err) != c.code || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%v: %v, want %s saying %q", c.args, err, c.code, c.says)
		}
	}
}

// A role under lilypad up signs within the limits of its key, and what it
// refuses says which limit and how to change it.
func limitsHoldRoles(t *testing.T, data string) {
	order := []string{"run", "cowsay:v0.0.4", "-i", "Message=moo"}
	if out, _, err := lily(t, data, order...); err != nil || !strings.Contains(out, "moo") {
		t.Fatalf("before: %v\n%s", err, out)
	}
	if _, _, err := lily(t, data, "wallet", "limits", "creator", "--per-deal", "1"); err != nil {
		t.Fatal(err)
	}
	_, _, err := lily(t, data, order...)
	if lilypad.CodeOf(err) != lilypad.Exhausted || !strings.Contains(err.Error(), "puts 4.05 LILY at risk") ||
		!strings.Contains(lilypad.RemedyOf(err), "lilypad wallet limits 0x") || !strings.Contains(lilypad.RemedyOf(err), "--per-deal 4.05") {
		t.Errorf("above the limit per deal: %v, try %q", err, lilypad.RemedyOf(err))
	}
	l := must[struct {
		wallet.Limits
		Spent lilypad.Amount `json:"spent"`
	}](t, data, "wallet", "limits", "creator", "--per-deal", "0", "--per-day", "8")
	if l.PerDeal != 0 || l.PerDay != 8*lilypad.LILY || l.Spent != 4_050_000 {
		t.Errorf("limits %+v", l)
	}
	if _, _, err = lily(t, data, order...); lilypad.CodeOf(err) != lilypad.Exhausted || !strings.Contains(err.Error(), "4.05 of 8 into deals") {
		t.Errorf("above the limit per day: %v", err)
	}
	must[any](t, data, "wallet", "limits", "creator", "--per-day", "0")
}

func TestWallet_keys(t *testing.T) {
	const raw = "0x1234567890123456789012345678901234567890123456789012345678901234"
	passwordFile(t)
	data, other := t.TempDir(), t.TempDir()
	t.Setenv("LILYPAD_PRIVATE_KEY", raw)
	me := must[made](t, data, "wallet", "import").Address.String()
	os.Unsetenv("LILYPAD_PRIVATE_KEY")

	file := filepath.Join(other, "key.json")
	must[any](t, data, "wallet", "export", me, "--out", file)
	if text, err := os.ReadFile(file); err != nil || bytes.Contains(text, []byte(raw[2:])) || !bytes.Contains(text, []byte("scrypt")) {
		t.Errorf("exported %.200s, %v", text, err)
	}
	if again := must[made](t, other, "wallet", "import", file).Address.String(); again != me {
		t.Errorf("imported %s, want %s", again, me)
	}
	bare := filepath.Join(other, "bare")
	if _, _, err := lily(t, data, "wallet", "export", me, "--out", bare, "--raw"); lilypad.CodeOf(err) != lilypad.Invalid || lilypad.RemedyOf(err) != "--yes" {
		t.Errorf("a bare key without a person: %v", err)
	}
	must[any](t, data, "wallet", "export", me, "--out", bare, "--raw", "--yes")
	if text, err := os.ReadFile(bare); err != nil || strings.TrimSpace(string(text)) != raw {
		t.Errorf("bare key %.80s, %v", text, err)
	}
	if info, err := os.Stat(bare); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	for name, args := range map[string][]string{
		"over a file":   {"export", me, "--out", bare},
		"no such key":   {"export", "0x" + strings.Repeat("1", 40), "--out", filepath.Join(other, "new")},
		"no file":       {"export", me},
		"twice":         {"import", file},
		"not a key":     {"import", bare},
		"nothing":       {"import"},
		"absent":        {"import", filepath.Join(other, "absent")},
		"unknown limit": {"limits", "nobody"},
	} {
		if _, _, err := lily(t, data, append([]string{"wallet"}, args...)...); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if list := must[[]account](t, data, "wallet", "list"); list[0].Address.String() != me {
		t.Errorf("listed %+v", list[0])
	}
}

// An account of an external signer pays as one of the keystore does.
func paysByExternalSigner(t *testing.T, data string) {
	const raw = "2234567890123456789012345678901234567890123456789012345678901234"
	clef := wallettest.StartFakeClef(t, raw)
	key, err := wallet.ParseKey(raw)
	if err != nil {
		t.Fatal(err)
	}
	me := key.Address().String()
	must[any](t, data, "wallet", "faucet", me, "--amount", "9")
	must[any](t, data, "wallet", "deposit", "3", "--key", me, "--signer", clef.URL)
	before := len(clef.Asked())
	must[any](t, data, "wallet", "deposit", "1", "--permit", "--key", me, "--signer", clef.SocketURL)
	if asked := clef.Asked()[before:]; !slices.Equal(asked, []string{"Permit", "transaction"}) {
		t.Errorf("with a permit it was asked to sign %s", asked)
	}
	for end := time.Now().Add(10 * time.Second); clef.Sockets() > 0; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%d connections outlive their commands", clef.Sockets())
		}
	}
	if got := must[node.Held](t, data, "wallet", "balance", me); got.Free != 4*lilypad.LILY {
		t.Errorf("balance %+v", got)
	}
	clef.Behave(wallettest.Denies)
	if _, _, err := lily(t, data, "wallet", "deposit", "1", "--key", me, "--signer", clef.URL); lilypad.CodeOf(err) != lilypad.Unauthorized {
		t.Errorf("denied: %v", err)
	}
}

// A key in LILYPAD_PRIVATE_KEY and an external signer are never mixed up: what
// the first would sign the second is not asked for, and the other way round.
func keepsKeysApart(t *testing.T, data string) {
	const here, there = "3234567890123456789012345678901234567890123456789012345678901234", "4234567890123456789012345678901234567890123456789012345678901234"
	address := func(raw string) string {
		key, err := wallet.ParseKey(raw)
		if err != nil {
			t.Fatal(err)
		}
		return key.Address().String()
	}
	clef := wallettest.StartFakeClef(t, there)
	t.Setenv("LILYPAD_PRIVATE_KEY", here)
	for _, name := range []string{"creator", address(here), strings.ToLower(address(here))} {
		_, _, err := lily(t, data, "wallet", "deposit", "1", "--key", name, "--signer", clef.URL)
		if lilypad.CodeOf(err) != lilypad.Invalid || !strings.Contains(err.Error(), "the key of "+name+" is in LILYPAD_PRIVATE_KEY: --signer cannot apply") || lilypad.RemedyOf(err) == "" {
			t.Errorf("--key %s: %v, try %q", name, err, lilypad.RemedyOf(err))
		}
	}
	if asked := clef.Asked(); len(asked) > 0 {
		t.Errorf("the signer was asked for %v", asked)
	}
	must[any](t, data, "wallet", "faucet", address(there), "--amount", "2")
	_, told, err := lily(t, data, "wallet", "deposit", "1", "--key", address(there), "--signer", clef.URL)
	if err != nil || strings.Contains(told, "LILYPAD_PRIVATE_KEY") || len(clef.Asked()) == 0 {
		t.Errorf("an account of the signer: %v, told %q, which was asked for %v", err, told, clef.Asked())
	}
	if got := must[node.Held](t, data, "wallet", "balance", address(there)); got.Free != lilypad.LILY {
		t.Errorf("balance %+v", got)
	}
}

// Away from a local network nothing is signed without a person or --yes.
func TestConfirm_needsAPerson(t *testing.T) {
	a := &app{Printer: &cli.Printer{Out: &bytes.Buffer{}, Err: &bytes.Buffer{}}}
	root := a.command()
	root.SetArgs([]string{"version"})
	if err := root.Execute(); err != nil {
		t.Fatal(err)
	}
	if err := a.confirm(node.Network{Name: "arbitrum-sepolia"}, "This sends money."); lilypad.CodeOf(err) != lilypad.Invalid || lilypad.RemedyOf(err) != "--yes" {
		t.Errorf("error %v", err)
	}
	if err := a.confirm(node.LocalNetwork(node.MinMediators), "This sends money."); err != nil {
		t.Errorf("on the local network: %v", err)
	}
}

// A transaction that nobody waits for any more is named, for it may be mined.
func TestUnsure_namesTheTransaction(t *testing.T) {
	ctx, interrupt := context.WithCancel(t.Context())
	key := &wallet.Telling{Account: node.LocalKey("creator")}
	if err := unsure(ctx, key, context.Canceled); err != context.Canceled { //nolint:errorlint // it is the same
		t.Errorf("before anything was signed: %v", err)
	}
	key.Last = lilypad.Hash{7}
	interrupt()
	if err := unsure(ctx, key, ctx.Err()); lilypad.CodeOf(err) != lilypad.Timeout || !strings.Contains(err.Error(), key.Last.String()+" may still be mined") {
		t.Errorf("interrupted: %v", err)
	}
}

// A deal is told from the chain, with what may happen next; stats count it.
func showsDeals(t *testing.T, data string) {
	list := must[[]dealLine](t, data, "deal", "list")
	if len(list) == 0 || list[0].State != "paid" || !list[0].Final {
		t.Fatalf("deals %+v", list)
	}
	id := list[0].Job.String()
	view := must[dealView](t, data, "deal", "show", id)
	if view.State != "paid" || view.Settled == nil || !view.Settled.Final || view.OnChain != "final" || view.Terms == nil || len(view.Events) != 2 || view.Report == nil || len(view.Ways) != 0 {
		t.Errorf("the deal %+v", view)
	}
	// Another's deal, which this creator knows nothing of: key is provider-1's.
	if _, _, err := lily(t, data, "deal", "show", "0x"+strings.Repeat("12", 32)); lilypad.CodeOf(err) != lilypad.NotFound {
		t.Errorf("a job that nobody ordered: %v", err)
	}
	s := must[survey.Stats](t, data, "settlement", "stats")
	if s.Opened == 0 || s.Final != s.Opened || s.Ended != s.Final || s.Ends["paid"] != s.Ended || s.GasPerJob < 50_000 || s.GasPerJob > 300_000 || s.Opens.Largest < 1 || s.Locked != 0 {
		t.Errorf("stats %+v", s)
	}
}

// The steward's block on chain keeps a module out of new deals, with all roles.
func blocksModules(t *testing.T, data string) {
	order := []string{"run", "cowsay:v0.0.4", "-i", "Message=moo"}
	must[any](t, data, "module", "block", "cowsay:v0.0.4", "--reason", "it says too much")
	var err error
	for range 50 { // each role hears of it in its own time, and until then the next one refuses
		if _, _, err = lily(t, data, append(order, "--json")...); lilypad.CodeOf(err) == lilypad.Unauthorized {
			break
		}
	}
	if lilypad.CodeOf(err) != lilypad.Unauthorized || !strings.Contains(err.Error(), "steward has blocked it: it says too much") {
		t.Errorf("creator: %v", err)
	}
	_, _, err = lily(t, data, append(order, "--skip-allow")...)
	if err == nil || !strings.Contains(err.Error(), "the solver does not allow module cowsay:v0.0.4") {
		t.Errorf("solver: %v", err)
	}
	list := must[[]evm.Listing](t, data, "module", "standing")
	if len(list) != 1 || list[0].Standing != evm.Blocked || list[0].Reason != "it says too much" {
		t.Errorf("listed %+v", list)
	}
	if _, _, err := lily(t, data, "module", "block", "cowsay:v0.0.4", "--reason", "x", "--key", "creator"); lilypad.CodeOf(err) != lilypad.Unauthorized {
		t.Errorf("blocked by another: %v", err)
	}
	must[any](t, data, "module", "unblock", "cowsay:v0.0.4")
	if out, _, err := lily(t, data, order...); err != nil || !strings.Contains(out, "moo") {
		t.Errorf("after the block: %v\n%s", err, out)
	}
}

// The commands of contracts/examples/README.md, as they stand there: a contract
// orders a job, pays for it and is told the result.
func contractOrders(t *testing.T, data string) {
	page, err := os.ReadFile("../../contracts/examples/README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, block, _ := strings.Cut(string(page), "```\n")
	block, _, _ = strings.Cut(block, "```")
	lines := strings.Split(strings.TrimSpace(block), "\n")
	if len(lines) != 2 {
		t.Fatalf("the page has %d commands, want 2:\n%s", len(lines), block)
	}
	made := must[struct{ Contract lilypad.Address }](t, data, strings.Fields(lines[0])[1:]...)
	text, told, err := lily(t, data, strings.Fields(lines[0])[1:]...)
	if err != nil || !strings.Contains(text, made.Contract.String()) || !strings.Contains(told, "already") {
		t.Errorf("deployed again: %v\n%s%s", err, text, told)
	}
	args := strings.Fields(strings.ReplaceAll(lines[1], "CONTRACT", made.Contract.String()))[1:]
	out := must[clientResult](t, data, args...)
	if out.Report.State != "paid" || out.Said.IsZero() || out.Said != out.Report.Result {
		t.Errorf("the contract was told %s, the job is %+v", out.Said, out.Report)
	}
	free := must[node.Held](t, data, "wallet", "balance", made.Contract.String()).Free
	if want := 10*lilypad.LILY - out.Report.Cost.Total; free != want || out.Report.Cost.Total == 0 {
		t.Errorf("it has %s LILY left, want %s", free, want)
	}
	if text, _, err := lily(t, data, "job", "logs", out.Report.Job.String()); err != nil || !strings.Contains(text, "moo") {
		t.Errorf("the result: %v\n%s", err, text)
	}
	if _, _, err := lily(t, data, "client", "order", made.Contract.String(), "-i", "Message=moo", "--owner", "provider-1"); err == nil {
		t.Error("another than the owner had the contract order")
	}
}
