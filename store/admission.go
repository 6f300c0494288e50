package store

import (
	"context"
	"fmt"
	"time"

	"parley/account"
	"parley/dialogue"
)

// MostMembers is the longest page of members.
const MostMembers = 200

// Members lists admitted members in the order of their ids, those after "after".
// Where the roster is open, members see of one another what dialogue.Listed
// leaves; registrars and conveners see all but accounts.
func (s *Store) Members(ctx context.Context, actor account.PersonID, id dialogue.ID, after dialogue.MemberID, limit int) (list []dialogue.Member, err error) {
	err = s.read(ctx, func(c conn) error {
		who, d, err := allowed(c, id, actor, dialogue.SeeMembers)
		if err != nil {
			return err
		}
		if list, err = listMembers(c, `
			select `+memberColumns+`
			from member m
			left join verified v on v.dialogue = m.dialogue and v.member = m.id
			where m.dialogue = $1 and m.id > $2 and m.state = 'admitted'
			order by m.id
			limit $3`, id, string(after), min(max(limit, 1), MostMembers)); err != nil {
			return err
		}
		if err := fillMembers(c, id, list); err != nil || dialogue.SeesInFull(who) {
			return err
		}
		for i, m := range list {
			list[i] = m.Listed(d.Rule)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list the members of %s: %w", id, err)
	}
	return list, nil
}

func listMembers(c conn, query string, args ...any) (list []dialogue.Member, err error) {
	err = c.each(query, args, func(scan scan) error {
		m, err := scanMember(scan)
		list = append(list, m)
		return err
	})
	return list, err
}

// Applicants lists those who wait, the oldest first.
func (s *Store) Applicants(ctx context.Context, actor account.PersonID, id dialogue.ID) (list []dialogue.Member, err error) {
	err = s.read(ctx, func(c conn) error {
		if _, _, err := allowed(c, id, actor, dialogue.Admit); err != nil {
			return err
		}
		if list, err = listMembers(c, `
			select `+memberColumns+`
			from member m
			left join verified v on v.dialogue = m.dialogue and v.member = m.id
			where m.dialogue = $1 and m.state = 'asked'
			order by m.asked_at, m.id`, id); err != nil {
			return err
		}
		return fillMembers(c, id, list)
	})
	if err != nil {
		return nil, fmt.Errorf("list who asks to join %s: %w", id, err)
	}
	return list, nil
}

// Admit is one approval: the convener's admits, a registrar's needs a second one
// of another side's.
func (s *Store) Admit(ctx context.Context, actor account.PersonID, id dialogue.ID, m dialogue.MemberID, now time.Time) (member dialogue.Member, err error) {
	err = s.inRoom(ctx, actor, id, dialogue.Admit, func(r room) error {
		asked, err := loadMember(r.conn, id, m)
		if err != nil {
			return err
		}
		convener, sides, err := dialogue.Approve(r.who, asked)
		if err != nil {
			return err
		}
		if !convener {
			if convener, err = r.approve(m, sides); err != nil {
				return err
			}
		}
		what := "approved"
		if convener {
			what = "admitted"
			if err := r.admit(m, now); err != nil {
				return err
			}
		}
		if member, err = loadMember(r.conn, id, m); err != nil {
			return err
		}
		return note(r.conn, id, r.who, dialogue.Admit, what, nil, now)
	})
	if err != nil {
		return dialogue.Member{}, fmt.Errorf("admit to %s: %w", id, err)
	}
	return member, nil
}

// approve adds the actor's approval and reports whether that is enough.
func (r room) approve(m dialogue.MemberID, sides []dialogue.SideID) (enough bool, err error) {
	w := &series{c: r.conn}
	for _, side := range sides {
		saveApproval(w, r.id, m, r.who.Member, side)
	}
	var all []dialogue.Approval
	w.each(`
		select by_member, side
		from approval
		where dialogue = $1 and member = $2
		order by by_member`, []any{r.id, m},
		func(scan scan) error {
			var a dialogue.Approval
			var side dialogue.SideID
			err := scan(&a.By, &side)
			if n := len(all); n > 0 && all[n-1].By == a.By {
				all[n-1].Sides = append(all[n-1].Sides, side)
			} else {
				all = append(all, dialogue.Approval{By: a.By, Sides: []dialogue.SideID{side}})
			}
			return err
		})
	return dialogue.Enough(all), w.err
}

// admit lets in who waited. Who approved is forgotten.
func (r room) admit(m dialogue.MemberID, now time.Time) error {
	w := &series{c: r.conn}
	w.exec(`
		delete from approval
		where dialogue = $1 and member = $2`, r.id, m)
	w.exec(`
		update member
		set state = 'admitted', vetted = 1, joined_at = $3
		where dialogue = $1 and id = $2`, r.id, m, micros(now))
	if w.err != nil {
		return w.err
	}
	return r.tell(m, "admitted", now)
}

// Refuse tells one who waits that the answer is no; but for that, nothing they
// said is kept. A registrar refuses people of their own side alone.
func (s *Store) Refuse(ctx context.Context, actor account.PersonID, id dialogue.ID, m dialogue.MemberID, now time.Time) error {
	err := s.inRoom(ctx, actor, id, dialogue.Admit, func(r room) error {
		asked, err := loadMember(r.conn, id, m)
		if err != nil {
			return err
		}
		if err := dialogue.MayRefuse(r.who, asked); err != nil {
			return err
		}
		if err := r.tell(m, "refused", now); err != nil {
			return err
		}
		if err := r.clear(m); err != nil {
			return err
		}
		if _, err := r.exec(`
			update member
			set state = 'refused', pseudonym = null, skeleton = null, observer = 0, vetted = 0, mandate = ''
			where dialogue = $1 and id = $2`, id, m); err != nil {
			return err
		}
		return note(r.conn, id, r.who, dialogue.Admit, "refused", nil, now)
	})
	if err != nil {
		return fmt.Errorf("refuse in %s: %w", id, err)
	}
	return nil
}

// tell writes to a member who agreed to that and has a confirmed address. The
// letter leads to their account: it names no dialogue, not even by an address.
func (r room) tell(m dialogue.MemberID, kind string, now time.Time) error {
	l := Letter{Dialogue: r.id, Kind: kind}
	found, err := r.one(`
		select p.id, p.email, p.lang
		from member m
		join person p on p.id = m.person
		join consent c on c.dialogue = m.dialogue and c.member = m.id
		where m.dialogue = $1 and m.id = $2 and c.tick = 'contact' and c.withdrawn_at = 0 and p.email_folded is not null`,
		[]any{r.id, m}, &l.Person, &l.To, &l.Lang)
	if err != nil || !found {
		return err
	}
	l.Args = map[string]string{"Link": "/" + l.Lang + "/account"}
	return letter(r.conn, l, now)
}
