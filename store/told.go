package store

import (
	"time"

	"parley/dialogue"
	"parley/notice"
	"parley/opinion"
	"parley/writing"
)

// booth is what a deed about one statement knows from its beginning. Its row is
// locked, and so is the voter's.
type booth struct {
	room
	voter  voter
	st     opinion.Statement
	toldAt int64   // 0: nothing is told yet
	ground float64 // as it was told
	rows   []kept  // of the actor
	due    func(n, fresh int) bool
}

// atStatement runs a deed of the actor about one statement, beside which others
// go on.
func (s *Store) atStatement(r room, n writing.ID) (*booth, error) {
	b := &booth{room: r, due: s.due}
	b.st.ID = n
	var ground int
	const columns = "closed, under, told_at, ground, (select c.state from contribution c where c.dialogue = $1 and c.id = $2)"
	found, err := r.one(r.locking(`
		update statement
		set closed = closed
		where dialogue = $1 and item = $2
		returning `+columns, `
		select `+columns+`
		from statement
		where dialogue = $1 and item = $2`),
		[]any{r.id, int64(n)}, (*flag)(&b.st.Closed), &b.st.Under.Item, &b.toldAt, &ground, &b.st.State)
	if err == nil && !found {
		err = opinion.NoStatement(n)
	}
	if err != nil {
		return nil, err
	}
	b.ground = float64(ground) / million
	if b.voter, err = r.enterBooth(); err != nil {
		return nil, err
	}
	b.rows, err = r.loadKept(n, r.who.Member)
	return b, err
}

const million = 1_000_000

// settle tells anew what has become due by the change of some groups.
func (b *booth) settle(touched []counted, now time.Time) error {
	var told []opinion.Group
	var err error
	if b.toldAt == 0 {
		told, err = b.open(touched, now)
	} else {
		told, err = b.tellDue(touched, now)
	}
	if err != nil || len(told) == 0 {
		return err
	}
	return b.afterTelling(told, now)
}

// open tells for the first time where every side has come to its ten.
func (b *booth) open(touched []counted, now time.Time) (told []opinion.Group, err error) {
	worth := false
	for _, t := range touched {
		worth = worth || t.N() >= opinion.FirstTotal
	}
	if !worth {
		return nil, nil
	}
	tallies, order, err := b.loadTallies()
	if err != nil || !opinion.Opens(sideIDs(b.d.Dialogue), tallies) {
		return nil, err
	}
	var all []counted
	for _, g := range order {
		all = append(all, counted{g, tallies[g]})
	}
	return b.tellDue(all, now)
}

func sideIDs(d dialogue.Dialogue) []dialogue.SideID {
	out := make([]dialogue.SideID, len(d.Sides))
	for i, s := range d.Sides {
		out[i] = s.ID
	}
	return out
}

func (b *booth) loadTallies() (tallies map[opinion.Group]opinion.Tally, order []opinion.Group, err error) {
	tallies = map[opinion.Group]opinion.Tally{}
	err = b.each(`
		select grp, agree, disagree, passed, matters, fresh
		from tally
		where dialogue = $1 and item = $2
		order by grp`, []any{b.id, int64(b.st.ID)},
		func(scan scan) error {
			var g opinion.Group
			var t opinion.Tally
			err := scan(&g, &t.Agree, &t.Disagree, &t.Passed, &t.Matters, &t.Fresh)
			tallies[g], order = t, append(order, g)
			return err
		})
	return tallies, order, err
}

func (b *booth) tellDue(groups []counted, now time.Time) (told []opinion.Group, err error) {
	for _, g := range groups {
		if !b.due(g.N(), g.Fresh) {
			continue
		}
		is, err := b.tell(g, now)
		if err != nil {
			return told, err
		}
		if is {
			told = append(told, g.group)
		}
	}
	return told, nil
}

// tell makes the answers of a group as they stand what is told of it. The people
// whose answers no figures held yet are counted once more, one by one: the tally
// says when to look, never that it is due.
func (b *booth) tell(g counted, now time.Time) (bool, error) {
	args := []any{b.id, int64(b.st.ID), string(g.group)}
	exact := 0
	if _, err := b.one(`
		select count(1)
		from vote
		where dialogue = $1 and item = $2 and grp = $3 and fresh > 0 and fresh = 1`, args, &exact); err != nil {
		return false, err
	}
	w := &series{c: b.conn}
	is := b.due(g.N(), exact)
	if is {
		low, high := g.Interval()
		w.exec(`
			insert into told (dialogue, item, grp, agree, disagree, passed, matters, low, high, told_at, times)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)
			on conflict (dialogue, item, grp) do update
			set agree = excluded.agree, disagree = excluded.disagree, passed = excluded.passed, matters = excluded.matters,
				low = excluded.low, high = excluded.high, told_at = excluded.told_at, times = told.times + 1`,
			append(args, g.Agree, g.Disagree, g.Passed, g.Matters, int(low*million), int(high*million), micros(opinion.Day(now)))...)
		w.exec(`
			delete from vote
			where dialogue = $1 and item = $2 and grp = $3 and fresh > 0 and choice = ''`, args...)
		w.exec(`
			update vote
			set told_choice = choice, told_matters = matters, fresh = 0
			where dialogue = $1 and item = $2 and grp = $3 and fresh > 0`, args...)
		exact = 0
	}
	w.exec(`
		update tally
		set fresh = $4
		where dialogue = $1 and item = $2 and grp = $3`, append(args, exact)...)
	return is, w.err
}

