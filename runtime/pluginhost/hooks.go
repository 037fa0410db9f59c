package pluginhost

import "github.com/lilypad-network/lilypad/hostapi"

// warmUps are batches without items, which every guest answers once before it
// is used.
var warmUps = map[hostapi.Hook]interface {
	Append(dst []byte, minor uint16) ([]byte, error)
}{
	hostapi.HookMatch:   &hostapi.MatchInput{Job: hostapi.Job{Engine: hostapi.EngineWasm}},
	hostapi.HookAdmit:   &hostapi.AdmitInput{Node: hostapi.Node{Weekday: hostapi.WeekdayMonday}},
	hostapi.HookAllow:   &hostapi.AllowInput{},
	hostapi.HookMediate: &hostapi.MediateInput{},
	hostapi.HookCompare: &hostapi.CompareInput{},
}
