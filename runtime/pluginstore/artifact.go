package pluginstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"time"

	specs "github.com/opencontainers/image-spec/specs-go"
	ocispec "github.com/opencontainers/image-spec/specs-go/v1"
	"oras.land/oras-go/v2"
	"oras.land/oras-go/v2/content"
	"oras.land/oras-go/v2/content/memory"
	"oras.land/oras-go/v2/content/oci"
	"oras.land/oras-go/v2/errdef"
	"oras.land/oras-go/v2/registry"
	"oras.land/oras-go/v2/registry/remote"
	"oras.land/oras-go/v2/registry/remote/auth"
	"oras.land/oras-go/v2/registry/remote/credentials"
	"oras.land/oras-go/v2/registry/remote/errcode"
	"oras.land/oras-go/v2/registry/remote/retry"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/internal/version"
)

// Media types of an artifact: the wasm artifact layout of the CNCF TAG Runtime
// (https://tag-runtime.cncf.io/wgs/wasm/deliverables/wasm-oci-artifact/), and
// two layers of ours behind the module.
const (
	configType     = "application/vnd.wasm.config.v0+json"
	wasmType       = "application/wasm"
	signaturesType = "application/vnd.dsse.envelope.v1+json"
)

const (
	layoutFile = ocispec.ImageLayoutFile
	indexFile  = ocispec.ImageIndexFile
	maxOCI     = 1 << 20 // bytes of an artifact's manifest or a layout's index
	maxLayers  = 16
)

// wasmConfig is the artifact's config. Created is always the epoch, so that
// equal packages are equal artifacts.
type wasmConfig struct {
	Created      time.Time `json:"created"`
	Architecture string    `json:"architecture"`
	OS           string    `json:"os"`
	LayerDigests []string  `json:"layerDigests"`
}

// Registry reaches OCI registries with the credentials of docker login. The
// zero value uses HTTPS, and HTTP for this machine alone.
type Registry struct {
	PlainHTTP bool          // HTTP for all
	Timeout   time.Duration // of one push or pull; zero: 2 minutes
}

// Push uploads a package to HOST/REPOSITORY:TAG and returns the reference of
// what it uploaded, by digest.
//
// # Errors
//
// Invalid for what is no reference, Unauthorized, Timeout, Unavailable.
func (r Registry) Push(ctx context.Context, p Package, ref string) (pinned string, err error) {
	ctx, cancel := r.limit(ctx)
	defer cancel()
	repo, err := r.open(ref)
	if err != nil {
		return "", err
	}
	tag := repo.Reference.Reference
	if tag == "" || repo.Reference.ValidateReferenceAsTag() != nil {
		return "", lilypad.Errorf(lilypad.Invalid, "%s has no tag", ref).Try("push to HOST/REPOSITORY:%s", p.Info.Version)
	}
	at, err := p.copyTo(ctx, repo, tag)
	if err != nil {
		return "", explain("push to "+ref, err)
	}
	return pin(repo.Reference, at), nil
}

// Pull downloads the package of a reference, HOST/REPOSITORY@sha256:DIGEST, or
// with a tag, which is resolved; pinned is the reference by digest.
//
// # Errors
//
// A [Refusal]; Invalid for what is no reference, NotFound, Unauthorized,
// Timeout, Unavailable.
func (r Registry) Pull(ctx context.Context, ref string) (p Package, pinned string, err error) {
	ctx, cancel := r.limit(ctx)
	defer cancel()
	repo, err := r.open(ref)
	if err != nil {
		return p, "", err
	}
	if repo.Reference.Reference == "" {
		return p, "", lilypad.Errorf(lilypad.Invalid, "%s has no digest and no tag", ref).Try("pull %s@sha256:DIGEST", ref)
	}
	at, err := repo.Resolve(ctx, repo.Reference.Reference)
	if err == nil {
		p, err = fetchPackage(ctx, repo, at)
	}
	if err != nil {
		return p, "", explain("pull "+ref, err)
	}
	return p, pin(repo.Reference, at), nil
}

func pin(ref registry.Reference, at ocispec.Descriptor) string {
	ref.Reference = at.Digest.String()
	return ref.String()
}

