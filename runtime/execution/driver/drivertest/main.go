package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/hashicorp/go-hclog"
	plugin "github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/driver"
	"github.com/lilypad-network/lilypad/runtime/execution/noop"
)

func main() {
	switch name := filepath.Base(os.Args[0]); name {
	case "talks": // no driver at all
		fmt.Println("hello, I am a program")
	case "future": // of a version to come
		fmt.Println("1|99|unix|/nowhere|grpc|")
		select {}
	case "mute":
		select {}
	case "dies":
		fmt.Fprintln(os.Stderr, "no such\x1b[31m cluster")
		os.Exit(3)
	case "claims": // has the handshake of version 1, and none of its calls
		plugin.Serve(&plugin.ServeConfig{
			HandshakeConfig:  plugin.HandshakeConfig{MagicCookieKey: "LILYPAD_DRIVER", MagicCookieValue: "executor"},
			VersionedPlugins: map[int]plugin.PluginSet{driver.Version: {"executor": nothing{}}},
			Logger:           hclog.NewNullLogger(), GRPCServer: plugin.DefaultGRPCServer,
		})
	default:
		driver.Serve(func(s driver.Settings) (execution.Executor, error) {
			honest := noop.New(noop.Config{Limits: s.Limits, Capacity: lilypad.Resources{CPUMilli: 1000, RAMMB: 500}})
			return &engine{Executor: honest, manner: name, settings: s}, nil
		})
	}
}

// nothing is a plugin without calls.
type nothing struct{ plugin.NetRPCUnsupportedPlugin }

func (nothing) GRPCServer(*plugin.GRPCBroker, *grpc.Server) error { return nil }

func (nothing) GRPCClient(context.Context, *plugin.GRPCBroker, *grpc.ClientConn) (any, error) {
	return nil, nil
}

// engine is noop with manners of its own.
type engine struct {
	*noop.Executor
	manner   string
	settings driver.Settings
	regained bool // Recover was called in this life
}

// once tells whether this is its first call in all lives of the driver.
func (e *engine) once() bool {
	f, err := os.OpenFile(os.Args[0]+".once", os.O_CREATE|os.O_EXCL, 0o600)
	if err == nil {
		f.Close()
	}
	return err == nil
}

func (e *engine) Fingerprint(ctx context.Context) (execution.Fingerprint, error) {
	f, err := e.Executor.Fingerprint(ctx)
	switch e.manner {
	case "hangs":
		select {} // deaf to ctx too
	case "crashes":
		fmt.Fprintln(os.Stderr, "panic: out of ideas")
		os.Exit(7)
	case "floods":
		for range 200_000 {
			fmt.Fprintln(os.Stderr, strings.Repeat("noise ", 100))
		}
	case "boasts":
		f.Version = strings.Repeat("x", 3<<20)
	case "paints":
		f.Version = "1\x1b[2J"
	case "mistakes":
		f.Engine = "cobol"
	case "parrot":
		f.Engine = lilypad.EngineDocker
	case "settings":
		f.Version = fmt.Sprintf("%s %t %t %d %s", e.settings.Owner, e.settings.AllowNetwork, e.settings.Pull, e.settings.Limits.LogBytes, os.Getenv("LILYPAD_PASSPHRASE"))
	}
	return f, err
}

func (e *engine) Check(context.Context, lilypad.Spec) error {
	if e.manner == "parrot" {
		return nil
	}
	return lilypad.Errorf(lilypad.NotFound, "no such image").Try("build it")
}

func (e *engine) Start(ctx context.Context, job execution.Job) (execution.Handle, error) {
	if e.manner == "dies-in-start" && e.once() {
		os.Exit(7)
	}
	if e.manner == "parrot" {
		command := slices.Concat(job.Spec.Entrypoint, job.Spec.Args)
		job.Spec.Engine, job.Spec.Args = lilypad.EngineNoop, []string{"print:" + strings.Join(command, " ")}
	}
	return e.Executor.Start(ctx, job)
}

// Wait of dies-in-wait and freezes is that of an engine whose jobs outlive the
// driver: the second life knows the job when it was told to take it back.
func (e *engine) Wait(ctx context.Context, h execution.Handle) (execution.Outcome, error) {
	switch {
	case e.manner == "invents":
		return execution.Outcome{End: "glorious"}, nil
	case e.manner == "dies-in-wait" && e.once():
		os.Exit(7)
	case e.manner == "freezes" && e.once():
		_ = syscall.Kill(os.Getpid(), syscall.SIGSTOP)
		select {} // the signal takes effect a little later
	case e.manner != "dies-in-wait" && e.manner != "freezes":
		return e.Executor.Wait(ctx, h)
	}
	if !e.regained {
		return execution.Outcome{}, lilypad.Errorf(lilypad.NotFound, "no such job")
	}
	return execution.Outcome{End: execution.Failed, ExitCode: 42}, nil
}

func (e *engine) Recover(ctx context.Context, h execution.Handle) error {
	if e.manner == "dies-in-wait" || e.manner == "freezes" {
		e.regained = true
		return nil
	}
	return e.Executor.Recover(ctx, h)
}
