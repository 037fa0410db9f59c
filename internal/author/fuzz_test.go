package author_test

import (
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/internal/author"
)

// FuzzParseVector: a vector is read or refused, and every template's is read.
func FuzzParseVector(f *testing.F) {
	seeds := 0
	templates := os.DirFS("templates/hooks")
	err := fs.WalkDir(templates, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.Contains(name, "/vectors/") {
			return err
		}
		b, err := fs.ReadFile(templates, name)
		hookName, _, _ := strings.Cut(name, "/")
		hook, parseErr := hostapi.ParseHook(hookName)
		if err == nil && parseErr == nil {
			err = author.ParseVector(f.Context(), hook, b)
		}
		seeds++
		f.Add(uint16(hook), b)
		return err
	})
	if err != nil || seeds < 5 {
		f.Fatalf("%d vectors of templates, %v", seeds, err)
	}
	f.Fuzz(func(t *testing.T, hook uint16, text []byte) {
		if int(hook) > len(hostapi.Hooks) || hook == 0 {
			return
		}
		_ = author.ParseVector(t.Context(), hostapi.Hook(hook), text)
	})
}

// FuzzSections: sections lie in the module, whatever it claims.
func FuzzSections(f *testing.F) {
	f.Add([]byte("\x00asm\x01\x00\x00\x00\x01\x04\x01\x60\x00\x00\x03\x02\x01\x00"))
	f.Fuzz(func(t *testing.T, wasm []byte) {
		total := 8
		for _, s := range author.Sections(wasm) {
			total += 2 + s.Size
		}
		if total > max(8, len(wasm)) {
			t.Errorf("sections of %d bytes in a module of %d", total, len(wasm))
		}
	})
}
