package web

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"parley/dialogue"
	"parley/i18n"
	"parley/opinion"
	"parley/writing"
)

// page is the address of a statement.
func (x *chorus) page(n writing.ID) string { return "/en/river/statement/" + itemNumber(n) }

// sendCard answers the card that the page shows.
func (x *chorus) sendCard(b *browser, doc *goquery.Document, choice opinion.Choice) *goquery.Document {
	x.t.Helper()
	form := doc.Find(".ballot form")
	value := func(name string) string { return form.Find("input[name="+name+"]").AttrOr("value", "") }
	return b.post("/en/river/vote", "item", value("item"), "token", value("token"), "under", value("under"), "choice", string(choice))
}

func TestTheCardSaysWhoSeesAnAnswerBeforeItsButtons(t *testing.T) {
	x := readChorus(t)
	b := x.by("W12")
	for lang, seen := range map[string]string{"en": "nobody sees your answer", "ru": "ваш ответ не увидит никто"} {
		doc := b.open("/" + lang + "/river/vote")
		text, _ := doc.Find("main").Html()
		at, button := strings.Index(text, seen), strings.Index(text, `name="choice"`)
		if at < 0 || button < at {
			t.Errorf("%s: said at %d, the first button stands at %d", lang, at, button)
		}
		if !strings.Contains(words(doc.Find(".seen")), strconv.Itoa(opinion.FirstTotal)) {
			t.Errorf("%s: it does not say when totals appear", lang)
		}
		var values []string
		for _, c := range doc.Find(".choices button").EachIter() {
			values = append(values, c.AttrOr("value", ""))
		}
		if !slices.Equal(values, []string{"agree", "disagree", "pass"}) {
			t.Errorf("%s: the buttons are %q", lang, values)
		}
		if doc.Find("input[name=matters]").Length() != 1 || doc.Find("input[name=token]").AttrOr("value", "") == "" {
			t.Errorf("%s: the card lacks its box or its token", lang)
		}
		if got := words(doc.Find("#keys")); !strings.Contains(got, "1 2 3") || doc.Find("script[src*='keys.']").Length() != 1 {
			t.Errorf("%s: the keys of the answers are not named: %s", lang, got)
		}
		// Who presses Enter in the box answers nothing by it.
		if first := doc.Find(".ballot form button").First(); first.AttrOr("disabled", "no") == "no" {
			t.Errorf("%s: the first button of the form answers", lang)
		}
		if got := words(doc.Find("h1")); !strings.Contains(got, "2") || !strings.Contains(got, "3") {
			t.Errorf("%s: the heading is %q", lang, got)
		}
		if doc.Find("a[href*='after=']").Length() != 1 {
			t.Errorf("%s: nothing can be skipped", lang)
		}
	}
}

// The whole way: answer, expect, skip, see.
func TestAnAnswerLeadsThroughExpectationsToTheResult(t *testing.T) {
	x := newChorus(t, Config{})
	b := x.by("W12")
	doc := b.open("/en/river/vote?under=" + x.option)
	doc = x.sendCard(b, doc, opinion.Disagree)
	if n := doc.Find("input[type=radio][name=of10]").Length(); n != 11 {
		t.Fatalf("%d steps, want 0 to 10: %s", n, words(doc.Find("main")))
	}
	if got := words(doc.Find("legend")); !strings.Contains(got, "Easton") || !strings.Contains(got, "1 of 2") {
		t.Errorf("asked %q", got)
	}
	if doc.Find("main svg.chart, main .chart-strip").Length() != 0 || strings.Contains(words(doc.Find("main")), "agreed") {
		t.Error("figures stand beside the question")
	}
	expect := x.page(x.nearly) + "/expect"
	if doc = b.post(expect, "about", "E", "under", x.option); !strings.Contains(words(doc.Find(".wrongs")), "Choose a number") {
		t.Errorf("nothing chosen: %s", words(doc.Find("main")))
	}
	doc = b.post(expect, "about", "E", "of10", "9", "under", x.option)
	if got := words(doc.Find("legend")); !strings.Contains(got, "Norton") {
		t.Fatalf("then asked %q", got)
	}
	doc = b.post(expect, "about", "N", "skip", "one", "under", x.option)
	if got := texts(doc.Find(".about-side h2 .side-name")); !slices.Equal(got, []string{"Easton", "Norton"}) {
		t.Fatalf("the result is about %q: %s", got, words(doc.Find("main")))
	}
	first := words(doc.Find(".about-side").First())
	for _, want := range []string{"12 participants here who answered, 2 agreed", "You expected 9 of 10", "not a survey of a country"} {
		if !strings.Contains(first, want) {
			t.Errorf("the result lacks %q: %s", want, first)
		}
	}
	if second := words(doc.Find(".about-side").Last()); strings.Contains(second, "You expected") {
		t.Errorf("a skipped side has an expectation: %s", second)
	}
	if got := doc.Find(".next a").AttrOr("href", ""); !strings.Contains(got, "under=") {
		t.Errorf("next leads to %q", got)
	}
}

