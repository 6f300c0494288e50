package opinion_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"parley/dialogue"
	"parley/fault"
	"parley/opinion"
	"parley/writing"
)

var now = time.Date(2026, 11, 22, 15, 4, 5, 0, time.UTC)

func key(err error) string {
	if f, ok := fault.As(err); ok {
		return f.Key
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

func TestForWhomAnAnswerCounts(t *testing.T) {
	full := opinion.Facts{Sides: []dialogue.SideID{"N"}, Known: true, Opinions: true, Publication: true}
	for _, c := range []struct {
		name   string
		change func(f *opinion.Facts)
		want   opinion.Group
	}{
		{"of one side", func(f *opinion.Facts) {}, "N"},
		{"of several", func(f *opinion.Facts) { f.Sides = []dialogue.SideID{"N", "S"} }, opinion.Several},
		{"of none", func(f *opinion.Facts) { f.Sides = nil }, opinion.None},
		{"whom nobody knows", func(f *opinion.Facts) { f.Known = false }, opinion.Newcomer},
		{"neutral", func(f *opinion.Facts) { f.Neutral = true }, ""},
		{"opinions are not kept", func(f *opinion.Facts) { f.Opinions = false }, ""},
		{"results are not published", func(f *opinion.Facts) { f.Publication = false }, ""},
	} {
		f := full
		c.change(&f)
		if got := f.Group(); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestCast(t *testing.T) {
	voter := opinion.Voter{Sides: []dialogue.SideID{"N"}, Opinions: true, Group: "N"}
	card := opinion.Vote{Group: "N", Choice: opinion.Agree, Counts: true, Nonce: "spent"}
	page := opinion.Vote{Choice: opinion.Agree}
	later := opinion.Vote{Group: "N", Choice: opinion.Agree, Counts: true, Nonce: "spent", At: now.Add(time.Minute)}
	for _, c := range []struct {
		name   string
		state  writing.State
		closed bool
		voter  func(v *opinion.Voter)
		before opinion.Vote
		choice opinion.Choice
		nonce  string
		served time.Duration // after now
		want   opinion.Vote
		key    string
	}{
		{name: "by the card", choice: opinion.Pass, nonce: "one", want: opinion.Vote{Group: "N", Choice: opinion.Pass, Counts: true, Nonce: "one", At: now}},
		{name: "on its own page", choice: opinion.Pass, want: opinion.Vote{Choice: opinion.Pass, At: now}},
		{name: "changed anywhere", before: card, choice: opinion.Disagree, want: opinion.Vote{Group: "N", Choice: opinion.Disagree, Counts: true, Nonce: "spent", At: now}},
		{name: "the card comes after the page", before: page, choice: opinion.Agree, nonce: "one", want: opinion.Vote{Group: "N", Choice: opinion.Agree, Counts: true, Nonce: "one", At: now}},
		{name: "a page after the page", before: page, choice: opinion.Pass, want: opinion.Vote{Choice: opinion.Pass, At: now}},
		{name: "the same card twice", before: card, choice: opinion.Disagree, nonce: "spent", key: "opinion.token-spent"},
		{name: "a card from before the answer", before: later, choice: opinion.Disagree, nonce: "other", key: "opinion.token-spent"},
		{name: "a card from after the answer", before: later, choice: opinion.Agree, nonce: "other", served: time.Hour, want: opinion.Vote{Group: "N", Choice: opinion.Agree, Counts: true, Nonce: "other", At: now}},
		{name: "a card from before a withdrawal", voter: func(v *opinion.Voter) { v.Withdrew = now.Add(1) }, choice: opinion.Agree, nonce: "one", key: "opinion.token-spent"},
		{name: "no answer", choice: "maybe", nonce: "one", key: "opinion.choice"},
		{name: "closed", closed: true, choice: opinion.Agree, key: "opinion.no-more"},
		{name: "hidden", state: writing.Hidden, choice: opinion.Agree, key: "opinion.missing"},
		{name: "neutral", voter: func(v *opinion.Voter) { v.Neutral = true }, choice: opinion.Agree, key: "opinion.neutral"},
		{name: "no consent", voter: func(v *opinion.Voter) { v.Opinions = false }, choice: opinion.Agree, key: "opinion.tick"},
		{name: "counted for nobody", voter: func(v *opinion.Voter) { v.Group = "" }, choice: opinion.Agree, nonce: "one", want: opinion.Vote{Choice: opinion.Agree, Counts: true, Nonce: "one", At: now}},
	} {
		s := opinion.Statement{Closed: c.closed}
		s.State = writing.Shown
		if c.state != "" {
			s.State = c.state
		}
		v := voter
		if c.voter != nil {
			c.voter(&v)
		}
		got, err := s.Cast(v, c.before, opinion.Ballot{Choice: c.choice}, opinion.Served{Nonce: c.nonce, At: now.Add(c.served)}, now)
		if key(err) != c.key || got != c.want {
			t.Errorf("%s: got %+v, %v", c.name, got, err)
		}
	}
}

func TestMovedToAnotherGroup(t *testing.T) {
	for _, c := range []struct {
		name    string
		from    opinion.Group
		counts  bool
		to      opinion.Group
		want    opinion.Group
		wantsTo bool // counts
	}{
		{"who comes to be known takes it along", opinion.Newcomer, true, "N", "N", true},
		{"a consent that came late", "", true, "N", "N", true},
		{"answered on its own page", "", false, "N", "", false},
		{"another side", "N", true, "S", "", false},
		{"a consent withdrawn", "N", true, "", "", false},
		{"nothing", "N", true, "N", "N", true},
	} {
		got := opinion.Vote{Group: c.from, Choice: opinion.Agree, Counts: c.counts}.Moved(c.to)
		if got.Group != c.want || got.Counts != c.wantsTo || got.Choice != opinion.Agree {
			t.Errorf("%s: got %+v", c.name, got)
		}
	}
}

func TestWhatSomebodyExpectsOfWhom(t *testing.T) {
	d := dialogue.Dialogue{Sides: []dialogue.Side{{ID: "S"}, {ID: "N"}, {ID: "E"}}}
	others := opinion.Voter{Sides: []dialogue.SideID{"N"}}.Others(d)
	if len(others) != 2 || others[0] != "E" || others[1] != "S" {
		t.Fatalf("got %v", others)
	}
	answered := opinion.Answer{Choice: opinion.Agree, Guesses: []opinion.Guess{{About: "S", Of10: 3}}}
	for _, c := range []struct {
		name  string
		a     opinion.Answer
		about dialogue.SideID
		of10  int
		told  bool
		key   string
	}{
		{"before their own answer", opinion.Answer{}, "S", 3, false, "opinion.answer-first"},
		{"of their own side", answered, "N", 3, false, "opinion.guess-side"},
		{"eleven of ten", answered, "E", 11, false, "opinion.guess-range"},
		{"changed in time", answered, "S", 4, false, ""},
		{"changed too late", answered, "S", 4, true, "opinion.guess-late"},
		{"late and for the first time", answered, "E", 4, true, ""},
	} {
		if err := c.a.CheckGuess(others, c.about, c.of10, c.told); key(err) != c.key {
			t.Errorf("%s: got %v", c.name, err)
		}
	}
	if answered.Sees(others) {
		t.Error("the result is seen before all was said")
	}
	answered.Skipped = []dialogue.SideID{"E"}
	if !answered.Sees(others) {
		t.Error("whoever skips sees it, too")
	}
}

func TestTokens(t *testing.T) {
	secret := []byte("of the server")
	good := opinion.Serve(secret, "towns", 7, "m1", "nonce", now)
	spend := func(key []byte, d dialogue.ID, n writing.ID, m dialogue.MemberID, token string, at time.Time) bool {
		served, err := opinion.Spend(key, d, n, m, token, at)
		return err == nil && served.Nonce == "nonce" && served.At.Equal(now)
	}
	if !spend(secret, "towns", 7, "m1", good, now.Add(23*time.Hour)) {
		t.Error("a good token is refused")
	}
	for name, bad := range map[string]bool{
		"another server":    spend([]byte("other"), "towns", 7, "m1", good, now),
		"another dialogue":  spend(secret, "town", 7, "m1", good, now),
		"another statement": spend(secret, "towns", 71, "m1", good, now),
		"another member":    spend(secret, "towns", 7, "m", good, now),
		"too old":           spend(secret, "towns", 7, "m1", good, now.Add(26*time.Hour)),
		"from tomorrow":     spend(secret, "towns", 7, "m1", good, now.Add(-2*time.Hour)),
		"empty":             spend(secret, "towns", 7, "m1", "", now),
	} {
		if bad {
			t.Errorf("%s: accepted", name)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		i := rapid.IntRange(0, len(good)-1).Draw(t, "at")
		b := []byte(good)
		b[i] = rapid.SampledFrom([]byte("AZaz09-_.")).Draw(t, "sign")
		if string(b) != good && spend(secret, "towns", 7, "m1", string(b), now) {
			t.Errorf("%q is accepted", b)
		}
	})
}
