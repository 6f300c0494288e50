package web

import (
	"crypto/rand"
	"net/http"

	"parley/writing"
)

// slot stands in a page where comments that stand ready are put. Nobody can write
// it: each process draws its own.
var slot = "<!--" + rand.Text() + "-->"

// sheet holds comments that stand rendered.
type sheet struct{}

// subject reads a problem, an action, or, for comments under the dialogue itself,
// their thread alone.
func (s *Server) subject(r *http.Request, h *hall, kind writing.Kind, n writing.ID) (*subject, error) {
	if n != 0 {
		return s.loadMatter(r, h, h.person(), kind, n)
	}
	t, err := s.loadThread(r, h, h.person(), 0)
	return &subject{thread: t}, err
}

// showThread shows a page with a thread in it.
func (s *Server) showThread(w http.ResponseWriter, r *http.Request, name string, page any, t *threadView) error {
	return s.show(w, r, http.StatusOK, name, page)
}
