// Package deployments holds where the contracts of public networks lie. Local
// networks need no file: the addresses follow from code and plan.
//
// It is data; runtime/node says what it means:
//
//	b, known := deployments.Find(421614)
//
// Its place in the graph: a leaf.
package deployments

import (
	"embed"
	"fmt"
)

//go:embed *
var files embed.FS

// Find returns the deployment that this release has for a chain, in JSON.
func Find(chainID uint64) (text []byte, known bool) {
	text, err := files.ReadFile(fmt.Sprintf("%d.json", chainID))
	return text, err == nil
}
