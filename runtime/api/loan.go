package api

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"sync"

	"github.com/lilypad-network/lilypad/runtime/storage"
)

// loan is a block on its way to a server. A server may answer before it has read
// all of it: its sender may use the memory again only when there are no readers.
type loan struct {
	storage.Block
	readers sync.WaitGroup
}

// to makes the block the body of a request that has been made with its size. Whoever
// sends that closes each body that it opens (net/http, Request.Body).
func (l *loan) to(r *http.Request) {
	if len(l.Bytes()) == 0 {
		return
	}
	r.GetBody = func() (io.ReadCloser, error) {
		l.readers.Add(1)
		return &lentBody{bytes.NewReader(l.Bytes()), sync.OnceFunc(l.readers.Done)}, nil
	}
	r.Body, _ = r.GetBody()
}

type lentBody struct {
	io.Reader
	giveBack func()
}

func (b *lentBody) Close() error {
	b.giveBack()
	return nil
}

// receive reads a block to its end. One that is longer than any shows by a byte
// too many.
func receive(r io.Reader) (storage.Block, error) {
	return storage.FillBlock(storage.MaxBlock+1, func(b []byte) (n int, err error) {
		for n < len(b) && err == nil {
			var more int
			more, err = r.Read(b[n:])
			n += more
		}
		if errors.Is(err, io.EOF) { // not one that came too early
			err = nil
		}
		return n, err
	})
}
