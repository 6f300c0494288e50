package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/fault"
)

// Checklist is what must be, and what should be, before a dialogue opens.
// SetStage to Open is refused while a required item is missing.
func (s *Store) Checklist(ctx context.Context, id dialogue.ID) (items []dialogue.Item, err error) {
	err = s.read(ctx, func(c conn) error {
		d, err := loadConfigured(c, id)
		if err != nil {
			return err
		}
		items, err = checklist(c, d)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("check the readiness of %s: %w", id, err)
	}
	return items, nil
}

func checklist(c conn, d dialogue.Configured) ([]dialogue.Item, error) {
	declaration, err := newestDeclaration(c, d.ID)
	if err != nil {
		return nil, err
	}
	r := dialogue.Readiness{Configured: d, Declaration: declaration}
	if err := c.each(`
		select distinct g.role, coalesce(g.side, '')
		from role_grant g
		join member m on m.id = g.member
		where g.dialogue = $1 and m.state = 'admitted'`, []any{d.ID},
		func(scan scan) error {
			var g dialogue.Grant
			err := scan(&g.Role, &g.Side)
			r.Grants = append(r.Grants, g)
			return err
		}); err != nil {
		return nil, err
	}
	err = c.each(`
		select subject
		from register
		where dialogue = $1 and author_side = subject`, []any{d.ID},
		func(scan scan) error {
			var side dialogue.SideID
			err := scan(&side)
			r.Registers = append(r.Registers, side)
			return err
		})
	return r.Checklist(), err
}

// SetStage moves a dialogue on: it opens, pauses, goes on, closes, and may open
// again, but is never prepared twice. The same stage again changes nothing.
func (s *Store) SetStage(ctx context.Context, actor account.PersonID, id dialogue.ID, stage dialogue.Stage, now time.Time) error {
	err := s.inRoom(ctx, actor, id, dialogue.Configure, func(r room) error {
		was := r.d.Stage
		if was == stage {
			return nil
		}
		if !was.MayBecome(stage) {
			return fault.New(fault.Conflict, "store.stage", "a dialogue that is %s cannot become %q", was, stage)
		}
		if stage == dialogue.Open {
			items, err := checklist(r.conn, r.d)
			if err != nil {
				return err
			}
			if slices.ContainsFunc(items, dialogue.Item.Missing) {
				return fault.New(fault.Conflict, "store.not-ready", "the dialogue cannot open yet: the checklist says what is missing")
			}
		}
		if _, err := r.exec(`
			update dialogue
			set stage = $2, revision = revision + 1, changed_at = $3
			where id = $1`,
			id, string(stage), micros(now)); err != nil {
			return err
		}
		return note(r.conn, id, r.who, dialogue.Configure, "stage", map[string]string{"From": string(was), "To": string(stage)}, now)
	})
	if err != nil {
		return fmt.Errorf("set the stage of %s: %w", id, err)
	}
	return nil
}
