package browsertest

import (
	"log/slog"
	"net"
	"testing"

	"parley/account"
	"parley/dialogue"
	"parley/web"
)

// lan is an address of this machine in some network, or nothing.
func lan(t *testing.T) string {
	t.Helper()
	all, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range all {
		if ip, ok := a.(*net.IPNet); ok && ip.IP.To4() != nil && !ip.IP.IsLoopback() {
			return ip.IP.String()
		}
	}
	return ""
}

// TestFormsWithoutTLS sends a form to a site in the network that has no TLS: there
// browsers do not say "same-origin", and the form must still be known as ours.
// That they complain of what only TLS can give is as it should be.
func TestFormsWithoutTLS(t *testing.T) {
	address := lan(t)
	if address == "" {
		t.Skip("no network")
	}
	h := newHouse(t, dialogue.Freely)
	l, err := net.Listen("tcp", net.JoinHostPort(address, "0"))
	h.must(err)
	at := "http://" + l.Addr().String()
	site, err := web.New(web.Config{Store: h.st, Log: slog.New(slog.DiscardHandler), Origin: at, Limiter: account.NewLimiter(1000)})
	h.must(err)
	server := site.Prepare(l.Addr().String())
	go server.Serve(l)
	t.Cleanup(func() { server.Close() })

	w := newWalker(t, at, "en", look{width: 1280}, true)
	w.open("/sign-in")
	w.fill(`#name`, "owner")
	w.fill(`#password`, password)
	w.press(`form[action$="/sign-in"] button`)
	w.arrived("/account")
}
