// Package apitest checks the programming interface from outside: with a checker
// of the document, a tester that makes requests up from it, and a client that
// was made from it, none of them written here. It also makes the invented people
// for whom the interface is tested.
package apitest

import (
	"context"
	"testing"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/dossier"
	"parley/examples"
	"parley/i18n"
	"parley/store"
)

// Now is when everything in a society happens.
var Now = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// Society is a store with people in every role.
type Society struct {
	*store.Store
	t      testing.TB
	People map[dialogue.Role]account.PersonID
	Tokens map[dialogue.Role]string // of all scopes
}

// Roles lists those who have an account, the owner first.
var Roles = []dialogue.Role{
	dialogue.Owner, dialogue.Convener, dialogue.Moderator, dialogue.Mediator, dialogue.Interpreter, dialogue.Staff,
	dialogue.Registrar, dialogue.Delegate, dialogue.Participant, dialogue.Observer, dialogue.Applicant, dialogue.Holder,
}

// Pseudonyms are how others see them.
var Pseudonyms = map[dialogue.Role]string{
	dialogue.Convener: "Heron", dialogue.Moderator: "Plover", dialogue.Mediator: "Dipper", dialogue.Interpreter: "Starling",
	dialogue.Staff: "Wagtail", dialogue.Registrar: "Kestrel", dialogue.Delegate: "Osprey", dialogue.Participant: "Swallow",
	dialogue.Observer: "Lapwing", dialogue.Applicant: "Curlew", dialogue.Holder: "Bittern",
}

// Password is with what the owner signs in.
const Password = "three herons by the weir"

// Gather makes an account for every role.
func Gather(t testing.TB, s *store.Store) *Society {
	t.Helper()
	x := &Society{s, t, map[dialogue.Role]account.PersonID{}, map[dialogue.Role]string{}}
	ctx := context.Background()
	link, err := s.OwnerLink(ctx, Now)
	x.must(err)
	opened, _, err := s.SignUp(ctx, store.NewPerson{Name: "the-owner", Lang: "en", Password: Password, OwnerLink: link}, "", Now)
	x.must(err)
	x.People[dialogue.Owner] = opened.Person
	for _, role := range Roles[1:] {
		x.People[role], err = s.Invent(ctx, "the-"+string(role), "en", Now)
		x.must(err)
	}
	for _, role := range Roles {
		x.Tokens[role] = x.Token(x.People[role], account.Scopes...)
	}
	return x
}

func (x *Society) must(err error) {
	x.t.Helper()
	if err != nil {
		x.t.Fatal(err)
	}
}

// Token makes a token with the scopes.
func (x *Society) Token(person account.PersonID, scopes ...account.Scope) string {
	x.t.Helper()
	secret, _, err := x.MakeToken(context.Background(), person, account.Token{Name: "test", Scopes: scopes}, Now)
	x.must(err)
	return secret
}

// Room is what a dialogue is to be like.
type Room struct {
	ID       dialogue.ID
	Rule     dialogue.Rule
	Stage    dialogue.Stage
	Unlisted bool
	Roster   dialogue.Roster
}

// Sides of the dialogues are those of the three towns.
const (
	SideA = dialogue.SideID("KE")
	SideB = dialogue.SideID("BR")
)

// Settle makes a dialogue of the three towns in which everybody holds the role
// that they are named after; the holder has nothing to do with it.
func (x *Society) Settle(r Room) {
	x.t.Helper()
	ctx := context.Background()
	d, err := dossier.Read("three-towns.yaml", examples.All()[1].Data)
	x.must(err)
	d.Dialogue.ID, d.Dialogue.Rule, d.Dialogue.Stage = r.ID, r.Rule, dialogue.Open
	if r.Stage == dialogue.Preparing {
		d.Dialogue.Stage = dialogue.Preparing
	}
	_, err = x.LoadDossier(ctx, d, Now)
	x.must(err)
	secret, _, err := x.Invite(ctx, x.People[dialogue.Owner], r.ID, dialogue.Invitation{Role: dialogue.Convener}, Now)
	x.must(err)
	x.Enter(r.ID, dialogue.Convener, secret)
	_, err = x.Declare(ctx, x.People[dialogue.Convener], r.ID, i18n.Text{"en": "We **listen** first.", "ru": "Сначала мы **слушаем**."}, "en", Now)
	x.must(err)
	x.configure(r, false)
	for _, role := range Roles[2:10] {
		i, sides := dialogue.Invitation{Role: role}, []dialogue.SideID(nil)
		if role.OfSide() {
			i.Side = SideA
		}
		if role.OfSide() || role == dialogue.Participant {
			sides = []dialogue.SideID{SideA}
		}
		secret, _, err := x.Invite(ctx, x.People[dialogue.Convener], r.ID, i, Now)
		x.must(err)
		x.Enter(r.ID, role, secret, sides...)
	}
	x.Enter(r.ID, dialogue.Applicant, "")
	x.speak(r.ID)
	x.configure(r, r.Unlisted)
	if r.Stage == dialogue.Paused || r.Stage == dialogue.Closed {
		x.must(x.SetStage(ctx, x.People[dialogue.Convener], r.ID, r.Stage, Now))
	}
}

// configure lets people ask to join.
func (x *Society) configure(r Room, unlisted bool) {
	ctx, convener := context.Background(), x.People[dialogue.Convener]
	e, err := x.Entrance(ctx, r.ID, convener, "", Now)
	x.must(err)
	e.Admission, e.Unlisted, e.Roster = dialogue.ByRequest, unlisted, r.Roster
	e.Contact = i18n.Text{"en": "Write to the convener.", "ru": "Пишите организатору."}
	_, err = x.Configure(ctx, convener, r.ID, e.Configured, Now)
	x.must(err)
}

// Enter lets somebody join under their pseudonym.
func (x *Society) Enter(id dialogue.ID, role dialogue.Role, invitation string, sides ...dialogue.SideID) dialogue.Member {
	x.t.Helper()
	ctx := context.Background()
	e, err := x.Entrance(ctx, id, x.People[role], invitation, Now)
	x.must(err)
	m, err := x.Join(ctx, x.People[role], id, store.JoinRequest{
		Invitation: invitation, Pseudonym: Pseudonyms[role], Sides: sides, Observer: role == dialogue.Observer,
		Version: e.Declaration.Version, Lang: "en", Ticks: []dialogue.Tick{dialogue.TickRules, dialogue.TickOpinions, dialogue.TickPublication},
	}, Now)
	x.must(err)
	return m
}
