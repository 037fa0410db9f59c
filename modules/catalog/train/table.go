package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"
)

const (
	maxRows    = 200_000
	maxColumns = 256
	maxClasses = 64
)

// table is the file: features as they are, and the class of each row as a
// number.
type table struct {
	features []string
	classes  []string // sorted
	target   string
	rows     [][]float64
	class    []int
}

// first is the first CSV file in lexical order.
func first(in fs.FS) (found string, err error) {
	err = fs.WalkDir(in, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && strings.EqualFold(path.Ext(name), ".csv") {
			found = name
			return fs.SkipAll
		}
		return err
	})
	if err == nil && found == "" {
		err = errors.New("no .csv file is among the inputs")
	}
	return found, err
}

// readTable reads rows of numbers, but for the target column, whose every
// text is a class. The first row names the columns.
func readTable(r io.Reader, target string) (*table, error) {
	c := csv.NewReader(r)
	c.TrimLeadingSpace, c.ReuseRecord = true, true
	head, err := c.Read()
	if err != nil {
		return nil, fmt.Errorf("read the names of the columns: %w", err)
	}
	if head = slices.Clone(head); len(head) < 2 || len(head) > maxColumns {
		return nil, fmt.Errorf("%d columns; from 2 to %d can be read", len(head), maxColumns)
	}
	at := len(head) - 1
	if target != "" {
		if at = slices.Index(head, target); at < 0 {
			return nil, fmt.Errorf("there is no column %.60q, only %.200s", target, strings.Join(head, ", "))
		}
	}
	t := &table{target: head[at], features: slices.Delete(slices.Clone(head), at, at+1)}
	var labels []string
	for {
		record, err := c.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		if len(t.rows) == maxRows {
			return nil, fmt.Errorf("more than %d rows", maxRows)
		}
		row := make([]float64, 0, len(record)-1)
		for i, text := range record {
			if i == at {
				labels = append(labels, text)
				continue
			}
			v, err := strconv.ParseFloat(text, 64)
			if err != nil || math.Abs(v) > 1e100 || math.IsNaN(v) {
				line, _ := c.FieldPos(i)
				return nil, fmt.Errorf("line %d: %.40q in column %.60q is not a number", line, text, head[i])
			}
			row = append(row, v)
		}
		t.rows = append(t.rows, row)
	}
	return t, t.name(labels)
}

// name numbers the classes.
func (t *table) name(labels []string) error {
	t.classes = slices.Compact(slices.Sorted(slices.Values(labels)))
	if n := len(t.classes); n < 2 || n > maxClasses {
		return fmt.Errorf("column %.60q has %d different texts; from 2 to %d classes can be learnt", t.target, n, maxClasses)
	}
	for _, l := range labels {
		i, _ := slices.BinarySearch(t.classes, l)
		t.class = append(t.class, i)
	}
	return nil
}

// standardize makes every feature of all rows have mean 0 and deviation 1
// over those rows that are taught, and returns both.
func (t *table) standardize(taught []int) (mean, deviation []float64) {
	n := float64(len(taught))
	for f := range t.features {
		sum, squares := 0.0, 0.0
		for _, i := range taught {
			sum += t.rows[i][f]
		}
		m := sum / n
		for _, i := range taught {
			d := t.rows[i][f] - m
			squares += float64(d * d)
		}
		s := math.Sqrt(squares / n)
		if s == 0 {
			s = 1
		}
		for _, row := range t.rows {
			row[f] = (row[f] - m) / s
		}
		mean, deviation = append(mean, m), append(deviation, s)
	}
	return mean, deviation
}
