package main

import (
	"context"
	_ "embed"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"text/template"

	"github.com/spf13/cobra"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/modules"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/node"
)

func (a *app) initCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "init", Short: "Look at this machine, try it, and write the configuration of a provider", Args: noArgs,
		Long: `Init finds what this machine has, runs a test job in each engine as a provider
would, measures a core, proposes a price with where it comes from, and writes a
file for lilypad provider --config. On a terminal it asks; with --yes it takes
what it proposes. Let the machine have nothing else to do meanwhile.

The price is --price; or what --hourly makes of the job that the measure is of,
render:v0.1.0 without inputs; or the middle of what machines of that kind are
offered for on the network; or the program's default. It says which.`,
		Example: `  lilypad provider init --network arbitrum-sepolia
  lilypad provider init --network ./network.json --data /srv/lilypad --key 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed --hourly 4 --yes`,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.providerInit(cmd) },
	}
	f := cmd.Flags()
	keyFlag(cmd, "")
	yesFlag(cmd, "take what it proposes, without asking")
	f.String("price", "", "price of a job, in LILY")
	f.String("hourly", "", "LILY that an hour of the machine is to bring when all slots are busy")
	f.Uint32("slots", 0, "jobs at once; 0: by cores and memory")
	f.String("admit", "standing", "plugin that decides which jobs it takes")
	f.String("allow", "list", "plugin that decides which modules may run")
	f.String("docker-host", "", "address of the Docker engine")
	f.String("file", "", "where to write; empty: provider.yaml in the data folder")
	f.Bool("force", false, "overwrite the file")
	return cmd
}

// plan is what a provider will be configured with.
type plan struct {
	File       string         `json:"file"`
	Network    string         `json:"network"`
	RPC        string         `json:"rpc,omitempty"`
	Data       string         `json:"data"`
	Key        string         `json:"key"`
	Signer     string         `json:"signer,omitempty"`
	Found      node.Found     `json:"found"`
	Has        string         `json:"-"`
	Tests      []trial        `json:"tests"`
	Rate       uint64         `json:"rays_per_second"` // of one core, in the WASI engine
	Docker     string         `json:"docker"`
	DockerHost string         `json:"docker_host,omitempty"`
	Price      lilypad.Amount `json:"price"`
	PriceFrom  string         `json:"price_from"`
	Slots      uint32         `json:"slots"`
	Queue      uint32         `json:"queue"`
	Admit      string         `json:"admit"`
	Allow      string         `json:"allow"`
	Next       string         `json:"next"`
}

// trial is how a test job went.
type trial struct {
	Module string         `json:"module"`
	Engine lilypad.Engine `json:"engine"`
	End    string         `json:"end"`
	WallMS uint64         `json:"wall_ms"`
	Error  string         `json:"error,omitempty"`
	Remedy string         `json:"remedy,omitempty"`
}

func (a *app) providerInit(cmd *cobra.Command) error {
	ctx, p := cmd.Context(), plan{}
	if !a.v.GetBool("yes") && !a.interactive() {
		return lilypad.Errorf(lilypad.Invalid, "there is no terminal to ask on").Try("--yes, which takes what it proposes")
	}
	network, err := a.planPlaces(&p)
	if err != nil {
		return err
	}
	if err := a.planPlugins(&p); err != nil {
		return err
	}
	if err := a.planMachine(ctx, &p); err != nil {
		return err
	}
	if err := a.planPrice(ctx, network, &p); err != nil {
		return err
	}
	if !a.v.GetBool("yes") {
		if err := a.askPlan(&p); err != nil {
			return err
		}
	}
	if err := a.writePlan(cmd.Root(), p); err != nil {
		return err
	}
	return a.Result(p, func() {
		a.Line("machine", "%s", p.Has)
		for _, t := range p.Tests {
			a.Line("test job", "%s by %s: %s, %d ms%s", t.Module, t.Engine, t.End, t.WallMS, suffix(t.Error))
		}
		a.Line("speed", "%d rays a second of render:v0.1.0, one core, by wasm", p.Rate)
		a.Line("price", "%s LILY: %s", p.Price, p.PriceFrom)
		a.Line("slots", "%d, and %d may wait", p.Slots, p.Queue)
		a.Line("plugins", "admit/%s, allow/%s", p.Admit, p.Allow)
		a.Line("file", "%s", p.File)
		a.Line("next", "%s", p.Next)
	})
}

