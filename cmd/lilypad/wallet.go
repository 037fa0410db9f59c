package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/node"
)

func (a *app) walletCommand() *cobra.Command {
	group := &cobra.Command{Use: "wallet", Short: "Make accounts, look at balances, get local test money", Example: "  lilypad wallet new\n  lilypad wallet balance creator"}
	create := &cobra.Command{
		Use: "new", Short: "Make an account in the keystore", Example: "  lilypad wallet new", Args: cobra.NoArgs,
		Long: "New makes a key and stores it in the data folder, encrypted with a password that\nis asked for, or read from the file named by LILYPAD_PASSWORD_FILE.",
		RunE: func(*cobra.Command, []string) error { return a.walletNew() },
	}
	list := &cobra.Command{
		Use: "list", Short: "List the accounts of the keystore and of the local network", Example: "  lilypad wallet list --json", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return a.walletList() },
	}
	balance := &cobra.Command{
		Use: "balance ACCOUNT", Short: "Show what an account has in its wallet and free in the contract", Example: "  lilypad wallet balance creator", Args: oneArg("ACCOUNT", "lilypad wallet balance creator"),
		RunE: func(cmd *cobra.Command, args []string) error { return a.walletBalance(cmd.Context(), args[0]) },
	}
	fund := &cobra.Command{
		Use: "fund ACCOUNT", Short: "Give an account LILY of the local network, or move its own into the contract", Args: oneArg("ACCOUNT", "lilypad wallet fund creator"),
		Long:    "Fund sends LILY, and what transactions will cost, from the local network's\nfaucet to an account. With --deposit it moves LILY from the account's wallet into\nthe settlement contract instead, where jobs and stakes are paid from; that works\non any network.",
		Example: "  lilypad wallet fund creator --amount 100\n  lilypad wallet fund creator --amount 100 --deposit",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.walletFund(cmd.Context(), args[0]) },
	}
	fund.Flags().String("amount", "1000", "LILY")
	fund.Flags().Bool("deposit", false, "move the account's own LILY into the settlement contract")
	group.AddCommand(create, list, balance, fund)
	return group
}

// password reads the keystore's password from a file or the terminal.
func (a *app) password(twice bool) (string, error) {
	if file := os.Getenv("LILYPAD_PASSWORD_FILE"); file != "" {
		b, err := os.ReadFile(file)
		if err != nil {
			return "", &lilypad.Error{Code: lilypad.Invalid, Msg: "password file", Err: err}
		}
		return strings.TrimRight(string(b), "\r\n"), nil
	}
	if !term.IsTerminal(int(os.Stdin.Fd())) {
		line, err := bufio.NewReader(os.Stdin).ReadString('\n')
		if err != nil && line == "" {
			return "", lilypad.Errorf(lilypad.Invalid, "no password was given").Try("set LILYPAD_PASSWORD_FILE to a file that holds it")
		}
		return strings.TrimRight(line, "\r\n"), nil
	}
	fmt.Fprint(a.Err, "password: ")
	first, err := term.ReadPassword(int(os.Stdin.Fd()))
	fmt.Fprintln(a.Err)
	if err != nil || !twice {
		return string(first), err
	}
	fmt.Fprint(a.Err, "again: ")
	second, err := term.ReadPassword(int(os.Stdin.Fd()))
	fmt.Fprintln(a.Err)
	if err == nil && string(first) != string(second) {
		return "", lilypad.Errorf(lilypad.Invalid, "the two passwords differ")
	}
	return string(first), err
}

func (a *app) walletNew() error {
	if err := ensurePrivate(a.v.GetString("data")); err != nil {
		return err
	}
	password, err := a.password(true)
	if err != nil {
		return err
	}
	key, err := a.keystore().Create(password)
	if err != nil {
		return err
	}
	out := struct {
		Address lilypad.Address `json:"address"`
	}{key.Address()}
	return a.Result(out, func() { a.Line("address", "%s", out.Address) })
}

// account is one line of wallet list.
type account struct {
	Name    string          `json:"name,omitempty"` // on the local network
	Address lilypad.Address `json:"address"`
}

func (a *app) walletList() error {
	addresses, err := a.keystore().List()
	if err != nil {
		return err
	}
	list := []account{}
	for _, at := range addresses {
		list = append(list, account{Address: at})
	}
	for _, name := range node.LocalNames() {
		list = append(list, account{name, node.LocalKey(name).Address()})
	}
	return a.Result(list, func() {
		var rows [][]string
		for _, x := range list {
			rows = append(rows, []string{x.Address.String(), or(x.Name, "keystore")})
		}
		a.Table([]string{"address", "where"}, rows)
	})
}

// address reads an account's name on the local network, or an address.
func address(s string) (lilypad.Address, error) {
	for _, name := range node.LocalNames() {
		if s == name {
			return node.LocalKey(name).Address(), nil
		}
	}
	at, err := lilypad.ParseAddress(s)
	if err != nil {
		return at, lilypad.Errorf(lilypad.NotFound, "no account %.80q", s).Try("lilypad wallet list")
	}
	return at, nil
}

// onNetwork runs fn on the network, which is started here if it is the local
// one and does not run.
func (a *app) onNetwork(ctx context.Context, fn func(node.Network) error) error {
	a.v.SetDefault("key", "creator")
	m, err := a.join(ctx, true)
	if err != nil {
		return err
	}
	err = fn(m.network)
	if stop := m.close(); err == nil {
		err = stop
	}
	return err
}

func (a *app) walletBalance(ctx context.Context, who string) error {
	at, err := address(who)
	if err != nil {
		return err
	}
	log, err := a.logger()
	if err != nil {
		return err
	}
	return a.onNetwork(ctx, func(n node.Network) error {
		held, gas, err := node.Balance(ctx, n, at, log)
		if err != nil {
			return err
		}
		out := struct {
			Address lilypad.Address `json:"address"`
			Wallet  lilypad.Amount  `json:"wallet"`
			Free    lilypad.Amount  `json:"free"`
			Gas     string          `json:"gas_wei"`
		}{at, held.Wallet, held.Free, gas}
		return a.Result(out, func() {
			a.Line("address", "%s", at)
			a.Line("wallet", "%s LILY", held.Wallet)
			a.Line("free", "%s LILY in the settlement contract", held.Free)
			a.Line("for gas", "%s wei", gas)
		})
	})
}

func (a *app) walletFund(ctx context.Context, who string) error {
	amount, err := lilypad.ParseAmount(a.v.GetString("amount"))
	if err != nil {
		return err
	}
	at, err := address(who)
	if err != nil {
		return err
	}
	log, err := a.logger()
	if err != nil {
		return err
	}
	return a.onNetwork(ctx, func(n node.Network) error {
		dir, err := os.MkdirTemp("", "lilypad-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		if a.v.GetBool("deposit") {
			key, err := a.key(who)
			if err != nil {
				return err
			}
			err = node.Deposit(ctx, n, key, dir, amount, log)
			if err != nil {
				return err
			}
			a.Step("%s LILY of %s are in the settlement contract", amount, at)
			return nil
		}
		tx, err := node.Fund(ctx, n, dir, at, amount, log)
		if err != nil {
			return err
		}
		return a.Result(tx, func() { a.Line("sent", "%s LILY to %s", amount, at) })
	})
}
