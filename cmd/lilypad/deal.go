package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/cli"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/node"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/settlement/survey"
)

func (a *app) dealCommand() *cobra.Command {
	group := &cobra.Command{Use: "deal", Short: "Look at the money of a job", Example: "  lilypad deal list\n  lilypad deal show 0x4d39"}
	list := &cobra.Command{
		Use: "list", Short: "List deals from the chain, newest first", Example: "  lilypad deal list --json", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.dealList(cmd.Context()) },
	}
	show := &cobra.Command{
		Use: "show JOB", Short: "Show state and deadline of a deal, who may do what next, and what each end would pay",
		Long:    "Show reads a deal from the chain: anybody's, by its full job id. Of your own jobs the\nbeginning of the id will do, and balances and transactions are shown too.",
		Example: "  lilypad deal show 0x4d39 --json", Args: oneArg("JOB", "lilypad job list"),
		RunE: func(cmd *cobra.Command, args []string) error { return a.dealShow(cmd.Context(), args[0]) },
	}
	for _, c := range []*cobra.Command{list, show} {
		joinFlags(c)
		c.Flags().Uint64("from", 0, "first block to read; 0: the one in which the contracts were made")
	}
	group.AddCommand(list, show)
	return group
}

// onLedger runs fn with the ledger of the network, to read from.
func (a *app) onLedger(ctx context.Context, fn func(*market, survey.Ledger) error) error {
	log, err := a.logger()
	if err != nil {
		return err
	}
	m, err := a.join(ctx, true)
	if err != nil {
		return err
	}
	l, stop, err := node.ReadLedger(ctx, m.network, log)
	if err == nil {
		err = fn(m, l)
		stop()
	}
	return errors.Join(err, m.close())
}

// progress tells on a terminal how far a long read is.
func (a *app) blocksRead() survey.Progress {
	next := time.Now().Add(time.Second)
	return func(block, last uint64) {
		if now := time.Now(); now.After(next) {
			next = now.Add(time.Second)
			a.Step("read up to block %d of %d", block, last)
		}
	}
}

// dealLine is a deal of deal list.
type dealLine struct {
	Job      lilypad.JobID   `json:"job"`
	State    string          `json:"state"`
	Creator  lilypad.Address `json:"creator"`
	Provider lilypad.Address `json:"provider"`
	Deadline lilypad.Time    `json:"deadline,omitempty"`
	Block    uint64          `json:"block"` // of its last change
	Final    bool            `json:"final"` // no reorganisation takes that block away
}

func (a *app) dealList(ctx context.Context) error {
	return a.onLedger(ctx, func(_ *market, l survey.Ledger) error {
		list := []dealLine{}
		deals, final, err := survey.List(ctx, l, a.v.GetUint64("from"), a.blocksRead())
		for _, e := range deals {
			list = append(list, dealLine{e.Job, stateOf(e), e.Creator, e.Provider, e.Deadline, e.Block.Number, e.Block.Number <= final})
		}
		if err != nil {
			return err
		}
		return a.Result(list, func() {
			var rows [][]string
			for _, d := range list {
				rows = append(rows, []string{d.Job.String(), d.State, cli.Short(d.Creator), cli.Short(d.Provider), fmt.Sprint(d.Block), finality(d.Final)})
			}
			a.Table([]string{"job", "state", "creator", "provider", "block", ""}, rows)
		})
	})
}

func finality(final bool) string {
	if final {
		return "final"
	}
	return "not final yet"
}

// stateOf is what people are told of the state that an event leaves a deal in.
func stateOf(e settlement.Event) string {
	switch e.Kind {
	case settlement.Finished:
		return settlement.StateName(e.Path, e.Outcome)
	case settlement.Opened:
		return "running"
	case settlement.Submitted:
		return "judging"
	}
	return "in mediation"
}

// dealView is what deal show tells.
type dealView struct {
	Job      lilypad.JobID              `json:"job"`
	State    string                     `json:"state"`    // as people say it
	OnChain  string                     `json:"on_chain"` // as the contract says it
	Deadline lilypad.Time               `json:"deadline,omitempty"`
	Left     int64                      `json:"left,omitempty"` // seconds of block time to the deadline; negative: past it
	Head     settlement.Block           `json:"head"`
	Settled  *api.Settled               `json:"settled,omitempty"` // absent: it has not ended
	Parties  map[string]lilypad.Address `json:"parties"`
	Terms    *settlement.Terms          `json:"terms,omitempty"` // absent: the chain does not tell them
	Locked   lilypad.Amount             `json:"locked"`
	Moves    []settlement.Move          `json:"moves"`
	Ways     []settlement.Way           `json:"ways"`
	Events   []settlement.Event         `json:"events"`
	Report   *api.Report                `json:"report,omitempty"` // of one's own job
}

