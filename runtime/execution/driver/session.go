package driver

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"time"

	"github.com/hashicorp/go-hclog"
	plugin "github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/keepalive"
	"google.golang.org/grpc/status"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/execution/driver/wire"
)

const (
	maxPause = 30 * time.Second
	longLife = time.Minute // after which a driver that ends is no failure of its start
	farewell = 10 * time.Second
)

// session is one life of the driver's process.
type session struct {
	rpc    wire.DriverClient
	client *plugin.Client
	cmd    *exec.Cmd
	said   *tail
	dir    string // for its sockets and the like; removed with it
	born   time.Time
	lost   atomic.Bool
	gone   chan struct{} // closed when all of it is cleaned up
}

// border is the one plugin that a driver serves, seen from both sides.
type border struct {
	plugin.NetRPCUnsupportedPlugin
	server *server
}

func (b *border) GRPCServer(_ *plugin.GRPCBroker, s *grpc.Server) error {
	wire.RegisterDriverServer(s, b.server)
	return nil
}

func (b *border) GRPCClient(_ context.Context, _ *plugin.GRPCBroker, c *grpc.ClientConn) (any, error) {
	return wire.NewDriverClient(c), nil
}

// session returns the driver's present life, or starts a new one, after a
// pause when the last were short.
func (e *Executor) session(ctx context.Context) (*session, error) {
	select {
	case e.lock <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-e.lock }()
	if e.closed {
		return nil, lilypad.Errorf(lilypad.Unavailable, "the driver was closed")
	}
	if e.now != nil {
		if !e.now.lost.Load() && !e.now.client.Exited() {
			return e.now, nil
		}
		e.lose(e.now)
		e.failures++
		if time.Since(e.now.born) > longLife {
			e.failures = 0
		}
		e.now = nil
	}
	if e.failures > 0 {
		if err := sleep(ctx, min(e.cfg.Pause<<min(e.failures-1, 16), maxPause)); err != nil {
			return nil, err
		}
	}
	s, err := e.launch(ctx)
	if err != nil {
		e.failures++
		return nil, err
	}
	e.now = s
	e.retake(ctx, s)
	return s, nil
}

// launch starts the driver and opens it.
func (e *Executor) launch(ctx context.Context) (*session, error) {
	dir, err := os.MkdirTemp("", "lilypad-driver-")
	if err != nil {
		return nil, err
	}
	s := &session{cmd: exec.Command(e.cfg.Path), said: &tail{log: e.log}, dir: dir, born: time.Now(), gone: make(chan struct{})}
	s.cmd.Env = append(environment(os.Environ()), plugin.EnvUnixSocketDir+"="+dir, DirVariable+"="+dir)
	ownGroup(s.cmd)
	cfg := &plugin.ClientConfig{
		HandshakeConfig: handshake, VersionedPlugins: map[int]plugin.PluginSet{Version: {pluginName: &border{}}},
		Cmd: s.cmd, SkipHostEnv: true, AutoMTLS: true, AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC},
		StartTimeout: e.cfg.Deadlines.Launch, Logger: hclog.NewNullLogger(),
		Stderr: s.said, SyncStdout: io.Discard, SyncStderr: s.said,
		GRPCDialOptions: []grpc.DialOption{
			grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(maxAnswer), grpc.MaxCallSendMsgSize(maxRequest)),
			grpc.WithKeepaliveParams(keepalive.ClientParameters{Time: pingPeriod, Timeout: pingPeriod, PermitWithoutStream: true}),
			grpc.WithIdleTimeout(0), grpc.WithDisableRetry(),
		},
	}
	if e.cfg.SHA256 != "" {
		sum, _ := hex.DecodeString(e.cfg.SHA256) // New has looked
		cfg.SecureConfig = &plugin.SecureConfig{Checksum: sum, Hash: sha256.New()}
	}
	s.client = plugin.NewClient(cfg)
	if err := s.connect(); err != nil {
		e.lose(s)
		<-s.gone // until all that it printed is read
		return nil, e.launchError(s, err)
	}
	asking, stop := context.WithTimeout(ctx, e.cfg.Deadlines.Launch)
	defer stop()
	if _, err := s.rpc.Open(asking, settingsToWire(e.cfg.Settings)); err != nil {
		e.lose(s)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, e.callError(s, "Open", err)
	}
	e.log.Debug("driver started", "process", s.cmd.Process.Pid, "protocol", s.client.NegotiatedVersion())
	return s, nil
}

