package bundle_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/bundle"
	"github.com/lilypad-network/lilypad/runtime/storage"
	"github.com/lilypad-network/lilypad/runtime/storage/memory"
)

// tree stores files of these contents.
func tree(t *testing.T, store storage.Store, files map[string]string) lilypad.ContentID {
	t.Helper()
	var entries []storage.Entry
	for path, content := range files {
		entries = append(entries, storage.Bytes(path, []byte(content)))
	}
	id, _, err := storage.PutFiles(t.Context(), store, entries)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestInputs_roundTrip(t *testing.T) {
	store := memory.New()
	params := map[string]string{"Message": "moo\n{{.}}\u2028\x00", "empty": "", "Ünïcode": "☃"}
	// Names that sort around the bundle's own, and that look like them.
	files := map[string]string{"template": "mine", "inputs.json": "mine too", "inputs/inputs": "deep", "a b/ü.txt": "x", "!": "", "zzz": strings.Repeat("z", 1<<20+1)}
	id, err := bundle.PutInputs(t.Context(), store, []byte("{{.Message}}"), params, tree(t, store, files))
	if err != nil {
		t.Fatal(err)
	}
	in, err := bundle.ReadInputs(t.Context(), store, id)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(params, in.Params); diff != "" || string(in.Template) != "{{.Message}}" {
		t.Errorf("template %q, parameters\n%s", in.Template, diff)
	}
	dir := filepath.Join(t.TempDir(), "inputs")
	if err := in.Extract(t.Context(), store, dir); err != nil {
		t.Fatal(err)
	}
	for path, want := range files {
		if got, err := os.ReadFile(filepath.Join(dir, path)); err != nil || string(got) != want {
			t.Errorf("%s: %d bytes, %v, want %d", path, len(got), err, len(want))
		}
	}
}

func TestInputs_withoutFiles(t *testing.T) {
	store := memory.New()
	bare, err := bundle.PutInputs(t.Context(), store, nil, nil, lilypad.ContentID{})
	if err != nil {
		t.Fatal(err)
	}
	empty, err := bundle.PutInputs(t.Context(), store, nil, nil, tree(t, store, nil))
	if err != nil || empty != bare {
		t.Errorf("a folder without files makes other inputs: %v", err)
	}
	in, err := bundle.ReadInputs(t.Context(), store, bare)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "inputs")
	if err := in.Extract(t.Context(), store, dir); err != nil {
		t.Fatal(err)
	}
	if found, err := os.ReadDir(dir); err != nil || len(found) != 0 {
		t.Errorf("%d files, %v, want an empty folder", len(found), err)
	}
}

