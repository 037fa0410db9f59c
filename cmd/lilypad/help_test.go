package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"

	"github.com/lilypad-network/lilypad/internal/cli"
)

var update = flag.Bool("update", false, "write docs/cli.md")

const cliPage = "../../docs/cli.md"

// TestHelp_isThePage holds docs/cli.md to what the program says of itself.
func TestHelp_isThePage(t *testing.T) {
	t.Setenv("XDG_DATA_HOME", "~/.local/share")
	root := (&app{Printer: &cli.Printer{Out: io.Discard, Err: io.Discard}}).command()
	var page strings.Builder
	page.WriteString("# Commands\n\nThis page is what `lilypad help COMMAND` prints, in one piece; a test keeps it so.\nKeys of the configuration file and variables: [config.md](config.md).\n")
	describe(t, &page, root)
	if *update {
		if err := os.WriteFile(cliPage, []byte(page.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(cliPage)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(page.String(), string(got)); diff != "" {
		t.Errorf("go test ./cmd/lilypad -run TestHelp -update writes it anew (-want +got):\n%s", diff)
	}
}

func describe(t *testing.T, page *strings.Builder, cmd *cobra.Command) {
	if !strings.Contains(cmd.Example, cmd.CommandPath()) {
		t.Errorf("%s has no example of itself", cmd.CommandPath())
	}
	text := cmd.Long
	if text == "" {
		text = cmd.Short + "."
	}
	fmt.Fprintf(page, "\n## %s\n\n%s\n\n```\n%s\n```\n", strings.TrimSuffix(cmd.UseLine(), " [flags]"), text, cmd.Example)
	flags := cmd.LocalFlags()
	flags.SortFlags = true
	if usage := strings.TrimRight(flags.FlagUsages(), "\n"); usage != "" {
		fmt.Fprintf(page, "\n```\n%s\n```\n", usage)
	}
	for _, c := range cmd.Commands() {
		describe(t, page, c)
	}
}
