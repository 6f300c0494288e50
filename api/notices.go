package api

import (
	"context"
	"net/http"
	"time"

	"parley/dialogue"
	"parley/notice"
	"parley/writing"
)

// noticeEntry is something that happened, as one person hears of it.
type noticeEntry struct {
	ID       int64            `json:"id"`
	Dialogue dialogue.ID      `json:"dialogue"`
	Kind     notice.EventKind `json:"kind"`
	Why      notice.Why       `json:"why"`
	Item     writing.ID       `json:"item,omitempty"`
	Root     writing.ID       `json:"root,omitempty" doc:"The problem, action or statement that the item belongs to"`
	Title    string           `json:"title,omitempty" doc:"Of the item or of its root; absent where the room is off the record"`
	Lang     string           `json:"lang,omitempty" doc:"Of the title"`
	Snippet  string           `json:"snippet,omitempty" doc:"Plain words of the item, shortened"`
	By       *writer          `json:"by,omitempty" doc:"Absent where the rule of the room names nobody"`
	Address  string           `json:"address" example:"problem/12#c-14" doc:"Of the page, below the dialogue"`
	Read     bool             `json:"read"`
	At       time.Time        `json:"at"`
}

// event is one thing that happened in a dialogue. It holds no words of people.
type event struct {
	Number int64             `json:"number" doc:"Later ones are greater"`
	Kind   notice.EventKind  `json:"kind"`
	Item   writing.ID        `json:"item,omitempty"`
	Root   writing.ID        `json:"root,omitempty"`
	Args   map[string]string `json:"args"`
	At     time.Time         `json:"at" doc:"Of told: the day alone"`
}

// following is one thing that somebody follows.
type following struct {
	Item  writing.ID   `json:"item,omitempty" doc:"Absent: the dialogue"`
	Kind  writing.Kind `json:"kind,omitempty"`
	Title string       `json:"title,omitempty"`
	Level notice.Level `json:"level"`
}

func (s *server) registerNotices() {
	of := func(id, method, path string, verb dialogue.Verb, summary, about string) operation {
		return operation{id: id, method: method, path: path, verb: verb, tag: tagNotice, summary: summary, about: about}
	}
	const room = "/dialogues/{dialogue}"
	list := of("list-follows", http.MethodGet, room+"/follows", dialogue.Follow, "List what one follows here", "")
	list.also = dialogue.Take
	register(s, list, s.listFollows)
	register(s, of("follow-dialogue", http.MethodPut, room+"/follows", dialogue.Follow, "Set how closely one follows the dialogue", ""), s.followDialogue)
	register(s, of("follow", http.MethodPut, room+"/follows/{item}", dialogue.Follow, "Set how closely one follows a thing", ""), s.follow)
	register(s, of("list-events", http.MethodGet, room+"/events", dialogue.Take, "List what happened", "The oldest first. Keep the number of the last one, and ask since it later."), s.listEvents)
	register(s, of("get-last-event", http.MethodGet, room+"/events/last", dialogue.Take, "Read the number of the newest event", ""), s.getLastEvent)
	s.registerFeeds()

	register(s, of("list-notices", http.MethodGet, "/account/notices", dialogue.BeHolder, "List what one heard of, in all one's dialogues", "The newest first. Of rooms off the record neither words nor names."), s.listNotices)
	register(s, of("count-notices", http.MethodGet, "/account/notices/unread", dialogue.BeHolder, "Count what one has not read", ""), s.countNotices)
	register(s, of("read-notices", http.MethodPut, "/account/notices/read", dialogue.BeHolder, "Mark notices as read, on all devices", ""), s.readNotices)
	register(s, of("get-notice-settings", http.MethodGet, "/account/notice-settings", dialogue.BeHolder, "Read when letters come", ""), s.getNoticeSettings)
	change := of("change-notice-settings", http.MethodPut, "/account/notice-settings", dialogue.BeHolder, "Change when letters come", "")
	change.edits = true
	register(s, change, s.changeNoticeSettings)
	register(s, of("get-feed-key", http.MethodGet, "/account/feed-key", dialogue.BeHolder, "Read the key of one's own feeds", "A reader of feeds reads rooms that are not public with it, in one's name."), s.getFeedKey)
	key := of("make-feed-key", http.MethodPost, "/account/feed-key", dialogue.BeHolder, "Make another key of one's own feeds", "It ends the old one.")
	key.status, key.creates = http.StatusCreated, true
	register(s, key, s.makeFeedKey)
	register(s, of("end-feed-key", http.MethodDelete, "/account/feed-key", dialogue.BeHolder, "End the key of one's own feeds", ""), s.endFeedKey)
}

