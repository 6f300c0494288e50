package store

import (
	"context"
	"fmt"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/writing"
)

// SaveDraft keeps what is being written; an empty draft is dropped.
func (s *Store) SaveDraft(ctx context.Context, actor account.PersonID, id dialogue.ID, d writing.Draft, now time.Time) error {
	err := s.inBooth(ctx, actor, id, dialogue.BeMember, func(r room) error {
		if err := writing.CheckDraft(d); err != nil {
			return err
		}
		if d.Empty() {
			return r.dropDraft(d.Place)
		}
		// Who may only translate now, in a dialogue that rests, has drafts, too.
		if err := dialogue.May(r.who, dialogue.Translate, r.d.Dialogue); err != nil {
			if err := dialogue.May(r.who, dialogue.Write, r.d.Dialogue); err != nil {
				return err
			}
		}
		var others int
		if _, err := r.one(`
			select count(1)
			from draft
			where dialogue = $1 and member = $2 and place <> $3`, []any{id, r.who.Member, d.Place}, &others); err != nil {
			return err
		}
		if err := writing.MayDraft(others); err != nil {
			return err
		}
		_, err := r.exec(`
			insert into draft (dialogue, member, place, fields, saved_at)
			values ($1, $2, $3, $4, $5)
			on conflict (dialogue, member, place) do update
			set fields = excluded.fields, saved_at = excluded.saved_at`,
			id, r.who.Member, d.Place, text(d.Fields), micros(now))
		return err
	})
	if err != nil {
		return fmt.Errorf("keep a draft in %s: %w", id, err)
	}
	return nil
}

// dropDraft forgets the actor's draft for a place: what it was for is sent.
func (r room) dropDraft(place string) error {
	_, err := r.exec(`
		delete from draft
		where dialogue = $1 and member = $2 and place = $3`, r.id, r.who.Member, place)
	return err
}

// Drafts are the actor's own, the newest first.
func (s *Store) Drafts(ctx context.Context, actor account.PersonID, id dialogue.ID) (list []writing.Draft, err error) {
	err = s.readRoom(ctx, actor, id, dialogue.BeMember, func(r room) error {
		list, err = draftsOf(r.conn, id, r.who.Member)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read one's drafts in %s: %w", id, err)
	}
	return list, nil
}

func draftsOf(c conn, id dialogue.ID, m dialogue.MemberID) (list []writing.Draft, err error) {
	err = c.each(`
		select place, fields, saved_at
		from draft
		where dialogue = $1 and member = $2
		order by saved_at desc, place`, []any{id, m},
		func(scan scan) error {
			var d writing.Draft
			var at int64
			err := scan(&d.Place, (*text)(&d.Fields), &at)
			d.SaveAt = moment(at)
			list = append(list, d)
			return err
		})
	return list, err
}
