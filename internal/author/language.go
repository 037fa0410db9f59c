package author

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/lilypad-network/lilypad"
)

// Language is one that has an SDK.
type Language struct {
	Name    string // of the SDK
	Title   string
	Source  string   // the file that tells the language of a folder
	Install string   // what a machine without its compiler wants
	sources []string // suffixes of names that what is built depends on
	shared  []string // files of the SDK that a plugin's folder has as well
	compile func(ctx context.Context, c compiler) error
}

// Languages are all there are.
var Languages = []Language{
	{
		Name: "go", Title: "Go", Source: "main.go", sources: []string{".go", "go.mod", "go.sum"}, compile: compileGo,
		Install: "install Go 1.21 or later: apt-get install -y golang-go (Debian 13), or the archive of go.dev/dl",
	},
	{
		Name: "rust", Title: "Rust", Source: "lib.rs", sources: []string{".rs"}, compile: compileRust,
		Install: "apt-get install -y --no-install-recommends rustc libstd-rust-dev-wasm32 (Debian), or rustup target add wasm32-unknown-unknown",
	},
	{
		Name: "c", Title: "C", Source: "main.c", sources: []string{".c", ".h"}, compile: compileC,
		Install: "apt-get install -y --no-install-recommends clang lld (Debian), or any LLVM that has wasm32 and wasm-ld",
	},
	{
		Name: "assemblyscript", Title: "AssemblyScript", Source: "main.ts", sources: []string{".ts", "package.json", "package-lock.json"}, compile: compileAssemblyScript, shared: []string{"package.json", "package-lock.json", ".npmrc"},
		Install: "apt-get install -y --no-install-recommends nodejs npm (Debian), or Node.js 20 or later from nodejs.org",
	},
}

// parseLanguage is the language of a name.
func parseLanguage(name string) (Language, error) {
	var names []string
	for _, l := range Languages {
		if l.Name == name {
			return l, nil
		}
		names = append(names, l.Name)
	}
	return Language{}, lilypad.Errorf(lilypad.Invalid, "there is no SDK for %q", name).Try("--lang %s", strings.Join(names, ", --lang "))
}

// missing is the error of a machine that cannot compile the language.
func (l Language) missing(format string, args ...any) error {
	return lilypad.Errorf(lilypad.NotFound, "%s: %s", l.Name, fmt.Sprintf(format, args...)).Try("%s", l.Install)
}

// compiler compiles one folder.
type compiler struct {
	Language
	dir, tmp string // absolute; what is in between goes to tmp
	out      string
	progress io.Writer
}

// find is the way to a program of the language's.
func (c compiler) find(name string) (string, error) {
	path, err := exec.LookPath(name)
	if err != nil {
		return "", c.missing("there is no %s on this machine", name)
	}
	return filepath.Abs(path)
}

// run runs a program in the folder. What it prints is part of the error.
func (c compiler) run(ctx context.Context, env []string, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir, cmd.Env = c.dir, append(os.Environ(), env...)
	text, err := cmd.CombinedOutput()
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	_, _ = c.progress.Write(text) // the error says it as well, in short
	first := err.Error()
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' { // go names the package first
			first = line
			break
		}
	}
	return lilypad.Errorf(lilypad.Invalid, "%s: %s", filepath.Base(name), first).Try("correct what the compiler says above")
}

var toolchain = regexp.MustCompile(`(?m)^toolchain (\S+)$`)

// compileGo builds a reactor, the same bytes wherever the folder lies.
func compileGo(ctx context.Context, c compiler) error {
	mod, err := os.ReadFile(filepath.Join(c.dir, "go.mod"))
	if err != nil {
		return &lilypad.Error{Code: lilypad.NotFound, Msg: "the plugin's Go module", Err: err}
	}
	pinned := toolchain.FindSubmatch(mod)
	if pinned == nil {
		return lilypad.Errorf(lilypad.Invalid, "go.mod pins no toolchain, so another machine would build other bytes").Try("go get toolchain@go1.26.8")
	}
	program, err := c.find("go")
	if err != nil {
		return err
	}
	env := []string{"GOOS=wasip1", "GOARCH=wasm", "GOWASM=", "GOWORK=off", "GOEXPERIMENT=", "GOTOOLCHAIN=" + string(pinned[1])}
	if c.run(ctx, env, program, "version") != nil {
		return c.missing("%s, which go.mod pins, is neither here nor can it be fetched", pinned[1])
	}
	return c.run(ctx, env, program, "build", "-mod=mod", "-trimpath", "-buildvcs=false", "-buildmode=c-shared", "-ldflags=-s -w", "-o", c.out, ".")
}

