package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/node"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

func (a *app) walletCommand() *cobra.Command {
	group := &cobra.Command{
		Use: "wallet", Short: "Keys, balances, deposits and spending limits", Example: "  lilypad wallet new\n  lilypad wallet balance creator",
		Long: "Wallet keeps keys and moves your own money. A key is in an encrypted file of the\ndata folder, with an external signer (--signer), or in LILYPAD_PRIVATE_KEY; it is\nnever on a command line. Money is in an account's wallet, or free in the settlement\ncontract, where jobs and stakes are paid from.",
	}
	create := &cobra.Command{
		Use: "new", Short: "Make an account in the keystore", Example: "  lilypad wallet new", Args: noArgs,
		Long: "New makes a key and stores it in the data folder, encrypted with a password that\nis asked for, or read from the file named by LILYPAD_PASSWORD_FILE.",
		RunE: func(*cobra.Command, []string) error { return a.walletNew() },
	}
	list := &cobra.Command{
		Use: "list", Short: "List the accounts of the keystore and of the local network", Example: "  lilypad wallet list --json", Args: noArgs,
		Long: "List tells of transactions too that a command has signed before it was cut short.\nThe same command, given again, waits for its transaction and makes no other.",
		RunE: func(cmd *cobra.Command, _ []string) error { return a.walletList(cmd.Context()) },
	}
	balance := &cobra.Command{
		Use: "balance ACCOUNT", Short: "Show what an account has in its wallet and free in the contract", Example: "  lilypad wallet balance creator", Args: oneArg("ACCOUNT", "lilypad wallet balance creator"),
		RunE: func(cmd *cobra.Command, args []string) error { return a.walletBalance(cmd.Context(), args[0]) },
	}
	group.AddCommand(create, a.walletImport(), a.walletExport(), list, balance)
	group.AddCommand(a.walletMoney()...)
	group.AddCommand(a.walletLimits())
	return group
}

// made is the result of commands that store a key.
type made struct {
	Address lilypad.Address `json:"address"`
}

func (a *app) keep(key *wallet.Key, store func() error) error {
	if err := ensurePrivate(a.v.GetString("data")); err != nil {
		return err
	}
	if err := store(); err != nil {
		return err
	}
	out := made{key.Address()}
	return a.Result(out, func() { a.Line("address", "%s", out.Address) })
}

func (a *app) walletNew() error {
	password, err := a.password("password", true)
	if err != nil {
		return err
	}
	key, err := wallet.NewKey()
	if err != nil {
		return err
	}
	return a.keep(key, func() error { return a.keystore().Store(key, password) })
}

func (a *app) walletImport() *cobra.Command {
	return &cobra.Command{
		Use: "import [FILE]", Short: "Add a key to the keystore, from a key file or from LILYPAD_PRIVATE_KEY",
		Long:    "Import reads a key file in the Web3 Secret Storage format, which most wallets write,\nand stores its key under the same password. Without a file it takes the key in\nLILYPAD_PRIVATE_KEY, 64 hexadecimal digits, and a new password.",
		Example: "  lilypad wallet import UTC--2026-01-01--0123.json\n  LILYPAD_PRIVATE_KEY=… lilypad wallet import",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 1 {
				return a.importFile(args[0])
			}
			text := os.Getenv("LILYPAD_PRIVATE_KEY")
			if text == "" {
				return lilypad.Errorf(lilypad.Invalid, "nothing to import").Try("lilypad wallet import FILE, or set LILYPAD_PRIVATE_KEY")
			}
			key, err := wallet.ParseKey(text)
			if err != nil {
				return err
			}
			password, err := a.password("new password", true)
			if err != nil {
				return err
			}
			return a.keep(key, func() error { return a.keystore().Store(key, password) })
		},
	}
}

// maxKeyFile bounds a key file, in bytes; they have some 500.
const maxKeyFile = 1 << 16

func (a *app) importFile(path string) error {
	text, err := node.ReadBounded(path, maxKeyFile)
	if lilypad.CodeOf(err) == lilypad.Invalid {
		return err
	}
	if err != nil {
		return &lilypad.Error{Code: lilypad.NotFound, Msg: "key file", Err: err}
	}
	password, err := a.password("password of "+path, false)
	if err != nil {
		return err
	}
	key, err := wallet.Decrypt(text, password)
	if err != nil {
		return err
	}
	return a.keep(key, func() error { return a.keystore().Store(key, password) })
}