// planPlaces says where things are: absolutely, for a provider is started from
// anywhere.
func (a *app) planPlaces(p *plan) (n node.Network, err error) {
	if p.Data, err = filepath.Abs(a.v.GetString("data")); err != nil {
		return n, err
	}
	if p.File, err = filepath.Abs(or(a.v.GetString("file"), filepath.Join(p.Data, "provider.yaml"))); err != nil {
		return n, err
	}
	if _, err := os.Stat(p.File); err == nil && !a.v.GetBool("force") {
		return n, lilypad.Errorf(lilypad.Conflict, "%s is there already", p.File).Try("--force to overwrite it, or another --file")
	}
	if n, err = a.network(); err != nil {
		return n, err
	}
	p.Network, p.RPC, p.Signer, p.DockerHost = a.v.GetString("network"), a.v.GetString("rpc"), a.v.GetString("signer"), a.v.GetString("docker-host")
	if _, preset := node.Preset(p.Network); !preset {
		if p.Network, err = filepath.Abs(p.Network); err != nil {
			return n, err
		}
	}
	p.Next = "lilypad provider --config " + p.File
	p.Key, err = a.planKey(n)
	return n, err
}

// planKey is the account that is named, or the only one of the keystore.
func (a *app) planKey(n node.Network) (string, error) {
	if name := a.v.GetString("key"); name != "" {
		at, err := accountName(name)
		if err == nil && slices.Contains(node.LocalNames(), name) {
			_, err = a.localKey(name)
			return name, err
		}
		return at.String(), err
	}
	have, err := a.keystore().List()
	switch {
	case err != nil:
		return "", err
	case len(have) == 1:
		return have[0].String(), nil
	case len(have) > 1:
		return "", lilypad.Errorf(lilypad.Invalid, "the keystore has %d accounts", len(have)).Try("--key %s, or another of lilypad wallet list", have[0])
	case n.Local():
		return "provider-1", nil
	}
	return "", lilypad.Errorf(lilypad.NotFound, "a provider needs an account, and the keystore of %s has none", a.v.GetString("data")).Try("lilypad wallet new --data %s", a.v.GetString("data"))
}

func (a *app) planPlugins(p *plan) error {
	for hook, to := range map[hostapi.Hook]*string{hostapi.HookAdmit: &p.Admit, hostapi.HookAllow: &p.Allow} {
		*to = a.v.GetString(hook.String())
		if _, err := node.FindPlugin(nil, hook, *to); err != nil {
			return err
		}
	}
	return nil
}

// planMachine finds what there is and tries it.
func (a *app) planMachine(ctx context.Context, p *plan) (err error) {
	a.Step("looking at this machine")
	if p.Found, err = node.Detect(ctx, p.Data, p.DockerHost); err != nil {
		return err
	}
	p.Has = describeMachine(p.Found)
	c := p.Found.Machine.Capacity
	if p.Slots = a.v.GetUint32("slots"); p.Slots == 0 {
		p.Slots = max(1, min(c.CPUMilli/1000, c.RAMMB/1000, 64))
	}
	p.Queue = 2 * p.Slots
	p.Docker = "off"
	for _, engine := range p.Found.Machine.Engines {
		a.Step("running a test job by %s", engine)
		t := a.trial(ctx, "cowsay:v0.0.4", engine, map[string]string{"Message": "moo"})
		p.Tests = append(p.Tests, t)
		switch {
		case t.Error == "" && engine == lilypad.EngineDocker:
			p.Docker = "on"
		case t.Error != "" && engine == lilypad.EngineWasm:
			return lilypad.Errorf(lilypad.Unavailable, "the test job did not run: %s", t.Error).Try("%s", or(t.Remedy, "lilypad doctor"))
		case t.Error != "":
			a.Step("the Docker engine will not be used: %s", t.Error)
		}
	}
	a.Step("measuring a core")
	t := a.trial(ctx, benchModule, lilypad.EngineWasm, map[string]string{"Width": "160", "Height": "100", "Samples": "4"})
	if t.Error != "" {
		return lilypad.Errorf(lilypad.Unavailable, "the measure did not run: %s", t.Error).Try("%s", or(t.Remedy, "lilypad doctor"))
	}
	p.Rate = benchRays * 1000 / max(1, t.WallMS)
	return nil
}

