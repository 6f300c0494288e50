package store

import (
	"context"
	"crypto/rand"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/fault"
)

// JoinRequest is what somebody says when they join.
type JoinRequest struct {
	Invitation string // the secret; may be empty
	Pseudonym  string // empty: a free number
	Sides      []dialogue.SideID
	Observer   bool
	Version    int    // of the declaration they agree to
	Lang       string // in which they read it
	Ticks      []dialogue.Tick
}

// Join makes a member, admitted or waiting as dialogue.LetIn says. Agreeing to an
// older version is fault.Stale, a rules tick left out fault.Invalid. A neutral
// invitation takes no side. Who was refused comes in with an invitation only.
func (s *Store) Join(ctx context.Context, actor account.PersonID, id dialogue.ID, j JoinRequest, now time.Time) (m dialogue.Member, err error) {
	err = s.write(ctx, func(c conn) error {
		if err := lockDialogue(c, id); err != nil {
			return err
		}
		r, invitation, err := atDoor(c, actor, id, j.Invitation, now)
		if err != nil {
			return err
		}
		application := dialogue.Application{Sides: j.Sides, Observer: j.Observer, Version: j.Version, Ticks: j.Ticks}
		entry, err := dialogue.LetIn(r.d, r.who.Current, application, invitation)
		if err != nil {
			return err
		}
		m, err = r.enter(entry, j, invitation, now)
		return err
	})
	if err != nil {
		return dialogue.Member{}, fmt.Errorf("join %s: %w", id, err)
	}
	return m, nil
}

// atDoor is the dialogue before somebody who is no member yet.
func atDoor(c conn, actor account.PersonID, id dialogue.ID, secret string, now time.Time) (r room, i *dialogue.Invitation, err error) {
	r = room{conn: c, id: id, actor: actor}
	if r.who, r.d, err = standing(c, id, actor); err != nil {
		return r, nil, err
	}
	if i, err = goodInvitation(c, id, secret, now); err != nil {
		return r, nil, err
	}
	r.who.Invited = i != nil
	if err = dialogue.May(r.who, dialogue.Join, r.d.Dialogue); err != nil {
		return r, nil, err
	}
	switch {
	case secret != "" && i == nil:
		err = fault.New(fault.Invalid, "member.invitation-void", "the invitation is used up, has run out or was withdrawn")
	case r.who.State == dialogue.Refused && i == nil:
		err = fault.New(fault.Denied, "member.refused", "the request was refused")
	case r.who.State == dialogue.Refused:
		err = r.forget(r.who.Member)
	case r.who.Member != "":
		err = fault.New(fault.Conflict, "member.already", "takes part already, or asked to")
	}
	return r, i, err
}

// enter writes the new member down.
func (r room) enter(e dialogue.Entry, j JoinRequest, invitation *dialogue.Invitation, now time.Time) (m dialogue.Member, err error) {
	m = dialogue.Member{ID: dialogue.MemberID(newID())}
	name, err := r.freeName(j.Pseudonym)
	if err != nil {
		return m, err
	}
	joined := time.Time{}
	if e.State == dialogue.Admitted {
		joined = now
	}
	w := &series{c: r.conn}
	w.exec(`
		insert into member (id, dialogue, person, state, observer, vetted, pseudonym, skeleton, mandate, asked_at, joined_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, '', $9, $10)`,
		m.ID, r.id, r.actor, string(e.State), flag(e.Observer), flag(e.Vetted),
		string(name), dialogue.Skeleton(string(name)), micros(now), maybeMicros(joined))
	saveMemberSides(w, r.id, m.ID, e.Sides)
	for _, g := range e.Grants {
		saveGrant(w, r.id, m.ID, g)
	}
	for _, t := range e.Ticks {
		saveTick(w, r.id, m.ID, t, now)
	}
	if e.Approved != "" && e.State == dialogue.Asked {
		saveApproval(w, r.id, m.ID, invitation.ByMember, e.Approved)
	}
	if w.err == nil && r.who.Current > 0 {
		w.err = r.agree(m.ID, j.Lang, now)
	}
	if w.err == nil && invitation != nil {
		w.err = useInvitation(r.conn, invitation)
	}
	if w.err != nil {
		return m, w.err
	}
	return loadMember(r.conn, r.id, m.ID)
}

// agree keeps that the member agreed to the newest declaration, in the language
// in which they were shown it.
func (r room) agree(m dialogue.MemberID, lang string, now time.Time) error {
	newest, err := newestDeclaration(r.conn, r.id)
	if err != nil {
		return err
	}
	_, err = r.exec(`
		insert into agreement (dialogue, member, version, lang, agreed_at)
		values ($1, $2, $3, $4, $5)
		on conflict (dialogue, member, version) do nothing`,
		r.id, m, newest.Version, newest.Shown(lang), micros(now))
	return err
}

// freeName is the pseudonym that somebody chose, where nobody has one that looks
// like it; without a choice it is a number that nobody has. The number is drawn,
// so that it does not tell who came first, and out of so many that nobody finds
// others by trying.
func (r room) freeName(chosen string) (dialogue.Pseudonym, error) {
	if chosen != "" {
		name, err := dialogue.CheckPseudonym(chosen, r.d.Sides)
		if err != nil {
			return "", err
		}
		taken, err := r.taken(name)
		if err == nil && taken {
			err = fault.New(fault.Conflict, "member.name-taken", "somebody here has that name, or one that looks like it")
		}
		return dialogue.Pseudonym(name), err
	}
	for range 100 {
		n, err := rand.Int(rand.Reader, big.NewInt(highestNumber))
		if err != nil {
			return "", err
		}
		number := strconv.FormatInt(n.Int64()+1, 10)
		if taken, err := r.taken(number); err != nil || !taken {
			return dialogue.Pseudonym(number), err
		}
	}
	return "", fmt.Errorf("no number below %d is free", highestNumber)
}

