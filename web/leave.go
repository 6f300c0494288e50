package web

import (
	"context"
	"encoding/base64"
	"html/template"
	"net/http"
	"strings"

	"parley/dialogue"
	"parley/i18n"
)

// leavePage asks what becomes of what one wrote, before one leaves.
type leavePage struct {
	Layout
	Exit   prose // what the convener promises to those who leave
	Wrong  wrongs
	Action string
	Back   string
	Keep   string // "keep", "remove", or nothing chosen yet
}

// exitPage is the exit in writing. It is shown once and kept nowhere: who wants
// it prints it or takes it as a file.
type exitPage struct {
	Layout
	Exit  exitView
	File  template.URL // the same as plain text
	Named string       // the name of that file
}

// exitView is an exit as a reader gets it.
type exitView struct {
	Title     Phrase
	Pseudonym string
	Lines     []string
	Text      prose
	Contact   prose
}

func (s *Server) leaving(w http.ResponseWriter, r *http.Request) error {
	return s.showLeave(w, r, http.StatusOK, "", nil)
}

func (s *Server) showLeave(w http.ResponseWriter, r *http.Request, code int, keep string, bad wrongs) error {
	h := hallOf(r)
	return s.show(w, r, code, "leave", leavePage{
		Layout: s.hallLayout(r, h, "me", h.words.T("room.leave.title")), Exit: written(h.d.Exit, h.lang, 2), Wrong: bad,
		Action: h.to("me", "leave"), Back: h.to("me"), Keep: keep,
	})
}

// leaveDialogue ends the membership and says so in writing.
func (s *Server) leaveDialogue(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	keep := r.PostFormValue("written")
	if keep != "keep" && keep != "remove" {
		return s.showLeave(w, r, http.StatusBadRequest, "", wrongs{{"written", h.words.T("room.leave.choose")}})
	}
	exit, err := s.Store.Leave(context.WithoutCancel(r.Context()), h.person(), h.d.ID, keep == "keep", s.Now())
	if err != nil {
		bad, code, err := s.mistaken(h.lang, err, fieldBy())
		if err != nil {
			return err
		}
		return s.showLeave(w, r, code, keep, bad)
	}
	h.Entrance.Standing = dialogue.Standing{SignedIn: true, Owner: h.Owner, Current: h.Entrance.Standing.Current}
	p := exitPage{Layout: s.hallLayout(r, h, "", h.words.T("room.exit.title")), Exit: newExitView(h, exit), Named: string(h.d.ID) + ".txt"}
	p.File = template.URL("data:text/plain;charset=utf-8;base64," + base64.StdEncoding.EncodeToString([]byte(p.Exit.plain(h, exit))))
	w.Header().Set("Cache-Control", "no-store")
	return s.show(w, r, http.StatusOK, "exit", p)
}

func newExitView(h *hall, e dialogue.Exit) exitView {
	w := h.words
	v := exitView{Title: phrase(e.Title, h.lang), Pseudonym: e.Pseudonym.In(h.lang), Text: written(e.Text, h.lang, 3), Contact: written(e.Contact, h.lang, 3)}
	if !e.JoinedAt.IsZero() {
		v.Lines = append(v.Lines, w.T("room.exit.joined", "Date", dayOf(w, h.visit, e.JoinedAt)))
	}
	v.Lines = append(v.Lines, w.T("room.exit.left", "Date", moment(w, h.visit, e.LeftAt)), w.T("room.exit.gone"))
	if e.Kept > 0 {
		v.Lines = append(v.Lines, w.N("room.exit.kept", e.Kept))
	}
	if e.Removed > 0 {
		v.Lines = append(v.Lines, w.N("room.exit.removed", e.Removed))
	}
	if e.Kept == 0 && e.Removed == 0 {
		v.Lines = append(v.Lines, w.T("room.exit.nothing"))
	}
	v.Lines = append(v.Lines, w.T("room.exit.copies"))
	return v
}

// plain is the exit as a text file.
func (v exitView) plain(h *hall, e dialogue.Exit) string {
	parts := []string{h.words.T("room.exit.title"), v.Title.Words, h.words.T("room.exit.name", "Name", v.Pseudonym)}
	parts = append(parts, v.Lines...)
	for _, t := range []struct {
		key  string
		text i18n.Text
	}{{"room.exit.promise", e.Text}, {"room.card.contact", e.Contact}} {
		if words := t.text.In(h.lang); words != "" {
			parts = append(parts, h.words.T(t.key)+":\n"+words)
		}
	}
	return strings.Join(parts, "\n\n") + "\n"
}
