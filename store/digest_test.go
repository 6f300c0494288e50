package store_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/notice"
	"parley/store"
	"parley/store/storetest"
)

// letters takes every letter that may go at that time out of the outbox.
func (x *society) letters(at time.Time) (out []store.Letter) {
	x.t.Helper()
	for {
		l, err := x.NextLetter(x.ctx, at)
		x.must(err)
		if l == nil {
			return out
		}
		x.must(x.SentLetter(x.ctx, l.ID, at))
		out = append(out, *l)
		slices.SortStableFunc(out, func(a, b store.Letter) int { return int(a.Notices[0].ID - b.Notices[0].ID) })
	}
}

func titles(l store.Letter) string {
	var out []string
	for _, n := range l.Notices {
		out = append(out, fmt.Sprintf("%s %s", n.Event.Kind, n.Title))
	}
	return strings.Join(out, "; ")
}

// A letter at once waits for the end of quiet hours in the reader's zone, and says
// then what may be read then.
func TestALetterAtOnceWaitsForTheMorning(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := forumed(t, s)
		x.writable("sara", "lone")
		x.must(s.ChangeProfile(x.ctx, "sara", "ru", "Asia/Kamchatka"))
		x.must(s.SetNotices(x.ctx, "lone", notice.Settings{Every: notice.Never, Letters: true}, now))
		x.follows("sara", 0, notice.All)
		x.follows("lone", 0, notice.All)
		evening := time.Date(2026, 7, 1, 11, 0, 0, 0, time.UTC) // 23:00 there
		p, q := x.problem("nora", "The bridge"), x.problem("nora", "The river")
		x.must(s.Translate(x.ctx, "twin", x.id, p, "ru", "Мост", "О мосте.", 1, now))
		x.spread(evening)
		if got := x.letters(evening); len(got) != 3 || !strings.HasPrefix(got[0].To, "lone@") {
			t.Fatalf("got %+v", got)
		}
		x.must(s.Withdraw(x.ctx, "nora", x.id, q, now))
		if got := x.letters(evening.Add(8*time.Hour - time.Minute)); len(got) != 0 {
			t.Errorf("at night came %+v", got)
		}
		got := x.letters(evening.Add(8 * time.Hour))
		if len(got) != 1 || got[0].To != "sara@example.org" || got[0].Lang != "ru" || got[0].Kind != store.DigestLetter || titles(got[0]) != "wrote Мост; translated Мост" {
			t.Fatalf("got %+v: what happened in the night comes in one letter", got)
		}
		if got[0].Unsubscribe == "" {
			t.Error("the letter cannot be answered with no more")
		}
		if left := number(t, s, "select count(1) from letter where kind in ('notice', 'digest') and state = 'waiting'"); left != 0 {
			t.Errorf("%d letters wait that have nothing to say", left)
		}
	})
}

// Without consent, without an address, without letters: no letters, and the bell
// all the same.
func TestWhoGetsNoLetters(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := forumed(t, s)
		x.writable("sara", "lone", "nils")
		noon := time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)
		for _, who := range []string{"sara", "lone", "nils", "twin"} {
			x.follows(who, 0, notice.All)
		}
		x.must(s.ChangeTick(x.ctx, "lone", x.id, dialogue.TickContact, false, now))
		off := notice.DefaultSettings()
		off.Letters = false
		x.must(s.SetNotices(x.ctx, "nils", off, now))
		x.problem("nora", "The bridge")
		x.spread(noon)
		// Consent that is taken back before a letter went out counts for that letter.
		x.must(s.ChangeTick(x.ctx, "sara", x.id, dialogue.TickContact, false, now))
		if got := x.letters(noon); len(got) != 0 {
			t.Errorf("got %+v", got)
		}
		for _, who := range []string{"sara", "lone", "nils", "twin"} {
			x.hears(who, "wrote #1 dialogue!")
		}
		x.must(s.ChangeTick(x.ctx, "sara", x.id, dialogue.TickContact, true, now))
		x.problem("nora", "The control")
		x.spread(noon)
		if got := x.letters(noon); len(got) != 1 || titles(got[0]) != "wrote The control" {
			t.Errorf("the control: got %+v", got)
		}
	})
}

