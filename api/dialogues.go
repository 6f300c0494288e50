package api

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"time"

	"parley/dialogue"
	"parley/fault"
)

// DialogueHead is a dialogue in a list.
type DialogueHead struct {
	ID        dialogue.ID    `json:"id"`
	Title     text           `json:"title"`
	Purpose   text           `json:"purpose"`
	Source    text           `json:"source" doc:"Where its content comes from"`
	Host      text           `json:"host" doc:"Who runs it and who pays"`
	Languages []string       `json:"languages" example:"en, ru" doc:"Those of its texts, its own first"`
	AsOf      string         `json:"as_of" example:"2025-04" doc:"The date of the situation: a year, a month or a day"`
	Kind      dialogue.Kind  `json:"kind"`
	Rule      dialogue.Rule  `json:"rule"`
	Stage     dialogue.Stage `json:"stage"`
	Unlisted  bool           `json:"unlisted" doc:"Only those who take part, or were invited, may know that it exists"`
	Sides     []side         `json:"sides" doc:"In no order that means anything"`
}

// side is one party.
type side struct {
	ID   dialogue.SideID `json:"id"`
	Name text            `json:"name"`
}

// dialogueCard is a dialogue with all that everybody is told before joining, and
// what the reader is to it.
type dialogueCard struct {
	DialogueHead
	Admission   dialogue.Admission `json:"admission"`
	Operator    text               `json:"operator" doc:"Who runs it"`
	Payer       text               `json:"payer" doc:"Who pays for it"`
	Country     text               `json:"country" doc:"Where the server stands, under whose law"`
	Readers     text               `json:"readers" doc:"Who can read what"`
	Keeping     text               `json:"keeping" doc:"What is kept, and for how long"`
	Limits      text               `json:"limits" doc:"What cannot be promised"`
	Exit        text               `json:"exit" doc:"How to leave, and what happens then"`
	Contact     text               `json:"contact" doc:"Where to turn"`
	Declaration int                `json:"declaration" minimum:"0" doc:"The newest version of the declaration; 0 where there is none"`
	You         standing           `json:"you"`
}

// standing is what the reader is to the dialogue.
type standing struct {
	Roles     []dialogue.Role `json:"roles" doc:"All that apply, least first"`
	State     dialogue.State  `json:"state,omitempty" doc:"Absent for who neither takes part nor asked to"`
	MustAgree bool            `json:"must_agree" doc:"Nothing but a new version of the declaration stands between the reader and the room"`
	Invited   bool            `json:"invited" doc:"The invitation that came with the request is good"`
}

// declaration is what everybody who takes part has agreed to.
type declaration struct {
	Version int       `json:"version" minimum:"1"`
	Text    text      `json:"text" doc:"Markdown"`
	MadeAt  time.Time `json:"made_at"`
}

// InDialogue is part of what every operation of a dialogue is asked with.
type InDialogue struct {
	Dialogue   dialogue.ID `path:"dialogue"`
	Invitation string      `header:"Parley-Invitation" maxLength:"200" doc:"The secret of an invitation, for who does not take part yet"`
}

type outBody[T any] struct{ Body T }

func (s *server) registerDialogues() {
	register(s, operation{
		id: "list-dialogues", method: http.MethodGet, path: "/dialogues", verb: dialogue.Visit, tag: tagDialogue,
		summary: "List the dialogues of which the reader may know", about: "The oldest first.",
	}, s.listDialogues)
	register(s, operation{
		id: "open-dialogue", method: http.MethodPost, path: "/dialogues", verb: dialogue.Run, tag: tagDialogue, status: http.StatusCreated, creates: true,
		summary: "Make a new, empty dialogue", about: "It is being prepared until its convener opens it. Appoint the convener next.",
	}, s.openDialogue)
	register(s, operation{
		id: "get-dialogue", method: http.MethodGet, path: "/dialogues/{dialogue}", verb: dialogue.See, tag: tagDialogue,
		summary: "Read what everybody is told before joining",
	}, s.getDialogue)
	register(s, operation{
		id: "list-declarations", method: http.MethodGet, path: "/dialogues/{dialogue}/declarations", verb: dialogue.See, tag: tagDialogue,
		summary: "List all versions of the declaration", about: "The newest first.",
	}, s.listDeclarations)
	register(s, operation{
		id: "get-declaration", method: http.MethodGet, path: "/dialogues/{dialogue}/declarations/{version}", verb: dialogue.See, tag: tagDialogue,
		summary: "Read one version of the declaration",
	}, s.getDeclaration)
}

func headOf(d dialogue.Dialogue) DialogueHead {
	h := DialogueHead{
		ID: d.ID, Title: text(d.Title), Purpose: text(d.Purpose), Source: text(d.Source), Host: text(d.Host), Languages: d.Languages,
		AsOf: d.AsOf, Kind: d.Kind, Rule: d.Rule, Stage: d.Stage, Unlisted: d.Unlisted,
	}
	for _, s := range d.Sides {
		h.Sides = append(h.Sides, side{s.ID, text(s.Name)})
	}
	return h
}

