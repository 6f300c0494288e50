package store

import (
	"context"
	"fmt"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/fault"
	"parley/forum"
	"parley/writing"
)

// RaiseProblem adds a problem and returns its number; it may be held for a
// moderator, see Item.
func (s *Store) RaiseProblem(ctx context.Context, actor account.PersonID, id dialogue.ID, p forum.NewProblem, now time.Time) (n writing.ID, err error) {
	lookAhead(writing.Words{Kind: writing.Problem, Lang: p.Lang, Title: p.Title, Body: p.Body, Tags: p.Tags})
	err = s.inRoom(ctx, actor, id, dialogue.Write, func(r room) error {
		if err := p.Check(); err != nil {
			return err
		}
		c := writing.Contribution{Kind: writing.Problem, Lang: p.Lang, Title: p.Title, Body: p.Body, Tags: p.Tags}
		var state writing.State
		if n, state, err = r.keep(c, 0, now); err != nil {
			return err
		}
		if err := r.dropDraft("problem"); err != nil {
			return err
		}
		if err := r.saveMatter(n, p.Sector, forum.Unstated, p.Links); err != nil {
			return err
		}
		return r.enterForum(n, state, now)
	})
	if n, err = once(n, err); err != nil {
		return 0, fmt.Errorf("raise a problem in %s: %w", id, err)
	}
	return n, nil
}

// ProposeAction adds an action that answers problems.
func (s *Store) ProposeAction(ctx context.Context, actor account.PersonID, id dialogue.ID, a forum.NewAction, now time.Time) (n writing.ID, err error) {
	lookAhead(writing.Words{Kind: writing.Action, Lang: a.Lang, Title: a.Title, Body: a.Body, Tags: a.Tags}, doings(a.Parts)...)
	err = s.inRoom(ctx, actor, id, dialogue.Write, func(r room) error {
		if a, err = a.Check(r.d.Dialogue); err != nil {
			return err
		}
		for _, p := range a.Problems {
			if err := r.isShown(p, writing.Problem); err != nil {
				return err
			}
		}
		c := writing.Contribution{Kind: writing.Action, Lang: a.Lang, Title: a.Title, Body: a.Body, Tags: a.Tags}
		var state writing.State
		if n, state, err = r.keep(c, 0, now, doings(a.Parts)...); err != nil {
			return err
		}
		if err := r.dropDraft("action"); err != nil {
			return err
		}
		if err := r.saveMatter(n, a.Sector, a.Horizon, a.Links); err != nil {
			return err
		}
		if err := r.saveAction(n, a); err != nil {
			return err
		}
		return r.enterForum(n, state, now)
	})
	if n, err = once(n, err); err != nil {
		return 0, fmt.Errorf("propose an action in %s: %w", id, err)
	}
	return n, nil
}

// doings are the words of the parts.
func doings(parts []forum.Part) []string {
	var out []string
	for _, p := range parts {
		out = append(out, p.Does)
	}
	return out
}

// isShown is fault.Missing where there is no such thing of the kind that everybody
// in the room can read.
func (r room) isShown(n writing.ID, kind writing.Kind) error {
	b, err := r.bareItem(n)
	if err == nil && (b.kind != kind || b.state != writing.Shown) {
		err = noItem()
	}
	return err
}

func (r room) saveMatter(n writing.ID, sector dialogue.Sector, horizon forum.Horizon, links []forum.Link) error {
	if _, err := r.exec(`
		insert into matter (dialogue, item, sector, horizon, status)
		values ($1, $2, $3, $4, 'raised')`, r.id, int64(n), string(sector), string(horizon)); err != nil {
		return err
	}
	for _, l := range links {
		if err := r.saveTie(n, l); err != nil {
			return err
		}
	}
	return nil
}

func (r room) saveAction(n writing.ID, a forum.NewAction) error {
	s := &series{c: r.conn}
	for i, p := range a.Parts {
		s.exec(`
			insert into part (dialogue, item, position, side, does)
			values ($1, $2, $3, $4, $5)`, r.id, int64(n), i, p.Side, p.Does)
	}
	for _, p := range a.Problems {
		s.exec(`
			insert into answering (dialogue, action, problem)
			values ($1, $2, $3)`, r.id, int64(n), int64(p))
	}
	return s.err
}

