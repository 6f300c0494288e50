package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"parley/account"
	"parley/dialogue"
)

// Recommend says that the actor trusts another member to be who they say: within
// the budget, never oneself, admitted members both, neither observers nor
// neutrals. Nobody but the actor ever sees it.
func (s *Store) Recommend(ctx context.Context, actor account.PersonID, id dialogue.ID, m dialogue.MemberID, now time.Time) error {
	return s.recommend(ctx, actor, id, func(r room) (dialogue.MemberID, error) { return m, nil })
}

// RecommendByName recommends the member of that pseudonym, so that the list of
// members need not be open. Nobody learns who else has an account here, asked to
// join or serves as a neutral: where no member who is counted has the name, it is
// fault.Missing.
func (s *Store) RecommendByName(ctx context.Context, actor account.PersonID, id dialogue.ID, pseudonym string, now time.Time) error {
	return s.recommend(ctx, actor, id, func(r room) (dialogue.MemberID, error) { return r.counted(pseudonym) })
}

func (s *Store) recommend(ctx context.Context, actor account.PersonID, id dialogue.ID, whom func(r room) (dialogue.MemberID, error)) error {
	err := s.inRoom(ctx, actor, id, dialogue.Recommend, func(r room) error {
		me, err := loadMine(r.conn, id, r.who.Member, r.d.Budget)
		if err != nil {
			return err
		}
		if err := dialogue.MayRecommend(me.Member); err != nil {
			return err
		}
		m, err := whom(r)
		if err != nil {
			return err
		}
		other, err := loadMember(r.conn, id, m)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(me.Recommended, func(of dialogue.Member) bool { return of.ID == m }) {
			return nil
		}
		if err := dialogue.CheckRecommend(me.Member, other, len(me.Recommended), r.d.Budget); err != nil {
			return err
		}
		if _, err = r.exec(`
			insert into recommendation (dialogue, by_member, of_member)
			values ($1, $2, $3)`, id, me.ID, m); err != nil {
			return err
		}
		if err := r.reckonMarksOf(m); err != nil {
			return err
		}
		return r.regroup(m)
	})
	if err != nil {
		return fmt.Errorf("recommend in %s: %w", id, err)
	}
	return nil
}

// named finds who goes by the pseudonym, however it is written.
func (r room) named(pseudonym string) (m dialogue.MemberID, err error) {
	found, err := r.one(`
		select id
		from member
		where dialogue = $1 and skeleton = $2 and person is not null`, []any{r.id, dialogue.Skeleton(pseudonym)}, &m)
	if err == nil && !found {
		err = noMember()
	}
	return m, err
}

// counted is named where the member can be recommended.
func (r room) counted(pseudonym string) (dialogue.MemberID, error) {
	m, err := r.named(pseudonym)
	if err != nil {
		return "", err
	}
	member, err := loadMember(r.conn, r.id, m)
	if err == nil && dialogue.MayRecommend(member) != nil {
		err = noMember()
	}
	return m, err
}

// Unrecommend takes a recommendation back; where there is none nothing happens.
func (s *Store) Unrecommend(ctx context.Context, actor account.PersonID, id dialogue.ID, m dialogue.MemberID) error {
	err := s.inRoom(ctx, actor, id, dialogue.BeMember, func(r room) error {
		gone, err := r.exec(`
			delete from recommendation
			where dialogue = $1 and by_member = $2 and of_member = $3`, id, r.who.Member, m)
		if err != nil || gone == 0 {
			return err
		}
		return r.reckonMarksOf(m)
	})
	if err != nil {
		return fmt.Errorf("take back a recommendation in %s: %w", id, err)
	}
	return nil
}

// Weights are the voting rights of the members who are counted, by member: in
// (0, 1], see dialogue.Weigh. For what counts, not for pages.
func (s *Store) Weights(ctx context.Context, id dialogue.ID) (weights map[dialogue.MemberID]float64, err error) {
	err = s.read(ctx, func(c conn) error {
		if _, err := loadDialogue(c, id); err != nil {
			return err
		}
		voters, err := loadVoters(c, id)
		if err != nil {
			return err
		}
		weights, err = dialogue.Weigh(voters)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("weigh the members of %s: %w", id, err)
	}
	return weights, nil
}

func loadVoters(c conn, id dialogue.ID) (voters []dialogue.Voter, err error) {
	vetted := map[dialogue.MemberID]bool{}
	var members []dialogue.Member
	w := &series{c: c}
	w.each(`
		select id, observer, vetted
		from member
		where dialogue = $1 and state = 'admitted'
		order by id`, []any{id},
		func(scan scan) error {
			m := dialogue.Member{State: dialogue.Admitted}
			var v bool
			err := scan(&m.ID, (*flag)(&m.Observer), (*flag)(&v))
			members, vetted[m.ID] = append(members, m), v
			return err
		})
	by := map[dialogue.MemberID][]dialogue.MemberID{}
	w.each(`
		select of_member, by_member
		from recommendation
		where dialogue = $1
		order by of_member, by_member`, []any{id},
		func(scan scan) error {
			var of, from dialogue.MemberID
			err := scan(&of, &from)
			by[of] = append(by[of], from)
			return err
		})
	if w.err != nil {
		return nil, w.err
	}
	if err := fillMembers(c, id, members); err != nil {
		return nil, err
	}
	for _, m := range members {
		if m.Observer || m.Neutral() {
			continue
		}
		side, _ := m.Counted()
		voters = append(voters, dialogue.Voter{ID: m.ID, Vetted: vetted[m.ID], Side: side, By: by[m.ID]})
	}
	return voters, nil
}
