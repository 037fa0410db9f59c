package ports_test

import (
	"errors"
	"net"
	"syscall"
	"testing"

	"github.com/lilypad-network/lilypad/internal/testkit/ports"
)

func TestReserve(t *testing.T) {
	two := ports.Reserve(t, 2)
	if two[0] == two[1] {
		t.Fatalf("%s is reserved twice", two[0])
	}
	addr := "127.0.0.1:" + two[0]
	for life := range 2 { // a server may come again
		refused(t, addr)
		server, err := net.Listen("tcp", addr)
		if err != nil {
			t.Fatalf("life %d: %v", life, err)
		}
		client, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatalf("life %d: %v", life, err)
		}
		_ = client.Close()
		_ = server.Close()
	}
}

// A connection is given a port as here it demands one.
func TestReserve_noConnectionGetsIt(t *testing.T) {
	server, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	var addr string
	dial := func() error {
		from, err := net.ResolveTCPAddr("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		c, err := (&net.Dialer{LocalAddr: from}).Dial("tcp", server.Addr().String())
		if err == nil {
			_ = c.Close()
		}
		return err
	}
	t.Run("reserved", func(t *testing.T) {
		addr = "127.0.0.1:" + ports.Reserve(t, 1)[0]
		if err := dial(); !errors.Is(err, syscall.EADDRINUSE) {
			t.Errorf("a connection from the port: %v", err)
		}
	})
	if err := dial(); err != nil {
		t.Errorf("it is not let go: %v", err)
	}
}

func refused(t *testing.T, addr string) {
	t.Helper()
	if c, err := net.Dial("tcp", addr); !errors.Is(err, syscall.ECONNREFUSED) {
		if err == nil {
			_ = c.Close()
		}
		t.Errorf("nobody listens on %s, but: %v", addr, err)
	}
}
