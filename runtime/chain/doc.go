// Package chain is the edge to an EVM chain: a [Client] that survives a node's
// absence, a [Follower] of contract events that survives reorganisations, and
// a [Queue] of transactions that survives a crash.
//
// It knows no contract and no deal: runtime/settlement/evm gives both meaning.
// Time here is block time.
//
//	client, err := chain.New(ctx, chain.Config{URL: "ws://127.0.0.1:8545", ChainID: 1337})
//	defer client.Close()
//	queue, err := chain.NewQueue(chain.QueueConfig{Client: client, Key: key, Journal: j})
//	group.Go(func() error { return queue.Run(ctx) })
//	mined, err := queue.Send(ctx, chain.Call{To: contract, Data: packed})
//
// It imports go-ethereum's client, runtime/journal and the root package;
// settlement/evm, runtime/node and cmd import it. devchain is a chain inside
// the process, chaintest what tests of chain users share.
package chain
