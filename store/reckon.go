package store

import (
	"parley/dialogue"
	"parley/forum"
	"parley/writing"
)

// reckonMarks counts anew the marks of contributions and how they bridge, then what
// they wait for. Whatever changes marks calls it, so that no page counts.
func (r room) reckonMarks(ns ...writing.ID) error {
	weigh, err := r.voting()
	if err != nil {
		return err
	}
	for _, n := range ns {
		marks, err := r.marks(n)
		if err != nil {
			return err
		}
		counts := map[writing.Reaction]int{}
		var voices []forum.Voice
		for m, own := range marks {
			voices = append(voices, weigh(m, own))
			for _, mark := range own {
				counts[mark]++
			}
		}
		if _, err := r.exec(`
			update contribution
			set helpful = $3, unclear = $4, unsourced = $5, bridge = $6
			where dialogue = $1 and id = $2`,
			r.id, int64(n), counts[writing.Helpful], counts[writing.Unclear], counts[writing.NeedsSource], forum.Bridging(voices)); err != nil {
			return err
		}
	}
	return r.reckonNeed(ns...)
}

// mostReckoned is how many of a member's marks are counted anew at once, the newest
// things first: a deed must not hold up others for long. What is older follows with
// the next mark on it.
const mostReckoned = 200

// reckonMarksOf counts anew what a member marked: they are counted for another side
// from now on, or weigh more or less.
func (r room) reckonMarksOf(m dialogue.MemberID) error {
	marked, err := r.list(`
		select distinct item
		from reaction
		where dialogue = $1 and member = $2
		order by item desc
		limit $3`, r.id, m, mostReckoned)
	if err != nil || len(marked) == 0 {
		return err
	}
	return r.reckonMarks(marked...)
}

// reckonNeed counts anew what things wait for: whatever changes answers,
// translations or revisions calls it.
func (r room) reckonNeed(ns ...writing.ID) error {
	for _, n := range ns {
		if n == 0 {
			continue
		}
		var answers, told int
		w := forum.Waiting{}
		if _, err := r.one(`
			select c.unsourced, c.unclear,
				(select count(1) from comment k join contribution a on a.dialogue = k.dialogue and a.id = k.item
					where k.dialogue = $1 and k.answers = $2 and a.state = 'shown')
				+ coalesce((select t.shown from thread t where t.dialogue = $1 and t.under = $2), 0)
				+ (select count(1) from answering w join contribution a on a.dialogue = w.dialogue and a.id = w.action
					where w.dialogue = $1 and w.problem = $2 and a.state = 'shown'),
				(select count(1) from translation t
					where t.dialogue = $1 and t.item = $2 and t.hidden = 0 and t.of = c.revision)
			from contribution c
			where c.dialogue = $1 and c.id = $2`, []any{r.id, int64(n)}, &w.Unsourced, &w.Unclear, &answers, &told); err != nil {
			return err
		}
		w.Unanswered, w.Untold = answers == 0, max(0, len(r.d.Languages)-1-told)
		if _, err := r.exec(`
			update contribution
			set need = $3
			where dialogue = $1 and id = $2`, r.id, int64(n), forum.Need(w)); err != nil {
			return err
		}
	}
	return nil
}

// marks are those of a contribution, by member.
func (r room) marks(n writing.ID) (map[dialogue.MemberID][]writing.Reaction, error) {
	marks := map[dialogue.MemberID][]writing.Reaction{}
	err := r.each(`
		select member, mark
		from reaction
		where dialogue = $1 and item = $2`, []any{r.id, int64(n)},
		func(scan scan) error {
			var m dialogue.MemberID
			var mark writing.Reaction
			err := scan(&m, &mark)
			marks[m] = append(marks[m], mark)
			return err
		})
	return marks, err
}

// voting is what the marks of each member weigh now. Neutrals and observers are
// counted nowhere that opinions are; as to what helps them to read they are
// outside.
func (r room) voting() (func(m dialogue.MemberID, own []writing.Reaction) forum.Voice, error) {
	voters, err := loadVoters(r.conn, r.id)
	if err != nil {
		return nil, err
	}
	weights, err := dialogue.Weigh(voters)
	if err != nil {
		return nil, err
	}
	sides := map[dialogue.MemberID]dialogue.SideID{}
	for _, v := range voters {
		sides[v.ID] = v.Side
	}
	return func(m dialogue.MemberID, own []writing.Reaction) forum.Voice {
		v := forum.Voice{Group: string(sides[m]), Weight: weights[m]}
		if v.Group == "" {
			v.Weight = forum.Outside
		}
		for _, mark := range own {
			if mark == writing.Helpful {
				v.For = true
			} else {
				v.Against = true
			}
		}
		return v
	}, nil
}
