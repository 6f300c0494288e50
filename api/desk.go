package api

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"parley/dialogue"
)

// settings are what a convener decides.
type settings struct {
	Title     title              `json:"title"`
	Purpose   text               `json:"purpose"`
	Source    text               `json:"source"`
	Host      text               `json:"host"`
	Languages []string           `json:"languages" minItems:"1" maxItems:"20" pattern:"^[a-z]{2,3}(-[a-z0-9]{2,8})*$" maxLength:"35" example:"en, ru"`
	AsOf      string             `json:"as_of" pattern:"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$" example:"2026-01"`
	Rule      dialogue.Rule      `json:"rule"`
	Unlisted  bool               `json:"unlisted"`
	Admission dialogue.Admission `json:"admission"`
	Roster    dialogue.Roster    `json:"roster"`
	Budget    int                `json:"budget" minimum:"0" maximum:"50" doc:"How many members each may recommend"`
	Operator  text               `json:"operator"`
	Payer     text               `json:"payer"`
	Country   text               `json:"country"`
	Readers   text               `json:"readers"`
	Keeping   text               `json:"keeping"`
	Limits    text               `json:"limits"`
	Exit      text               `json:"exit"`
	Contact   text               `json:"contact"`
}

type taggedSettings struct {
	ETag string `header:"ETag" doc:"For If-Match"`
	Body settings
}

// checkItem is one line of the checklist before a dialogue opens.
type checkItem struct {
	Key      string `json:"key" example:"declaration"`
	Required bool   `json:"required"`
	Done     bool   `json:"done"`
}

// journalEntry is one act of somebody who runs the dialogue.
type journalEntry struct {
	Number int64             `json:"number"`
	At     time.Time         `json:"at"`
	By     string            `json:"by" doc:"Their pseudonym; empty for the server itself, for registrars, and for who left since"`
	Role   dialogue.Role     `json:"role,omitempty"`
	Sides  []dialogue.SideID `json:"sides" doc:"Whose registrar; empty for other roles"`
	Verb   string            `json:"verb" example:"configure"`
	What   string            `json:"what" example:"configured"`
	Args   map[string]string `json:"args" doc:"Neither names nor texts of members"`
}

func (s *server) registerDesk() {
	of := func(id, method, path string, verb dialogue.Verb, summary, about string) operation {
		return operation{id: id, method: method, path: "/dialogues/{dialogue}" + path, verb: verb, tag: tagDesk, summary: summary, about: about}
	}
	register(s, of("get-settings", http.MethodGet, "/settings", dialogue.Configure, "Read the settings", ""), s.getSettings)
	change := of("change-settings", http.MethodPut, "/settings", dialogue.Configure, "Change the settings", "Sides, kind and id stay. All fields are replaced.")
	change.edits = true
	register(s, change, s.changeSettings)
	declare := of("declare", http.MethodPost, "/declarations", dialogue.Configure, "Make a new version of the declaration", "Everybody who takes part is asked again.")
	declare.status, declare.creates = http.StatusCreated, true
	register(s, declare, s.declare)
	register(s, of("get-checklist", http.MethodGet, "/checklist", dialogue.SeeDesk, "Read what must be before the dialogue opens", ""), s.getChecklist)
	register(s, of("set-stage", http.MethodPut, "/stage", dialogue.Configure, "Open, pause or close the dialogue", "It opens only when all that is required of the checklist is done."), s.setStage)
	register(s, of("list-journal", http.MethodGet, "/journal", dialogue.SeeJournal, "List the acts of those who run the dialogue", "The newest first."), s.listJournal)
	register(s, of("list-letters", http.MethodGet, "/letters", dialogue.SeeLetters, "List the letters of the dialogue",
		"The newest first; neither to whom nor what they say."), s.listLetters)
	register(s, of("list-messages", http.MethodGet, "/messages", dialogue.SeeLetters, "List the messages to those who run the dialogue",
		"The newest first. They are kept for thirty days; the owner of the server can read them, too."), s.listMessages)
}

// deskMessage is what somebody wrote to those who run the dialogue.
type deskMessage struct {
	ID   string    `json:"id"`
	From string    `json:"from" doc:"How they can be reached, as they say; a dash where they did not"`
	Text string    `json:"text"`
	Lang string    `json:"lang" doc:"Of the page on which they wrote"`
	At   time.Time `json:"at"`
}

func (s *server) listMessages(ctx context.Context, v *visit, in *InList) (*listed[deskMessage], error) {
	cursor, err := in.after()
	if err != nil {
		return nil, err
	}
	list, err := s.Store.Messages(ctx, v.Person, v.dialogue(), cursor, in.Limit+1)
	if err != nil {
		return nil, err
	}
	var out []deskMessage
	for _, m := range list {
		out = append(out, deskMessage(m))
	}
	return pageOf(v, in.Paging, "/messages", out, func(m deskMessage) string { return m.ID }), nil
}

