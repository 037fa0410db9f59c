package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/node"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/settlement/evm"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// walletMoney are the commands that send a transaction.
func (a *app) walletMoney() []*cobra.Command {
	deposit := a.money("deposit AMOUNT", "Move LILY from the wallet into the settlement contract",
		"Deposit moves LILY of your wallet to your account in the settlement contract,\nwhere prices and stakes are taken from. Before, it allows the contract to take\nexactly that much, and only if the contract is of this release. With --permit it\ndoes so by a signature (EIP-2612), and one transaction is enough.",
		"  lilypad wallet deposit 100 --key creator", func(n node.Network, args []string) (move, error) {
			amount, err := lilypad.ParseAmount(args[0])
			if a.v.GetBool("permit") {
				return move{
					says: fmt.Sprintf("This moves %s LILY of your wallet into the settlement contract %s on chain %d, with a permit to take %s LILY and no more, good for an hour.",
						amount, n.Settlement, n.ChainID, amount),
					do: func(ctx context.Context, l *evm.Ledger, me wallet.Signer) (settlement.Tx, error) {
						return l.DepositWithPermit(ctx, me, amount)
					},
				}, err
			}
			return move{
				says: fmt.Sprintf("This moves %s LILY of your wallet into the settlement contract %s on chain %d, which is first allowed to take %s LILY and no more, unless it is already.",
					amount, n.Settlement, n.ChainID, amount),
				do: func(ctx context.Context, l *evm.Ledger, _ wallet.Signer) (settlement.Tx, error) {
					return l.Deposit(ctx, amount)
				},
			}, err
		})
	deposit.Flags().Bool("permit", false, "allow the contract to take it by a signature, without a transaction before")
	withdraw := a.money("withdraw AMOUNT", "Move free LILY out of the settlement contract into the wallet", "",
		"  lilypad wallet withdraw 100 --key creator", func(_ node.Network, args []string) (move, error) {
			amount, err := lilypad.ParseAmount(args[0])
			return move{
				says: fmt.Sprintf("This moves %s free LILY out of the settlement contract into your wallet.", amount),
				do: func(ctx context.Context, l *evm.Ledger, _ wallet.Signer) (settlement.Tx, error) {
					return l.Withdraw(ctx, amount)
				},
			}, err
		})
	approve := a.money("approve AMOUNT", "Let the settlement contract take that much of the wallet when you deposit",
		"Approve sets how much of your wallet the settlement contract may take. It takes\nnothing before you deposit, and deposit approves exactly what it needs: this is for\nthose who want to do so in advance, or 0, which takes the permission back.",
		"  lilypad wallet approve 0 --key creator", func(n node.Network, args []string) (move, error) {
			amount, err := lilypad.ParseAmount(args[0])
			return move{
				says: fmt.Sprintf("This lets the settlement contract %s on chain %d take up to %s LILY of your wallet, when you deposit.", n.Settlement, n.ChainID, amount),
				do: func(ctx context.Context, l *evm.Ledger, _ wallet.Signer) (settlement.Tx, error) {
					return l.Allow(ctx, amount)
				},
			}, err
		})
	bump := a.money("bump-epoch", "Void every offer and deal that you have signed and that is not open yet",
		"Bump-epoch is for a key that signed too much, or too long ago: what it signed\nbefore can no longer be opened. Open deals stay as they are.",
		"  lilypad wallet bump-epoch --key creator", func(node.Network, []string) (move, error) {
			return move{
				says: "This voids every offer and deal that you have signed and that is not open yet.",
				do:   func(ctx context.Context, l *evm.Ledger, _ wallet.Signer) (settlement.Tx, error) { return l.Bump(ctx) },
			}, nil
		})
	faucet := &cobra.Command{
		Use: "faucet ACCOUNT", Short: "Give an account LILY of the local network, and what transactions cost", Args: oneArg("ACCOUNT", "lilypad wallet faucet creator"),
		Example: "  lilypad wallet faucet creator --amount 100",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.walletFaucet(cmd.Context(), args[0]) },
	}
	faucet.Flags().String("amount", "1000", "LILY")
	return []*cobra.Command{deposit, withdraw, a.walletSend(), approve, bump, faucet}
}

