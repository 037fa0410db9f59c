package solver_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/hostapi"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/storage"
)

func TestSolver_Match_prefersTheRankersChoice(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m, ps := newMarket(t), providers(3)
		m.join(ps[0], 300)
		m.join(ps[1], 100)
		m.join(ps[2], 200)
		m.proposedTo(m.post(), ps[1])
	})
}

func TestSolver_Match_declineGoesToTheNext(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m, ps := newMarket(t), providers(2)
		m.join(ps[0], 100)
		m.join(ps[1], 200)
		id := m.post()
		m.proposedTo(id, ps[0])
		wantCode(t, "answer of another", m.Answer(t.Context(), ps[1].Address(), id, api.Answer{Reason: "mine"}), lilypad.Conflict)
		if err := m.Answer(t.Context(), ps[0].Address(), id, api.Answer{Reason: "cold image"}); err != nil {
			t.Fatal(err)
		}
		m.settle()
		m.proposedTo(id, ps[1])
		m.take(ps[1], id)
		if j := m.job(id); j.Phase != api.PhaseRunning || j.Price != 200 {
			t.Errorf("job is %s at %d, want running at 200", j.Phase, j.Price)
		}
	})
}

func TestSolver_Match_passesOverASilentProvider(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m, ps := newMarket(t), providers(2)
		m.join(ps[0], 100)
		m.join(ps[1], 200)
		id := m.post()
		time.Sleep(time.Minute - time.Second)
		m.settle()
		m.proposedTo(id, ps[0])
		time.Sleep(2 * time.Second)
		m.settle()
		m.proposedTo(id, ps[1])
	})
}

// A provider that was slow once, as with the first compile of its plugins, is
// asked again: else a job with no other provider would wait for ever.
func TestSolver_Match_asksASilentProviderAgain(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m, p := newMarket(t), providers(1)[0]
		m.join(p, 100)
		id := m.post()
		m.proposedTo(id, p)
		time.Sleep(time.Minute + time.Second)
		m.settle()
		if j := m.job(id); j.Phase != api.PhaseWaiting {
			t.Fatalf("job is %s, want waiting", j.Phase)
		}
		time.Sleep(time.Minute)
		m.settle()
		m.proposedTo(id, p)
	})
}

func TestSolver_Match_offersNothingToWhoDoesNotListen(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m, p := newMarket(t), providers(1)[0]
		if err := m.PutOffer(t.Context(), p.Address(), offerOf(p, 100)); err != nil {
			t.Fatal(err)
		}
		id := m.post()
		if j := m.job(id); j.Phase != api.PhaseWaiting {
			t.Fatalf("job is %s, want waiting", j.Phase)
		}
		m.listen(p)
		m.proposedTo(id, p)
	})
}

func TestSolver_Match_takesOneQuoteAJob(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m, ps := newMarket(t), providers(2)
		m.join(ps[0], 100)
		m.join(ps[1], 500)
		id := m.post()
		quote := func(price lilypad.Amount) {
			t.Helper()
			if err := m.Answer(t.Context(), ps[0].Address(), id, api.Answer{Reason: "too cheap", Price: price}); err != nil {
				t.Fatal(err)
			}
			m.settle()
		}
		quote(400)
		m.proposedTo(id, ps[0])
		if j := m.job(id); j.Price != 400 {
			t.Errorf("ranked at %d, want the quote of 400", j.Price)
		}
		quote(450) // a second one is a refusal
		m.proposedTo(id, ps[1])
	})
}

func TestSolver_Match_refusesAQuoteAboveTheMaximum(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m, p := newMarket(t), providers(1)[0]
		m.join(p, 100)
		id := m.post()
		if err := m.Answer(t.Context(), p.Address(), id, api.Answer{Reason: "dear", Price: 1001}); err != nil {
			t.Fatal(err)
		}
		m.settle()
		if j := m.job(id); j.Phase != api.PhaseWaiting || !j.Provider.IsZero() {
			t.Errorf("job is %s at %s, want waiting", j.Phase, j.Provider)
		}
	})
}

// Two jobs see the same free slot; who loses the race must get the next one.
func TestSolver_Match_losingARaceIsNotForGood(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m, p := newMarket(t), providers(1)[0]
		m.join(p, 100)
		postings := make([]api.Posting, 20)
		for i := range postings {
			postings[i] = m.posting()
			go func() {
				if _, err := m.Post(t.Context(), creatorKey.Address(), postings[i]); err != nil {
					t.Error(err)
				}
			}()
		}
		m.settle()
		for served := range postings {
			found := false
			for _, post := range postings {
				if m.job(post.ID()).Phase != api.PhaseProposed {
					continue
				}
				if found {
					t.Fatal("one slot was offered twice")
				}
				found = true
				if _, err := m.Withdraw(t.Context(), creatorKey.Address(), post.ID()); err != nil {
					t.Fatal(err)
				}
				m.settle()
				break
			}
			if !found {
				t.Fatalf("after %d jobs no further one was offered to the free provider", served)
			}
		}
	})
}

