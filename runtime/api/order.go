package api

import (
	"fmt"

	"github.com/lilypad-network/lilypad"
)

// Order is what a person asks their creator for.
type Order struct {
	Module string            `json:"module"`           // a reference, such as cowsay:v0.0.4
	Inputs map[string]string `json:"inputs,omitempty"` // for the module's template
	Files  lilypad.ContentID `json:"files,omitzero"`   // tree of input files, already at the creator's

	Engine     lilypad.Engine   `json:"engine,omitempty"`     // empty: the module's first form that this network runs
	Scheme     string           `json:"scheme,omitempty"`     // a mediate plugin by name or digest
	Comparator string           `json:"comparator,omitempty"` // a compare plugin by name or digest
	Params     map[string]int64 `json:"params,omitempty"`     // of scheme and comparator
	AuditBPS   uint16           `json:"audit_bps,omitempty"`
	MaxPrice   lilypad.Amount   `json:"max_price,omitempty"` // zero: the creator's default
	Target     lilypad.Address  `json:"target,omitzero"`     // the only provider that may take it
	// Client is a contract that orders and pays. The offer is its own to
	// approve on chain; the creator is its judge. Zero: the creator pays.
	Client        lilypad.Address `json:"client,omitzero"`
	ProviderStake lilypad.Amount  `json:"provider_stake,omitempty"` // zero: the creator's default
	Timeout       lilypad.Seconds `json:"timeout,omitempty"`        // zero: the module's
	// Nonce names the order: told again with the same one, it is the same job.
	// Zero: every telling is a job of its own.
	Nonce uint64 `json:"nonce,omitempty"`
	// Private seals inputs and result: the solver, which passes them on, cannot
	// read them.
	Private bool `json:"private,omitempty"`
	// Known is the content that the right result has: the job is a canary, by
	// which schemes are judged. Nobody but the creator is told.
	Known     lilypad.ContentID `json:"known,omitzero"`
	SkipAllow bool              `json:"skip_allow,omitempty"` // local network only: omit the creator's own module check, to show that others hold
}

// Report is what a creator tells of a job.
type Report struct {
	Job        lilypad.JobID      `json:"job"`
	Deal       lilypad.DealID     `json:"deal,omitzero"`
	Module     ModuleReport       `json:"module"`
	Provider   lilypad.Address    `json:"provider,omitzero"`
	State      string             `json:"state"`             // waiting, running, judging, in mediation, paid, …
	Done       bool               `json:"done"`              // the money has moved and the result, if any, is here
	Settled    *Settled           `json:"settled,omitempty"` // absent: a deal of the job has not ended
	Reason     string             `json:"reason,omitempty"`
	Warnings   []string           `json:"warnings,omitempty"`
	ExitCode   *int               `json:"exit_code,omitempty"`
	Result     lilypad.ContentID  `json:"result,omitzero"` // tree at the creator's
	Price      lilypad.Amount     `json:"price"`
	Scheme     string             `json:"scheme"`
	Comparator string             `json:"comparator"`
	Review     string             `json:"review,omitempty"` // why the scheme accepted or doubted, in its own words
	Deals      []DealReport       `json:"deals"`
	Cost       Cost               `json:"cost"`
	Balances   map[string]Balance `json:"balances,omitempty"`
	Txs        []Step             `json:"transactions"`
	Timings    map[string]int64   `json:"timings_ms"`
	Known      lilypad.ContentID  `json:"known,omitzero"`    // of a canary: what the right result has
	Offer      *lilypad.JobOffer  `json:"offer,omitempty"`   // of a contract that orders: for it to approve
	Work       *lilypad.Work      `json:"work,omitempty"`    // that the offer names
	Outputs    *lilypad.Outputs   `json:"outputs,omitempty"` // what the result's hash is of
	Created    int64              `json:"created"`           // wall clock, seconds since the Unix epoch; for people only
}

// Settled tells where money has moved, and whether that may still be undone.
type Settled struct {
	Block uint64 `json:"block"`
	Final bool   `json:"final"` // no reorganisation takes the block away
}

// String implements fmt.Stringer.
func (s Settled) String() string {
	if s.Final {
		return fmt.Sprintf("final since block %d", s.Block)
	}
	return fmt.Sprintf("settled, final when block %d is finalized", s.Block)
}

// With is where the money of two deals has moved; nil: of neither.
func (s *Settled) With(o Settled) *Settled {
	if s == nil {
		return &o
	}
	return &Settled{max(s.Block, o.Block), s.Final && o.Final}
}

// ModuleReport names the pinned module.
type ModuleReport struct {
	Name   string `json:"name"`
	Commit string `json:"commit,omitempty"`
	Digest string `json:"digest"`
}

// DealReport is one deal of a job: its own, or a replica's.
type DealReport struct {
	Job      lilypad.JobID   `json:"job"`
	Deal     lilypad.DealID  `json:"deal,omitzero"`
	Provider lilypad.Address `json:"provider,omitzero"`
	Price    lilypad.Amount  `json:"price"`
	State    string          `json:"state"`
	Settled  *Settled        `json:"settled,omitempty"` // absent: it has not ended
	Replica  bool            `json:"replica"`
	Faulty   string          `json:"faulty,omitempty"` // local network only
}

// Cost is what the job's creator is out of pocket, stakes returned deducted.
type Cost struct {
	Total lilypad.Amount `json:"total"`
}

// Balance is what a party holds, in its wallet and free in the ledger.
type Balance struct {
	Before lilypad.Amount `json:"before"`
	After  lilypad.Amount `json:"after"`
}

// Case is a doubt about a result, as anyone may read it.
type Case struct {
	Job      lilypad.JobID     `json:"job"`
	Deal     lilypad.DealID    `json:"deal"`
	Provider lilypad.Address   `json:"provider"`
	Scheme   lilypad.PluginID  `json:"scheme"`
	Drawn    []lilypad.Address `json:"drawn"`
	Opinions []Opinion         `json:"opinions"`
	State    string            `json:"state"`
	Outcome  lilypad.Outcome   `json:"outcome"`
}
