package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// language is how one SDK's guests are compiled. Each folder of sources with a
// file of the name becomes a module of the folder's name.
type language struct {
	name, file string
	folders    []string // patterns, from sdk/NAME
	pinned     string   // what the compiler's version begins with
	compiler   func() (program, version string, err error)
	compile    func(c command, source, out string) error
}

var all = []string{"conformance", "hello", "examples/*"}

// Go guests are large, and plugins/dist has the examples.
var languages = []language{
	{"go", "main.go", []string{"conformance"}, "1.26.8", goCompiler, compileGo},
	{"c", "main.c", all, "14.0.6", clang, compileC},
	{"rust", "lib.rs", all, "1.63.0", rustc, compileRust},
	{"assemblyscript", "main.ts", all, "0.28.20", asc, compileAssemblyScript},
}

// absent is why a language cannot be compiled here.
type absent string

func (a absent) Error() string { return string(a) }

// build compiles every guest of the language: modules by LANGUAGE/NAME.
func (l language) build() (map[string][]byte, error) {
	program, version, err := l.compiler()
	if err != nil {
		return nil, err
	}
	if version != l.pinned {
		return nil, absent(fmt.Sprintf("%s is of version %s, not %s", program, version, l.pinned))
	}
	tmp, err := os.MkdirTemp("", "guests")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(tmp) }()
	modules := map[string][]byte{}
	for _, pattern := range l.folders {
		sources, err := filepath.Glob(filepath.Join("sdk", l.name, pattern, l.file))
		if err != nil {
			return nil, err
		}
		for _, source := range sources {
			out := filepath.Join(tmp, "plugin.wasm")
			if err := l.compile(command{program, version, tmp}, source, out); err != nil {
				return nil, fmt.Errorf("%s: %w", source, err)
			}
			wasm, err := os.ReadFile(out)
			if err != nil {
				return nil, err
			}
			modules[l.name+"/"+filepath.Base(filepath.Dir(source))] = wasm
		}
	}
	return modules, nil
}

// command runs a compiler; what is in between goes to tmp.
type command struct{ program, version, tmp string }

func (c command) run(env []string, args ...string) error { return run(env, c.program, args...) }

func run(env []string, program string, args ...string) error {
	cmd := exec.Command(program, args...)
	cmd.Env = append(os.Environ(), env...)
	if text, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", program, err, text)
	}
	return nil
}

var number = regexp.MustCompile(`\d+\.\d+\.\d+`)

// find is the first of some programs that is there, with its version.
func find(programs ...string) (string, string, error) {
	for _, p := range programs {
		out, err := exec.Command(p, "--version").Output()
		if err == nil {
			return p, number.FindString(string(out)), nil
		}
	}
	return "", "", absent("there is no " + programs[0])
}

func clang() (string, string, error) {
	if _, err := exec.LookPath("wasm-ld"); err != nil {
		return "", "", absent("there is no wasm-ld")
	}
	return find("clang-14", "clang")
}

// rustc is the system's before a user's own.
func rustc() (string, string, error) { return find("/usr/bin/rustc", "rustc") }

func asc() (string, string, error) { return find("sdk/assemblyscript/node_modules/.bin/asc") }

// goCompiler is whichever go there is: it fetches the pinned toolchain.
func goCompiler() (string, string, error) {
	mod, err := os.ReadFile("sdk/go/go.mod")
	if err != nil {
		return "", "", err
	}
	pinned := regexp.MustCompile(`(?m)^toolchain go(\S+)$`).FindSubmatch(mod)
	if pinned == nil {
		return "", "", errors.New("go.mod pins no toolchain")
	}
	return "go", string(pinned[1]), nil
}

func compileGo(c command, source, out string) error {
	env := []string{"GOOS=wasip1", "GOARCH=wasm", "GOWASM=", "GOFLAGS=", "GOWORK=off", "GOEXPERIMENT=", "GOTOOLCHAIN=go" + c.version}
	return c.run(env, "build", "-C", filepath.Dir(source), "-trimpath", "-buildvcs=false", "-buildmode=c-shared", "-ldflags=-s -w", "-o", out, ".")
}

// compileC links without the compiler's driver, which would run whatever
// wasm-opt it finds.
func compileC(c command, source, out string) error {
	sources, err := filepath.Glob("sdk/c/lilypad/*.c")
	if err != nil {
		return err
	}
	link := []string{"--no-entry", "--strip-all", "-o", out}
	for i, s := range append([]string{source}, sources...) {
		object := filepath.Join(c.tmp, strconv.Itoa(i)+".o")
		link = append(link, object)
		if i > 0 && there(object) {
			continue
		}
		err := c.run(nil, "--target=wasm32", "-std=c11", "-O3", "-Wall", "-Wextra", "-Werror", "-ffreestanding", "-mbulk-memory", "-msign-ext",
			"-I", "sdk/c", "-c", s, "-o", object)
		if err != nil {
			return err
		}
	}
	return run(nil, "wasm-ld", link...)
}

// compileRust compiles the SDK first, then the plugin with it: as one unit, for
// several are linked in the order they get done.
func compileRust(c command, source, out string) error {
	library := filepath.Join(c.tmp, "liblilypad.rlib")
	common := "--edition 2021 --target wasm32-unknown-unknown -C opt-level=3 -C panic=abort --remap-path-prefix " + c.tmp + "=."
	rustc := func(args string) error { return c.run(nil, strings.Fields(common+" "+args)...) }
	if !there(library) {
		if err := rustc("--crate-type rlib --crate-name lilypad -C embed-bitcode=yes sdk/rust/src/lib.rs -o " + library); err != nil {
			return err
		}
	}
	return rustc("--crate-type cdylib --crate-name plugin -C lto -C codegen-units=1 -C strip=symbols --extern lilypad=" + library + " " + source + " -o " + out)
}

// there tells whether a plugin before this one had a file made.
func there(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func compileAssemblyScript(c command, source, out string) error {
	return c.run(nil, source, "-O3", "--runtime", "stub", "--use", "abort=", "--exportStart", "_initialize", "-o", out)
}