func TestReadInputs_refuses(t *testing.T) {
	store := memory.New()
	notTree, err := store.Put(t.Context(), []byte("no tree"))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		id   lilypad.ContentID
		want lilypad.Code
	}{
		"not there":          {lilypad.ContentID{1}, lilypad.NotFound},
		"no tree":            {lilypad.ContentID(notTree), lilypad.Invalid},
		"no template":        {tree(t, store, map[string]string{"inputs.json": "{}"}), lilypad.Invalid},
		"no parameters":      {tree(t, store, map[string]string{"template": ""}), lilypad.Invalid},
		"nothing":            {tree(t, store, nil), lilypad.Invalid},
		"template a folder":  {tree(t, store, map[string]string{"template/x": "", "inputs.json": "{}"}), lilypad.Invalid},
		"huge template":      {tree(t, store, map[string]string{"template": strings.Repeat("x", 1<<20+1), "inputs.json": "{}"}), lilypad.Invalid},
		"huge parameters":    {tree(t, store, map[string]string{"template": "", "inputs.json": strings.Repeat(" ", 4<<20+1)}), lilypad.Invalid},
		"parameters no text": {tree(t, store, map[string]string{"template": "", "inputs.json": `{"a":1}`}), lilypad.Invalid},
		"parameters a list":  {tree(t, store, map[string]string{"template": "", "inputs.json": `["a"]`}), lilypad.Invalid},
		"cut off":            {tree(t, store, map[string]string{"template": "", "inputs.json": `{"a":"b"`}), lilypad.Invalid},
	} {
		if _, err := bundle.ReadInputs(t.Context(), store, c.id); lilypad.CodeOf(err) != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

// folder is what a job left behind.
func folder(t *testing.T, files map[string]string) string {
	dir := t.TempDir()
	for path, content := range files {
		path = filepath.Join(dir, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestOutputs_roundTrip(t *testing.T) {
	store := memory.New()
	files := map[string]string{"stdout": "moo\n", "stderr": "12:00 warn\n", "exitCode": "3\n", "outputs/result/a b.txt": "x", "outputs/result/ü/☃": "y", "outputs/other/-rf": "z"}
	out, err := bundle.PutOutputs(t.Context(), store, folder(t, files), execution.Outcome{End: execution.Failed}, lilypad.Hash{7})
	if err != nil {
		t.Fatal(err)
	}
	if out.Status != lilypad.StatusFailed || out.HardwareClass != (lilypad.Hash{7}) || out.Size != 4+11+2+3 {
		t.Errorf("%+v", out)
	}
	for name, want := range map[string]string{"stdout": "moo\n", "stderr": "12:00 warn\n", "result/a b.txt": "x", "result/ü/☃": "y", "other/-rf": "z"} {
		if got, err := bundle.ReadOutput(t.Context(), store, out.Blob, name, 100); err != nil || string(got) != want {
			t.Errorf("%s: %q, %v, want %q", name, got, err, want)
		}
	}
	if _, err := bundle.ReadOutput(t.Context(), store, out.Plain, bundle.Stderr, 100); lilypad.CodeOf(err) != lilypad.NotFound {
		t.Errorf("stderr is compared: %v", err)
	}
	if _, err := bundle.ReadOutput(t.Context(), store, out.Blob, bundle.Stdout, 3); lilypad.CodeOf(err) != lilypad.Invalid {
		t.Errorf("a file above the limit: %v", err)
	}
	r, size, err := bundle.OpenOutput(t.Context(), store, out.Blob, "result/a b.txt")
	if err != nil || size != 1 {
		t.Fatalf("a file of %d bytes, %v", size, err)
	}
	if got, err := io.ReadAll(r); string(got) != "x" || err != nil {
		t.Errorf("it has %q, %v", got, err)
	}
	if _, _, err := bundle.OpenOutput(t.Context(), store, out.Blob, "result/none"); lilypad.CodeOf(err) != lilypad.NotFound {
		t.Errorf("a file that is not there: %v", err)
	}
	if code, err := bundle.ReadExitCode(t.Context(), store, out.Blob); code != 3 || err != nil {
		t.Errorf("exit code %d, %v", code, err)
	}
	// Only stderr and times of the run differ between honest providers.
	files["stderr"] = "13:00 warn\n"
	again, err := bundle.PutOutputs(t.Context(), store, folder(t, files), execution.Outcome{End: execution.Failed, WallMS: 9}, lilypad.Hash{7})
	if err != nil || again.Plain != out.Plain || again.Blob == out.Blob {
		t.Errorf("plain %s and %s, blob %s and %s, %v", out.Plain, again.Plain, out.Blob, again.Blob, err)
	}
}

func TestPutOutputs_knowsWhatIsAResult(t *testing.T) {
	dir := folder(t, map[string]string{"stdout": "", "stderr": "", "exitCode": "0"})
	for end, want := range map[execution.End]lilypad.Status{
		execution.Succeeded: lilypad.StatusSucceeded, execution.Failed: lilypad.StatusFailed, execution.OutOfMemory: lilypad.StatusOutOfMemory,
		execution.TimedOut: lilypad.StatusTimedOut, execution.Cancelled: 0, execution.Refused: 0, "": 0, "evil": 0,
	} {
		out, err := bundle.PutOutputs(t.Context(), memory.New(), dir, execution.Outcome{End: end}, lilypad.Hash{})
		if out.Status != want || (want == 0) != (lilypad.CodeOf(err) == lilypad.Conflict && err != nil) {
			t.Errorf("%s: %s, %v", end, out.Status, err)
		}
	}
}

func TestPutOutputs_followsNoLinks(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("key"), 0o600); err != nil {
		t.Fatal(err)
	}
	dir := folder(t, map[string]string{"stdout": "", "stderr": "", "exitCode": "0", "outputs/result/x": ""})
	if err := os.Symlink(secret, filepath.Join(dir, "outputs", "result", "link")); err != nil {
		t.Fatal(err)
	}
	_, err := bundle.PutOutputs(t.Context(), memory.New(), dir, execution.Outcome{End: execution.Succeeded}, lilypad.Hash{})
	if lilypad.CodeOf(err) != lilypad.Invalid {
		t.Errorf("%v, want invalid", err)
	}
}

func TestReadExitCode_refuses(t *testing.T) {
	store := memory.New()
	for name, content := range map[string]string{"no number": "zero", "huge": strings.Repeat("1", 17), "empty": "", "overflow": "99999999999999999999"} {
		id := tree(t, store, map[string]string{"exitCode": content})
		if _, err := bundle.ReadExitCode(t.Context(), store, id); lilypad.CodeOf(err) != lilypad.Invalid {
			t.Errorf("%s: %v, want invalid", name, err)
		}
	}
}

func FuzzReadInputs(f *testing.F) {
	f.Add([]byte("{{.a}}"), []byte(`{"a":"b"}`))
	f.Add([]byte{}, []byte(`null`))
	f.Fuzz(func(t *testing.T, template, params []byte) {
		store := memory.New()
		id, _, err := storage.PutFiles(t.Context(), store, []storage.Entry{storage.Bytes("template", template), storage.Bytes("inputs.json", params)})
		if err != nil {
			t.Skip()
		}
		in, err := bundle.ReadInputs(t.Context(), store, id)
		if err != nil && lilypad.CodeOf(err) != lilypad.Invalid {
			t.Error(err)
		}
		if err == nil && !bytes.Equal(in.Template, template) {
			t.Error("another template")
		}
	})
}

func TestReadClaim_refusesWhatNoRunInStepsLeaves(t *testing.T) {
	store := memory.New()
	root := lilypad.Hash{7}.String()
	for name, c := range map[string]struct {
		files  map[string]string
		status lilypad.Status
		want   lilypad.Code
	}{
		"no trace":           {map[string]string{"stdout": "", "exitCode": "0"}, lilypad.StatusSucceeded, lilypad.NotFound},
		"trace is no hash":   {map[string]string{"stdout": "", "exitCode": "0", "trace": "moo"}, lilypad.StatusSucceeded, lilypad.Invalid},
		"trace is too long":  {map[string]string{"stdout": "", "exitCode": "0", "trace": root + "\n"}, lilypad.StatusSucceeded, lilypad.Invalid},
		"no exit code":       {map[string]string{"stdout": "", "trace": root}, lilypad.StatusSucceeded, lilypad.NotFound},
		"succeeded with 1":   {map[string]string{"stdout": "", "exitCode": "1", "trace": root}, lilypad.StatusSucceeded, lilypad.Invalid},
		"failed with 0":      {map[string]string{"stdout": "", "exitCode": "0", "trace": root}, lilypad.StatusFailed, lilypad.Invalid},
		"timed out":          {map[string]string{"stdout": "", "exitCode": "124", "trace": root}, lilypad.StatusTimedOut, lilypad.Invalid},
		"an honest one":      {map[string]string{"stdout": "", "exitCode": "0", "trace": root, "outputs/x": "y"}, lilypad.StatusSucceeded, ""},
		"an honest bad luck": {map[string]string{"stdout": "", "exitCode": "137", "trace": root}, lilypad.StatusOutOfMemory, ""},
	} {
		got, err := bundle.ReadClaim(t.Context(), store, lilypad.Outputs{Plain: tree(t, store, c.files), Status: c.status})
		if c.want != "" && lilypad.CodeOf(err) != c.want || c.want == "" && (err != nil || got.Trace != lilypad.Hash{7} || got.Output == lilypad.Hash{}) {
			t.Errorf("%s: %+v, %v, want %s", name, got, err, c.want)
		}
	}
}
