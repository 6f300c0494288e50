package api

import (
	"context"
	"net/http"
	"net/url"

	"parley/dialogue"
	"parley/store"
)

func (s *server) registerTranslations() {
	of := func(id, method, path string, verb dialogue.Verb, summary, about string) operation {
		return operation{id: id, method: method, path: "/dialogues/{dialogue}" + path, verb: verb, tag: tagForum, summary: summary, about: about}
	}
	register(s, of("translate", http.MethodPut, "/contributions/{item}/translations/{lang}", dialogue.Translate, "Put a contribution into another language of the dialogue",
		"It stands beside the original, in the place of an earlier translation."), s.translate)
	register(s, of("rate-translation", http.MethodPut, "/contributions/{item}/translations/{lang}/rating", dialogue.React, "Say whether a translation is true to the original", ""), s.rateTranslation)
	register(s, of("list-untranslated", http.MethodGet, "/translations/missing", dialogue.Take, "List what has no translation into a language, or a stale one",
		"What people wait for most first."), s.listUntranslated)
}

// InTranslation is a contribution in another language.
type InTranslation struct {
	InItem
	Lang string `path:"lang" pattern:"^[a-z]{2,3}(-[a-z0-9]{2,8})*$" maxLength:"35" example:"ru"`
}

// translating is what a translation is made from.
type translating struct {
	Title string `json:"title,omitempty" maxLength:"200" example:"Паром не ходит после заката" doc:"Where the original has one"`
	Body  string `json:"body,omitempty" maxLength:"10000" example:"После поздней смены никто не попадёт домой." doc:"Markdown"`
	Of    int    `json:"of" minimum:"1" maximum:"1000000" doc:"The revision of the original that was translated"`
}

func (s *server) translate(ctx context.Context, v *visit, in *struct {
	InTranslation
	Body translating
}) (*nothing, error) {
	b := in.Body
	return nil, s.Store.Translate(ctx, v.Person, v.dialogue(), in.Item, in.Lang, b.Title, b.Body, b.Of, v.now)
}

type rating struct {
	Rating int `json:"rating" minimum:"-1" maximum:"1" doc:"1: true to the original, -1: not, 0 takes it back"`
}

func (s *server) rateTranslation(ctx context.Context, v *visit, in *struct {
	InTranslation
	Body rating
}) (*nothing, error) {
	return nil, s.Store.RateTranslation(ctx, v.Person, v.dialogue(), in.Item, in.Lang, in.Body.Rating, v.now)
}

func (s *server) listUntranslated(ctx context.Context, v *visit, in *struct {
	InDialogue
	Paging
	Lang string `query:"lang" required:"true" pattern:"^[a-z]{2,3}(-[a-z0-9]{2,8})*$" maxLength:"35" example:"ru"`
}) (*listed[Line], error) {
	cursor, err := in.after()
	if err != nil {
		return nil, err
	}
	found, err := s.Store.Untranslated(ctx, v.Person, v.dialogue(), in.Lang, store.MostUntranslated)
	if err != nil {
		return nil, err
	}
	number := func(l Line) string { return cursorOf(l.Number) }
	all := after(v.reader().lines(found), cursor, number)
	return pageWith(v, in.Paging, "/translations/missing", url.Values{"lang": {in.Lang}}, all, number), nil
}
