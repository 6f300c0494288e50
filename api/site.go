package api

import (
	"context"
	"net/http"
	"time"

	"parley/account"
	"parley/dialogue"
)

// letter is one letter that waits or went out.
type letter struct {
	ID       string            `json:"id"`
	Dialogue dialogue.ID       `json:"dialogue,omitempty" doc:"Absent: of an account, or of the site"`
	To       string            `json:"to,omitempty" doc:"For the owner alone"`
	Lang     string            `json:"lang"`
	Kind     string            `json:"kind"`
	Args     map[string]string `json:"args,omitempty" doc:"For the owner alone"`
	State    string            `json:"state" enum:"waiting,running,done,failed"`
	QueuedAt time.Time         `json:"queued_at"`
	SentAt   time.Time         `json:"sent_at,omitzero"`
	Error    string            `json:"error,omitempty"`
}

// legalTexts are what the owner wrote.
type legalTexts struct {
	Imprint text `json:"imprint"`
	Privacy text `json:"privacy"`
	Terms   text `json:"terms"`
}

// message is what somebody writes to those who run the site or a dialogue.
type message struct {
	Message string `json:"message" minLength:"1" maxLength:"5000"`
	From    string `json:"from,omitempty" maxLength:"200" doc:"How to answer; may be left out"`
}

func (s *server) registerSite() {
	register(s, operation{
		id: "get-legal", method: http.MethodGet, path: "/legal", verb: dialogue.Visit, tag: tagSite,
		summary: "Read the legal texts of the site",
	}, s.getLegal)
	register(s, operation{
		id: "change-legal", method: http.MethodPut, path: "/legal/{kind}", verb: dialogue.Run, tag: tagSite,
		summary: "Change a legal text of the site", about: "A text without words takes it away.",
	}, s.changeLegal)
	register(s, operation{
		id: "list-all-letters", method: http.MethodGet, path: "/letters", verb: dialogue.Run, tag: tagSite,
		summary: "List all letters with what they say", about: "The newest first. Links are left out: they are for those to whom they were sent.",
	}, s.listAllLetters)
	register(s, operation{
		id: "contact-site", method: http.MethodPost, path: "/contact", verb: dialogue.Visit, tag: tagSite, creates: true,
		summary: "Write to those who run the site",
	}, s.contactSite)
	register(s, operation{
		id: "contact-dialogue", method: http.MethodPost, path: "/dialogues/{dialogue}/contact", verb: dialogue.See, tag: tagDialogue, creates: true,
		summary: "Write to those who run the dialogue",
	}, s.contactDialogue)
}

func (s *server) getLegal(ctx context.Context, _ *visit, _ *struct{}) (*outBody[legalTexts], error) {
	all, err := s.Store.Legal(ctx)
	if err != nil {
		return nil, err
	}
	return &outBody[legalTexts]{legalTexts{text(all["imprint"]), text(all["privacy"]), text(all["terms"])}}, nil
}

type legalText struct {
	Text text `json:"text" doc:"Markdown, in the languages of the site"`
}

func (s *server) changeLegal(ctx context.Context, v *visit, in *struct {
	Kind string `path:"kind" enum:"imprint,privacy,terms"`
	Body legalText
}) (*nothing, error) {
	return nil, s.Store.ChangeLegal(ctx, v.Person, in.Kind, in.Body.Text, v.now)
}

func (s *server) listAllLetters(ctx context.Context, v *visit, in *Paging) (*listed[letter], error) {
	return s.letters(ctx, v, *in, "", "/letters")
}

// letters is a page of the outbox: of one dialogue, or of all.
func (s *server) letters(ctx context.Context, v *visit, p Paging, id dialogue.ID, path string) (*listed[letter], error) {
	cursor, err := p.after()
	if err != nil {
		return nil, err
	}
	list, err := s.Store.Letters(ctx, v.Person, id, cursor, p.Limit+1)
	if err != nil {
		return nil, err
	}
	var out []letter
	for _, l := range list {
		delete(l.Args, "Link") // it opens something for whoever follows it first
		out = append(out, letter{l.ID, l.Dialogue, l.To, l.Lang, l.Kind, l.Args, l.State, l.QueuedAt, l.SentAt, l.Error})
	}
	return pageOf(v, p, path, out, func(l letter) string { return l.ID }), nil
}

func (s *server) contactSite(ctx context.Context, v *visit, in *struct {
	OnceKey
	Body message
}) (*nothing, error) {
	return nil, s.send(ctx, v, "", in.Body)
}

func (s *server) contactDialogue(ctx context.Context, v *visit, in *struct {
	InDialogue
	OnceKey
	Body message
}) (*nothing, error) {
	return nil, s.send(ctx, v, v.dialogue(), in.Body)
}

// send passes a message on; nobody may flood the outbox.
func (s *server) send(ctx context.Context, v *visit, id dialogue.ID, m message) error {
	if err := s.take("letter:"+account.Client(ctx), account.RateLetter, v.now); err != nil {
		return err
	}
	return s.Store.SendMessage(ctx, v.Person, id, m.From, m.Message, v.lang, v.now)
}
