package wasm

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
)

const (
	maxModule = 64 << 20 // bytes of a wasm file
	maxKept   = 16       // compiled modules in memory
	maxCache  = 4 << 30  // bytes of compiled modules on disk
	maxTable  = 1 << 20  // entries, 8 bytes each, which no memory limit counts
)

// Modules finds the bytes of wasm files.
type Modules interface {
	// Wasm returns the file with that SHA-256 digest. NotFound when it is not here.
	Wasm(ctx context.Context, digest lilypad.Hash) ([]byte, error)
}

// ModulesFunc is a function as Modules.
type ModulesFunc func(ctx context.Context, digest lilypad.Hash) ([]byte, error)

// Wasm calls f.
func (f ModulesFunc) Wasm(ctx context.Context, digest lilypad.Hash) ([]byte, error) {
	return f(ctx, digest)
}

// shelf keeps compiled modules. Those that nobody uses make room for new ones.
type shelf struct {
	runtime  wazero.Runtime
	source   Modules
	compiler []string
	dir      string        // of the cache
	patience time.Duration // with the compiler
	workers  int           // goroutines that compile one module

	mu   sync.Mutex // guards kept, used and the users of all modules
	kept map[lilypad.Hash]*module
	used []lilypad.Hash // oldest first
}

type module struct {
	compile  sync.Mutex // held while compiling; guards what follows but users
	compiled wazero.CompiledModule
	program  *program // when it runs in steps; compiled is its
	memory   uint64   // bytes that it asks for before it begins
	users    int
}

// take returns a compiled module that stays until release is called.
func (s *shelf) take(ctx context.Context, digest lilypad.Hash) (m *module, release func(), err error) {
	s.mu.Lock()
	m = s.kept[digest]
	if m == nil {
		m = &module{}
		s.kept[digest] = m
	}
	m.users++
	s.used = append(slices.DeleteFunc(s.used, func(h lilypad.Hash) bool { return h == digest }), digest)
	s.mu.Unlock()

	release = sync.OnceFunc(func() { s.release(m) })
	m.compile.Lock()
	defer m.compile.Unlock()
	if m.compiled == nil {
		if err = s.compile(ctx, digest, m); err != nil {
			release()
			return nil, nil, err
		}
	}
	return m, release, nil
}

func (s *shelf) release(m *module) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m.users--
	for _, digest := range slices.Clone(s.used) {
		if len(s.used) <= maxKept {
			return
		}
		if old := s.kept[digest]; old.users == 0 {
			if old.compiled != nil {
				old.compiled.Close(context.Background())
			}
			delete(s.kept, digest)
			s.used = slices.DeleteFunc(s.used, func(h lilypad.Hash) bool { return h == digest })
		}
	}
}

func (s *shelf) compile(ctx context.Context, digest lilypad.Hash, m *module) error {
	b, err := s.source.Wasm(ctx, digest)
	if err != nil {
		return fmt.Errorf("fetch wasm %s: %w", digest, err)
	}
	if len(b) > maxModule {
		return lilypad.Errorf(lilypad.Invalid, "wasm %s has %d bytes, at most %d are allowed", digest, len(b), maxModule)
	}
	if got := lilypad.Hash(sha256.Sum256(b)); got != digest {
		return lilypad.Errorf(lilypad.Invalid, "wasm %s has digest %s", digest, got)
	}
	if err := s.apart(ctx, digest, b); err != nil {
		return err
	}
	defer trim(s.dir, maxCache)
	c, err := s.translate(ctx, b)
	if err != nil && ctx.Err() != nil { // which says nothing of the module
		return fmt.Errorf("compile wasm %s: %w", digest, ctx.Err())
	}
	if err != nil {
		return &lilypad.Error{Code: lilypad.Invalid, Msg: "compile wasm " + digest.String(), Err: err}
	}
	err = checkModule(c, b)
	if err == nil {
		m.program, err = s.makeProgram(ctx, c, b)
	}
	if err != nil || m.program != nil {
		c.Close(ctx)
	}
	if err != nil {
		return err
	}
	if m.compiled = c; m.program != nil {
		m.compiled = m.program.compiled
	}
	m.memory = initial(b, memorySection) * pageSize
	return nil
}

// checkModule refuses what is neither a WASI command nor a stepper.
func checkModule(c wazero.CompiledModule, file []byte) error {
	if n := initial(file, tableSection); n > maxTable {
		return lilypad.Errorf(lilypad.Invalid, "wasm has a table of %d entries, at most %d are allowed", n, maxTable)
	}
	for _, f := range c.ImportedFunctions() {
		if from, name, _ := f.Import(); from != wasi_snapshot_preview1.ModuleName {
			return lilypad.Errorf(lilypad.Invalid, "wasm imports %.60s.%.60s: only WASI preview 1 is there", from, name)
		}
	}
	if len(c.ImportedMemories()) > 0 {
		return lilypad.Errorf(lilypad.Invalid, "wasm imports a memory: only WASI preview 1 is there")
	}
	_, starts := c.ExportedFunctions()["_start"]
	_, steps := c.ExportedFunctions()[stepExport]
	if !starts && !steps {
		return lilypad.Errorf(lilypad.Invalid, "wasm has neither _start nor lilypad_step: it is not a WASI command")
	}
	return nil
}

// Sections of the wasm binary format, and the unit of memories.
const (
	tableSection  = 4
	memorySection = 5
	pageSize      = 64 << 10
)

// initial adds up what the tables or memories of a valid wasm file have from
// the start, in entries or pages. wazero does not tell, and panics when a
// memory allocator refuses so much.
func initial(file []byte, section byte) (n uint64) {
	const header = 8
	for b := file[min(header, len(file)):]; len(b) > 0; {
		id := b[0]
		size, rest := number(b[1:])
		if size > uint64(len(rest)) {
			return n
		}
		list := rest[:size]
		b = rest[size:]
		if id != section {
			continue
		}
		for count, l := number(list); count > 0 && len(l) > 1; count-- {
			if section == tableSection && len(l) > 2 {
				l = l[1:] // the type of its elements
			}
			limited := l[0] == 1 // whether a maximum follows
			var least uint64
			least, l = number(l[1:])
			if limited {
				_, l = number(l)
			}
			n += least
		}
	}
	return n
}

// number reads an unsigned LEB128; where there is none, it reads all.
func number(b []byte) (uint64, []byte) {
	v, n := binary.Uvarint(b)
	if n <= 0 {
		return 0, nil
	}
	return v, b[n:]
}