func TestSolver_Match_rankersRefusalIsTold(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m, p := newMarket(t), providers(1)[0]
		m.ranker.refused[p.Address()] = "new here"
		m.join(p, 100)
		id := m.post()
		w, err := m.Why(t.Context(), creatorKey.Address(), id)
		if err != nil {
			t.Fatal(err)
		}
		want := []api.Refusal{{Provider: p.Address(), By: "match", Rule: "new here"}}
		if diff := cmp.Diff(want, w.Refusals); diff != "" {
			t.Error(diff)
		}
	})
}

func TestSolver_Answer_refuses(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m, ps := newMarket(t), providers(2)
		m.join(ps[0], 100)
		id := m.post()
		for name, c := range map[string]struct {
			edit func(*lilypad.Deal)
			want lilypad.Code
		}{
			"above the price":   {func(d *lilypad.Deal) { d.Price = 102 }, lilypad.Invalid},
			"an odd price":      {func(d *lilypad.Deal) { d.Price = 99 }, lilypad.Invalid},
			"another job":       {func(d *lilypad.Deal) { d.Job[0]++ }, lilypad.Invalid},
			"another provider":  {func(d *lilypad.Deal) { d.Provider = ps[1].Address() }, lilypad.Invalid},
			"an expiry too far": {func(d *lilypad.Deal) { d.Expiry = 1 << 40 }, lilypad.Invalid},
		} {
			wantCode(t, name, m.Answer(t.Context(), ps[0].Address(), id, m.deal(ps[0], id, c.edit)), c.want)
		}
		wantCode(t, "another's signature", m.Answer(t.Context(), ps[0].Address(), id, m.deal(ps[1], id)), lilypad.Unauthorized)
		wantCode(t, "one that was not asked", m.Answer(t.Context(), ps[1].Address(), id, m.deal(ps[1], id)), lilypad.Conflict)
		m.proposedTo(id, ps[0])
		m.take(ps[0], id)
		again := m.deal(ps[0], id)
		if err := m.Answer(t.Context(), ps[0].Address(), id, again); err != nil {
			t.Errorf("the same answer again: %v", err)
		}
	})
}