func (s *server) listFollows(ctx context.Context, v *visit, in *InList) (*listed[following], error) {
	cursor, err := in.after()
	if err != nil {
		return nil, err
	}
	list, err := s.Store.Following(ctx, v.Person, v.dialogue())
	if err != nil {
		return nil, err
	}
	var all []following
	for _, f := range list {
		all = append(all, following{f.Item, f.Kind, f.Title, f.Level})
	}
	number := func(f following) string { return cursorOf(f.Item) }
	return pageOf(v, in.Paging, "/follows", after(all, cursor, number), number), nil
}

type levelling struct {
	Level notice.Level `json:"level" doc:"none ends it"`
}

func (s *server) followDialogue(ctx context.Context, v *visit, in *struct {
	InDialogue
	Body levelling
}) (*nothing, error) {
	return nil, s.Store.Follow(ctx, v.Person, v.dialogue(), 0, in.Body.Level, v.now)
}

func (s *server) follow(ctx context.Context, v *visit, in *struct {
	InItem
	Body levelling
}) (*nothing, error) {
	return nil, s.Store.Follow(ctx, v.Person, v.dialogue(), in.Item, in.Body.Level, v.now)
}

func (s *server) listEvents(ctx context.Context, v *visit, in *struct {
	InDialogue
	Paging
	Root  writing.ID `query:"root" doc:"Only what belongs to this problem, action or statement"`
	Since int64      `query:"since" minimum:"0" maximum:"9007199254740991" example:"40" doc:"Only what happened after the event with this number"`
}) (*listed[event], error) {
	last, err := in.number()
	if err != nil {
		return nil, err
	}
	list, err := s.Store.Events(ctx, v.Person, v.dialogue(), in.Root, max(last, in.Since), in.Limit+1)
	if err != nil {
		return nil, err
	}
	var out []event
	for _, e := range list {
		if e.Kind == notice.ToldTotals {
			e.At = day(e.At)
		}
		out = append(out, event{e.ID, e.Kind, e.Item, e.Root, e.Args, e.At})
	}
	q := Lines{}.query()
	if in.Root != 0 {
		q.Set("root", cursorOf(in.Root))
	}
	return pageWith(v, in.Paging, "/events", q, out, func(e event) string { return cursorOf(e.Number) }), nil
}

type lastEvent struct {
	Number int64 `json:"number" doc:"0: nothing happened yet"`
}

func (s *server) getLastEvent(ctx context.Context, v *visit, _ *InDialogue) (*outBody[lastEvent], error) {
	n, err := s.Store.LastEvent(ctx, v.Person, v.dialogue())
	return &outBody[lastEvent]{lastEvent{n}}, err
}

func (s *server) listNotices(ctx context.Context, v *visit, in *Paging) (*listed[noticeEntry], error) {
	last, err := in.number()
	if err != nil {
		return nil, err
	}
	list, err := s.Store.Notices(ctx, v.Person, v.lang, last, in.Limit+1)
	if err != nil {
		return nil, err
	}
	var out []noticeEntry
	for _, n := range list {
		out = append(out, noticeOf(n, v.lang))
	}
	return pageOf(v, *in, "/account/notices", out, func(n noticeEntry) string { return cursorOf(n.ID) }), nil
}

// noticeOf is a notice as the rule of its room lets it be told to a program.
func noticeOf(n notice.Notice, lang string) noticeEntry {
	rule := n.Dialogue.Rule
	out := noticeEntry{
		ID: n.ID, Dialogue: n.Dialogue.ID, Kind: n.Event.Kind, Why: n.Why, Item: n.Event.Item, Root: n.Event.Root,
		Address: n.Address, Read: n.Read, At: n.Event.At,
	}
	if n.Event.Kind == notice.ToldTotals {
		out.At = day(out.At)
	}
	if rule != dialogue.OffTheRecord {
		out.Title, out.Lang, out.Snippet = n.Title, n.Lang, n.Snippet
		out.By = reader{lang: lang, names: rule.NamesPeople()}.author(n.By)
	}
	return out
}