func (s *server) listDialogues(ctx context.Context, v *visit, in *Paging) (*listed[DialogueHead], error) {
	cursor, err := in.after()
	if err != nil {
		return nil, err
	}
	rows, err := s.Store.Dialogues(ctx)
	if err != nil {
		return nil, err
	}
	standings := map[dialogue.ID]dialogue.Standing{}
	if v.SignedIn() {
		mine, err := s.Store.Memberships(ctx, v.Person)
		if err != nil {
			return nil, err
		}
		for _, m := range mine {
			standings[m.Dialogue.ID] = m.Standing
		}
	}
	var visible []DialogueHead
	for _, row := range rows {
		who := standings[row.ID]
		who.SignedIn, who.Owner = v.SignedIn(), v.Owner
		if dialogue.May(who, dialogue.See, row.Dialogue) == nil {
			visible = append(visible, headOf(row.Dialogue))
		}
	}
	id := func(d DialogueHead) string { return string(d.ID) }
	return pageOf(v, *in, "/dialogues", after(visible, cursor, id), id), nil
}

func (s *server) getDialogue(_ context.Context, v *visit, _ *InDialogue) (*outBody[dialogueCard], error) {
	e := v.Entrance
	return &outBody[dialogueCard]{dialogueCard{
		DialogueHead: headOf(e.Dialogue), Admission: e.Admission, Operator: text(e.Operator), Payer: text(e.Payer), Country: text(e.Country),
		Readers: text(e.Readers), Keeping: text(e.Keeping), Limits: text(e.Limits), Exit: text(e.Exit), Contact: text(e.Contact),
		Declaration: e.Declaration.Version, You: standingOf(e.Standing),
	}}, nil
}

func standingOf(st dialogue.Standing) standing {
	return standing{Roles: st.Roles(), State: st.State, MustAgree: st.MustAgree(), Invited: st.Invited}
}

// newDialogue is what a dialogue is made from.
type newDialogue struct {
	ID        dialogue.ID   `json:"id"`
	Title     title         `json:"title"`
	Purpose   text          `json:"purpose,omitempty"`
	Source    text          `json:"source,omitempty"`
	Host      text          `json:"host,omitempty"`
	Languages []string      `json:"languages" minItems:"1" maxItems:"20" pattern:"^[a-z]{2,3}(-[a-z0-9]{2,8})*$" maxLength:"35" example:"en, ru"`
	AsOf      string        `json:"as_of,omitempty" pattern:"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$" example:"2026-01" doc:"Today where it is absent"`
	Kind      dialogue.Kind `json:"kind,omitempty"`
	Rule      dialogue.Rule `json:"rule,omitempty"`
	Unlisted  bool          `json:"unlisted,omitempty"`
	Sides     []side        `json:"sides" minItems:"2" maxItems:"50"`
}

type madeDialogue struct {
	Location string `header:"Location" doc:"The address of the dialogue"`
	Body     DialogueHead
}

func (s *server) openDialogue(ctx context.Context, v *visit, in *struct {
	OnceKey
	Body newDialogue
}) (*madeDialogue, error) {
	b := in.Body
	d := dialogue.Dialogue{
		ID: b.ID, Title: b.Title.words(), Purpose: b.Purpose.words(), Source: b.Source.words(), Host: b.Host.words(), Languages: b.Languages,
		AsOf: b.AsOf, Kind: b.Kind, Rule: b.Rule, Unlisted: b.Unlisted,
	}
	for _, one := range b.Sides {
		d.Sides = append(d.Sides, dialogue.Side{ID: one.ID, Name: one.Name.words()})
	}
	if err := s.Store.OpenDialogue(ctx, v.Person, d, v.now); err != nil {
		return nil, err
	}
	e, err := s.Store.Entrance(ctx, d.ID, v.Person, "", v.now)
	if err != nil {
		return nil, err
	}
	return &madeDialogue{prefix + "/dialogues/" + string(d.ID), headOf(e.Dialogue)}, nil
}

func declarationOf(d dialogue.Declaration) declaration {
	return declaration{d.Version, text(d.Text), d.MadeAt}
}

func (s *server) listDeclarations(ctx context.Context, v *visit, in *struct {
	InDialogue
	Paging
}) (*listed[declaration], error) {
	cursor, err := in.after()
	if err != nil {
		return nil, err
	}
	all, err := s.Store.Declarations(ctx, v.dialogue())
	if err != nil {
		return nil, err
	}
	var out []declaration
	for _, d := range all {
		out = append(out, declarationOf(d))
	}
	version := func(d declaration) string { return strconv.Itoa(d.Version) }
	return pageOf(v, in.Paging, "/declarations", after(out, cursor, version), version), nil
}

func (s *server) getDeclaration(ctx context.Context, v *visit, in *struct {
	InDialogue
	Version int `path:"version" minimum:"1" maximum:"1000000"`
}) (*outBody[declaration], error) {
	all, err := s.Store.Declarations(ctx, v.dialogue())
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(all, func(d dialogue.Declaration) bool { return d.Version == in.Version })
	if at < 0 {
		return nil, fault.New(fault.Missing, "api.no-declaration", "there is no version %d of the declaration", in.Version)
	}
	return &outBody[declaration]{declarationOf(all[at])}, nil
}
