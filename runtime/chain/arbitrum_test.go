package chain_test

import (
	"bytes"
	"math/big"
	"testing"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/chain/chaintest"
	"github.com/lilypad-network/lilypad/runtime/journal/memory"
)

// overChains runs a test on a dev chain with one funded key, and on one that
// answers as Arbitrum does.
func overChains(t *testing.T, test func(*testing.T, *chaintest.Net)) {
	t.Run("dev chain", func(t *testing.T) { test(t, chaintest.Start(t, 1)) })
	t.Run("Arbitrum", func(t *testing.T) {
		net, _ := chaintest.Start(t, 1).Arbitrum(t, chaintest.ArbitrumConfig{})
		test(t, net)
	})
}

// A transaction must pay for its calldata on the parent chain, at a price that
// moves between estimate and sending.
func TestArbitrum_gasOfTheParentChain(t *testing.T) {
	net, _ := chaintest.Start(t, 1).Arbitrum(t, chaintest.ArbitrumConfig{})
	q := net.Queue(t, net.Keys[0])
	emitter := deploy(t, q, chaintest.Emitter)
	estimates := map[uint64]bool{}
	for i := range 30 {
		call := chain.Call{To: emitter, Data: bytes.Repeat([]byte{byte(i)}, 2000)}
		gas, err := net.Client.EstimateGas(t.Context(), q.Address(), call)
		if err != nil {
			t.Fatal(err)
		}
		estimates[gas] = true
		if _, err := q.Send(t.Context(), call); err != nil {
			t.Fatal(err)
		}
	}
	if len(estimates) < 10 {
		t.Errorf("%d different estimates of 30", len(estimates))
	}
	call := chain.Call{To: emitter, Data: make([]byte, 2000), Gas: 21_000 + 8*2000} // enough on a chain without a parent
	if _, err := q.Send(t.Context(), call); lilypad.CodeOf(err) != lilypad.Invalid {
		t.Errorf("with gas for this chain alone: %v", err)
	}
	if _, err := q.Send(t.Context(), chain.Call{To: emitter, Data: make([]byte, 32)}); err != nil {
		t.Errorf("the next one: %v", err)
	}
}

// There is no pool in which a transaction waits for a lower base fee.
func TestArbitrum_baseFeeRises(t *testing.T) {
	net, fake := chaintest.Start(t, 1).Arbitrum(t, chaintest.ArbitrumConfig{})
	q := net.Queue(t, net.Keys[0])
	fake.Spike(3)
	if _, err := q.Send(t.Context(), chain.Call{To: q.Address()}); err != nil {
		t.Fatal(err)
	}
	fake.Spike(1000)
	_, err := q.Send(t.Context(), chain.Call{To: q.Address()})
	if lilypad.CodeOf(err) != lilypad.Exhausted {
		t.Errorf("while it stays above the cap: %v", err)
	}
	fake.Spike(0)
	if _, err := q.Send(t.Context(), chain.Call{To: q.Address()}); err != nil {
		t.Errorf("afterwards: %v", err)
	}
	if got := mined(t, net, net.Keys[0]); got != 2 {
		t.Errorf("%d transactions, want 2", got)
	}
}

// A node that has not seen the last transaction refuses the next, for a moment.
func TestArbitrum_nodeIsBehind(t *testing.T) {
	net, fake := chaintest.Start(t, 1).Arbitrum(t, chaintest.ArbitrumConfig{})
	q := net.Queue(t, net.Keys[0])
	fake.Behind(2)
	if _, err := q.Send(t.Context(), chain.Call{To: q.Address()}); err != nil {
		t.Errorf("a moment behind: %v", err)
	}
	fake.Behind(1000)
	if _, err := q.Send(t.Context(), chain.Call{To: q.Address()}); lilypad.CodeOf(err) != lilypad.Conflict {
		t.Errorf("for ever behind: %v", err)
	}
}