func (s *session) connect() error {
	protocol, err := s.client.Client()
	if err != nil {
		return err
	}
	raw, err := protocol.Dispense(pluginName)
	if err != nil {
		return err
	}
	s.rpc = raw.(wire.DriverClient) //nolint:forcetypeassert // border gives nothing else
	return nil
}

// launchError says why a driver did not start, as far as go-plugin tells.
func (e *Executor) launchError(s *session, err error) error {
	code, msg, remedy := lilypad.Unavailable, "driver "+e.cfg.Path+" did not start", "run it by hand, and read what it says"
	switch text := err.Error(); {
	case errors.Is(err, plugin.ErrChecksumsDoNotMatch):
		code, msg, remedy = lilypad.Unauthorized, "driver "+e.cfg.Path+" is not the program that was pinned", "install the pinned one, or pin this one after you have looked at it"
	case strings.Contains(text, "incompatible"): // go-plugin has no error value for it
		msg = fmt.Sprintf("driver %s speaks another protocol than version %d of this node", e.cfg.Path, Version)
		remedy = "build it against the sdk/driver of this release"
	case strings.Contains(text, "timeout while waiting"):
		msg = fmt.Sprintf("driver %s was silent for %s", e.cfg.Path, e.cfg.Deadlines.Launch)
	case strings.Contains(text, "Failed to read any lines"): // its own words say more than go-plugin's guesses
		err = errors.New("it ended without a word on stdout")
	case strings.Contains(text, "Unrecognized remote plugin message"):
		msg, remedy = "program "+e.cfg.Path+" is no driver", "name the program of a driver: --driver ENGINE=PATH"
	}
	return &lilypad.Error{Op: "driver", Code: code, Msg: msg, Remedy: remedy, Err: errors.New(cut(err.Error() + s.said.last()))}
}

// callError tells what became of a call that the driver did not answer.
func (e *Executor) callError(s *session, call string, err error) error {
	if fault := faultFromWire(err); fault != nil {
		return fault
	}
	f := &lilypad.Error{Op: "driver", Code: lilypad.Unavailable, Remedy: "read what it printed; it is started again with the next call"}
	switch status.Code(err) {
	case codes.DeadlineExceeded:
		f.Code, f.Msg = lilypad.Timeout, fmt.Sprintf("driver %s did not answer %s in time", e.cfg.Path, call)
	case codes.Unimplemented:
		f.Msg, f.Remedy = fmt.Sprintf("driver %s does not know %s, which is in the version that it claims to speak", e.cfg.Path, call), "build it against the sdk/driver of this release"
	case codes.ResourceExhausted:
		f.Msg, f.Remedy = fmt.Sprintf("driver %s answered %s with more than %d bytes, or was asked with more than %d", e.cfg.Path, call, maxAnswer, maxRequest), "update the driver"
	default:
		f.Msg = fmt.Sprintf("driver %s was lost during %s", e.cfg.Path, call)
	}
	f.Err = errors.New(cut(status.Convert(err).Message() + s.said.last()))
	return f
}

// retake gives a new life of the driver the jobs of the one before.
func (e *Executor) retake(ctx context.Context, s *session) {
	for _, h := range e.kept() {
		asking, stop := context.WithTimeout(ctx, e.cfg.Deadlines.Answer)
		_, err := s.rpc.Recover(asking, handleToWire(h))
		stop()
		if err != nil {
			e.log.Warn("job not taken back by the driver", "job", h, "error", e.callError(s, "Recover", err))
		}
	}
}

// lose ends a life by force, in the background.
func (e *Executor) lose(s *session) {
	if s.lost.Swap(true) {
		return
	}
	e.log.Warn("driver lost", "printed", strings.TrimPrefix(s.said.last(), saidMark))
	killGroup(s.cmd)
	e.endings.Go(s.reap)
}

// reap lets go-plugin clean up, in a time that does not depend on the driver.
func (s *session) reap() {
	defer close(s.gone)
	defer os.RemoveAll(s.dir)
	done := make(chan struct{})
	go func() { defer close(done); s.client.Kill() }()
	select {
	case <-done:
	case <-time.After(farewell): // a child of it holds its output; nothing of ours waits for that
	}
}

// end lets the driver close its executor, then ends what is left of it.
func (s *session) end() {
	if s.lost.Swap(true) {
		return
	}
	force := time.AfterFunc(farewell/2, func() { killGroup(s.cmd) })
	defer force.Stop()
	s.reap()
	killGroup(s.cmd)
}

// environment is the node's, without what is meant for the node alone, such as
// the passphrase of its key.
func environment(all []string) (env []string) {
	for _, kv := range all {
		if !strings.HasPrefix(kv, "LILYPAD_") {
			env = append(env, kv)
		}
	}
	return env
}
