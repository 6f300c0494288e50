package web

import (
	"net/http"
	"strconv"

	"parley/i18n"
	"parley/store"
)

// bell leads to what the visitor has not read, and says how much that is.
type bell struct {
	Address string
	Count   string // empty: nothing
	Words   string // of the count, for who does not see it
}

// bellOf asks with one query, since every page does; nil for who is not signed in.
// A page without its bell is better than none.
func (s *Server) bellOf(r *http.Request, words *i18n.Words) *bell {
	v := visitOf(r)
	if !v.SignedIn() || v.Session == "" {
		return nil
	}
	b := &bell{Address: "/" + words.Lang + "/notices"}
	n, err := s.Store.Bell(r.Context(), v.Person)
	switch {
	case err != nil:
		s.Log.Error("the bell is silent", "id", requestID(r), "error", err)
	case n >= store.MostBell:
		b.Count, b.Words = words.T("notice.bell.many"), words.T("notice.bell.over")
	case n > 0:
		b.Count, b.Words = strconv.Itoa(n), words.N("notice.bell", n)
	}
	return b
}
