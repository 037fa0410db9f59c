package template_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/modules/template"
	"github.com/lilypad-network/lilypad/runtime/execution/jobrun"
)

// FuzzModels reads any text as the models of a template. What comes of it is
// fetched by nobody but over HTTP, and every executor takes it.
func FuzzModels(f *testing.F) {
	digest := strings.Repeat("ef", 32)
	for _, s := range []string{
		`{"url": "https://h/w", "sha256": "` + digest + `", "bytes": 7, "path": "/models/w"}`,
		`{"url": "http://h:80/w?a=b#c", "path": "/a b/ü"}, {"url": "https://h/v", "bytes": 1e12, "path": "/a b/v"}`,
		`{"url": "https://u:p@h/w", "path": "//models/../w"}`,
		`{"url": "file:///etc/passwd", "path": "/etc/passwd"}`,
		`{"url": "https://h/w", "path": "/models\\w:x"}`,
		`null, 1, "x", {}, [{"url": 1}]`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, models string) {
		r, err := template.Render([]byte(`{"wasm": "tool.wasm", "models": [`+models+`], "job": {"Spec": {"Outputs": [{"Name": "o", "Path": "/outputs"}]}}}`), nil)
		if err != nil {
			return
		}
		spec := r.Forms[lilypad.EngineWasm]
		for i := range spec.Models {
			m := &spec.Models[i]
			if u, err := url.Parse(m.URL); err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || u.User != nil {
				t.Errorf("the address %q was let in", m.URL)
			}
			m.SHA256, m.Bytes = lilypad.Hash{1}, max(m.Bytes, 1) // of which lint warns
		}
		if err := jobrun.CheckSpec(spec, lilypad.EngineWasm); len(spec.Models) > 0 && err != nil {
			t.Errorf("no executor takes %+v: %v", spec.Models, err)
		}
	})
}
