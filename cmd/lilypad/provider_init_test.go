package main

import (
	"bufio"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/internal/cli"
	"github.com/lilypad-network/lilypad/internal/testkit/nodes"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/node"
)

const noEngine = "unix:///nonexistent/docker.sock"

// What init writes is all that a provider needs: it starts, and is paid.
func TestProvider_init(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a chain")
	}
	t.Parallel() // it mostly waits
	market, err := node.Local(t.TempDir(), node.LocalOptions{Providers: 1, Mediators: node.MinMediators, Docker: node.DockerOff})
	if err != nil {
		t.Fatal(err)
	}
	n := nodes.Start(t, market)
	data := t.TempDir()
	args := []string{"provider", "init", "--network", filepath.Join(n.Dir, node.NetworkFile), "--key", "provider-2", "--docker-host", noEngine, "--yes"}
	p := must[plan](t, data, args...)
	if p.Price != lilypad.LILY || !strings.Contains(p.PriceFrom, "1 machines without a GPU") || p.Docker != "off" || p.Found.NoDocker == "" {
		t.Errorf("it proposes %+v, want the price of the only other machine, and no Docker", p)
	}
	if len(p.Tests) != 1 || p.Tests[0].End != "succeeded" || p.Rate == 0 || p.Slots == 0 || p.Slots*1000 > max(1000, p.Found.Machine.Capacity.CPUMilli) {
		t.Errorf("test jobs %+v, %d rays a second, %d slots", p.Tests, p.Rate, p.Slots)
	}
	if left, err := os.ReadDir(filepath.Join(data, "results")); err != nil || len(left) > 0 {
		t.Errorf("the test jobs leave %v, %v", left, err)
	}

	_, _, err = lily(t, data, args...)
	if lilypad.CodeOf(err) != lilypad.Conflict || !strings.Contains(lilypad.RemedyOf(err), "--force") {
		t.Errorf("a second time: %v, try %q", err, lilypad.RemedyOf(err))
	}
	p = must[plan](t, data, append(args, "--force", "--hourly", "3600", "--slots", "2")...)
	if want, from := hourlyPrice(3600*lilypad.LILY, p.Rate, 2); p.Price != want || p.PriceFrom != from || p.Queue != 4 {
		t.Errorf("by the hour it proposes %s: %s", p.Price, p.PriceFrom)
	}
	p = must[plan](t, data, append(args, "--force", "--price", "0.3")...)
	startDaemon(t, "provider", "provider", "--config", p.File)
	creator := api.NewCreatorClient(n.Network.CreatorURL, node.LocalKey("creator"))
	var r api.Report
	if r, err = creator.Order(t.Context(), cow(node.LocalKey("provider-2").Address())); err != nil {
		t.Fatal(err)
	}
	nodes.Until(t, "the job is not paid", func() bool {
		r, err = creator.Report(t.Context(), r.Job)
		return err == nil && r.Done
	})
	if r.State != "paid" || r.Price != lilypad.LILY*3/10 {
		t.Errorf("the job ended as %s for %s LILY", r.State, r.Price)
	}
}

func cow(target lilypad.Address) api.Order {
	return api.Order{Module: "cowsay:v0.0.4", Inputs: map[string]string{"Message": "moo"}, Target: target}
}

