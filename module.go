package lilypad

import (
	"crypto/sha256"
	"encoding/json"
)

// Module is a pinned module: what its author published, at one commit, with
// the digests of all that will run. Fields that do not apply are empty.
type Module struct {
	Name       string `json:"name"`                 // as people call it, such as cowsay
	Tag        string `json:"tag,omitempty"`        // what was asked for: a tag, branch or commit
	Repository string `json:"repository,omitempty"` // such as github.com/owner/name; "catalog" for the built-in ones
	Commit     string `json:"commit,omitempty"`     // full git commit
	Publisher  string `json:"publisher,omitempty"`
	Template   Hash   `json:"template"`        // SHA-256 of the template file
	Image      string `json:"image,omitempty"` // image reference with its digest
	Wasm       Hash   `json:"wasm,omitzero"`   // SHA-256 of the WASI command
}

// ID is the SHA-256 of the module's canonical JSON.
func (m Module) ID() ModuleID {
	b, err := json.Marshal(m)
	if err != nil {
		panic(err) // strings and hashes always marshal
	}
	return sha256.Sum256(b)
}

// Spec is a module rendered with its inputs: the job as an executor runs it.
type Spec struct {
	Engine     Engine            `json:"engine"`
	Image      string            `json:"image,omitempty"` // docker
	Wasm       Hash              `json:"wasm,omitzero"`   // wasm
	Entrypoint []string          `json:"entrypoint,omitempty"`
	Args       []string          `json:"args,omitempty"`
	Env        []string          `json:"env,omitempty"` // KEY=value
	WorkDir    string            `json:"workdir,omitempty"`
	Resources  Resources         `json:"resources"`
	GPUModel   string            `json:"gpu_model,omitempty"`
	GPUDriver  string            `json:"gpu_driver,omitempty"` // the lowest version that will do
	Network    bool              `json:"network,omitempty"`
	Inputs     []InputFile       `json:"inputs,omitempty"`
	Models     []Model           `json:"models,omitempty"`
	Outputs    []Output          `json:"outputs,omitempty"`
	Timeout    Seconds           `json:"timeout"`
	Params     map[string]string `json:"params,omitempty"` // the inputs it was rendered with

	Verification Verification `json:"verification,omitzero"`
}

// Verification is how a module's author would have its results verified,
// where creators say nothing else.
type Verification struct {
	Scheme     string `json:"scheme,omitempty"`     // a mediate plugin by name or digest
	AuditBPS   uint16 `json:"audit_bps,omitempty"`  // with Scheme
	Comparator string `json:"comparator,omitempty"` // a compare plugin by name or digest
}

// InputFile is a file that the module reads under /inputs.
type InputFile struct {
	Path     string `json:"path"` // relative to /inputs
	Required bool   `json:"required"`
}

// Model is a large file, such as weights, that a module reads and that lies
// outside of its image. The same bytes are the same model, wherever they come
// from.
type Model struct {
	URL    string `json:"url"` // https, or http where an operator allows it
	SHA256 Hash   `json:"sha256,omitzero"`
	Bytes  uint64 `json:"bytes,omitempty"` // exactly
	Path   string `json:"path"`            // absolute, in a folder of models alone
}

// Output is a folder that the job fills.
type Output struct {
	Name string `json:"name"` // the folder's name in the results
	Path string `json:"path"` // where the job writes it
}
