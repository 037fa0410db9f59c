// Package devchain runs a private EVM chain inside the process: a go-ethereum
// node that seals blocks itself.
//
// It is for the local network and for tests, never for money: anyone who
// reaches its port may move its clock. Block time is not wall time. Each block
// is at least one second after its parent, so many fast blocks run ahead of the
// wall clock, and while nothing happens no block comes; [Chain.Advance] moves
// time on demand.
//
//	c, err := devchain.New(ctx, devchain.Config{Accounts: []lilypad.Address{key.Address()}})
//	defer c.Close()
//	client, err := chain.New(ctx, chain.Config{RPC: c.Attach(), ChainID: c.ChainID()})
//
// It imports go-ethereum's node and the root package; runtime/node, cmd and
// chaintest import it. Nothing below them knows it: they see an RPC client.
package devchain
