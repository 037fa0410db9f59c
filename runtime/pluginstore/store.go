package pluginstore

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
)

// Store is the plugins of one data folder. Any number of processes may use it
// at once: writers wait for each other, and readers see files whole.
type Store struct{ dir string }

// New returns the store in a folder, which the first write makes.
func New(dir string) *Store { return &Store{dir} }

// Names in the folder.
const (
	packagesDir = "sha256" // a folder per package, named by its digest
	trustFile   = "trusted.json"
	enabledFile = "enabled.json"
	originFile  = "origin" // of a package: where it came from
	lockFile    = "lock"
)

// Installed is a package as a list shows it. Its module was not read.
type Installed struct {
	ID        lilypad.PluginID
	Manifest  hostapi.Manifest
	Origin    string       // the folder or the reference that it came from
	SignedBy  []TrustedKey // trusted keys whose signatures fit
	Unsigned  bool         // its operator takes it without
	Untrusted error        // why it would not be run; nil: it would
}

// String is hook/name@version.
func (i Installed) String() string { return title(i.Manifest) }

func title(m hostapi.Manifest) string { return m.Hook + "/" + m.Name + "@" + m.Version }

// Install puts a package into the store. unsigned takes one that no trusted
// key has signed, and remembers that. Installing the same package again
// renews its signatures and its origin.
//
// # Errors
//
// A [Refusal]; Conflict when the same module is there with another manifest.
func (s *Store) Install(ctx context.Context, p Package, origin string, unsigned bool) error {
	return s.change(ctx, func() error {
		trust, err := s.Trust()
		if err != nil {
			return err
		}
		_, refused := trust.Verify(ctx, p)
		if refused != nil && (!unsigned || !tolerable(refused)) {
			return refused
		}
		dir := s.path(p.ID)
		old, err := os.ReadFile(filepath.Join(dir, manifestFile))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			err = s.add(dir, p)
		case err == nil && !bytes.Equal(old, p.Manifest):
			return lilypad.Errorf(lilypad.Conflict, "the module %s is installed with another manifest", p.ID).Try("lilypad plugin rm %s, then install this one", p.ID)
		case err == nil:
			err = p.Write(dir)
		}
		if err == nil {
			err = replace(filepath.Join(dir, originFile), []byte(origin))
		}
		if err != nil {
			return err
		}
		trust.Unsigned = slices.DeleteFunc(trust.Unsigned, func(id lilypad.PluginID) bool { return id == p.ID })
		if refused != nil {
			trust.Unsigned = append(trust.Unsigned, p.ID)
		}
		return s.write(trustFile, trust)
	})
}

