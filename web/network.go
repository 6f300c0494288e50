package web

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"time"

	"parley/account"
)

// networks names the networks from which requests come, without keeping
// addresses: by a keyed hash of the prefix, under a key that is thrown away
// every day.
type networks struct {
	mu  sync.Mutex
	day int64
	key [32]byte
}

// name is the same all day for addresses of one network.
func (n *networks) name(a netip.Addr, now time.Time) string {
	bits := 48
	if a = a.Unmap(); a.Is4() {
		bits = 24
	}
	prefix, err := a.WithZone("").Prefix(bits)
	if err != nil {
		return "unknown"
	}
	n.mu.Lock()
	if day := now.Unix() / 86400; day != n.day {
		n.day = day
		rand.Read(n.key[:])
	}
	key := n.key
	n.mu.Unlock()
	mac := hmac.New(sha256.New, key[:])
	mac.Write([]byte(prefix.String()))
	return hex.EncodeToString(mac.Sum(nil)[:16])
}

// placed notes from which network a request comes.
func (s *Server) placed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		network := s.networks.name(clientAddress(r, s.TrustedProxies), s.Now())
		next.ServeHTTP(w, r.WithContext(account.WithClient(r.Context(), network)))
	})
}

// clientAddress is who is at the other end. What a header says is believed only
// where a proxy of ours wrote it: from the right, the first hop that is none of
// ours.
func clientAddress(r *http.Request, trusted []netip.Prefix) netip.Addr {
	ours := func(a netip.Addr) bool {
		return slices.ContainsFunc(trusted, func(p netip.Prefix) bool { return p.Contains(a) })
	}
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	client := peer.Addr().Unmap()
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(hops) {
		if !ours(client) {
			break
		}
		a, err := netip.ParseAddr(strings.TrimSpace(hop))
		if err != nil {
			break
		}
		client = a.Unmap()
	}
	return client
}
