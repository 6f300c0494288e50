package store

import (
	"context"
	"fmt"
	"strings"

	"parley/account"
	"parley/dialogue"
	"parley/forum"
	"parley/writing"
)

// Problems is one page of the problems that the actor may read.
func (s *Store) Problems(ctx context.Context, actor account.PersonID, id dialogue.ID, f forum.Filter) ([]forum.Line, error) {
	return s.matters(ctx, actor, id, writing.Problem, f)
}

// Actions is one page of the actions.
func (s *Store) Actions(ctx context.Context, actor account.PersonID, id dialogue.ID, f forum.Filter) ([]forum.Line, error) {
	return s.matters(ctx, actor, id, writing.Action, f)
}

// Tied lists problems and actions that are linked there.
func (s *Store) Tied(ctx context.Context, actor account.PersonID, id dialogue.ID, l forum.Link) ([]forum.Line, error) {
	return s.matters(ctx, actor, id, "", forum.Filter{Link: l})
}

func (s *Store) matters(ctx context.Context, actor account.PersonID, id dialogue.ID, kind writing.Kind, f forum.Filter) (lines []forum.Line, err error) {
	err = s.readRoom(ctx, actor, id, dialogue.Read, func(r room) error {
		query, args := r.picking(kind, f)
		ns, err := r.list(query, args...)
		if err != nil {
			return err
		}
		lines, err = r.lines(ns)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list the forum of %s: %w", id, err)
	}
	return lines, nil
}

// picking is the query for the numbers of one page: what everybody may read, and
// of the actor's own what waits or is hidden.
func (r room) picking(kind writing.Kind, f forum.Filter) (query string, args []any) {
	args = []any{r.id, string(r.who.Member)}
	with := func(v any) string {
		args = append(args, v)
		return fmt.Sprint("$", len(args))
	}
	var b strings.Builder
	b.WriteString(`
		select c.id
		from contribution c
		join matter m on m.dialogue = c.dialogue and m.item = c.id`)
	if f.Tag != "" {
		b.WriteString(` join tag g on g.dialogue = c.dialogue and g.item = c.id and g.word = ` + with(writing.FoldTag(f.Tag)))
	}
	if f.Link != (forum.Link{}) {
		b.WriteString(` join tie l on l.dialogue = c.dialogue and l.item = c.id and l.kind = ` + with(string(f.Link.Kind)) + ` and l.target = ` + with(f.Link.To))
	}
	b.WriteString(` where c.dialogue = $1 and (c.state = 'shown' or c.member = $2 and c.state in ('held', 'hidden'))`)
	if kind != "" {
		b.WriteString(` and c.kind = ` + with(string(kind)))
	}
	if f.Status != "" {
		b.WriteString(` and m.status = ` + with(string(f.Status)))
	}
	if f.Sector != "" {
		b.WriteString(` and m.sector = ` + with(string(f.Sector)))
	}
	column := "bridge"
	switch f.Order {
	case forum.ByTime:
		column = ""
	case forum.ByAttention:
		column = "need"
	}
	if f.After != 0 {
		after := with(int64(f.After))
		if column == "" {
			b.WriteString(` and c.id < ` + after)
		} else {
			last := `(select a.` + column + ` from contribution a where a.dialogue = $1 and a.id = ` + after + `)`
			b.WriteString(` and (c.` + column + ` < ` + last + ` or c.` + column + ` = ` + last + ` and c.id > ` + after + `)`)
		}
	}
	if column == "" {
		b.WriteString(` order by c.id desc`)
	} else {
		b.WriteString(` order by c.` + column + ` desc, c.id`)
	}
	b.WriteString(` limit ` + with(atMost(f.Limit, forum.MostLines)))
	return b.String(), args
}

// atMost is how many lines a page has of which so many were asked. One more than
// the longest page can be asked for, to learn whether there is another.
func atMost(limit, longest int) int {
	if limit <= 0 || limit > longest+1 {
		return longest
	}
	return limit
}

// lines reads problems and actions in the order of their numbers' list; what the
// actor may not read is left out.
func (r room) lines(ns []writing.ID) ([]forum.Line, error) {
	items, err := r.loadContributions(ns, loading{brief: true})
	if err != nil || len(ns) == 0 {
		return nil, err
	}
	at := make(map[writing.ID]*forum.Line, len(ns))
	list := make([]forum.Line, 0, len(ns))
	for _, n := range ns {
		if l := items[n]; l != nil {
			list = append(list, forum.Line{Contribution: l.Contribution, LastAt: l.MadeAt})
			at[n] = &list[len(list)-1]
		}
	}
	in := numbers(ns)
	err = r.each(`
		select c.id, coalesce(m.status, ''), coalesce(m.sector, ''), coalesce(m.horizon, ''), coalesce(t.shown, 0), coalesce(t.last_at, 0)
		from contribution c
		left join matter m on m.dialogue = c.dialogue and m.item = c.id
		left join thread t on t.dialogue = c.dialogue and t.under = c.id
		where c.dialogue = $1 and c.id in (`+in+`)`, []any{r.id},
		func(scan scan) error {
			var n writing.ID
			var l forum.Line
			var last int64
			err := scan((*int64)(&n), &l.Status, &l.Sector, &l.Horizon, &l.Comments, &last)
			if to := at[n]; to != nil {
				to.Status, to.Sector, to.Horizon, to.Comments = l.Status, l.Sector, l.Horizon, l.Comments
				if last != 0 {
					to.LastAt = moment(last)
				}
			}
			return err
		})
	if err != nil {
		return nil, err
	}
	if err := r.countAnswers(at, in); err != nil {
		return nil, err
	}
	statements, err := r.statementsUnder(ns)
	for n, l := range at {
		l.Statements = statements[n]
	}
	return list, err
}

// countAnswers adds how many actions answer a problem, and how many problems an
// action answers.
func (r room) countAnswers(at map[writing.ID]*forum.Line, in string) error {
	s := &series{c: r.conn}
	add := func(scan scan) error {
		var n writing.ID
		var count int
		err := scan((*int64)(&n), &count)
		if to := at[n]; to != nil {
			to.Answers = count
		}
		return err
	}
	s.each(`
		select a.problem, count(1)
		from answering a
		join contribution c on c.dialogue = a.dialogue and c.id = a.action and c.state = 'shown'
		where a.dialogue = $1 and a.problem in (`+in+`)
		group by a.problem`, []any{r.id}, add)
	s.each(`
		select a.action, count(1)
		from answering a
		join contribution c on c.dialogue = a.dialogue and c.id = a.problem and c.state = 'shown'
		where a.dialogue = $1 and a.action in (`+in+`)
		group by a.action`, []any{r.id}, add)
	return s.err
}
