package node

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/deployments"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/settlement/evm"
	"github.com/lilypad-network/lilypad/runtime/wallet"
)

// PlanDeployment computes the deployment of a network for what its constructors
// are told. Bounds are made from the network's windows: none of a deal's may be
// shorter than the shortest of these. A local network's plan is its own.
//
// # Errors
//
// Invalid for a plan without a sink, steward or holder.
func PlanDeployment(n Network, plan evm.Plan) (evm.Deployment, error) {
	if n.Local() {
		return evm.NewDeployment(n.ChainID, localPlan())
	}
	if plan.Sink.IsZero() || plan.Steward.IsZero() || plan.Holder.IsZero() {
		return evm.Deployment{}, lilypad.Errorf(lilypad.Invalid, "a deployment needs a sink, a steward and who holds the supply").
			Try("pass --sink, --steward and --holder")
	}
	plan.Bounds = settlement.DefaultBounds
	plan.Bounds.WindowMin = min(n.Windows.Judge, n.Windows.Reveal, n.Windows.Mediate)
	return evm.NewDeployment(n.ChainID, plan)
}

// maxRecord bounds the record of a deployment, in bytes: one takes 2 000.
const maxRecord = 1 << 20

func deploymentFile(n Network, dir string) string {
	return filepath.Join(dir, fmt.Sprintf("%d.json", n.ChainID))
}

// ReadDeployment reads what was deployed for a network: the file of its chain
// in a folder of records, or else the one that came with this release. A local
// network's follows from its plan.
//
// # Errors
//
// NotFound when there is none, Invalid for one that cannot be read.
func ReadDeployment(n Network, dir string) (evm.Deployment, error) {
	if n.Local() {
		return evm.NewDeployment(n.ChainID, localPlan())
	}
	file := deploymentFile(n, dir)
	text, err := ReadBounded(file, maxRecord)
	if errors.Is(err, fs.ErrNotExist) {
		var known bool
		if text, known = deployments.Find(n.ChainID); !known {
			return evm.Deployment{}, lilypad.Errorf(lilypad.NotFound, "no contracts are known on chain %d", n.ChainID).Try("lilypad contracts deploy --network %s", n.Name)
		}
		file, err = "of this release", nil
	}
	var d evm.Deployment
	if err == nil {
		err = json.Unmarshal(text, &d)
	}
	if err == nil && d.ChainID != n.ChainID {
		err = fmt.Errorf("it is of chain %d", d.ChainID)
	}
	if err != nil {
		return d, &lilypad.Error{Code: lilypad.Invalid, Msg: "deployment " + file, Remedy: "get it again from whoever runs the network", Err: err}
	}
	return d, nil
}

// Deploy makes the contracts of a deployment that are not there yet, waits
// until they are final, and records them in a folder. A record of other
// contracts is only replaced when that is asked for. progress is told each
// contract, wait how many blocks are missing.
//
// # Errors
//
// Conflict for a record of others; those of [evm.Deployment.Deploy].
func Deploy(ctx context.Context, n Network, d evm.Deployment, o DeployOptions) error {
	old, err := ReadDeployment(n, o.Records)
	same := err == nil && old.Same(d)
	switch {
	case err == nil && !same && !o.Replace:
		return lilypad.Errorf(lilypad.Conflict, "chain %d has a deployment of other code or another plan, with its settlement contract at %s", n.ChainID, old.Addresses().Settlement).
			Try("add --replace to make another; the old contracts and their money stay where they are")
	case err != nil && lilypad.CodeOf(err) != lilypad.NotFound:
		return err
	}
	client, queue, stop, err := openQueue(ctx, n, o.Key, "", o.Log)
	if err != nil {
		return err
	}
	defer stop()
	if err := d.Deploy(ctx, queue, o.Progress); err != nil {
		return err
	}
	if same {
		d.Keep(old)
	}
	for _, c := range d.Contracts {
		if err := client.AwaitFinal(ctx, c.Block, o.Wait); err != nil {
			return err
		}
	}
	if err := d.Verify(ctx, client); err != nil { // what was final may have come by another transaction
		return err
	}
	return record(n, d, o.Records)
}

// DeployOptions are how [Deploy] goes about it.
type DeployOptions struct {
	Key      wallet.Account // sends, and pays the gas
	Records  string         // folder of records
	Replace  bool           // a record of other contracts
	Progress func(evm.Contract)
	Wait     func(missing uint64)
	Log      *slog.Logger
}

func record(n Network, d evm.Deployment, dir string) error {
	if n.Local() {
		return nil
	}
	err := os.MkdirAll(dir, 0o755)
	if err == nil {
		err = writeJSON(deploymentFile(n, dir), d)
	}
	if err != nil {
		return &lilypad.Error{Code: lilypad.Conflict, Msg: "record the deployment", Remedy: "name a folder that can be written to with --out", Err: err}
	}
	return nil
}

// Verify holds a chain to what was recorded: each contract is of this build,
// was told what the record says, and lies on the chain byte for byte.
//
// # Errors
//
// Those of [ReadDeployment]; Conflict for what differs, naming it.
func Verify(ctx context.Context, n Network, records string, log *slog.Logger) (evm.Deployment, error) {
	d, err := ReadDeployment(n, records)
	if err != nil {
		return d, err
	}
	built, err := evm.NewDeployment(n.ChainID, d.Plan)
	if err != nil {
		return d, err
	}
	if !built.Same(d) {
		return d, lilypad.Errorf(lilypad.Conflict, "the record of chain %d is of another build of the contracts", n.ChainID).
			Try("use the release that the network was deployed with")
	}
	if at := d.Addresses(); n.Settlement != at.Settlement || n.Token != at.Token {
		return d, lilypad.Errorf(lilypad.Conflict, "network %s names the settlement contract %s, the record of its chain %s", n.Name, n.Settlement, at.Settlement).
			Try("ask whoever runs the network which is meant")
	}
	client, err := chain.New(ctx, n.chain(log))
	if err != nil {
		return d, err
	}
	defer client.Close()
	return d, built.Verify(ctx, client)
}
