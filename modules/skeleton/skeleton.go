package skeleton

import (
	"embed"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/lilypad-network/lilypad"
)

//go:embed files
var files embed.FS

// form are the files that only one engine's module has, and how they are called
// there.
var form = map[string]struct {
	engine lilypad.Engine
	name   string
}{
	"docker.json.tmpl": {lilypad.EngineDocker, "lilypad_module.json.tmpl"},
	"wasm.json.tmpl":   {lilypad.EngineWasm, "lilypad_module.json.tmpl"},
	"docker.md":        {lilypad.EngineDocker, "README.md"},
	"wasm.md":          {lilypad.EngineWasm, "README.md"},
	"Dockerfile":       {lilypad.EngineDocker, "Dockerfile"},
}

// A name must do as a file's and as an image's.
var nameForm = regexp.MustCompile(`^[a-z0-9]+([._-][a-z0-9]+)*$`)

// taken are the places at the root of a container, where the program lies under
// the module's name.
var taken = []string{"dev", "etc", "inputs", "outputs", "proc", "sys", "tmp"}

// Write makes the folder dir, whose last part is the module's name, and returns
// the files that it put there.
//
// # Errors
//
// Invalid for an engine without a skeleton and for what cannot be a name,
// Conflict for a folder with something in it.
func Write(dir string, engine lilypad.Engine) (written []string, err error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	name := filepath.Base(abs)
	switch {
	case engine != lilypad.EngineWasm && engine != lilypad.EngineDocker:
		return nil, lilypad.Errorf(lilypad.Invalid, "there is no skeleton for engine %.40q", engine).Try("use wasm or docker")
	case len(name) > 60 || !nameForm.MatchString(name):
		return nil, lilypad.Errorf(lilypad.Invalid, "%.60q cannot be the name of a module and of its image", name).Try("use a-z, 0-9 and -, as in my-module")
	case engine == lilypad.EngineDocker && slices.Contains(taken, name):
		return nil, lilypad.Errorf(lilypad.Invalid, "/%s has another meaning in a container", name).Try("choose another name, as in my-%s", name)
	}
	if err := empty(abs); err != nil {
		return nil, err
	}
	list, err := fs.ReadDir(files, "files")
	if err != nil {
		return nil, err
	}
	for _, entry := range list {
		to := strings.TrimSuffix(entry.Name(), ".txt")
		if f, of := form[to]; of {
			if to = f.name; f.engine != engine {
				continue
			}
		}
		text, err := files.ReadFile("files/" + entry.Name())
		if err != nil {
			return written, err
		}
		if err := os.WriteFile(filepath.Join(abs, to), []byte(strings.ReplaceAll(string(text), "NAME", name)), 0o644); err != nil {
			return written, &lilypad.Error{Code: lilypad.Conflict, Msg: "module folder", Remedy: "choose one that can be written to", Err: err}
		}
		written = append(written, to)
	}
	return written, nil
}

func empty(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		err = os.MkdirAll(dir, 0o755)
	}
	if err != nil {
		return &lilypad.Error{Code: lilypad.Conflict, Msg: "module folder", Remedy: "choose one that can be written to", Err: err}
	}
	if len(entries) > 0 {
		return lilypad.Errorf(lilypad.Conflict, "folder %.200q is not empty", dir).Try("choose another folder: nothing is overwritten")
	}
	return nil
}
