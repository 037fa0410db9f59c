package node

import (
	"context"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/modules/catalog/image"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/docker"
	"github.com/lilypad-network/lilypad/runtime/execution/fleet"
	"github.com/lilypad-network/lilypad/runtime/execution/hardware"
	"github.com/lilypad-network/lilypad/runtime/execution/wasm"
)

// MachineConfig is a further machine of a provider: a Docker engine, mostly on
// another host. What it does not say is what the engine tells. Where several
// are of one engine, each must say its share: cores, memory and disk.
type MachineConfig struct {
	Name       string // 1 to 24 of a-z, 0-9 and -
	DockerHost string `mapstructure:"docker_host"` // such as tcp://10.0.0.7:2376
	NvidiaSMI  string `mapstructure:"nvidia_smi"`  // a program that lists its NVIDIA GPUs; for another host there is no default
	Slots      uint32 // jobs at once; zero: as many as the provider's own machine
	CPUMilli   uint32 `mapstructure:"cpu_milli"`
	RAMMB      uint32 `mapstructure:"ram_mb"`
	DiskMB     uint32 `mapstructure:"disk_mb"` // required for an engine on another host
}

var machineName = regexp.MustCompile(`^[a-z0-9-]{1,24}$`)

// mediatorSlots bounds what a mediator runs again at once.
const mediatorSlots = 64

// GPULocks is the folder in a LockDir by which processes of a user share GPUs;
// empty: there is none.
func GPULocks(lockDir string) string {
	if lockDir == "" {
		return ""
	}
	return filepath.Join(lockDir, "gpus")
}

// fleet opens the machines of a provider and puts them into its offer.
func (n *Node) fleet(ctx context.Context, c *ProviderConfig) (*fleet.Fleet, error) {
	cfg := docker.Config{Host: c.DockerHost, AllowNetwork: c.Offer.Network, Pull: c.Pull, Login: c.Login, Runtime: c.Runtime}
	name := owner(c.Name, c.Key.Address())
	own, err := n.ownMachine(ctx, name, c.dockerMode(), cfg)
	if err != nil {
		return nil, err
	}
	if err := n.addDrivers(ctx, name, &own, c); err != nil {
		return nil, err
	}
	if given := c.Offer.Capacity; given != (lilypad.Resources{}) {
		given.GPUs, given.VRAMMB = own.Offer.Capacity.GPUs, own.Offer.Capacity.VRAMMB
		own.Offer.Capacity = given
	}
	own.Offer.Slots = c.Offer.Slots
	all, shares := []fleet.Machine{own}, map[string]bool{own.ID: c.Offer.Capacity != lilypad.Resources{}}
	for _, m := range c.Machines {
		further, err := n.furtherMachine(ctx, name, m, cfg)
		if lilypad.CodeOf(err) == lilypad.Unavailable && err != nil {
			n.Logger.Warn("machine left out until the next start", "provider", c.Name, "machine", m.Name, "error", err)
			continue
		}
		if err != nil {
			return nil, err
		}
		says := m.CPUMilli > 0 && m.RAMMB > 0 && m.DiskMB > 0
		if said, known := shares[further.ID]; known && further.ID != "" && !(said && says) {
			return nil, lilypad.Errorf(lilypad.Invalid, "machine %s is of a Docker engine that another machine of the provider is of too", m.Name).
				Try("write the share of each into the configuration: cpu_milli, ram_mb and disk_mb; engines of copied disks are told apart once their engine-id files are removed")
		}
		shares[further.ID] = says
		if further.Offer.Slots == 0 {
			further.Offer.Slots = c.Offer.Slots
		}
		all = append(all, further)
	}
	if len(c.PrePull) > 0 {
		n.serve(c.Name, prePull{c.PrePull, n.modules.Resolve, n.models.Fetch, all, n.Logger}.run)
	}
	describe(&c.Offer, all)
	return fleet.New(all, GPULocks(n.LockDir))
}

// describe puts machines into an offer, which sums them up.
func describe(o *lilypad.Offer, machines []fleet.Machine) {
	o.Capacity, o.Slots, o.Engines, o.Machines = lilypad.Resources{}, 0, nil, nil
	models := map[string]bool{}
	var names []string
	for _, m := range machines {
		o.Add(m.Offer)
		for _, k := range m.Offer.Kinds {
			if !models[k.Model] {
				models[k.Model] = true
				names = append(names, k.Model)
			}
		}
	}
	o.GPUModel = strings.Join(names, ", ")
	o.HardwareClass = o.Machines[0].Class(&lilypad.Needs{Resources: lilypad.Resources{GPUs: 1}})
}

