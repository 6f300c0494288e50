package store

import (
	"context"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/opinion"
	"parley/writing"
)

// What stands in of10 where a row holds no number.
const (
	ratherNot = -1
	withdrawn = -2
)

// Expect keeps how many of ten participants of the side the actor expects to
// agree, after their own answer; it cannot be changed once the result was due.
func (s *Store) Expect(ctx context.Context, actor account.PersonID, id dialogue.ID, n writing.ID, about dialogue.SideID, of10 int, now time.Time) error {
	return wrapped("keep an expectation", s.expect(ctx, actor, id, n, about, of10, of10, now))
}

// SkipExpecting says that they would rather not.
func (s *Store) SkipExpecting(ctx context.Context, actor account.PersonID, id dialogue.ID, n writing.ID, about dialogue.SideID, now time.Time) error {
	return wrapped("leave an expectation out", s.expect(ctx, actor, id, n, about, 0, ratherNot, now))
}

func (s *Store) expect(ctx context.Context, actor account.PersonID, id dialogue.ID, n writing.ID, about dialogue.SideID, of10, kept int, now time.Time) error {
	return s.inBooth(ctx, actor, id, dialogue.Vote, func(r room) error {
		b, err := s.atStatement(r, n)
		if err != nil {
			return err
		}
		if err := b.voter.MayAnswer(); err != nil {
			return err
		}
		if b.st.State != writing.Shown {
			return opinion.NoStatement(n)
		}
		rows, err := r.loadGuesses(n, r.who.Member)
		if err != nil {
			return err
		}
		mine := live(b.rows)
		answer := answerOf(mine, rows)
		if err := answer.CheckGuess(b.voter.Others(r.d.Dialogue), about, of10, b.toldAt != 0); err != nil {
			return err
		}
		g := guessed{about: about, group: mine.Group, of10: kept, at: now}
		if err := r.putGuess(n, r.who.Member, rows, g); err != nil || b.toldAt == 0 {
			return err
		}
		told, err := b.figuresTold()
		if err != nil {
			return err
		}
		return b.tellGaps(told, now)
	})
}

// guessed is a row of expectation: what the person expects, where of10 is not
// withdrawn, else what is left of that in the last gap of a group.
type guessed struct {
	about dialogue.SideID
	group opinion.Group
	of10  int
	told  int
	old   bool // a gap has held it once
	at    time.Time
}

func (r room) loadGuesses(n writing.ID, m dialogue.MemberID) (rows []guessed, err error) {
	err = r.each(`
		select about, grp, of10, told10, old, said_at
		from expectation
		where dialogue = $1 and item = $2 and member = $3
		order by about, grp`, []any{r.id, int64(n), m},
		func(scan scan) error {
			var g guessed
			var at int64
			err := scan(&g.about, &g.group, &g.of10, &g.told, (*flag)(&g.old), &at)
			g.at = maybeMoment(at)
			rows = append(rows, g)
			return err
		})
	return rows, err
}

// answerOf puts together what the person alone may see of their answer.
func answerOf(mine *kept, guesses []guessed) opinion.Answer {
	a := opinion.Answer{}
	if mine != nil {
		a.Choice, a.Matters, a.Counts, a.At, a.Reason = mine.Choice, mine.Matters, mine.Counts, mine.At, mine.reason
	}
	for _, g := range guesses {
		switch {
		case g.of10 >= 0:
			a.Guesses = append(a.Guesses, opinion.Guess{About: g.about, Of10: g.of10, At: g.at})
		case g.of10 == ratherNot:
			a.Skipped = append(a.Skipped, g.about)
		}
	}
	return a
}

// putGuess makes g what the member expects of the side, counted in its group; with
// withdrawn it is taken back. See freshness for what brings the next gap.
func (r room) putGuess(n writing.ID, m dialogue.MemberID, rows []guessed, g guessed) error {
	w := &series{c: r.conn}
	told := ratherNot
	for _, old := range rows {
		key := []any{r.id, int64(n), m, string(old.about), string(old.group)}
		switch {
		case old.about != g.about:
		case old.group == g.group && g.of10 != withdrawn:
			told = old.told
		case old.of10 == withdrawn:
		case old.told == ratherNot:
			w.exec(`
				delete from expectation
				where dialogue = $1 and item = $2 and member = $3 and about = $4 and grp = $5`, key...)
		default:
			w.exec(`
				update expectation
				set of10 = -2, fresh = 2, said_at = 0
				where dialogue = $1 and item = $2 and member = $3 and about = $4 and grp = $5`, key...)
		}
	}
	if g.of10 == withdrawn {
		return w.err
	}
	fresh := novel
	switch {
	case g.group == "" || g.of10 == told:
		fresh = current
	case g.of10 == ratherNot || g.old:
		fresh = behind
	}
	w.exec(`
		insert into expectation (dialogue, item, member, about, grp, of10, told10, old, fresh, said_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		on conflict (dialogue, item, member, about, grp) do update
		set of10 = excluded.of10, old = excluded.old, fresh = excluded.fresh, said_at = excluded.said_at`,
		r.id, int64(n), m, string(g.about), string(g.group), g.of10, told, flag(g.old), fresh, micros(g.at))
	return w.err
}

// moveGuesses counts what the member expects in the group of their answer. Of the
// side that is theirs by now they expect nothing.
func (r room) moveGuesses(n writing.ID, m dialogue.MemberID, to opinion.Group) error {
	rows, err := r.loadGuesses(n, m)
	for _, g := range rows {
		if err != nil {
			return err
		}
		if g.of10 == withdrawn || g.group == to {
			continue
		}
		g.group = to
		if opinion.Group(g.about) == to {
			g.of10 = withdrawn
		}
		err = r.putGuess(n, m, rows, g)
	}
	return err
}

// withdrawGuesses takes back what the actor expects. Where something is told they
// have had their say: nobody looks at the result and then expects it.
func (b *booth) withdrawGuesses() error {
	rows, err := b.loadGuesses(b.st.ID, b.who.Member)
	for _, g := range rows {
		if err != nil {
			return err
		}
		if g.of10 == withdrawn {
			continue
		}
		g.group, g.of10, g.old = "", withdrawn, false
		if b.toldAt != 0 {
			g.of10 = ratherNot
		}
		err = b.putGuess(b.st.ID, b.who.Member, rows, g)
	}
	return err
}
