package web

import (
	"fmt"
	"net/http"
	"strings"

	"parley/i18n"
)

// unsubscribeAddress ends letters with one click (RFC 8058). Programs for reading
// letters post to it from wherever they are, without a cookie: it is the one
// address that the guard against forms of other sites lets through.
const unsubscribeAddress = "/unsubscribe/{secret}"

// unsubscribing reports whether a path is that address. Its forms are not counted:
// one mail service posts for all its people from one network, and a secret cannot
// be guessed.
func unsubscribing(path string) bool { return strings.HasPrefix(path, "/unsubscribe/") }

// unsubscribePage asks before it ends letters: programs open every link of a letter.
type unsubscribePage struct {
	Layout
	Action string
}

func (s *Server) unsubscribeForm(w http.ResponseWriter, r *http.Request) error {
	lang := s.language(r)
	p := unsubscribePage{Layout: s.layout(r, lang, i18n.For(lang).T("notice.unsubscribe.title")), Action: "/unsubscribe/" + r.PathValue("secret")}
	p.NoIndex, p.Languages = true, nil
	w.Header().Set("Cache-Control", "no-store")
	return s.show(w, r, http.StatusOK, "unsubscribe", p)
}

// unsubscribe answers the same to every secret, good or not, so that it tells
// nobody which are.
func (s *Server) unsubscribe(w http.ResponseWriter, r *http.Request) error {
	if err := s.Store.Unsubscribe(deed(r), r.PathValue("secret"), s.Now()); err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	fmt.Fprintln(w, i18n.For(s.language(r)).T("notice.unsubscribe.done"))
	return nil
}
