// Command cmd rewrites what hostapi/gen generates, run from hostapi by go
// generate. With -freeze it first writes the lock of the schema's version,
// which must have none yet.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/lilypad-network/lilypad/hostapi/gen"
	"github.com/lilypad-network/lilypad/hostapi/schema"
)

func main() {
	freeze := flag.Bool("freeze", false, "write the lock file of this version")
	flag.Parse()
	if err := run(*freeze); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(freeze bool) error {
	root := ".." // of the repository
	s, err := schema.Load()
	if err != nil {
		return err
	}
	if freeze {
		path := fmt.Sprintf("schema/frozen/%d.%d.lock", s.Major, s.Minor)
		f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
		if err != nil {
			return err
		}
		if _, err := f.WriteString(s.Lock()); err != nil {
			return err
		}
		if err := f.Close(); err != nil {
			return err
		}
	}
	files, err := gen.All(s, func(p string) ([]byte, error) { return os.ReadFile(filepath.Join(root, p)) })
	if err != nil {
		return err
	}
	for path, content := range files {
		path = filepath.Join(root, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}