// compileC links without the compiler's driver, which would run whatever
// wasm-opt it finds.
func compileC(ctx context.Context, c compiler) error {
	clang, err := c.find("clang")
	if err != nil {
		return err
	}
	linker, err := c.find("wasm-ld")
	if err != nil {
		return err
	}
	if c.run(ctx, nil, clang, "--target=wasm32", "-fsyntax-only", "-x", "c", os.DevNull) != nil {
		return c.missing("this clang has no target wasm32")
	}
	library, err := filepath.Glob(filepath.Join(c.dir, sdkFolder, "lilypad", "*.c"))
	if err != nil || library == nil {
		return lilypad.Errorf(lilypad.NotFound, "%s has no C SDK", filepath.Join(c.dir, sdkFolder)).Try("lilypad plugin sdk update %s", c.dir)
	}
	link := []string{"--no-entry", "--strip-all", "-o", c.out}
	for i, source := range append([]string{c.Source}, library...) {
		object := filepath.Join(c.tmp, fmt.Sprintf("%d.o", i))
		err := c.run(ctx, nil, clang, "--target=wasm32", "-std=c11", "-O3", "-Wall", "-Wextra", "-Werror", "-ffreestanding", "-mbulk-memory", "-msign-ext",
			"-ffile-prefix-map="+c.dir+"=.", "-I", sdkFolder, "-c", source, "-o", object)
		if err != nil {
			return err
		}
		link = append(link, object)
	}
	return c.run(ctx, nil, linker, link...)
}

// compileRust compiles the SDK first, then the plugin with it.
func compileRust(ctx context.Context, c compiler) error {
	rustc, err := c.rustc(ctx)
	if err != nil {
		return err
	}
	common := []string{"--edition", "2021", "--target", "wasm32-unknown-unknown", "-C", "opt-level=3", "-C", "panic=abort", "--remap-path-prefix", c.dir + "=.", "--remap-path-prefix", c.tmp + "=."}
	with := func(args ...string) error {
		return c.run(ctx, nil, rustc, append(common[:len(common):len(common)], args...)...)
	}
	library := filepath.Join(c.tmp, "liblilypad.rlib")
	if err := with("--crate-type", "rlib", "--crate-name", "lilypad", "-C", "embed-bitcode=yes", filepath.Join(sdkFolder, "src", "lib.rs"), "-o", library); err != nil {
		return err
	}
	return with("--crate-type", "cdylib", "--crate-name", "plugin", "-C", "lto", "-C", "codegen-units=1", "-C", "strip=symbols", "--extern", "lilypad="+library, c.Source, "-o", c.out)
}

// rustc is the first compiler on PATH that has the target: a user's own often
// stands before the system's.
func (c compiler) rustc(ctx context.Context) (string, error) {
	if _, err := c.find("rustc"); err != nil {
		return "", err
	}
	for _, dir := range filepath.SplitList(os.Getenv("PATH")) {
		path := filepath.Join(dir, "rustc")
		out, err := exec.CommandContext(ctx, path, "--print", "target-libdir", "--target", "wasm32-unknown-unknown").Output()
		if err != nil {
			continue
		}
		if _, err := os.Stat(strings.TrimSpace(string(out))); err == nil {
			return path, nil
		}
	}
	return "", c.missing("no rustc on PATH has the target wasm32-unknown-unknown")
}

// compileAssemblyScript fetches the compiler that package.json names, once.
func compileAssemblyScript(ctx context.Context, c compiler) error {
	node, err := c.find("node")
	if err != nil {
		return err
	}
	asc := filepath.Join(c.dir, "node_modules", "assemblyscript", "bin", "asc.js")
	if _, err := os.Stat(asc); errors.Is(err, os.ErrNotExist) {
		npm, err := c.find("npm")
		if err != nil {
			return err
		}
		_, _ = fmt.Fprintln(c.progress, "npm ci: the compiler that package.json names")
		if err := c.run(ctx, nil, npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"); err != nil {
			return (&lilypad.Error{Code: lilypad.Unavailable, Msg: "fetch the AssemblyScript compiler", Err: err}).Try("npm ci --prefix %s, on a machine that reaches a registry", c.dir)
		}
	}
	return c.run(ctx, nil, node, asc, c.Source, "-O3", "--runtime", "stub", "--use", "abort=", "--exportStart", "_initialize", "-o", c.out)
}
