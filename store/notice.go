package store

import (
	"context"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/notice"
	"parley/writing"
)

// MostNotices is the longest page of notices.
const MostNotices = 100

// snippetRunes is how many runes of somebody's words a notice shows.
const snippetRunes = 160

// MostBell is up to where the bell counts.
const MostBell = 100

// Bell counts what the person has not read, in all their dialogues, up to
// MostBell.
func (s *Store) Bell(ctx context.Context, person account.PersonID) (n int, err error) {
	if person == "" {
		return 0, nil
	}
	_, err = s.point(ctx, `
		select count(1)
		from (
			select 1
			from notice
			where person = $1 and unread = 1 and loud = 1
			limit 100
		) n`, []any{person}, &n)
	return n, wrapped("count what somebody has not read", err)
}

// Notices lists what the person heard of, the newest first, before that id (0:
// from the newest); lang is that of titles where there are translations.
func (s *Store) Notices(ctx context.Context, person account.PersonID, lang string, before int64, limit int) (list []notice.Notice, err error) {
	err = s.read(ctx, func(c conn) error {
		rows, err := noticeRows(c, `
			where person = $1 and ($2 = 0 or id < $2)
			order by id desc
			limit $3`, person, before, min(max(limit, 1), MostNotices))
		if err != nil {
			return err
		}
		list, err = fillNotices(c, person, lang, rows)
		return err
	})
	return list, wrapped("list what somebody heard of", err)
}

func noticeRows(c conn, which string, args ...any) (list []notice.Notice, err error) {
	err = c.each(`
		select id, dialogue, event, kind, item, root, args, at, why, unread, loud
		from notice
		`+which, args,
		func(scan scan) error {
			var n notice.Notice
			var words text
			var at int64
			var unread, loud flag
			e := &n.Event
			err := scan(&n.ID, &e.Dialogue, &e.ID, &e.Kind, &e.Item, &e.Root, &words, &at, &n.Why, &unread, &loud)
			e.Args, e.At, n.Read, n.Loud = words, moment(at), !bool(unread), bool(loud)
			list = append(list, n)
			return err
		})
	return list, err
}

// fillNotices adds words and places as the person may read them now, with a few
// queries for each dialogue.
func fillNotices(c conn, person account.PersonID, lang string, list []notice.Notice) ([]notice.Notice, error) {
	of := map[dialogue.ID][]int{}
	var order []dialogue.ID
	for i, n := range list {
		if of[n.Event.Dialogue] == nil {
			order = append(order, n.Event.Dialogue)
		}
		of[n.Event.Dialogue] = append(of[n.Event.Dialogue], i)
	}
	for _, id := range order {
		who, d, err := standing(c, id, person)
		if err != nil {
			return nil, err
		}
		items := map[writing.ID]writing.Contribution{}
		if may := dialogue.May(who, dialogue.Follow, d.Dialogue) == nil; may {
			var ns []writing.ID
			for _, i := range of[id] {
				ns = append(ns, list[i].Event.Item, list[i].Event.Root)
			}
			if items, err = (room{c, id, person, who, d}).loadItems(distinct(ns)); err != nil {
				return nil, err
			}
		}
		moderates := dialogue.May(who, dialogue.Moderate, d.Dialogue) == nil
		for _, i := range of[id] {
			if list[i].Dialogue = d.Dialogue; list[i].Event.Kind == notice.Queued {
				describeQueue(&list[i], moderates, lang)
				continue
			}
			describe(&list[i], items, lang)
		}
	}
	return list, nil
}

// distinct are the numbers but 0, each once.
func distinct(ns []writing.ID) (out []writing.ID) {
	seen := map[writing.ID]bool{0: true}
	for _, n := range ns {
		if !seen[n] {
			seen[n] = true
			out = append(out, n)
		}
	}
	return out
}

// describeQueue says no more than that something waits.
func describeQueue(n *notice.Notice, moderates bool, lang string) {
	if n.Gone = !moderates; !n.Gone {
		n.Title, n.Lang, n.Address = n.Dialogue.Title.In(lang), lang, "desk/moderation"
	}
}

