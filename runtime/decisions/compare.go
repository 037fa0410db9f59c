package decisions

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
)

// ShadowReports compares each plugin that ran in the shadow of others with
// those that decided, on what both were asked; entries may be of any hooks, in
// any order. A shadow was asked with the provider as busy as it really was.
//
// # Errors
//
// Invalid for an entry that cannot be read.
func ShadowReports(entries []*Entry) ([]*Report, error) {
	_, decided, err := pose(entries)
	if err != nil {
		return nil, err
	}
	var shadows []*comparison
	for _, e := range byTime(entries) {
		q, err := e.asked()
		if err != nil {
			return nil, err
		}
		first := decided[e.key(q)]
		if !e.Shadow || first == nil || e.hostFault() {
			continue
		}
		c, err := shadowOf(&shadows, e)
		if err != nil {
			return nil, err
		}
		is, err := e.said(q)
		if err != nil { // nobody has checked it before
			is = slices.Repeat([]Answer{{Word: wordFail}}, len(first.said))
		}
		if c.fault == "" && (err != nil || e.Error != "") {
			c.fault = cmp.Or(e.Error, fmt.Sprint(err))
		}
		c.add(e.Role, q.items(), first.said, is)
	}
	var reports []*Report
	for _, c := range shadows {
		reports = append(reports, c.report())
	}
	return reports, nil
}

// shadowOf finds what was collected of an entry's plugin with its settings, or
// begins it.
func shadowOf(shadows *[]*comparison, e *Entry) (*comparison, error) {
	for _, c := range *shadows {
		if c.record.Module == e.Record.Module && c.record.Settings == e.Record.Settings {
			return c, nil
		}
	}
	m, err := hostapi.ParseManifest(e.Source.Manifest)
	if err != nil {
		return nil, &lilypad.Error{Code: lilypad.Invalid, Msg: "manifest of a decision", Err: err}
	}
	c := newComparison(m)
	c.record = e.Record
	*shadows = append(*shadows, c)
	return c, nil
}
