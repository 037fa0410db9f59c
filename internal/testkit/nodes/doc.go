// Package nodes starts nodes for the tests of what stands on them, and waits for
// what they do. It bounds hanging, not slowness: [Within] is far more than any
// machine takes.
//
//	n := nodes.Start(t, cfg)
//	creator := api.NewCreatorClient(n.Network.CreatorURL, node.LocalKey("creator"))
//	why := nodes.Refusal(t, creator, api.Order{Module: "cowsay:v0.0.4"})
//
// Tests of runtime/node, cmd/lilypad and internal/e2e import it; nothing else.
package nodes
