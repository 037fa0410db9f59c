package author

import (
	"context"

	"github.com/lilypad-network/lilypad/hostapi"
)

// ParseVector and Sections give the fuzz tests the parsers of files that came
// from elsewhere.
func ParseVector(ctx context.Context, h hostapi.Hook, text []byte) error {
	_, err := parseVector(ctx, h, text)
	return err
}

func Sections(wasm []byte) []Section { return sections(wasm) }