func settingsOf(c dialogue.Configured) *taggedSettings {
	roster := c.Roster
	if roster == "" {
		roster = dialogue.RosterClosed
	}
	return &taggedSettings{revisionTag(c.Revision), settings{
		Title: title(c.Title), Purpose: text(c.Purpose), Source: text(c.Source), Host: text(c.Host), Languages: c.Languages, AsOf: c.AsOf,
		Rule: c.Rule, Unlisted: c.Unlisted, Admission: c.Admission, Roster: roster, Budget: c.Budget, Operator: text(c.Operator),
		Payer: text(c.Payer), Country: text(c.Country), Readers: text(c.Readers), Keeping: text(c.Keeping), Limits: text(c.Limits),
		Exit: text(c.Exit), Contact: text(c.Contact),
	}}
}

func (s *server) getSettings(_ context.Context, v *visit, _ *InDialogue) (*taggedSettings, error) {
	return settingsOf(v.Entrance.Configured), nil
}

func (s *server) changeSettings(ctx context.Context, v *visit, in *struct {
	InDialogue
	IfMatchTag
	Body settings
}) (*taggedSettings, error) {
	revision, err := in.revision(v)
	if err != nil {
		return nil, err
	}
	b, c := in.Body, v.Entrance.Configured
	c.Title, c.Purpose, c.Source, c.Host = b.Title.words(), b.Purpose.words(), b.Source.words(), b.Host.words()
	c.Languages, c.AsOf, c.Rule, c.Unlisted, c.Roster = b.Languages, b.AsOf, b.Rule, b.Unlisted, b.Roster
	c.Admission, c.Budget = b.Admission, b.Budget
	c.Operator, c.Payer, c.Country, c.Readers = b.Operator.words(), b.Payer.words(), b.Country.words(), b.Readers.words()
	c.Keeping, c.Limits, c.Exit, c.Contact = b.Keeping.words(), b.Limits.words(), b.Exit.words(), b.Contact.words()
	c.Revision = revision
	if c.Revision, err = s.Store.Configure(ctx, v.Person, v.dialogue(), c, v.now); err != nil {
		return nil, err
	}
	return settingsOf(c), nil
}

type declaring struct {
	Text text `json:"text" doc:"Markdown, in every language of the dialogue"`
}

type madeDeclaration struct {
	Location string `header:"Location"`
	Body     declaration
}

func (s *server) declare(ctx context.Context, v *visit, in *struct {
	InDialogue
	OnceKey
	Body declaring
}) (*madeDeclaration, error) {
	version, err := s.Store.Declare(ctx, v.Person, v.dialogue(), in.Body.Text.words(), v.lang, v.now)
	if err != nil {
		return nil, err
	}
	return &madeDeclaration{
		fmt.Sprintf("%s/dialogues/%s/declarations/%d", prefix, v.dialogue(), version),
		declaration{version, text(in.Body.Text.words()), v.now},
	}, nil
}

type checklist struct {
	Items []checkItem `json:"items"`
}

func (s *server) getChecklist(ctx context.Context, v *visit, _ *InDialogue) (*outBody[checklist], error) {
	items, err := s.Store.Checklist(ctx, v.dialogue())
	if err != nil {
		return nil, err
	}
	var out checklist
	for _, i := range items {
		out.Items = append(out.Items, checkItem(i))
	}
	return &outBody[checklist]{out}, nil
}

type staging struct {
	Stage dialogue.Stage `json:"stage"`
}

func (s *server) setStage(ctx context.Context, v *visit, in *struct {
	InDialogue
	Body staging
}) (*outBody[staging], error) {
	if err := s.Store.SetStage(ctx, v.Person, v.dialogue(), in.Body.Stage, v.now); err != nil {
		return nil, err
	}
	return &outBody[staging]{in.Body}, nil
}

func (s *server) listJournal(ctx context.Context, v *visit, in *InList) (*listed[journalEntry], error) {
	before, err := in.number()
	if err != nil {
		return nil, err
	}
	list, err := s.Store.Journal(ctx, v.Person, v.dialogue(), before, in.Limit+1)
	if err != nil {
		return nil, err
	}
	var out []journalEntry
	for _, e := range list {
		out = append(out, journalEntry{e.Number, e.At, e.By.In(v.lang), e.Role, e.Sides, string(e.Verb), e.What, e.Args})
	}
	return pageOf(v, in.Paging, "/journal", out, func(e journalEntry) string { return cursorOf(e.Number) }), nil
}

func (s *server) listLetters(ctx context.Context, v *visit, in *InList) (*listed[letter], error) {
	return s.letters(ctx, v, in.Paging, v.dialogue(), "/letters")
}
