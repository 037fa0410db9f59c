package evm

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/ethereum/go-ethereum/common"
	"golang.org/x/sync/errgroup"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/settlement"
)

// Plan is what a network's contracts are told when they are made. Plan and
// code determine their addresses (EIP-1014), on every chain alike.
type Plan struct {
	Sink    lilypad.Address   `json:"sink"`    // gets what is forfeited
	Steward lilypad.Address   `json:"steward"` // keeps the list of modules
	Holder  lilypad.Address   `json:"holder"`  // gets the supply
	Supply  lilypad.Amount    `json:"supply"`  // all LILY there will ever be
	Bounds  settlement.Bounds `json:"bounds"`  // zero: settlement.DefaultBounds
}

// Deployment is a set of contracts on one chain, made or to be made.
type Deployment struct {
	ChainID   uint64     `json:"chain_id"`
	Plan      Plan       `json:"plan"`
	Contracts []Contract `json:"contracts"` // in the order of making
}

// Contract is one of a Deployment.
type Contract struct {
	Name    string          `json:"name"`
	Address lilypad.Address `json:"address"`
	// CodeHash is the Keccak-256 of the code at the address.
	CodeHash lilypad.Hash `json:"code_hash"`
	Tx       lilypad.Hash `json:"tx,omitzero"`    // that made it; zero: it was there
	Block    uint64       `json:"block,omitzero"` // of Tx

	creation, code []byte
}

// NewDeployment computes where the committed contracts come to lie under a
// plan, and what code will be there. Nothing is sent.
//
// # Errors
//
// Invalid for a plan that a constructor refuses.
func NewDeployment(chainID uint64, plan Plan) (Deployment, error) {
	if plan.Bounds == (settlement.Bounds{}) {
		plan.Bounds = settlement.DefaultBounds
	}
	d := Deployment{ChainID: chainID, Plan: plan}
	for _, b := range builds {
		c, err := newContract(chainID, b.name, b.code, b.arguments(d))
		if err != nil {
			return d, err
		}
		d.Contracts = append(d.Contracts, c)
	}
	return d, nil
}

// newContract computes where a contract comes to lie, and its code there. build
// is hexadecimal.
func newContract(chainID uint64, name, build string, arguments []byte) (Contract, error) {
	creation := append(common.FromHex(build), arguments...)
	at, code, err := construct(chainID, creation)
	if err != nil {
		return Contract{}, &lilypad.Error{Code: lilypad.Invalid, Msg: "the constructor of " + name + " refuses what it is told", Err: err}
	}
	return Contract{Name: name, Address: at, CodeHash: lilypad.Keccak256(code), creation: creation, code: code}, nil
}

// Address is where the contract of that name lies; zero for one that is not
// in the deployment.
func (d Deployment) Address(name string) lilypad.Address {
	for _, c := range d.Contracts {
		if c.Name == name {
			return c.Address
		}
	}
	return lilypad.Address{}
}

// Addresses are those that a ledger needs.
func (d Deployment) Addresses() Addresses {
	return Addresses{Settlement: d.Address(nameSettlement), Token: d.Address(nameToken), Sink: d.Plan.Sink, Modules: d.Address(nameModules)}
}

// Since is the block in which the first of the contracts was made; 0: it is not
// known of all.
func (d Deployment) Since() uint64 {
	var first uint64
	for i, c := range d.Contracts {
		if i == 0 || c.Block < first {
			first = c.Block
		}
	}
	return first
}

// Same tells whether two deployments are of the same code, plan and places.
func (d Deployment) Same(o Deployment) bool {
	return d.ChainID == o.ChainID && d.Plan == o.Plan && slices.EqualFunc(d.Contracts, o.Contracts, func(a, b Contract) bool {
		return a.Name == b.Name && a.Address == b.Address && a.CodeHash == b.CodeHash
	})
}

// Keep takes over, from an earlier record of the same deployment, the
// transactions of contracts that were there already.
func (d Deployment) Keep(old Deployment) {
	for i, c := range old.Contracts {
		if d.Contracts[i].Tx.IsZero() {
			d.Contracts[i].Tx, d.Contracts[i].Block = c.Tx, c.Block
		}
	}
}

