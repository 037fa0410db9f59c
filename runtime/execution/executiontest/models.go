package executiontest

import (
	"crypto/sha256"
	"os"
	"path/filepath"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution"
)

// AddModel gives a job a model, and puts it where its executor looks.
func AddModel(t *testing.T, job *execution.Job, path, content string) {
	t.Helper()
	job.Spec.Models = append(job.Spec.Models, lilypad.Model{
		URL: "https://models.example.org" + path, SHA256: sha256.Sum256([]byte(content)), Bytes: uint64(len(content)), Path: path,
	})
	file := execution.ModelFile(job.Dir, path)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(content), 0o444); err != nil {
		t.Fatal(err)
	}
}

func models(t *testing.T, s Subject) {
	e := s.New(t)
	job := Job(t, outputs(s.Spec("copy:/models/deep/w.bin=/outputs/w", "copy:/models/deep/v.bin=/outputs/v", "copy:/more/x.bin=/outputs/x")))
	AddModel(t, &job, "/models/deep/w.bin", "weights")
	AddModel(t, &job, "/models/deep/v.bin", "words")
	AddModel(t, &job, "/more/x.bin", "extra")
	if s.NoModels {
		_, err := e.Start(t.Context(), job)
		check(t, "code", lilypad.CodeOf(err), lilypad.Invalid)
		return
	}
	o := Wait(t, e, Start(t, e, job))
	check(t, "end", o.End, execution.Succeeded)
	check(t, "stderr", Text(t, job, "stderr"), "")
	for name, want := range map[string]string{"w": "weights", "v": "words", "x": "extra"} {
		check(t, name, Text(t, job, "outputs/outputs/"+name), want)
	}
}

func modelsStay(t *testing.T, s Subject) {
	if s.NoModels {
		return
	}
	e := s.New(t)
	for _, step := range []string{"write:/models/w.bin=changed", "write:/models/new=new"} {
		job := Job(t, outputs(s.Spec(step)))
		AddModel(t, &job, "/models/w.bin", "weights")
		if o := Wait(t, e, Start(t, e, job)); o.End == execution.Succeeded {
			t.Errorf("%s was let through", step)
		}
		check(t, "model", Text(t, job, "models/models/w.bin"), "weights")
		if left, err := os.ReadDir(filepath.Join(job.Dir, "models/models")); err != nil || len(left) != 1 {
			t.Errorf("the folder of models holds %v, %v", left, err)
		}
	}
}

func refusesModels(t *testing.T, s Subject) {
	e := s.New(t)
	for name, spoil := range map[string]func(*execution.Job){
		"no digest":     func(j *execution.Job) { j.Spec.Models[0].SHA256 = lilypad.Hash{} },
		"no size":       func(j *execution.Job) { j.Spec.Models[0].Bytes = 0 },
		"another size":  func(j *execution.Job) { j.Spec.Models[0].Bytes = 99 },
		"not placed":    func(j *execution.Job) { j.Spec.Models[0].Path = "/models/absent" },
		"climbs":        func(j *execution.Job) { j.Spec.Models[0].Path = "/models/../../secret" },
		"at the root":   func(j *execution.Job) { AddModel(t, j, "/w.bin", "weights") },
		"over a system": func(j *execution.Job) { AddModel(t, j, "/etc/passwd", "root::0:0::/:/bin/sh") },
		"in the inputs": func(j *execution.Job) { AddModel(t, j, "/inputs/w.bin", "weights") },
		"in an output":  func(j *execution.Job) { AddModel(t, j, "/outputs/w.bin", "weights") },
		"twice":         func(j *execution.Job) { j.Spec.Models = append(j.Spec.Models, j.Spec.Models[0]) },
		"nested":        func(j *execution.Job) { AddModel(t, j, "/models/deep/w.bin", "weights") },
		"a link": func(j *execution.Job) {
			file := execution.ModelFile(j.Dir, "/models/w.bin")
			if err := os.Rename(file, file+".other"); err != nil {
				t.Fatal(err)
			}
			if err := os.Symlink(file+".other", file); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			job := Job(t, outputs(s.Spec("print:no")))
			AddModel(t, &job, "/models/w.bin", "weights")
			spoil(&job)
			_, err := e.Start(t.Context(), job)
			check(t, "code", lilypad.CodeOf(err), lilypad.Invalid)
		})
	}
}
