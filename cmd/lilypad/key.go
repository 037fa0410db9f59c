package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/node"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// keyFlag lets a command name the account that signs, and where its key is.
func keyFlag(cmd *cobra.Command, account string) {
	cmd.Flags().String("key", account, "account: a name of the local network, or an address")
	cmd.Flags().String("signer", "", "URL or socket of an external signer such as clef, which keeps the key; empty: the keystore")
}

// yesFlag lets a script answer a command's question.
func yesFlag(cmd *cobra.Command, what string) { cmd.Flags().Bool("yes", false, what) }

// key finds an account: a name of the local network, one of an external signer,
// the one in LILYPAD_PRIVATE_KEY, or one of the keystore.
//
// # Errors
//
// NotFound for no account; Invalid for a --signer that does not have the key.
func (a *app) key(ctx context.Context, name string) (wallet.Account, error) {
	signer := a.v.GetString("signer")
	misplaced := func(keptBy string) error {
		if signer == "" || name != a.v.GetString("key") { // it is for --key alone
			return nil
		}
		return lilypad.Errorf(lilypad.Invalid, "the key of %s is %s: --signer cannot apply", name, keptBy).Try("--key ADDRESS of an account that the signer keeps, or leave out --signer")
	}
	if text := os.Getenv("LILYPAD_PRIVATE_KEY"); text != "" {
		key, err := wallet.ParseKey(text)
		if err != nil {
			return nil, err
		}
		if !strings.HasPrefix(name, "0x") || strings.EqualFold(name, key.Address().String()) {
			if err := misplaced("in LILYPAD_PRIVATE_KEY"); err != nil {
				return nil, err
			}
			a.Step("warning: using the key in LILYPAD_PRIVATE_KEY; other programs of this user can read it there")
			return key, nil
		}
	}
	for _, known := range node.LocalNames() {
		if name == known || strings.EqualFold(name, node.LocalKey(known).Address().String()) {
			if err := misplaced("one that everybody has"); err != nil {
				return nil, err
			}
			return a.localKey(known)
		}
	}
	address, err := lilypad.ParseAddress(name)
	if err != nil {
		return nil, lilypad.Errorf(lilypad.NotFound, "no account %q", name).Try("use creator, provider-1, mediator-1 … on the local network, or an address of lilypad wallet list")
	}
	if signer != "" {
		secret := filepath.Join(a.keystore().Dir, strings.ToLower(address.String())+".seed-secret")
		key, err := wallet.NewExternal(ctx, wallet.ExternalConfig{URL: signer, Address: address, SecretFile: secret})
		if err != nil {
			return nil, err
		}
		a.atEnd = append(a.atEnd, key.Close)
		return key, nil
	}
	return a.unlock(address)
}

// localKey is a key that everybody has, which only a local network may use.
func (a *app) localKey(name string) (wallet.Account, error) {
	if !a.local() {
		n, err := a.network()
		if err != nil {
			return nil, err
		}
		if !n.Local() {
			return nil, lilypad.Errorf(lilypad.Invalid, "account %s belongs to local networks: anyone has its key", name).Try("lilypad wallet new, then --key ADDRESS")
		}
	}
	return node.LocalKey(name), nil
}

func (a *app) unlock(address lilypad.Address) (*wallet.Key, error) {
	password, err := a.password("password of "+address.String(), false)
	if err != nil {
		return nil, err
	}
	return a.keystore().Unlock(address, password)
}

func (a *app) keystore() wallet.Keystore {
	return wallet.Keystore{Dir: filepath.Join(a.v.GetString("data"), "keystore")}
}

func (a *app) spending() wallet.Spending {
	return wallet.Spending{Dir: filepath.Join(a.v.GetString("data"), "spending")}
}