// Deploy makes the contracts that are not there yet, notes their transactions
// in d and tells progress, one call at a time, of each contract that is in its
// place. d is of [NewDeployment]. What was cut short goes on with another call.
//
// # Errors
//
// Conflict when the chain has no deterministic factory (EIP-7997), or when code
// of another build is at an address; those of client and queue.
func (d Deployment) Deploy(ctx context.Context, queue *chain.Queue, progress func(Contract)) error {
	if err := hasFactory(ctx, queue.Client()); err != nil {
		return err
	}
	var mu sync.Mutex // of progress
	group, ctx := errgroup.WithContext(ctx)
	for i := range d.Contracts {
		group.Go(func() error {
			c := &d.Contracts[i]
			if err := c.deploy(ctx, queue); err != nil {
				return fmt.Errorf("deploy %s: %w", c.Name, err)
			}
			mu.Lock()
			defer mu.Unlock()
			progress(*c)
			return nil
		})
	}
	return group.Wait()
}

func (c *Contract) deploy(ctx context.Context, queue *chain.Queue) error {
	if err := c.verify(ctx, queue.Client()); lilypad.CodeOf(err) != lilypad.NotFound {
		return err
	}
	mined, err := queue.Send(ctx, chain.Call{To: factory, Data: slices.Concat(salt[:], c.creation)})
	if err == nil {
		c.Tx, c.Block = lilypad.Hash(mined.Receipt.TxHash), mined.Block.Number
	}
	// Anyone may have made it meanwhile, to the same effect.
	if wrong := c.verify(ctx, queue.Client()); wrong != nil {
		return cmp.Or(err, wrong)
	}
	return nil
}

// Verify compares the code at each address with that of the committed build,
// byte for byte. d is of [NewDeployment]. An address vouches for a contract's
// arguments: with others it would lie elsewhere.
//
// # Errors
//
// Conflict, naming the contract and the first byte that differs.
func (d Deployment) Verify(ctx context.Context, client *chain.Client) error {
	for _, c := range d.Contracts {
		if err := c.verify(ctx, client); err != nil {
			return err
		}
	}
	return nil
}

func (c *Contract) verify(ctx context.Context, client *chain.Client) error {
	there, err := client.Code(ctx, c.Address)
	if err != nil {
		return err
	}
	wrong := &lilypad.Error{Op: "contracts", Code: lilypad.Conflict}
	switch {
	case len(there) == 0:
		wrong.Code, wrong.Msg = lilypad.NotFound, fmt.Sprintf("there is no %s at %s", c.Name, c.Address)
		return wrong.Try("lilypad contracts deploy")
	case bytes.Equal(c.code, there):
		return nil
	}
	at := 0
	for at < min(len(c.code), len(there)) && c.code[at] == there[at] {
		at++
	}
	wrong.Msg = fmt.Sprintf("the code at %s is not that of %s: byte %d of %d differs", c.Address, c.Name, at, len(c.code))
	return wrong.Try("use the release that the network was deployed with")
}

// Grant gives an account what it lacks to hold that much in its wallet.
type Grant struct {
	To     lilypad.Address
	Amount lilypad.Amount
}

// Deploy makes all contracts of a plan, whose holder and steward, where it
// names none, are the account that deploys, and pays grants out of its supply.
//
// # Errors
//
// Those of [NewDeployment] and [Deployment.Deploy]; Exhausted when the supply
// does not cover the grants.
func Deploy(ctx context.Context, queue *chain.Queue, plan Plan, grants ...Grant) (Addresses, error) {
	for _, who := range []*lilypad.Address{&plan.Holder, &plan.Steward} {
		if who.IsZero() {
			*who = queue.Address()
		}
	}
	d, err := NewDeployment(queue.Client().ChainID(), plan)
	if err != nil {
		return Addresses{}, err
	}
	if err := d.Deploy(ctx, queue, func(Contract) {}); err != nil {
		return Addresses{}, err
	}
	group, ctx := errgroup.WithContext(ctx)
	for _, g := range grants {
		group.Go(func() error {
			if err := g.pay(ctx, queue, d.Addresses().Token); err != nil {
				return fmt.Errorf("grant to %s: %w", g.To, err)
			}
			return nil
		})
	}
	return d.Addresses(), group.Wait()
}

func (g Grant) pay(ctx context.Context, queue *chain.Queue, token lilypad.Address) error {
	has, err := view(ctx, queue.Client(), token, tokenABI.PackBalanceOf(common.Address(g.To)), tokenABI.UnpackBalanceOf)
	if err != nil || whole(has) >= g.Amount {
		return err
	}
	_, err = give(ctx, queue, token, g.To, g.Amount-whole(has))
	return err
}
