package chain

import (
	"context"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/lilypad-network/lilypad"
)

// Simulate runs a call on the newest state at the time that the next block
// will have, and returns the logs that it would leave. It needs a node with
// eth_simulateV1.
//
// # Errors
//
// Those of [Client]: Conflict with a [Revert] when the call would revert.
func (c *Client) Simulate(ctx context.Context, from lilypad.Address, call Call) (logs []*types.Log, err error) {
	err = c.do(ctx, "simulate", func(ctx context.Context) error {
		var latest, pending wireHeader
		if err := c.rpc.CallContext(ctx, &latest, "eth_getBlockByNumber", "latest", false); err != nil {
			return err
		}
		if err := c.rpc.CallContext(ctx, &pending, "eth_getBlockByNumber", "pending", false); err != nil {
			return err
		}
		number := rpc.BlockNumber(latest.Number)
		blocks, err := c.eth.SimulateV1(ctx, ethclient.SimulateOptions{
			BlockStateCalls: []ethclient.SimulateBlock{{
				BlockOverrides: &ethereum.BlockOverrides{Time: max(uint64(latest.Time)+1, uint64(pending.Time))},
				Calls:          []ethereum.CallMsg{call.message(from)},
			}},
		}, &rpc.BlockNumberOrHash{BlockNumber: &number})
		if err != nil {
			return err
		}
		if len(blocks) != 1 || len(blocks[0].Calls) != 1 {
			return lilypad.Errorf(lilypad.Internal, "the node simulated %d blocks", len(blocks))
		}
		result := blocks[0].Calls[0]
		if result.Error != nil {
			return &refusal{result.Error}
		}
		logs = result.Logs
		return nil
	})
	return logs, err
}

// refusal is a simulated revert as the JSON-RPC error that a call would get:
// the simulation numbers its errors otherwise.
type refusal struct{ *ethclient.CallError }

func (r *refusal) Error() string  { return r.Message }
func (r *refusal) ErrorCode() int { return codeReverted }
func (r *refusal) ErrorData() any { return r.Data }
