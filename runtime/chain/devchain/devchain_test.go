package devchain_test

import (
	"net"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/chain/chaintest"
	"github.com/lilypad-network/lilypad/runtime/chain/devchain"
	"github.com/lilypad-network/lilypad/runtime/journal/memory"
)

func TestChain_sealsABurstTogether(t *testing.T) {
	net := chaintest.Start(t, 1)
	q := net.Queue(t, net.Keys[0])
	before := head(t, net.Client)
	start := time.Now()
	var group sync.WaitGroup
	const sends = 100
	for range sends {
		group.Go(func() {
			if _, err := q.Send(t.Context(), chain.Call{To: q.Address(), Gas: 21000}); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	// A block at once, then one each 50 ms, and one for the scheduler's whims.
	most := uint64(time.Since(start)/(50*time.Millisecond)) + 2
	if blocks := head(t, net.Client).Number - before.Number; blocks < 1 || blocks > most {
		t.Errorf("%d transactions took %d blocks in %v, want at most %d", sends, blocks, time.Since(start), most)
	}
}

func TestChain_idleMakesNoBlock(t *testing.T) {
	net := chaintest.Start(t, 1)
	q := net.Queue(t, net.Keys[0])
	if _, err := q.Send(t.Context(), chain.Call{To: q.Address()}); err != nil {
		t.Fatal(err)
	}
	before := head(t, net.Client)
	time.Sleep(300 * time.Millisecond)
	if after := head(t, net.Client); after != before {
		t.Errorf("head moved from %d to %d", before.Number, after.Number)
	}
}

// A quiet chain's time must not fall behind what people sign for.
func TestChain_quietKeepsUpWithTheClock(t *testing.T) {
	devchain.SetStale(t, time.Second)
	net := chaintest.Start(t, 1)
	q := net.Queue(t, net.Keys[0])
	if _, err := q.Send(t.Context(), chain.Call{To: q.Address()}); err != nil {
		t.Fatal(err)
	}
	first := head(t, net.Client)
	for deadline := time.Now().Add(30 * time.Second); head(t, net.Client).Time < first.Time+3; time.Sleep(100 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("the head is still at %d", head(t, net.Client).Time)
		}
	}
}

func TestChain_Advance(t *testing.T) {
	net := chaintest.Start(t, 1)
	q := net.Queue(t, net.Keys[0])
	overHTTP, err := rpc.DialContext(t.Context(), net.Chain.URL())
	if err != nil {
		t.Fatal(err)
	}
	defer overHTTP.Close()
	now := lilypad.Time(time.Now().Unix()) + 1000
	for name, c := range map[string]struct {
		to      lilypad.Time
		advance func(to lilypad.Time) error
	}{
		"in process": {now + 86400, func(to lilypad.Time) error { return net.Chain.Advance(t.Context(), to) }},
		"by client":  {now + 3*86400, func(to lilypad.Time) error { return net.Client.Advance(t.Context(), to) }},
		"over HTTP": {now + 2*86400, func(to lilypad.Time) error {
			var at hexutil.Uint64
			return overHTTP.CallContext(t.Context(), &at, "lilypad_advance", hexutil.Uint64(to))
		}},
	} {
		t.Run(name, func(t *testing.T) {
			to := max(c.to, head(t, net.Client).Time+5)
			if err := c.advance(to); err != nil {
				t.Fatal(err)
			}
			at := head(t, net.Client)
			if at.Time != to {
				t.Errorf("time is %d, want %d", at.Time, to)
			}
			if err := c.advance(to - 100); err != nil || head(t, net.Client) != at {
				t.Errorf("going back: %v, head %+v, want nothing", err, head(t, net.Client))
			}
			m, err := q.Send(t.Context(), chain.Call{To: q.Address()})
			if err != nil || m.Block.Time != to+1 {
				t.Errorf("next block at %d, %v; want %d", m.Block.Time, err, to+1)
			}
		})
	}
	if err := net.Chain.Advance(t.Context(), 1<<62); lilypad.CodeOf(err) != lilypad.Invalid {
		t.Errorf("far future: %v, want invalid", err)
	}
}

func TestChain_Advance_whileBusy(t *testing.T) {
	net := chaintest.Start(t, 1)
	q := net.Queue(t, net.Keys[0])
	to := head(t, net.Client).Time + 10_000_000
	var group sync.WaitGroup
	for i := range 20 {
		group.Go(func() {
			if _, err := q.Send(t.Context(), chain.Call{To: q.Address(), Gas: 21000}); err != nil {
				t.Error(err)
			}
		})
		group.Go(func() {
			if err := net.Chain.Advance(t.Context(), to+lilypad.Time(i*1000)); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if at := head(t, net.Client); at.Time < to+19_000 {
		t.Errorf("time is %d, want at least %d", at.Time, to+19_000)
	}
}

func TestNew_refuses(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	port := taken.Addr().(*net.TCPAddr).Port
	dir := t.TempDir()
	running := start(t, devchain.Config{Dir: dir})
	for name, c := range map[string]struct {
		cfg  devchain.Config
		code lilypad.Code
		says string
	}{
		"port in use":   {devchain.Config{Listen: true, Port: port}, lilypad.Conflict, "port " + strconv.Itoa(port) + " is in use"},
		"bad port":      {devchain.Config{Listen: true, Port: 65536}, lilypad.Invalid, "port 65536"},
		"folder in use": {devchain.Config{Dir: dir}, lilypad.Conflict, "in use by another process"},
	} {
		t.Run(name, func(t *testing.T) { refuse(t, c.cfg, c.code, c.says) })
	}
	if err := running.Close(); err != nil {
		t.Fatal(err)
	}
	t.Run("other accounts", func(t *testing.T) {
		refuse(t, devchain.Config{Dir: dir, Accounts: []lilypad.Address{{1}}}, lilypad.Conflict, "other accounts")
	})
	t.Run("other id", func(t *testing.T) {
		refuse(t, devchain.Config{Dir: dir, ChainID: 7}, lilypad.Conflict, "another id")
	})
	t.Run("the same again", func(t *testing.T) {
		if err := start(t, devchain.Config{Dir: dir}).Close(); err != nil {
			t.Error(err)
		}
	})
}

func TestChain_listensOnLoopbackOnly(t *testing.T) {
	c := start(t, devchain.Config{Listen: true})
	defer c.Close()
	u, err := url.Parse(c.URL())
	if err != nil || u.Hostname() != "127.0.0.1" {
		t.Errorf("URL %s, %v", c.URL(), err)
	}
	if quiet := start(t, devchain.Config{}); quiet.URL() != "" || quiet.Close() != nil {
		t.Errorf("a chain that does not listen has URL %q", quiet.URL())
	}
	for _, method := range []string{"admin_peers", "debug_setHead", "miner_start", "personal_listAccounts"} {
		client, err := rpc.DialContext(t.Context(), c.URL())
		if err != nil {
			t.Fatal(err)
		}
		defer client.Close()
		var out any
		if err := client.CallContext(t.Context(), &out, method); err == nil || !strings.Contains(err.Error(), "does not exist") {
			t.Errorf("%s: %v, want no such method", method, err)
		}
	}
}

// A tip that the pool takes must be one that the miner takes: else a
// transaction would lie there for ever.
func TestChain_minesTheLowestTip(t *testing.T) {
	net := chaintest.Start(t, 1)
	key := cheap{net.Keys[0]}
	q := chain.NewQueue(chain.QueueConfig{Client: net.Client, Key: key, Journal: memory.New()})
	chaintest.RunQueue(t, q)
	if _, err := q.Send(t.Context(), chain.Call{To: q.Address()}); err != nil {
		t.Error(err)
	}
}

func BenchmarkReceipt(b *testing.B) {
	net := chaintest.Start(b, 1)
	q := net.Queue(b, net.Keys[0])
	for b.Loop() {
		if _, err := q.Send(b.Context(), chain.Call{To: q.Address()}); err != nil {
			b.Fatal(err)
		}
		b.StopTimer() // so that the chain is idle again
		time.Sleep(55 * time.Millisecond)
		b.StartTimer()
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		if err := start(b, devchain.Config{}).Close(); err != nil {
			b.Fatal(err)
		}
	}
}

func start(t testing.TB, cfg devchain.Config) *devchain.Chain {
	t.Helper()
	c, err := devchain.New(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func refuse(t *testing.T, cfg devchain.Config, code lilypad.Code, says string) {
	t.Helper()
	c, err := devchain.New(t.Context(), cfg)
	if err == nil {
		c.Close()
	}
	if lilypad.CodeOf(err) != code || !strings.Contains(err.Error(), says) {
		t.Errorf("error %v, want %s saying %q", err, code, says)
	}
	if code == lilypad.Conflict && lilypad.RemedyOf(err) == "" {
		t.Errorf("%v: no remedy", err)
	}
}

func head(t testing.TB, c *chain.Client) chain.Block {
	t.Helper()
	h, err := c.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return h.Block
}

// What was in the blocks that left is sealed anew, or gone until it is sent
// again; time goes on either way.
func TestChain_Reorganise(t *testing.T) {
	for name, forget := range map[string]bool{"sealed anew": false, "forgotten": true} {
		t.Run(name, func(t *testing.T) {
			net := chaintest.Start(t, 2)
			sender := net.Queue(t, net.Keys[0])
			for range 5 {
				if _, err := sender.Send(t.Context(), chain.Call{To: sender.Address()}); err != nil {
					t.Fatal(err)
				}
			}
			before := head(t, net.Client)
			if err := net.Chain.Reorganise(t.Context(), devchain.Fork{Depth: 3, Blocks: 2, Forget: forget}); err != nil {
				t.Fatal(err)
			}
			if after := head(t, net.Client); after.Number < before.Number-1 || after.Hash == before.Hash || after.Time <= before.Time {
				t.Errorf("the head is %+v after %+v", after, before)
			}
			for limit := time.Now().Add(30 * time.Second); net.Nonce(t, sender.Address()) < 5; time.Sleep(20 * time.Millisecond) {
				if time.Now().After(limit) {
					t.Fatalf("%d of 5 transactions are on the chain", net.Nonce(t, sender.Address()))
				}
			}
		})
	}
}

func TestChain_Reorganise_leavesWhatIsFinal(t *testing.T) {
	net := chaintest.Start(t, 0)
	for range 34 { // block 32 is final
		if err := net.Chain.Advance(t.Context(), head(t, net.Client).Time+1); err != nil {
			t.Fatal(err)
		}
	}
	last := int(head(t, net.Client).Number)
	for _, f := range []devchain.Fork{{Depth: last - 31, Blocks: 1}, {Depth: 1}, {Blocks: 1}, {Depth: last + 1, Blocks: 1}} {
		if err := net.Chain.Reorganise(t.Context(), f); lilypad.CodeOf(err) != lilypad.Invalid {
			t.Errorf("%+v: %v, want invalid", f, err)
		}
	}
	if err := net.Chain.Reorganise(t.Context(), devchain.Fork{Depth: last - 32, Blocks: 1}); err != nil {
		t.Error(err)
	}
}
