package web

import (
	"context"
	"net/http"

	"parley/account"
	"parley/dialogue"
)

// registerLetters lists the addresses to which letters lead.
func (s *Server) registerLetters() {
	s.get(dialogue.Enter, "/{lang}/sign-in/reset", s.resetForm)
	s.post(dialogue.Enter, "/{lang}/sign-in/reset", s.askReset)
	s.get(dialogue.Enter, "/{lang}/sign-in/reset/{link}", s.newPasswordForm)
	s.post(dialogue.Enter, "/{lang}/sign-in/reset/{link}", s.newPassword)
	s.get(dialogue.Enter, "/{lang}/confirm/{link}", s.confirmForm)
	s.post(dialogue.Enter, "/{lang}/confirm/{link}", s.confirm)
}

// resetPage asks for the address to which a link for a new password goes. It
// says the same whether anybody has that address or not.
type resetPage struct {
	doorPage
	Sent bool
}

func (s *Server) resetForm(w http.ResponseWriter, r *http.Request) error {
	return s.show(w, r, http.StatusOK, "reset", resetPage{doorPage: s.doorPage(r, "door.reset.title")})
}

func (s *Server) askReset(w http.ResponseWriter, r *http.Request) error {
	if err := s.paceNetwork(r, "letter", account.RateLetter); err != nil {
		return err
	}
	p := resetPage{s.doorPage(r, "door.reset.title"), true}
	if err := s.Store.AskReset(context.WithoutCancel(r.Context()), r.PostFormValue("email"), s.Now()); err != nil {
		p.Sent = false
		return s.again(w, r, "reset", &p.doorPage, &p, err)
	}
	return s.show(w, r, http.StatusOK, "reset", p)
}

// newPasswordPage takes the new password of who followed such a link.
type newPasswordPage struct {
	doorPage
	Action string
	Least  int
}

func (s *Server) newPasswordPage(r *http.Request) newPasswordPage {
	return newPasswordPage{s.doorPage(r, "door.new-password.title"), r.URL.Path, account.MinPassword}
}

func (s *Server) newPasswordForm(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Cache-Control", "no-store")
	return s.show(w, r, http.StatusOK, "newpassword", s.newPasswordPage(r))
}

func (s *Server) newPassword(w http.ResponseWriter, r *http.Request) error {
	if err := s.paceNetwork(r, "sign-in", account.RateSignIn); err != nil {
		return err
	}
	err := s.Store.ResetPassword(context.WithoutCancel(r.Context()), r.PathValue("link"), r.PostFormValue("password"), s.Now())
	s.note(r, "reset", "link", err)
	if err != nil {
		p := s.newPasswordPage(r)
		return s.again(w, r, "newpassword", &p.doorPage, &p, err)
	}
	s.forget(w)
	http.Redirect(w, r, "/"+s.language(r)+"/sign-in", http.StatusSeeOther)
	return nil
}

// confirmPage asks who followed the link of a letter to confirm their address:
// the programs that look into letters follow links, too.
type confirmPage struct {
	doorPage
	Action string
	Done   bool
}

func (s *Server) confirmForm(w http.ResponseWriter, r *http.Request) error {
	w.Header().Set("Cache-Control", "no-store")
	return s.show(w, r, http.StatusOK, "confirm", confirmPage{s.doorPage(r, "door.confirm.title"), r.URL.Path, false})
}

func (s *Server) confirm(w http.ResponseWriter, r *http.Request) error {
	if err := s.paceNetwork(r, "sign-in", account.RateSignIn); err != nil {
		return err
	}
	p := confirmPage{s.doorPage(r, "door.confirm.title"), r.URL.Path, true}
	if err := s.Store.ConfirmEmail(context.WithoutCancel(r.Context()), r.PathValue("link"), s.Now()); err != nil {
		p.Done = false
		return s.again(w, r, "confirm", &p.doorPage, &p, err)
	}
	return s.show(w, r, http.StatusOK, "confirm", p)
}
