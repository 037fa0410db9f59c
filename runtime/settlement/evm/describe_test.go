package evm_test

import (
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/contracts/bindings/lilytoken"
	contract "github.com/lilypad-network/lilypad/contracts/bindings/settlement"
	"github.com/lilypad-network/lilypad/runtime/chain"
	"github.com/lilypad-network/lilypad/runtime/settlement/evm"
)

func TestDescribe(t *testing.T) {
	to, five := common.Address{19: 9}, new(big.Int).Mul(big.NewInt(5), big.NewInt(1e18))
	token, settlement := lilytoken.NewLilyToken(), contract.NewSettlement()
	for want, data := range map[string][]byte{
		"sends 5 LILY to " + to.String():       token.PackTransfer(to, five),
		"lets " + to.String() + " take 5 LILY": token.PackApprove(to, five),
		"deposits 5 LILY for " + to.String():   settlement.PackDeposit(to, five),
		"deposits 5 LILY":                      settlement.PackDepositWithPermit(five, five, 27, [32]byte{}, [32]byte{}),
		"withdraws 5 LILY to " + to.String():   settlement.PackWithdraw(to, five),
		"voids what was signed before":         settlement.PackBumpEpoch(),
		"calls " + lilypad.Address{1}.String(): {0xa9, 0x05, 0x9c, 0xbb, 1}, // a transfer cut short
	} {
		if got := evm.Describe(chain.Call{To: lilypad.Address{1}, Data: data}); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if got := evm.Describe(chain.Call{}); got != "makes a contract" {
		t.Error(got)
	}
}
