package jobrun

import (
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution"
)

// Limits bounds what a job may leave behind. Zero fields take the defaults.
type Limits struct {
	LogBytes int64           // of stdout, and of stderr; 16 MiB
	Files    int             // in all outputs together; 10 000
	Depth    int             // folders inside one another; 32
	DiskMB   uint32          // of all outputs together, when the spec names none; 1000
	RAMMB    uint32          // when the spec names none; 512
	Timeout  lilypad.Seconds // when the spec names none; 1800
}

// WithDefaults fills the zero fields.
func (l Limits) WithDefaults() Limits {
	return Limits{
		LogBytes: or(l.LogBytes, 16<<20),
		Files:    or(l.Files, 10_000),
		Depth:    or(l.Depth, 32),
		DiskMB:   or(l.DiskMB, 1000),
		RAMMB:    or(l.RAMMB, 512),
		Timeout:  or(l.Timeout, 1800),
	}
}

// Disk is how many bytes the outputs of spec may have.
func (l Limits) Disk(spec lilypad.Spec) int64 {
	return int64(or(spec.Resources.DiskMB, l.DiskMB)) * 1_000_000
}

// RAM is how many bytes of memory spec may use.
func (l Limits) RAM(spec lilypad.Spec) int64 {
	return int64(or(spec.Resources.RAMMB, l.RAMMB)) * 1_000_000
}

// Time is how long spec may run.
func (l Limits) Time(spec lilypad.Spec) time.Duration {
	return time.Duration(or(spec.Timeout, l.Timeout)) * time.Second
}

func or[T comparable](v, otherwise T) T {
	if v == *new(T) {
		return otherwise
	}
	return v
}

const (
	maxCommand = 128 << 10 // bytes of arguments and environment together
	maxOutputs = 64
)

var (
	idForm  = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,127}$`)
	envForm = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.]*=`)
)

// Check refuses a job that no executor may run.
//
// # Errors
//
// Invalid, naming the rule.
func Check(job execution.Job, engine lilypad.Engine) error {
	switch {
	case !idForm.MatchString(job.ID):
		return lilypad.Errorf(lilypad.Invalid, "job id %.140q must be 1 to 128 of a-z, 0-9 and -", job.ID)
	case !filepath.IsAbs(job.Dir):
		return lilypad.Errorf(lilypad.Invalid, "job folder %q must be an absolute path", job.Dir)
	}
	if info, err := os.Stat(filepath.Join(job.Dir, "inputs")); err != nil || !info.IsDir() {
		return lilypad.Errorf(lilypad.Invalid, "job folder %q has no inputs folder", job.Dir)
	}
	if err := CheckSpec(job.Spec, engine); err != nil {
		return err
	}
	return placed(job)
}

// CheckSpec refuses a spec that no executor of the engine may run.
//
// # Errors
//
// Invalid, naming the rule.
func CheckSpec(s lilypad.Spec, engine lilypad.Engine) error {
	switch {
	case s.Engine != engine:
		return lilypad.Errorf(lilypad.Invalid, "the %s executor does not run %.20q jobs", engine, s.Engine)
	case len(s.Outputs) > maxOutputs:
		return lilypad.Errorf(lilypad.Invalid, "%d outputs are declared, at most %d are allowed", len(s.Outputs), maxOutputs)
	case s.Timeout > math.MaxInt32:
		return lilypad.Errorf(lilypad.Invalid, "a timeout of %d s is too long", s.Timeout)
	}
	if err := checkCommand(s); err != nil {
		return err
	}
	if err := checkOutputs(s.Outputs); err != nil {
		return err
	}
	return checkModels(s)
}

func checkCommand(s lilypad.Spec) error {
	size := 0
	for _, list := range [][]string{s.Entrypoint, s.Args, s.Env, {s.WorkDir}} {
		for _, arg := range list {
			if strings.ContainsRune(arg, 0) {
				return lilypad.Errorf(lilypad.Invalid, "argument %.40q holds a zero byte", arg)
			}
			size += len(arg) + 1
		}
	}
	if size > maxCommand {
		return lilypad.Errorf(lilypad.Invalid, "arguments and environment have %d bytes, at most %d are allowed", size, maxCommand)
	}
	for _, kv := range s.Env {
		if !envForm.MatchString(kv) {
			return lilypad.Errorf(lilypad.Invalid, "environment entry %.40q is not KEY=value", kv)
		}
	}
	return nil
}

func checkOutputs(outputs []lilypad.Output) error {
	for i, o := range outputs {
		if err := CheckName(o.Name); err != nil {
			return err
		}
		if taken[o.Name] {
			return lilypad.Errorf(lilypad.Invalid, "an output cannot be called %q: the results have a file of that name", o.Name)
		}
		top, _, _ := strings.Cut(strings.TrimPrefix(o.Path, "/"), "/")
		switch {
		case !plain(o.Path):
			return lilypad.Errorf(lilypad.Invalid, "output path %.80q must be a plain absolute path", o.Path)
		case reserved[top]:
			return lilypad.Errorf(lilypad.Invalid, "output path %.80q lies in /%s, which a job may not fill", o.Path, top)
		}
		for _, other := range outputs[:i] {
			if o.Name == other.Name || inside(o.Path, other.Path) || inside(other.Path, o.Path) {
				return lilypad.Errorf(lilypad.Invalid, "outputs %.40q and %.40q overlap", other.Name, o.Name)
			}
		}
	}
	return nil
}

// taken are the names that a results folder has itself.
var taken = map[string]bool{"stdout": true, "stderr": true, "exitCode": true, "trace": true}

var reserved = map[string]bool{"inputs": true, "proc": true, "sys": true, "dev": true, "etc": true, "bin": true, "lib": true, "lib64": true, "sbin": true, "usr": true}

func inside(p, folder string) bool { return p == folder || strings.HasPrefix(p, folder+"/") }

// CheckName refuses a file name that could harm a terminal or a file system.
//
// # Errors
//
// Invalid, with the name quoted.
func CheckName(name string) error {
	if name == "" || name == "." || name == ".." || len(name) > 255 || !utf8.ValidString(name) ||
		strings.ContainsAny(name, `/\`) || strings.ContainsFunc(name, unicode.IsControl) {
		return lilypad.Errorf(lilypad.Invalid, "file name %.80q is not plain text of 1 to 255 bytes", name)
	}
	return nil
}

// CheckPath refuses a relative path with an unfit name, or deeper than depth.
//
// # Errors
//
// Invalid, naming the rule.
func CheckPath(p string, depth int) error {
	names := strings.Split(p, "/")
	if len(names) > depth {
		return lilypad.Errorf(lilypad.Invalid, "path %.80q is more than %d folders deep", p, depth)
	}
	for _, name := range names {
		if err := CheckName(name); err != nil {
			return err
		}
	}
	return nil
}
