package store

import (
	"parley/dialogue"
	"parley/fault"
	"parley/opinion"
	"parley/writing"
)

// voter is a member before statements, as the row of that name keeps them.
type voter struct {
	opinion.Voter
	known   bool
	history bool
}

// enterBooth reads the actor as a voter and keeps other deeds on their answers
// away, since one that changes their group begins there, too. Who answers for the
// first time is entered.
func (r room) enterBooth() (v voter, err error) {
	if r.who.State != dialogue.Admitted {
		return v, fault.New(fault.Denied, "dialogue.denied", "who does not take part answers nothing")
	}
	v.Sides, v.Neutral = r.who.Sides, serves(r.who.Grants)
	lock := r.locking(`
		update voter
		set known = known
		where dialogue = $1 and member = $2
		returning grp, opinions, known, history, withdrew_at`, `
		select grp, opinions, known, history, withdrew_at
		from voter
		where dialogue = $1 and member = $2`)
	var withdrew int64
	into := []any{&v.Group, (*flag)(&v.Opinions), (*flag)(&v.known), (*flag)(&v.history), &withdrew}
	found, err := r.one(lock, []any{r.id, r.who.Member}, into...)
	v.Withdrew = maybeMoment(withdrew)
	if err != nil || found {
		return v, err
	}
	f, err := r.facts(r.who.Member, false)
	if err != nil {
		return v, err
	}
	if _, err := r.exec(`
		insert into voter (dialogue, member, grp, opinions, known, history)
		values ($1, $2, $3, $4, $5, 1)
		on conflict (dialogue, member) do nothing`,
		r.id, r.who.Member, string(f.Group()), flag(f.Opinions), flag(f.Known)); err != nil {
		return v, err
	}
	_, err = r.one(lock, []any{r.id, r.who.Member}, into...)
	return v, err
}

// facts are read as they stand; known is whether the member was known before.
func (r room) facts(m dialogue.MemberID, known bool) (f opinion.Facts, err error) {
	var vetted, opinions, publication, recommended int
	if _, err = r.one(`
		select m.vetted,
			(select count(1) from consent k where k.dialogue = m.dialogue and k.member = m.id and k.tick = 'opinions' and k.withdrawn_at = 0),
			(select count(1) from consent k where k.dialogue = m.dialogue and k.member = m.id and k.tick = 'publication' and k.withdrawn_at = 0),
			(select count(1) from recommendation x join member b on b.dialogue = x.dialogue and b.id = x.by_member
				where x.dialogue = m.dialogue and x.of_member = m.id and b.vetted = 1)
		from member m
		where m.dialogue = $1 and m.id = $2`, []any{r.id, m}, &vetted, &opinions, &publication, &recommended); err != nil {
		return f, err
	}
	st := dialogue.Standing{Member: m}
	err = loadPlace(r.conn, r.id, &st)
	return opinion.Facts{
		Sides: st.Sides, Neutral: serves(st.Grants), Known: known || vetted > 0 || recommended > 0,
		Opinions: opinions > 0, Publication: publication > 0,
	}, err
}

func serves(grants []dialogue.Grant) bool { return dialogue.Member{Grants: grants}.Neutral() }

// regroup is called by every deed that may change for whom a member's answers
// count, after the change: see opinion.Vote.Moved. Nothing is told of it before
// enough others have changed, too.
func (r room) regroup(m dialogue.MemberID) error {
	var from opinion.Group
	var known, was bool
	found, err := r.one(`
		update voter
		set known = known
		where dialogue = $1 and member = $2
		returning grp, known, opinions`, []any{r.id, m}, &from, (*flag)(&known), (*flag)(&was))
	if err != nil || !found {
		return err
	}
	f, err := r.facts(m, known)
	if err != nil {
		return err
	}
	to := f.Group()
	if _, err := r.exec(`
		update voter
		set grp = $3, opinions = $4, known = $5
		where dialogue = $1 and member = $2`, r.id, m, string(to), flag(f.Opinions), flag(f.Known)); err != nil || to == from {
		return err
	}
	return r.eachVote(m, func(n writing.ID, rows []kept) error {
		before := live(rows)
		if before == nil {
			return nil
		}
		after := before.Moved(to)
		if after == before.Vote {
			return nil
		}
		if _, err := r.putVote(n, m, rows, after, before.reason); err != nil {
			return err
		}
		return r.moveGuesses(n, m, after.Group)
	})
}

// eachVote calls do for every statement that the member answered, in order.
func (r room) eachVote(m dialogue.MemberID, do func(n writing.ID, rows []kept) error) error {
	var order []writing.ID
	all := map[writing.ID][]kept{}
	err := r.each(`
		select `+keptColumns+`, item
		from vote
		where dialogue = $1 and member = $2
		order by item`, []any{r.id, m},
		func(scan scan) error {
			var n writing.ID
			k, err := scanKept(scan, &n)
			if len(all[n]) == 0 {
				order = append(order, n)
			}
			all[n] = append(all[n], k)
			return err
		})
	for _, n := range order {
		if err == nil {
			err = do(n, all[n])
		}
	}
	return err
}

// clearOpinions deletes a member's answers, expectations and settings. What was
// told stays as it is until enough others have changed; who left is not counted
// among them, since they may come back as somebody new.
func (r room) clearOpinions(m dialogue.MemberID) error {
	err := r.eachVote(m, func(n writing.ID, rows []kept) error {
		for _, k := range rows {
			if k.Group == "" {
				continue
			}
			change := opinion.Of(k.Choice, k.Matters).Minus()
			change.Fresh = -one(k.fresh == novel)
			if _, err := r.count(n, k.Group, change); err != nil {
				return err
			}
		}
		return nil
	})
	w := &series{c: r.conn, err: err}
	for _, table := range []string{"vote", "expectation", "voter"} {
		w.exec(`
			delete from `+table+`
			where dialogue = $1 and member = $2`, r.id, m)
	}
	return w.err
}
