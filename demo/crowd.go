package demo

import (
	"fmt"
	"math/rand/v2"
	"sync"

	"parley/account"
	"parley/dialogue"
	"parley/i18n"
	"parley/store"
)

// person is an invented person, by the key that the texts use.
type person struct {
	key    string
	id     account.PersonID
	member dialogue.MemberID
	name   dialogue.Pseudonym
	sides  []dialogue.SideID
	lang   string
	fresh  bool    // nobody recommends them
	guest  bool    // somebody may look around as they, and finds statements left to answer
	lean   float64 // how readily they agree, around 0
}

// How many there are beside the guests: of each side, so that with the guests
// there are thirty; of two sides, and of none; and those whom nobody knows yet.
const (
	perSide = 27
	apart   = 11
	fresh   = 12
)

// crowd lists the others in the order in which they come. Their keys are the id
// of a side and a number, SE for several sides, NO for none, NEW for newcomers.
func crowd(sides []dialogue.Side) []*person {
	var all []*person
	add := func(key string, n int, fresh bool, of ...dialogue.SideID) {
		all = append(all, &person{key: fmt.Sprintf("%s-%d", key, n), sides: of, fresh: fresh, lang: i18n.Languages[len(all)%len(i18n.Languages)]})
	}
	for n := range perSide {
		for _, s := range sides {
			add(string(s.ID), n+1, false, s.ID)
		}
	}
	for n := range apart {
		add("SE", n+1, false, sides[n%len(sides)].ID, sides[(n+1)%len(sides)].ID)
		add("NO", n+1, false)
	}
	for n := range fresh {
		add("NEW", n+1, true, sides[n%len(sides)].ID)
	}
	return all
}

// gather lets the crowd in by one link for many, and has those who are in
// already recommend them.
func (t *talk) gather(sides []dialogue.Side) error {
	if err := t.seats(); err != nil {
		return err
	}
	all := crowd(sides)
	secret, _, err := t.Invite(t.ctx, t.people["convener"].id, Dialogue,
		dialogue.Invitation{Role: dialogue.Participant, Uses: len(all)}, t.began)
	if err != nil {
		return err
	}
	if err := together(len(all), func(i int) error { return t.enter(all[i], secret) }); err != nil {
		return err
	}
	for _, p := range all {
		t.people[p.key] = p
		t.voters = append(t.voters, p)
	}
	for i, p := range t.voters {
		p.lean = rand.New(rand.NewPCG(seed, uint64(i))).NormFloat64() / 2
	}
	return t.recommend(all)
}

// seats finds the guests of the house.
func (t *talk) seats() error {
	for _, g := range t.guests {
		if g.Dialogue != Dialogue || g.Role == dialogue.Applicant {
			continue
		}
		mine, err := t.Mine(t.ctx, g.Person, Dialogue)
		if err != nil {
			return err
		}
		p := &person{key: g.Key, id: g.Person, member: mine.ID, name: mine.Pseudonym, sides: mine.Sides, lang: "en", guest: g.Offered}
		t.people[p.key] = p
		if !mine.Observer && !mine.Neutral() && g.Role != dialogue.Convener {
			t.voters = append(t.voters, p)
		}
	}
	return nil
}

func (t *talk) enter(p *person, secret string) (err error) {
	if p.id, err = t.Invent(t.ctx, "demo-"+p.key, p.lang, t.began); err != nil {
		return err
	}
	m, err := t.Join(t.ctx, p.id, Dialogue, store.JoinRequest{
		Invitation: secret, Sides: p.sides, Version: t.version, Lang: p.lang, Ticks: dialogue.Ticks,
	}, t.began)
	p.member, p.name = m.ID, m.Pseudonym
	return err
}

// recommend has those whom the convener let in by name recommend the others, but
// for the newcomers. One recommendation of each is given already.
func (t *talk) recommend(all []*person) error {
	known := t.voters[:len(t.voters)-len(all)]
	var others []*person
	for _, p := range all {
		if !p.fresh {
			others = append(others, p)
		}
	}
	if len(others) > len(known)*(budget-1) {
		return fmt.Errorf("%d people cannot recommend %d", len(known), len(others))
	}
	return together(len(others), func(i int) error {
		return t.Recommend(t.ctx, known[i%len(known)].id, Dialogue, others[i].member, t.began)
	})
}

// atOnce is how many deeds are handed in together: the store writes those that
// wait in one go.
const atOnce = 48

// together does n things, some at once, and returns the first error. After an
// error nothing new is begun.
func together(n int, do func(i int) error) error {
	var (
		wait   sync.WaitGroup
		places = make(chan struct{}, atOnce)
		once   sync.Once
		failed = make(chan struct{})
		first  error
	)
	for i := range n {
		places <- struct{}{}
		select {
		case <-failed:
			<-places
			continue
		default:
		}
		wait.Go(func() {
			defer func() { <-places }()
			if err := do(i); err != nil {
				once.Do(func() { first = err; close(failed) })
			}
		})
	}
	wait.Wait()
	return first
}
