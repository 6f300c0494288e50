package api

import (
	"context"
	"encoding/base64"
	"net/http"
	"net/url"
	"strconv"

	"parley/dialogue"
	"parley/fault"
	"parley/forum"
	"parley/writing"
)

// commentEntry stands under a problem, an action, a statement or the dialogue.
type commentEntry struct {
	Contribution
	Under writing.ID `json:"under,omitempty" doc:"What the thread is about; absent: the dialogue"`
	To    writing.ID `json:"to,omitempty" doc:"The comment that it answers; absent: the thing itself"`
	Depth int        `json:"depth" minimum:"0" doc:"How deep it is indented"`
	Quote *quote     `json:"quote,omitempty"`
}

// quote is somebody's words, as they stood in a revision.
type quote struct {
	Of       writing.ID `json:"of"`
	Revision int        `json:"revision"`
	Words    string     `json:"words" doc:"Empty where they may not be read any more"`
	Changed  bool       `json:"changed" doc:"The words do not stand there any more"`
	Gone     bool       `json:"gone" doc:"What was quoted may not be read any more"`
}

// thread is a page of the comments under something.
type thread struct {
	Items []commentEntry `json:"items" doc:"Those of this page; in the order of time an answer stands after what it answers"`
	Under writing.ID     `json:"under,omitempty"`
	Order forum.Order    `json:"order"`
	Total int            `json:"total" doc:"On all pages"`
	Next  string         `json:"next,omitempty" doc:"The cursor of the next page; absent on the last"`
}

type threadPage struct {
	Link string `header:"Link" doc:"The address of the next page, rel=next (RFC 8288); empty on the last"`
	Body thread
}

func (s *server) registerThreads() {
	of := func(id, method string, verb dialogue.Verb, summary, about string) operation {
		return operation{id: id, method: method, path: "/dialogues/{dialogue}/comments", verb: verb, tag: tagForum, summary: summary, about: about}
	}
	register(s, of("list-comments", http.MethodGet, dialogue.Take, "Read the thread under a contribution, or under the dialogue", "A hundred comments a page."), s.listComments)
	comment := of("comment", http.MethodPost, dialogue.Write, "Write a comment", "A quotation must stand in the words that it quotes, as they are now.")
	comment.status, comment.creates = http.StatusCreated, true
	register(s, comment, s.comment)
}

// maxPage is the last page of a thread that can be asked for.
const maxPage = 1_000_000

func (s *server) listComments(ctx context.Context, v *visit, in *struct {
	InDialogue
	Under writing.ID  `query:"under" doc:"What the thread is about; absent: the dialogue"`
	Order forum.Order `query:"order" doc:"time where it is absent"`
	At    writing.ID  `query:"at" doc:"Begin with the page that holds this comment"`
	After string      `query:"after" maxLength:"200" doc:"The cursor that the page before gave as next"`
}) (*threadPage, error) {
	page, err := Paging{After: in.After}.number()
	if err != nil {
		return nil, err
	}
	if page > maxPage {
		return nil, fault.New(fault.Invalid, "api.cursor", "the cursor is not one of ours")
	}
	if in.Order == "" {
		in.Order = forum.ByTime
	}
	t, err := s.Store.Thread(ctx, v.Person, v.dialogue(), in.Under, in.Order, int(page), in.At)
	if err != nil {
		return nil, err
	}
	out := &threadPage{Body: thread{Under: t.Under, Order: t.Order, Total: t.Total}}
	r := v.reader()
	for _, c := range t.Comments {
		out.Body.Items = append(out.Body.Items, r.comment(c))
	}
	if t.Page < t.Pages {
		out.Body.Next = base64.RawURLEncoding.EncodeToString([]byte(cursorOf(t.Page + 1)))
		q := url.Values{"order": {string(in.Order)}}
		if in.Under != 0 {
			q.Set("under", strconv.FormatInt(int64(in.Under), 10))
		}
		out.Link = v.nextPage("/comments", q, out.Body.Next, 0)
	}
	return out, nil
}

func (r reader) comment(c forum.Comment) commentEntry {
	out := commentEntry{Contribution: r.contribution(c.Contribution), Under: c.Under, To: c.To, Depth: c.Depth}
	if c.Quote != nil {
		out.Quote = &quote{c.Quote.Of, c.Quote.Revision, c.Quote.Words, c.Quote.Changed, c.Quote.Gone}
	}
	return out
}

// commenting is what a comment is written from.
type commenting struct {
	Under writing.ID `json:"under,omitempty" doc:"Absent: the dialogue"`
	To    writing.ID `json:"to,omitempty" doc:"The comment that it answers; absent: the thing itself"`
	Lang  string     `json:"lang" pattern:"^[a-z]{2,3}(-[a-z0-9]{2,8})*$" maxLength:"35" example:"en"`
	Body  string     `json:"body" minLength:"1" maxLength:"10000" example:"Until midnight would be enough, see #12." doc:"Markdown"`
	Quote writing.ID `json:"quote,omitempty" doc:"Whose words are quoted"`
	Words string     `json:"words,omitempty" maxLength:"2000" example:"after a late shift" doc:"Which words: they must stand there"`
}

func (s *server) comment(ctx context.Context, v *visit, in *struct {
	InDialogue
	OnceKey
	Body commenting
}) (*written, error) {
	b := in.Body
	n, err := s.Store.Comment(ctx, v.Person, v.dialogue(), forum.NewComment{
		Under: b.Under, To: b.To, Lang: b.Lang, Body: b.Body, Quote: b.Quote, Words: b.Words,
	}, v.now)
	return s.receipt(ctx, v, n, err, "/contributions/%d", n)
}