// bankHall is the dialogue as somebody reads it who is not signed in.
func bankHall(lang string) *hall {
	h := &hall{visit: &visit{}, lang: lang, words: i18n.For(lang)}
	h.d.Dialogue = threeBanks().Dialogue
	h.sides = seated(h.d.Dialogue, lang)
	return h
}

func TestReasonsComeFirstWhereItIsWorseThanExpected(t *testing.T) {
	h := bankHall("en")
	shared := opinion.Shared{Contribution: writing.Contribution{Lang: "en", HTML: "<p>It brings carts.</p>"}, Side: "E", Choice: opinion.Disagree}
	about := opinion.ResultAbout{Side: "E", Figures: &opinion.Figures{Group: "E", N: 12, Agree: 2, Disagree: 10, Matters: -1}, Middle: 2, Reasons: []opinion.Shared{shared}}
	if got := h.aboutView(about); got.Worse || len(got.Reasons) != 1 {
		t.Errorf("as expected: %+v", got)
	}
	about.Worse = true
	if got := h.aboutView(about); !got.Worse {
		t.Errorf("worse than expected: %+v", got)
	}
	about.Reasons = nil
	if got := h.aboutView(about); got.Worse || got.NoReason == "" {
		t.Errorf("nobody said why: %+v", got)
	}
}

// Every number about a statement comes from what is told, and who has still to
// answer gets none of it: no word, no picture, no table, nowhere.
func TestNothingIsToldBeforeOnesOwnAnswer(t *testing.T) {
	x := readChorus(t)
	row := "#s-" + itemNumber(x.nearly)
	figure := func(b *browser) int {
		list := b.open("/en/river/statements").Find(row + " .groups li").Length()
		own := b.open(x.page(x.nearly)).Find("#said .chart, #said table, #said .groups").Length()
		topic := b.open("/en/river/topic/bridge").Find(".support .groups li").Length()
		known := b.open("/en/river/knowing").Find("a[href$='/statement/" + itemNumber(x.nearly) + "']").Length()
		return list + own + topic + known
	}
	if n := figure(x.by("W12")); n != 0 {
		t.Errorf("%d parts tell W12 of what they have not answered", n)
	}
	if n := figure(x.by("W1")); n != 0 {
		t.Errorf("%d parts tell W1, who has still to say what they expect", n)
	}
	if n := figure(x.as(dialogue.Observer)); n < 5 {
		t.Errorf("an observer sees %d parts: the test looks in the wrong place", n)
	}
	for _, order := range []string{"ground", "answers"} {
		plain, asked := x.by("W12").open("/en/river/statements"), x.by("W12").open("/en/river/statements?order="+order)
		if !slices.Equal(texts(plain.Find(".statements h2")), texts(asked.Find(".statements h2"))) || plain.Find("option[value="+order+"]").Length() != 0 {
			t.Errorf("the order %q tells W12 of what they have not answered", order)
		}
		if x.as(dialogue.Observer).open("/en/river/statements").Find("option[value="+order+"]").Length() != 1 {
			t.Errorf("an observer is not offered the order %q", order)
		}
	}
	for _, address := range []string{"/en/river", "/en/river/statements?order=ground", "/en/river/statements?order=answers", "/en/river/me/answers", "/en/river/vote", x.page(x.nearly)} {
		text := x.by("W12").send(address, nil).Body.String()
		for _, figure := range []string{"11 participants", "10 of 11", "of the 11"} {
			if strings.Contains(text, figure) {
				t.Errorf("%s tells %q", address, figure)
			}
		}
	}
	if !strings.Contains(x.as(dialogue.Observer).send(x.page(x.nearly), nil).Body.String(), "11 participants") {
		t.Error("nobody is told of eleven: the figures have changed, and the test sees nothing")
	}
}

