package pluginhost

import (
	"cmp"
	"slices"
	"strings"

	"github.com/lilypad-network/lilypad/hostapi"
)

// Signatures of what a guest exports and of what it may import.
const (
	initializeSignature signature = "() ()"
	arenaSignature      signature = "(i32) (i32)"
	callSignature       signature = "(i32 i32 i32 i32) (i32)"
)

// check holds the static policy: what a module may be made of, given its
// manifest and what the operator grants it.
func (o *outline) check(m hostapi.Manifest, hook hostapi.Hook, grants []string) *Refusal {
	return cmp.Or(
		o.checkImports(m.Capabilities, grants),
		o.checkExports(hook),
		o.checkMemory(m.Memory),
		o.checkRest(),
	)
}

func (o *outline) checkImports(declared, grants []string) *Refusal {
	for _, im := range o.imports {
		if reserved(im.module) || reserved(im.name) {
			return refusef(RuleReserved, "import %q.%q: names beginning %s are the host's", im.module, im.name, reservedPrefix)
		}
		if im.kind != kindFunc {
			return refusef(RuleImport, "import %q.%q is not a function", im.module, im.name)
		}
		want, known := wasiSignatures[im.name], im.module == wasiModule
		if im.module == hostapi.ImportModule {
			want, known = capabilitySignatures[im.name], true
		}
		if !known || want == "" {
			return refusef(RuleImport, "import %q.%q does not exist for a plugin", im.module, im.name)
		}
		if got := o.typ(im.typ); got != want {
			return refusef(RuleImport, "import %q.%q has the signature %s; want %s", im.module, im.name, got, want)
		}
		if im.module != hostapi.ImportModule {
			continue
		}
		if !slices.Contains(declared, im.name) {
			return refusef(RuleGrant, "it imports %s, which its manifest does not list", im.name)
		}
		if !slices.Contains(grants, im.name) {
			return refusef(RuleGrant, "it wants %s, which is not granted", im.name)
		}
	}
	return nil
}

func (o *outline) checkExports(hook hostapi.Hook) *Refusal {
	for name := range o.exports {
		if reserved(name) {
			return refusef(RuleReserved, "export %q: names beginning %s are the host's", name, reservedPrefix)
		}
	}
	if _, command := o.exports["_start"]; command || o.start {
		return refusef(RuleStart, "it has a start function; want a reactor with %s at most", hostapi.ExportInitialize)
	}
	for _, want := range []struct {
		name     string
		sig      signature
		optional bool
	}{
		{hostapi.ExportInitialize, initializeSignature, true},
		{hostapi.ExportArena, arenaSignature, false},
		{hostapi.ExportConfigure, callSignature, false},
		{hook.Export(), callSignature, false},
	} {
		e, ok := o.exports[want.name]
		if !ok && want.optional {
			continue
		}
		if !ok || e.kind != kindFunc {
			return refusef(RuleExport, "function %s is missing", want.name)
		}
		if got := o.signature(e.index); got != want.sig {
			return refusef(RuleExport, "function %s has the signature %s; want %s", want.name, got, want.sig)
		}
	}
	return nil
}

func (o *outline) checkMemory(allowed uint32) *Refusal {
	if e, ok := o.exports[hostapi.ExportMemory]; !ok || e.kind != kindMemory || len(o.memories) != 1 {
		return refusef(RuleMemory, "want exactly one memory, exported as \"memory\"")
	}
	mem := o.memories[0]
	if pages := allowed / pageSize; mem.min > pages || mem.hasMax && mem.max > hostapi.MaxMemory/pageSize {
		return refusef(RuleMemory, "it begins with %d pages and ends with %d; allowed are %d pages of 64 KiB", mem.min, mem.max, pages)
	}
	return nil
}

func (o *outline) checkRest() *Refusal {
	if len(o.tables) > 1 || len(o.tables) == 1 && o.tables[0].min > maxTable {
		return refusef(RuleSize, "want at most one table, of at most %d elements", maxTable)
	}
	for i, g := range o.globals {
		if g.mutable && strings.HasSuffix(g.typ, "ref") {
			return refusef(RuleGlobal, "global %d is a mutable %s", i, g.typ)
		}
	}
	return nil
}

const reservedPrefix = "__lilypad"

func reserved(name string) bool { return strings.HasPrefix(name, reservedPrefix) }
