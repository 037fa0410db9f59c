package driver

import (
	"context"
	"errors"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution/driver/wire"
)

// faultToWire makes an executor's error one that crosses the border.
func faultToWire(err error) error {
	if err == nil {
		return nil
	}
	code := lilypad.CodeOf(err)
	switch {
	case errors.Is(err, context.Canceled):
		return status.FromContextError(context.Canceled).Err()
	case errors.Is(err, context.DeadlineExceeded) && code == lilypad.Internal:
		code = lilypad.Timeout
	}
	s, detailErr := status.New(codes.Unknown, "fault").
		WithDetails(&wire.Fault{Code: string(code), Message: cut(err.Error()), Remedy: cut(lilypad.RemedyOf(err))})
	if detailErr != nil {
		return detailErr
	}
	return s.Err()
}

// faultFromWire reads the error that a driver means; nil when err is none of
// its own but the border's.
func faultFromWire(err error) *lilypad.Error {
	for _, d := range status.Convert(err).Details() {
		f, ok := d.(*wire.Fault)
		if !ok {
			continue
		}
		e := &lilypad.Error{Op: "driver", Code: lilypad.Code(f.GetCode()), Msg: cut(f.GetMessage()), Remedy: cut(f.GetRemedy())}
		if _, known := lilypad.Codes[e.Code]; !known {
			e.Code = lilypad.Internal
		}
		return e
	}
	return nil
}
