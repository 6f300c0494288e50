package api

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"parley/account"
	"parley/api/apitest"
	"parley/dialogue"
	"parley/forum"
	"parley/opinion"
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

// What an answer to a statement costs from the request to the commit, beside the
// same deed asked of the store: the difference is this interface.
func BenchmarkCastVote(b *testing.B) {
	x := apitest.Gather(b, storetest.Open(b, storetest.SQLite(b)))
	x.Settle(apitest.Room{ID: "towns", Rule: dialogue.Public, Stage: dialogue.Open})
	h, err := New(Config{Store: x.Store, Now: func() time.Time { return apitest.Now }, Limiter: account.NewLimiter(1_000_000_000)})
	if err != nil {
		b.Fatal(err)
	}
	choices := opinion.Choices
	b.Run("store", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			ballot := opinion.Ballot{Choice: choices[i%len(choices)]}
			if err := x.CastVote(b.Context(), x.People[dialogue.Participant], "towns", apitest.Statement, ballot, apitest.Now); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("request", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			body := strings.NewReader(`{"choice":"` + string(choices[i%len(choices)]) + `"}`)
			serve(b, h, http.MethodPut, "/api/v1/dialogues/towns/votes/4", body, x.Tokens[dialogue.Participant], http.StatusNoContent)
		}
	})
}

// A thread of a hundred comments, by who is not signed in and by a member.
func BenchmarkThread(b *testing.B) {
	x := apitest.Gather(b, storetest.Open(b, storetest.SQLite(b)))
	x.Settle(apitest.Room{ID: "towns", Rule: dialogue.Public, Stage: dialogue.Open})
	for i := range 99 {
		if _, err := x.Store.Comment(b.Context(), x.People[dialogue.Participant], "towns", forum.NewComment{
			Under: apitest.Problem, To: apitest.Comment, Lang: "en", Body: fmt.Sprintf("The **%d**th lantern burns, see #1.", i),
		}, apitest.Now); err != nil {
			b.Fatal(err)
		}
	}
	h, err := New(Config{Store: x.Store, Now: func() time.Time { return apitest.Now }, Limiter: account.NewLimiter(1_000_000)})
	if err != nil {
		b.Fatal(err)
	}
	for name, token := range map[string]string{"visitor": "", "member": x.Tokens[dialogue.Delegate]} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				w := serve(b, h, http.MethodGet, "/api/v1/dialogues/towns/comments?under=1", nil, token, http.StatusOK)
				if n := strings.Count(w.Body.String(), `"kind":"comment"`); n != 100 {
					b.Fatalf("%d comments", n)
				}
			}
		})
	}
}

// serve answers one request, which must end as it should.
func serve(b *testing.B, h http.Handler, method, path string, body io.Reader, token string, want int) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, body)
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	w := httptest.NewRecorder()
	if h.ServeHTTP(w, r); w.Code != want {
		b.Fatal(w.Code, w.Body)
	}
	return w
}
