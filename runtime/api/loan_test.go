package api_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/lilypad-network/lilypad/runtime/api"
	"github.com/lilypad-network/lilypad/runtime/storage"
)

// fakeEarly answers a request before it reads its body, for which it waits to be let.
type fakeEarly struct {
	let  chan struct{}
	read []byte
}

func (f *fakeEarly) RoundTrip(r *http.Request) (*http.Response, error) {
	go func() {
		<-f.let
		f.read, _ = io.ReadAll(r.Body)
		_ = r.Body.Close()
	}()
	answer := fmt.Sprintf("%q", storage.NewBlock([]byte("block")).ID())
	return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(strings.NewReader(answer))}, nil
}

// A block's memory is its sender's again when PutBlock returns, also if the server
// answers before it has read all.
func TestClient_PutBlock_waitsForItsReaders(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		content := []byte("block")
		early := &fakeEarly{let: make(chan struct{})}
		client := api.NewSolverClient("http://solver", serverAddress, alice)
		api.SetTransport(client, early)
		done := make(chan error, 1)
		go func() {
			err := client.PutBlock(t.Context(), storage.NewBlock(content))
			clear(content)
			done <- err
		}()
		synctest.Wait()
		close(early.let)
		if err := <-done; err != nil {
			t.Error(err)
		}
		synctest.Wait()
		if !bytes.Equal(early.read, []byte("block")) {
			t.Errorf("the server reads %q, want what was put", early.read)
		}
	})
}