// highestNumber is the highest that stands for a name.
const highestNumber = 999_999

func (r room) taken(name string) (bool, error) {
	return r.one(`
		select 1
		from member
		where dialogue = $1 and skeleton = $2`, []any{r.id, dialogue.Skeleton(name)}, new(int))
}

func saveMemberSides(w *series, id dialogue.ID, m dialogue.MemberID, sides []dialogue.SideID) {
	for _, side := range sides {
		w.exec(`
			insert into member_side (dialogue, member, side)
			values ($1, $2, $3)`, id, m, side)
	}
}

func saveGrant(w *series, id dialogue.ID, m dialogue.MemberID, g dialogue.Grant) {
	w.exec(`
		insert into role_grant (dialogue, member, role, side)
		values ($1, $2, $3, $4)`, id, m, string(g.Role), optional(g.Side))
}

func saveApproval(w *series, id dialogue.ID, m, by dialogue.MemberID, side dialogue.SideID) {
	w.exec(`
		insert into approval (dialogue, member, by_member, side)
		values ($1, $2, $3, $4)
		on conflict (dialogue, member, by_member, side) do nothing`, id, m, by, side)
}

const memberColumns = `
	m.id, coalesce(m.pseudonym, ''), m.state, m.observer, m.mandate, m.asked_at, m.joined_at,
	coalesce(v.name, ''), coalesce(v.office, ''), coalesce(v.sector, ''), coalesce(v.side, ''), coalesce(v.checked_at, 0),
	(select coalesce(max(a.version), 0) from agreement a where a.dialogue = m.dialogue and a.member = m.id)`

// scanMember reads a row of memberColumns from member m left join verified v.
func scanMember(scan scan) (m dialogue.Member, err error) {
	var asked, joined, checked int64
	var v dialogue.Verified
	err = scan(&m.ID, &m.Pseudonym, &m.State, (*flag)(&m.Observer), &m.Mandate, &asked, &joined,
		&v.Name, &v.Office, &v.Sector, &v.Side, &checked, &m.Agreed)
	m.AskedAt, m.JoinedAt = maybeMoment(asked), maybeMoment(joined)
	if v.Name != "" {
		v.At = moment(checked)
		m.Verified = &v
	}
	return m, err
}

// loadMember is fault.Missing where there is none, or none any more.
func loadMember(c conn, id dialogue.ID, member dialogue.MemberID) (dialogue.Member, error) {
	var list []dialogue.Member
	err := c.each(`
		select `+memberColumns+`
		from member m
		left join verified v on v.dialogue = m.dialogue and v.member = m.id
		where m.dialogue = $1 and m.id = $2 and m.person is not null`, []any{id, member},
		func(scan scan) error {
			m, err := scanMember(scan)
			list = append(list, m)
			return err
		})
	if err == nil && len(list) == 0 {
		err = noMember()
	}
	if err != nil {
		return dialogue.Member{}, err
	}
	err = fillMembers(c, id, list)
	return list[0], err
}

func noMember() error { return fault.New(fault.Missing, "member.missing", "there is no such member") }

// fillMembers adds what members have several of, each kind with one query.
func fillMembers(c conn, id dialogue.ID, list []dialogue.Member) error {
	if len(list) == 0 {
		return nil
	}
	at := make(map[dialogue.MemberID]*dialogue.Member, len(list))
	low, high := list[0].ID, list[0].ID
	for i := range list {
		at[list[i].ID] = &list[i]
		low, high = min(low, list[i].ID), max(high, list[i].ID)
	}
	w := &series{c: c}
	add := func(query string, put func(m *dialogue.Member, word, side string)) {
		w.each(query, []any{id, low, high}, func(scan scan) error {
			var m dialogue.MemberID
			var word, side string
			err := scan(&m, &word, &side)
			if to := at[m]; to != nil {
				put(to, word, side)
			}
			return err
		})
	}
	add(`
		select member, '', side
		from member_side
		where dialogue = $1 and member between $2 and $3`, func(m *dialogue.Member, _, side string) {
		m.Sides = append(m.Sides, dialogue.SideID(side))
	})
	add(`
		select member, role, coalesce(side, '')
		from role_grant
		where dialogue = $1 and member between $2 and $3`, func(m *dialogue.Member, role, side string) {
		m.Grants = append(m.Grants, dialogue.Grant{Role: dialogue.Role(role), Side: dialogue.SideID(side)})
	})
	add(`
		select member, tick, ''
		from consent
		where dialogue = $1 and member between $2 and $3 and withdrawn_at = 0`, func(m *dialogue.Member, tick, _ string) {
		m.Ticks = append(m.Ticks, dialogue.Tick(tick))
	})
	add(`
		select member, '', side
		from approval
		where dialogue = $1 and member between $2 and $3`, func(m *dialogue.Member, _, side string) {
		m.Approvals = append(m.Approvals, dialogue.SideID(side))
	})
	for i := range list {
		m := &list[i]
		slices.Sort(m.Sides) // the engines disagree on the order of words
		slices.Sort(m.Ticks)
		slices.Sort(m.Approvals)
		m.Approvals = slices.Compact(m.Approvals)
		dialogue.SortGrants(m.Grants)
	}
	return w.err
}
