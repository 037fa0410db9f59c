package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/spf13/cobra"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/node"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/settlement/evm"
)

func (a *app) clientCommand() *cobra.Command {
	group := &cobra.Command{
		Use: "client", Short: "Try the example contract that orders jobs by itself", Example: "  lilypad client deploy\n  lilypad client order 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed -i Message=moo",
		Long: "Client is about contracts/examples/CowsayClient.sol, a contract that orders a cowsay\njob, pays for it from an account of its own, and is told the result. Your creator\njudges the result, since a contract signs nothing.",
	}
	deploy := &cobra.Command{
		Use: "deploy", Short: "Deploy the example contract and give it LILY to order with", Example: "  lilypad client deploy --fund 20", Args: noArgs,
		Long: "Deploy may be repeated: owner, judge and module give the contract's address, so one\nthat is there is left alone, and its account gets only what it lacks.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.asOwner(cmd.Context(), func(m *market, l *evm.Ledger) error { return a.clientDeploy(cmd.Context(), m, l) })
		},
	}
	deploy.Flags().String("fund", "10", "LILY that the contract's account is to have; what it lacks comes from the owner's wallet")
	order := &cobra.Command{
		Use: "order CONTRACT", Short: "Have the contract order a job, wait for the result and deliver it to the contract", Args: oneArg("CONTRACT", "lilypad client deploy"),
		Example: "  lilypad client order 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed -i Message=moo",
		RunE: func(cmd *cobra.Command, args []string) error {
			inputs, err := cmd.Flags().GetStringArray("input")
			if err != nil {
				return err
			}
			return a.asOwner(cmd.Context(), func(m *market, l *evm.Ledger) error {
				return a.clientOrder(cmd.Context(), m, l, args[0], inputs)
			})
		},
	}
	order.Flags().StringArrayP("input", "i", nil, "input of the module: NAME=VALUE (repeatable)")
	for _, c := range []*cobra.Command{deploy, order} {
		joinFlags(c)
		c.Flags().String("module", "cowsay:v0.0.4", "the module that the contract may order")
		c.Flags().String("owner", "faucet", "account that owns the contract, as --key names one")
		yesFlag(c, "do not ask before sending")
	}
	group.AddCommand(deploy, order)
	return group
}

// asOwner joins the network and opens the ledger of the contract's owner.
func (a *app) asOwner(ctx context.Context, fn func(*market, *evm.Ledger) error) error {
	log, err := a.logger()
	if err != nil {
		return err
	}
	owner, err := a.key(ctx, a.v.GetString("owner"))
	if err != nil {
		return err
	}
	m, err := a.join(ctx, true)
	if err != nil {
		return err
	}
	l, stop, err := node.OpenLedger(ctx, m.network, owner, a.outbox(), log)
	if err == nil {
		err = fn(m, l)
		stop()
	}
	return errors.Join(err, m.close())
}

func (a *app) clientDeploy(ctx context.Context, m *market, l *evm.Ledger) error {
	amount, err := lilypad.ParseAmount(a.v.GetString("fund"))
	if err != nil {
		return err
	}
	module, err := a.moduleID(ctx, a.v.GetString("module"))
	if err != nil {
		return err
	}
	if err := a.confirm(m.network, "This deploys the example contract, unless it is there, and gives its account what it lacks to have "+amount.String()+" LILY.",
		"It is signed by "+l.Address().String()+"."); err != nil {
		return err
	}
	c, err := l.DeployClient(ctx, m.key.Address(), module)
	if err != nil {
		return err
	}
	if c.Tx.IsZero() {
		a.Step("%s is at %s already", c.Name, c.Address)
	}
	if err := l.FundClient(ctx, c.Address, amount); err != nil {
		return err
	}
	out := struct {
		Contract lilypad.Address `json:"contract"`
		Owner    lilypad.Address `json:"owner"`
		Judge    lilypad.Address `json:"judge"`
		Funds    lilypad.Amount  `json:"funds"`
		Tx       lilypad.Hash    `json:"tx,omitzero"` // that made it; zero: it was there
	}{c.Address, l.Address(), m.key.Address(), amount, c.Tx}
	return a.Result(out, func() {
		a.Line("contract", "%s", out.Contract)
		a.Line("owner", "%s", out.Owner)
		a.Line("judge", "%s", out.Judge)
		a.Line("next", "lilypad client order %s -i Message=moo", out.Contract)
	})
}