// add makes a package's folder at once.
func (s *Store) add(dir string, p Package) error {
	tmp, err := os.MkdirTemp(filepath.Dir(dir), ".new-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp) // gone after the rename
	if err := p.Write(tmp); err != nil {
		return err
	}
	return os.Rename(tmp, dir)
}

// Package reads an installed package and checks every byte of it again.
//
// # Errors
//
// NotFound, a [Refusal].
func (s *Store) Package(id lilypad.PluginID) (Package, error) {
	p, err := Read(s.path(id))
	if lilypad.CodeOf(err) == lilypad.NotFound {
		return p, lilypad.Errorf(lilypad.NotFound, "plugin %s is not installed", id).Try("lilypad plugin list")
	}
	if err == nil && p.ID != id {
		err = refusef(RuleDigest, "the installed module is %s, not %s", p.ID, id).try("lilypad plugin rm %s, and install it again", id)
	}
	return p, err
}

// Trusted is Package for one that may be run.
//
// # Errors
//
// NotFound, a [Refusal].
func (s *Store) Trusted(ctx context.Context, id lilypad.PluginID) (Package, error) {
	p, err := s.Package(id)
	if err != nil {
		return p, err
	}
	trust, err := s.Trust()
	if err != nil {
		return p, err
	}
	_, err = trust.Verify(ctx, p)
	return p, trust.accept(p.ID, err)
}

// Installed lists the packages by hook, name and version. One that is damaged
// is listed by its digest, with what is wrong.
func (s *Store) Installed(ctx context.Context) ([]Installed, error) {
	trust, err := s.Trust()
	if err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(filepath.Join(s.dir, packagesDir))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var list []Installed
	for _, e := range entries {
		id, err := lilypad.ParsePluginID("sha256:" + e.Name())
		if err != nil {
			continue // what a crash left behind
		}
		list = append(list, s.describe(ctx, trust, id))
	}
	slices.SortFunc(list, func(a, b Installed) int {
		return cmp.Or(cmp.Compare(a.Manifest.Hook, b.Manifest.Hook), cmp.Compare(a.Manifest.Name, b.Manifest.Name), cmp.Compare(a.Manifest.Version, b.Manifest.Version))
	})
	return list, nil
}

func (s *Store) describe(ctx context.Context, trust Trust, id lilypad.PluginID) Installed {
	i := Installed{ID: id, Unsigned: slices.Contains(trust.Unsigned, id)}
	root, err := os.OpenRoot(s.path(id))
	if err != nil {
		i.Untrusted = err
		return i
	}
	defer root.Close()
	p := Package{ID: id}
	p.Manifest, err = readFile(root, manifestFile, hostapi.MaxManifest)
	if err == nil {
		i.Manifest, err = parseManifest(p.Manifest)
	}
	if p.Signatures, _ = readFile(root, signaturesFile, maxSignatures); err == nil {
		i.SignedBy, err = trust.Verify(ctx, p)
		err = trust.accept(id, err)
	}
	i.Untrusted = err
	origin, _ := readFile(root, originFile, 4<<10)
	i.Origin = string(origin)
	return i
}

// Find returns the installed package that a person names as HOOK/NAME,
// HOOK/NAME@VERSION or by its digest.
//
// # Errors
//
// NotFound; Conflict when a name means several.
func (s *Store) Find(ctx context.Context, ref string) (Installed, error) {
	list, err := s.Installed(ctx)
	if err != nil {
		return Installed{}, err
	}
	found := slices.DeleteFunc(list, func(i Installed) bool { return !Named(ref, i.ID, i.Manifest) })
	switch len(found) {
	case 0:
		return Installed{}, lilypad.Errorf(lilypad.NotFound, "no plugin %.100q is installed", ref).Try("lilypad plugin list, lilypad plugin install FOLDER")
	case 1:
		return found[0], nil
	}
	var names []string
	for _, i := range found {
		names = append(names, i.ID.String())
	}
	return Installed{}, lilypad.Errorf(lilypad.Conflict, "%s means %d plugins", ref, len(found)).Try("name it by its digest: %s", strings.Join(names, " or "))
}

// Named tells whether a person means a plugin by NAME, HOOK/NAME,
// HOOK/NAME@VERSION or its digest.
func Named(ref string, id lilypad.PluginID, m hostapi.Manifest) bool {
	return ref == id.String() || ref == strings.TrimPrefix(id.String(), "sha256:") || ref == title(m) || ref == m.Hook+"/"+m.Name || ref == m.Name
}

// Remove takes a package out of the store. force disables it first.
//
// # Errors
//
// NotFound; Conflict when it is enabled.
func (s *Store) Remove(ctx context.Context, id lilypad.PluginID, force bool) error {
	return s.change(ctx, func() error {
		if _, err := os.Stat(s.path(id)); err != nil {
			return lilypad.Errorf(lilypad.NotFound, "plugin %s is not installed", id).Try("lilypad plugin list")
		}
		entries, err := s.Enabled()
		if err != nil {
			return err
		}
		rest := slices.DeleteFunc(slices.Clone(entries), func(e Entry) bool { return e.Plugin == id })
		if len(rest) < len(entries) {
			if !force {
				return lilypad.Errorf(lilypad.Conflict, "plugin %s is enabled, or retired for open deals", id).Try("lilypad plugin disable it first, or pass --force")
			}
			if err := s.writeEnabled(rest); err != nil {
				return err
			}
		}
		trust, err := s.Trust()
		if err != nil {
			return err
		}
		if i := slices.Index(trust.Unsigned, id); i >= 0 {
			trust.Unsigned = slices.Delete(trust.Unsigned, i, i+1)
			if err := s.write(trustFile, trust); err != nil {
				return err
			}
		}
		return os.RemoveAll(s.path(id))
	})
}

func (s *Store) path(id lilypad.PluginID) string {
	return filepath.Join(s.dir, packagesDir, strings.TrimPrefix(id.String(), "sha256:"))
}

// lockWait is how long a writer waits for another one.
const lockWait = 10 * time.Second

// change runs fn as the only writer.
func (s *Store) change(ctx context.Context, fn func() error) error {
	if err := os.MkdirAll(filepath.Join(s.dir, packagesDir), 0o700); err != nil {
		return &lilypad.Error{Code: lilypad.Conflict, Msg: "plugin store", Remedy: "choose a data folder that can be written to with --data", Err: err}
	}
	ctx, cancel := context.WithTimeout(ctx, lockWait)
	defer cancel()
	lock := flock.New(filepath.Join(s.dir, lockFile))
	if held, err := lock.TryLockContext(ctx, 20*time.Millisecond); err != nil || !held {
		return &lilypad.Error{Code: lilypad.Unavailable, Msg: "another process is changing the plugin store " + s.dir, Remedy: "try again", Err: err}
	}
	return errors.Join(fn(), lock.Unlock())
}

// maxState bounds a state file, in bytes.
const maxState = 1 << 20

// read reads a state file of the store. One that is absent leaves v as it is.
func (s *Store) read(name string, v any) error {
	f, err := os.Open(filepath.Join(s.dir, name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxState+1))
	if err == nil {
		err = decode(text, v)
	}
	if err != nil {
		return &lilypad.Error{Code: lilypad.Invalid, Msg: filepath.Join(s.dir, name), Remedy: "correct the file, or remove it", Err: err}
	}
	return nil
}

// decode reads one JSON value, strictly.
func decode(text []byte, v any) error {
	if len(text) > maxState {
		return tooLarge("it", maxState)
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("more follows the value")
	}
	return nil
}

func (s *Store) write(name string, v any) error {
	text, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	return replace(filepath.Join(s.dir, name), append(text, '\n'))
}
