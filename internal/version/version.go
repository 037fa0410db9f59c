// Package version tells which Lilypad this is.
package version

import "runtime/debug"

// Version is the release, without a leading v. The protocol between roles is
// compatible within its first number.
const Version = "0.1.0"

// Commit is the revision that the binary was built from, or "unknown".
func Commit() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return s.Value
		}
	}
	return "unknown"
}
