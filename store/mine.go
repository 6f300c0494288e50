package store

import (
	"context"
	"fmt"
	"time"

	"parley/account"
	"parley/dialogue"
)

// Mine is a membership as its holder sees it.
type Mine struct {
	dialogue.Member
	Agreements  []dialogue.Agreement
	Consents    []dialogue.Consent
	Recommended []dialogue.Member // whom they recommended: ID and Pseudonym alone
	BudgetLeft  int
}

// Mine is the actor's own membership with all agreements and consents;
// fault.Missing where there is none.
func (s *Store) Mine(ctx context.Context, actor account.PersonID, id dialogue.ID) (m Mine, err error) {
	err = s.read(ctx, func(c conn) error {
		who, d, err := standing(c, id, actor)
		if err != nil {
			return err
		}
		if who.SignedIn && who.Member == "" {
			if err := dialogue.May(who, dialogue.See, d.Dialogue); err != nil {
				return err
			}
			return noMember()
		}
		if err := dialogue.May(who, dialogue.BeMember, d.Dialogue); err != nil {
			return err
		}
		m, err = loadMine(c, id, who.Member, d.Budget)
		return err
	})
	if err != nil {
		return Mine{}, fmt.Errorf("read one's membership of %s: %w", id, err)
	}
	return m, nil
}

func loadMine(c conn, id dialogue.ID, member dialogue.MemberID, budget int) (m Mine, err error) {
	if m.Member, err = loadMember(c, id, member); err != nil {
		return m, err
	}
	m.Approvals = nil // whose registrar said yes is for those who admit
	w := &series{c: c}
	w.each(`
		select a.version, a.lang, a.agreed_at, d.text
		from agreement a
		join declaration d on d.dialogue = a.dialogue and d.version = a.version
		where a.dialogue = $1 and a.member = $2
		order by a.version desc`, []any{id, member},
		func(scan scan) error {
			var a dialogue.Agreement
			var words text
			var at int64
			err := scan(&a.Version, &a.Lang, &at, &words)
			a.Text, a.At = words[a.Lang], moment(at)
			m.Agreements = append(m.Agreements, a)
			return err
		})
	w.each(`
		select tick, given_at, withdrawn_at
		from consent
		where dialogue = $1 and member = $2
		order by given_at, tick`, []any{id, member},
		func(scan scan) error {
			var k dialogue.Consent
			var given, withdrawn int64
			err := scan(&k.Tick, &given, &withdrawn)
			k.GivenAt, k.WithdrawnAt = moment(given), maybeMoment(withdrawn)
			m.Consents = append(m.Consents, k)
			return err
		})
	w.each(`
		select m.id, m.pseudonym
		from recommendation r
		join member m on m.dialogue = r.dialogue and m.id = r.of_member
		where r.dialogue = $1 and r.by_member = $2
		order by m.id`, []any{id, member},
		func(scan scan) error {
			var of dialogue.Member
			err := scan(&of.ID, &of.Pseudonym)
			m.Recommended = append(m.Recommended, of)
			return err
		})
	m.BudgetLeft = max(0, budget-len(m.Recommended))
	return m, w.err
}

// Membership is one line of the list of somebody's dialogues.
type Membership struct {
	Dialogue dialogue.Dialogue
	Standing dialogue.Standing
}

// Memberships lists the dialogues in which the actor takes part or asked to, in
// the order in which they asked.
func (s *Store) Memberships(ctx context.Context, actor account.PersonID) (list []Membership, err error) {
	err = s.read(ctx, func(c conn) error {
		ids, err := dialoguesOf(c, actor)
		for _, id := range ids {
			if err != nil {
				break
			}
			var m Membership
			var d dialogue.Configured
			m.Standing, d, err = standing(c, id, actor)
			m.Dialogue = d.Dialogue
			list = append(list, m)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list memberships: %w", err)
	}
	return list, nil
}

func dialoguesOf(c conn, person account.PersonID) (ids []dialogue.ID, err error) {
	err = c.each(`
		select dialogue
		from member
		where person = $1
		order by asked_at, id`, []any{person},
		func(scan scan) error {
			var id dialogue.ID
			err := scan(&id)
			ids = append(ids, id)
			return err
		})
	return ids, err
}

// Agree keeps that the actor agrees to the newest declaration; to another version
// it is fault.Stale.
func (s *Store) Agree(ctx context.Context, actor account.PersonID, id dialogue.ID, version int, lang string, now time.Time) error {
	err := s.inRoom(ctx, actor, id, dialogue.BeMember, func(r room) error {
		if err := dialogue.CheckAgreement(version, r.who.Current); err != nil {
			return err
		}
		return r.agree(r.who.Member, lang, now)
	})
	if err != nil {
		return fmt.Errorf("agree to the declaration of %s: %w", id, err)
	}
	return nil
}

// DropVerified takes out the checked name that a registrar recorded about the
// actor: nobody is shown by a name that they no longer want. The log says
// nothing of it.
func (s *Store) DropVerified(ctx context.Context, actor account.PersonID, id dialogue.ID) error {
	err := s.inRoom(ctx, actor, id, dialogue.BeMember, func(r room) error {
		_, err := r.exec(`
			delete from verified
			where dialogue = $1 and member = $2`, id, r.who.Member)
		return err
	})
	if err != nil {
		return fmt.Errorf("drop one's checked name in %s: %w", id, err)
	}
	return nil
}

// DropMandate takes out the mandate that a registrar recorded about the actor,
// who speaks in a personal capacity from then on.
func (s *Store) DropMandate(ctx context.Context, actor account.PersonID, id dialogue.ID) error {
	err := s.inRoom(ctx, actor, id, dialogue.BeMember, func(r room) error {
		_, err := r.exec(`
			update member
			set mandate = ''
			where dialogue = $1 and id = $2`, id, r.who.Member)
		return err
	})
	if err != nil {
		return fmt.Errorf("drop one's mandate in %s: %w", id, err)
	}
	return nil
}
