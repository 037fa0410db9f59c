package bundle_test

import (
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/bundle"
	"github.com/lilypad-network/lilypad/runtime/sealing"
	"github.com/lilypad-network/lilypad/runtime/storage"
	"github.com/lilypad-network/lilypad/runtime/storage/memory"
)

// What a provider has signed of its result must be true of the bytes.
func TestFetch(t *testing.T) {
	src := memory.New()
	put := func(files map[string]string) lilypad.Outputs {
		t.Helper()
		out, err := bundle.PutOutputs(t.Context(), src, folder(t, files), execution.Outcome{End: execution.Succeeded}, lilypad.Hash{})
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	honest := put(map[string]string{"stdout": "moo", "stderr": "warn", "exitCode": "0", "outputs/o/file": "x"})
	other := put(map[string]string{"stdout": "baa", "stderr": "warn", "exitCode": "0", "outputs/o/file": "x"})
	silent := put(map[string]string{"stdout": "", "stderr": "", "exitCode": "0"})
	long, _, err := storage.PutFiles(t.Context(), src, []storage.Entry{storage.Bytes("long", []byte(strings.Repeat("x", 500)))})
	if err != nil {
		t.Fatal(err)
	}
	tree, err := storage.ReadTree(t.Context(), src, long)
	if err != nil {
		t.Fatal(err)
	}
	tree.Files[0].Size = 1 // and says so of a block of 500 bytes
	block, err := tree.Encode()
	if err != nil {
		t.Fatal(err)
	}
	short, err := src.Put(t.Context(), block)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		of   lilypad.Outputs
		edit func(*lilypad.Outputs)
		want lilypad.Code
	}{
		"honest":               {honest, nil, ""},
		"a job without output": {silent, nil, ""},
		"smaller than it is":   {honest, func(o *lilypad.Outputs) { o.Size-- }, lilypad.Invalid},
		"no bytes at all":      {honest, func(o *lilypad.Outputs) { o.Size = 0 }, lilypad.Invalid},
		"larger than it is":    {honest, func(o *lilypad.Outputs) { o.Size++ }, lilypad.Invalid},
		"above the limit":      {honest, func(o *lilypad.Outputs) { o.Size = 1 << 40 }, lilypad.Exhausted},
		"delivers another":     {honest, func(o *lilypad.Outputs) { o.Blob = other.Blob }, lilypad.Invalid},
		"delivers too little":  {honest, func(o *lilypad.Outputs) { o.Blob, o.Size = silent.Blob, silent.Size }, lilypad.Invalid},
		"blocks too large": {honest, func(o *lilypad.Outputs) {
			o.Plain, o.Blob, o.Size = lilypad.ContentID(short), lilypad.ContentID(short), 1
		}, lilypad.Invalid},
		"withheld": {honest, func(o *lilypad.Outputs) { o.Plain = lilypad.ContentID{1} }, lilypad.NotFound},
		"no trees": {honest, func(o *lilypad.Outputs) { o.Blob = lilypad.ContentID(tree.Files[0].Chunks[0]) }, lilypad.Invalid},
	} {
		if c.edit != nil {
			c.edit(&c.of)
		}
		dst := memory.New()
		err := bundle.Fetch(t.Context(), dst, src, c.of, lilypad.Needs{})
		if (c.want == "") != (err == nil) || err != nil && lilypad.CodeOf(err) != c.want {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
		if _, err := storage.ReadTree(t.Context(), dst, c.of.Blob); (err == nil) != (c.want == "") {
			t.Errorf("%s: the tree is here: %v", name, err)
		}
	}
	if code, err := bundle.ReadExitCode(t.Context(), src, silent.Blob); code != 0 || err != nil {
		t.Errorf("a job without output: exit code %d, %v", code, err)
	}
}

// A sealed result must be as true as an open one, and opens for who holds a key.
func TestFetchSealed(t *testing.T) {
	src := memory.New()
	out, err := bundle.PutOutputs(t.Context(), src, folder(t, map[string]string{"stdout": "moo", "stderr": "warn", "exitCode": "0"}), execution.Outcome{End: execution.Succeeded}, lilypad.Hash{})
	if err != nil {
		t.Fatal(err)
	}
	key, other := sealing.NewKey(lilypad.Hash{9: 1}), sealing.NewKey(lilypad.Hash{9: 2})
	sealed, err := bundle.SealResult(t.Context(), src, out, key.Recipient())
	if err != nil {
		t.Fatal(err)
	}
	blobTwice := out
	blobTwice.Plain = out.Blob // so that stderr is compared, too
	twice, err := bundle.SealResult(t.Context(), src, blobTwice, key.Recipient())
	if err != nil {
		t.Fatal(err)
	}
	smaller, huge := out, out
	smaller.Size--
	huge.Size = 1 << 40
	for name, c := range map[string]struct {
		sealed lilypad.ContentID
		out    lilypad.Outputs
		key    sealing.Key
		want   lilypad.Code
	}{
		"honest":              {sealed, out, key, ""},
		"another key":         {sealed, out, other, lilypad.Invalid},
		"smaller than it is":  {sealed, smaller, key, lilypad.Exhausted},
		"above the limit":     {sealed, huge, key, lilypad.Exhausted},
		"delivers another":    {sealed, blobTwice, key, lilypad.Invalid},
		"compares too much":   {twice, blobTwice, key, lilypad.Invalid},
		"what was not sealed": {out.Blob, out, key, lilypad.Exhausted},
	} {
		dst := memory.New()
		err := bundle.FetchSealed(t.Context(), dst, src, c.sealed, c.out, lilypad.Needs{}, c.key)
		if (c.want == "") != (err == nil) || err != nil && lilypad.CodeOf(err) != c.want {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
		if _, err := storage.ReadTree(t.Context(), dst, c.out.Blob); (err == nil) != (c.want == "") && c.sealed != out.Blob {
			t.Errorf("%s: the tree is here: %v", name, err)
		}
	}
}

// Salted inputs are the same inputs under an id that nobody can guess.
func TestSalt(t *testing.T) {
	store := memory.New()
	id, err := bundle.PutInputs(t.Context(), store, []byte("template"), map[string]string{"Prompt": "yes"}, tree(t, store, map[string]string{"salt": "mine"}))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[lilypad.ContentID]bool{id: true}
	for i := range 3 {
		salted, err := bundle.Salt(t.Context(), store, id, lilypad.Hash{byte(i)})
		if err != nil {
			t.Fatal(err)
		}
		seen[salted] = true
		in, err := bundle.ReadInputs(t.Context(), store, salted)
		if err != nil || in.Params["Prompt"] != "yes" || len(in.Files.Files) != 1 {
			t.Errorf("%+v, %v", in, err)
		}
	}
	if len(seen) != 4 {
		t.Errorf("%d ids, want 4", len(seen))
	}
}
