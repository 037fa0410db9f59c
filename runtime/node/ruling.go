package node

import (
	"context"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/pluginhost"
	"github.com/lilypad-network/lilypad/runtime/pluginstore"
)

// Ruling is what an allow plugin says of a module.
type Ruling struct {
	Plugin     string `json:"plugin"`
	Permission string `json:"permission"` // allow, deny or abstain, with which it may run
	Reason     string `json:"reason,omitempty"`
}

// Rule asks the allow plugin of a configuration about a module, in the place of
// a creator that would order it. The list on chain is not read.
func Rule(ctx context.Context, cacheDir string, files []PluginFile, own PluginRef, m lilypad.Module, n lilypad.Needs, signers []pluginstore.TrustedKey) (r Ruling, err error) {
	host, err := pluginhost.New(pluginhost.Config{CacheDir: cacheDir})
	if err != nil {
		return r, err
	}
	defer host.Close()
	s, err := newShelf(host, files)
	if err != nil {
		return r, err
	}
	p, err := s.configured(hostapi.HookAllow, own, defaultAllow)
	if err != nil {
		return r, err
	}
	wire := moduleToWire(hostapi.RoleCreator, m, n, signers)
	wire.Listing = hostapi.ListingUnlisted
	said, err := p.Allow(ctx, 0, []hostapi.Module{wire})
	if err != nil {
		return r, err
	}
	return Ruling{p.Manifest().Name, said[0].Permission.String(), p.Reason(lang, said[0].Reason, said[0].Arg0, said[0].Arg1)}, nil
}
