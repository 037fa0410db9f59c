package driver

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
)

const outcomeFile = "outcome.json"

// Prepare empties the job's folder but for its inputs, and makes the folders of
// its outputs.
func Prepare(job Job) error {
	for _, name := range []string{"outputs", "stdout", "stderr", "exitCode", outcomeFile} {
		if err := os.RemoveAll(filepath.Join(job.Dir, name)); err != nil {
			return err
		}
	}
	for _, o := range job.Spec.Outputs {
		if err := os.MkdirAll(filepath.Join(job.Dir, "outputs", o.Name), 0o755); err != nil {
			return err
		}
	}
	return nil
}

// Finish writes exitCode, and then keeps the outcome for [Ended]: a job with an
// outcome is whole.
func Finish(job Job, o Outcome) error {
	if err := os.WriteFile(filepath.Join(job.Dir, "exitCode"), []byte(strconv.Itoa(o.ExitCode)), 0o644); err != nil {
		return err
	}
	b, err := json.Marshal(o)
	if err != nil {
		return err
	}
	file := filepath.Join(job.Dir, outcomeFile)
	if err := os.WriteFile(file+".new", b, 0o644); err != nil {
		return err
	}
	return os.Rename(file+".new", file)
}

// Ended returns the outcome that Finish kept in a job's folder. NotFound when
// there is none.
func Ended(dir string) (o Outcome, err error) {
	b, err := os.ReadFile(filepath.Join(dir, outcomeFile))
	if errors.Is(err, fs.ErrNotExist) {
		return o, &Error{Code: NotFound, Msg: "the job neither runs here nor has ended here"}
	}
	if err == nil {
		err = json.Unmarshal(b, &o)
	}
	if err != nil {
		return Outcome{}, fmt.Errorf("outcome in %s: %w", dir, err)
	}
	return o, nil
}
