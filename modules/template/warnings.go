package template

import (
	"slices"
	"text/template/parse"
)

// Warning tells of something that was mended or ignored.
type Warning struct {
	Place
	Text string `json:"text"`
	Fix  string `json:"fix,omitempty"`
	pos  parse.Pos
	edit *edit // what mends it in the template
	data bool  // it is about what an input holds
}

func (w Warning) String() string { return w.Place.String() + ": " + w.Text }

// edit replaces a part of a template.
type edit struct {
	from, to int
	text     string
}

// structural tells whether an edit moves the bounds of values, so that it also
// concerns what other inputs put after it: it adds or drops a comma or bracket.
func (e edit) structural() bool { return e.to-e.from+len(e.text) == 1 }

// maxWarnings is as many as anyone reads; counting lines for each costs time.
const maxWarnings = 32

// warnings keeps the first ones, and how often each was given.
type warnings struct {
	list  []Warning
	count map[string]int // by text
}

// add keeps a warning with its place, once.
func (all *warnings) add(s source, w Warning) {
	if all.count == nil {
		all.count = map[string]int{}
	}
	all.count[w.Text]++
	same := func(o Warning) bool { return o.pos == w.pos && o.Text == w.Text }
	if len(all.list) == maxWarnings || slices.ContainsFunc(all.list, same) {
		return
	}
	w.Place = s.at(w.pos)
	all.list = append(all.list, w)
}
