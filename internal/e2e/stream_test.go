package e2e_test

import (
	"context"
	"io"
	"math/rand/v2"
	"net/http/httptest"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/execution/bundle"
	"github.com/lilypad-network/lilypad/runtime/sealing"
	"github.com/lilypad-network/lilypad/runtime/settlement/settlementtest"
	"github.com/lilypad-network/lilypad/runtime/storage"
	"github.com/lilypad-network/lilypad/runtime/storage/file"
)

// relay is a solver that passes blocks on, and does nothing else.
type relay struct {
	api.Solver
	storage.Store
}

func (r relay) PutBlock(ctx context.Context, _ lilypad.Address, block storage.Block) error {
	return storage.PutBlock(ctx, r.Store, block)
}

// Has is the store's.
func (r relay) Has(ctx context.Context, id lilypad.Hash) (bool, error) { return r.Store.Has(ctx, id) }

// journey moves a result of so many bytes from a provider's store over a
// solver's to its creator's, all on disk, and tells how long the way took.
func journey(t *testing.T, size int64, private bool) time.Duration {
	t.Helper()
	disk := func() storage.Store {
		s, err := file.Open(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	provider, creator := disk(), disk()
	solver := lilypad.Address{0x5e}
	hop := relay{Store: disk()}
	server := httptest.NewServer(api.NewSolverHandler(hop, hop, api.NewGuard(solver, time.Now)))
	defer server.Close()
	noise := rand.NewChaCha8([32]byte{byte(size)})
	plain := []storage.Entry{{Path: "large", Open: func() (io.ReadCloser, error) { return io.NopCloser(io.LimitReader(noise, size)), nil }}}
	id, n, err := storage.PutFiles(t.Context(), provider, plain)
	if err != nil {
		t.Fatal(err)
	}
	out := lilypad.Outputs{Plain: id, Blob: id, Size: n}
	key := sealing.NewKey(lilypad.Hash{9: 1})
	began := time.Now()
	trees := []lilypad.ContentID{id}
	if private {
		sealed, err := bundle.SealResult(t.Context(), provider, out, key.Recipient())
		if err != nil {
			t.Fatal(err)
		}
		trees = []lilypad.ContentID{sealed}
	}
	up := api.NewSolverClient(server.URL, solver, settlementtest.Key("provider"))
	if _, err := storage.Copy(t.Context(), up, provider, trees[0], storage.Limits{}); err != nil {
		t.Fatal(err)
	}
	down, needs := api.NewSolverClient(server.URL, solver, settlementtest.Key("creator")), lilypad.Needs{Resources: lilypad.Resources{DiskMB: 2000}}
	if private {
		err = bundle.FetchSealed(t.Context(), creator, down, trees[0], out, needs, key)
	} else {
		err = bundle.Fetch(t.Context(), creator, down, out, needs)
	}
	if err != nil {
		t.Fatal(err)
	}
	return time.Since(began)
}

// However large a result is, each process on its way has a few blocks of it in
// memory. Here the three are one.
func TestResult_streams(t *testing.T) {
	const size, most = 192 << 20, 3 * 48 << 20
	for name, private := range map[string]bool{"open": false, "sealed": true} {
		t.Run(name, func(t *testing.T) {
			var before, m runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			var peak atomic.Uint64
			done, ended := make(chan struct{}), make(chan struct{})
			go func() {
				defer close(ended)
				for {
					select {
					case <-done:
						return
					case <-time.After(5 * time.Millisecond):
						runtime.ReadMemStats(&m)
						peak.Store(max(peak.Load(), m.HeapInuse))
					}
				}
			}()
			took := journey(t, size, private)
			close(done)
			<-ended
			more := int64(peak.Load()) - int64(before.HeapInuse)
			t.Logf("%d MB in %s, with %d MB more memory", size>>20, took, more>>20)
			if more > most {
				t.Errorf("a result of %d MB takes %d MB of memory, want at most %d", size>>20, more>>20, most>>20)
			}
		})
	}
}
