package store

import (
	"cmp"
	"maps"
	"slices"

	"parley/account"
	"parley/dialogue"
)

// addAnswers adds what a member answered and expects, whether or not they keep a
// list of it on their pages. What is left of withdrawn answers in figures is no
// answer of theirs any more.
func addAnswers(c conn, id dialogue.ID, m dialogue.MemberID, b *account.Belonging) error {
	b.History = true
	w := &series{c: c}
	w.each(`
		select history
		from voter
		where dialogue = $1 and member = $2`, []any{id, m},
		func(scan scan) error { return scan((*flag)(&b.History)) })
	all := map[int64]*account.Answered{}
	of := func(n int64) *account.Answered {
		if all[n] == nil {
			all[n] = &account.Answered{Statement: n, Expected: []account.Expected{}}
		}
		return all[n]
	}
	w.each(`
		select v.item, c.title, v.choice, v.matters, v.grp, v.cast_at, v.reason
		from vote v
		join contribution c on c.dialogue = v.dialogue and c.id = v.item
		where v.dialogue = $1 and v.member = $2 and v.choice <> ''`, []any{id, m},
		func(scan scan) error {
			var n, at int64
			var a account.Answered
			err := scan(&n, &a.Words, &a.Choice, (*flag)(&a.Matters), &a.Counted, &at, &a.Reason)
			a.Statement, a.At, a.Expected = n, moment(at), []account.Expected{}
			all[n] = &a
			return err
		})
	w.each(`
		select item, about, of10, said_at
		from expectation
		where dialogue = $1 and member = $2 and of10 > -2
		order by item, about`, []any{id, m},
		func(scan scan) error {
			var n, at int64
			var of10 int
			var e account.Expected
			err := scan(&n, &e.About, &of10, &at)
			e.At = moment(at)
			if of10 >= 0 {
				e.Of10 = &of10
			}
			of(n).Expected = append(of(n).Expected, e)
			return err
		})
	b.Answers = []account.Answered{}
	for _, n := range slices.Sorted(maps.Keys(all)) {
		a := all[n]
		slices.SortFunc(a.Expected, func(x, y account.Expected) int { return cmp.Compare(x.About, y.About) })
		b.Answers = append(b.Answers, *a)
	}
	return w.err
}
