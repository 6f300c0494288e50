package api

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"parley/account"
	"parley/api/apitest"
	"parley/dialogue"
	"parley/store/storetest"
)

// A token costs a digest and one row: the difference between the two requests.
func BenchmarkToken(b *testing.B) {
	x := apitest.Gather(b, storetest.Open(b, storetest.SQLite(b)))
	h, err := New(Config{Store: x.Store, Now: func() time.Time { return apitest.Now }, Limiter: account.NewLimiter(1_000_000)})
	if err != nil {
		b.Fatal(err)
	}
	b.Run("lookup", func(b *testing.B) {
		for b.Loop() {
			if v, err := x.Bearer(b.Context(), x.Tokens[dialogue.Holder], apitest.Now); err != nil || !v.SignedIn() {
				b.Fatal(v, err)
			}
		}
	})
	for name, token := range map[string]string{"request without": "", "request with": x.Tokens[dialogue.Holder]} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				r := httptest.NewRequest(http.MethodGet, "/api/v1/legal", nil)
				if token != "" {
					r.Header.Set("Authorization", "Bearer "+token)
				}
				w := httptest.NewRecorder()
				if h.ServeHTTP(w, r); w.Code != http.StatusOK {
					b.Fatal(w.Body)
				}
			}
		})
	}
}

// What the first request to the interface waits for.
func BenchmarkBuild(b *testing.B) {
	for b.Loop() {
		(&server{}).build()
	}
}
