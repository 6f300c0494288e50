// Package demo fills the invented dialogue of the examples with invented people,
// so that anybody can look around as one of them. It touches no other dialogue:
// nobody is made up for sides that exist. It is for demonstrations and tests.
package demo

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/i18n"
	"parley/store"
)

// Dialogue is where the invented people are.
const Dialogue dialogue.ID = "three-towns"

// Guest is one of them.
type Guest struct {
	Key      string // names the guest in addresses and tests: "member-KE", "mediator"
	Person   account.PersonID
	Dialogue dialogue.ID // empty for the owner of the server
	Role     dialogue.Role
	Side     dialogue.SideID // empty where they are of several, of none, or neutral
	Name     i18n.Text       // what they are, not who
	Offered  bool            // to visitors of a demonstration: the others only fill the house
}

// house is what the convener wrote.
type house struct {
	Settings struct {
		Operator, Payer, Country, Readers, Keeping, Limits, Exit, Contact i18n.Text
	}
	Declaration i18n.Text
}

// seat is one place in the house.
type seat struct {
	key     string
	role    dialogue.Role
	side    dialogue.SideID   // of the role
	sides   []dialogue.SideID // that they declare
	waits   bool              // asks, and is not yet admitted
	offered bool
}

// seats are all places beside the convener's: for each side a member, a
// registrar and a register editor; one of several sides and one of none; all
// neutrals; an observer; and somebody who has asked. One registrar and one
// register editor are offered, of different sides: others are like them.
func seats(sides []dialogue.Side) []seat {
	var all []seat
	for i, s := range sides {
		own := []dialogue.SideID{s.ID}
		all = append(all,
			seat{key: "member-" + string(s.ID), role: dialogue.Participant, sides: own, offered: true},
			seat{key: "registrar-" + string(s.ID), role: dialogue.Registrar, side: s.ID, sides: own, offered: i == 0},
			seat{key: "editor-" + string(s.ID), role: dialogue.Delegate, side: s.ID, sides: own, offered: i == 1})
	}
	all = append(all,
		seat{key: "several", role: dialogue.Participant, sides: []dialogue.SideID{sides[0].ID, sides[1].ID}},
		seat{key: "none", role: dialogue.Participant})
	for _, r := range []dialogue.Role{dialogue.Mediator, dialogue.Moderator, dialogue.Interpreter, dialogue.Staff, dialogue.Observer} {
		all = append(all, seat{key: string(r), role: r, offered: r != dialogue.Interpreter && r != dialogue.Staff})
	}
	return append(all, seat{key: "applicant", role: dialogue.Applicant, sides: []dialogue.SideID{sides[0].ID}, waits: true})
}

// Fill puts the people into the house, as they came in some weeks ago. The dialogue must be stored, and the
// server must have no owner yet: one is made, whom nothing opens but
// store.OpenSession.
func Fill(ctx context.Context, st *store.Store, now time.Time) ([]Guest, error) {
	f := &filler{Store: st, ctx: ctx, now: now.Add(-history * day)}
	if err := readFile("house.yaml", &f.house); err != nil {
		return nil, err
	}
	if err := f.fill(); err != nil {
		return nil, fmt.Errorf("fill the invented house: %w", err)
	}
	return f.guests, nil
}

type filler struct {
	*store.Store
	ctx      context.Context
	now      time.Time // when they came in
	house    house
	convener account.PersonID
	version  int // of the declaration
	guests   []Guest
}

func (f *filler) fill() error {
	owner, err := f.owner()
	if err != nil {
		return err
	}
	if err := f.open(owner); err != nil {
		return err
	}
	e, err := f.Entrance(f.ctx, Dialogue, f.convener, "", f.now)
	if err != nil {
		return err
	}
	if err := f.configure(e.Configured); err != nil {
		return err
	}
	members := map[string]dialogue.MemberID{}
	for i, s := range seats(e.Sides) {
		if members[s.key], err = f.seat(s, i18n.Languages[i%len(i18n.Languages)]); err != nil {
			return fmt.Errorf("seat %s: %w", s.key, err)
		}
	}
	return f.recommend(e.Sides, members)
}