// More than twenty letters a day nobody gets: the rest comes with the digest.
func TestLettersAtOnceAreFew(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := forumed(t, s)
		x.writable("lone")
		x.follows("lone", 0, notice.All)
		noon := time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)
		p := x.problem("nora", "The bridge")
		for i := range 24 {
			x.comment("sara", p, 0, fmt.Sprint("Comment ", i))
		}
		x.spread(noon)
		if got := len(x.letters(noon)); got != 20 {
			t.Errorf("%d letters", got)
		}
		morning := time.Date(2026, 7, 2, 8, 0, 0, 0, time.UTC)
		x.must(s.SendDigests(x.ctx, morning))
		if got := x.letters(morning); len(got) != 1 || got[0].Kind != store.DigestLetter || len(got[0].Notices) != 5 {
			t.Errorf("got %+v", got)
		}
	})
}

// The digest goes at its hour, holds what was not read meanwhile, goes once, and
// nothing of it is sent twice.
func TestDigestsGoAtTheirHour(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := forumed(t, s)
		x.writable("sara", "lone", "twin")
		x.must(s.ChangeProfile(x.ctx, "sara", "ru", "America/New_York"))
		for _, who := range []string{"sara", "lone", "twin"} {
			x.follows(who, 0, notice.Digest)
		}
		weekly := notice.DefaultSettings()
		weekly.Every = notice.Weekly
		x.must(s.SetNotices(x.ctx, "lone", weekly, now))
		at := time.Date(2026, 3, 7, 18, 0, 0, 0, time.UTC) // a Saturday; that night clocks go forward in New York
		x.problem("nora", "The bridge")
		x.spread(at)
		x.problem("nora", "The river")
		x.spread(at.Add(time.Minute))
		list, err := s.Notices(x.ctx, "twin", "en", 0, 10)
		x.must(err)
		x.must(s.ReadNotices(x.ctx, "twin", list[1].ID, at)) // the older one
		digests := func(at time.Time) string {
			x.t.Helper()
			x.must(s.SendDigests(x.ctx, at))
			x.must(s.SendDigests(x.ctx, at))
			var out []string
			for _, l := range x.letters(at) {
				out = append(out, string(l.Person)+" "+l.Lang+": "+titles(l))
			}
			return strings.Join(out, " | ")
		}
		for _, c := range []struct {
			at   time.Time
			want string
		}{
			{at.Add(time.Hour), ""},
			{time.Date(2026, 3, 8, 8, 0, 0, 0, time.UTC), "twin en: wrote The river"},
			{time.Date(2026, 3, 8, 11, 59, 0, 0, time.UTC), ""},
			{time.Date(2026, 3, 8, 12, 0, 0, 0, time.UTC), "sara ru: wrote The bridge; wrote The river"}, // 8:00 in summer time
			{time.Date(2026, 3, 8, 18, 0, 0, 0, time.UTC), ""},
			{time.Date(2026, 3, 9, 8, 0, 0, 0, time.UTC), "lone en: wrote The bridge; wrote The river"}, // a Monday
			{time.Date(2026, 3, 16, 8, 0, 0, 0, time.UTC), ""},
		} {
			if got := digests(c.at); got != c.want {
				t.Errorf("at %s: got %q, want %q", c.at, got, c.want)
			}
		}
	})
}

