package node

import (
	"context"
	"slices"

	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// limitKeys puts the key of every role behind its spending limits, and keeps
// it from sending money anywhere but into the network's contract.
func (n *Node) limitKeys(context.Context) error {
	if n.Spending.Dir == "" {
		return nil
	}
	hot := func(key wallet.Account) wallet.Account {
		return &wallet.Limited{Account: key, Spending: n.Spending, Domain: n.Network.Domain(), Token: n.Network.Token}
	}
	if n.Solver != nil {
		c := *n.Solver
		c.Key, n.Solver = hot(c.Key), &c
	}
	if n.Creator != nil {
		c := *n.Creator
		c.Key, n.Creator = hot(c.Key), &c
	}
	n.Providers, n.Mediators = slices.Clone(n.Providers), slices.Clone(n.Mediators)
	for i := range n.Providers {
		n.Providers[i].Key = hot(n.Providers[i].Key)
	}
	for i := range n.Mediators {
		n.Mediators[i].Key = hot(n.Mediators[i].Key)
	}
	return nil
}
