package main

import (
	"testing"

	"github.com/lilypad-network/lilypad/sdk/go/plugintest"
)

func TestReputation_Admit(t *testing.T) {
	take := plugintest.Admission{Answer: plugintest.AnswerTake}
	decline := func(reason uint16, arg0, arg1 uint64) plugintest.Admission {
		return plugintest.Admission{Answer: plugintest.AnswerDecline, Reason: reason, Arg0: arg0, Arg1: arg1}
	}
	for name, tt := range map[string]struct {
		settings          string
		ok, bad, timeouts uint32
		want              plugintest.Admission
	}{
		"nobody knows it":         {`{}`, 0, 0, 0, take},
		"too much for a stranger": {`{"newcomer_stake": 99}`, 0, 0, 0, decline(unknown, 100, 99)},
		"enough for a stranger":   {`{"newcomer_stake": 100}`, 0, 0, 0, take},
		"too few deals to tell":   {`{}`, 1, 1, 1, take},
		"a fifth ran out":         {`{}`, 5, 0, 1, take},
		"more than a fifth":       {`{}`, 4, 0, 1, decline(runsOut, 1, 4)},
		"none may run out":        {`{"timeouts_percent": 0}`, 100, 0, 1, decline(runsOut, 1, 100)},
		"half went wrong":         {`{}`, 2, 2, 0, take},
		"most went wrong":         {`{}`, 2, 3, 0, decline(goesWrong, 3, 5)},
		"a good one":              {`{}`, 50, 1, 2, take},
	} {
		t.Run(name, func(t *testing.T) {
			h := plugintest.New(t, newReputation, tt.settings)
			r := plugintest.Request{Engine: plugintest.EngineWasm, ProviderStake: 100, CreatorOk: tt.ok, CreatorBad: tt.bad, CreatorTimeouts: tt.timeouts}
			got := plugintest.Admit(t, h, plugintest.AdmitInput{Node: plugintest.Node{Weekday: plugintest.WeekdayMonday}, Requests: []plugintest.Request{r}})
			if got[0] != tt.want {
				t.Errorf("%+v, want %+v", got[0], tt.want)
			}
		})
	}
}