func TestALongDigestSaysHowMuchIsLeftOut(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := forumed(t, s)
		x.writable("lone")
		x.follows("lone", 0, notice.Digest)
		p := x.problem("nora", "The bridge")
		for i := range store.MostDigest + 2 {
			x.comment("sara", p, 0, fmt.Sprint("Comment ", i))
		}
		at := time.Date(2026, 7, 1, 7, 0, 0, 0, time.UTC)
		x.spread(at)
		x.must(s.SendDigests(x.ctx, at.Add(time.Hour)))
		outbox, err := s.Letters(x.ctx, "owner", "", "", 10)
		x.must(err)
		if len(outbox) != 1 || len(outbox[0].Notices) != store.MostDigest || outbox[0].Args["More"] != "3" || outbox[0].Unsubscribe != "" {
			t.Errorf("the outbox shows %+v", outbox)
		}
		desk, err := s.Letters(x.ctx, "ann", x.id, "", 10)
		x.must(err)
		if len(desk) != 0 {
			t.Errorf("a convener sees %+v: who hears of what is not theirs", desk)
		}
	})
}

// A letter's secret ends letters, however often, for sixty days, and tells nobody
// whether it is good.
func TestOneClickEndsLetters(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		x := forumed(t, s)
		x.writable("lone")
		x.follows("lone", 0, notice.All)
		noon := time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)
		send := func(title string) []store.Letter {
			x.problem("nora", title)
			x.spread(noon)
			return x.letters(noon)
		}
		first := send("The bridge")
		if len(first) != 1 {
			t.Fatalf("got %+v", first)
		}
		secret := first[0].Unsubscribe
		if number(t, s, "select count(1) from unsubscribe where digest = $1", secret) != 0 || number(t, s, "select count(1) from letter where args like '%' || $1 || '%'", secret) != 0 {
			t.Error("the secret itself is kept")
		}
		x.must(s.Unsubscribe(x.ctx, "no such secret", noon))
		x.must(s.Unsubscribe(x.ctx, strings.Repeat("x", 10_000), noon))
		if len(send("Still")) != 1 {
			t.Error("a secret that is none ended letters")
		}
		x.problem("nora", "On its way")
		x.spread(noon)
		for range 3 {
			x.must(s.Unsubscribe(x.ctx, secret, noon.Add(59*24*time.Hour)))
		}
		if got := send("No more"); len(got) != 0 {
			t.Errorf("got %+v", got)
		}
		settings, err := s.NoticeSettings(x.ctx, "lone")
		x.must(err)
		want := notice.DefaultSettings()
		want.Letters, want.Revision = false, settings.Revision
		if settings != want {
			t.Errorf("got %+v, want %+v", settings, want)
		}
		x.must(s.SetNotices(x.ctx, "lone", notice.DefaultSettings(), noon))
		x.must(s.Unsubscribe(x.ctx, secret, noon.Add(61*24*time.Hour)))
		if len(send("Again")) != 1 {
			t.Error("a secret that is too old ended letters")
		}
		x.must(s.Forget(x.ctx, noon.Add(61*24*time.Hour)))
		if got := number(t, s, "select count(1) from unsubscribe"); got != 0 {
			t.Errorf("%d secrets are left", got)
		}
	})
}

func TestFeedKeys(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		ctx := context.Background()
		ann, bob := holder(t, s, "ann", false), holder(t, s, "bob", false)
		reader := func(key string) account.PersonID {
			who, err := s.FeedReader(ctx, key, now)
			must(t, err)
			return who
		}
		key := func(renew bool) string {
			k, err := s.FeedKey(ctx, ann, renew, now)
			must(t, err)
			return k
		}
		if key(false) != "" {
			t.Error("there is a key that nobody made")
		}
		first := key(true)
		if key(false) != first || reader(first) != ann {
			t.Errorf("got %q, whose is %q", key(false), reader(first))
		}
		second := key(true)
		if reader(first) != "" || reader(second) != ann || first == second {
			t.Error("another key leaves the old one good")
		}
		if reader("") != "" || reader("x") != "" {
			t.Error("a key that is none is somebody's")
		}
		must(t, s.EndFeedKey(ctx, bob))
		if reader(second) != ann {
			t.Error("somebody else's end ended it")
		}
		must(t, s.EndFeedKey(ctx, ann))
		if reader(second) != "" || key(false) != "" {
			t.Error("a key that was ended is good")
		}
	})
}
