package store

import (
	"time"

	"parley/dialogue"
	"parley/opinion"
)

// tellGaps tells anew what sides expect of others where that is due, and lays
// what is told of it beside what these say now.
func (b *booth) tellGaps(t *opinion.Told, now time.Time) error {
	type pending struct {
		of, about dialogue.SideID
		fresh     int
	}
	var list []pending
	w := &series{c: b.conn}
	w.each(`
		select grp, about, count(1)
		from expectation
		where dialogue = $1 and item = $2 and fresh > 0 and fresh = 1
		group by grp, about`, []any{b.id, int64(b.st.ID)},
		func(scan scan) error {
			var p pending
			err := scan(&p.of, &p.about, &p.fresh)
			list = append(list, p)
			return err
		})
	for _, p := range list {
		_, is := b.d.Side(p.of)
		if !is || p.fresh < opinion.NextTotal || t.Figures(opinion.Group(p.about)) == nil || w.err != nil {
			continue
		}
		w.err = b.tellGap(p.of, p.about, p.fresh, now)
	}
	type summed struct {
		of, about dialogue.SideID
		opinion.Expectations
	}
	var sums []summed
	w.each(`
		select of_side, about, n, total, squares, middle2
		from told_gap
		where dialogue = $1 and item = $2`, []any{b.id, int64(b.st.ID)},
		func(scan scan) error {
			var s summed
			err := scan(&s.of, &s.about, &s.N, &s.Sum, &s.Squares, &s.Middle2)
			sums = append(sums, s)
			return err
		})
	for _, s := range sums {
		said := t.Figures(opinion.Group(s.about))
		if said == nil {
			continue
		}
		g := s.Gap(s.of, s.about, *said)
		w.exec(`
			update told_gap
			set low = $5, high = $6
			where dialogue = $1 and item = $2 and of_side = $3 and about = $4 and (low <> $5 or high <> $6)`,
			b.id, int64(b.st.ID), string(s.of), string(s.about), g.Low, g.High)
	}
	return w.err
}

// tellGap takes the guesses of a side as they stand where that is due.
func (b *booth) tellGap(of, about dialogue.SideID, fresh int, now time.Time) error {
	args := []any{b.id, int64(b.st.ID), string(about), string(of)}
	var guesses []int
	w := &series{c: b.conn}
	w.each(`
		select of10
		from expectation
		where dialogue = $1 and item = $2 and about = $3 and grp = $4 and of10 >= 0`, args,
		func(scan scan) error {
			var g int
			err := scan(&g)
			guesses = append(guesses, g)
			return err
		})
	if w.err != nil || !b.due(len(guesses), fresh) {
		return w.err
	}
	e := opinion.SumUp(guesses)
	w.exec(`
		insert into told_gap (dialogue, item, about, of_side, n, total, squares, middle2, low, high, told_at, times)
		values ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, $9, 1)
		on conflict (dialogue, item, of_side, about) do update
		set n = excluded.n, total = excluded.total, squares = excluded.squares, middle2 = excluded.middle2, told_at = excluded.told_at,
			times = told_gap.times + 1`,
		append(args, e.N, e.Sum, e.Squares, e.Middle2, micros(opinion.Day(now)))...)
	w.exec(`
		delete from expectation
		where dialogue = $1 and item = $2 and about = $3 and grp = $4 and fresh > 0 and of10 = -2`, args...)
	w.exec(`
		update expectation
		set told10 = of10, old = case when of10 >= 0 then 1 else old end, fresh = 0
		where dialogue = $1 and item = $2 and about = $3 and grp = $4 and fresh > 0`, args...)
	return w.err
}