// The client refuses what the sequencer would, before it is signed.
func TestArbitrum_largestTransaction(t *testing.T) {
	net, fake := chaintest.Start(t, 1).Arbitrum(t, chaintest.ArbitrumConfig{})
	q := net.Queue(t, net.Keys[0])
	emitter := deploy(t, q, chaintest.Emitter)
	before := fake.Calls("eth_sendRawTransaction")
	for _, c := range []struct {
		bytes int
		code  lilypad.Code
	}{{chaintest.ArbitrumMaxTx - 256, ""}, {chaintest.ArbitrumMaxTx - 255, lilypad.Invalid}, {chaintest.ArbitrumMaxTx, lilypad.Invalid}} {
		_, err := q.Send(t.Context(), chain.Call{To: emitter, Data: bytes.Repeat([]byte{0xff}, c.bytes)})
		if (err != nil) != (c.code != "") || err != nil && lilypad.CodeOf(err) != c.code {
			t.Errorf("%d bytes: %v, want %q", c.bytes, err, c.code)
		}
	}
	if sent := fake.Calls("eth_sendRawTransaction") - before; sent != 1 {
		t.Errorf("%d sendings, want the first alone", sent)
	}
}

// The final block lags, receipts tell the parent chain's share, and blocks have
// the hash that the chain gives them.
func TestArbitrum_finality(t *testing.T) {
	dev := chaintest.Start(t, 1)
	net, _ := dev.Arbitrum(t, chaintest.ArbitrumConfig{FinalLag: 5})
	q := net.Queue(t, net.Keys[0])
	if final, err := net.Client.Final(t.Context()); err != nil || final.Number != 0 {
		t.Fatalf("final on a new chain: %d, %v", final.Number, err)
	}
	m, err := q.Send(t.Context(), chain.Call{To: q.Address(), Value: big.NewInt(1)})
	if err != nil {
		t.Fatal(err)
	}
	if m.Receipt.GasUsed <= 21_000 {
		t.Errorf("the receipt tells %d gas, without the parent chain's", m.Receipt.GasUsed)
	}
	var told []uint64
	done := make(chan error, 1)
	go func() {
		done <- net.Client.AwaitFinal(t.Context(), m.Block.Number, func(missing uint64) { told = append(told, missing) })
	}()
	for range 4 {
		advance(t, dev)
	}
	select {
	case err := <-done:
		t.Fatalf("final a block too soon: %v", err)
	case <-time.After(100 * time.Millisecond): // five polls
	}
	advance(t, dev)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	head, err := net.Client.Head(t.Context())
	if err != nil || head.Number != m.Block.Number+5 || len(told) == 0 {
		t.Errorf("final after block %d, %v, told %v", head.Number, err, told)
	}
	again, err := net.Client.HeaderAt(t.Context(), m.Block.Number)
	if err != nil || again.Block != m.Block {
		t.Errorf("block %+v, %v, want %+v", again.Block, err, m.Block)
	}
	atOnce, err := dev.Client.Final(t.Context())
	if err != nil || atOnce.Block != head.Block {
		t.Errorf("final on a dev chain %+v, %v, want its head %+v", atOnce.Block, err, head.Block)
	}
}

// A queue keeps what it has sent until it is final, however many blocks come.
func TestArbitrum_queueKeepsWhatIsNotFinal(t *testing.T) {
	dev := chaintest.Start(t, 1)
	net, _ := dev.Arbitrum(t, chaintest.ArbitrumConfig{FinalLag: 100})
	j := memory.New()
	q := chain.NewQueue(chain.QueueConfig{Client: net.Client, Key: net.Keys[0], Journal: j})
	chaintest.RunQueue(t, q)
	for _, want := range []int{1, 2, 2} {
		if _, err := q.Send(t.Context(), chain.Call{To: q.Address()}); err != nil {
			t.Fatal(err)
		}
		eventually(t, func() bool { return len(stored(t, j)) == want })
		for range 80 {
			advance(t, dev)
		}
	}
}

func TestNew_refusesAnUnknownFinality(t *testing.T) {
	net := chaintest.Start(t, 0)
	_, err := chain.New(t.Context(), chain.Config{URL: net.Chain.URL(), Finality: "soon"})
	if lilypad.CodeOf(err) != lilypad.Invalid || lilypad.RemedyOf(err) == "" {
		t.Errorf("error %v", err)
	}
}
