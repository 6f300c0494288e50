package web

import (
	"encoding/base64"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"parley/account"
	"parley/dialogue"
	"parley/store"
)

func TestOnesOwnMembership(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	b := x.as(dialogue.Participant)
	doc := b.post("/en/river/me/name", "pseudonym", "Grey heron")
	if got := toldOf(doc, "Pseudonym"); got != "Grey heron" {
		t.Errorf("pseudonym %q", got)
	}
	rec := b.send("/en/river/me/name", formOf("pseudonym", "x"))
	doc = b.post("/en/river/me/name", "pseudonym", "x")
	if rec.Code != http.StatusBadRequest || doc.Find("#pseudonym").AttrOr("value", "") != "x" || doc.Find("#pseudonym[aria-invalid]").Length() != 1 {
		t.Errorf("a bad name answers %d and forgets what was typed", rec.Code)
	}
	if words(doc.Find("#pseudonym-wrong")) == "" || !strings.Contains(doc.Find("#pseudonym").AttrOr("aria-describedby", ""), "pseudonym-wrong") {
		t.Error("the mistake does not stand beside the field")
	}
	for _, c := range []struct {
		sides []string
		want  string
	}{{[]string{"W"}, "One side"}, {[]string{"W", "E"}, "Several sides"}, {nil, "No side"}} {
		var form []string
		for _, s := range c.sides {
			form = append(form, "side", s)
		}
		doc = b.post("/en/river/me/sides", form...)
		if got := toldOf(doc, "How you are counted"); !strings.HasPrefix(got, c.want) {
			t.Errorf("%v: %q", c.sides, got)
		}
	}
	if got := b.post("/en/river/me/sides", "side", "nowhere"); words(got.Find(".wrongs")) == "" {
		t.Error("a side that is none was taken")
	}
}

func TestConsentsAreGivenAndWithdrawnOneByOne(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	b := x.as(dialogue.Participant)
	ticked := func(form ...string) []string {
		t.Helper()
		var out []string
		doc := b.post("/en/river/me/ticks", form...)
		for _, box := range doc.Find("input[name=tick][checked]").EachIter() {
			out = append(out, box.AttrOr("value", ""))
		}
		return out
	}
	if got := ticked("tick", "rules", "tick", "opinions", "tick", "contact"); !slices.Equal(got, []string{"rules", "opinions", "contact"}) {
		t.Errorf("given: %v", got)
	}
	if got := ticked("tick", "rules", "tick", "contact"); !slices.Equal(got, []string{"rules", "contact"}) {
		t.Errorf("withdrawn: %v", got)
	}
	doc := b.open("/en/river/me")
	if got := words(doc.Find("section[aria-labelledby=ticks-title] details")); !strings.Contains(got, "My opinions may be kept and analysed: given") || !strings.Contains(got, "Withdrawn") {
		t.Errorf("the history is %q", got)
	}
	doc = b.post("/en/river/me/ticks", "tick", "contact")
	if got := words(doc.Find(".wrongs")); !strings.Contains(got, "leave the dialogue") {
		t.Errorf("the rules were withdrawn: %q", got)
	}
}

func TestRecommendationsAreMadeByNameAndTakenBack(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	x.as(dialogue.Delegate).post("/en/river/me/name", "pseudonym", "Kingfisher")
	b := x.as(dialogue.Participant)
	if got := words(b.open("/en/river/me").Find("section[aria-labelledby=recommend-title]")); !strings.Contains(got, "You have 5 recommendations left.") {
		t.Errorf("the budget: %q", got)
	}
	doc := b.post("/en/river/me/recommend", "recommend", "Kingfisher")
	section := doc.Find("section[aria-labelledby=recommend-title]")
	if got := words(section); !strings.Contains(got, "You have 4 recommendations left.") || !strings.Contains(got, "Kingfisher") {
		t.Errorf("after one: %q", got)
	}
	for _, name := range []string{"Nobody of that name", toldOf(doc, "Pseudonym")} {
		doc := b.post("/en/river/me/recommend", "recommend", name)
		if words(doc.Find("#recommend-wrong")) == "" || doc.Find("#recommend").AttrOr("value", "") != name {
			t.Errorf("%q was recommended, or forgotten", name)
		}
	}
	doc = b.post("/en/river/me/unrecommend", "member", section.Find("input[name=member]").AttrOr("value", ""))
	if got := words(doc.Find("section[aria-labelledby=recommend-title]")); !strings.Contains(got, "You have 5 recommendations left.") || strings.Contains(got, "Kingfisher") {
		t.Errorf("after taking it back: %q", got)
	}
	if n := x.as(dialogue.Observer).open("/en/river/me").Find("#recommend").Length(); n != 0 {
		t.Error("an observer may recommend")
	}
}

