package main

import (
	"os"

	"github.com/spf13/cobra"

	"github.com/lilypad-network/lilypad/runtime/execution/wasm"
)

// compileCommand is what this program starts itself with, to compile a wasm
// module of a job: see [wasm.Config].
const compileCommand = "compile-wasm"

// compileWasmCommand reads no configuration: it is given all that it needs.
func (a *app) compileWasmCommand() *cobra.Command {
	return &cobra.Command{
		Use: compileCommand + " CACHE", Short: "Compile the wasm module that is read from standard input", Hidden: true,
		Example: "  lilypad compile-wasm ~/.local/share/lilypad/cache/wasm < module.wasm",
		Args:    cobra.ExactArgs(1), PersistentPreRunE: func(*cobra.Command, []string) error { return nil },
		RunE: func(cmd *cobra.Command, args []string) error {
			return wasm.Compile(cmd.Context(), args[0], os.Stdin, os.Stdout)
		},
	}
}

// compiler is the command, where this program is one that has it.
func compiler() []string {
	self, err := os.Executable()
	if err != nil {
		return nil
	}
	return []string{self, compileCommand}
}
