package registry

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/google/go-containerregistry/pkg/name"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/publicnet"
)

// maxAnswer bounds a manifest or a token, in bytes; registries refuse to store
// larger manifests.
const maxAnswer = 4 << 20

// Config of a Client. Its zero value asks public registries by HTTPS.
type Config struct {
	AllowPrivate bool          // also registries at private addresses, and by http
	Timeout      time.Duration // of a lookup; zero: 30 s
}

// Client asks registries. Safe for concurrent use.
type Client struct {
	cfg  Config
	http *http.Client
}

// New returns a client.
func New(cfg Config) *Client {
	if cfg.Timeout == 0 {
		cfg.Timeout = 30 * time.Second
	}
	c := &Client{cfg, &http.Client{Timeout: cfg.Timeout, Transport: publicnet.Transport()}}
	if cfg.AllowPrivate {
		c.http.Transport = http.DefaultTransport
	}
	return c
}

// Pin returns an image reference as repository@sha256:…. One that has a digest
// is not looked up.
//
// # Errors
//
// Invalid for what is no reference, NotFound when the registry does not show
// it to everyone, Unauthorized for a private address, Timeout, Unavailable.
func (c *Client) Pin(ctx context.Context, image string) (string, error) {
	ref, err := name.ParseReference(image)
	if err != nil {
		return "", &lilypad.Error{Code: lilypad.Invalid, Msg: "image reference", Err: err}
	}
	if _, ok := ref.(name.Digest); ok {
		return image, nil
	}
	manifest, err := c.manifest(ctx, ref)
	if err != nil {
		return "", explain(image, err)
	}
	return ref.Context().Digest(fmt.Sprintf("sha256:%x", sha256.Sum256(manifest))).Name(), nil
}

var errAbsent = errors.New("not shown")

// manifest fetches the manifest or index of a tag. Its digest is the image's.
func (c *Client) manifest(ctx context.Context, ref name.Reference) ([]byte, error) {
	scheme := "https"
	if c.cfg.AllowPrivate {
		scheme = ref.Context().Scheme() // http for names that are local
	}
	url := scheme + "://" + ref.Context().RegistryStr() + "/v2/" + ref.Context().RepositoryStr() + "/manifests/" + ref.Identifier()
	body, challenge, err := c.get(ctx, url, "")
	if challenge == "" || err != nil {
		return body, err
	}
	token, err := c.token(ctx, challenge)
	if err != nil {
		return nil, err
	}
	if body, challenge, err = c.get(ctx, url, token); err == nil && challenge != "" {
		err = errAbsent
	}
	return body, err
}

const accept = "application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.list.v2+json, " +
	"application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json"

// get returns an answer's body, or the challenge when it wants a token.
func (c *Client) get(ctx context.Context, url, token string) (body []byte, challenge string, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, "", err
	}
	req.Header.Set("Accept", accept)
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	res, err := c.http.Do(req)
	if err != nil {
		return nil, "", err
	}
	defer res.Body.Close()
	switch {
	case res.StatusCode == http.StatusUnauthorized && strings.HasPrefix(res.Header.Get("WWW-Authenticate"), "Bearer "):
		return nil, res.Header.Get("WWW-Authenticate"), nil
	case res.StatusCode == http.StatusUnauthorized || res.StatusCode == http.StatusForbidden || res.StatusCode == http.StatusNotFound:
		return nil, "", errAbsent
	case res.StatusCode != http.StatusOK:
		return nil, "", fmt.Errorf("registry answers %s", res.Status)
	}
	body, err = io.ReadAll(io.LimitReader(res.Body, maxAnswer+1))
	if err == nil && len(body) > maxAnswer {
		err = fmt.Errorf("answer larger than %d bytes", maxAnswer)
	}
	return body, "", err
}

var parameter = regexp.MustCompile(`(realm|service|scope)="([^"]*)"`)

// token follows a challenge without credentials
// (https://distribution.github.io/distribution/spec/auth/token/).
func (c *Client) token(ctx context.Context, challenge string) (string, error) {
	query, realm := url.Values{}, ""
	for _, m := range parameter.FindAllStringSubmatch(challenge, -1) {
		if m[1] == "realm" {
			realm = m[2]
		} else {
			query.Set(m[1], m[2])
		}
	}
	if !strings.HasPrefix(realm, "https://") && !c.cfg.AllowPrivate {
		return "", fmt.Errorf("registry names %.100q for tokens", realm)
	}
	body, again, err := c.get(ctx, realm+"?"+query.Encode(), "")
	if err != nil {
		return "", err
	}
	var answer struct {
		Token       string `json:"token"`
		AccessToken string `json:"access_token"`
	}
	if again != "" || json.Unmarshal(body, &answer) != nil || answer.Token+answer.AccessToken == "" {
		return "", errAbsent
	}
	if answer.Token == "" {
		return answer.AccessToken, nil
	}
	return answer.Token, nil
}

func explain(image string, err error) error {
	known, isOurs := errors.AsType[*lilypad.Error](err)
	slow, isNet := errors.AsType[interface {
		error
		Timeout() bool
	}](err)
	switch {
	case isOurs:
		return known
	case errors.Is(err, context.Canceled):
		return err
	case isNet && slow.Timeout():
		return lilypad.Errorf(lilypad.Timeout, "the registry of %s takes too long", image).Try("try again, or name the image by its digest")
	case errors.Is(err, errAbsent):
		return lilypad.Errorf(lilypad.NotFound, "there is no public image %s", image).Try("check the template's image and its tag")
	}
	return &lilypad.Error{
		Code: lilypad.Unavailable, Msg: "the registry of " + image + " does not answer", Err: err,
		Remedy: "try again, or name the image by its digest",
	}
}
