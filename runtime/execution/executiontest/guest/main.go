package main

import (
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

func main() {
	for _, step := range os.Args[1:] {
		verb, arg, _ := strings.Cut(step, ":")
		do := steps[verb]
		if do == nil {
			do = hostile[verb]
		}
		if do == nil {
			do = func(string) error { return fmt.Errorf("unknown step %s", verb) }
		}
		if err := do(arg); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

var steps = map[string]func(arg string) error{
	"print": func(text string) error { _, err := fmt.Println(text); return err },
	"warn":  func(text string) error { _, err := fmt.Fprintln(os.Stderr, text); return err },
	"env":   func(key string) error { _, err := fmt.Println(os.Getenv(key)); return err },
	"write": func(arg string) error {
		name, text, _ := strings.Cut(arg, "=")
		return write(name, []byte(text))
	},
	"copy": func(arg string) error {
		from, to, _ := strings.Cut(arg, "=")
		b, err := os.ReadFile(from)
		if err != nil {
			return err
		}
		return write(to, b)
	},
	"exit": func(arg string) error {
		code, err := strconv.Atoi(arg)
		if err == nil {
			os.Exit(code)
		}
		return err
	},
	"sleep": func(arg string) error {
		d, err := time.ParseDuration(arg)
		time.Sleep(d)
		return err
	},
	"wait":   func(string) error { return wait() },
	"now":    func(string) error { _, err := fmt.Println(time.Now().UnixNano()); return err },
	"random": func(string) error { _, err := fmt.Println(rand.Text()); return err },
}

func wait() error {
	for {
		time.Sleep(time.Hour)
	}
}

func write(name string, b []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, b, 0o644)
}
