package store_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"parley/account"
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
		x.must(s.SendMessage(x.ctx, "", x.id, " clara@example.org ", " hello ", "ru", now))
		x.must(s.SendMessage(x.ctx, "", "", "", "to the owner", "ru", now.Add(1e9)))
		x.must(s.SendMessage(x.ctx, "clara", x.id, "", "from inside", "en", now.Add(2e9)))
		letters, err := s.Letters(x.ctx, "owner", "", "", 10)
		x.must(err)
		var got []string
		for _, l := range letters {
			got = append(got, strings.Join([]string{l.Kind, string(l.Dialogue), string(l.Person), l.To, l.Lang, l.Args["From"], l.Args["Message"]}, "|"))
		}
		slices.Sort(got)
		want := []string{
			"message-waits|towns|boris|boris@example.org|en||", "message-waits|towns|boris|boris@example.org|en||",
			"message|towns|||en|–|from inside", "message|towns|||ru|clara@example.org|hello", "message||||ru|–|to the owner",
		}
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
		// Every convener reads on the desk what was written to the dialogue, whether or
		// not they have an address; of letters they see that there are some.
		for _, convener := range []account.PersonID{"ann", "boris"} {
			messages, err := s.Messages(x.ctx, convener, x.id, "", 10)
			x.must(err)
			if len(messages) != 2 || messages[0].Text != "from inside" || messages[1].Text != "hello" || messages[1].From != "clara@example.org" || messages[1].Lang != "ru" {
				t.Errorf("%s reads %+v", convener, messages)
			}
			next, err := s.Messages(x.ctx, convener, x.id, messages[0].ID, 10)
			x.must(err)
			if len(next) != 1 || next[0] != messages[1] {
				t.Errorf("the second page holds %+v", next)
			}
		}
		seen, err := s.Letters(x.ctx, "ann", x.id, "", 10)
		x.must(err)
		if len(seen) != 2 || seen[0].Kind != "message-waits" || seen[0].To != "" || seen[0].Person != "" || seen[0].Args != nil {
			t.Errorf("the convener sees %+v", seen)
		}
		_, err = s.Messages(x.ctx, "clara", x.id, "", 10)
		wantFault(t, err, fault.Denied, "dialogue.denied")
		everything, err := s.Everything(x.ctx, "clara", "en", now)
		x.must(err)
		if len(everything.Mail) != 1 || everything.Mail[0].Text != "from inside" {
			t.Errorf("who wrote it takes home %+v", everything.Mail)
		}
		_, err = s.Letters(x.ctx, "clara", x.id, "", 10)
		wantFault(t, err, fault.Denied, "dialogue.denied")
	})
}

// What somebody wrote while signed in goes with them.
func TestMessagesGoWithTheirAuthor(t *testing.T) {
	for name, goes := range map[string]func(x *society, m dialogue.MemberID) error{
		"leaving": func(x *society, _ dialogue.MemberID) error {
			_, err := x.Leave(x.ctx, "clara", x.id, true, now)
			return err
		},
		"removal": func(x *society, m dialogue.MemberID) error { return x.RemoveTraces(x.ctx, "ann", x.id, m, now) },
		"erasure": func(x *society, _ dialogue.MemberID) error { return x.Erase(x.ctx, "clara", true, now) },
		"time":    func(x *society, _ dialogue.MemberID) error { return x.Forget(x.ctx, now.Add(31*24*time.Hour)) },
	} {
		t.Run(name, func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, s *store.Store) {
				x := found(t, s, dialogue.ByInvitation)
				m := x.seat("clara", dialogue.Participant, "")
				reachable(x, "ann")
				x.must(s.SendMessage(x.ctx, "clara", x.id, "", "Canary", "en", now))
				x.must(s.SendMessage(x.ctx, "", x.id, "", "a stranger's", "en", now.Add(24*time.Hour*2)))
				x.must(goes(x, m.ID))
				left, err := s.Messages(x.ctx, "ann", x.id, "", 10)
				x.must(err)
				if len(left) != 1 || left[0].Text != "a stranger's" {
					t.Errorf("the desk reads %+v", left)
				}
				if found := x.traces("Canary"); found != nil {
					t.Errorf("left behind: %q", found)
				}
			})
		})
	}
}

func TestMessagesThatCannotBe(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t))
	x := found(t, s, dialogue.ByInvitation)
	wantFault(t, s.SendMessage(x.ctx, "", x.id, "", " \n ", "en", now), fault.Invalid, "store.message-length")
	wantFault(t, s.SendMessage(x.ctx, "", x.id, "", strings.Repeat("ж", store.MaxMessage+1), "en", now), fault.Invalid, "store.message-length")
	wantFault(t, s.SendMessage(x.ctx, "", x.id, "two\nlines", "hello", "en", now), fault.Invalid, "store.message-from")
	wantFault(t, s.SendMessage(x.ctx, "", "nowhere", "", "hello", "en", now), fault.Missing, "store.no-dialogue")
}