// owner is what marks a role's containers: by its key too, for another role of
// that name may be on the same engine, and must not take them for its own.
func owner(role string, key lilypad.Address) string { return fmt.Sprintf("%s-%x", role, key[:4]) }

func (n *Node) since(ctx context.Context) (lilypad.Time, error) {
	head, err := n.client.Head(ctx)
	return head.Time, err
}

// ownMachine is the one that the role runs on, with the engines it has there.
func (n *Node) ownMachine(ctx context.Context, owner string, mode DockerMode, cfg docker.Config) (m fleet.Machine, err error) {
	w, err := wasm.New(ctx, wasm.Config{Modules: n.modules, CacheDir: n.dir("cache", "wasm"), Compiler: n.Compiler})
	if err != nil {
		return m, err
	}
	n.onClose(w.Close)
	if m.Offer.Capacity, err = hardware.Capacity(n.Dir); err != nil {
		return m, err
	}
	m.Executors = map[lilypad.Engine]execution.Executor{lilypad.EngineWasm: w}
	m.Offer.Engines = []lilypad.Engine{lilypad.EngineWasm}
	if mode == DockerOff {
		return m, nil
	}
	d, found, err := n.docker(ctx, owner, cfg)
	switch {
	case err == nil:
		addEngine(&m, d, found)
	case mode == DockerOn || lilypad.CodeOf(err) == lilypad.Invalid:
		return m, err
	default:
		n.Logger.Debug("no Docker engine", "error", err)
	}
	return m, nil
}

// furtherMachine opens an engine of the configuration. Unavailable when it does
// not answer.
func (n *Node) furtherMachine(ctx context.Context, owner string, c MachineConfig, cfg docker.Config) (m fleet.Machine, err error) {
	if !machineName.MatchString(c.Name) || c.DockerHost == "" {
		return m, lilypad.Errorf(lilypad.Invalid, "machine %.40q of the provider needs a name of 1 to 24 of a-z, 0-9 and -, and a docker_host", c.Name)
	}
	cfg.Host, cfg.NvidiaSMI = c.DockerHost, c.NvidiaSMI
	d, found, err := n.docker(ctx, owner+"-"+c.Name, cfg)
	if err != nil {
		return m, err
	}
	m.Offer.Name, m.Offer.Slots, m.Offer.Capacity = c.Name, c.Slots, found.Capacity
	for _, set := range []struct {
		to *uint32
		v  uint32
	}{{&m.Offer.Capacity.CPUMilli, c.CPUMilli}, {&m.Offer.Capacity.RAMMB, c.RAMMB}, {&m.Offer.Capacity.DiskMB, c.DiskMB}} {
		if set.v > 0 {
			*set.to = set.v
		}
	}
	if m.Offer.Capacity.DiskMB == 0 {
		return m, lilypad.Errorf(lilypad.Invalid, "nobody tells the free disk of machine %s", c.Name).Try("write its disk_mb into the configuration")
	}
	m.Executors = map[lilypad.Engine]execution.Executor{}
	addEngine(&m, d, found)
	return m, nil
}

// docker opens an engine and asks what it has.
func (n *Node) docker(ctx context.Context, owner string, cfg docker.Config) (*docker.Executor, execution.Fingerprint, error) {
	cfg.Owner, cfg.Images, cfg.Log = owner, image.Source{}, n.Logger
	d, err := docker.New(cfg)
	if err != nil {
		return nil, execution.Fingerprint{}, err
	}
	n.onClose(d.Close)
	found, err := d.Fingerprint(ctx)
	return d, found, err
}

func addEngine(m *fleet.Machine, x execution.Executor, found execution.Fingerprint) {
	m.Executors[found.Engine] = x
	m.Offer.Engines = append(m.Offer.Engines, found.Engine)
	m.ID, m.GPUs, m.Offer.Kinds = found.ID, found.GPUs, hardware.Kinds(found.GPUs)
	m.Offer.Capacity.GPUs, m.Offer.Capacity.VRAMMB = found.Capacity.GPUs, found.Capacity.VRAMMB
}
