// Package node turns a configuration into running services: one role, or a
// whole local network in one process. It is the only place that knows both the
// roles and the implementations that they run on, and joins them.
//
// It decides nothing itself: what a role does is in the role's package, what
// operators decide is in plugins.
//
//	n, err := node.Start(ctx, node.Local(dir, node.LocalOptions{Providers: 2, Mediators: 3}))
//	defer n.Close()
package node
