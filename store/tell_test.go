package store_test

import (
	"testing"

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
					if l.To != c.person+"@example.org" || l.Lang != "ru" || l.Dialogue != x.id || l.Args["Link"] != "/ru/towns" {
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
