package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/modules"
	"github.com/lilypad-network/lilypad/modules/registry"
	"github.com/lilypad-network/lilypad/runtime/node"
	"github.com/lilypad-network/lilypad/runtime/settlement/evm"
)

// moduleStandings are the commands about the steward's list on chain.
func (a *app) moduleStandings() []*cobra.Command {
	standing := &cobra.Command{
		Use: "standing", Short: "Show which modules the network's steward has listed or blocked", Example: "  lilypad module standing --json", Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.moduleStanding(cmd.Context()) },
	}
	block := &cobra.Command{
		Use: "block MODULE[:TAG]", Short: "Block a module in new deals of the whole network, as its steward", Args: oneArg("MODULE", "lilypad module block cowsay:v0.0.4 --reason https://example.org/why"),
		Long:    "Block puts a module, or the digest that lilypad module inspect shows, on the\nnetwork's list on chain. Creators, solvers and providers refuse what runs the same\nbytes in new deals, under any name and tag, and tell the reason; open deals go on.\nWhere the template leaves its image to a tag, that is every image of the tag.",
		Example: "  lilypad module block cowsay:v0.0.4 --reason https://example.org/why",
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.setStanding(cmd.Context(), args[0], evm.Listing{Standing: evm.Blocked, Reason: a.v.GetString("reason")})
		},
	}
	block.Flags().String("reason", "", "why, in words or as a URI; at most 256 bytes")
	unblock := &cobra.Command{
		Use: "unblock MODULE[:TAG]", Short: "Take a module's block back, as the network's steward", Args: oneArg("MODULE", "lilypad module unblock cowsay:v0.0.4"),
		Long:    "Unblock takes a module off the list. With --listed it stays there as one that the\nsteward recommends; allow plugins see that.",
		Example: "  lilypad module unblock cowsay:v0.0.4\n  lilypad module unblock cowsay:v0.0.4 --listed",
		RunE: func(cmd *cobra.Command, args []string) error {
			l := evm.Listing{Standing: evm.Unlisted}
			if a.v.GetBool("listed") {
				l.Standing = evm.Listed
			}
			return a.setStanding(cmd.Context(), args[0], l)
		},
	}
	unblock.Flags().Bool("listed", false, "recommend the module")
	for _, c := range []*cobra.Command{block, unblock} {
		keyFlag(c, "steward")
		yesFlag(c, "do not ask before sending")
		mirrorFlag(c)
	}
	return []*cobra.Command{standing, block, unblock}
}

// moduleID reads the id that deals name a module by, or resolves a reference to
// one as nodes do.
func (a *app) moduleID(ctx context.Context, ref string) (lilypad.ModuleID, error) {
	return a.identify(ctx, ref, func(r modules.Resolved) (lilypad.ModuleID, error) { return r.Module.ID(), nil })
}

// listedAs is moduleID for what the steward's list names a module by. What is
// recommended is one image; a block holds for all that a tag may mean.
func (a *app) listedAs(ctx context.Context, ref string, s evm.Standing) (lilypad.ModuleID, error) {
	return a.identify(ctx, ref, func(r modules.Resolved) (lilypad.ModuleID, error) {
		id, err := modules.BlockID(r)
		if exact := modules.Digest(r.Module); s == evm.Listed && err == nil && id != exact {
			err = lilypad.Errorf(lilypad.Invalid, "the template of %s names its image by a tag, so only an image can be recommended", ref).
				Try("lilypad module unblock %s, then lilypad module unblock %s --listed", ref, exact)
		}
		return lilypad.ModuleID(id), err
	})
}

func (a *app) identify(ctx context.Context, ref string, by func(modules.Resolved) (lilypad.ModuleID, error)) (id lilypad.ModuleID, err error) {
	if err := id.UnmarshalText([]byte(ref)); err == nil {
		return id, nil
	}
	m, err := a.resolve(ctx, ref, registry.New(registry.Config{}))
	if err != nil {
		return id, err
	}
	return by(m)
}

func (a *app) setStanding(ctx context.Context, ref string, l evm.Listing) error {
	var err error
	if l.Module, err = a.listedAs(ctx, ref, l.Standing); err != nil {
		return err
	}
	log, err := a.logger()
	if err != nil {
		return err
	}
	return a.onNetwork(ctx, func(n node.Network) error {
		key, err := a.key(ctx, a.v.GetString("key"))
		if err != nil {
			return err
		}
		if err := a.confirm(n, "This makes module "+l.Module.String()+" "+l.Standing.String()+" for everybody on network "+n.Name+"."); err != nil {
			return err
		}
		tx, err := node.SetStanding(ctx, n, key, l, log)
		if err != nil {
			return err
		}
		return a.Result(tx, func() { a.Line(l.Standing.String(), "%s", l.Module) })
	})
}

func (a *app) moduleStanding(ctx context.Context) error {
	log, err := a.logger()
	if err != nil {
		return err
	}
	return a.onNetwork(ctx, func(n node.Network) error {
		list, err := node.Standings(ctx, n, log)
		if err != nil {
			return err
		}
		return a.Result(list, func() {
			var rows [][]string
			for _, l := range list {
				rows = append(rows, []string{l.Module.String(), l.Standing.String(), l.Reason})
			}
			a.Table([]string{"digest", "standing", "reason"}, rows)
		})
	})
}
