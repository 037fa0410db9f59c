package decisions

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/lilypad-network/lilypad"
)

// gapsFile is in a log's folder once something was left out.
const gapsFile = "gaps.json"

// Gaps are what a log was not to keep, or could not.
type Gaps struct {
	Since    time.Time `json:"since"`
	Last     time.Time `json:"last"`
	Rankings uint64    `json:"rankings"` // beyond Config.MatchRate, with the answers of shadows
	Shadows  uint64    `json:"shadows"`  // questions that a shadow was too slow for
	Rate     int       `json:"rate"`     // Config.MatchRate: bytes of questions a second
}

// ReadGaps reads what was left out of the logs in some folders. A log without
// gaps, or that does not exist, has none.
//
// # Errors
//
// Invalid for a file that cannot be read.
func ReadGaps(dirs ...string) (list []Gaps, err error) {
	for _, dir := range dirs {
		g, err := readGaps(dir)
		if err != nil {
			return nil, err
		}
		if g.Rankings+g.Shadows > 0 {
			list = append(list, g)
		}
	}
	return list, nil
}

func readGaps(dir string) (g Gaps, err error) {
	path := filepath.Join(dir, gapsFile)
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return g, nil
	}
	if err == nil {
		err = json.Unmarshal(text, &g)
	}
	if err != nil {
		return g, &lilypad.Error{Code: lilypad.Invalid, Msg: path, Remedy: "remove the file; it only counts", Err: err}
	}
	return g, nil
}

// gaps is what a log knows of its own.
type gaps struct {
	before Gaps  // by earlier processes, as long as their decisions are kept
	now    Stats // as it was last written
	warned time.Time
}

// resume goes on counting. A damaged file only counted, so it holds up nothing.
func (g *gaps) resume(c Config) {
	before, err := readGaps(c.Dir)
	switch {
	case err != nil:
		c.Log.Warn("the gaps in the log of decisions are counted anew", "error", err)
	case c.Now().Sub(before.Last) <= c.MaxAge:
		g.before = before
	}
}

// tell writes what is left out, and warns of it once a minute at most.
func (l *Log) tell() {
	s, now, g := l.Stats(), l.config.Now(), &l.gaps
	if s.Dropped == g.now.Dropped && s.Shadows == g.now.Shadows {
		return
	}
	g.now = s
	sum := Gaps{Since: g.before.Since, Last: now.UTC(), Rankings: g.before.Rankings + s.Dropped, Shadows: g.before.Shadows + s.Shadows, Rate: l.config.MatchRate}
	if sum.Since.IsZero() {
		sum.Since, g.before.Since = sum.Last, sum.Last
	}
	err := writeGaps(l.config.Dir, sum)
	if now.Sub(g.warned) < time.Minute {
		return
	}
	g.warned = now
	l.config.Log.Warn("the log of decisions has gaps", "rankings", s.Dropped, "shadows", s.Shadows)
	if err != nil {
		l.config.Log.Error("the gaps are not written", "error", err)
	}
}

// writeGaps replaces the file at once, so that no reader sees half of it.
func writeGaps(dir string, g Gaps) error {
	text, err := json.Marshal(g)
	if err != nil {
		return err
	}
	path := filepath.Join(dir, gapsFile)
	if err := os.WriteFile(path+".new", append(text, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}