func (a *app) walletSend() *cobra.Command {
	return a.money("send ACCOUNT AMOUNT", "Send LILY of the wallet to another account",
		"Send is safe to give again when it was cut short: what was signed is kept, and the\nsame command waits for that transaction instead of making another. lilypad wallet\nlist tells of what is left.",
		"  lilypad wallet send provider-1 5 --key creator", func(n node.Network, args []string) (move, error) {
			to, err := address(args[0])
			if err != nil {
				return move{}, err
			}
			amount, err := lilypad.ParseAmount(args[1])
			if err != nil {
				return move{}, err
			}
			return move{
				says: fmt.Sprintf("This sends %s LILY of your wallet to %s. It cannot be undone.", amount, to),
				do: func(ctx context.Context, l *evm.Ledger, _ wallet.Signer) (settlement.Tx, error) {
					if err := takesNothing(to, amount, l.Addresses().Token); err != nil { // where the network does not name it
						return settlement.Tx{}, err
					}
					return l.Transfer(ctx, to, amount)
				},
			}, takesNothing(to, amount, n.Settlement, n.Token, n.Modules)
		})
}

// takesNothing refuses to send to a contract that would keep the money for ever.
func takesNothing(to lilypad.Address, amount lilypad.Amount, contracts ...lilypad.Address) error {
	if !slices.Contains(contracts, to) {
		return nil
	}
	return lilypad.Errorf(lilypad.Invalid, "%s is a contract of the network: what is sent to it is lost", to).Try("lilypad wallet deposit %s", amount)
}

// move is a transaction and what it does, in words.
type move struct {
	says string
	do   func(context.Context, *evm.Ledger, wallet.Signer) (settlement.Tx, error)
}

// money makes a command that sends one transaction of --key.
func (a *app) money(use, short, long, example string, plan func(node.Network, []string) (move, error)) *cobra.Command {
	cmd := &cobra.Command{
		Use: use, Short: short, Long: long, Example: example, Args: wordsArgs(use, example),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.onNetwork(cmd.Context(), func(n node.Network) error {
				m, err := plan(n, args)
				if err != nil {
					return err
				}
				return a.sendMove(cmd.Context(), n, m)
			})
		},
	}
	keyFlag(cmd, "creator")
	yesFlag(cmd, "do not ask before sending")
	return cmd
}

func (a *app) sendMove(ctx context.Context, n node.Network, m move) error {
	key, err := a.key(ctx, a.v.GetString("key"))
	if err != nil {
		return err
	}
	left, err := a.outbox().UnfinishedOf(ctx, n, key.Address())
	if err != nil {
		return err
	}
	for _, u := range left {
		a.Step("an earlier command was cut short: transaction %s, which %s, is %s", u.Hash, u.Does, u.Status())
	}
	if err := a.confirm(n, m.says, "It is signed by "+key.Address().String()+"."); err != nil {
		return err
	}
	log, err := a.logger()
	if err != nil {
		return err
	}
	telling := &wallet.Telling{Account: key, Tell: func(h lilypad.Hash) { a.Step("signed transaction %s", h) }}
	l, stop, err := node.OpenLedger(ctx, n, telling, a.outbox(), log)
	if err != nil {
		return err
	}
	tx, err := m.do(ctx, l, telling)
	stop() // nothing is signed from here on
	if err != nil {
		return unsure(ctx, telling, err)
	}
	if slices.ContainsFunc(left, func(u node.Unfinished) bool { return u.Hash == tx.Hash }) {
		a.Step("that was the transaction of the earlier command: no other was sent; give the command again to send another")
	}
	return a.Result(tx, func() { a.Line("done", "transaction %s, block %d, %d gas", tx.Hash, tx.Block.Number, tx.GasUsed) })
}

// unsure says of a transaction that nobody waits for any more that it may
// still come to pass.
func unsure(ctx context.Context, k *wallet.Telling, err error) error {
	if ctx.Err() == nil || k.Last.IsZero() {
		return err
	}
	return (&lilypad.Error{Code: lilypad.Timeout, Msg: "interrupted: transaction " + k.Last.String() + " may still be mined", Err: err}).
		Try("the same command again, which waits for it and sends no other; lilypad wallet list tells of it")
}

func (a *app) walletFaucet(ctx context.Context, who string) error {
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
		tx, err := node.Fund(ctx, n, at, amount, log)
		if err != nil {
			return err
		}
		return a.Result(tx, func() { a.Line("sent", "%s LILY to %s", amount, at) })
	})
}
