package jobrun

import (
	"os"
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution"
)

const maxModels = 32

// ModelFolders are the folders of a job that hold its models, and nothing else:
// an executor mounts each of them, read-only. On the host they lie where
// [execution.ModelFile] says.
func ModelFolders(models []lilypad.Model) (folders []string) {
	for _, m := range models {
		if folder := path.Dir(m.Path); !slices.Contains(folders, folder) {
			folders = append(folders, folder)
		}
	}
	return folders
}

// checkModels refuses models that are not pinned, or lie where none may.
func checkModels(s lilypad.Spec) error {
	if len(s.Models) > maxModels {
		return lilypad.Errorf(lilypad.Invalid, "%d models are named, at most %d are allowed", len(s.Models), maxModels)
	}
	seen := map[string]bool{}
	for _, m := range s.Models {
		folder := path.Dir(m.Path)
		top, _, _ := strings.Cut(strings.TrimPrefix(m.Path, "/"), "/")
		switch {
		case m.SHA256.IsZero() || m.Bytes == 0:
			return lilypad.Errorf(lilypad.Invalid, "model %.80q has no digest or no size", m.Path)
		case !plain(m.Path) || folder == "/" || seen[m.Path]:
			return lilypad.Errorf(lilypad.Invalid, "model path %.80q must be a plain absolute path of its own, in a folder", m.Path)
		case reserved[top]:
			return lilypad.Errorf(lilypad.Invalid, "model path %.80q lies in /%s, where no models may be", m.Path, top)
		}
		seen[m.Path] = true
		for _, o := range s.Outputs {
			if inside(o.Path, folder) || inside(folder, o.Path) {
				return lilypad.Errorf(lilypad.Invalid, "model path %.80q lies in or around output %.40q", m.Path, o.Name)
			}
		}
	}
	for i, a := range ModelFolders(s.Models) {
		for j, b := range ModelFolders(s.Models) {
			if i != j && inside(a, b) {
				return lilypad.Errorf(lilypad.Invalid, "the folder of models %.80q lies in that of others", a)
			}
		}
	}
	return nil
}

// placed refuses a job whose models are not in its folder.
func placed(job execution.Job) error {
	for _, m := range job.Spec.Models {
		info, err := os.Lstat(execution.ModelFile(job.Dir, m.Path))
		if err != nil || !info.Mode().IsRegular() || uint64(info.Size()) != m.Bytes {
			return lilypad.Errorf(lilypad.Invalid, "the job's folder does not hold model %.80q", m.Path)
		}
	}
	return nil
}

// plain tells whether p is an absolute path that is written in one way, and no
// engine reads as anything else.
func plain(p string) bool {
	return path.IsAbs(p) && path.Clean(p) == p && p != "/" && !strings.ContainsFunc(p, unicode.IsControl) && !strings.ContainsAny(p, `:\`)
}