// The measure: some rays of a catalog module, and what it makes without inputs.
const (
	benchModule = "render:v0.1.0"
	benchRays   = 160 * 100 * 4
	wholeRays   = 320 * 200 * 8
)

func describeMachine(f node.Found) string {
	c := f.Machine.Capacity
	has := fmt.Sprintf("%d cores, %d MB memory, %d MB disk", c.CPUMilli/1000, c.RAMMB, c.DiskMB)
	for _, k := range f.Machine.Kinds {
		has += fmt.Sprintf(", %d × %s of %d MB", k.Count, k.Model, k.VRAMMB)
	}
	if f.Docker == "" {
		return has + ", no Docker engine"
	}
	return has + ", Docker " + f.Docker
}

// trial runs a module of the catalog as a provider would, and forgets what it made.
func (a *app) trial(ctx context.Context, ref string, engine lilypad.Engine, inputs map[string]string) trial {
	t := trial{Module: ref, Engine: engine, End: "not run"}
	fail := func(err error) trial {
		t.Error, t.Remedy = err.Error(), lilypad.RemedyOf(err)
		return t
	}
	found, err := a.resolve(ctx, ref, nil)
	if err != nil {
		return fail(err)
	}
	r, err := modules.Render(found.Module, found.Template, inputs)
	if err != nil {
		return fail(err)
	}
	job := execution.Job{ID: trialID()}
	if job.Spec, err = formOf(r, engine); err != nil {
		return fail(err)
	}
	x, err := a.trialExecutor(ctx, found, &job)
	if err != nil {
		return fail(err)
	}
	defer x.Close()
	if job.Dir, err = a.trialFolder(job); err != nil {
		return fail(err)
	}
	defer os.RemoveAll(filepath.Dir(job.Dir))
	out, err := a.try(ctx, x, job, io.Discard)
	if err != nil {
		return fail(err)
	}
	if t.End, t.WallMS = string(out.End), out.WallMS; out.End != execution.Succeeded {
		return fail(fmt.Errorf("it ended as %s, exit code %d%s", out.End, out.ExitCode, suffix(out.Reason)))
	}
	return t
}

//go:embed provider.yaml.tmpl
var providerFile string

// writePlan writes the file, which the program has to take.
func (a *app) writePlan(root *cobra.Command, p plan) error {
	form, err := template.New("provider.yaml").Funcs(template.FuncMap{"q": func(v any) string { return strconv.Quote(fmt.Sprint(v)) }}).Parse(providerFile)
	if err != nil {
		return err
	}
	var text strings.Builder
	if err := form.Execute(&text, p); err != nil {
		return err
	}
	dir := filepath.Dir(p.File)
	if err := ensurePrivate(dir); err != nil {
		return err
	}
	next, err := os.CreateTemp(dir, ".provider-*.yaml")
	if err != nil {
		return &lilypad.Error{Code: lilypad.Conflict, Msg: "configuration file", Remedy: "choose a --file that can be written to", Err: err}
	}
	defer os.Remove(next.Name()) // gone if it was renamed
	if _, err := next.WriteString(text.String()); err != nil {
		return err
	}
	if err := next.Close(); err != nil {
		return err
	}
	if err := checkFile(root, next.Name()); err != nil {
		return err
	}
	return os.Rename(next.Name(), p.File)
}
