package web

import (
	"context"
	"net/http"
	"strings"
	"unicode/utf8"

	"parley/account"
	"parley/dialogue"
	"parley/i18n"
)

// maxMessage is the length of a message in runes.
const maxMessage = 4000

// contactPage writes to those who run a dialogue, or the site. It asks for no
// name and no address.
type contactPage struct {
	Layout
	Text    prose // what the convener says about where to turn
	Whom    string
	Sent    bool
	Wrong   wrongs
	Action  string
	From    string
	Message string
}

func (s *Server) contact(w http.ResponseWriter, r *http.Request) error {
	return s.showContact(w, r, http.StatusOK, contactPage{Sent: r.URL.Query().Get("said") == "sent"})
}

func (s *Server) showContact(w http.ResponseWriter, r *http.Request, code int, p contactPage) error {
	lang := r.PathValue("lang")
	title := i18n.For(lang).T("room.contact.title")
	if visitOf(r).Entrance == nil {
		p.Layout, p.Action = s.layout(r, lang, title), "/"+lang+"/contact"
		p.Whom = p.T("room.contact.site")
	} else {
		h := hallOf(r)
		p.Layout, p.Action, p.Text = s.hallLayout(r, h, "contact", title), h.to("contact"), written(h.d.Contact, lang, 2)
		p.Whom = p.T("room.contact.dialogue")
	}
	return s.show(w, r, code, "contact", p)
}

// sendContact puts a message where those who run the dialogue, or the site, find
// it.
func (s *Server) sendContact(w http.ResponseWriter, r *http.Request) error {
	lang := r.PathValue("lang")
	words := i18n.For(lang)
	p := contactPage{From: strings.TrimSpace(r.PostFormValue("from")), Message: strings.TrimSpace(r.PostFormValue("message"))}
	switch n := utf8.RuneCountInString(p.Message); {
	case n == 0:
		p.Wrong = wrongs{{"message", words.T("room.contact.empty")}}
	case n > maxMessage || utf8.RuneCountInString(p.From) > 200:
		p.Wrong = wrongs{{"message", words.T("room.contact.long", "Most", words.Number(maxMessage))}}
	}
	if p.Wrong != nil {
		return s.showContact(w, r, http.StatusBadRequest, p)
	}
	if err := s.paceNetwork(r, "letter", account.RateLetter); err != nil {
		return err
	}
	id := dialogue.ID(r.PathValue("dialogue"))
	address := "/" + lang + "/contact"
	if id != "" {
		address = addressIn(lang, id, "contact")
	}
	if err := s.Store.SendMessage(context.WithoutCancel(r.Context()), visitOf(r).Person, id, p.From, p.Message, lang, s.Now()); err != nil {
		bad, code, err := s.mistaken(lang, err, fieldBy("from", "from", "", "message"))
		if err != nil {
			return err
		}
		p.Wrong = bad
		return s.showContact(w, r, code, p)
	}
	return seeOther(w, r, address, "sent")
}