func (a *app) dealShow(ctx context.Context, prefix string) error {
	return a.onLedger(ctx, func(m *market, l survey.Ledger) error {
		report, id, err := mine(ctx, m.creator, prefix)
		if err != nil {
			return err
		}
		view := dealView{Job: id, Report: report, Moves: []settlement.Move{}, Ways: []settlement.Way{}, Events: []settlement.Event{}}
		found, err := survey.Find(ctx, l, id, a.v.GetUint64("from"), a.blocksRead())
		switch {
		case err == nil:
			if err := view.fill(found, m.network); err != nil {
				return err
			}
		case report == nil || lilypad.CodeOf(err) != lilypad.NotFound:
			return err
		default:
			view.State, view.OnChain = report.State, lilypad.StateNone.String()
		}
		return a.Result(view, func() { a.showDeal(view) })
	})
}

// mine finds the job among one's own; the report is nil for another's.
func mine(ctx context.Context, h history, prefix string) (*api.Report, lilypad.JobID, error) {
	r, err := find(ctx, h, prefix)
	if err == nil {
		return &r, r.Job, nil
	}
	id, parsed := lilypad.ParseJobID(prefix)
	if parsed != nil {
		return nil, id, err
	}
	return nil, id, nil // the chain knows jobs of others
}

func (v *dealView) fill(f survey.Found, n node.Network) error {
	v.State, v.OnChain, v.Head, v.Events = "approved", f.Status.State.String(), f.Head, f.Events
	if n := len(f.Events); n > 0 {
		last := f.Events[n-1]
		if v.State = stateOf(last); last.Kind == settlement.Finished {
			v.Settled = &api.Settled{Block: last.Block.Number, Final: last.Block.Number <= f.Final}
		}
	}
	if v.Deadline = f.Status.Deadline; v.Deadline > 0 {
		v.Left = int64(v.Deadline) - int64(f.Head.Time)
	}
	v.Parties = map[string]lilypad.Address{"creator": f.Creator, "provider": f.Provider, "sink": n.Sink}
	if f.Terms == nil {
		return nil
	}
	v.Terms = f.Terms
	o := f.Terms.Offer.Body
	v.Parties["judge"], v.Parties["solver"] = o.Judge, o.Solver
	s := f.Standing(1) // what mediators get together is the same for each size of panel that divides their fee
	if n.Panel.Hash() == o.Panel {
		s.Drawn = n.Panel.Drawn
	}
	v.Moves, v.Locked = s.Moves(), s.Locked()
	var err error
	v.Ways, err = s.Ways()
	return err
}

func (a *app) showDeal(v dealView) {
	a.Line("job", "%s", v.Job)
	a.Line("state", "%s (%s on chain)", v.State, v.OnChain)
	if v.Settled != nil {
		a.Line("money", "%s", v.Settled)
	}
	if v.Deadline > 0 {
		a.Line("deadline", "%s by block time, %s", time.Unix(int64(v.Deadline), 0).Format("2006-01-02 15:04:05 MST"), away(v.Left))
	}
	for _, who := range []string{"creator", "judge", "provider", "solver", "sink"} {
		if at, ok := v.Parties[who]; ok && !at.IsZero() {
			a.Line(who, "%s", at)
		}
	}
	if v.Locked > 0 {
		a.Line("locked", "%s LILY", v.Locked)
	}
	if v.Terms == nil && v.OnChain != lilypad.StateNone.String() {
		a.Line("terms", "the chain does not tell them: another contract opened the deal")
	}
	var rows [][]string
	for _, m := range v.Moves {
		rows = append(rows, []string{m.Who, m.What, when(m, v.Head.Time)})
	}
	if rows != nil {
		a.Table([]string{"who", "may next", "when"}, rows)
	}
	rows = nil
	for _, w := range v.Ways {
		rows = append(rows, []string{w.Name, w.Provider.String(), w.Creator.String(), w.Mediators.String(), w.Sink.String(), w.When})
	}
	if rows != nil {
		a.Table([]string{"if it ends as", "provider", "creator", "mediators", "sink", "because"}, rows)
	}
	if v.Report != nil {
		a.showMoney(*v.Report)
	}
}

// when tells a move's time by block time.
func when(m settlement.Move, now lilypad.Time) string {
	switch {
	case m.Until > 0 && m.Until < now:
		return "too late"
	case m.Until > 0:
		return "for " + span(int64(m.Until-now))
	case m.From > now:
		return "in " + span(int64(m.From-now))
	}
	return "now"
}

func away(left int64) string {
	if left < 0 {
		return span(-left) + " ago"
	}
	return "in " + span(left)
}

func span(seconds int64) string { return (time.Duration(seconds) * time.Second).String() }

// showMoney prints what the creator has recorded of a job's money.
func (a *app) showMoney(r api.Report) {
	a.deals(r)
	var rows [][]string
	for _, who := range []string{"creator", "provider", "solver", "mediators", "sink", "escrow"} {
		if b, ok := r.Balances[who]; ok {
			rows = append(rows, []string{who, b.Before.String(), b.After.String(), change(b)})
		}
	}
	if rows != nil {
		a.Table([]string{"account", "before", "after", "change"}, rows)
	}
	rows = nil
	for _, t := range r.Txs {
		rows = append(rows, []string{t.Step, t.Hash.String(), fmt.Sprint(t.GasUsed)})
	}
	a.Table([]string{"transaction", "hash", "gas"}, rows)
}

func change(b api.Balance) string {
	if b.After >= b.Before {
		return "+" + (b.After - b.Before).String()
	}
	return "-" + (b.Before - b.After).String()
}