// What a job waits for, and the smallest change by which it would be matched.
func TestSolver_Why_names(t *testing.T) {
	for name, c := range map[string]struct {
		offer func(*lilypad.Offer)
		job   func(*api.Posting)
		rules string
		want  string
	}{
		"engine":        {nil, func(p *api.Posting) { p.Work.Needs.Engine = lilypad.EngineDocker }, "engine", "engine wasm instead of docker"},
		"gpus":          {nil, func(p *api.Posting) { p.Work.Needs.GPUs = 2 }, "gpus", "0 GPUs instead of 2"},
		"vram":          {nil, func(p *api.Posting) { p.Work.Needs.VRAMMB = 2 }, "vram_mb", "1 GPU with 0 MB instead of 2 MB"},
		"cpu":           {nil, func(p *api.Posting) { p.Work.Needs.CPUMilli = 4001 }, "cpu_milli", "4000 thousandths of a core instead of 4001"},
		"ram":           {nil, func(p *api.Posting) { p.Work.Needs.RAMMB = 8001 }, "ram_mb", "8 GB of RAM instead of 8.001 GB"},
		"disk":          {func(o *lilypad.Offer) { o.Capacity.DiskMB = 9000 }, func(p *api.Posting) { p.Work.Needs.DiskMB = 9001 }, "disk_mb", "9 GB of disk instead of 9.001 GB"},
		"timeout":       {func(o *lilypad.Offer) { o.MaxTimeout = 59 }, nil, "timeout_s", "a time limit of 59 s instead of 60"},
		"gpu model":     {func(o *lilypad.Offer) { o.GPUModel = "L4" }, func(p *api.Posting) { p.Work.Needs.GPUModel = "h100" }, "gpu_model", "GPU model L4 instead of h100"},
		"network":       {nil, func(p *api.Posting) { p.Work.Needs.Network = true }, "network", "no network"},
		"region":        {func(o *lilypad.Offer) { o.Region = "us" }, func(p *api.Posting) { p.Work.Needs.Region = "eu" }, "region", "region us instead of eu"},
		"label":         {nil, func(p *api.Posting) { p.Work.Needs.Labels = []lilypad.Label{{Key: "tier", Value: "gold"}} }, "label tier", "without label tier gold"},
		"price":         {func(o *lilypad.Offer) { o.Price = 1_500_000 }, nil, "price", "a maximum price of 1.5 LILY"},
		"stake":         {func(o *lilypad.Offer) { o.MaxStake = 5 }, nil, "provider_stake", "a provider's stake of at most 0.000005 LILY instead of 0.0012"},
		"mediators":     {func(o *lilypad.Offer) { o.Mediators = []lilypad.Address{{1}} }, nil, "mediators", "without mediators"},
		"excluded":      {nil, func(p *api.Posting) { p.Exclude = addresses(providers(1)) }, "excluded operator", "without excluded operator"},
		"target":        {nil, func(p *api.Posting) { p.Offer.Body.Target = lilypad.Address{9} }, "target", "target "},
		"two at once":   {func(o *lilypad.Offer) { o.Price = 2_000_000 }, func(p *api.Posting) { p.Work.Needs.GPUs = 1 }, "gpus price", "0 GPUs instead of 1 and a maximum price of 2 LILY"},
		"several again": {func(o *lilypad.Offer) { o.Engines = nil }, func(p *api.Posting) { p.Work.Needs.RAMMB = 9000 }, "engine ram_mb", "without engine wasm and 8 GB of RAM instead of 9 GB"},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				m, p := newMarket(t), providers(1)[0]
				m.join(p, 100, func(o *lilypad.Offer) {
					if c.offer != nil {
						c.offer(o)
					}
				})
				id := m.post(func(p *api.Posting) {
					if c.job != nil {
						c.job(p)
					}
				})
				w, err := m.Why(t.Context(), creatorKey.Address(), id)
				if err != nil {
					t.Fatal(err)
				}
				var rules []string
				for _, r := range w.Refusals {
					rules = append(rules, r.Rule)
				}
				if got := strings.Join(rules, " "); got != c.rules {
					t.Errorf("refused by %q, want %q", got, c.rules)
				}
				if !strings.HasPrefix(w.Nearest, c.want) || !strings.Contains(w.Nearest, " would match provider "+p.Address().String()+" at price ") {
					t.Errorf("nearest: %q, want %q", w.Nearest, c.want)
				}
			})
		})
	}
}

func TestSolver_Why_findsTheNearestOffer(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m, ps := newMarket(t), providers(3)
		id := m.post(func(p *api.Posting) { p.Work.Needs.GPUs = 1 })
		why := func() api.Why {
			t.Helper()
			w, err := m.Why(t.Context(), creatorKey.Address(), id)
			if err != nil {
				t.Fatal(err)
			}
			return w
		}
		if w := why(); w.Offers != 0 || !strings.HasPrefix(w.Nearest, "no provider has an offer") {
			t.Errorf("%+v", w)
		}
		m.join(ps[0], 2_000_000)
		m.join(ps[1], 100)
		want := "0 GPUs instead of 1 would match provider " + ps[1].Address().String() + " at price 0.0001 LILY"
		if w := why(); w.Nearest != want || w.Offers != 2 || len(w.Refusals) != 3 {
			t.Errorf("%+v, want nearest %q", w, want)
		}
		m.join(ps[2], 100, func(o *lilypad.Offer) { o.Capacity.GPUs = 1 })
		if w := why(); !strings.HasPrefix(w.Nearest, "nothing to change: proposed") {
			t.Errorf("%+v", w)
		}
		_, err := m.Why(t.Context(), ps[0].Address(), id)
		wantCode(t, "a stranger", err, lilypad.Unauthorized)
	})
}

// Of several offers it names the one that needs the least change, whatever the
// number of its obstacles, and of equals the cheapest.
func TestSolver_Why_weighsTheChanges(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m, ps := newMarket(t), providers(5)
		gpus := func(count, vram uint32, model string) func(*lilypad.Offer) {
			return func(o *lilypad.Offer) {
				machine := lilypad.Machine{Capacity: o.Capacity, Engines: o.Engines, Slots: o.Slots, Kinds: []lilypad.GPUs{{Count: count, VRAMMB: vram, Model: model}}}
				if count == 0 {
					machine.Kinds = nil
				}
				machine.Capacity.GPUs, machine.Capacity.VRAMMB = count, vram
				o.Capacity, o.Slots = lilypad.Resources{}, 0
				o.Add(machine)
			}
		}
		m.join(ps[0], 100, gpus(1, 16_000, "NVIDIA T4"))
		m.join(ps[1], 300, gpus(1, 24_152, "NVIDIA L4"))
		m.join(ps[2], 200, gpus(1, 24_152, "NVIDIA L4"))
		m.join(ps[3], 100, gpus(0, 0, ""))
		m.join(ps[4], 2_000_000, gpus(1, 24_152, "NVIDIA L4"))
		id := m.post(func(p *api.Posting) { p.Work.Needs.GPUs, p.Work.Needs.VRAMMB = 1, 40_000 })
		w, err := m.Why(t.Context(), creatorKey.Address(), id)
		if err != nil {
			t.Fatal(err)
		}
		if want := "1 GPU with 24.1 GB instead of 40 GB would match provider " + ps[2].Address().String() + " at price 0.0002 LILY"; w.Nearest != want {
			t.Errorf("%q, want %q", w.Nearest, want)
		}
	})
}