// askingKey is the account of a creator, whose owner is asked before an offer
// is signed: not on a local network, where money is worth nothing, and not with
// --yes.
func (a *app) askingKey(ctx context.Context, n node.Network) (wallet.Account, error) {
	key, err := a.key(ctx, a.v.GetString("key"))
	if err != nil || n.Local() || a.v.GetBool("yes") {
		return key, err
	}
	if !a.interactive() {
		return nil, lilypad.Errorf(lilypad.Invalid, "offers are shown before they are signed, and there is no terminal to show them on").
			Try("--yes, after lilypad wallet limits %s --per-deal AMOUNT --per-day AMOUNT", key.Address())
	}
	turn := make(chan struct{}, 1) // one question at a time
	return &wallet.Asking{
		Account: key, Words: a.words(n, key.Address()),
		Ask: func(ctx context.Context, lines []string) error {
			select {
			case turn <- struct{}{}:
			case <-ctx.Done():
				return ctx.Err()
			}
			defer func() { <-turn }()
			err := a.ask(lines)
			if err == nil && ctx.Err() != nil {
				a.Step("the order was given up meanwhile: nothing was signed")
			}
			return err
		},
	}, nil
}

func (a *app) words(n node.Network, me lilypad.Address) wallet.Words {
	known := map[lilypad.Address]string{n.Solver: "the network's solver", n.Settlement: "the settlement contract", n.Sink: "the sink"}
	return wallet.Words{Domain: n.Domain(), Me: me, Name: func(at lilypad.Address) string { return known[at] }}
}

func (a *app) interactive() bool { return term.IsTerminal(int(os.Stdin.Fd())) }

// confirm shows a person what a command will do, and refuses without a yes.
// On a local network, or with --yes, it does not ask.
func (a *app) confirm(n node.Network, lines ...string) error {
	if n.Local() || a.v.GetBool("yes") {
		return nil
	}
	if !a.interactive() {
		return lilypad.Errorf(lilypad.Invalid, "%s: this is done only when a person agrees, and there is no terminal to ask on", lines[0]).Try("--yes")
	}
	return a.ask(lines)
}

func (a *app) ask(lines []string) error {
	for _, line := range lines {
		a.Step("%s", line)
	}
	fmt.Fprint(a.Err, "type yes to sign: ")
	answer, err := a.stdin().ReadString('\n')
	if strings.TrimSpace(answer) != "yes" {
		return &lilypad.Error{Code: lilypad.Unauthorized, Msg: "you did not agree: nothing was signed", Err: err}
	}
	return nil
}

// stdin is read through one buffer, so that no answer is lost between two
// questions.
func (a *app) stdin() *bufio.Reader {
	if a.in == nil {
		a.in = bufio.NewReader(os.Stdin)
	}
	return a.in
}

// password reads one from the file that LILYPAD_PASSWORD_FILE names, from the
// terminal, or as a line of standard input.
func (a *app) password(prompt string, twice bool) (string, error) {
	if file := os.Getenv("LILYPAD_PASSWORD_FILE"); file != "" {
		b, err := os.ReadFile(file)
		if err != nil {
			return "", &lilypad.Error{Code: lilypad.Invalid, Msg: "password file", Err: err}
		}
		return strings.TrimRight(string(b), "\r\n"), nil
	}
	if !a.interactive() {
		line, err := a.stdin().ReadString('\n')
		if err != nil && line == "" {
			return "", lilypad.Errorf(lilypad.Invalid, "no %s was given", prompt).Try("set LILYPAD_PASSWORD_FILE to a file that holds it")
		}
		return strings.TrimRight(line, "\r\n"), nil
	}
	first, err := a.hidden(prompt)
	if err != nil || !twice {
		return first, err
	}
	second, err := a.hidden("again")
	if err == nil && first != second {
		return "", lilypad.Errorf(lilypad.Invalid, "the two passwords differ")
	}
	return first, err
}

func (a *app) hidden(prompt string) (string, error) {
	fmt.Fprintf(a.Err, "%s: ", prompt)
	text, err := term.ReadPassword(int(os.Stdin.Fd()))
	fmt.Fprintln(a.Err)
	return string(text), err
}
