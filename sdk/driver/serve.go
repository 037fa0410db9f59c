package driver

import (
	"context"
	"errors"
	"io"
	"os"
	"sync"
	"time"

	"github.com/hashicorp/go-hclog"
	plugin "github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"
	"google.golang.org/grpc/keepalive"
	"google.golang.org/grpc/stats"

	"github.com/lilypad-network/lilypad/sdk/driver/internal/wire"
)

// Version is the newest version of the protocol that this package speaks. Node
// and driver take the newest that both know.
const Version = 1

// handshake is what the node asks before all else. The cookie keeps people from
// starting a driver by hand; it is no secret.
var handshake = plugin.HandshakeConfig{MagicCookieKey: "LILYPAD_DRIVER", MagicCookieValue: "executor"}

// Bounds of the border, as the node has them.
const (
	pluginName = "executor"
	maxRequest = 4 << 20 // bytes of a message to the driver
	maxAnswer  = 1 << 20 // bytes of a message from it
	maxChunk   = 32 << 10
	pingPeriod = 10 * time.Second
)

// border is the one plugin that a driver serves.
type border struct {
	plugin.NetRPCUnsupportedPlugin
	server *server
}

func (b *border) GRPCServer(_ *plugin.GRPCBroker, s *grpc.Server) error {
	wire.RegisterDriverServer(s, b.server)
	return nil
}

// GRPCClient is for nodes, which have their own.
func (*border) GRPCClient(context.Context, *plugin.GRPCBroker, *grpc.ClientConn) (any, error) {
	return nil, errors.New("sdk/driver serves only")
}

// Serve offers a driver to the node that started this program, until that
// node lets go of it or is gone; then it closes the driver. open is called
// with the node's settings, once. Only main calls Serve; started by hand, the
// program says what it is and exits with 1.
func Serve(open func(Settings) (Driver, error)) {
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

// server answers a node's calls with a driver.
type server struct {
	wire.UnimplementedDriverServer
	open func(Settings) (Driver, error)

	mu     sync.Mutex // guards what follows
	driver Driver
	closed bool
}

func (s *server) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c, ok := s.driver.(io.Closer); ok && !s.closed {
		_ = c.Close() // the process ends; nobody is left to hear of it
	}
	s.closed = true
}

func (s *server) Open(_ context.Context, settings *wire.Settings) (*wire.Nothing, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.driver != nil || s.closed {
		return nil, fault(&Error{Code: Conflict, Msg: "the driver is open already"})
	}
	e, err := s.open(settingsOf(settings))
	if err != nil {
		return nil, fault(err)
	}
	s.driver = e
	return &wire.Nothing{}, nil
}

func (s *server) get() (Driver, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.driver == nil || s.closed {
		return nil, fault(&Error{Code: Conflict, Msg: "the driver is not open"})
	}
	return s.driver, nil
}

// answer runs one call with the driver.
func answer[A any](s *server, f func(Driver) (A, error)) (a A, err error) {
	e, err := s.get()
	if err != nil {
		return a, err
	}
	a, err = f(e)
	return a, fault(err)
}

func (s *server) Fingerprint(ctx context.Context, _ *wire.Nothing) (*wire.Found, error) {
	return answer(s, func(d Driver) (*wire.Found, error) {
		f, err := d.Fingerprint(ctx)
		return found(f), err
	})
}

func (s *server) Check(ctx context.Context, spec *wire.Spec) (*wire.Nothing, error) {
	return answer(s, func(d Driver) (*wire.Nothing, error) {
		if c, ok := d.(Checker); ok {
			return &wire.Nothing{}, c.Check(ctx, specOf(spec))
		}
		return &wire.Nothing{}, nil
	})
}

func (s *server) Start(ctx context.Context, job *wire.Job) (*wire.Handle, error) {
	return answer(s, func(d Driver) (*wire.Handle, error) {
		h, err := d.Start(ctx, jobOf(job))
		return &wire.Handle{Handle: h}, err
	})
}

func (s *server) Wait(ctx context.Context, h *wire.Handle) (*wire.Outcome, error) {
	return answer(s, func(d Driver) (*wire.Outcome, error) {
		o, err := d.Wait(ctx, h.GetHandle())
		return outcome(o), err
	})
}

func (s *server) Stop(ctx context.Context, h *wire.Handle) (*wire.Nothing, error) {
	return answer(s, func(d Driver) (*wire.Nothing, error) {
		return &wire.Nothing{}, d.Stop(ctx, h.GetHandle())
	})
}

func (s *server) Recover(ctx context.Context, h *wire.Handle) (*wire.Nothing, error) {
	return answer(s, func(d Driver) (*wire.Nothing, error) {
		return &wire.Nothing{}, d.Recover(ctx, h.GetHandle())
	})
}

func (s *server) Reap(ctx context.Context, keep *wire.Kept) (*wire.Reaped, error) {
	return answer(s, func(d Driver) (*wire.Reaped, error) {
		n, err := d.Reap(ctx, keep.GetHandles())
		return &wire.Reaped{Jobs: uint32(n)}, err
	})
}

func (s *server) Logs(h *wire.Handle, out grpc.ServerStreamingServer[wire.Chunk]) error {
	e, err := s.get()
	if err != nil {
		return err
	}
	var mu sync.Mutex // a stream takes one message at a time, a driver writes two logs
	return fault(e.Logs(out.Context(), h.GetHandle(), &chunks{&mu, out, false}, &chunks{&mu, out, true}))
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