func TestSolver_Why_tellsOfABusyProvider(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m, ps := newMarket(t), providers(2)
		m.join(ps[0], 100)
		m.post()
		id := m.post()
		w, err := m.Why(t.Context(), creatorKey.Address(), id)
		if err != nil {
			t.Fatal(err)
		}
		if want := "a free slot (it has 1 jobs) would match provider " + ps[0].Address().String() + " at price 0.0001 LILY"; w.Nearest != want {
			t.Errorf("%q, want %q", w.Nearest, want)
		}
	})
}

// What a ranker hears of a provider's last deals: how many there were in the
// last hour, and whether the job's module and inputs are there already.
func TestSolver_Match_tellsTheRankerOfRecentDeals(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m, p := newMarket(t), providers(1)[0]
		m.join(p, 100)
		inputs, size, err := storage.PutFiles(t.Context(), m.store, []storage.Entry{storage.Bytes("prompt", []byte("moo"))})
		if err != nil {
			t.Fatal(err)
		}
		asks := func(post ...func(*api.Posting)) hostapi.Offer {
			t.Helper()
			id := m.post(post...)
			if _, err := m.Withdraw(t.Context(), creatorKey.Address(), id); err != nil {
				t.Fatal(err)
			}
			m.settle()
			m.ranker.mu.Lock()
			defer m.ranker.mu.Unlock()
			o := m.ranker.saw[len(m.ranker.saw)-1][0]
			return hostapi.Offer{RecentJobs: o.RecentJobs, InputsHere: o.InputsHere, ModuleHere: o.ModuleHere, Load: o.Load}
		}
		same := func(p *api.Posting) { p.Work.Inputs = inputs }
		other := func(p *api.Posting) { p.Module.Name = "sdxl" }
		check := func(when string, got, want hostapi.Offer) {
			t.Helper()
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: %s", when, diff)
			}
		}
		check("before", asks(same), hostapi.Offer{})
		id := m.post(same)
		m.take(p, id)
		m.finish(id, p)
		check("the same again", asks(same), hostapi.Offer{RecentJobs: 1, InputsHere: size, ModuleHere: true})
		check("another module", asks(other), hostapi.Offer{RecentJobs: 1})
		m.stop()
		m.start()
		m.listen(p)
		check("after a restart", asks(same), hostapi.Offer{RecentJobs: 1, InputsHere: size, ModuleHere: true})
		head, err := m.config.Ledger.Head(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		m.bank.Advance(head.Time + 3601)
		check("an hour later", asks(same), hostapi.Offer{InputsHere: size, ModuleHere: true})
		m.bank.Advance(head.Time + 24*3601)
		check("a day later", asks(same), hostapi.Offer{})
	})
}

// What was taken for one job is not there for the next of the same batch.
func TestSolver_Match_aCrowdFillsTheMarketOnce(t *testing.T) {
	bubble(t, func(t *testing.T) {
		m, ps := newMarket(t), providers(4)
		postings := make([]api.Posting, 40)
		for i := range postings {
			postings[i] = m.posting()
			if _, err := m.Post(t.Context(), creatorKey.Address(), postings[i]); err != nil {
				t.Fatal(err)
			}
		}
		for _, p := range ps {
			m.join(p, 100, func(o *lilypad.Offer) { o.Slots, o.Queue = 4, 3 })
		}
		jobs := map[lilypad.Address]int{}
		for _, post := range postings {
			if j := m.job(post.ID()); j.Phase == api.PhaseProposed {
				jobs[j.Provider]++
			}
		}
		for _, p := range ps {
			if jobs[p.Address()] != 7 {
				t.Errorf("provider %s has %d jobs, want its 7", p.Address(), jobs[p.Address()])
			}
		}
	})
}
