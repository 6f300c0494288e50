package store_test

import (
	"slices"
	"strings"
	"testing"

	"parley/dialogue"
	"parley/fault"
	"parley/store"
	"parley/store/storetest"
)

// reachable gives an account a confirmed address.
func reachable(x *society, person string) {
	x.must(x.Write(x.ctx, func(d store.Deed) error {
		return d.Exec(`update person set email = $2, email_folded = $2 where id = $1`, person, person+"@example.org")
	}))
}

func TestAMessageReachesThoseWhoRunIt(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := found(t, s, dialogue.ByInvitation)
		x.seat("boris", dialogue.Convener, "")
		x.seat("clara", dialogue.Participant, "")
		reachable(x, "boris")
		reachable(x, "clara")
		x.must(s.SendMessage(x.ctx, x.id, " clara@example.org ", " hello ", "ru", now))
		x.must(s.SendMessage(x.ctx, "", "", "to the owner", "ru", now.Add(1e9)))
		letters, err := s.Letters(x.ctx, "owner", "", "", 10)
		x.must(err)
		var got []string
		for _, l := range letters {
			got = append(got, strings.Join([]string{string(l.Dialogue), string(l.Person), l.To, l.Lang, l.Args["From"], l.Args["Message"]}, "|"))
		}
		want := []string{"|||ru|–|to the owner", "towns|boris|boris@example.org|en|clara@example.org|hello"}
		if !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
		// The convener sees that there are letters of the dialogue, and no more.
		seen, err := s.Letters(x.ctx, "ann", x.id, "", 10)
		x.must(err)
		if len(seen) != 1 || seen[0].Kind != "message" || seen[0].To != "" || seen[0].Person != "" || seen[0].Args != nil {
			t.Errorf("the convener sees %+v", seen)
		}
		_, err = s.Letters(x.ctx, "clara", x.id, "", 10)
		wantFault(t, err, fault.Denied, "dialogue.denied")
	})
}

func TestMessagesThatCannotBe(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	x := found(t, s, dialogue.ByInvitation)
	wantFault(t, s.SendMessage(x.ctx, x.id, "", " \n ", "en", now), fault.Invalid, "store.message-length")
	wantFault(t, s.SendMessage(x.ctx, x.id, "", strings.Repeat("ж", store.MaxMessage+1), "en", now), fault.Invalid, "store.message-length")
	wantFault(t, s.SendMessage(x.ctx, x.id, "two\nlines", "hello", "en", now), fault.Invalid, "store.message-from")
	wantFault(t, s.SendMessage(x.ctx, "nowhere", "", "hello", "en", now), fault.Missing, "store.no-dialogue")
}
