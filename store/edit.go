package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/fault"
	"parley/moderation"
	"parley/notice"
	"parley/writing"
)

// Edit changes the actor's own words; fault.Stale where somebody edited them
// since. Answers to a statement keep it from being edited: fault.Conflict.
func (s *Store) Edit(ctx context.Context, actor account.PersonID, id dialogue.ID, n writing.ID, e writing.Edit, now time.Time) error {
	kind := writing.Comment
	if e.Title != "" {
		kind = writing.Problem
	}
	lookAhead(writing.Words{Kind: kind, Lang: "en", Title: e.Title, Body: e.Body, Tags: e.Tags}) // of whatever kind and language it is
	err := s.inRoom(ctx, actor, id, dialogue.Write, func(r room) error {
		b, err := r.own(n)
		if err != nil {
			return err
		}
		return r.edit(n, b, e, now)
	})
	if err != nil {
		return fmt.Errorf("edit #%d of %s: %w", n, id, err)
	}
	return nil
}

// own is readable of what the actor wrote.
func (r room) own(n writing.ID) (bare, error) {
	b, err := r.readable(n)
	if err == nil && !r.isMine(b) {
		err = fault.New(fault.Denied, "writing.edit-own", "somebody else wrote that")
	}
	return b, err
}

func (r room) edit(n writing.ID, b bare, e writing.Edit, now time.Time) error {
	if b.state != writing.Shown && b.state != writing.Held {
		return fault.New(fault.Conflict, "writing.edit-hidden", "what is %s is not edited", b.state)
	}
	if e.Revision != b.revision {
		return fault.New(fault.Stale, "writing.edit-stale", "the words stand at revision %d, the edit began at %d", b.revision, e.Revision)
	}
	w, err := writing.Check(writing.Words{Kind: b.kind, Lang: b.lang, Title: e.Title, Body: e.Body, Tags: e.Tags}, r.d.Languages)
	if err != nil {
		return err
	}
	if b.kind == writing.Statement && (w.Title != b.title || w.Body != b.body) {
		if answered, err := r.isAnswered(n); err != nil {
			return err
		} else if answered {
			return fault.New(fault.Conflict, "writing.edit-answered", "people have answered that statement: its words stay")
		}
	}
	state, err := r.weighWords(allWords(w.Title, w.Body, e.Tags), now)
	if err != nil {
		return err
	}
	s := &series{c: r.conn}
	s.exec(`
		delete from tag
		where dialogue = $1 and item = $2`, r.id, int64(n))
	r.saveTags(s, n, w.Tags)
	if s.err == nil {
		s.err = r.dropDraft(fmt.Sprintf("edit:%d", int64(n)))
	}
	same := w.Title == b.title && w.Body == b.body
	if s.err != nil || same && state != writing.Held {
		return s.err
	}
	if !same {
		if err := r.saveWords(n, b, w, now); err != nil {
			return err
		}
	}
	if state == writing.Held {
		if err := r.setState(n, writing.Held, now); err != nil {
			return err
		}
		return r.openCase(n, "", now)
	}
	if b.state != writing.Shown {
		return nil
	}
	return r.edited(n, b, now)
}

// saveWords puts new words in the place of those that stand, which become a
// revision.
func (r room) saveWords(n writing.ID, b bare, w writing.Words, now time.Time) error {
	last, err := r.lastItem()
	if err != nil {
		return err
	}
	rendered := writing.Render(w.Body, last)
	s := &series{c: r.conn}
	s.exec(`
		insert into revision (dialogue, item, number, lang, title, body, made_at)
		select dialogue, id, revision, lang, title, body, case when edited_at > 0 then edited_at else made_at end
		from contribution
		where dialogue = $1 and id = $2`, r.id, int64(n))
	s.exec(`
		update contribution
		set title = $3, body = $4, html = $5, revision = revision + 1, edited_at = $6
		where dialogue = $1 and id = $2`, r.id, int64(n), w.Title, w.Body, rendered, micros(now))
	if s.err != nil {
		return s.err
	}
	if err := r.checkQuotes(n, "", w.Title, w.Body, writing.Plain(rendered)); err != nil {
		return err
	}
	return r.reckonNeed(n) // its translations have become stale
}

// edited does what follows when words that others read have changed.
func (r room) edited(n writing.ID, before bare, now time.Time) error {
	if err := r.indexItem(n); err != nil {
		return err
	}
	if before.kind == writing.Reason {
		return nil // when somebody changed their reasons leads to them
	}
	e := notice.Event{Kind: notice.Edited, Item: n, Root: before.root, By: before.member}
	if err := emit(r.conn, r.id, e, now); err != nil {
		return err
	}
	b, err := r.bareItem(n)
	if err != nil {
		return err
	}
	called, err := r.called(b.title + "\n" + b.body)
	if err != nil {
		return err
	}
	already, err := r.called(before.title + "\n" + before.body)
	if err != nil {
		return err
	}
	for _, m := range called {
		if m == before.member || slices.Contains(already, m) {
			continue
		}
		e.Kind, e.To = notice.Mentioned, m
		if err := emit(r.conn, r.id, e, now); err != nil {
			return err
		}
	}
	return nil
}

