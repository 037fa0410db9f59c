package number

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

type sort int

const (
	end sort = iota
	text
	number
)

// value is the next thing in a file: numbers in a row with the name of their
// field, or what must be the same. The numbers are there until the next one.
type value struct {
	kind    sort
	text    string
	field   string
	numbers []float64
}

// next gives one value after the other, then end for ever.
type next func() (value, error)

// reads tells whether a file has numbers to speak of: its name ends in one of
// the formats, or it is text.
func reads(name string, b []byte) bool {
	switch path.Ext(name) {
	case ".npy", ".safetensors", ".json", ".jsonl", ".ndjson", ".csv", ".tsv":
		return true
	}
	return utf8.Valid(b) && bytes.IndexByte(b, 0) < 0
}

// open reads a file by the ending of its name, from its begin each time that
// the result is called. It is compact if its numbers need no parsing.
func open(name string, b []byte) (begin func() next, compact bool, err error) {
	switch path.Ext(name) {
	case ".npy":
		list, err := readNPY(b)
		return func() next { return tensors(slices.Clone(list)) }, true, err
	case ".safetensors":
		list, err := readSafetensors(b)
		return func() next { return tensors(slices.Clone(list)) }, true, err
	case ".json", ".jsonl", ".ndjson":
		return func() next { return readJSON(b) }, false, checkJSON(b)
	case ".csv":
		return func() next { return readCSV(b, ',') }, false, checkWidth(b, ',')
	case ".tsv":
		return func() next { return readCSV(b, '\t') }, false, checkWidth(b, '\t')
	}
	return func() next { return readText(b) }, false, nil
}

// Bounds of JSON, so that a file of brackets or of long keys takes no more
// memory than others.
const (
	maxDepth = 256
	maxName  = 256
)

// checkJSON wants a JSON text, or one in each line.
func checkJSON(b []byte) error {
	if json.Valid(b) {
		return nil
	}
	for line := range bytes.Lines(bytes.TrimSpace(b)) {
		if !json.Valid(line) {
			return errors.New("no JSON")
		}
	}
	return nil
}

// place is an object or array that is being read.
type place struct {
	name   string // of the value that comes next
	prefix string
	object bool
	key    bool // a key comes next
}

// jsonReader reads what is known to be JSON.
type jsonReader struct {
	rest   []byte
	places []place
	number [1]float64
}

func readJSON(b []byte) next { return (&jsonReader{rest: b}).next }

func (r *jsonReader) next() (value, error) {
	for len(r.rest) > 0 && strings.IndexByte(" \t\r\n,:", r.rest[0]) >= 0 {
		r.rest = r.rest[1:]
	}
	if len(r.rest) == 0 {
		return value{}, nil
	}
	var in *place
	if len(r.places) > 0 {
		in = &r.places[len(r.places)-1]
	}
	token := r.token()
	if in != nil && in.key && token[0] == '"' {
		in.key, in.name = false, in.prefix+token[1:len(token)-1]
		in.name = strings.Clone(in.name[:min(len(in.name), maxName)])
		return value{kind: text, text: token}, nil
	}
	name := ""
	if in != nil {
		in.key, name = in.object, in.name
	}
	switch c := token[0]; {
	case strings.IndexByte("{}[]", c) >= 0:
		return value{kind: text, text: token}, r.turn(c, name)
	case c == '-' || '0' <= c && c <= '9':
		var err error
		r.number[0], err = parse(token)
		return value{kind: number, field: name, numbers: r.number[:]}, err
	}
	return value{kind: text, text: token}, nil
}

// token is the next one, a string with its quotes.
func (r *jsonReader) token() string {
	n := 1
	switch b := r.rest; {
	case strings.IndexByte("{}[]", b[0]) >= 0:
	case b[0] == '"':
		for b[n] != '"' {
			if b[n] == '\\' {
				n++
			}
			n++
		}
		n++
	default:
		for n < len(b) && strings.IndexByte(" \t\r\n,:]}", b[n]) < 0 {
			n++
		}
	}
	token := string(r.rest[:n])
	r.rest = r.rest[n:]
	return token
}

// turn enters or leaves an object or array.
func (r *jsonReader) turn(c byte, name string) error {
	switch c {
	case '{':
		r.places = append(r.places, place{prefix: below(name), object: true, key: true})
	case '[':
		r.places = append(r.places, place{name: below(name) + "*"})
	default:
		r.places = r.places[:len(r.places)-1]
		if n := len(r.places); n > 0 {
			r.places[n-1].key = r.places[n-1].object
		}
	}
	if len(r.places) > maxDepth {
		return fmt.Errorf("JSON deeper than %d", maxDepth)
	}
	return nil
}

// below is what names inside of a field begin with.
func below(name string) string {
	if name == "" {
		return ""
	}
	return name + "."
}

// parse reads a number; one that is too large is infinite.
func parse(s string) (float64, error) {
	f, err := strconv.ParseFloat(s, 64)
	if errors.Is(err, strconv.ErrRange) {
		err = nil
	}
	return f, err
}

// maxColumns bounds a row, which is read as a whole.
const maxColumns = 1 << 14

// checkWidth refuses a row with more columns. Where quotes are out of place it
// counts wrongly, and encoding/csv stops.
func checkWidth(b []byte, comma byte) error {
	columns, quoted := 0, false
	for _, c := range b {
		switch {
		case c == '"':
			quoted = !quoted
		case c == comma && !quoted:
			columns++
		case c == '\n' && !quoted:
			columns = 0
		}
		if columns >= maxColumns {
			return fmt.Errorf("more than %d columns", maxColumns)
		}
	}
	return nil
}

func readCSV(b []byte, comma byte) next {
	r := csv.NewReader(bytes.NewReader(b))
	r.Comma, r.FieldsPerRecord, r.ReuseRecord = rune(comma), -1, true
	var row, names []string
	column := 0
	return func() (value, error) {
		if column == len(row) {
			var err error
			if row, err = r.Read(); err == io.EOF {
				column = len(row)
				return value{}, nil
			} else if err != nil {
				return value{}, err
			}
			for i := len(names); i < len(row); i++ {
				names = append(names, columnName(row[i], i))
			}
			column = 0
			return value{kind: text, text: "row of " + strconv.Itoa(len(row))}, nil
		}
		cell, name := strings.TrimSpace(row[column]), names[column]
		column++
		if f, err := parse(cell); err == nil {
			return value{kind: number, field: name, numbers: []float64{f}}, nil
		}
		return value{kind: text, text: cell}, nil
	}
}

// columnName is what the first row says, or the column's number from 1 on if
// that is a number itself.
func columnName(cell string, i int) string {
	cell = strings.TrimSpace(cell)
	if _, err := strconv.ParseFloat(cell, 64); err == nil || cell == "" {
		return strconv.Itoa(i + 1)
	}
	return strings.Clone(cell)
}
