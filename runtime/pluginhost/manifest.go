package pluginhost

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/lilypad-network/lilypad/hostapi"
)

// parseManifest reads a manifest strictly: one object, and no key twice.
func parseManifest(text []byte) (hostapi.Manifest, *Refusal) {
	m, err := hostapi.ParseManifest(text)
	if err == nil {
		err = strict(text)
	}
	if err == nil && m.Memory%pageSize != 0 {
		err = fmt.Errorf("memory: want a multiple of %d bytes", pageSize)
	}
	if err != nil {
		return m, refusef(RuleManifest, "%s", plain(strings.TrimPrefix(err.Error(), "manifest: "), maxText))
	}
	return m, nil
}

// strict refuses what two readers could read as two manifests: bytes after
// the object, or an object that names a key twice in any letter case.
func strict(text []byte) error {
	d := json.NewDecoder(bytes.NewReader(text))
	if err := distinctKeys(d); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("more follows the object")
	}
	return nil
}

func distinctKeys(d *json.Decoder) error {
	t, err := d.Token()
	open, ok := t.(json.Delim)
	if err != nil || !ok {
		return err
	}
	for seen := map[string]bool{}; d.More(); {
		if open == '{' {
			k, err := d.Token()
			if err != nil {
				return err
			}
			key := strings.ToLower(k.(string))
			if seen[key] {
				return fmt.Errorf("key %q stands twice", key)
			}
			seen[key] = true
		}
		if err := distinctKeys(d); err != nil {
			return err
		}
	}
	_, err = d.Token() // the closing bracket
	return err
}