// answersChanged counts anew what the problems of an action wait for.
func (r room) answersChanged(action writing.ID) error {
	problems, err := r.list(`
		select problem
		from answering
		where dialogue = $1 and action = $2`, r.id, int64(action))
	if err != nil {
		return err
	}
	return r.reckonNeed(problems...)
}

// list reads numbers.
func (r room) list(query string, args ...any) (ns []writing.ID, err error) {
	err = r.each(query, args, func(scan scan) error {
		var n writing.ID
		err := scan((*int64)(&n))
		ns = append(ns, n)
		return err
	})
	return ns, err
}

// Problem is one problem in full.
func (s *Store) Problem(ctx context.Context, actor account.PersonID, id dialogue.ID, n writing.ID) (p *forum.Problem, err error) {
	err = s.readRoom(ctx, actor, id, dialogue.Read, func(r room) error {
		m, err := r.matter(n, writing.Problem)
		if err != nil {
			return err
		}
		p = &forum.Problem{
			Contribution: m.Contribution, Sector: m.sector, Status: m.status, Steps: m.steps, Links: m.links,
			Actions: m.answers, Comments: m.comments, Level: m.level,
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the problem #%d of %s: %w", n, id, err)
	}
	return p, nil
}

// Action is one action in full.
func (s *Store) Action(ctx context.Context, actor account.PersonID, id dialogue.ID, n writing.ID) (a *forum.Action, err error) {
	err = s.readRoom(ctx, actor, id, dialogue.Read, func(r room) error {
		m, err := r.matter(n, writing.Action)
		if err != nil {
			return err
		}
		a = &forum.Action{
			Contribution: m.Contribution, Sector: m.sector, Horizon: m.horizon, Status: m.status, Steps: m.steps, Links: m.links,
			Problems: m.answers, Comments: m.comments, Level: m.level,
		}
		return r.each(`
			select side, does
			from part
			where dialogue = $1 and item = $2
			order by position`, []any{id, int64(n)},
			func(scan scan) error {
				var p forum.Part
				err := scan(&p.Side, &p.Does)
				a.Parts = append(a.Parts, p)
				return err
			})
	})
	if err != nil {
		return nil, fmt.Errorf("read the action #%d of %s: %w", n, id, err)
	}
	return a, nil
}

// matter is what problems and actions have in common.
type matter struct {
	writing.Contribution
	sector   dialogue.Sector
	horizon  forum.Horizon
	status   forum.Status
	steps    []forum.Step
	links    []forum.Link
	answers  []forum.Line
	comments int
	level    string
}

func (r room) matter(n writing.ID, kind writing.Kind) (m matter, err error) {
	got, err := r.loadContributions([]writing.ID{n}, loading{})
	if err != nil {
		return m, err
	}
	l := got[n]
	if l == nil || l.Kind != kind {
		return m, noItem()
	}
	m.Contribution = l.Contribution
	if _, err := r.one(`
		select m.sector, m.horizon, m.status, coalesce(t.shown, 0)
		from matter m
		left join thread t on t.dialogue = m.dialogue and t.under = m.item
		where m.dialogue = $1 and m.item = $2`, []any{r.id, int64(n)}, &m.sector, &m.horizon, &m.status, &m.comments); err != nil {
		return m, err
	}
	if m.steps, err = r.steps(n); err != nil {
		return m, err
	}
	if m.links, err = r.ties(n); err != nil {
		return m, err
	}
	others := `
		select a.action
		from answering a
		join contribution c on c.dialogue = a.dialogue and c.id = a.action
		where a.dialogue = $1 and a.problem = $2
		order by c.bridge desc, c.id`
	if kind == writing.Action {
		others = `
			select problem
			from answering
			where dialogue = $1 and action = $2
			order by problem`
	}
	ns, err := r.list(others, r.id, int64(n))
	if err != nil {
		return m, err
	}
	if m.answers, err = r.lines(ns); err != nil {
		return m, err
	}
	level, err := r.levelOf(n)
	m.level = string(level)
	return m, err
}

// noMatter is the fault for what is neither a problem nor an action.
func noMatter() error {
	return fault.New(fault.Missing, "writing.no-matter", "there is no such problem or action")
}
