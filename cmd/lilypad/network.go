package main

import (
	"path/filepath"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/node"
)

// local tells whether a network of this machine was asked for by its name.
func (a *app) local() bool {
	n, known := node.Preset(a.v.GetString("network"))
	return known && n.Local()
}

// localDir is where a local network lives.
func (a *app) localDir() string {
	return filepath.Join(a.v.GetString("data"), a.v.GetString("network"))
}

// outbox keeps what commands of this user have signed: beside a local network,
// whose chain may be made anew, or in the data folder.
func (a *app) outbox() node.Outbox {
	if a.local() {
		return node.Outbox(filepath.Join(a.localDir(), "outbox"))
	}
	return node.Outbox(filepath.Join(a.v.GetString("data"), "outbox"))
}

// outboxes are all that this user may have.
func (a *app) outboxes() (all []node.Outbox) {
	for _, dir := range []string{"", node.LocalName, node.DevName} {
		all = append(all, node.Outbox(filepath.Join(a.v.GetString("data"), dir, "outbox")))
	}
	return all
}

// records is the folder of what was deployed from this machine.
func (a *app) records() string { return filepath.Join(a.v.GetString("data"), "deployments") }

// devChain is the URL of the development chain that a local network uses; empty
// for the embedded one.
func (a *app) devChain() (string, error) {
	rpc := a.v.GetString("rpc")
	if a.v.GetString("network") == node.LocalName {
		if rpc != "" {
			return "", lilypad.Errorf(lilypad.Invalid, "the local network runs a chain of its own").Try("--network %s --rpc %s", node.DevName, rpc)
		}
		return "", nil
	}
	if a.v.IsSet("port") {
		return "", lilypad.Errorf(lilypad.Invalid, "--port is of an embedded chain").Try("--rpc URL of the chain that runs")
	}
	n, _ := node.Preset(node.DevName)
	return or(rpc, n.RPC), nil
}

// network is the one that was asked for: a preset, or a file.
func (a *app) network() (node.Network, error) {
	name := a.v.GetString("network")
	if !a.local() {
		return node.FindNetwork(name, a.v.GetString("rpc"), a.records())
	}
	url, err := a.devChain()
	if err != nil {
		return node.Network{}, err
	}
	n, err := node.ReadNetwork(filepath.Join(a.localDir(), node.NetworkFile))
	n.RPC = or(url, n.RPC)
	return n, err
}
