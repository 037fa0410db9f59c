package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
	"unicode/utf8"
)

type kind int

const (
	end kind = iota
	text
	number
)

// value is the next thing in a file: a number, or what must be the same.
type value struct {
	kind   kind
	text   string
	number float64
}

// next gives one value after the other, then end for ever.
type next func() (value, error)

// open reads a file by the ending of its name; nil when it has no numbers to
// speak of.
func open(name string, b []byte) next {
	switch path.Ext(name) {
	case ".npy":
		return readNPY(b)
	case ".json", ".jsonl", ".ndjson":
		return readJSON(b)
	case ".csv":
		return readCSV(b, ',')
	case ".tsv":
		return readCSV(b, '\t')
	}
	if !utf8.Valid(b) || bytes.IndexByte(b, 0) >= 0 {
		return nil
	}
	return readText(string(b))
}

func readJSON(b []byte) next {
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	return func() (value, error) {
		token, err := d.Token()
		switch t := token.(type) {
		case nil:
			if err == io.EOF {
				return value{}, nil
			}
			return value{kind: text, text: "null"}, err
		case json.Number:
			f, err := t.Float64()
			return value{kind: number, number: f}, err
		case string:
			return value{kind: text, text: strconv.Quote(t)}, err
		default:
			return value{kind: text, text: fmt.Sprint(t)}, err
		}
	}
}

func readCSV(b []byte, comma rune) next {
	r := csv.NewReader(bytes.NewReader(b))
	r.Comma, r.FieldsPerRecord, r.ReuseRecord = comma, -1, true
	var row []string
	return func() (value, error) {
		if len(row) == 0 {
			var err error
			if row, err = r.Read(); err == io.EOF {
				return value{}, nil
			} else if err != nil {
				return value{}, err
			}
			return value{kind: text, text: fmt.Sprintf("row of %d", len(row))}, nil
		}
		cell := strings.TrimSpace(row[0])
		row = row[1:]
		if f, err := strconv.ParseFloat(cell, 64); err == nil {
			return value{kind: number, number: f}, nil
		}
		return value{kind: text, text: cell}, nil
	}
}

func readText(s string) next {
	return func() (value, error) {
		s = strings.TrimLeft(s, " \t\r\n\v\f")
		if s == "" {
			return value{}, nil
		}
		if n := numberLen(s); n > 0 {
			f, err := strconv.ParseFloat(s[:n], 64)
			s = s[n:]
			if numError, ok := err.(*strconv.NumError); ok && numError.Err == strconv.ErrRange { //nolint:errorlint // ParseFloat wraps nothing
				err = nil // it is then infinite
			}
			return value{kind: number, number: f}, err
		}
		n := 1
		for n < len(s) && numberLen(s[n:]) == 0 && !strings.ContainsRune(" \t\r\n\v\f", rune(s[n])) {
			n++
		}
		word := s[:n]
		s = s[n:]
		return value{kind: text, text: word}, nil
	}
}

// numberLen is the length of the decimal number that s begins with.
func numberLen(s string) int {
	i := 0
	digits := func() int {
		from := i
		for i < len(s) && '0' <= s[i] && s[i] <= '9' {
			i++
		}
		return i - from
	}
	if i < len(s) && (s[i] == '+' || s[i] == '-') {
		i++
	}
	n := digits()
	if i < len(s) && s[i] == '.' {
		i++
		n += digits()
	}
	if n == 0 {
		return 0
	}
	if before := i; i < len(s) && (s[i] == 'e' || s[i] == 'E') {
		i++
		if i < len(s) && (s[i] == '+' || s[i] == '-') {
			i++
		}
		if digits() == 0 {
			i = before
		}
	}
	return i
}
