package pluginhost

import (
	"context"
	"crypto/sha256"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/fuel"
)

// Record says what an answer followed from. Equal records but for Fuel and
// Output would be a defect: whoever has the plugin can compute the answer
// again. Engine and way of restoring are not in it, since they must not matter.
type Record struct {
	Module   lilypad.PluginID `json:"module"`
	Rewriter int              `json:"rewriter"` // version of what put the fuel into it
	Prices   int              `json:"prices"`   // version of the table of fuel prices
	Hook     string           `json:"hook"`
	API      string           `json:"api"`
	Settings lilypad.Hash     `json:"settings"` // SHA-256 of the settings record
	Memory   uint32           `json:"memory"`   // its limit in bytes
	Arena    uint32           `json:"arena"`    // bytes
	Depth    uint32           `json:"depth"`    // bytes of stack
	WarmUp   lilypad.Hash     `json:"warm_up"`  // SHA-256
	Snapshot lilypad.Hash     `json:"snapshot"` // SHA-256 of memory and globals that the call began with; zero when it did not begin
	Input    lilypad.Hash     `json:"input"`    // SHA-256
	Budget   uint64           `json:"budget"`   // fuel
	Fuel     uint64           `json:"fuel"`     // spent
	Output   lilypad.Hash     `json:"output"`   // SHA-256; zero without an answer
}

// constants fills in what all decisions of a program have in common.
func (p *program) constants() {
	p.opened = p.source
	p.opened.Wasm, p.opened.Pin = nil, p.id
	p.constant = Record{
		Module: p.id, Rewriter: fuel.Version, Prices: fuel.PriceTable, Hook: p.manifest.Hook, API: p.manifest.API,
		Settings: sha256.Sum256(p.settings), Memory: p.manifest.Memory, Arena: p.manifest.Arena, Depth: fuel.DepthBudget,
		WarmUp: sha256.Sum256(p.warmUp),
	}
}

// Decision is one batch that a plugin was asked about, with all that is
// needed to ask it again.
type Decision struct {
	Record   Record
	Plugin   string // name@version
	Source   Source // as it was opened, without its Wasm
	Items    int
	Input    []byte
	Output   []byte // nil without an answer
	Err      error  // why there is none, or why it does not count
	Duration time.Duration
}

// wanted tells whether somebody is to be told of a batch.
func (h *Host) wanted(ctx context.Context) bool {
	return h.config.OnDecision != nil && (h.config.Wanted == nil || h.config.Wanted(ctx))
}

// decision tells of a call that ended.
func (p *program) decision(q *question, t *turn, r *Refusal) Decision {
	d := Decision{Record: p.constant, Plugin: p.String(), Source: p.opened, Items: len(q.items), Input: t.input, Output: t.output, Duration: t.took}
	if d.Input == nil { // it found no guest
		d.Input, _ = q.append(nil) // it was seen to fit
	}
	d.Record.Snapshot, d.Record.Budget, d.Record.Fuel = t.snapshot, t.budget, t.fuel
	d.Record.Input = sha256.Sum256(d.Input)
	if d.Output != nil {
		d.Record.Output = sha256.Sum256(d.Output)
	}
	if r != nil {
		d.Err = p.name(r)
	}
	return d
}
