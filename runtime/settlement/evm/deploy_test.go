package evm_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/params"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/contracts/bindings/lilytoken"
	"github.com/lilypad-network/lilypad/contracts/bindings/modulelist"
	"github.com/lilypad-network/lilypad/contracts/bindings/pluginregistry"
	contract "github.com/lilypad-network/lilypad/contracts/bindings/settlement"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/chain/chaintest"
	"github.com/lilypad-network/lilypad/runtime/settlement/evm"
)

func plan(holder lilypad.Address) evm.Plan {
	return evm.Plan{Sink: sink, Steward: lilypad.Address{7}, Holder: holder, Supply: 1000 * lilypad.LILY}
}

func newDeployment(t *testing.T, chainID uint64, p evm.Plan) evm.Deployment {
	t.Helper()
	d, err := evm.NewDeployment(chainID, p)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// A second run sends nothing, one that was cut short makes what is missing, and
// what is computed without a chain is what the chain then has.
func TestDeployment_Deploy_resumes(t *testing.T) {
	net := chaintest.Start(t, 2)
	queue, helper := net.Queue(t, net.Keys[0]), net.Queue(t, net.Keys[1])
	d := newDeployment(t, net.Client.ChainID(), plan(queue.Address()))
	if err := d.Verify(t.Context(), net.Client); lilypad.CodeOf(err) != lilypad.NotFound || lilypad.RemedyOf(err) == "" {
		t.Errorf("nothing is there yet: %v", err)
	}
	half := d
	half.Contracts = d.Contracts[1:3]
	if err := half.Deploy(t.Context(), helper, func(evm.Contract) {}); err != nil {
		t.Fatal(err)
	}
	var made []string
	if err := d.Deploy(t.Context(), queue, func(c evm.Contract) {
		if !c.Tx.IsZero() {
			made = append(made, c.Name)
		}
	}); err != nil {
		t.Fatal(err)
	}
	if got := net.Nonce(t, queue.Address()); got != 2 || len(made) != 4 { // the helper's two are noted in d as well
		t.Errorf("%d transactions, %s told as made", got, made)
	}
	if err := d.Verify(t.Context(), net.Client); err != nil {
		t.Error(err)
	}
	again := newDeployment(t, net.Client.ChainID(), plan(queue.Address()))
	if err := again.Deploy(t.Context(), queue, func(c evm.Contract) {
		if !c.Tx.IsZero() {
			t.Errorf("%s was made again", c.Name)
		}
	}); err != nil {
		t.Fatal(err)
	}
	if got := net.Nonce(t, queue.Address()); got != 2 {
		t.Errorf("the second run sent %d transactions", got-2)
	}
	at, err := evm.Inspect(t.Context(), net.Client, d.Addresses().Settlement)
	want := d.Addresses()
	want.Modules = lilypad.Address{} // the settlement contract knows of no list
	if err != nil || at != want {
		t.Errorf("the contract says %+v, %v, want %+v", at, err, want)
	}
}

// What is recorded can be read back and is the same deployment.
func TestDeployment_Same(t *testing.T) {
	d := newDeployment(t, 5, plan(lilypad.Address{1}))
	b, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	var back evm.Deployment
	if err := json.Unmarshal(b, &back); err != nil {
		t.Fatal(err)
	}
	if !back.Same(d) {
		t.Errorf("read back as %+v", back)
	}
	for name, other := range map[string]evm.Deployment{
		"another chain":  newDeployment(t, 6, plan(lilypad.Address{1})),
		"another holder": newDeployment(t, 5, plan(lilypad.Address{2})),
	} {
		if other.Same(d) {
			t.Errorf("%s is the same", name)
		}
	}
	// Addresses depend on plan and code alone, code on the chain as well.
	if a, b := newDeployment(t, 6, plan(lilypad.Address{1})), d; a.Address("Settlement") != b.Address("Settlement") || a.Contracts[1].CodeHash == b.Contracts[1].CodeHash {
		t.Errorf("on two chains: %+v and %+v", a.Contracts[1], b.Contracts[1])
	}
}

func TestNewDeployment_refusesWhatConstructorsRefuse(t *testing.T) {
	p := plan(lilypad.Address{1})
	p.Steward = lilypad.Address{}
	if _, err := evm.NewDeployment(5, p); lilypad.CodeOf(err) != lilypad.Invalid || !strings.Contains(err.Error(), "ModuleList") {
		t.Errorf("without a steward: %v", err)
	}
}

// Each byte of a contract's code counts.
func TestDeployment_Verify_findsOtherCode(t *testing.T) {
	net := chaintest.Start(t, 1)
	queue := net.Queue(t, net.Keys[0])
	d := newDeployment(t, net.Client.ChainID(), plan(queue.Address()))
	if err := d.Deploy(t.Context(), queue, func(evm.Contract) {}); err != nil {
		t.Fatal(err)
	}
	plain := chaintest.Faults{PlainHTTP: true}
	proxy := chaintest.NewProxy(t, net.Chain.URL(), plain)
	client := chaintest.Dial(t, chain.Config{URL: proxy.URL})
	tell := func(at lilypad.Address, code []byte) {
		proxy.Set(chaintest.Faults{PlainHTTP: true, Code: map[lilypad.Address][]byte{at: code}})
	}
	for _, c := range d.Contracts {
		code, err := net.Client.Code(t.Context(), c.Address)
		if err != nil {
			t.Fatal(err)
		}
		for _, at := range []int{0, len(code) / 2, len(code) - 1} {
			other := bytes.Clone(code)
			other[at] ^= 1
			tell(c.Address, other)
			err := d.Verify(t.Context(), client)
			if lilypad.CodeOf(err) != lilypad.Conflict || !strings.Contains(err.Error(), c.Name) {
				t.Errorf("%s with byte %d changed: %v", c.Name, at, err)
			}
		}
		tell(c.Address, code[:len(code)-1])
		if err := d.Verify(t.Context(), client); lilypad.CodeOf(err) != lilypad.Conflict {
			t.Errorf("%s without its last byte: %v", c.Name, err)
		}
		proxy.Set(plain)
		if err := d.Verify(t.Context(), client); err != nil {
			t.Error(err)
		}
	}
	tell(lilypad.Address(params.DeterministicFactoryAddress), []byte{1})
	on := chain.NewQueue(chain.QueueConfig{Client: client, Key: net.Keys[0]})
	if err := d.Deploy(t.Context(), on, func(evm.Contract) {}); lilypad.CodeOf(err) != lilypad.Conflict || !strings.Contains(err.Error(), "factory") {
		t.Errorf("without a factory: %v", err)
	}
}

// Arbitrum answers these opcodes otherwise than Ethereum: block number and hash
// are those of the parent chain, or made up.
func TestBuild_usesNoOpcodeThatDiffersOnArbitrum(t *testing.T) {
	differ := map[byte]string{0x40: "BLOCKHASH", 0x41: "COINBASE", 0x43: "NUMBER", 0x44: "PREVRANDAO", 0x4a: "BLOBBASEFEE"}
	for name, code := range map[string]string{
		"LilyToken": lilytoken.LilyTokenMetaData.Bin, "Settlement": contract.SettlementMetaData.Bin,
		"ModuleList": modulelist.ModuleListMetaData.Bin, "PluginRegistry": pluginregistry.PluginRegistryMetaData.Bin,
	} {
		code := common.FromHex(code)
		for pc := 0; pc < len(code); pc++ {
			if op, found := differ[code[pc]]; found {
				t.Errorf("%s has %s at %d", name, op, pc)
			}
			if code[pc] >= 0x60 && code[pc] <= 0x7f { // PUSHn skips its data
				pc += int(code[pc]) - 0x5f
			}
		}
	}
}
