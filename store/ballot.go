package store

import (
	"parley/dialogue"
	"parley/opinion"
	"parley/writing"
)

// kept is a row of vote: the member's answer where it has a choice, else what is
// left of one in the last figures of a group.
type kept struct {
	opinion.Vote
	reason      writing.ID
	toldChoice  opinion.Choice
	toldMatters bool
	fresh       int
}

// How a row stands to the last figures of its group. An answer that no figures
// ever held is one of those that bring the next: five of them. Everything else in
// which the figures are behind goes along then and brings nothing, above all what
// was withdrawn: so whatever figures are laid beside one another, five answers at
// least stand in the newest alone.
const (
	current = iota // the figures hold it
	novel
	behind
)

// freshness is that of the answer in its group; carried is whether figures of
// another group hold it already.
func freshness(v opinion.Vote, toldChoice opinion.Choice, toldMatters, carried bool) int {
	switch {
	case v.Group == "" || v.Choice == toldChoice && v.Matters == toldMatters:
		return current
	case v.Choice == toldChoice || carried:
		return behind
	}
	return novel
}

const keptColumns = "grp, choice, matters, counts, nonce, reason, cast_at, told_choice, told_matters, fresh"

func scanKept(scan scan, more ...any) (k kept, err error) {
	var at int64
	err = scan(append([]any{
		&k.Group, &k.Choice, (*flag)(&k.Matters), (*flag)(&k.Counts), &k.Nonce, &k.reason, &at,
		&k.toldChoice, (*flag)(&k.toldMatters), &k.fresh,
	}, more...)...)
	k.At = maybeMoment(at)
	return k, err
}

// live is the answer among the rows of one person and statement; nil: there is
// none.
func live(rows []kept) *kept {
	for i := range rows {
		if rows[i].Choice != "" {
			return &rows[i]
		}
	}
	return nil
}

func (r room) loadKept(n writing.ID, m dialogue.MemberID) (rows []kept, err error) {
	err = r.each(`
		select `+keptColumns+`
		from vote
		where dialogue = $1 and item = $2 and member = $3`, []any{r.id, int64(n), m},
		func(scan scan) error {
			k, err := scanKept(scan)
			rows = append(rows, k)
			return err
		})
	return rows, err
}

// counted is a group whose answers have changed, and how they stand now.
type counted struct {
	group opinion.Group
	opinion.Tally
}

// putVote makes v the member's answer in place of what the rows hold; without a
// choice it is withdrawn. The statement's row is locked, or the dialogue is.
func (r room) putVote(n writing.ID, m dialogue.MemberID, rows []kept, v opinion.Vote, reason writing.ID) (touched []counted, err error) {
	count := func(g opinion.Group, change opinion.Tally) error {
		if g == "" || change == (opinion.Tally{}) {
			return nil
		}
		now, err := r.count(n, g, change)
		touched = append(touched, counted{g, now})
		return err
	}
	for _, old := range rows {
		if old.Choice == "" || v.Choice != "" && old.Group == v.Group {
			continue
		}
		change, err := r.retireVote(n, m, old)
		if err == nil {
			err = count(old.Group, change)
		}
		if err != nil {
			return touched, err
		}
	}
	if v.Choice == "" {
		return touched, nil
	}
	old, carried := kept{}, false
	for _, k := range rows {
		if k.Group == v.Group {
			old = k
		} else if k.Choice != "" {
			carried = k.Group != "" && k.fresh != novel
		}
	}
	fresh := freshness(v, old.toldChoice, old.toldMatters, carried)
	if _, err := r.exec(`
		insert into vote (dialogue, item, member, grp, choice, matters, counts, nonce, reason, cast_at, told_choice, told_matters, fresh)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
		on conflict (dialogue, item, member, grp) do update
		set choice = excluded.choice, matters = excluded.matters, counts = excluded.counts, nonce = excluded.nonce, reason = excluded.reason,
			cast_at = excluded.cast_at, fresh = excluded.fresh`,
		r.id, int64(n), m, string(v.Group), string(v.Choice), flag(v.Matters), flag(v.Counts), v.Nonce, int64(reason), micros(v.At),
		string(old.toldChoice), flag(old.toldMatters), fresh); err != nil {
		return touched, err
	}
	change := opinion.Of(v.Choice, v.Matters).Add(opinion.Of(old.Choice, old.Matters).Minus())
	change.Fresh = one(fresh == novel) - one(old.fresh == novel)
	return touched, count(v.Group, change)
}

// retireVote takes an answer out of its group; what the last figures hold of it
// is remembered until they are told anew.
func (r room) retireVote(n writing.ID, m dialogue.MemberID, old kept) (change opinion.Tally, err error) {
	change = opinion.Of(old.Choice, old.Matters).Minus()
	change.Fresh = -one(old.fresh == novel)
	if old.toldChoice == "" {
		_, err = r.exec(`
			delete from vote
			where dialogue = $1 and item = $2 and member = $3 and grp = $4`, r.id, int64(n), m, string(old.Group))
		return change, err
	}
	_, err = r.exec(`
		update vote
		set choice = '', matters = 0, counts = 0, nonce = '', reason = 0, cast_at = 0, fresh = 2
		where dialogue = $1 and item = $2 and member = $3 and grp = $4`, r.id, int64(n), m, string(old.Group))
	return change, err
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// count adds to the tally of a group and returns it as it stands then.
func (r room) count(n writing.ID, g opinion.Group, change opinion.Tally) (t opinion.Tally, err error) {
	args := []any{r.id, int64(n), string(g), change.Agree, change.Disagree, change.Passed, change.Matters, change.Fresh}
	found, err := r.one(`
		update tally
		set agree = agree + $4, disagree = disagree + $5, passed = passed + $6, matters = matters + $7, fresh = fresh + $8
		where dialogue = $1 and item = $2 and grp = $3
		returning agree, disagree, passed, matters, fresh`, args, &t.Agree, &t.Disagree, &t.Passed, &t.Matters, &t.Fresh)
	if err != nil || found {
		return t, err
	}
	_, err = r.exec(`
		insert into tally (dialogue, item, grp, agree, disagree, passed, matters, fresh)
		values ($1, $2, $3, $4, $5, $6, $7, $8)`, args...)
	return change, err
}
