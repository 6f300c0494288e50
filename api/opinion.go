package api

import (
	"context"
	"net/http"
	"net/url"

	"parley/dialogue"
	"parley/opinion"
	"parley/store"
	"parley/writing"
)

// StatementEntry is one short sentence that people answer.
type StatementEntry struct {
	Contribution
	Under    under `json:"under"`
	Closed   bool  `json:"closed" doc:"Takes no answers any more"`
	Comments int   `json:"comments"`
	Kept     bool  `json:"kept,omitempty" doc:"Something is told, which the reader sees after their own answer and expectation"`
	Told     *told `json:"told,omitempty" doc:"Absent until ten people of every side have answered"`
}

// under is what a statement stands under; nothing is the dialogue.
type under struct {
	Item   writing.ID `json:"item,omitempty" doc:"A problem or an action"`
	Option string     `json:"option,omitempty" maxLength:"200" example:"T-01/share" doc:"Of the table, as topic/option"`
}

func (u under) place() opinion.Place { return opinion.Place(u) }

func (s *server) registerOpinion() {
	of := func(id, method, path string, verb dialogue.Verb, summary, about string) operation {
		return operation{id: id, method: method, path: "/dialogues/{dialogue}" + path, verb: verb, tag: tagOpinion, summary: summary, about: about}
	}
	register(s, of("list-statements", http.MethodGet, "/statements", dialogue.Take, "List the statements", ""), s.listStatements)
	propose := of("propose-statement", http.MethodPost, "/statements", dialogue.Write, "Propose a statement", "Where a moderator reads it first, its state is held.")
	propose.status, propose.creates = http.StatusCreated, true
	register(s, propose, s.proposeStatement)
	register(s, of("get-statement", http.MethodGet, "/statements/{statement}", dialogue.Take, "Read one statement with what is told of it", ""), s.getStatement)
	register(s, of("list-reasons", http.MethodGet, "/statements/{statement}/reasons", dialogue.Take, "Read why people answer so",
		"Without names, of the sides of which something is told to the reader: of each side and answer at most five, those first that helped most readers of other sides."), s.listReasons)
	register(s, of("close-statement", http.MethodPut, "/statements/{statement}/closed", dialogue.Steer, "End the answering, or begin it again", ""), s.closeStatement)
	register(s, of("get-knowing", http.MethodGet, "/knowing", dialogue.Take, "Read how well the sides know each other",
		"How far each side's picture of another is from what the other says here, by what is told."), s.getKnowing)
	register(s, of("get-support", http.MethodGet, "/support", dialogue.Take, "Read what is told of the statements under options of the table",
		"They are people who joined, no survey of a country, and count for nothing in what is found between the sides."), s.getSupport)
	s.registerVotes()
}

func (r reader) statement(st opinion.Statement) StatementEntry {
	return StatementEntry{r.contribution(st.Contribution), under(st.Under), st.Closed, st.Comments, st.Kept, toldOf(st.Told)}
}

func (s *server) listStatements(ctx context.Context, v *visit, in *struct {
	InDialogue
	Lines
	Item   writing.ID `query:"item" doc:"Only those under this problem or action"`
	Option string     `query:"option" maxLength:"200" example:"T-01/share" doc:"Only those under this option of the table"`
	Order  string     `query:"order" enum:"ground,time,answers,mine-open" default:"time" doc:"Common ground first; the newest; the most answered as far as that is told; those that the reader has not answered"`
}) (*listed[StatementEntry], error) {
	last, err := in.number()
	if err != nil {
		return nil, err
	}
	in.Paging = in.upTo(store.MostStatements)
	f := opinion.Filter{Order: in.Order, Tag: in.Tag, After: writing.ID(last), Limit: in.Limit + 1}
	q := in.Lines.query()
	q.Set("order", in.Order)
	if in.Item != 0 || in.Option != "" {
		f.Under = &opinion.Place{Item: in.Item, Option: in.Option}
		setPlace(q, *f.Under)
	}
	list, err := s.Store.Statements(ctx, v.Person, v.dialogue(), f)
	if err != nil {
		return nil, err
	}
	var out []StatementEntry
	for _, st := range list {
		out = append(out, v.reader().statement(st))
	}
	return pageWith(v, in.Paging, "/statements", q, out, func(e StatementEntry) string { return cursorOf(e.Number) }), nil
}

func setPlace(q url.Values, p opinion.Place) {
	if p.Item != 0 {
		q.Set("item", cursorOf(p.Item))
	}
	if p.Option != "" {
		q.Set("option", p.Option)
	}
}

// stating is what a statement is written from.
type stating struct {
	Lang  string   `json:"lang" pattern:"^[a-z]{2,3}(-[a-z0-9]{2,8})*$" maxLength:"35" example:"en"`
	Title string   `json:"title" minLength:"1" maxLength:"200" example:"The ferry should sail until midnight." doc:"The sentence"`
	Body  string   `json:"body,omitempty" maxLength:"10000" doc:"Its background: sources and links, in Markdown"`
	Under under    `json:"under,omitzero"`
	Tags  []string `json:"tags,omitempty" maxItems:"5" maxLength:"30" minLength:"1" example:"ferry"`
}

func (s *server) proposeStatement(ctx context.Context, v *visit, in *struct {
	InDialogue
	OnceKey
	Body stating
}) (*written, error) {
	b := in.Body
	n, err := s.Store.ProposeStatement(ctx, v.Person, v.dialogue(), opinion.NewStatement{
		Lang: b.Lang, Title: b.Title, Body: b.Body, Under: b.Under.place(), Tags: distinct(b.Tags),
	}, v.now)
	return s.receipt(ctx, v, n, err, "/statements/%d", n)
}

// InStatement is part of what is asked with about one statement.
type InStatement struct {
	InDialogue
	Statement writing.ID `path:"statement"`
}

func (s *server) getStatement(ctx context.Context, v *visit, in *InStatement) (*tagged[StatementEntry], error) {
	st, err := s.Store.Statement(ctx, v.Person, v.dialogue(), in.Statement)
	if err != nil {
		return nil, err
	}
	return revised(st.Revision, v.reader().statement(*st))
}

type reasons struct {
	Items []sharedReason `json:"items"`
}

func (s *server) listReasons(ctx context.Context, v *visit, in *InStatement) (*outBody[reasons], error) {
	list, err := s.Store.Reasons(ctx, v.Person, v.dialogue(), in.Statement)
	return &outBody[reasons]{reasons{v.reader().reasons(list)}}, err
}

type closing struct {
	Closed bool `json:"closed" doc:"False begins the answering again"`
}

func (s *server) closeStatement(ctx context.Context, v *visit, in *struct {
	InStatement
	Body closing
}) (*nothing, error) {
	return nil, s.Store.CloseStatement(ctx, v.Person, v.dialogue(), in.Statement, in.Body.Closed, v.now)
}
