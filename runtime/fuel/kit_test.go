package fuel_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"

	"github.com/lilypad-network/lilypad/runtime/fuel"
)

// This file is a test kit: a host for rewritten and for original modules.

var (
	errSpent = errors.New("the fuel is spent")
	errDeep  = errors.New("the stack is used up")
)

const noLimit = 1 << 60

// machine is an instance of a module, rewritten or not, with the host's part of
// the protocol.
type machine struct {
	mod                    api.Module
	fuel, depth            api.MutableGlobal // nil in an original
	budget, granted, slice uint64
	refills                int
}

func compiler() wazero.RuntimeConfig    { return config(wazero.NewRuntimeConfigCompiler()) }
func interpreter() wazero.RuntimeConfig { return config(wazero.NewRuntimeConfigInterpreter()) }

func config(c wazero.RuntimeConfig) wazero.RuntimeConfig {
	return c.WithCoreFeatures(api.CoreFeaturesV2.SetEnabled(api.CoreFeatureSIMD, false)).WithMemoryLimitPages(1024)
}

// start instantiates a module whose imports are stubs: see stub.
func start(t testing.TB, config wazero.RuntimeConfig, wasm []byte) (*machine, error) {
	t.Helper()
	ctx := context.Background()
	r := wazero.NewRuntimeWithConfig(ctx, config)
	t.Cleanup(func() { r.Close(ctx) })
	m := &machine{slice: 200_000}
	code, err := r.CompileModule(ctx, wasm)
	if err != nil {
		return nil, err
	}
	builders := map[string]wazero.HostModuleBuilder{}
	for _, f := range code.ImportedFunctions() {
		module, name, _ := f.Import()
		b := builders[module]
		if b == nil {
			b = r.NewHostModuleBuilder(module)
			builders[module] = b
		}
		b.NewFunctionBuilder().WithGoModuleFunction(m.stub(module, name), f.ParamTypes(), f.ResultTypes()).Export(name)
	}
	for _, b := range builders {
		if _, err := b.Instantiate(ctx); err != nil {
			return nil, err
		}
	}
	if m.mod, err = r.InstantiateModule(ctx, code, wazero.NewModuleConfig().WithName("").WithStartFunctions()); err != nil {
		return nil, err
	}
	m.fuel, _ = m.mod.ExportedGlobal(fuel.ExportFuel).(api.MutableGlobal)
	m.depth, _ = m.mod.ExportedGlobal(fuel.ExportDepth).(api.MutableGlobal)
	return m, nil
}

// stub is refill, or an import that does as little as Go's runtime bears.
func (m *machine) stub(module, name string) api.GoModuleFunc {
	switch {
	case module == fuel.ImportModule && name == fuel.ImportRefill:
		return func(context.Context, api.Module, []uint64) { m.refill() }
	case name == "clock_time_get":
		return func(_ context.Context, mod api.Module, s []uint64) {
			mod.Memory().WriteUint64Le(uint32(s[2]), 1e18)
			s[0] = 0
		}
	case strings.HasPrefix(name, "fd_"):
		return func(_ context.Context, _ api.Module, s []uint64) { s[0] = 8 }
	}
	return func(_ context.Context, _ api.Module, s []uint64) {
		if len(s) > 0 {
			s[0] = 0
		}
	}
}

func (m *machine) refill() {
	m.refills++
	if int64(m.depth.Get()) < 0 {
		panic(errDeep)
	}
	spent := m.spent()
	if spent > m.budget {
		panic(errSpent)
	}
	more := min(m.budget-spent, m.slice)
	m.fuel.Set(more)
	m.granted = spent + more
}

func (m *machine) spent() uint64 { return m.granted - m.fuel.Get() }

// call runs an exported function. Results are cut to the bits of their types.
func (m *machine) call(name string, budget uint64, args ...uint64) ([]uint64, error) {
	if m.fuel != nil {
		m.budget, m.granted = budget, min(budget, m.slice)
		m.fuel.Set(m.granted)
		m.depth.Set(fuel.DepthBudget)
	}
	f := m.mod.ExportedFunction(name)
	if f == nil {
		return nil, fmt.Errorf("no function %s", name)
	}
	out, err := f.Call(context.Background(), args...)
	for i, typ := range f.Definition().ResultTypes()[:len(out)] {
		if typ == api.ValueTypeI32 || typ == api.ValueTypeF32 {
			out[i] = uint64(uint32(out[i]))
		}
	}
	return out, err
}

func (m *machine) global(n int) uint64 {
	g := m.mod.ExportedGlobal(fuel.ExportGlobal + strconv.Itoa(n))
	if g.Type() == api.ValueTypeI32 || g.Type() == api.ValueTypeF32 {
		return uint64(uint32(g.Get()))
	}
	return g.Get()
}

func (m *machine) memory() []byte {
	if m.mod.Memory() == nil {
		return nil
	}
	b, _ := m.mod.Memory().Read(0, m.mod.Memory().Size())
	return b
}

func mustStart(t testing.TB, config wazero.RuntimeConfig, wasm []byte) *machine {
	t.Helper()
	m, err := start(t, config, wasm)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func rewrite(t testing.TB, wasm []byte) *fuel.Module {
	t.Helper()
	m, err := fuel.Rewrite(wasm, fuel.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// workloads are the exports of testdata/guest.c, the first one to be called first.
var workloads = []struct {
	name string
	args []uint64
}{{"_initialize", nil}, {"match", []uint64{2, 1000, 900}}, {"hash", nil}, {"mean", nil}, {"calls", []uint64{18}}, {"sort", nil}}

// guestC compiles testdata/guest.c, or skips the test.
func guestC(t testing.TB) []byte {
	t.Helper()
	for _, tool := range []string{"clang", "wasm-ld"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("no %s: apt-get install clang lld", tool)
		}
	}
	dir := t.TempDir()
	object, out := filepath.Join(dir, "guest.o"), filepath.Join(dir, "guest.wasm")
	run(t, "clang", "--target=wasm32", "-O3", "-c", "-mbulk-memory", "-msign-ext", "testdata/guest.c", "-o", object)
	run(t, "wasm-ld", "--no-entry", "--strip-all", object, "-o", out)
	wasm, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return wasm
}

func run(t testing.TB, name string, args ...string) {
	t.Helper()
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v: %s", name, err, out)
	}
}
