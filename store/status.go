package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/fault"
	"parley/forum"
	"parley/notice"
	"parley/writing"
)

// MoveOn gives a problem or an action its next status.
func (s *Store) MoveOn(ctx context.Context, actor account.PersonID, id dialogue.ID, n writing.ID, step forum.Step, now time.Time) error {
	err := s.inRoom(ctx, actor, id, dialogue.Steer, func(r room) error {
		b, err := r.readable(n)
		if err != nil {
			return err
		}
		if b.state != writing.Shown {
			return fault.New(fault.Conflict, "writing.not-shown", "what cannot be read does not move on")
		}
		from, err := r.statusOf(n)
		if err != nil {
			return err
		}
		if step, err = step.Check(from, r.d.Dialogue); err != nil {
			return err
		}
		said := []string{step.Why}
		for _, p := range step.Parties {
			said = append(said, p.Who, p.Capacity)
		}
		if state, err := r.weighWords(strings.Join(said, "\n"), now); err != nil {
			return err
		} else if state == writing.Held {
			return fault.New(fault.Invalid, "writing.step-personal", "that looks as if it told somebody's address, telephone or the number of a document")
		}
		if err := r.saveStep(n, step, r.who.Member, now); err != nil {
			return err
		}
		return note(r.conn, id, r.who, dialogue.Steer, "moved-on", map[string]string{"Item": fmt.Sprint(int64(n)), "Status": string(step.To)}, now)
	})
	if err != nil {
		return fmt.Errorf("move #%d of %s on: %w", n, id, err)
	}
	return nil
}

// reachGround moves a problem or an action to common ground inside a deed, where
// what is told of a statement beneath it has come to show that. What is anything
// but raised stays what it is.
func (r room) reachGround(n writing.ID, now time.Time) error {
	if n == 0 {
		return nil
	}
	status, err := r.statusOf(n)
	if fault.Is(err, fault.Missing) || err == nil && status != forum.Raised {
		return nil
	}
	if err != nil {
		return err
	}
	return r.saveStep(n, forum.Step{To: forum.CommonGround}, "", now)
}

func (r room) statusOf(n writing.ID) (status forum.Status, err error) {
	found, err := r.one(`
		select status
		from matter
		where dialogue = $1 and item = $2`, []any{r.id, int64(n)}, &status)
	if err == nil && !found {
		err = noMatter()
	}
	return status, err
}

func (r room) saveStep(n writing.ID, step forum.Step, by dialogue.MemberID, now time.Time) error {
	var number int
	if _, err := r.one(`
		select coalesce(max(number), 0) + 1
		from step
		where dialogue = $1 and item = $2`, []any{r.id, int64(n)}, &number); err != nil {
		return err
	}
	s := &series{c: r.conn}
	s.exec(`
		insert into step (dialogue, item, number, status, why, lang, member, at)
		values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		r.id, int64(n), number, string(step.To), step.Why, step.Lang, optional(by), micros(now))
	for i, p := range step.Parties {
		s.exec(`
			insert into step_party (dialogue, item, number, position, side, who, capacity)
			values ($1, $2, $3, $4, $5, $6, $7)`, r.id, int64(n), number, i, p.Side, p.Who, p.Capacity)
	}
	s.exec(`
		update matter
		set status = $3
		where dialogue = $1 and item = $2`, r.id, int64(n), string(step.To))
	if s.err != nil {
		return s.err
	}
	return emit(r.conn, r.id, notice.Event{Kind: notice.Moved, Item: n, Root: n, By: by, Args: map[string]string{"Status": string(step.To)}}, now)
}

// steps are what became of a thing, the oldest first.
func (r room) steps(n writing.ID) ([]forum.Step, error) {
	var steps []forum.Step
	s := &series{c: r.conn}
	s.each(`
		select status, why, lang, coalesce(member, ''), at
		from step
		where dialogue = $1 and item = $2
		order by number`, []any{r.id, int64(n)},
		func(scan scan) error {
			var step forum.Step
			var at int64
			err := scan(&step.To, &step.Why, &step.Lang, &step.By.Member, &at)
			step.At = moment(at)
			steps = append(steps, step)
			return err
		})
	if len(steps) == 0 {
		return nil, s.err
	}
	s.each(`
		select number, side, who, capacity
		from step_party
		where dialogue = $1 and item = $2
		order by number, position`, []any{r.id, int64(n)},
		func(scan scan) error {
			var number int
			var p forum.Party
			err := scan(&number, &p.Side, &p.Who, &p.Capacity)
			steps[number-1].Parties = append(steps[number-1].Parties, p)
			return err
		})
	if s.err != nil {
		return nil, s.err
	}
	by := make([]*writing.Author, len(steps))
	for i := range steps {
		by[i] = &steps[i].By
	}
	return steps, r.nameAuthors(by)
}
