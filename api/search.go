package api

import (
	"context"
	"encoding/base64"
	"net/http"
	"net/url"

	"parley/dialogue"
	"parley/forum"
	"parley/writing"
)

// hit is what a search found: a contribution, or something of the registers.
type hit struct {
	Item    *Contribution `json:"item,omitempty" doc:"Without its body; absent for what stands in the registers"`
	Title   string        `json:"title,omitempty"`
	Link    *link         `json:"link,omitempty" doc:"To what of the registers"`
	Under   writing.ID    `json:"under,omitempty" doc:"Of a comment or a reason: what it stands under"`
	Snippet string        `json:"snippet" example:"the <mark>ferry</mark> stops" doc:"HTML: escaped words around the hit, and mark around it"`
	Lang    string        `json:"lang" example:"en" doc:"Of the snippet"`
}

// found is a page of hits.
type found struct {
	Items []hit  `json:"items"`
	Total int    `json:"total" doc:"As far as it was counted, to a thousand"`
	Next  string `json:"next,omitempty" doc:"The cursor of the next page; absent on the last"`
}

type foundPage struct {
	Link string `header:"Link" doc:"The address of the next page, rel=next (RFC 8288); empty on the last"`
	Body found
}

// tagList are the words by which things are found.
type tagList struct {
	Tags []string `json:"tags" example:"ferry"`
}

func (s *server) registerSearch() {
	of := func(id, path, summary, about string) operation {
		return operation{id: id, method: http.MethodGet, path: "/dialogues/{dialogue}" + path, verb: dialogue.Take, tag: tagForum, summary: summary, about: about}
	}
	register(s, of("search", "/search", "Search contributions and registers by words of either language", "By stems, and with е for ё. Words in quotation marks stand together."), s.search)
	register(s, of("list-tags", "/tags", "List the words by which things are found", "The most used first."), s.listTags)
}

func (s *server) search(ctx context.Context, v *visit, in *struct {
	InDialogue
	Paging
	Words string       `query:"words" required:"true" minLength:"1" maxLength:"200" example:"late ferry"`
	Kind  writing.Kind `query:"kind" doc:"Contributions of this kind alone"`
	Order string       `query:"order" enum:"best,new" default:"best"`
}) (*foundPage, error) {
	cursor, err := in.after()
	if err != nil {
		return nil, err
	}
	got, err := s.Store.Search(ctx, v.Person, v.dialogue(), forum.Query{
		Words: in.Words, Kind: in.Kind, Order: in.Order, After: cursor, Limit: in.upTo(forum.MostLines).Limit,
	}, v.lang)
	if err != nil {
		return nil, err
	}
	out := &foundPage{Body: found{Total: got.Total}}
	r := v.reader()
	for _, h := range got.Hits {
		out.Body.Items = append(out.Body.Items, r.hit(h))
	}
	if got.More != "" {
		out.Body.Next = base64.RawURLEncoding.EncodeToString([]byte(got.More))
		q := url.Values{"words": {in.Words}, "order": {in.Order}}
		if in.Kind != "" {
			q.Set("kind", string(in.Kind))
		}
		out.Link = v.nextPage("/search", q, out.Body.Next, in.Limit)
	}
	return out, nil
}

func (r reader) hit(h forum.Hit) hit {
	out := hit{Title: h.Title, Under: h.Under, Snippet: h.Snippet, Lang: h.Lang}
	if h.Kind == "" {
		out.Link = &link{h.Link.Kind, h.Link.To}
		return out
	}
	c := r.contribution(h.Contribution)
	c.Body, c.HTML = "", ""
	out.Item = &c
	return out
}

func (s *server) listTags(ctx context.Context, v *visit, _ *InDialogue) (*outBody[tagList], error) {
	tags, err := s.Store.Tags(ctx, v.Person, v.dialogue())
	if err != nil {
		return nil, err
	}
	return &outBody[tagList]{tagList{tags}}, nil
}
