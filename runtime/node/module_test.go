package node_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad/internal/signing"
	"github.com/lilypad-network/lilypad/internal/testkit/nodes"
	"github.com/lilypad-network/lilypad/modules"
	"github.com/lilypad-network/lilypad/modules/catalog"
	"github.com/lilypad-network/lilypad/modules/git"
	"github.com/lilypad-network/lilypad/modules/git/gittest"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/node"
	"github.com/lilypad-network/lilypad/runtime/pluginstore"
)

const cowRepository = "owner/lilypad-module-cow"

// publish commits the catalog's cow to a repository, as its publishers sign it
// there, and returns its signature file.
func publish(t *testing.T, s *gittest.Server, tag string, signatures []byte, keys ...signing.PrivateKey) []byte {
	t.Helper()
	e, err := catalog.Lookup("cowsay", "")
	if err != nil {
		t.Fatal(err)
	}
	wasm, err := catalog.Wasm(t.Context(), e.Wasm)
	if err != nil {
		t.Fatal(err)
	}
	pinned := strings.Replace(string(e.Template), "lilypad/cowsay:v0.0.4", "lilypad/cowsay@sha256:"+strings.Repeat("ab", 32), 1)
	files := map[string]string{modules.TemplateFile: pinned, "cowsay.wasm": string(wasm)}
	commit := s.Commit(cowRepository, files)
	r, err := modules.New(modules.Config{CacheDir: t.TempDir(), Git: git.Config{Mirrors: map[string]string{"github.com": s.URL}}})
	if err != nil {
		t.Fatal(err)
	}
	found, err := r.Resolve(t.Context(), "github.com/"+cowRepository+":"+commit)
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range keys {
		if signatures, err = modules.Sign(t.Context(), found.Module, k, signatures); err != nil {
			t.Fatal(err)
		}
	}
	if signatures != nil {
		files[modules.SignaturesFile] = string(signatures)
		s.Commit(cowRepository, files)
	}
	s.Git(cowRepository, "tag", tag)
	return signatures
}

// A provider with the admit plugin trusted takes what a trusted key has signed;
// an allow list sees the same signers.
func TestNode_modulesOfTrustedSigners(t *testing.T) {
	s, dir := gittest.Serve(t), t.TempDir()
	keys := map[string]signing.PrivateKey{}
	store := pluginstore.New(filepath.Join(dir, "plugins"))
	for _, name := range []string{"alice", "mallory", "stranger"} {
		k, err := signing.GenerateKey(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if keys[name] = k; name == "stranger" {
			continue
		}
		if err := store.AddKey(t.Context(), pluginstore.TrustedKey{Key: k.PublicKey, Name: name}); err != nil {
			t.Fatal(err)
		}
	}
	publish(t, s, "unsigned", nil)
	publish(t, s, "signed", nil, keys["alice"])
	publish(t, s, "both", nil, keys["stranger"], keys["alice"])
	forged := publish(t, s, "stranger", nil, keys["stranger"])
	publish(t, s, "forged", []byte(strings.ReplaceAll(string(forged), keys["stranger"].String(), keys["alice"].String())))
	publish(t, s, "broken", []byte("{"))
	publish(t, s, "mallory", nil, keys["mallory"])

	cfg, err := node.Local(filepath.Join(dir, "local"), node.LocalOptions{Providers: 1, Mediators: 3, Docker: node.DockerOff})
	if err != nil {
		t.Fatal(err)
	}
	cfg.PluginStore = filepath.Join(dir, "plugins")
	cfg.Mirrors = map[string]string{"github.com": s.URL}
	cfg.Providers[0].Admit = node.PluginRef{Use: "trusted", Settings: map[string]any{"signers": []any{map[string]any{"identity": "alice"}}}}
	cfg.Creator.Allow = node.PluginRef{Settings: map[string]any{"rules": []any{map[string]any{"action": "deny", "signer": keys["mallory"].String()}}}}
	n := nodes.Start(t, cfg)
	c := api.NewCreatorClient(n.Network.CreatorURL, node.LocalKey("creator"))
	const declined = "admit plugin trusted: nobody on the lists stands behind the module"
	for tag, want := range map[string]string{
		"signed": "", "both": "", "unsigned": declined, "stranger": declined, "forged": declined, "broken": declined,
		"mallory": "the creator does not allow module cow:mallory: own list, rule 1",
	} {
		t.Run(tag, func(t *testing.T) {
			order := api.Order{Module: "github.com/" + cowRepository + ":" + tag, Inputs: map[string]string{"Message": "moo"}}
			if got := nodes.Refusal(t, c, order); got != want && (want == "" || !strings.Contains(got, want)) {
				t.Errorf("refused with %q, want %q", got, want)
			}
		})
	}
}
