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
