package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/fault"
	"parley/forum"
	"parley/moderation"
	"parley/notice"
	"parley/writing"
)

// Translate puts a contribution into another language of the dialogue, in place
// of an earlier translation. of is the revision that was translated.
func (s *Store) Translate(ctx context.Context, actor account.PersonID, id dialogue.ID, n writing.ID, lang, title, body string, of int, now time.Time) error {
	err := s.inRoom(ctx, actor, id, dialogue.Translate, func(r room) error {
		b, err := r.readable(n)
		if err != nil {
			return err
		}
		if b.state != writing.Shown {
			return noItem()
		}
		w, err := writing.CheckTranslation(writing.Words{Kind: b.kind, Lang: lang, Title: title, Body: body}, b.lang, b.body, r.d.Languages)
		if err != nil {
			return err
		}
		if of != b.revision {
			return fault.New(fault.Stale, "writing.translation-stale", "the original stands at revision %d, the translation is of %d", b.revision, of)
		}
		return r.translate(n, b, w, now)
	})
	if err != nil {
		return fmt.Errorf("translate #%d of %s: %w", n, id, err)
	}
	return nil
}

func (r room) translate(n writing.ID, b bare, w writing.Words, now time.Time) error {
	state, err := r.weighText(b.kind, w.Title+"\n"+w.Body, now)
	if err != nil {
		return err
	}
	why := moderation.Newcomer
	if len(moderation.Contains(w.Title+"\n"+w.Body)) > 0 {
		why = moderation.Personal
	}
	if err := r.replaceable(n, w.Lang, state); err != nil {
		return err
	}
	if hidden, err := r.hiddenBefore(n, w.Lang); err != nil {
		return err
	} else if hidden && state == writing.Shown {
		state, why = writing.Held, moderation.Reported
	}
	last, err := r.lastItem()
	if err != nil {
		return err
	}
	rendered := writing.Render(w.Body, last)
	s := &series{c: r.conn}
	// Who found the earlier one true or not has not read this one.
	s.exec(`
		delete from translation
		where dialogue = $1 and item = $2 and lang = $3`, r.id, int64(n), w.Lang)
	s.exec(`
		insert into translation (dialogue, item, lang, member, of, title, body, html, hidden, made_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		r.id, int64(n), w.Lang, optional(r.who.Member), b.revision, w.Title, w.Body, rendered, flag(state == writing.Held), micros(now))
	if s.err == nil {
		s.err = r.dropDraft(fmt.Sprintf("translate:%d:%s", int64(n), w.Lang))
	}
	if s.err != nil {
		return s.err
	}
	if err := r.checkQuotes(n, w.Lang, w.Title, w.Body, writing.Plain(rendered)); err != nil {
		return err
	}
	if err := r.translationMoved(n); err != nil {
		return err
	}
	if state == writing.Held {
		_, err := r.openCaseOf(n, w.Lang, why, now)
		return err
	}
	if b.kind == writing.Reason {
		return nil
	}
	return emit(r.conn, r.id, notice.Event{Kind: notice.Translated, Item: n, Root: b.root, By: r.who.Member, Args: map[string]string{"Lang": w.Lang}}, now)
}

// replaceable refuses to put a translation in the place of one about which
// moderators have still to decide, and what has to be read first in the place of
// somebody's that can be read now.
func (r room) replaceable(n writing.ID, lang string, state writing.State) error {
	waits, err := r.one(`
		select 1
		from moderation_case
		where dialogue = $1 and item = $2 and lang = $3 and state <> 'decided'`, []any{r.id, int64(n), lang}, new(int))
	switch {
	case err != nil:
		return err
	case waits:
		return fault.New(fault.Conflict, "moderation.translation-waits", "moderators have still to decide about the translation that stands there")
	case state != writing.Held:
		return nil
	}
	stands, err := r.one(`
		select 1
		from translation
		where dialogue = $1 and item = $2 and lang = $3 and hidden = 0 and (member is null or member <> $4)`,
		[]any{r.id, int64(n), lang, string(r.who.Member)}, new(int))
	if err == nil && stands {
		return fault.New(fault.Conflict, "moderation.translation-stands", "a translation stands there; what moderators have to read first does not take its place")
	}
	return err
}

// translationMoved does what follows when translations of a thing come, go or are
// hidden.
func (r room) translationMoved(n writing.ID) error {
	if err := r.indexItem(n); err != nil {
		return err
	}
	return r.reckonNeed(n)
}

// RateTranslation says whether a translation is true to the original; 0 takes it
// back.
func (s *Store) RateTranslation(ctx context.Context, actor account.PersonID, id dialogue.ID, n writing.ID, lang string, good int, now time.Time) error {
	err := s.inRoom(ctx, actor, id, dialogue.React, func(r room) error {
		if _, err := r.readable(n); err != nil {
			return err
		}
		var by dialogue.MemberID
		found, err := r.one(`
			select coalesce(member, '')
			from translation
			where dialogue = $1 and item = $2 and lang = $3 and hidden = 0`, []any{id, int64(n), lang}, &by)
		switch {
		case err != nil:
			return err
		case !found:
			return fault.New(fault.Missing, "writing.translation-missing", "there is no translation of #%d into %q", n, lang)
		case by == r.who.Member:
			return fault.New(fault.Denied, "writing.translation-own", "nobody rates their own translation")
		}
		w := &series{c: r.conn}
		w.exec(`
			delete from translation_rating
			where dialogue = $1 and item = $2 and lang = $3 and member = $4`, id, int64(n), lang, r.who.Member)
		if good != 0 {
			w.exec(`
				insert into translation_rating (dialogue, item, lang, member, good)
				values ($1, $2, $3, $4, $5)`, id, int64(n), lang, r.who.Member, flag(good > 0))
		}
		r.countRatings(w, n, lang)
		return w.err
	})
	if err != nil {
		return fmt.Errorf("rate a translation of #%d of %s: %w", n, id, err)
	}
	return nil
}

func (r room) countRatings(w *series, n writing.ID, lang string) {
	w.exec(`
		update translation
		set good = (select count(1) from translation_rating g
				where g.dialogue = translation.dialogue and g.item = translation.item and g.lang = translation.lang and g.good = 1),
			bad = (select count(1) from translation_rating g
				where g.dialogue = translation.dialogue and g.item = translation.item and g.lang = translation.lang and g.good = 0)
		where dialogue = $1 and item = $2 and lang = $3`, r.id, int64(n), lang)
}

// MostUntranslated is how far the list of what waits for a translation goes.
const MostUntranslated = 500

// Untranslated lists what has no translation into the language, or a stale one,
// what people wait for most first.
func (s *Store) Untranslated(ctx context.Context, actor account.PersonID, id dialogue.ID, lang string, limit int) (lines []forum.Line, err error) {
	err = s.readRoom(ctx, actor, id, dialogue.Read, func(r room) error {
		if !slices.Contains(r.d.Languages, lang) {
			return fault.New(fault.Invalid, "writing.lang", "%q is no language of the dialogue", lang)
		}
		// What many follow and answer is waited for most: things before comments,
		// those under which most was said first, then the newest.
		ns, err := r.list(`
			select c.id
			from contribution c
			left join translation t on t.dialogue = c.dialogue and t.item = c.id and t.lang = $2 and t.of = c.revision and t.hidden = 0
			left join thread h on h.dialogue = c.dialogue and h.under = c.id
			where c.dialogue = $1 and c.state = 'shown' and c.kind <> 'reason' and c.lang <> $2 and t.item is null
			order by case when c.kind = 'comment' then 1 else 0 end, coalesce(h.shown, 0) + c.helpful desc, c.id desc
			limit $3`, id, lang, atMost(limit, MostUntranslated))
		if err != nil {
			return err
		}
		lines, err = r.lines(ns)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list what is untranslated in %s: %w", id, err)
	}
	return lines, nil
}
