package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"parley/dialogue"
	"parley/feed"
	"parley/store"
	"parley/writing"
)

const (
	atomMIME = "application/atom+xml"
	jsonFeed = "application/feed+json"
)

// jsonFeedShape is what a JSON feed is like; https://jsonfeed.org says more.
func jsonFeedShape() *huma.Schema {
	words := func(about string) *huma.Schema { return &huma.Schema{Type: huma.TypeString, Description: about} }
	moment := &huma.Schema{Type: huma.TypeString, Format: "date-time"}
	entry := &huma.Schema{
		Type: huma.TypeObject, AdditionalProperties: true, Required: []string{"id", "url", "date_published", "date_modified"},
		Properties: map[string]*huma.Schema{
			"id": words("The same as long as the entry stands"), "url": words("Of its page"), "title": words(""), "content_html": words(""), "content_text": words(""),
			"date_published": moment, "date_modified": moment,
		},
	}
	shape := &huma.Schema{
		Type: huma.TypeObject, AdditionalProperties: true, Required: []string{"version", "title", "items"}, Description: "A JSON feed, version 1.1",
		Properties: map[string]*huma.Schema{
			"version": {Type: huma.TypeString, Enum: []any{"https://jsonfeed.org/version/1.1"}}, "title": words(""),
			"next_url": words("Of what is older"), "items": {Type: huma.TypeArray, Items: entry},
		},
	}
	entry.PrecomputeMessages()
	shape.PrecomputeMessages()
	return shape
}

func (s *server) registerFeeds() {
	of := func(id, path, summary, produces string) operation {
		return operation{
			id: id, method: http.MethodGet, path: "/dialogues/{dialogue}/feeds/" + path, verb: dialogue.Take, tag: tagNotice, summary: summary,
			about: "Of the dialogue, or of one problem, or of one tag. The same stands on the site, where a key opens it in the place of a token.", produces: produces,
		}
	}
	register(s, of("get-atom-feed", "atom", "Read what happened as an Atom feed", atomMIME), s.getAtomFeed)
	register(s, of("get-json-feed", "json", "Read what happened as a JSON feed", jsonFeed), s.getJSONFeed)
}

// InFeed is what a feed is asked with.
type InFeed struct {
	InDialogue
	Problem writing.ID `query:"problem" doc:"Of this problem alone"`
	Tag     string     `query:"tag" maxLength:"30" example:"ferry" doc:"Of this tag alone"`
	Lang    string     `query:"lang" enum:"en,ru" doc:"The language of the reader where it is absent"`
	Before  writing.ID `query:"before" doc:"The page of what is older, as the feed names it"`
}

// feedFile is a feed to read.
type feedFile struct {
	ContentType  string `header:"Content-Type" hidden:"true"`
	LastModified string `header:"Last-Modified" doc:"When the newest of it changed"`
	Body         []byte
}

func (s *server) feed(ctx context.Context, v *visit, in *InFeed, kind string, write func(*feed.Feed) ([]byte, error)) (*feedFile, error) {
	lang := in.Lang
	if lang == "" {
		lang = v.lang
	}
	f, err := s.Store.Feed(ctx, v.Person, v.dialogue(), store.FeedOf{Problem: in.Problem, Tag: in.Tag, Lang: lang, Origin: s.Origin, Before: in.Before})
	if err != nil {
		return nil, err
	}
	b, err := write(f)
	return &feedFile{kind + "; charset=utf-8", f.Updated.UTC().Format(http.TimeFormat), b}, err
}

func (s *server) getAtomFeed(ctx context.Context, v *visit, in *InFeed) (*feedFile, error) {
	return s.feed(ctx, v, in, atomMIME, feed.Atom)
}

func (s *server) getJSONFeed(ctx context.Context, v *visit, in *InFeed) (*feedFile, error) {
	return s.feed(ctx, v, in, jsonFeed, feed.JSON)
}