func (r Registry) limit(ctx context.Context) (context.Context, context.CancelFunc) {
	if r.Timeout == 0 {
		r.Timeout = 2 * time.Minute
	}
	return context.WithTimeout(ctx, r.Timeout)
}

func (r Registry) open(ref string) (*remote.Repository, error) {
	repo, err := remote.NewRepository(ref)
	if err != nil {
		return nil, &lilypad.Error{Code: lilypad.Invalid, Msg: fmt.Sprintf("%.200q is no reference", ref), Remedy: "write it like registry.example.org/plugins/demo@sha256:DIGEST", Err: err}
	}
	stored, err := credentials.NewStoreFromDocker(credentials.StoreOptions{})
	if err != nil {
		return nil, &lilypad.Error{Code: lilypad.Invalid, Msg: "credentials of docker login", Err: err}
	}
	client := &auth.Client{Client: retry.DefaultClient, Cache: auth.NewCache(), Credential: credentials.Credential(stored)}
	client.SetUserAgent("lilypad/" + version.Version)
	repo.Client, repo.PlainHTTP, repo.MaxMetadataBytes = client, r.PlainHTTP || thisMachine(repo.Reference.Registry), maxOCI
	return repo, nil
}

func thisMachine(registry string) bool {
	host, _, err := net.SplitHostPort(registry)
	if err != nil {
		host = registry
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// explain gives a failure of a registry its code.
func explain(what string, err error) error {
	if _, known := errors.AsType[*lilypad.Error](err); known {
		return err
	}
	e := &lilypad.Error{Code: lilypad.Unavailable, Msg: what, Remedy: "check the name and the registry, and try again", Err: err}
	response, answered := errors.AsType[*errcode.ErrorResponse](err)
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		e.Code = lilypad.Timeout
	case errors.Is(err, errdef.ErrNotFound):
		e.Code, e.Remedy = lilypad.NotFound, "check the reference; tags can be moved and removed, digests cannot"
	case errors.Is(err, content.ErrMismatchedDigest) || errors.Is(err, content.ErrTrailingData) || errors.Is(err, content.ErrInvalidDescriptorSize):
		return &Refusal{Rule: RuleDigest, Msg: what + ": the registry sent other bytes than it promised", Err: err}
	case answered && (response.StatusCode == http.StatusUnauthorized || response.StatusCode == http.StatusForbidden):
		e.Code, e.Remedy = lilypad.Unauthorized, "docker login to the registry, or lay the credentials where docker keeps them"
	}
	return e
}

// WriteLayout adds a package to a folder that is an OCI image layout, or makes
// one, and returns the artifact's digest.
func (p Package) WriteLayout(ctx context.Context, dir string) (digest string, err error) {
	store, err := oci.New(dir)
	if err != nil {
		return "", &lilypad.Error{Code: lilypad.Conflict, Msg: "OCI image layout", Remedy: "name a new folder, or one that is a layout", Err: err}
	}
	at, err := p.copyTo(ctx, store, p.Info.Version)
	return at.Digest.String(), err
}

// copyTo lays the artifact out in memory and copies it.
func (p Package) copyTo(ctx context.Context, to oras.Target, tag string) (at ocispec.Descriptor, err error) {
	from := memory.New()
	var layers []ocispec.Descriptor
	for _, part := range []struct {
		mediaType string
		bytes     []byte
	}{{wasmType, p.Wasm}, {ManifestType, p.Manifest}, {signaturesType, p.Signatures}} {
		if part.bytes == nil {
			continue
		}
		layer, err := oras.PushBytes(ctx, from, part.mediaType, part.bytes)
		if err != nil {
			return at, err
		}
		layers = append(layers, layer)
	}
	config := wasmConfig{Created: time.Unix(0, 0).UTC(), Architecture: "wasm", OS: "wasip1"}
	for _, l := range layers {
		config.LayerDigests = append(config.LayerDigests, l.Digest.String())
	}
	text, err := json.Marshal(config)
	if err != nil {
		return at, err
	}
	m := ocispec.Manifest{Versioned: specs.Versioned{SchemaVersion: 2}, MediaType: ocispec.MediaTypeImageManifest, Layers: layers, Annotations: map[string]string{
		ocispec.AnnotationTitle: p.Info.Name, ocispec.AnnotationVersion: p.Info.Version, ocispec.AnnotationDescription: p.Info.Summary,
		ocispec.AnnotationSource: p.Info.Source, ocispec.AnnotationLicenses: p.Info.License,
	}}
	if m.Config, err = oras.PushBytes(ctx, from, configType, text); err != nil {
		return at, err
	}
	if text, err = json.Marshal(m); err != nil {
		return at, err
	}
	if at, err = oras.TagBytes(ctx, from, m.MediaType, text, tag); err != nil {
		return at, err
	}
	return oras.Copy(ctx, from, tag, to, tag, oras.DefaultCopyOptions)
}

// readLayout reads the one plugin of an OCI image layout.
func readLayout(root *os.Root) (p Package, err error) {
	text, err := readFile(root, indexFile, maxOCI)
	if err != nil {
		return p, err
	}
	var index ocispec.Index
	if err := json.Unmarshal(text, &index); err != nil {
		return p, &Refusal{Rule: RuleLayout, Msg: "index.json of the layout", Err: err}
	}
	if len(index.Manifests) != 1 {
		return p, refusef(RuleLayout, "the layout %s has %d artifacts; want one", root.Name(), len(index.Manifests)).try("push it to a registry and pull the one that you mean by its digest")
	}
	storage := oci.NewStorageFromFS(root.FS())
	if p, err = fetchPackage(context.Background(), storage, index.Manifests[0]); err != nil {
		return p, explain("read "+root.Name(), err)
	}
	return p, nil
}

// fetchPackage reads an artifact. Nothing in it names a path: parts are told
// apart by their media types. Sizes are checked before anything is read, and
// what is read has the promised size and digest.
func fetchPackage(ctx context.Context, from content.Fetcher, at ocispec.Descriptor) (p Package, err error) {
	if at.Size > maxOCI {
		return p, tooLarge("the artifact's manifest", maxOCI)
	}
	text, err := content.FetchAll(ctx, from, at)
	if err != nil {
		return p, err
	}
	layers, err := parseArtifact(text)
	if err != nil {
		return p, err
	}
	parts := map[string][]byte{}
	for kind, layer := range layers {
		if parts[kind], err = content.FetchAll(ctx, from, layer); err != nil {
			return p, err
		}
	}
	return NewPackage(parts[wasmType], parts[ManifestType], parts[signaturesType])
}

// parseArtifact finds the layers of a plugin by their media types. Layers of
// other types are left alone.
func parseArtifact(text []byte) (map[string]ocispec.Descriptor, error) {
	var m ocispec.Manifest
	if err := json.Unmarshal(text, &m); err != nil {
		return nil, &Refusal{Rule: RuleLayout, Msg: "the artifact's manifest", Err: err}
	}
	if m.Config.MediaType != configType || len(m.Layers) > maxLayers {
		return nil, refusef(RuleLayout, "it has a config of type %.100q and %d layers; want %s and at most %d", m.Config.MediaType, len(m.Layers), configType, maxLayers)
	}
	limits := map[string]int64{wasmType: maxWasm, ManifestType: hostapi.MaxManifest, signaturesType: maxSignatures}
	layers := map[string]ocispec.Descriptor{}
	for _, l := range m.Layers {
		limit, ours := limits[l.MediaType]
		if !ours {
			continue
		}
		if _, twice := layers[l.MediaType]; twice {
			return nil, refusef(RuleLayout, "it has two layers of type %s", l.MediaType)
		}
		if l.Size > limit || l.Size < 0 {
			return nil, tooLarge("the layer of type "+l.MediaType, int(limit))
		}
		if err := l.Digest.Validate(); err != nil {
			return nil, &Refusal{Rule: RulePath, Msg: fmt.Sprintf("a layer is named %.100q, which is no digest", l.Digest), Err: err}
		}
		layers[l.MediaType] = l
	}
	for _, kind := range []string{wasmType, ManifestType} {
		if _, ok := layers[kind]; !ok {
			return nil, refusef(RuleLayout, "it has no layer of type %s", kind)
		}
	}
	return layers, nil
}
