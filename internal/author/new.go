package author

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"text/template"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
)

//go:embed all:templates
var templates embed.FS

const templateSuffix = ".tmpl"

// Plan is the plugin that is to be begun.
type Plan struct {
	Dir      string // its last part is the plugin's name
	Language string
	Hook     hostapi.Hook
}

// New writes the folder of a small working plugin, with the SDK.
//
// # Errors
//
// Invalid for a language without an SDK or a name that no manifest takes,
// Conflict when something is there already: nothing is overwritten.
func New(p Plan) (*Folder, error) {
	l, err := parseLanguage(p.Language)
	if err != nil {
		return nil, err
	}
	if err := vacant(p.Dir); err != nil {
		return nil, err
	}
	abs, err := filepath.Abs(p.Dir)
	if err != nil {
		return nil, err
	}
	files, err := about{Name: filepath.Base(abs), Hook: p.Hook.String(), Language: l}.render()
	if err != nil {
		return nil, err
	}
	if _, err := hostapi.ParseManifest(files[manifestFile]); err != nil {
		return nil, (&lilypad.Error{Code: lilypad.Invalid, Msg: "the folder's name is the plugin's", Err: err}).Try("a name such as my-plugin")
	}
	sdk := filepath.Join(p.Dir, sdkFolder)
	if _, err := unpack(l.Name, sdk); err != nil {
		return nil, err
	}
	for _, name := range l.shared {
		if files[name], err = os.ReadFile(filepath.Join(sdk, name)); err != nil {
			return nil, &lilypad.Error{Code: lilypad.Internal, Msg: "new plugin", Err: err}
		}
	}
	for name, content := range files {
		file := filepath.Join(p.Dir, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, content, 0o644)); err != nil {
			return nil, &lilypad.Error{Code: lilypad.Internal, Msg: "new plugin", Err: err}
		}
	}
	return Open(p.Dir)
}

// vacant refuses a folder with something in it.
func vacant(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil
	}
	if err != nil {
		return &lilypad.Error{Code: lilypad.Conflict, Msg: "new plugin", Err: err}
	}
	return lilypad.Errorf(lilypad.Conflict, "%s is not empty", dir).Try("another name, or empty the folder first")
}

// about is what templates say of a plugin.
type about struct {
	Name, Hook string
	Language   Language
}

// API is the version of the host API that the SDK speaks.
func (about) API() string { return fmt.Sprintf("%d.%d", hostapi.Major, hostapi.Minor) }

// render fills in the templates of the plugin: those for all, for its hook,
// for its language, and for both.
func (a about) render() (map[string][]byte, error) {
	files := map[string][]byte{}
	for _, tree := range []string{"all", "hooks/" + a.Hook, a.Language.Name + "/all", a.Language.Name + "/" + a.Hook} {
		root := "templates/" + tree
		err := fs.WalkDir(templates, root, func(name string, d fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) || err == nil && d.IsDir() {
				return nil // not every tree is there
			}
			if err != nil {
				return err
			}
			t, err := template.New(path.Base(name)).Delims("{%", "%}").ParseFS(templates, name)
			if err != nil {
				return err
			}
			var out bytes.Buffer
			err = t.Execute(&out, a)
			files[strings.TrimSuffix(strings.TrimPrefix(name, root+"/"), templateSuffix)] = out.Bytes()
			return err
		})
		if err != nil {
			return nil, &lilypad.Error{Code: lilypad.Internal, Msg: "template", Err: err}
		}
	}
	return files, nil
}
