package modules

import (
	"path/filepath"
	"regexp"
	"strings"
	"unicode"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/nearest"
	"github.com/lilypad-network/lilypad/modules/catalog"
)

const repositoryPrefix = "lilypad-module-"

// reference is what people write: one of name, repository and folder is set.
// A repository of this machine is written file:///path.
type reference struct {
	name       string // of the catalog
	repository string // host/path
	folder     string
	tag        string
}

var (
	nameForm       = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$`)
	repositoryForm = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]*(:[0-9]{1,5})?(/[A-Za-z0-9_~][A-Za-z0-9._~-]{0,99}){1,6}$`)
	tagForm        = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._/+-]{0,199}$`)
	commitForm     = regexp.MustCompile(`^[0-9a-f]{40}$`)
	portForm       = regexp.MustCompile(`^[^/:]+:[0-9]{1,5}/`)
)

func isCommit(s string) bool { return commitForm.MatchString(s) }

// IsFolder tells whether a reference is to a folder of this machine.
func IsFolder(ref string) bool {
	return ref == "." || strings.HasPrefix(ref, "./") || strings.HasPrefix(ref, "../") || strings.HasPrefix(ref, "/")
}

func parse(ref string) (reference, error) {
	bad := func(why string) (reference, error) {
		return reference{}, lilypad.Errorf(lilypad.Invalid, "module %.200q %s", ref, why).
			Try("write NAME:TAG, such as cowsay:v0.0.4 or github.com/owner/name:v1.0.0")
	}
	if IsFolder(ref) {
		return reference{folder: ref}, nil
	}
	if path, ok := strings.CutPrefix(ref, "file://"); ok {
		path, tag, tagged := strings.Cut(path, ":")
		if !filepath.IsAbs(path) || filepath.Clean(path) != path || strings.ContainsFunc(path, unicode.IsControl) {
			return bad("is no absolute path of a repository")
		}
		if tagged && (!tagForm.MatchString(tag) || strings.Contains(tag, "..")) {
			return bad("has no tag, branch or commit behind the colon")
		}
		return reference{repository: "file://" + path, tag: tag}, nil
	}
	ref = strings.TrimPrefix(ref, "https://")
	if scheme, _, ok := strings.Cut(ref, "://"); ok || strings.HasPrefix(ref, "git@") {
		return bad("is not reached by https: " + scheme + " is not allowed")
	}
	port := portForm.FindString(ref)
	where, tag, tagged := strings.Cut(ref[len(port):], ":")
	where = port + where
	if tagged && (!tagForm.MatchString(tag) || strings.Contains(tag, "..")) {
		return bad("has no tag, branch or commit behind the colon")
	}
	if !strings.Contains(where, "/") {
		if !nameForm.MatchString(where) {
			return bad("has no name")
		}
		return reference{name: where, tag: tag}, nil
	}
	host, path, _ := strings.Cut(strings.TrimSuffix(where, ".git"), "/")
	host = strings.ToLower(host)
	if host == "github.com" || host == "www.github.com" {
		host, path = "github.com", strings.ToLower(path) // one repository, one name
	}
	if where = host + "/" + path; !repositoryForm.MatchString(where) || strings.Contains(where, "..") {
		return bad("is neither a name nor host/owner/name")
	}
	return reference{repository: where, tag: tag}, nil
}

// shortName is how people call a repository's module.
func shortName(repository string) string {
	return strings.TrimPrefix(repository[strings.LastIndexByte(repository, '/')+1:], repositoryPrefix)
}

// publisher is who owns a repository: all but its last part.
func publisher(repository string) string { return repository[:strings.LastIndexByte(repository, '/')] }

// unknown explains a name that neither the catalog nor lilypad-tech has.
func unknown(f reference, err error) error {
	if code := lilypad.CodeOf(err); code == lilypad.Invalid {
		return err
	}
	var names, all, tags []string
	for _, e := range catalog.List() {
		all = append(all, e.Name+":"+e.Tag)
		names = append(names, e.Name)
		if e.Name == f.name {
			tags = append(tags, e.Name+":"+e.Tag)
		}
	}
	e := &lilypad.Error{Code: lilypad.CodeOf(err), Msg: "module " + strings.TrimSuffix(f.name+":"+f.tag, ":") + " is not in the catalog", Err: err}
	near := nearest.Names(f.name, names, 3)
	switch {
	case tags != nil:
		return e.Try("the catalog has %s", strings.Join(tags, ", "))
	case near != nil:
		return e.Try("did you mean %s? The catalog has %s", strings.Join(near, ", "), strings.Join(all, ", "))
	}
	return e.Try("the catalog has %s; another module is named by its repository, such as github.com/owner/name:v1.0.0", strings.Join(all, ", "))
}
