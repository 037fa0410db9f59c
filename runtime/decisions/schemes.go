package decisions

import (
	"cmp"
	"maps"
	"slices"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
)

// SchemeReport is what one scheme, with its settings, made of the cases that it
// was shown.
type SchemeReport struct {
	Scheme   string           `json:"scheme"` // name@version
	Digest   lilypad.PluginID `json:"digest"`
	Settings lilypad.Hash     `json:"settings"`
	Shadow   bool             `json:"shadow"` // its answers moved nothing

	Cases   int `json:"cases"`
	Upheld  int `json:"upheld"`  // upheld or late: the result counts
	Doubted int `json:"doubted"` // fraud, refund, or a call for mediators
	// Open cases are those in which it still wanted to know something. A shadow
	// orders nothing, so it stays open where it wants more than the other did.
	Open int `json:"open"`

	// Known are the decided cases about canary jobs, whose right result is known.
	Known        int `json:"known"`
	FalseAccepts int `json:"false_accepts"` // of a wrong result
	FalseRejects int `json:"false_rejects"` // of the right one

	Runs    int    `json:"runs"`    // that it asked for, in all cases
	Seconds uint64 `json:"seconds"` // of block time from opened to decided, in all decided cases

	Shared int `json:"shared"` // cases that it and the deciding scheme decided
	Agreed int `json:"agreed"` // those in which both say that the result counts, or both that it does not
}

// sitting is what one scheme made of one case.
type sitting struct {
	decided, upheld bool
	seconds         uint64
	runs            map[uint32]bool // by key
	claim           hostapi.Bytes32 // content of the judged result; zero: none was shown
}

type schemeKey struct {
	plugin lilypad.PluginID
	record lilypad.Hash // of the settings
	shadow bool
}

type caseKey struct {
	role  string
	id    hostapi.Bytes32
	phase hostapi.Phase
}

// CompareSchemes tells how schemes did on the same cases: those that decided,
// and those that were asked in their shadow. Known are the right results of
// canary jobs, by content id. Schemes stand in the order of their names, those
// that decided first.
func CompareSchemes(entries []*Entry, known map[lilypad.JobID]lilypad.ContentID) ([]SchemeReport, error) {
	names, seen := map[schemeKey]string{}, map[schemeKey]map[caseKey]*sitting{}
	for _, e := range byTime(entries) {
		if e.Record.Hook != hostapi.HookMediate.String() || e.Output == nil || e.Error != "" { // or it does not count
			continue
		}
		q, err := e.asked()
		if err != nil {
			return nil, err
		}
		actions, err := hostapi.DecodeActions(e.Output)
		if err != nil {
			return nil, &lilypad.Error{Code: lilypad.Invalid, Msg: "recorded output", Err: err}
		}
		k := schemeKey{e.Record.Module, e.Record.Settings, e.Shadow}
		if seen[k] == nil {
			names[k], seen[k] = e.Plugin, map[caseKey]*sitting{}
		}
		for i, c := range q.mediate.Cases {
			at := caseKey{e.Role, c.ID, c.Phase}
			if seen[k][at] == nil {
				seen[k][at] = &sitting{runs: map[uint32]bool{}}
			}
			seen[k][at].add(c, uint32(i), actions)
		}
	}
	decided := map[caseKey]*sitting{}
	for k, cases := range seen {
		if !k.shadow {
			maps.Copy(decided, cases)
		}
	}
	var out []SchemeReport
	for k, cases := range seen {
		r := SchemeReport{Scheme: names[k], Digest: k.plugin, Settings: k.record, Shadow: k.shadow}
		for at, s := range cases {
			r.count(s, decided[at], known[lilypad.JobID(at.id)])
		}
		out = append(out, r)
	}
	slices.SortFunc(out, func(a, b SchemeReport) int {
		if a.Shadow != b.Shadow {
			return map[bool]int{false: -1, true: 1}[a.Shadow]
		}
		return cmp.Or(cmp.Compare(a.Scheme, b.Scheme), slices.Compare(a.Digest[:], b.Digest[:]), slices.Compare(a.Settings[:], b.Settings[:]))
	})
	return out, nil
}

// add notes what the scheme wants next. Its first decision counts: a live case
// ends there.
func (s *sitting) add(c hostapi.Case, item uint32, actions []hostapi.Action) {
	for _, e := range c.Events {
		if e.Result != nil && e.Result.Re == hostapi.None {
			s.claim = e.Result.Content
		}
	}
	for _, a := range actions {
		switch {
		case a.Item != item || s.decided:
		case a.Kind == hostapi.ActionKindExecute:
			s.runs[a.Key] = true
		case a.Kind == hostapi.ActionKindVerdict || a.Kind == hostapi.ActionKindDraw:
			s.decided, s.seconds = true, c.Now-min(c.Now, c.Opened)
			s.upheld = a.Kind == hostapi.ActionKindVerdict && (a.Outcome == hostapi.OutcomeUpheld || a.Outcome == hostapi.OutcomeLate)
		}
	}
}

func (r *SchemeReport) count(s, first *sitting, right lilypad.ContentID) {
	r.Cases++
	r.Runs += len(s.runs)
	if !s.decided {
		r.Open++
		return
	}
	r.Seconds += s.seconds
	if s.upheld {
		r.Upheld++
	} else {
		r.Doubted++
	}
	if first != nil && first.decided {
		r.Shared++
		if first.upheld == s.upheld {
			r.Agreed++
		}
	}
	if right.IsZero() || s.claim == (hostapi.Bytes32{}) {
		return
	}
	r.Known++
	switch good := lilypad.ContentID(s.claim) == right; {
	case s.upheld && !good:
		r.FalseAccepts++
	case !s.upheld && good:
		r.FalseRejects++
	}
}