// afterTelling brings what follows from figures after them: gaps, common ground,
// and that people hear of it, once a day at most.
func (b *booth) afterTelling(groups []opinion.Group, now time.Time) error {
	day := micros(opinion.Day(now))
	t, err := b.figuresTold()
	if err != nil {
		return err
	}
	if err := b.tellGaps(t, now); err != nil {
		return err
	}
	ground := opinion.Ground(sideIDs(b.d.Dialogue), t)
	if _, err := b.exec(`
		update statement
		set told_at = $3, ground = $4
		where dialogue = $1 and item = $2`, b.id, int64(b.st.ID), day, int(ground*million)); err != nil {
		return err
	}
	reached := ground > opinion.IsGround && b.ground <= opinion.IsGround && b.st.Under.Item != 0
	if day == b.toldAt && !reached {
		return nil
	}
	// What happens in a dialogue is numbered: one deed at a time. Figures alone are
	// no reason to read anew what people are to the dialogue: pages show them within
	// a second.
	b.heavy()
	if err := lockDialogue(b.conn, b.id); err != nil {
		return err
	}
	if day != b.toldAt {
		e := notice.Event{Kind: notice.ToldTotals, Item: b.st.ID, Root: b.st.ID}
		if err := emit(b.conn, b.id, e, now); err != nil {
			return err
		}
	}
	if reached {
		return b.reachGround(b.st.Under.Item, now)
	}
	return nil
}

// loadTold reads what is told of the statements between two numbers, and nothing
// else: every way out goes through here.
func (r room) loadTold(low, high writing.ID) (map[writing.ID]*opinion.Told, error) {
	out := map[writing.ID]*opinion.Told{}
	of := func(n writing.ID, at int64) *opinion.Told {
		t := out[n]
		if t == nil {
			t = &opinion.Told{}
			out[n] = t
		}
		if day := moment(at); day.After(t.At) {
			t.At = day
		}
		return t
	}
	w := &series{c: r.conn}
	args := []any{r.id, int64(low), int64(high)}
	w.err = r.eachFigures(low, high, func(n writing.ID, f opinion.Figures, at int64) {
		to := of(n, at)
		to.Groups = append(to.Groups, f)
	})
	w.each(`
		select item, of_side, about, n, total, middle2, low, high, told_at
		from told_gap
		where dialogue = $1 and item between $2 and $3`, args,
		func(scan scan) error {
			var n writing.ID
			var g opinion.Gap
			var e opinion.Expectations
			var at int64
			err := scan(&n, &g.Of, &g.About, &e.N, &e.Sum, &e.Middle2, &g.Low, &g.High, &at)
			to := of(n, at)
			if f := to.Figures(opinion.Group(g.About)); f != nil {
				to.Gaps = append(to.Gaps, e.Beside(g, *f))
			}
			return err
		})
	w.each(`
		select item, ground
		from statement
		where dialogue = $1 and item between $2 and $3 and told_at > 0`, args,
		func(scan scan) error {
			var n writing.ID
			var ground int
			err := scan(&n, &ground)
			if t := out[n]; t != nil {
				t.Ground = float64(ground) / million
			}
			return err
		})
	for _, t := range out {
		t.Sort()
	}
	return out, w.err
}

func (r room) eachFigures(low, high writing.ID, do func(n writing.ID, f opinion.Figures, at int64)) error {
	return r.each(`
		select item, grp, agree, disagree, passed, matters, low, high, told_at
		from told
		where dialogue = $1 and item between $2 and $3`, []any{r.id, int64(low), int64(high)},
		func(scan scan) error {
			var n writing.ID
			var g opinion.Group
			var t opinion.Tally
			var low, high, at int64
			err := scan(&n, &g, &t.Agree, &t.Disagree, &t.Passed, &t.Matters, &low, &high, &at)
			f := t.Figures(g)
			f.Low, f.High = float64(low)/million, float64(high)/million
			do(n, f, at)
			return err
		})
}

// figuresTold reads what is told of the answers to this statement, and no more.
func (b *booth) figuresTold() (*opinion.Told, error) {
	t := &opinion.Told{}
	return t, b.eachFigures(b.st.ID, b.st.ID, func(_ writing.ID, f opinion.Figures, _ int64) { t.Groups = append(t.Groups, f) })
}
