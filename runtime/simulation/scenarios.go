package simulation

import (
	"embed"
	"path"
	"strings"

	"github.com/lilypad-network/lilypad"
)

//go:embed scenarios/*.yaml
var scenarios embed.FS

// Adversaries are the names of the scenarios that there are, one for each kind
// of cheat that a scheme must stand, in alphabetical order.
func Adversaries() []string {
	files, err := scenarios.ReadDir("scenarios")
	if err != nil {
		panic(err) // they are in the program
	}
	names := make([]string, len(files))
	for i, f := range files {
		names[i] = strings.TrimSuffix(f.Name(), ".yaml")
	}
	return names
}

// Against is the scenario with an adversary, in YAML, with a sweep over the
// schemes that may stand it. NotFound for one that there is not.
func Against(adversary string) ([]byte, error) {
	text, err := scenarios.ReadFile(path.Join("scenarios", adversary+".yaml"))
	if err != nil {
		return nil, lilypad.Errorf(lilypad.NotFound, "there is no scenario with the adversary %q", adversary).Try("%s", strings.Join(Adversaries(), ", "))
	}
	return text, nil
}
