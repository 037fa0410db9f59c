package provider

import (
	"os"
	"path/filepath"

	"github.com/lilypad-network/lilypad"
)

// inputRoom is how many bytes the inputs of a job may have: so many that they
// fit on the disk beside its outputs. Both are there twice for a while, in the
// job's folder, which its executor bounds, and in the store.
func (p *Provider) inputRoom(n lilypad.Needs) (uint64, error) {
	if p.Disk == nil {
		return p.MaxInput, nil
	}
	free, err := p.Disk()
	if err != nil {
		return 0, err
	}
	if free/2 <= n.DiskMB {
		return 0, &declined{reason: "this provider's disk has no room for the job's outputs now"}
	}
	return min(p.MaxInput, uint64(free/2-n.DiskMB)*1_000_000), nil
}

// tidy removes the folders of jobs that do not run: of those that it has
// forgotten, too, as a lost journal has it.
func (p *Provider) tidy() error {
	keep := map[string]bool{}
	p.records.Each(func(r record) {
		if r.Stage == stageOpen {
			keep[filepath.Base(p.dir(r.ID))] = true
		}
	})
	folders, err := os.ReadDir(p.Dir)
	if os.IsNotExist(err) {
		return nil
	}
	for _, f := range folders {
		if !keep[f.Name()] {
			if err := os.RemoveAll(filepath.Join(p.Dir, f.Name())); err != nil {
				return err
			}
		}
	}
	return err
}
