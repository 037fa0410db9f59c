package evm_test

import (
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/lilypad-network/lilypad"
	contract "github.com/lilypad-network/lilypad/contracts/bindings/settlement"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/settlement"
	"github.com/lilypad-network/lilypad/runtime/settlement/evm"
)

func event(t testing.TB, name string, topics int, words ...int64) *types.Log {
	abi, err := contract.SettlementMetaData.ParseABI()
	if err != nil {
		t.Fatal(err)
	}
	log := &types.Log{Topics: []common.Hash{abi.Events[name].ID}}
	for i := range topics {
		log.Topics = append(log.Topics, common.BigToHash(big.NewInt(int64(i+1))))
	}
	for _, w := range words {
		log.Data = append(log.Data, common.BigToHash(big.NewInt(w)).Bytes()...)
	}
	return log
}

func TestDecode_refusesWhatNoContractWrites(t *testing.T) {
	huge := func(word int) *types.Log {
		log := event(t, "Opened", 3, 1, 2, 3, 4, 5)
		log.Data[32*word] = 1 // 2²⁴⁸
		return log
	}
	for name, log := range map[string]*types.Log{
		"short data":    event(t, "Opened", 3, 1, 2),
		"long data":     event(t, "Closed", 3, 1, 2, 3),
		"few topics":    event(t, "Submitted", 2, 1, 2),
		"huge price":    huge(0),
		"huge epoch":    huge(2),
		"huge expiry":   huge(3),
		"huge deadline": huge(4),
		"unknown path":  event(t, "Closed", 3, 13, 2),
	} {
		if e, err := evm.Decode(log); lilypad.CodeOf(err) != lilypad.Internal {
			t.Errorf("%s: %+v, error %v", name, e, err)
		}
	}
}

func TestDecode_readsSkippedAndLeavesTheRest(t *testing.T) {
	got, err := evm.Decode(event(t, "Skipped", 1, 0, 17))
	want := settlement.Event{Kind: settlement.Skipped, Job: lilypad.JobID{31: 1}, Reason: settlement.ReasonAudit}
	if err != nil || got != want {
		t.Errorf("%+v, %v", got, err)
	}
	for _, log := range []*types.Log{{}, event(t, "Deposited", 1, 5), event(t, "VerdictGiven", 2, 1, 2, 3)} {
		if got, err := evm.Decode(log); err != nil || got != (settlement.Event{}) {
			t.Errorf("%+v, %v", got, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, name := range []string{"Opened", "Submitted", "Challenged", "Drawn", "Closed", "Skipped"} {
		log := event(f, name, 3, 1, 2, 3, 4, 5)
		for _, words := range []int{2, 3, 5} {
			f.Add(log.Topics[0].Bytes(), 3, log.Data[:32*words])
		}
	}
	f.Fuzz(func(t *testing.T, topic []byte, topics int, data []byte) {
		log := &types.Log{Data: data, Topics: []common.Hash{common.BytesToHash(topic)}}
		for range min(max(topics, 0), 5) {
			log.Topics = append(log.Topics, common.BytesToHash(data))
		}
		e, err := evm.Decode(log)
		if err == nil && (e.Deadline >= 1<<40 || e.Path > settlement.PathNoVerdict || e.Outcome > lilypad.OutcomeFraud) {
			t.Errorf("%+v", e)
		}
	})
}

func FuzzFault(f *testing.F) {
	abi, err := contract.SettlementMetaData.ParseABI()
	if err != nil {
		f.Fatal(err)
	}
	for _, e := range abi.Errors {
		f.Add(append(e.ID.Bytes()[:4], make([]byte, 32*len(e.Inputs))...))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		err := evm.Fault(&lilypad.Error{Code: lilypad.Conflict, Err: &chain.Revert{Data: data, Reason: "reverted"}})
		if err == nil || lilypad.CodeOf(err) == lilypad.Internal {
			t.Errorf("%x: %v", data, err)
		}
	})
}
