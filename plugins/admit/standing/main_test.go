package main

import (
	"testing"

	"github.com/lilypad-network/lilypad/sdk/go/plugintest"
)

func TestStanding_Admit(t *testing.T) {
	node := plugintest.Node{Slots: 2, Running: 1, MinuteOfDay: 12 * 60, Weekday: plugintest.WeekdayMonday}
	full := node
	full.Running, full.Queued = 2, 3
	night, morning := node, node
	night.MinuteOfDay, morning.MinuteOfDay = 23*60+5, 7*60
	request := plugintest.Request{
		Engine: plugintest.EngineWasm, ModuleName: "cowsay:v0.0.4", Creator: plugintest.Bytes20{0xAB},
		StandingPrice: 10, MaxPrice: 50,
	}
	take := plugintest.Admission{Answer: plugintest.AnswerTake}
	decline := func(reason uint16, arg0, arg1, price uint64) plugintest.Admission {
		return plugintest.Admission{Answer: plugintest.AnswerDecline, Reason: reason, Arg0: arg0, Arg1: arg1, Price: price}
	}
	const quiet = `{"quiet_hours": [{"from": "22:00", "to": "07:00"}]}`
	for name, tt := range map[string]struct {
		settings string
		node     plugintest.Node
		want     plugintest.Admission
	}{
		"takes by default":            {`{}`, node, take},
		"floor at the price":          {`{"price_floor": 10}`, node, take},
		"floor above the price":       {`{"price_floor": 11}`, node, decline(belowFloor, 10, 11, 11)},
		"floor above what is offered": {`{"price_floor": 51}`, node, decline(belowFloor, 10, 51, 0)},
		"denied creator": {
			`{"deny_creators": ["0xAB00000000000000000000000000000000000000"]}`, node,
			decline(deniedCreator, 0, 0, 0),
		},
		"another creator":       {`{"deny_creators": ["0xac00000000000000000000000000000000000000"]}`, node, take},
		"denied module":         {`{"deny_modules": ["cow*"]}`, node, decline(deniedModule, 0, 0, 0)},
		"another module":        {`{"deny_modules": ["cow"]}`, node, take},
		"quiet at night":        {quiet, night, decline(quietHours, 23, 5, 0)},
		"awake in the morning":  {quiet, morning, take},
		"queue full":            {`{"maximum_queue": 3}`, full, decline(queueFull, 3, 3, 0)},
		"queue has room":        {`{"maximum_queue": 4}`, full, take},
		"no queue, a free slot": {`{"maximum_queue": 0}`, node, take},
	} {
		t.Run(name, func(t *testing.T) {
			h := plugintest.New(t, newStanding, tt.settings)
			got := plugintest.Admit(t, h, plugintest.AdmitInput{Node: tt.node, Requests: []plugintest.Request{request, request}})
			if got[0] != tt.want {
				t.Errorf("%+v, want %+v", got[0], tt.want)
			}
		})
	}
}

func TestStanding_refusesSettings(t *testing.T) {
	for _, settings := range []string{
		`{"quiet_hours": [{"from": "25:00", "to": "07:00"}]}`,
		`{"quiet_hours": [{"from": "7", "to": "07:00"}]}`,
		`{"deny_modules": ["["]}`,
	} {
		if _, err := plugintest.Make(t, newStanding, settings); err == nil {
			t.Errorf("%s was accepted", settings)
		}
	}
}
