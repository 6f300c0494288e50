package api

import (
	"context"
	"net/http"
	"time"

	"parley/dialogue"
	"parley/writing"
)

// itemEntry is one contribution, whatever its kind.
type itemEntry struct {
	Contribution
	Root writing.ID `json:"root,omitempty" doc:"The problem, action or statement that it belongs to; absent: the dialogue"`
}

// revision is one state of a contribution's words over time.
type revision struct {
	Number int       `json:"number" minimum:"1"`
	Lang   string    `json:"lang" example:"en"`
	Title  string    `json:"title,omitempty"`
	Body   string    `json:"body,omitempty"`
	At     time.Time `json:"at"`
}

// registerWriting lists the operations of what all contributions share.
func (s *server) registerWriting() {
	of := func(id, method, path string, verb dialogue.Verb, summary, about string) operation {
		return operation{id: id, method: method, path: "/dialogues/{dialogue}/contributions/{item}" + path, verb: verb, tag: tagForum, summary: summary, about: about}
	}
	register(s, of("get-contribution", http.MethodGet, "", dialogue.Take, "Read one contribution, whatever its kind", ""), s.getContribution)
	edit := of("edit-contribution", http.MethodPut, "", dialogue.Write, "Change one's own words", "All fields are replaced. A statement that somebody answered keeps its sentence: 409.")
	edit.edits = true
	register(s, edit, s.editContribution)
	register(s, of("list-revisions", http.MethodGet, "/revisions", dialogue.Take, "Read all states of the words", "The newest first."), s.listRevisions)
	register(s, of("withdraw-contribution", http.MethodPut, "/withdrawal", dialogue.BeMember, "Take one's own words away from readers", ""), s.withdraw)
	register(s, of("restore-contribution", http.MethodDelete, "/withdrawal", dialogue.Write, "Bring one's own words back", ""), s.restore)
	register(s, of("react", http.MethodPut, "/reactions/{reaction}", dialogue.React, "Give a mark to somebody else's words", ""), s.react)
	register(s, of("unreact", http.MethodDelete, "/reactions/{reaction}", dialogue.React, "Take a mark back", ""), s.unreact)
	s.registerTranslations()
	s.registerDrafts()
	s.registerCordiality()
	s.registerSearch()
}

func (s *server) getContribution(ctx context.Context, v *visit, in *InItem) (*tagged[itemEntry], error) {
	c, root, err := s.Store.Item(ctx, v.Person, v.dialogue(), in.Item)
	if err != nil {
		return nil, err
	}
	if root == c.ID {
		root = 0
	}
	return revised(c.Revision, itemEntry{v.reader().contribution(c), root})
}

// editing replaces what was written.
type editing struct {
	Title string   `json:"title,omitempty" maxLength:"200" example:"The ferry stops at dusk" doc:"Of a statement its sentence; comments and reasons have none"`
	Body  string   `json:"body,omitempty" maxLength:"10000" example:"Nobody gets home after a late shift." doc:"Markdown"`
	Tags  []string `json:"tags,omitempty" maxItems:"5" maxLength:"30" minLength:"1" example:"ferry"`
}

type edited struct {
	ETag string `header:"ETag" doc:"For the next If-Match"`
	Body receipt
}

func (s *server) editContribution(ctx context.Context, v *visit, in *struct {
	InItem
	IfMatchTag
	Body editing
}) (*edited, error) {
	from, err := in.item(v)
	if err != nil {
		return nil, err
	}
	b := in.Body
	err = s.Store.Edit(ctx, v.Person, v.dialogue(), in.Item, writing.Edit{Revision: from, Title: b.Title, Body: b.Body, Tags: distinct(b.Tags)}, v.now)
	if err != nil {
		return nil, err
	}
	out, err := s.receipt(ctx, v, in.Item, nil, "")
	if err != nil {
		return nil, err
	}
	return &edited{revisionTag(int64(out.Body.Revision)), out.Body}, nil
}

func (s *server) listRevisions(ctx context.Context, v *visit, in *struct {
	InItem
	Paging
}) (*listed[revision], error) {
	cursor, err := in.after()
	if err != nil {
		return nil, err
	}
	list, err := s.Store.Revisions(ctx, v.Person, v.dialogue(), in.Item)
	if err != nil {
		return nil, err
	}
	var all []revision
	for _, r := range list {
		all = append(all, revision(r))
	}
	number := func(r revision) string { return cursorOf(r.Number) }
	return pageOf(v, in.Paging, "/contributions/"+cursorOf(in.Item)+"/revisions", after(all, cursor, number), number), nil
}

func (s *server) withdraw(ctx context.Context, v *visit, in *InItem) (*nothing, error) {
	return nil, s.Store.Withdraw(ctx, v.Person, v.dialogue(), in.Item, v.now)
}

func (s *server) restore(ctx context.Context, v *visit, in *InItem) (*nothing, error) {
	return nil, s.Store.Restore(ctx, v.Person, v.dialogue(), in.Item, v.now)
}

// InReaction is a contribution with a mark.
type InReaction struct {
	InItem
	Reaction writing.Reaction `path:"reaction"`
}

func (s *server) react(ctx context.Context, v *visit, in *InReaction) (*nothing, error) {
	return nil, s.Store.React(ctx, v.Person, v.dialogue(), in.Item, in.Reaction, true, v.now)
}

func (s *server) unreact(ctx context.Context, v *visit, in *InReaction) (*nothing, error) {
	return nil, s.Store.React(ctx, v.Person, v.dialogue(), in.Item, in.Reaction, false, v.now)
}
