package publicnet_test

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"

	"github.com/lilypad-network/lilypad"
	"github.com/lilypad-network/lilypad/internal/publicnet"
)

func TestPublic(t *testing.T) {
	for _, c := range []struct {
		address string
		want    bool
	}{
		{"140.82.121.4", true},
		{"2606:50c0:8000::153", true},
		{"172.32.0.1", true},
		{"::ffff:140.82.121.4", true},
		{"127.0.0.1", false},
		{"10.1.2.3", false},
		{"172.16.0.1", false},
		{"192.168.1.1", false},
		{"169.254.169.254", false},
		{"100.64.0.1", false},
		{"0.0.0.0", false},
		{"0.1.2.3", false},
		{"255.255.255.255", false},
		{"224.0.0.1", false},
		{"198.18.0.1", false},
		{"::1", false},
		{"::", false},
		{"fe80::1", false},
		{"fd00::1", false},
		{"ff02::1", false},
		{"::ffff:127.0.0.1", false},
		{"64:ff9b::7f00:1", false},
		{"2002:7f00:1::", false},
	} {
		if got := publicnet.Public(netip.MustParseAddr(c.address)); got != c.want {
			t.Errorf("%s: %t, want %t", c.address, got, c.want)
		}
	}
}

func TestTransport_refusesPrivateAddress(t *testing.T) {
	asked := false
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true }))
	defer s.Close()
	res, err := (&http.Client{Transport: publicnet.Transport()}).Get(s.URL)
	if err == nil {
		res.Body.Close()
	}
	if lilypad.CodeOf(err) != lilypad.Unauthorized || err == nil || asked {
		t.Errorf("got %v (asked: %t), want unauthorized", err, asked)
	}
}