// clientResult is what became of a contract's order.
type clientResult struct {
	Report   api.Report        `json:"report"`
	Ordered  settlement.Tx     `json:"ordered"`
	Delivery settlement.Tx     `json:"delivery"`
	Said     lilypad.ContentID `json:"said"` // what the contract now knows
}

func (a *app) clientOrder(ctx context.Context, m *market, l *evm.Ledger, at string, inputs []string) error {
	contract, err := lilypad.ParseAddress(at)
	if err != nil {
		return err
	}
	o := api.Order{Module: a.v.GetString("module"), Client: contract, Nonce: rand.Uint64N(math.MaxUint64) + 1}
	if o.Inputs, err = parsePairs("input", inputs); err != nil {
		return err
	}
	report, err := m.creator.Order(ctx, o)
	if err != nil {
		return err
	}
	if report.Offer == nil || report.Work == nil {
		return lilypad.Errorf(lilypad.Unavailable, "this creator takes no orders of contracts").Try("update it")
	}
	if err := a.approve(ctx, m, o.Module, report); err != nil {
		return err
	}
	client := l.Client(contract)
	var out clientResult
	if out.Ordered, err = client.Order(ctx, *report.Work, *report.Offer); err != nil {
		return err
	}
	if report, err = m.creator.Order(ctx, o); err != nil { // told again, it sees the approval
		return err
	}
	if report, err = a.follow(ctx, m, report); err != nil {
		return err
	}
	out.Report = report
	if out.Delivery, err = deliver(ctx, l, client, report); err != nil {
		return err
	}
	if out.Said, err = client.Said(ctx, report.Job); err != nil {
		return err
	}
	if a.JSON {
		return a.Result(out, nil)
	}
	if out.Said.IsZero() {
		a.Line("contract", "%s was told that there is no result", contract)
	} else {
		a.Line("contract", "%s was told result %s", contract, out.Said)
	}
	return a.present(ctx, m, report)
}

// deliver tells the contract how its job ended. A deal that is final without a
// result has no outputs, and the contract asks for none.
func deliver(ctx context.Context, l *evm.Ledger, client evm.CowsayClient, r api.Report) (settlement.Tx, error) {
	if r.Outputs != nil {
		return client.Deliver(ctx, r.Job, *r.Outputs)
	}
	s, err := l.Status(ctx, r.Job)
	if err != nil {
		return settlement.Tx{}, err
	}
	if s.State != lilypad.StateFinal {
		return settlement.Tx{}, lilypad.Errorf(lilypad.Conflict, "the job ended as %s without a deal: there is nothing to tell the contract", r.State).Try("lilypad job why %s", r.Job)
	}
	return client.Deliver(ctx, r.Job, lilypad.Outputs{})
}

// approve shows the owner what its contract is about to approve. The creator,
// which another may run, has to have made the offer for the module that was asked
// for.
func (a *app) approve(ctx context.Context, m *market, module string, r api.Report) error {
	id, err := a.moduleID(ctx, module)
	if err != nil {
		return err
	}
	if r.Work.Module != id || r.Offer.Work != r.Work.Hash() {
		return lilypad.Errorf(lilypad.Unauthorized, "the creator made an offer for other work than module %s", module).Try("use a creator that you trust")
	}
	lines, err := a.words(m.network, m.key.Address()).Explain(m.network.Domain(), *r.Offer)
	if err != nil {
		return err
	}
	return a.confirm(m.network, append([]string{fmt.Sprintf("The contract orders one run of module %q.", module)}, lines...)...)
}