func TestProvider_init_refuses(t *testing.T) {
	network := filepath.Join(t.TempDir(), node.NetworkFile)
	write(t, network, `{"preset": "arbitrum-sepolia", "rpc": "http://127.0.0.1:1", "settlement": "0x0000000000000000000000000000000000000001", "solver": "0x0000000000000000000000000000000000000002"}`)
	for name, c := range map[string]struct {
		args         []string
		code         lilypad.Code
		says, remedy string
	}{
		"no terminal":        {nil, lilypad.Invalid, "no terminal", "--yes"},
		"no account":         {[]string{"--yes"}, lilypad.NotFound, "needs an account", "lilypad wallet new --data"},
		"an unknown account": {[]string{"--yes", "--key", "bob"}, lilypad.NotFound, `no account "bob"`, "lilypad wallet list"},
		"a local account":    {[]string{"--yes", "--key", "provider-1"}, lilypad.Invalid, "anyone has its key", "wallet new"},
		"no such plugin":     {[]string{"--yes", "--key", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "--admit", "standin"}, lilypad.NotFound, "standin", "standing"},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := lily(t, t.TempDir(), append([]string{"provider", "init", "--network", network}, c.args...)...)
			if err == nil || lilypad.CodeOf(err) != c.code || !strings.Contains(err.Error(), c.says) || !strings.Contains(lilypad.RemedyOf(err), c.remedy) {
				t.Errorf("%v (%s), try %q; want %s saying %q, try %q", err, lilypad.CodeOf(err), lilypad.RemedyOf(err), c.code, c.says, c.remedy)
			}
		})
	}
}

func TestProvider_init_prices(t *testing.T) {
	offer := func(price lilypad.Amount, gpus uint32, faulty string) lilypad.Offer {
		return lilypad.Offer{Provider: lilypad.Address{byte(price)}, Price: price, Capacity: lilypad.Resources{GPUs: gpus}, Faulty: faulty}
	}
	for name, c := range map[string]struct {
		offers []lilypad.Offer
		gpu    bool
		want   lilypad.Amount
		says   string
	}{
		"nobody":            {nil, false, defaultPrice, "default"},
		"only GPUs":         {[]lilypad.Offer{offer(10, 1, "")}, false, defaultPrice, "default"},
		"of its kind":       {[]lilypad.Offer{offer(10, 1, ""), offer(40, 0, ""), offer(30, 0, ""), offer(91, 0, "")}, false, 40, "3 machines without"},
		"with GPUs, even":   {[]lilypad.Offer{offer(11, 1, "")}, true, 10, "1 machines with GPUs"},
		"cheats and itself": {[]lilypad.Offer{offer(10, 0, "late"), offer(20, 0, "")}, false, defaultPrice, "default"},
		"never for nothing": {[]lilypad.Offer{offer(1, 0, "")}, false, 2, "middle"},
	} {
		got, from := bookPrice(c.offers, c.gpu, lilypad.Address{20}.String())
		if got != c.want || !strings.Contains(from, c.says) {
			t.Errorf("%s: %d by %q, want %d by %q", name, got, from, c.want, c.says)
		}
	}
	// 512 000 rays at 102 400 a second take 5 s: 720 such jobs an hour in each slot.
	if got, from := hourlyPrice(1440*lilypad.LILY, 102_400, 2); got != lilypad.LILY || !strings.Contains(from, "5.0 s") {
		t.Errorf("by the hour: %s, %q", got, from)
	}
}

// A person takes what is proposed with the return key, and is asked again after
// an answer that cannot be.
func TestProvider_init_asks(t *testing.T) {
	var errs strings.Builder
	a := &app{Printer: &cli.Printer{Out: io.Discard, Err: &errs}, in: bufio.NewReader(strings.NewReader("much\n0.4\n0\n3\n\ntrusted\n"))}
	p := plan{Price: lilypad.LILY, PriceFrom: "a default", Slots: 8, Queue: 16, Admit: "standing", Allow: "list"}
	if err := a.askPlan(&p); err == nil || lilypad.RemedyOf(err) == "" {
		t.Errorf("%v when nobody answers any more", err)
	}
	if p.Price != lilypad.LILY*2/5 || p.PriceFrom == "a default" || p.Slots != 3 || p.Queue != 6 || p.Admit != "standing" {
		t.Errorf("took %+v", p)
	}
	for _, says := range []string{"price of a job, in LILY [1]", "not a number of jobs", shipped(hostapi.HookAdmit), "trusted"} {
		if !strings.Contains(errs.String(), says) {
			t.Errorf("it does not say %q: %s", says, errs.String())
		}
	}
}
