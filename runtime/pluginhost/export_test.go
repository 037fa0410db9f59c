package pluginhost

import (
	"context"

	"github.com/tetratelabs/wazero"
)

// Inspect and ParseManifest give the fuzz tests the parsers of foreign bytes.
func Inspect(wasm []byte) bool {
	_, r := inspect(wasm)
	return r == nil
}

func ParseManifest(text []byte) bool {
	_, r := parseManifest(text)
	return r == nil
}

// Translate is validation and compilation by the engine.
func Translate(ctx context.Context, r wazero.Runtime, wasm []byte) error {
	_, err := translate(ctx, r, wasm)
	return err
}
