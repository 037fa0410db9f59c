package peers

import (
	"bytes"
	"compress/gzip"
	"context"
	_ "embed" // for the compiled guest
	"encoding/binary"
	"fmt"
	"io"
	"os"

	extism "github.com/extism/go-sdk"
	"google.golang.org/protobuf/proto"

	"github.com/lilypad-network/lilypad/bench/peers/wasmpb"
	"github.com/lilypad-network/lilypad/hostapi"
)

//go:generate sh -c "clang --target=wasm32 -O3 -c -mbulk-memory -msign-ext guests/extism-c/match.c -o match.o && wasm-ld --no-entry --strip-all match.o -o match.wasm && gzip -9nc match.wasm > guests/extism-c/match.wasm.gz && rm match.o match.wasm"
//go:embed guests/extism-c/match.wasm.gz
var extismCGuest []byte

func extismC(ctx context.Context) (Peer, error) {
	z, err := gzip.NewReader(bytes.NewReader(extismCGuest))
	if err != nil {
		return Peer{}, err
	}
	wasm, err := io.ReadAll(z)
	if err != nil {
		return Peer{}, err
	}
	return newExtism(ctx, "extism-c", wasm, func() {})
}

func extismGo(ctx context.Context) (Peer, error) {
	path, remove, err := buildGo(ctx, "extism-go")
	if err != nil {
		return Peer{}, err
	}
	wasm, err := os.ReadFile(path)
	if err != nil {
		return Peer{}, err
	}
	return newExtism(ctx, "extism-go", wasm, remove)
}

func newExtism(ctx context.Context, name string, wasm []byte, remove func()) (Peer, error) {
	manifest := extism.Manifest{Wasm: []extism.Wasm{extism.WasmData{Data: wasm}}}
	p, err := extism.NewPlugin(ctx, manifest, extism.PluginConfig{EnableWasi: true}, nil)
	if err != nil {
		remove()
		return Peer{}, err
	}
	closing := func() {
		_ = p.Close(context.Background()) // the process ends soon
		remove()
	}
	return Peer{Name: name, Close: closing, Prepare: func(in hostapi.MatchInput) (Ask, error) {
		input, err := in.Append(nil, hostapi.Minor)
		return func(ctx context.Context) (Answer, error) {
			_, out, err := p.CallWithContext(ctx, "match", input)
			if err == nil && len(out) != 16 {
				err = fmt.Errorf("an answer of %d bytes", len(out))
			}
			if err != nil {
				return Answer{}, err
			}
			return Answer{int64(binary.LittleEndian.Uint64(out)), binary.LittleEndian.Uint64(out[8:])}, nil
		}, err
	}}, nil
}

func knqyf263(ctx context.Context) (Peer, error) {
	path, remove, err := buildGo(ctx, "knqyf263")
	if err != nil {
		return Peer{}, err
	}
	host, err := wasmpb.NewMatcherPlugin(ctx)
	if err != nil {
		remove()
		return Peer{}, err
	}
	guest, err := host.Load(ctx, path)
	if err != nil {
		remove()
		return Peer{}, err
	}
	closing := func() {
		_ = guest.Close(context.Background()) // the process ends soon
		remove()
	}
	return Peer{Name: "knqyf263", Close: closing, Prepare: func(in hostapi.MatchInput) (Ask, error) {
		// Both are generated from one schema: the bytes of one are the other's.
		text, err := proto.Marshal(grpcQuestion(in))
		if err != nil {
			return nil, err
		}
		q := new(wasmpb.Question)
		if err := q.UnmarshalVT(text); err != nil {
			return nil, err
		}
		return func(ctx context.Context) (Answer, error) {
			a, err := guest.Match(ctx, q)
			return Answer{a.GetScore(), a.GetFailures()}, err
		}, nil
	}}, nil
}