func (a *app) walletExport() *cobra.Command {
	cmd := &cobra.Command{
		Use: "export ADDRESS", Short: "Write a key of the keystore to a file that other wallets read",
		Long:    "Export asks for the key's password and writes the key, encrypted with it, to a new\nfile that only you can read. --raw writes the bare key instead: whoever reads that\nfile owns the account, so it asks once more.",
		Example: "  lilypad wallet export 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed --out key.json",
		Args:    oneArg("ADDRESS", "lilypad wallet list"),
		RunE:    func(_ *cobra.Command, args []string) error { return a.exportKey(args[0]) },
	}
	cmd.Flags().String("out", "", "the new file")
	cmd.Flags().Bool("raw", false, "write the key without encryption")
	yesFlag(cmd, "do not ask before writing a bare key")
	return cmd
}

func (a *app) exportKey(who string) error {
	path := a.v.GetString("out")
	address, err := lilypad.ParseAddress(who)
	if err != nil || path == "" {
		return lilypad.Errorf(lilypad.Invalid, "export needs the address of a key in the keystore, and --out FILE").Try("lilypad wallet list")
	}
	key, err := a.unlock(address)
	if err != nil {
		return err
	}
	var text []byte
	if a.v.GetBool("raw") {
		text = []byte(key.Reveal() + "\n")
		err = a.confirm(node.Network{}, "This writes the bare key of "+address.String()+" to "+path+".", "Whoever reads the file can take all that the account has.")
	} else {
		text, err = a.keystore().File(address)
	}
	if err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err == nil {
		_, err = f.Write(text)
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		return &lilypad.Error{Code: lilypad.Conflict, Msg: "write the key", Remedy: "name a file that does not exist yet", Err: err}
	}
	out := struct {
		Address lilypad.Address `json:"address"`
		File    string          `json:"file"`
	}{address, path}
	return a.Result(out, func() { a.Line("written", "%s", filepath.Clean(path)) })
}

// account is one line of wallet list.
type account struct {
	Name    string          `json:"name,omitempty"` // on the local network
	Address lilypad.Address `json:"address"`
	// Unfinished are transactions of commands that were cut short.
	Unfinished []node.Unfinished `json:"unfinished,omitempty"`

	where string
}

func (a *app) walletList(ctx context.Context) error {
	addresses, err := a.keystore().List()
	if err != nil {
		return err
	}
	list := []account{}
	for _, at := range addresses {
		list = append(list, account{Address: at, where: "keystore"})
	}
	for _, name := range node.LocalNames() {
		list = append(list, account{Name: name, Address: node.LocalKey(name).Address(), where: name})
	}
	for _, box := range a.outboxes() {
		left, err := box.Unfinished(ctx)
		if err != nil {
			return err
		}
		for _, u := range left {
			i := slices.IndexFunc(list, func(x account) bool { return x.Address == u.Account })
			if i < 0 {
				i, list = len(list), append(list, account{Address: u.Account, where: "another signer"})
			}
			list[i].Unfinished = append(list[i].Unfinished, u)
		}
	}
	return a.Result(list, func() {
		var rows [][]string
		for _, x := range list {
			rows = append(rows, []string{x.Address.String(), x.where})
		}
		a.Table([]string{"address", "where"}, rows)
		for _, x := range list {
			for _, u := range x.Unfinished {
				a.Line("cut short", "%s on chain %d, %s: transaction %s %s", u.Account, u.ChainID, u.Status(), u.Hash, u.Does)
			}
		}
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
		held, err := node.Balance(ctx, n, at, log)
		if err != nil {
			return err
		}
		return a.Result(held, func() {
			a.Line("address", "%s", at)
			a.Line("wallet", "%s LILY", held.Wallet)
			a.Line("free", "%s LILY in the settlement contract", held.Free)
			a.Line("allowed", "%s LILY of the wallet may be deposited without another transaction", min(held.Allowed, held.Wallet))
			a.Line("epoch", "%d", held.Epoch)
			a.Line("for gas", "%s wei", held.Gas)
		})
	})
}

// onNetwork runs fn on the network, which is started here if it is the local
// one and does not run.
func (a *app) onNetwork(ctx context.Context, fn func(node.Network) error) error {
	if !a.local() {
		n, err := a.network()
		if err != nil {
			return err
		}
		return fn(n)
	}
	m, err := a.joinAs(ctx, node.LocalKey("creator"), true)
	if err != nil {
		return err
	}
	return errors.Join(fn(m.network), m.close())
}
