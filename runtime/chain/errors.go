package chain

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/lilypad-network/lilypad"
)

// Revert is what a contract answered instead of doing a call.
type Revert struct {
	Data   []byte // ABI-encoded error; may be empty
	Reason string // the node's words
}

func (r *Revert) Error() string { return r.Reason }

// What nodes say in a JSON-RPC error. The protocol gives these cases no code
// of their own, and all nodes repeat go-ethereum's words.
const (
	saysIndexing    = "transaction indexing is in progress"
	saysFunds       = "insufficient funds"
	saysNonceLow    = "nonce too low"
	saysNonceHigh   = "nonce too high" // told at once where there is no pool, by a node that is behind
	saysKnown       = "already known"
	saysUnderpriced = "underpriced"
	saysFeeLow      = "less than block base fee" // told at once where there is no pool, as on Arbitrum
	saysFull        = "txpool is full"           // of those that pay more
	saysNotFinal    = "finalized block not found"
)

const codeReverted = 3

// codes are those of JSON-RPC and EIP-1474.
var codes = map[int]lilypad.Code{
	codeReverted: lilypad.Conflict,
	-32000:       lilypad.Invalid,
	-32001:       lilypad.NotFound,
	-32002:       lilypad.Unavailable,
	-32003:       lilypad.Conflict,
	-32004:       lilypad.Invalid,
	-32005:       lilypad.Exhausted,
	-32600:       lilypad.Invalid,
	-32601:       lilypad.Invalid,
	-32602:       lilypad.Invalid,
}

// explain gives an error of a call its code.
func explain(ctx context.Context, what string, err error) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return ended(ctx, what)
	}
	e := &lilypad.Error{Op: "chain", Msg: what, Err: err, Code: lilypad.Unavailable}
	if errors.Is(err, ethereum.NotFound) {
		e.Code = lilypad.NotFound
	} else if answer, ok := errors.AsType[rpc.Error](err); ok {
		explainAnswer(e, answer)
	} else if status, ok := errors.AsType[rpc.HTTPError](err); ok {
		e.Code = statusCode(status.StatusCode)
	}
	return e
}

// ended is the error of a wait whose context has ended.
func ended(ctx context.Context, what string) error {
	cause := context.Cause(ctx)
	if errors.Is(cause, context.DeadlineExceeded) {
		return &lilypad.Error{Op: "chain", Code: lilypad.Timeout, Msg: what, Err: cause}
	}
	return fmt.Errorf("chain: %s: %w", what, cause)
}

func says(err error, text string) bool {
	answer, ok := errors.AsType[rpc.Error](err)
	return ok && strings.Contains(answer.Error(), text)
}

func explainAnswer(e *lilypad.Error, answer rpc.Error) {
	code, known := codes[answer.ErrorCode()]
	if !known {
		code = lilypad.Internal
	}
	switch {
	case answer.ErrorCode() == codeReverted:
		e.Err = &Revert{Data: revertData(answer), Reason: answer.Error()}
	case says(answer, saysIndexing):
		code = lilypad.Unavailable
	case says(answer, saysFunds), says(answer, saysFeeLow):
		code = lilypad.Exhausted
	case says(answer, saysNonceLow), says(answer, saysNonceHigh), says(answer, saysUnderpriced):
		code = lilypad.Conflict
	}
	e.Code = code
}

func revertData(answer rpc.Error) []byte {
	with, ok := answer.(rpc.DataError)
	if !ok {
		return nil
	}
	text, _ := with.ErrorData().(string)
	data, _ := hexutil.Decode(text)
	return data
}

func statusCode(status int) lilypad.Code {
	switch {
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		return lilypad.Unauthorized
	case status == http.StatusTooManyRequests || status >= http.StatusInternalServerError:
		return lilypad.Unavailable
	}
	return lilypad.Invalid
}