// Whether there is something to tell is no hint either.
func TestWhatIsKeptLooksLikeWhatIsNotTold(t *testing.T) {
	x := readChorus(t)
	b := x.by("W12")
	kept, untold := b.open(x.page(x.nearly)).Find("#said"), b.open(x.page(x.quiet)).Find("#said")
	if words(kept) != words(untold) || words(kept) == "" {
		t.Errorf("kept: %q; not told: %q", words(kept), words(untold))
	}
	o := x.as(dialogue.Observer)
	if words(o.open(x.page(x.nearly)).Find("#said")) == words(o.open(x.page(x.quiet)).Find("#said")) {
		t.Error("an observer sees no difference either: the test sees nothing")
	}
}

func TestOnlyItsOwnerSeesAnAnswer(t *testing.T) {
	x := readChorus(t)
	if got := words(x.by("W1").open(x.page(x.told)).Find(".own-answer")); !strings.Contains(got, "You agree") {
		t.Errorf("W1 reads %q", got)
	}
	for _, b := range []*browser{x.as(dialogue.Observer), x.as(dialogue.Moderator), x.as(dialogue.Visitor)} {
		if n := b.open(x.page(x.told)).Find(".own-answer").Length(); n != 0 {
			t.Errorf("somebody else sees %d answers", n)
		}
	}
}

func TestWhoCannotAnswerIsToldWhy(t *testing.T) {
	x := newHouse(t, Config{})
	n := x.propose("A bridge would help both banks.", opinion.Place{})
	x.seat("quiet", []dialogue.Tick{dialogue.TickRules}, "W")
	for name, c := range map[string]struct {
		who  *browser
		want string
		to   string
	}{
		"no consent": {x.by("quiet"), "you have not agreed to that", "/en/river/me#ticks"},
		"a neutral":  {x.as(dialogue.Moderator), "You serve all sides", ""},
		"observer":   {x.as(dialogue.Observer), "Observers read", "/en/river/me"},
		"a visitor":  {x.as(dialogue.Visitor), "Those who take part", "/en/river/join"},
	} {
		for _, address := range []string{"/en/river/vote", x.page(n)} {
			doc := c.who.open(address)
			if got := words(doc.Find("main .notice")); !strings.Contains(got, c.want) {
				t.Errorf("%s at %s: %q", name, address, got)
			}
			if got := doc.Find("main .notice a").AttrOr("href", ""); got != c.to {
				t.Errorf("%s at %s is led to %q, want %q", name, address, got, c.to)
			}
			if doc.Find(".choices").Length() != 0 {
				t.Errorf("%s at %s is offered an answer", name, address)
			}
		}
		if code := c.who.send(x.page(n)+"/vote", formOf("choice", "agree")).Code; code != http.StatusForbidden && code != http.StatusSeeOther {
			t.Errorf("%s: the answer itself gets %d", name, code)
		}
	}
	x.must(x.Store.SetStage(context.Background(), x.people[dialogue.Convener], x.dialogue, dialogue.Paused, time.Now()))
	doc := x.by("W1").open("/en/river/vote")
	if got := words(doc.Find("main .notice")); !strings.Contains(got, "paused") {
		t.Errorf("while the dialogue rests: %q", got)
	}
}

// Whoever sees what is told reads why, members may report it, and everybody sees
// what became of the statement.
func TestAStatementSaysWhyAndWhatBecameOfIt(t *testing.T) {
	x := readChorus(t)
	for name, c := range map[string]struct {
		who             *browser
		reasons, report int
		follow          int
	}{
		"a visitor":   {x.as(dialogue.Visitor), 1, 0, 0},
		"an observer": {x.as(dialogue.Observer), 1, 1, 1},
		"W1":          {x.by("W1"), 1, 1, 1},
	} {
		doc := c.who.open(x.page(x.told))
		shared := doc.Find("#said .shared")
		if shared.Length() != c.reasons || !strings.Contains(words(shared), "two hours on a market day") || strings.Contains(words(shared), "N1") {
			t.Errorf("%s reads %d reasons: %s", name, shared.Length(), words(shared))
		}
		if n := shared.Find("a[href$='/report']").Length(); n != c.report {
			t.Errorf("%s is offered %d ways to report, want %d", name, n, c.report)
		}
		if n := doc.Find("form.follow").Length(); n != c.follow {
			t.Errorf("%s is offered to follow %d times, want %d", name, n, c.follow)
		}
		if got := words(doc.Find("section[aria-labelledby=became] li")); got == "" {
			t.Errorf("%s reads nothing of what became of it", name)
		}
	}
	if n := x.by("W12").open(x.page(x.nearly)).Find(".shared").Length(); n != 0 {
		t.Errorf("who has still to answer reads %d reasons", n)
	}
}
