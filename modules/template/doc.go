// Package template renders lilypad_module.json.tmpl, the file in which a
// module's author says what is to be run, into a [lilypad.Spec].
//
// The file is a text/template around JSON. Over a hundred public repositories
// carry one that was written for another implementation, with its faults, and
// must run unchanged. So this is a reader of its own kind:
//
//   - Inputs are data. They never become part of the text that is parsed as
//     JSON; a prompt with quotes, braces or line breaks arrives as it was
//     typed, and cannot add a field.
//   - The JSON is read leniently (see reader) and each pardon is a warning
//     with its line. What cannot be read is refused with line and fix.
//   - Actions are inputs, texts, variables, the functions of [text/template]
//     that make sense of texts, subst, default, if, else and with. No loops and
//     no templates within templates: one cannot run long.
//   - Sizes become MB of 10⁶ bytes and CPU thousandths of a core. Where the
//     machine block and the job's resources differ the larger counts; a
//     container gets at least 512 MB of memory, or 4096 MB with a GPU, for most
//     templates ask for 100 whatever they run.
//
// A template may also name a WASI command, in a top-level field of its own:
//
//	"wasm": "tool.wasm"      a file of the module's repository
//	"wasm": "sha256:…"       known by its digest
//	"wasm": {"path": "tool.wasm", "sha256": "…", "entrypoint": […], "args": […], "env": […]}
//
// It then has two forms, docker and wasm; what the wasm object leaves out is
// as in the docker form. Files that the module reads are listed beside it:
//
//	"inputFiles": {"required": ["photo.png"], "optional": ["style.json"]}
//
// Weights and other large files that its image does not hold are named by where
// they lie, what they are and where the module reads them:
//
//	"models": [{"url": "https://…/weights.safetensors", "sha256": "…", "bytes": 123, "path": "/models/weights.safetensors"}]
//
// And how its results are verified where a creator says nothing else: a scheme,
// with the share of results in 10 000 that mediators see, and a comparator:
//
//	"verification": {"scheme": "audit", "audit_bps": 3000, "comparator": "numeric"}
//
// [Lint] finds what an author should mend, [Fix] mends what changes no job.
//
// Example:
//
//	r, err := template.Render(text, map[string]string{"Message": "moo"})
//	spec := r.Forms[lilypad.EngineDocker]
//
// It fetches and pins nothing: package modules does. It imports the root
// package and internal/nearest.
package template
