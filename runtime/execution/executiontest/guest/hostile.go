package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

const mib = 1 << 20

var hostile = map[string]func(arg string) error{
	"lines":   lines,
	"burrow":  burrow,
	"spin":    func(string) error { return spin() },
	"alloc":   alloc,
	"flood":   func(string) error { return flood() },
	"fill":    fill,
	"refill":  refill,
	"litter":  litter,
	"hold":    hold,
	"dial":    dial,
	"deaf":    func(string) error { return deaf() },
	"fork":    func(string) error { return fork() },
	"stretch": func(file string) error { return os.Truncate(file, 1<<40) },
	"odd":     func(dir string) error { return os.WriteFile(dir+"/a\x1b[2J\nb", nil, 0o644) },
	"symlink": func(arg string) error {
		target, name, _ := strings.Cut(arg, "=")
		return os.Symlink(target, name)
	},
	"grow": func(arg string) error {
		name, size, _ := strings.Cut(arg, "=")
		n, err := strconv.Atoi(size)
		if err != nil {
			return err
		}
		return os.WriteFile(name, make([]byte, n*mib), 0o644)
	},
}

func spin() error {
	for { //nolint:staticcheck // it spins so that the engine must stop it
	}
}

// alloc touches that many MiB.
func alloc(size string) error {
	n, err := strconv.Atoi(size)
	if err != nil {
		return err
	}
	var held [][]byte
	for range n {
		held = append(held, bytes.Repeat([]byte{1}, mib))
	}
	fmt.Println(len(held))
	return nil
}

// burrow moves folders into each other.
func burrow(dir string) error {
	const deep = "/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t"
	if err := errors.Join(os.MkdirAll(dir+"/x"+deep, 0o755), os.MkdirAll(dir+deep, 0o755)); err != nil {
		return err
	}
	return os.Rename(dir+"/x", dir+deep+"/x")
}

func lines(arg string) error {
	n, err := strconv.Atoi(arg)
	if err != nil {
		return err
	}
	_, err = os.Stdout.Write(bytes.Repeat([]byte("\n"), n))
	return err
}

func flood() error {
	line := bytes.Repeat([]byte("flood "), 1000)
	for {
		if _, err := os.Stdout.Write(line); err != nil {
			return err
		}
	}
}

// fill writes to one file as long as it can.
func fill(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	for {
		if _, err := f.Write(make([]byte, mib)); err != nil {
			return err
		}
	}
}

// refill removes each file that it has filled but keeps it open, and so its blocks.
func refill(name string) error {
	for {
		f, err := os.Create(name)
		if err != nil {
			return err
		}
		if _, err := f.Write(make([]byte, mib)); err != nil {
			return err
		}
		if err := os.Remove(name); err != nil {
			return err
		}
	}
}

func litter(dir string) error {
	for i := range 300 {
		if err := os.WriteFile(filepath.Join(dir, strconv.Itoa(i)), nil, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// hold opens a file as often as it can.
func hold(name string) error {
	for n := 0; ; n++ {
		if _, err := os.Open(name); err != nil {
			fmt.Println("held", n)
			return nil
		}
	}
}
