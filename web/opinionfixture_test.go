package web

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"parley/account"
	"parley/deal"
	"parley/dialogue"
	"parley/dossier"
	"parley/opinion"
	"parley/store"
	"parley/writing"
)

// chorus is a society of three sides with twelve people each who answer
// statements: "W1" to "W12", and so on.
type chorus struct {
	*society
	voters map[string]account.PersonID
	told   writing.ID // all have answered and said what they expect
	nearly writing.ID // all but W12 have answered; it stands under an option
	option string     // that option
	quiet  writing.ID // nobody has answered
}

const eachSide = 12

var chorusSides = []dialogue.SideID{"W", "E", "N"}

// sung is the store of a chorus that several tests only read.
var (
	sung     kept
	sungOnce sync.Once
	sungBy   chorus
)

// readChorus is a chorus that tests must leave as it is.
func readChorus(t testing.TB) *chorus {
	t.Helper()
	st := sharedStore(t, &sung, func(st *store.Store) { load(t, st, threeBanks()) })
	sungOnce.Do(func() { sungBy = *newChorus(t, Config{Store: st}) })
	x, s := sungBy, *sungBy.society
	s.t, x.society = t, &s
	return &x
}

// threeBanks is the river with a third side.
func threeBanks() *dossier.Dossier {
	d := river()
	d.Dialogue.Sides = append(d.Dialogue.Sides, dialogue.Side{ID: "N", Name: both("Norton", "Нортон")})
	return d
}

// newChorus seats them and lets them answer. W agree, E do not, N are divided; W
// expect too little of N, and E get W right.
func newChorus(t testing.TB, c Config) *chorus {
	t.Helper()
	x := newHouse(t, c)
	x.option = "bridge/" + deal.OptionIDs(river().Input())["bridge"][1]
	x.told = x.propose("A bridge would help both banks.", opinion.Place{})
	x.nearly = x.propose("The bridge should be open at night.", opinion.Place{Option: x.option})
	x.quiet = x.propose("The mill may take more water in spring.", opinion.Place{Option: "water/" + deal.OptionIDs(river().Input())["water"][1]})
	for _, side := range chorusSides {
		agree := map[dialogue.SideID]int{"W": 10, "E": 2, "N": 6}[side]
		for i := 1; i <= eachSide; i++ {
			who, choice := voterName(side, i), opinion.Agree
			if i > agree {
				choice = opinion.Disagree
			}
			x.answers(who, &opinion.Place{}, choice)
			for _, about := range chorusSides {
				if about != side {
					guess := map[dialogue.SideID]int{"W": 8, "E": 1 + i%3, "N": 1}[about]
					x.must(x.Store.Expect(context.Background(), x.voters[who], x.dialogue, x.told, about, guess, time.Now()))
				}
			}
			if who != "W12" {
				x.answers(who, &opinion.Place{Option: x.option}, choice)
			}
		}
	}
	for who, words := range map[string]string{"N1": "It saves two hours on a market day.", "N12": "It brings carts past the school."} {
		_, err := x.Store.GiveReason(context.Background(), x.voters[who], x.dialogue, x.told, "en", words, time.Now())
		x.must(err)
	}
	return x
}

// newHouse seats the people, who have nothing to answer yet.
func newHouse(t testing.TB, c Config) *chorus {
	t.Helper()
	x := &chorus{voters: map[string]account.PersonID{}}
	x.society = newSociety(t, c, func(d *dialogue.Dialogue) { d.Sides = threeBanks().Dialogue.Sides })
	for _, side := range chorusSides {
		for i := 1; i <= eachSide; i++ {
			x.voter(voterName(side, i), side)
		}
	}
	return x
}

func voterName(side dialogue.SideID, i int) string { return fmt.Sprintf("%s%d", side, i) }

// voter seats somebody whom the convener knows and who gives every consent.
func (x *chorus) voter(name string, sides ...dialogue.SideID) {
	x.t.Helper()
	x.seat(name, []dialogue.Tick{dialogue.TickRules, dialogue.TickOpinions, dialogue.TickPublication}, sides...)
}

func (x *chorus) seat(name string, ticks []dialogue.Tick, sides ...dialogue.SideID) {
	x.t.Helper()
	ctx, now := context.Background(), time.Now()
	secret, _, err := x.Store.Invite(ctx, x.people[dialogue.Convener], x.dialogue, dialogue.Invitation{Role: dialogue.Participant}, now)
	x.must(err)
	id, err := x.Store.Invent(ctx, "voter-"+name, "en", now)
	x.must(err)
	e, err := x.Store.Entrance(ctx, x.dialogue, id, secret, now)
	x.must(err)
	_, err = x.Store.Join(ctx, id, x.dialogue, store.JoinRequest{Invitation: secret, Sides: sides, Ticks: ticks, Version: e.Declaration.Version, Lang: "en"}, now)
	x.must(err)
	x.voters[name] = id
}

// propose has the convener propose a statement with a background and a
// translation.
func (x *chorus) propose(title string, under opinion.Place) writing.ID {
	x.t.Helper()
	n, err := x.Store.ProposeStatement(context.Background(), x.people[dialogue.Convener], x.dialogue,
		opinion.NewStatement{Lang: "en", Title: title, Body: "See [the survey](https://survey.example/).", Under: under}, time.Now())
	x.must(err)
	return n
}

// answers answers the next statement of a place by its card.
func (x *chorus) answers(who string, under *opinion.Place, choice opinion.Choice) {
	x.t.Helper()
	ctx, now := context.Background(), time.Now()
	card, err := x.Store.Serve(ctx, x.voters[who], x.dialogue, under, 0, now)
	x.must(err)
	x.must(x.Store.CastVote(ctx, x.voters[who], x.dialogue, card.Statement.ID, opinion.Ballot{Choice: choice, Token: card.Token, Matters: choice == opinion.Agree}, now))
}

// by is a browser in which a voter is signed in.
func (x *chorus) by(who string) *browser {
	x.t.Helper()
	b := newBrowser(x.t, x.Server)
	o, err := x.Store.OpenSession(context.Background(), x.voters[who], "", time.Now())
	x.must(err)
	name := x.cookieName(sessionCookie)
	b.cookies[name] = &http.Cookie{Name: name, Value: o.Secret}
	return b
}
