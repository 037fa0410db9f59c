package main

import (
	"math"
	"testing"

	"github.com/lilypad-network/lilypad/sdk/go/plugintest"
)

var (
	idle    = plugintest.Node{Slots: 4, MinuteOfDay: 12 * 60, Weekday: plugintest.WeekdayMonday}
	request = plugintest.Request{
		Engine: plugintest.EngineDocker, GPUs: 2, CPU: 500, Timeout: 1800,
		StandingPrice: 5000, MaxPrice: 9000, CreatorOk: 3,
	}
)

func admitted(t *testing.T, settings string, n plugintest.Node, r plugintest.Request) plugintest.Admission {
	t.Helper()
	h := plugintest.New(t, newQuote, settings)
	return plugintest.Admit(t, h, plugintest.AdmitInput{Node: n, Requests: []plugintest.Request{r}})[0]
}

// Each row is computed by hand: two GPUs and half a core for half an hour.
func TestQuote_Admit_prices(t *testing.T) {
	const tariffs = `"gpu_watts": 500, "core_watts": 0, "kwh": 1000, "tariffs": [
		{"from": "22:00", "to": "06:00", "days": "weekdays", "kwh": 400},
		{"from": "00:00", "to": "00:00", "days": "weekend", "kwh": 200}]`
	night, sunday, half, full := idle, idle, idle, idle
	night.MinuteOfDay = 23 * 60
	sunday.Weekday = plugintest.WeekdaySunday
	half.Running = 2
	full.Running, full.Queued = 4, 9
	stranger, bad := request, request
	stranger.CreatorOk = 0
	bad.CreatorBad = 1
	for name, tt := range map[string]struct {
		settings string
		node     plugintest.Node
		request  plugintest.Request
		want     uint64
	}{
		"nothing costs nothing":     {`{}`, idle, request, 0},
		"per job":                   {`{"job": 70}`, idle, request, 70},
		"GPU hours":                 {`{"gpu_hour": 1000}`, idle, request, 1000},
		"core hours":                {`{"core_hour": 1000}`, idle, request, 250},
		"an expected part":          {`{"gpu_hour": 1000, "expected_percent": 10}`, idle, request, 100},
		"rounded up":                {`{"core_hour": 1}`, idle, request, 1},
		"electricity by day":        {`{` + tariffs + `}`, idle, request, 500},
		"electricity by night":      {`{` + tariffs + `}`, night, request, 200},
		"electricity on a Sunday":   {`{` + tariffs + `}`, sunday, request, 100},
		"half busy":                 {`{"job": 1000, "busy_percent": 50}`, half, request, 1250},
		"busy, with a queue":        {`{"job": 1000, "busy_percent": 50}`, full, request, 1500},
		"a creator nobody knows":    {`{"job": 1000, "newcomer_percent": 20}`, idle, stranger, 1200},
		"a quarter of deals bad":    {`{"job": 1000, "bad_history_percent": 40}`, idle, bad, 1100},
		"loyal":                     {`{"job": 1000, "loyal_percent": 30, "loyal_deals": 3}`, idle, request, 700},
		"loyal, but something went": {`{"job": 1000, "loyal_percent": 30, "loyal_deals": 3}`, idle, bad, 1000},
		"not loyal yet":             {`{"job": 1000, "loyal_percent": 30, "loyal_deals": 4}`, idle, request, 1000},
	} {
		t.Run(name, func(t *testing.T) {
			r := tt.request
			r.StandingPrice, r.MaxPrice = 0, math.MaxUint64 // so that the quote shows
			got := admitted(t, tt.settings, tt.node, r)
			if got.Price != tt.want {
				t.Errorf("quote %d, want %d", got.Price, tt.want)
			}
		})
	}
}

func TestQuote_Admit(t *testing.T) {
	for name, tt := range map[string]struct {
		settings string
		want     plugintest.Admission
	}{
		"covered":         {`{"job": 5000}`, plugintest.Admission{Answer: plugintest.AnswerTake}},
		"below the quote": {`{"job": 5001}`, plugintest.Admission{Answer: plugintest.AnswerDecline, Reason: belowQuote, Arg0: 5000, Arg1: 5001, Price: 5001}},
		"above the job's": {`{"job": 9001}`, plugintest.Admission{Answer: plugintest.AnswerDecline, Reason: tooDear, Arg0: 9001, Arg1: 9000}},
		"no discount":     {`{"job": 10}`, plugintest.Admission{Answer: plugintest.AnswerTake}},
		"discount":        {`{"job": 10, "discount": true}`, plugintest.Admission{Answer: plugintest.AnswerTake, Price: 10}},
		"discount to one": {`{"discount": true}`, plugintest.Admission{Answer: plugintest.AnswerTake, Price: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := admitted(t, tt.settings, idle, request); got != tt.want {
				t.Errorf("%+v, want %+v", got, tt.want)
			}
		})
	}
}

// However much a job asks for, the quote never wraps around to a low one.
func TestQuote_Admit_extremes(t *testing.T) {
	huge := plugintest.Request{
		Engine: plugintest.EngineDocker, GPUs: math.MaxUint32, CPU: math.MaxUint32, Timeout: math.MaxUint32,
		MaxPrice: math.MaxUint64, CreatorBad: math.MaxUint32, CreatorOk: math.MaxUint32,
	}
	node := plugintest.Node{Weekday: plugintest.WeekdayMonday, Running: math.MaxUint32, Queued: math.MaxUint32}
	got := admitted(t, `{"gpu_hour": 1000000000000, "kwh": 1000000000000, "gpu_watts": 100000, "busy_percent": 10000, "bad_history_percent": 10000}`, node, huge)
	if got.Price != most {
		t.Errorf("quote %d, want the largest, %d", got.Price, uint64(most))
	}
}

func TestQuote_refusesSettings(t *testing.T) {
	if _, err := plugintest.Make(t, newQuote, `{"tariffs": [{"from": "25:00", "to": "07:00", "days": "all", "kwh": 1}]}`); err == nil {
		t.Error("an hour of 25 was accepted")
	}
}
