package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/plugins"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
	"github.com/lilypad-network/lilypad/runtime/storage"
	"github.com/lilypad-network/lilypad/runtime/storage/memory"
)

// row counts the answers to pairs of one kind.
type row struct {
	Comparator string `json:"comparator"`
	Kind       string `json:"kind"`
	Honest     bool   `json:"honest"`
	Pairs      int    `json:"pairs"`
	Paid       int    `json:"paid"`    // equal
	Slashed    int    `json:"slashed"` // different; the rest is refunded
	SHA256     string `json:"sha256"`  // of all files
}

// table is what was measured.
type table struct {
	Seed uint64 `json:"seed"`
	Jobs int    `json:"jobs"`
	Rows []row  `json:"rows"`
}

// judges are the comparators of plugins/dist in the host of a node.
type judges struct {
	host   *pluginhost.Host
	cache  string
	loaded map[string]*pluginhost.Plugin
}

func newJudges() (*judges, error) {
	cache, err := os.MkdirTemp("", "calibrate")
	if err != nil {
		return nil, err
	}
	host, err := pluginhost.New(pluginhost.Config{CacheDir: cache})
	if err != nil {
		return nil, err
	}
	return &judges{host, cache, map[string]*pluginhost.Plugin{}}, nil
}

func (j *judges) close() {
	for _, p := range j.loaded {
		p.Close()
	}
	_ = j.host.Close()
	_ = os.RemoveAll(j.cache)
}

func (j *judges) load(ctx context.Context, name string) (*pluginhost.Plugin, error) {
	if p := j.loaded[name]; p != nil {
		return p, nil
	}
	b, err := plugins.Lookup(hostapi.HookCompare, name)
	if err != nil {
		return nil, err
	}
	wasm, err := b.Wasm()
	if err != nil {
		return nil, err
	}
	manifest, err := json.Marshal(b.Manifest)
	if err != nil {
		return nil, err
	}
	p, err := j.host.Load(ctx, pluginhost.Source{Wasm: wasm, Manifest: manifest, Pin: b.ID(), Grants: b.Manifest.Capabilities})
	if err == nil {
		j.loaded[name] = p
	}
	return p, err
}

// compare asks the comparator of a pair, with the parameters it has by itself.
func (j *judges) compare(ctx context.Context, p pair) (hostapi.Comparison, error) {
	judge, err := j.load(ctx, p.comparator)
	if err != nil {
		return hostapi.Comparison{}, err
	}
	store := memory.New()
	var in hostapi.Pair
	for _, side := range []struct {
		files tree
		root  *hostapi.Bytes32
	}{{p.a, &in.ARoot}, {p.b, &in.BRoot}} {
		var entries []storage.Entry
		for path, content := range side.files {
			entries = append(entries, storage.Bytes("outputs/"+path, content))
		}
		id, _, err := storage.PutFiles(ctx, store, entries)
		if err != nil {
			return hostapi.Comparison{}, err
		}
		*side.root = hostapi.Bytes32(id)
	}
	in.Engine = hostapi.EngineDocker
	got, err := judge.Compare(ctx, 1, []hostapi.Pair{in}, store)
	if err != nil {
		return hostapi.Comparison{}, fmt.Errorf("%s on %s: %w", p.comparator, p.kind, err)
	}
	return got[0], nil
}

// measure judges every pair of a set, and shows each to keep.
func measure(ctx context.Context, seed uint64, jobs int, progress func(done int), keep func(job int, p pair) error) (table, error) {
	t := table{Seed: seed, Jobs: jobs}
	j, err := newJudges()
	if err != nil {
		return t, err
	}
	defer j.close()
	at, sums, done := map[string]int{}, digests{}, 0
	for job, p := range set(seed, jobs) {
		if job >= done+10 {
			done = job
			progress(done)
		}
		got, err := j.compare(ctx, p)
		if err != nil {
			return t, err
		}
		key := p.comparator + "/" + p.kind
		i, ok := at[key]
		if !ok {
			i, at[key] = len(t.Rows), len(t.Rows)
			t.Rows = append(t.Rows, row{Comparator: p.comparator, Kind: p.kind, Honest: p.honest})
		}
		t.Rows[i].count(got.Sameness)
		sums.add(p)
		if err := keep(job, p); err != nil {
			return t, err
		}
	}
	for i, r := range t.Rows {
		t.Rows[i].SHA256 = sums.of(r)
	}
	return t, nil
}

func (r *row) count(s hostapi.Sameness) {
	r.Pairs++
	switch s {
	case hostapi.SamenessEqual:
		r.Paid++
	case hostapi.SamenessDifferent:
		r.Slashed++
	}
}