// owner makes the account that runs the server. Its password is drawn, and
// forgotten at once.
func (f *filler) owner() (account.PersonID, error) {
	link, err := f.OwnerLink(f.ctx, f.now)
	if err != nil {
		return "", err
	}
	o, _, err := f.SignUp(f.ctx, store.NewPerson{Name: "demo-owner", Lang: "en", Password: rand.Text(), OwnerLink: link}, "", f.now)
	if err != nil {
		return "", err
	}
	f.guests = append(f.guests, Guest{Key: "owner", Person: o.Person, Role: dialogue.Owner, Name: guestName(seat{key: "owner"}, nil)})
	return o.Person, f.EndSession(f.ctx, o.Person, o.Session.ID)
}

// open brings in the convener, who writes the declaration.
func (f *filler) open(owner account.PersonID) error {
	s := seat{key: "convener", role: dialogue.Convener, offered: true}
	secret, _, err := f.Invite(f.ctx, owner, Dialogue, dialogue.Invitation{Role: s.role}, f.now)
	if err != nil {
		return err
	}
	if _, err := f.enter(s, secret, "en"); err != nil {
		return err
	}
	f.convener = f.guests[len(f.guests)-1].Person
	f.version, err = f.Declare(f.ctx, f.convener, Dialogue, f.house.Declaration, "en", f.now)
	return err
}

// budget is how many each may recommend: enough for those whom the convener let
// in by name to recommend nearly everybody else.
const budget = 12

func (f *filler) configure(c dialogue.Configured) error {
	w := f.house.Settings
	c.Admission, c.Roster, c.Budget = dialogue.ByRequest, dialogue.RosterMembers, budget
	c.Operator, c.Payer, c.Country, c.Readers = w.Operator, w.Payer, w.Country, w.Readers
	c.Keeping, c.Limits, c.Exit, c.Contact = w.Keeping, w.Limits, w.Exit, w.Contact
	_, err := f.Configure(f.ctx, f.convener, Dialogue, c, f.now)
	return err
}

// seat brings one person in as the convener's guest, or lets them ask.
func (f *filler) seat(s seat, lang string) (dialogue.MemberID, error) {
	secret := ""
	if !s.waits {
		var err error
		if secret, _, err = f.Invite(f.ctx, f.convener, Dialogue, dialogue.Invitation{Role: s.role, Side: s.side}, f.now); err != nil {
			return "", err
		}
	}
	m, err := f.enter(s, secret, lang)
	return m.ID, err
}

func (f *filler) enter(s seat, secret, lang string) (dialogue.Member, error) {
	person, err := f.Invent(f.ctx, "demo-"+s.key, lang, f.now)
	if err != nil {
		return dialogue.Member{}, err
	}
	m, err := f.Join(f.ctx, person, Dialogue, store.JoinRequest{
		Invitation: secret, Sides: s.sides, Version: f.version, Lang: lang, Ticks: dialogue.Ticks,
	}, f.now)
	if err != nil {
		return m, err
	}
	e, err := f.Entrance(f.ctx, Dialogue, person, "", f.now)
	g := Guest{Key: s.key, Person: person, Dialogue: Dialogue, Role: s.role, Name: guestName(s, e.Sides), Offered: s.offered}
	if len(s.sides) == 1 {
		g.Side = s.sides[0]
	}
	f.guests = append(f.guests, g)
	return m, err
}

// guestName is what somebody is, in the languages of the pages.
func guestName(s seat, sides []dialogue.Side) i18n.Text {
	of := i18n.Text{}
	for _, side := range sides {
		if len(s.sides) == 1 && side.ID == s.sides[0] {
			of = side.Name
		}
	}
	kind := map[dialogue.Role]string{dialogue.Participant: "member", dialogue.Delegate: "editor"}[s.role]
	switch {
	case len(s.sides) == 1 && kind == "" && s.role != dialogue.Applicant:
		kind = string(s.role)
	case len(s.sides) != 1 || kind == "":
		kind = s.key
	}
	name := i18n.Text{}
	for _, lang := range i18n.Languages {
		name[lang] = i18n.For(lang).T("demo.guest."+kind, "Side", of.In(lang))
	}
	return name
}

// recommend lets the members of each side recommend one of the next.
func (f *filler) recommend(sides []dialogue.Side, members map[string]dialogue.MemberID) error {
	for i, s := range sides {
		from, to := "member-"+string(s.ID), "member-"+string(sides[(i+1)%len(sides)].ID)
		for _, g := range f.guests {
			if g.Key != from {
				continue
			}
			if err := f.Recommend(f.ctx, g.Person, Dialogue, members[to], f.now); err != nil {
				return err
			}
		}
	}
	return nil
}
