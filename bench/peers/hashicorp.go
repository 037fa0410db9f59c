package peers

import (
	"context"
	"io"
	"os"
	"os/exec"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"

	"github.com/lilypad-network/lilypad/bench/peers/grpcpb"
	"github.com/lilypad-network/lilypad/hostapi"
)

// Made by protoc 3.21, protoc-gen-go 1.36.11, protoc-gen-go-grpc 1.6.0 and protoc-gen-go-plugin 0.9.0.
//go:generate protoc --go_out=grpcpb --go_opt=paths=source_relative,Mpolicy.proto=github.com/lilypad-network/lilypad/bench/peers/grpcpb --go-grpc_out=grpcpb --go-grpc_opt=paths=source_relative,Mpolicy.proto=github.com/lilypad-network/lilypad/bench/peers/grpcpb policy.proto
//go:generate protoc --go-plugin_out=wasmpb --go-plugin_opt=paths=source_relative,Mpolicy.proto=github.com/lilypad-network/lilypad/bench/peers/wasmpb policy.proto

var handshake = plugin.HandshakeConfig{ProtocolVersion: 1, MagicCookieKey: "LILYPAD_BENCH", MagicCookieValue: "matcher"}

// ServeHashicorp serves the decision over gRPC when this process was started
// as a plugin, until the host ends it. It tells whether it was.
func ServeHashicorp() bool {
	if os.Getenv(handshake.MagicCookieKey) != handshake.MagicCookieValue {
		return false
	}
	plugin.Serve(&plugin.ServeConfig{
		HandshakeConfig: handshake, Plugins: plugin.PluginSet{"matcher": matcher{}}, GRPCServer: plugin.DefaultGRPCServer,
		Logger: hclog.New(&hclog.LoggerOptions{Output: io.Discard}),
	})
	return true
}

type matcher struct {
	plugin.NetRPCUnsupportedPlugin
	grpcpb.UnimplementedMatcherServer
}

var _ plugin.GRPCPlugin = matcher{}

func (m matcher) GRPCServer(_ *plugin.GRPCBroker, s *grpc.Server) error {
	grpcpb.RegisterMatcherServer(s, m)
	return nil
}

func (matcher) GRPCClient(_ context.Context, _ *plugin.GRPCBroker, c *grpc.ClientConn) (any, error) {
	return grpcpb.NewMatcherClient(c), nil
}

// Match is the decision in the plugin's process.
func (matcher) Match(_ context.Context, q *grpcpb.Question) (*grpcpb.Answer, error) {
	j := hostapi.Job{Region: hostapi.Opt[string]{V: q.GetJob().GetRegion(), OK: q.GetJob().GetRegion() != ""}}
	o := hostapi.Offer{
		Price: q.GetOffer().GetPrice(), JobsOk: q.GetOffer().GetJobsOk(), JobsFailed: q.GetOffer().GetJobsFailed(),
		Region: hostapi.Opt[string]{V: q.GetOffer().GetRegion(), OK: true},
	}
	a := decide(&j, &o)
	return &grpcpb.Answer{Score: a.Score, Refused: a.Failures > 0, Failures: a.Failures}, nil
}

func hashicorp(context.Context) (Peer, error) {
	self, err := os.Executable()
	if err != nil {
		return Peer{}, err
	}
	client := plugin.NewClient(&plugin.ClientConfig{
		HandshakeConfig: handshake, Plugins: plugin.PluginSet{"matcher": matcher{}}, Cmd: exec.Command(self),
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC}, Logger: hclog.New(&hclog.LoggerOptions{Output: io.Discard}),
	})
	protocol, err := client.Client()
	if err != nil {
		client.Kill()
		return Peer{}, err
	}
	dispensed, err := protocol.Dispense("matcher")
	if err != nil {
		client.Kill()
		return Peer{}, err
	}
	remote := dispensed.(grpcpb.MatcherClient) // made by GRPCClient above
	return Peer{Name: "hashicorp", Close: client.Kill, Prepare: func(in hostapi.MatchInput) (Ask, error) {
		q := grpcQuestion(in)
		return func(ctx context.Context) (Answer, error) {
			a, err := remote.Match(ctx, q)
			return Answer{a.GetScore(), a.GetFailures()}, err
		}, nil
	}}, nil
}

func grpcQuestion(in hostapi.MatchInput) *grpcpb.Question {
	labels := func(ls []hostapi.Label) (out []*grpcpb.Label) {
		for _, l := range ls {
			out = append(out, &grpcpb.Label{Key: l.Key, Value: l.Value})
		}
		return out
	}
	j, o := in.Job, in.Offers[0]
	return &grpcpb.Question{
		Now: in.Now,
		Job: &grpcpb.Job{
			Id: j.ID[:], Module: j.Module[:], Creator: j.Creator[:], Gpus: j.GPUs, Vram: j.VRAM, Cpu: j.CPU, Ram: j.RAM, Disk: j.Disk,
			MaxPrice: j.MaxPrice, ProviderStake: j.ProviderStake, MediationFee: j.MediationFee, AuditRate: j.AuditRate, Timeout: j.Timeout,
			Network: j.Network, ModuleName: j.ModuleName, GpuModel: j.GPUModel.V, Region: j.Region.V, Labels: labels(j.Labels),
		},
		Offer: &grpcpb.Offer{
			Id: o.ID[:], HardwareClass: o.HardwareClass[:], Provider: o.Provider[:], Operator: o.Operator[:], Price: o.Price,
			MaxStake: o.MaxStake, Deposit: o.Deposit, Since: o.Since, Gpus: o.GPUs, Vram: o.VRAM, Cpu: o.CPU, Ram: o.RAM, Disk: o.Disk,
			MaxTimeout: o.MaxTimeout, UpRate: o.UpRate, JobsOk: o.JobsOk, JobsFailed: o.JobsFailed, Disputes: o.Disputes, Slashes: o.Slashes,
			Slots: o.Slots, PairOk: o.PairOk, PairBad: o.PairBad, Load: o.Load, GpuModel: o.GPUModel.V, Region: o.Region.V,
			Labels: labels(o.Labels), Queue: o.Queue, RecentJobs: o.RecentJobs, InputsHere: o.InputsHere, ModuleHere: o.ModuleHere,
		},
	}
}
