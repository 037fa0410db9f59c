package main

import (
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
)

func TestTell_ofADispute(t *testing.T) {
	commit := hostapi.Event{Commit: &hostapi.Commit{Who: 0, Re: 2, Steps: 1027, Last: hostapi.Bytes32{9}}}
	step := hostapi.Event{Segment: &hostapi.Segment{Who: 0, Re: 2, Step: 777, Start: hostapi.Bytes32{8}, Claimed: hostapi.Bytes32{1}, Ran: hostapi.Bytes32{2}}}
	files := hostapi.Event{Segment: &hostapi.Segment{Who: 0, Re: 2, Step: 1027, Start: hostapi.Bytes32{9}}}
	all := []hostapi.Event{{}, {}, {}, commit}
	for want, e := range map[string]hostapi.Event{
		"step 777 of 1027 was run again, and 0 is wrong: it leads to " + lilypad.Hash{2}.String() + ", not to " + lilypad.Hash{1}.String(): step,
		"0 is wrong: its trace of 1027 steps does not end in the files of its result":                                                      files,
		"0 stands by trace " + lilypad.Hash{}.String() + " of 1027 steps":                                                                  commit,
		"0 opened node 3 of level 2, child 4 is taken":                                                                                     {Open: &hostapi.Open{Index: 3, Level: 2, Child: 4}},
	} {
		if got := tell(append(all, e), e); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