// Whose answer tells that somebody goes by a name is not asked often.
func TestNamesAreTriedSlowly(t *testing.T) {
	for _, c := range []struct {
		address, field string
		role           dialogue.Role
		rate           account.Rate
	}{
		{"/en/river/me/recommend", "recommend", dialogue.Participant, account.RateRecommend},
		{"/en/river/me/name", "pseudonym", dialogue.Participant, account.RatePseudonym},
		{"/en/river/join", "pseudonym", dialogue.Holder, account.RatePseudonym},
	} {
		x := newSociety(t, Config{Limiter: account.NewLimiter(1)}, nil)
		b := x.as(c.role)
		// "Moderator" is nobody's name and can be nobody's.
		form := formOf(c.field, "Moderator", "version", "1", "read", "en", "tick", string(dialogue.TickRules), "side", "W")
		for n := range c.rate.Burst {
			if got := b.send(c.address, form).Code; got < 400 || got == http.StatusTooManyRequests {
				t.Fatalf("%s: name %d: %d", c.address, n, got)
			}
		}
		rec := b.send(c.address, form)
		if wait := rec.Header().Get("Retry-After"); rec.Code != http.StatusTooManyRequests || wait == "" || wait == "1" {
			t.Errorf("%s: one more: %d, wait %q", c.address, rec.Code, wait)
		}
		if got := x.as(dialogue.Delegate).send("/en/river/me/name", formOf("pseudonym", "Kingfisher")).Code; got != http.StatusSeeOther {
			t.Errorf("%s: somebody else has to wait: %d", c.address, got)
		}
	}
}

func TestLeavingGivesAnExitInWriting(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	x.configured(func(c *dialogue.Configured) {
		c.Exit, c.Contact = both("We keep **nothing**.", "Мы ничего не храним."), both("The porter", "Привратник")
	})
	b := x.as(dialogue.Participant)
	name := toldOf(b.open("/en/river/me"), "Pseudonym")
	doc := b.open("/en/river/me/leave")
	if doc.Find("input[name=written]").Length() != 2 || doc.Find("input[name=written][checked]").Length() != 0 {
		t.Error("what becomes of the texts is not asked, or is decided in advance")
	}
	if got := b.post("/en/river/me/leave"); words(got.Find(".wrongs")) != "Choose one of the two." {
		t.Errorf("without a choice: %s", words(got.Find("main")))
	}
	doc = b.post("/en/river/me/leave", "written", "keep")
	text := words(doc.Find("article.exit"))
	for _, want := range []string{"You have left", "A river", name, "We keep nothing.", "The porter", "cannot be taken back"} {
		if !strings.Contains(text, want) {
			t.Errorf("the exit lacks %q: %s", want, text)
		}
	}
	file := doc.Find("a[download]")
	plain, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(file.AttrOr("href", ""), "data:text/plain;charset=utf-8;base64,"))
	if err != nil || !strings.Contains(string(plain), "You took part under the pseudonym: "+name) || !strings.Contains(string(plain), "We keep **nothing**.") {
		t.Errorf("the file: %v %q", err, plain)
	}
	if got := b.send("/en/river/me", nil).Code; got != http.StatusForbidden {
		t.Errorf("who left still has a membership: %d", got)
	}
	last := x.as(dialogue.Convener).post("/en/river/me/leave", "written", "keep")
	if got := words(last.Find(".wrongs")); !strings.Contains(got, "the only convener") {
		t.Errorf("the last convener left: %s", words(last.Find("main")))
	}
	if last.Find("input[value=keep][checked]").Length() != 1 {
		t.Error("the choice is forgotten")
	}
}

