// Command lilypad buys, sells and judges computing. See lilypad help.
package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"

	"github.com/lilypad-network/lilypad/internal/cli"
)

func main() { os.Exit(run()) }

// run returns the exit status.
func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
	app := &app{Printer: cli.NewPrinter(), compiler: compiler()}
	cmd, err := app.command().ExecuteContextC(ctx)
	if err == nil {
		return 0
	}
	if _, silent := errors.AsType[cli.Exit](err); !silent {
		app.Fail(remedied(cmd, err))
	}
	return cli.ExitCode(err)
}
