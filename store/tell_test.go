package store_test

import (
	"testing"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/store"
	"parley/store/storetest"
)

// Whoever waits hears the answer by letter only where they agreed to be written
// to and have an address that they confirmed.
func TestTheAnswerIsWrittenToWhomThatSuits(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.ByRequest)
		contact := []dialogue.Tick{dialogue.TickRules, dialogue.TickContact}
		for _, c := range []struct {
			person           string
			address, confirm bool
			ticks            []dialogue.Tick
			admit            bool
			want             string
		}{
			{"both", true, true, contact, true, "admitted"},
			{"no", true, true, contact, false, "refused"},
			{"untold", true, true, nil, true, ""},
			{"unproved", true, false, contact, true, ""},
			{"without", false, false, contact, true, ""},
		} {
			x.person(c.person)
			if c.address {
				x.must(s.Write(x.ctx, func(d store.Deed) error {
					return d.Exec(`update person set email = $1, lang = 'ru' where id = $2`, c.person+"@example.org", c.person)
				}))
			}
			if c.confirm {
				x.must(s.Write(x.ctx, func(d store.Deed) error {
					return d.Exec(`update person set email_folded = $1 where id = $2`, c.person+"@example.org", c.person)
				}))
			}
			m := x.join(c.person, store.JoinRequest{Ticks: c.ticks})
			var err error
			if c.admit {
				_, err = s.Admit(x.ctx, "ann", x.id, m.ID, now)
			} else {
				err = s.Refuse(x.ctx, "ann", x.id, m.ID, now)
			}
			x.must(err)
			letters, err := s.Letters(x.ctx, "owner", "", "", 50)
			x.must(err)
			got := ""
			for _, l := range letters {
				if l.Person == account.PersonID(c.person) {
					got = l.Kind
					if l.To != c.person+"@example.org" || l.Lang != "ru" || l.Dialogue != x.id || l.Args["Link"] != "/ru/account" {
						t.Errorf("%s: the letter is %+v", c.person, l)
					}
				}
			}
			if got != c.want {
				t.Errorf("%s: got the letter %q, want %q", c.person, got, c.want)
			}
		}
	})
}

// A new declaration is announced to whoever takes part, agreed to be written to
// and has an address that they confirmed; to nobody twice a day.
func TestANewDeclarationIsAnnounced(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.Freely)
		contact := []dialogue.Tick{dialogue.TickRules, dialogue.TickContact}
		for person, ticks := range map[string][]dialogue.Tick{"both": contact, "untold": nil, "left": contact, "unproved": contact} {
			x.person(person)
			x.must(s.Write(x.ctx, func(d store.Deed) error {
				return d.Exec(`update person set email = $1, email_folded = $1, lang = 'ru' where id = $2 and id <> 'unproved'`, person+"@example.org", person)
			}))
			x.join(person, store.JoinRequest{Ticks: ticks})
		}
		x.must(s.ChangeTick(x.ctx, "ann", x.id, dialogue.TickContact, true, now))
		_, err := s.Leave(x.ctx, "left", x.id, true, now)
		x.must(err)
		for _, c := range []struct {
			at   time.Time
			want int
		}{{later, 1}, {later.Add(time.Hour), 1}, {later.Add(25 * time.Hour), 2}} {
			_, err := s.Declare(x.ctx, "ann", x.id, both("Be kinder.", "Будьте добрее."), "en", c.at)
			x.must(err)
			letters, err := s.Letters(x.ctx, "owner", "", "", 50)
			x.must(err)
			if len(letters) != c.want {
				t.Fatalf("after %v there are %d letters, want %d: %+v", c.at, len(letters), c.want, letters)
			}
			if l := letters[0]; l.Kind != "declaration-new" || l.Person != "both" || l.Lang != "ru" || l.Dialogue != x.id || l.Args["Link"] != "/ru/account" {
				t.Errorf("the letter is %+v", l)
			}
		}
	})
}
