package pluginhost

import (
	"cmp"
	"slices"

	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/fuel"
)

// Signatures of what a guest exports and of what it may import.
const (
	initializeSignature = "() ()"
	arenaSignature      = "(i32) (i32)"
	callSignature       = "(i32 i32 i32 i32) (i32)"
)

// inspect reads the sections of a module and holds the static policy: what it
// may be made of, given its manifest and what the operator grants it.
func (p *program) inspect(grants []string) *Refusal {
	src, err := fuel.Parse(p.source.Wasm, p.limits())
	if err != nil {
		return fuelRefusal(err)
	}
	return cmp.Or(checkImports(src, p.manifest.Capabilities, grants), checkExports(src, p.hook), checkMemory(src))
}

func checkImports(src *fuel.Source, declared, grants []string) *Refusal {
	for _, im := range src.Imports {
		want, known := wasiSignatures[im.Name], im.Module == wasiModule
		if im.Module == hostapi.ImportModule {
			want, known = capabilitySignatures[im.Name], true
		}
		if !known || want == "" {
			return refusef(RuleImport, "import %q.%q does not exist for a plugin", im.Module, im.Name)
		}
		if got := im.Type.String(); got != want {
			return refusef(RuleImport, "import %q.%q has the signature %s; want %s", im.Module, im.Name, got, want)
		}
		if im.Module != hostapi.ImportModule {
			continue
		}
		if !slices.Contains(declared, im.Name) {
			return refusef(RuleGrant, "it imports %s, which its manifest does not list", im.Name)
		}
		if !slices.Contains(grants, im.Name) {
			return refusef(RuleGrant, "it wants %s, which is not granted", im.Name)
		}
	}
	return nil
}

func checkExports(src *fuel.Source, hook hostapi.Hook) *Refusal {
	if _, command := src.Exports["_start"]; command {
		return refusef(RuleStart, "it is a command; want a reactor with %s at most", hostapi.ExportInitialize)
	}
	for _, want := range []struct {
		name, sig string
		optional  bool
	}{
		{hostapi.ExportInitialize, initializeSignature, true},
		{hostapi.ExportArena, arenaSignature, false},
		{hostapi.ExportConfigure, callSignature, false},
		{hook.Export(), callSignature, false},
	} {
		e, ok := src.Exports[want.name]
		if !ok && want.optional {
			continue
		}
		if !ok || e.Kind != fuel.KindFunction {
			return refusef(RuleExport, "function %s is missing", want.name)
		}
		if got := src.Signature(e.Index).String(); got != want.sig {
			return refusef(RuleExport, "function %s has the signature %s; want %s", want.name, got, want.sig)
		}
	}
	return nil
}

func checkMemory(src *fuel.Source) *Refusal {
	if e, ok := src.Exports[hostapi.ExportMemory]; !ok || e.Kind != fuel.KindMemory || len(src.Memory) != 1 {
		return refusef(RuleMemory, "want exactly one memory, exported as \"memory\"")
	}
	return nil
}
