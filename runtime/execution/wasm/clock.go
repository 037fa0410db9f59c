package wasm

import "time"

// epoch is when every guest's wall clock starts.
var epoch = time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)

// tick is how far one reading moves the clock, so that no guest waits forever.
const tick = int64(time.Microsecond)

// clock is the time of one guest, which runs on one goroutine. To sleep takes
// no time outside.
type clock struct{ ns int64 }

func (c *clock) nanotime() int64 {
	c.ns += tick
	return c.ns
}

func (c *clock) walltime() (sec int64, nsec int32) {
	t := epoch.Add(time.Duration(c.nanotime()))
	return t.Unix(), int32(t.Nanosecond())
}

func (c *clock) sleep(ns int64) { c.ns += max(ns, 0) }
