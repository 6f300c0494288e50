package store

import (
	"context"
	"time"

	"parley/dialogue"
	"parley/writing"
)

// Put moves a contribution to a state, as moderators do.
func (s *Store) Put(ctx context.Context, id dialogue.ID, n writing.ID, to writing.State, now time.Time) error {
	return s.write(ctx, func(c conn) error {
		d, err := loadConfigured(c, id)
		if err != nil {
			return err
		}
		return room{conn: c, id: id, d: d}.setState(n, to, now)
	})
}

// ReachGround finds common ground, as the telling of totals does.
func (s *Store) ReachGround(ctx context.Context, id dialogue.ID, n writing.ID, now time.Time) error {
	return s.write(ctx, func(c conn) error { return room{conn: c, id: id}.reachGround(n, now) })
}

// Stock fills a dialogue with comments as they would be kept, many in one deed,
// indexed as all are.
func (s *Store) Stock(ctx context.Context, id dialogue.ID, bodies []string, now time.Time) error {
	return s.write(ctx, func(c conn) error {
		r := room{conn: c, id: id}
		last, err := r.lastItem()
		if err != nil {
			return err
		}
		for i, body := range bodies {
			n := last + writing.ID(i) + 1
			if _, err := c.exec(`
				insert into contribution (dialogue, id, kind, state, lang, title, body, html, revision, root, made_at, edited_at, shown_at, before)
				values ($1, $2, 'comment', 'shown', 'ru', '', $3, $4, 1, 0, $5, 0, $5, '')`,
				id, int64(n), body, writing.Render(body, 0), micros(now)); err != nil {
				return err
			}
			if err := r.indexItem(n); err != nil {
				return err
			}
		}
		return nil
	})
}