// describe adds what a notice says of its item. A reason names nobody.
func describe(n *notice.Notice, items map[writing.ID]writing.Contribution, lang string) {
	item, ok := items[n.Event.Item]
	root, under := items[n.Event.Root]
	n.Gone = !ok || n.Event.Root != 0 && !under
	if n.Gone {
		return
	}
	n.Kind = item.Kind
	title := root
	if n.Event.Root == 0 || item.Title != "" {
		title = item
	}
	n.Title, n.Lang = title.Title, title.Lang
	if t := title.In(lang); t != nil {
		n.Title, n.Lang = t.Title, t.Lang
	}
	if n.Title == "" {
		n.Title = n.Dialogue.Title.In(lang)
		n.Lang = lang
	}
	if item.Title == "" || n.Event.Kind == notice.Wrote {
		html := item.HTML
		if t := item.In(lang); t != nil {
			html = t.HTML
		}
		n.Snippet = notice.Plain(html, snippetRunes)
	}
	n.Address = notice.Place(item.Kind, item.ID, root.Kind, n.Event.Root)
	switch n.Event.Kind {
	case notice.Wrote, notice.Mentioned, notice.Answered, notice.Edited:
		if item.Kind != writing.Reason {
			n.By = item.Author
		}
	}
}

// ReadNotices marks those up to that id as read, on all devices.
func (s *Store) ReadNotices(ctx context.Context, person account.PersonID, upTo int64, now time.Time) error {
	err := s.writeLight(ctx, func(c conn) error {
		_, err := c.exec(`
			update notice
			set unread = 0
			where person = $1 and id <= $2 and unread = 1`, person, upTo)
		return err
	})
	return wrapped("note what somebody has read", err)
}

// told are the events that concern all who read: the others are somebody's own.
const told = `('wrote', 'edited', 'translated', 'moved', 'told', 'hushed')`

// Events are what happened in the dialogue after that number, as far as the
// actor may read it, the oldest first, for feeds and open pages; root 0: all. Who
// did it is left out where the rule names nobody, and of reasons.
func (s *Store) Events(ctx context.Context, actor account.PersonID, id dialogue.ID, root writing.ID, after int64, limit int) (events []notice.Event, err error) {
	err = s.readRoom(ctx, actor, id, dialogue.Read, func(r room) error {
		return r.each(`
			select e.id, e.kind, e.item, e.root, e.args, e.at, case when c.kind = 'reason' then '' else coalesce(e.by_member, '') end
			from event e
			left join contribution c on c.dialogue = e.dialogue and c.id = e.item
			where e.dialogue = $1 and e.id > $2 and ($3 = 0 or e.root = $3) and e.kind in `+told+`
				and (e.kind = 'hushed' or c.state = 'shown')
			order by e.id
			limit $4`, []any{id, after, int64(root), min(max(limit, 1), MostNotices)},
			func(scan scan) error {
				e := notice.Event{Dialogue: id}
				var args text
				var at int64
				err := scan(&e.ID, &e.Kind, &e.Item, &e.Root, &args, &at, &e.By)
				e.Args, e.At = args, moment(at)
				if !r.d.Rule.NamesPeople() {
					e.By = ""
				}
				events = append(events, e)
				return err
			})
	})
	return events, wrapped("read what happened", err)
}

// LastEvent is the number of the newest event, for pages that wait.
func (s *Store) LastEvent(ctx context.Context, actor account.PersonID, id dialogue.ID) (int64, error) {
	e, err := s.Entrance(ctx, id, actor, "", time.Time{})
	if err == nil {
		err = dialogue.May(e.Standing, dialogue.Read, e.Dialogue)
	}
	if err != nil {
		return 0, wrapped("read what happened", err)
	}
	return s.Newest(ctx, id)
}

// Newest is LastEvent for a program of ours that waits in the place of people who
// were let in already: it asks nobody.
func (s *Store) Newest(ctx context.Context, id dialogue.ID) (last int64, err error) {
	_, err = s.point(ctx, `
		select coalesce(max(id), 0)
		from event
		where dialogue = $1`, []any{id}, &last)
	return last, wrapped("read what happened", err)
}
