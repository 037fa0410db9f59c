package driver

import (
	"context"
	"io"
	"os"
	"sync"

	"github.com/hashicorp/go-hclog"
	plugin "github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"
	"google.golang.org/grpc/keepalive"
	"google.golang.org/grpc/stats"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution"
	"github.com/lilypad-network/lilypad/runtime/execution/driver/wire"
)

// Serve offers an executor to the node that started this program, until that
// node lets go of it or is gone; then it closes the executor. open is called
// with the node's settings, once. Only main calls Serve; started by hand, the
// program says what it is and exits with 1.
func Serve(open func(Settings) (execution.Executor, error)) {
	s := &server{open: open}
	plugin.Serve(&plugin.ServeConfig{
		HandshakeConfig:  handshake,
		VersionedPlugins: map[int]plugin.PluginSet{Version: {pluginName: &border{server: s}}},
		Logger:           hclog.NewNullLogger(),
		GRPCServer: func(opts []grpc.ServerOption) *grpc.Server {
			return grpc.NewServer(append(opts,
				grpc.MaxRecvMsgSize(maxRequest), grpc.MaxSendMsgSize(maxAnswer),
				grpc.KeepaliveEnforcementPolicy(keepalive.EnforcementPolicy{MinTime: pingPeriod / 2, PermitWithoutStream: true}),
				grpc.StatsHandler(&hostWatch{gone: func() { s.close(); os.Exit(0) }}))...)
		},
	})
	s.close()
}

// hostWatch calls gone when the last connection has ended: a node that was
// killed tells nobody.
type hostWatch struct {
	gone func()

	mu   sync.Mutex // guards open
	open int
}

func (*hostWatch) TagRPC(ctx context.Context, _ *stats.RPCTagInfo) context.Context   { return ctx }
func (*hostWatch) HandleRPC(context.Context, stats.RPCStats)                         {}
func (*hostWatch) TagConn(ctx context.Context, _ *stats.ConnTagInfo) context.Context { return ctx }

func (w *hostWatch) HandleConn(_ context.Context, s stats.ConnStats) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch s.(type) {
	case *stats.ConnBegin:
		w.open++
	case *stats.ConnEnd:
		if w.open--; w.open == 0 {
			go w.gone()
		}
	}
}

// server answers a node's calls with an executor.
type server struct {
	wire.UnimplementedDriverServer
	open func(Settings) (execution.Executor, error)

	mu       sync.Mutex // guards what follows
	executor execution.Executor
	closed   bool
}

func (s *server) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c, ok := s.executor.(io.Closer); ok && !s.closed {
		_ = c.Close() // the process ends; nobody is left to hear of it
	}
	s.closed = true
}

func (s *server) Open(_ context.Context, settings *wire.Settings) (*wire.Nothing, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.executor != nil || s.closed {
		return nil, faultToWire(lilypad.Errorf(lilypad.Conflict, "the driver is open already"))
	}
	e, err := s.open(settingsFromWire(settings))
	if err != nil {
		return nil, faultToWire(err)
	}
	s.executor = e
	return &wire.Nothing{}, nil
}

func (s *server) get() (execution.Executor, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.executor == nil || s.closed {
		return nil, faultToWire(lilypad.Errorf(lilypad.Conflict, "the driver is not open"))
	}
	return s.executor, nil
}

// answer runs one call with the executor.
func answer[A any](s *server, f func(execution.Executor) (A, error)) (a A, err error) {
	e, err := s.get()
	if err != nil {
		return a, err
	}
	a, err = f(e)
	return a, faultToWire(err)
}

func (s *server) Fingerprint(ctx context.Context, _ *wire.Nothing) (*wire.Found, error) {
	return answer(s, func(e execution.Executor) (*wire.Found, error) {
		f, err := e.Fingerprint(ctx)
		return foundToWire(f), err
	})
}

func (s *server) Check(ctx context.Context, spec *wire.Spec) (*wire.Nothing, error) {
	return answer(s, func(e execution.Executor) (*wire.Nothing, error) {
		if c, ok := e.(execution.Checker); ok {
			return &wire.Nothing{}, c.Check(ctx, specFromWire(spec))
		}
		return &wire.Nothing{}, nil
	})
}

func (s *server) Start(ctx context.Context, job *wire.Job) (*wire.Handle, error) {
	return answer(s, func(e execution.Executor) (*wire.Handle, error) {
		h, err := e.Start(ctx, jobFromWire(job))
		return handleToWire(h), err
	})
}

func (s *server) Wait(ctx context.Context, h *wire.Handle) (*wire.Outcome, error) {
	return answer(s, func(e execution.Executor) (*wire.Outcome, error) {
		o, err := e.Wait(ctx, execution.Handle(h.GetHandle()))
		return outcomeToWire(o), err
	})
}

func (s *server) Stop(ctx context.Context, h *wire.Handle) (*wire.Nothing, error) {
	return answer(s, func(e execution.Executor) (*wire.Nothing, error) {
		return &wire.Nothing{}, e.Stop(ctx, execution.Handle(h.GetHandle()))
	})
}

func (s *server) Recover(ctx context.Context, h *wire.Handle) (*wire.Nothing, error) {
	return answer(s, func(e execution.Executor) (*wire.Nothing, error) {
		return &wire.Nothing{}, e.Recover(ctx, execution.Handle(h.GetHandle()))
	})
}

func (s *server) Reap(ctx context.Context, keep *wire.Kept) (*wire.Reaped, error) {
	return answer(s, func(e execution.Executor) (*wire.Reaped, error) {
		var handles []execution.Handle
		for _, h := range keep.GetHandles() {
			handles = append(handles, execution.Handle(h))
		}
		n, err := e.Reap(ctx, handles)
		return &wire.Reaped{Jobs: uint32(n)}, err
	})
}

func (s *server) Logs(h *wire.Handle, out grpc.ServerStreamingServer[wire.Chunk]) error {
	e, err := s.get()
	if err != nil {
		return err
	}
	var mu sync.Mutex // a stream takes one message at a time, an executor writes two logs
	return faultToWire(e.Logs(out.Context(), execution.Handle(h.GetHandle()), &chunks{&mu, out, false}, &chunks{&mu, out, true}))
}

// chunks sends what is written to it.
type chunks struct {
	mu     *sync.Mutex
	out    grpc.ServerStreamingServer[wire.Chunk]
	stderr bool
}

func (c *chunks) Write(p []byte) (n int, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for n < len(p) {
		piece := p[n:min(n+maxChunk, len(p))]
		if err := c.out.Send(&wire.Chunk{Stderr: c.stderr, Text: piece}); err != nil {
			return n, err
		}
		n += len(piece)
	}
	return n, nil
}