// checkQuotes notes which quotes of a text stand there still: of the original, or
// of its translation into lang.
func (r room) checkQuotes(n writing.ID, lang string, texts ...string) error {
	changed := map[writing.ID]bool{}
	if err := r.each(`
		select item, quote_words
		from comment
		where dialogue = $1 and quote_of = $2 and quote_lang = $3`, []any{r.id, int64(n), lang},
		func(scan scan) error {
			var k writing.ID
			var words string
			err := scan((*int64)(&k), &words)
			changed[k] = !writing.Stands(words, texts...)
			return err
		}); err != nil {
		return err
	}
	s := &series{c: r.conn}
	for k, c := range changed {
		s.exec(`
			update comment
			set quote_changed = $3
			where dialogue = $1 and item = $2`, r.id, int64(k), flag(c))
	}
	return s.err
}

// isAnswered reports whether anybody has an answer to the statement.
func (r room) isAnswered(n writing.ID) (bool, error) {
	return r.one(`
		select 1
		from vote
		where dialogue = $1 and item = $2
		limit 1`, []any{r.id, int64(n)}, new(int))
}

// Revisions are all states of the words, the newest first. Earlier ones that hold
// what looks like personal data are there for their author and moderators alone.
func (s *Store) Revisions(ctx context.Context, actor account.PersonID, id dialogue.ID, n writing.ID) (list []writing.Revision, err error) {
	err = s.readRoom(ctx, actor, id, dialogue.Read, func(r room) error {
		b, err := r.readable(n)
		if err == nil && b.kind == writing.Reason && !r.isMine(b) {
			err = noItem() // when somebody changed their reasons leads to them
		}
		if err != nil {
			return err
		}
		all := r.isMine(b) || r.moderates()
		return r.each(`
			select revision, lang, title, body, case when edited_at > 0 then edited_at else made_at end
			from contribution
			where dialogue = $1 and id = $2
			union all
			select number, lang, title, body, made_at
			from revision
			where dialogue = $1 and item = $2
			order by 1 desc`, []any{id, int64(n)},
			func(scan scan) error {
				var v writing.Revision
				var at int64
				err := scan(&v.Number, &v.Lang, &v.Title, &v.Body, &at)
				v.At = moment(at)
				if len(list) > 0 && !all && len(moderation.Contains(v.Title+"\n"+v.Body)) > 0 {
					return err // it waited, and what took its place was let in instead
				}
				list = append(list, v)
				return err
			})
	})
	if err != nil {
		return nil, fmt.Errorf("read the revisions of #%d of %s: %w", n, id, err)
	}
	return list, nil
}

// Withdraw takes the actor's own words away from readers; Restore brings them
// back.
func (s *Store) Withdraw(ctx context.Context, actor account.PersonID, id dialogue.ID, n writing.ID, now time.Time) error {
	// Words can be taken back at any stage: whoever wrote them need not wait.
	err := s.inRoom(ctx, actor, id, dialogue.BeMember, func(r room) error {
		b, err := r.own(n)
		if err != nil {
			return err
		}
		if b.state != writing.Shown && b.state != writing.Held {
			return fault.New(fault.Conflict, "writing.withdraw", "what is %s is not withdrawn", b.state)
		}
		return r.setState(n, writing.Withdrawn, now)
	})
	if err != nil {
		return fmt.Errorf("withdraw #%d of %s: %w", n, id, err)
	}
	return nil
}

// Restore ends Withdraw: what waited for a moderator waits again.
func (s *Store) Restore(ctx context.Context, actor account.PersonID, id dialogue.ID, n writing.ID, now time.Time) error {
	err := s.inRoom(ctx, actor, id, dialogue.Write, func(r room) error {
		b, err := r.own(n)
		if err != nil {
			return err
		}
		if b.state != writing.Withdrawn {
			return fault.New(fault.Conflict, "writing.restore", "what is %s is not brought back", b.state)
		}
		state, err := r.weighWords(b.title+"\n"+b.body, now)
		if err != nil {
			return err
		}
		if b.before == writing.Held {
			state = writing.Held
		}
		if err := r.setState(n, state, now); err != nil || state != writing.Held {
			return err
		}
		return r.openCase(n, "", now)
	})
	if err != nil {
		return fmt.Errorf("bring back #%d of %s: %w", n, id, err)
	}
	return nil
}
