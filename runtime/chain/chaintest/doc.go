// Package chaintest is what tests of chain users share: a dev chain in memory,
// funded keys, a running queue, two tiny contracts, and two fakes that fail on
// demand, the [Proxy] in front of a node and the [FakeChain] of logs.
//
//	net := chaintest.Start(t, 2) // two funded keys
//	queue := net.Queue(t, net.Keys[0])
//	mined, err := queue.Send(ctx, chain.Call{Data: chaintest.Emitter})
//
// Only tests import it.
package chaintest
