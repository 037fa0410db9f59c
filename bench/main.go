package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"strings"

	"github.com/lilypad-network/lilypad/bench/peers"
)

// section is a part that runs in a process of its own, so that its memory is
// its own.
type section struct {
	name, bench string
	run         func(context.Context) ([]Line, error)
}

var sections = []section{
	{"match", "plugin", match},
	{"batch", "plugin", batch},
	{"mediate", "plugin", mediate},
	{"load", "plugin", load},
	{"memory", "plugin", memory},
	{"engine-large", "engine", func(ctx context.Context) ([]Line, error) { return engine(ctx, 10_000, 1000, 10) }},
	{"overhead", "execution", overhead},
	{"rush", "execution", rush},
	{"result", "execution", result},
	{"sim", "sim", simulate},
	{"engine-small", "engine", func(ctx context.Context) ([]Line, error) { return engine(ctx, 1000, 1000, 10) }},
}

func main() {
	if peers.ServeHashicorp() {
		return
	}
	if serves, err := serveTrip(context.Background()); serves {
		if err != nil {
			fmt.Fprintln(os.Stderr, "trip:", err)
			os.Exit(1)
		}
		return
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	bench := flag.String("bench", "plugin,engine,execution,sim", "what to measure: plugin, engine, execution, sim, or several with commas")
	only := flag.String("section", "", "measure one section in this process and print JSON lines")
	flag.Parse()
	err := run(ctx, *bench, *only)
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, bench, only string) error {
	if only != "" {
		i := slices.IndexFunc(sections, func(s section) bool { return s.name == only })
		if i < 0 {
			return fmt.Errorf("there is no section %q", only)
		}
		lines, err := sections[i].run(ctx)
		return errors.Join(printJSON(os.Stdout, lines), err)
	}
	var all []Line
	wanted := strings.Split(bench, ",")
	for _, s := range sections {
		if !slices.Contains(wanted, s.bench) {
			continue
		}
		fmt.Fprintln(os.Stderr, "measuring", s.name)
		lines, err := child(ctx, s.name)
		if err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		all = append(all, lines...)
	}
	if len(all) == 0 {
		return fmt.Errorf("nothing to measure is called %q: want plugin, engine, execution or sim", bench)
	}
	if err := printTable(os.Stdout, all); err != nil {
		return err
	}
	fmt.Println()
	return printJSON(os.Stdout, all)
}

// child measures a section in a new process.
func child(ctx context.Context, name string) ([]Line, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, self, "-section", name)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, err
	}
	var lines []Line
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var l Line
		if err := d.Decode(&l); errors.Is(err, io.EOF) {
			return lines, nil
		} else if err != nil {
			return nil, err
		}
		lines = append(lines, l)
	}
}
