package wasm

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/experimental"
)

// What compiling one module may take, in a process of its own.
const (
	maxCompileTime   = 2 * time.Minute // of the clock, and of all processors together
	maxCompileMemory = 4 << 30         // bytes of data
	maxRefusal       = 1 << 10         // bytes
)

// Exit codes of a Go program that ended itself, and of one that was ended.
const exitCrash, exitSignal = 2, -1

// Compile reads a wasm file and leaves it compiled in the cache folder dir.
// It is the whole work of the process that [Config.Compiler] starts, which it
// limits: what is wrong with the file is written to refusal, and is no error.
func Compile(ctx context.Context, dir string, file io.Reader, refusal io.Writer) error {
	if err := limitProcess(); err != nil {
		return err
	}
	b, err := io.ReadAll(io.LimitReader(file, maxModule+1))
	if err != nil {
		return err
	}
	e, err := New(ctx, Config{CacheDir: dir, Modules: ModulesFunc(func(context.Context, lilypad.Hash) ([]byte, error) { return b, nil })})
	if err != nil {
		return err
	}
	defer e.Close()
	e.shelf.workers = runtime.GOMAXPROCS(0)
	if err = e.Prepare(ctx, sha256.Sum256(b)); lilypad.CodeOf(err) != lilypad.Invalid {
		return err
	}
	_, err = fmt.Fprintf(refusal, "%.*s", maxRefusal, err)
	return err
}

// apart has a process of its own compile a file into the cache. The engine
// makes room for whatever a count in the file says, panics on some that are
// not valid, and may take hours for one that is: the process ends of it, and
// not this one.
func (s *shelf) apart(ctx context.Context, digest lilypad.Hash, file []byte) error {
	if s.compiler == nil {
		return nil
	}
	within, cancel := context.WithTimeout(ctx, s.patience)
	defer cancel()
	cmd := exec.CommandContext(within, s.compiler[0], append(s.compiler[1:len(s.compiler):len(s.compiler)], s.dir)...)
	var refusal, trouble bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr, cmd.WaitDelay = bytes.NewReader(file), &refusal, &trouble, time.Second
	err := cmd.Run()
	switch exit, ended := errors.AsType[*exec.ExitError](err); {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil && !ended: // it did not start
		return fmt.Errorf("compile wasm %s: %w", digest, err)
	case ended && exit.ExitCode() != exitCrash && exit.ExitCode() != exitSignal:
		return fmt.Errorf("compile wasm %s: %w: %.*s", digest, err, maxRefusal, trouble.String())
	case err != nil:
		return lilypad.Errorf(lilypad.Invalid, "compile wasm %s: the engine could not do it in %v and %d MiB of memory (%v)", digest, s.patience, maxCompileMemory>>20, err)
	case refusal.Len() > 0:
		return lilypad.Errorf(lilypad.Invalid, "%s", strings.ToValidUTF8(refusal.String(), "?"))
	}
	return nil
}

// translate has the engine validate and compile a module; what it panics on,
// where the panic is in this goroutine, is refused.
func (s *shelf) translate(ctx context.Context, file []byte) (code wazero.CompiledModule, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the engine gave up: %v", r)
		}
	}()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if s.workers > 1 {
		ctx = experimental.WithCompilationWorkers(ctx, s.workers)
	}
	return s.runtime.CompileModule(ctx, file)
}

// trim removes the oldest files of a cache folder until the others have so many
// bytes at most. One that is in use was read whole. A file that cannot be seen
// or removed is passed over: the next module tries again.
func trim(dir string, most int64) {
	type file struct {
		path string
		info fs.FileInfo
	}
	var files []file
	if dir == "" {
		return
	}
	_ = filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return nil
		}
		if info, err := e.Info(); err == nil {
			files, most = append(files, file{path, info}), most-info.Size()
		}
		return nil
	})
	slices.SortFunc(files, func(a, b file) int { return a.info.ModTime().Compare(b.info.ModTime()) })
	for _, f := range files {
		if most >= 0 {
			return
		}
		if os.Remove(f.path) == nil {
			most += f.info.Size()
		}
	}
}