func TestMembersSeeOneAnotherOnlyWhereTheRosterIsOpen(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	b := x.as(dialogue.Participant)
	if got := b.send("/en/river/members", nil).Code; got != http.StatusForbidden {
		t.Errorf("a closed roster answers %d", got)
	}
	if b.open("/en/river").Find(`nav.pages a[href="/en/river/members"]`).Length() != 0 {
		t.Error("the way to a closed roster is shown")
	}
	x.configured(func(c *dialogue.Configured) { c.Roster = dialogue.RosterMembers })
	doc := b.open("/en/river/members")
	if doc.Find(".people > li").Length() < 8 || b.open("/en/river").Find(`nav.pages a[href="/en/river/members"]`).Length() != 1 {
		t.Errorf("the open roster shows %d", doc.Find(".people > li").Length())
	}
	if strings.Contains(words(doc.Find("main")), "person-") {
		t.Error("the name of an account is shown")
	}
	told := func(doc *goquery.Document) (list []string) {
		doc.Find(".people > li").Each(func(_ int, li *goquery.Selection) { list = append(list, words(li)) })
		return list
	}
	for _, rule := range []dialogue.Rule{dialogue.Public, dialogue.Members, dialogue.NonAttribution, dialogue.OffTheRecord} {
		x.configured(func(c *dialogue.Configured) { c.Rule = rule })
		members, convener := told(b.open("/en/river/members")), told(x.as(dialogue.Convener).open("/en/river/desk/members"))
		if !slices.Equal(members, convener) || !strings.Contains(strings.Join(members, "\n"), "West") {
			t.Errorf("%s: a member sees %q, the convener %q", rule, members, convener)
		}
	}
}

// Who chose no name is the same number to everybody, with a word of the reader's
// language, so that the name tells nobody which language its bearer reads.
func TestANumberStandsWithTheReadersWord(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	x.configured(func(c *dialogue.Configured) { c.Roster = dialogue.RosterMembers })
	x.enter(dialogue.Holder, store.JoinRequest{})
	mine, err := x.Store.Mine(t.Context(), x.people[dialogue.Holder], x.dialogue)
	x.must(err)
	number := string(mine.Pseudonym)
	if strings.Trim(number, "0123456789") != "" {
		t.Fatalf("%q is kept", number)
	}
	b := x.as(dialogue.Holder)
	for lang, name := range map[string]string{"en": "Participant " + number, "ru": "Участник " + number} {
		for _, page := range []string{"/river/members", "/river/desk/members"} {
			doc := x.as(dialogue.Convener).open("/" + lang + page)
			if got := texts(doc.Find(".people .who")); !slices.Contains(got, name) {
				t.Errorf("%s%s shows %q", lang, page, got)
			}
		}
		doc := b.open("/" + lang + "/river/me")
		if got := doc.Find("#pseudonym").AttrOr("value", ""); got != name {
			t.Errorf("%s: one's own name is %q", lang, got)
		}
		if doc = b.post("/"+lang+"/river/me/name", "pseudonym", name); doc.Find(".wrongs").Length() != 0 {
			t.Errorf("%s: one's own number is refused: %s", lang, words(doc.Find(".wrongs")))
		}
		if doc = x.as(dialogue.Participant).post("/"+lang+"/river/me/name", "pseudonym", name); doc.Find(".wrongs").Length() == 0 {
			t.Errorf("%s: another's number was taken", lang)
		}
	}
	doc := x.as(dialogue.Participant).post("/en/river/me/recommend", "recommend", "участник "+number)
	if got := words(doc.Find("main")); !strings.Contains(got, "Participant "+number) {
		t.Errorf("the one recommended stands there as %s", got)
	}
	doc = b.post("/ru/river/me/leave", "written", "keep")
	if got := words(doc.Find("main")); !strings.Contains(got, "Участник "+number) {
		t.Errorf("the exit names %s", got)
	}
}
