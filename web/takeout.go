package web

import (
	"bytes"
	"net/http"

	"parley/account"
	"parley/fault"
)

// export sends everything that is kept about the person as one archive.
func (s *Server) export(w http.ResponseWriter, r *http.Request) error {
	all, err := s.Store.Everything(r.Context(), visitOf(r).Person, s.language(r), s.Now())
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := account.WriteArchive(&b, all, s.language(r)); err != nil {
		return err
	}
	w.Header().Set("Content-Disposition", `attachment; filename="parley.zip"`)
	return send(w, r, http.StatusOK, "application/zip", b.Bytes())
}

// erasePage says what happens when an account goes.
type erasePage struct {
	doorPage
	Memberships []membershipRow
}

func (s *Server) erasePage(r *http.Request) (erasePage, error) {
	p := erasePage{doorPage: s.doorPage(r, "door.erase.title")}
	list, err := s.Store.Memberships(r.Context(), visitOf(r).Person)
	for _, m := range list {
		p.Memberships = append(p.Memberships, membership(m, p.Lang, p.words))
	}
	return p, err
}

func (s *Server) eraseForm(w http.ResponseWriter, r *http.Request) error {
	p, err := s.erasePage(r)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, "erase", p)
}

// erase deletes the account. What was written in dialogues stays without a name
// only where the person chose so.
func (s *Server) erase(w http.ResponseWriter, r *http.Request) error {
	var err error = fault.New(fault.Invalid, "door.erase.choose", "say what becomes of the texts")
	if texts := r.PostFormValue("texts"); texts == "keep" || texts == "remove" {
		err = s.Store.Erase(deed(r), visitOf(r).Person, texts == "keep", s.Now())
	}
	s.note(r, "erase", "", err)
	if err != nil {
		p, failed := s.erasePage(r)
		if failed != nil {
			return failed
		}
		return s.again(w, r, "erase", &p.doorPage, &p, err)
	}
	s.forget(w)
	s.setCookie(w, deviceCookie, "", 0)
	http.Redirect(w, r, "/"+s.language(r)+"/sign-out", http.StatusSeeOther)
	return nil
}
