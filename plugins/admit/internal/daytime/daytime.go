// Package daytime is times of day, as plugins that keep hours read them from
// their settings. Its place: under the admit plugins; over nothing.
//
//	from, err := daytime.Minute("22:00") // 1320
//	…
//	daytime.Within(now, from, to)
package daytime

import (
	"errors"
	"strconv"
	"strings"
)

// Minute reads HH:MM as a minute of the day.
//
// # Errors
//
// The text is no time of day.
func Minute(text string) (int, error) {
	hours, minutes, ok := strings.Cut(text, ":")
	h, errH := strconv.ParseUint(hours, 10, 8)
	m, errM := strconv.ParseUint(minutes, 10, 8)
	if !ok || errH != nil || errM != nil || h > 23 || m > 59 {
		return 0, errors.New(strconv.Quote(text) + " is no time of day, such as 22:00")
	}
	return int(60*h + m), nil
}

// Within tells whether a minute lies in hours that may run past midnight. It
// is in none from a minute to the same one.
func Within(now, from, to int) bool {
	if from <= to {
		return from <= now && now < to
	}
	return now >= from || now < to
}
