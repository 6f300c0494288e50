package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"parley/account"
	"parley/deal"
	"parley/dialogue"
	"parley/fault"
	"parley/forum"
	"parley/interest"
	"parley/writing"
)

// Tie links a problem or an action to the registers or the table, or unties it.
// Its author may, too.
func (s *Store) Tie(ctx context.Context, actor account.PersonID, id dialogue.ID, n writing.ID, l forum.Link, on bool, now time.Time) error {
	err := s.steer(ctx, actor, id, n, on, func(r room) error {
		if on {
			return r.saveTie(n, l)
		}
		_, err := r.exec(`
			delete from tie
			where dialogue = $1 and item = $2 and kind = $3 and target = $4`, id, int64(n), string(l.Kind), l.To)
		return err
	}, now)
	if err != nil {
		return fmt.Errorf("tie #%d of %s: %w", n, id, err)
	}
	return nil
}

// AnswerProblem ties an action to a problem that it answers, or unties it; the
// last one stays.
func (s *Store) AnswerProblem(ctx context.Context, actor account.PersonID, id dialogue.ID, action, problem writing.ID, on bool, now time.Time) error {
	err := s.steer(ctx, actor, id, action, on, func(r room) error {
		if err := r.isKind(action, writing.Action); err != nil {
			return err
		}
		if on {
			if err := r.isShown(problem, writing.Problem); err != nil {
				return err
			}
			if _, err := r.exec(`
				insert into answering (dialogue, action, problem)
				values ($1, $2, $3)
				on conflict (dialogue, action, problem) do nothing`, id, int64(action), int64(problem)); err != nil {
				return err
			}
			return r.reckonNeed(problem)
		}
		var left int
		if _, err := r.one(`
			select count(1)
			from answering
			where dialogue = $1 and action = $2 and problem <> $3`, []any{id, int64(action), int64(problem)}, &left); err != nil {
			return err
		}
		if left == 0 {
			return fault.New(fault.Conflict, "writing.last-problem", "an action answers one problem at least")
		}
		if _, err := r.exec(`
			delete from answering
			where dialogue = $1 and action = $2 and problem = $3`, id, int64(action), int64(problem)); err != nil {
			return err
		}
		return r.reckonNeed(problem)
	}, now)
	if err != nil {
		return fmt.Errorf("tie #%d of %s to a problem: %w", action, id, err)
	}
	return nil
}

// steer runs a deed that the author of a problem or an action may do, and whoever
// may Steer; those do it in the open, with a line in the journal.
func (s *Store) steer(ctx context.Context, actor account.PersonID, id dialogue.ID, n writing.ID, on bool, do func(r room) error, now time.Time) error {
	return s.inRoom(ctx, actor, id, dialogue.Read, func(r room) error {
		b, err := r.readable(n)
		if err != nil {
			return err
		}
		if b.kind != writing.Problem && b.kind != writing.Action {
			return noMatter()
		}
		if r.isMine(b) && dialogue.May(r.who, dialogue.Write, r.d.Dialogue) == nil {
			return do(r)
		}
		if err := dialogue.May(r.who, dialogue.Steer, r.d.Dialogue); err != nil {
			return err
		}
		if err := do(r); err != nil {
			return err
		}
		what := "untied"
		if on {
			what = "tied"
		}
		return note(r.conn, id, r.who, dialogue.Steer, what, map[string]string{"Item": fmt.Sprint(int64(n))}, now)
	})
}

func (r room) isKind(n writing.ID, kind writing.Kind) error {
	b, err := r.bareItem(n)
	if err == nil && b.kind != kind {
		err = noItem()
	}
	return err
}

// saveTie keeps a link to what is there.
func (r room) saveTie(n writing.ID, l forum.Link) error {
	known, err := r.leads(l)
	if err != nil {
		return err
	}
	if !known {
		return fault.New(fault.Invalid, "writing.link", "there is no such topic, interest or option")
	}
	ties, err := r.ties(n)
	if err != nil {
		return err
	}
	if !forum.MayTie(len(ties)) {
		return forum.TooManyLinks()
	}
	_, err = r.exec(`
		insert into tie (dialogue, item, kind, target)
		values ($1, $2, $3, $4)
		on conflict (dialogue, item, kind, target) do nothing`, r.id, int64(n), string(l.Kind), l.To)
	return err
}

// leads reports whether the registers or the table have what a link leads to.
func (r room) leads(l forum.Link) (bool, error) {
	switch l.Kind {
	case forum.LinkTopic:
		return r.one(`
			select 1
			from topic
			where dialogue = $1 and id = $2`, []any{r.id, l.To}, new(int))
	case forum.LinkInterest:
		return r.one(`
			select 1
			from interest
			where dialogue = $1 and id = $2`, []any{r.id, l.To}, new(int))
	case forum.LinkOption:
		topic, option, _ := strings.Cut(l.To, "/")
		d, err := loadDossier(r.conn, r.id)
		if err != nil {
			return false, err
		}
		return slices.Contains(deal.OptionIDs(d.Input())[interest.TopicID(topic)], option), nil
	}
	return false, nil
}

// ties lists the links of a thing that lead somewhere. Options are derived from the
// registers and may go with them; such a link leads to the table as it is.
func (r room) ties(n writing.ID) (links []forum.Link, err error) {
	err = r.each(`
		select l.kind, l.target
		from tie l
		left join topic t on l.kind = 'topic' and t.dialogue = l.dialogue and t.id = l.target
		left join interest i on l.kind = 'interest' and i.dialogue = l.dialogue and i.id = l.target
		where l.dialogue = $1 and l.item = $2 and (l.kind = 'option' or coalesce(t.id, i.id) is not null)`, []any{r.id, int64(n)},
		func(scan scan) error {
			var l forum.Link
			err := scan(&l.Kind, &l.To)
			links = append(links, l)
			return err
		})
	forum.SortLinks(links)
	return links, err
}
