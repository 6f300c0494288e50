package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/dialogue"
	"parley/opinion"
	"parley/writing"
)

// mine is a voter's own answer as the store keeps it.
func (x *chorus) mine(who string, n writing.ID) opinion.Answer {
	x.t.Helper()
	st, err := x.Store.Statement(context.Background(), x.voters[who], x.dialogue, n)
	x.must(err)
	if st.Mine == nil {
		x.t.Fatalf("%s is no voter", who)
	}
	return *st.Mine
}

// Nothing that somebody answered is lost, whatever became of the card.
func TestCardsThatAreSpentOrStaleLoseNothing(t *testing.T) {
	x := newHouse(t, Config{})
	n := x.propose("A bridge would help both banks.", opinion.Place{})
	b := x.by("W1")
	card := b.open("/en/river/vote")
	x.sendCard(b, card, opinion.Agree)
	if got := x.mine("W1", n); got.Choice != opinion.Agree || !got.Counts {
		t.Fatalf("kept %+v", got)
	}
	again := x.sendCard(b, card, opinion.Disagree) // by the back button
	if got := x.mine("W1", n); got.Choice != opinion.Disagree || !got.Counts {
		t.Errorf("answered again: kept %+v", got)
	}
	if got := words(again.Find("[role=status]")); !strings.Contains(got, "your answer is changed") {
		t.Errorf("answered again: %q", got)
	}
	other := x.by("W2")
	said := other.post("/en/river/vote", "item", itemNumber(n), "token", "stale", "choice", "agree")
	if got := x.mine("W2", n); got.Choice != opinion.Agree || got.Counts {
		t.Errorf("a stale card: kept %+v", got)
	}
	if got := words(said.Find("[role=status]")); !strings.Contains(got, "Your answer is kept") {
		t.Errorf("a stale card: %q", got)
	}
	served := other.open("/en/river/vote")
	if got := words(served.Find(".choices .agree")); !strings.Contains(got, "your answer now") || served.Find(".ballot .notice").Length() != 1 {
		t.Errorf("the card comes again with %q", got)
	}
	x.sendCard(other, served, opinion.Agree)
	if got := x.mine("W2", n); !got.Counts {
		t.Errorf("answered by the card: %+v", got)
	}
	if doc := b.post("/en/river/vote", "item", itemNumber(n), "token", "x"); !strings.Contains(words(doc.Find(".wrongs")), "one of the three") {
		t.Errorf("no answer was chosen: %s", words(doc.Find("main")))
	}
}

func TestAnswersAreGivenChangedAndWithdrawnOnTheStatementsPage(t *testing.T) {
	x := newHouse(t, Config{})
	n := x.propose("A bridge would help both banks.", opinion.Place{})
	b := x.by("W1")
	doc := b.post(x.page(n)+"/vote", "choice", "agree", "matters", "yes")
	if got := words(doc.Find(".own-answer")); !strings.Contains(got, "You agree. It matters a lot to you.") {
		t.Errorf("answered: %q", got)
	}
	if got := x.mine("W1", n); got.Counts || !got.Matters {
		t.Errorf("kept %+v", got)
	}
	if !strings.Contains(words(doc.Find("main")), "not counted yet") {
		t.Error("the page does not say that the answer waits")
	}
	doc = b.post(x.page(n)+"/unvote", "back", "mine")
	if got := x.mine("W1", n); got.Choice != "" {
		t.Errorf("withdrawn: %+v", got)
	}
	if got := words(doc.Find("h1")); got != "My answers" {
		t.Errorf("led to %q", got)
	}
	if code := b.send(x.page(n)+"/vote", formOf("choice", "perhaps")).Code; code != http.StatusBadRequest {
		t.Errorf("no answer at all: %d", code)
	}
	x.must(x.Store.CastVote(context.Background(), x.voters["W1"], x.dialogue, n, opinion.Ballot{Choice: opinion.Pass}, time.Now()))
	x.must(x.Store.SetStage(context.Background(), x.people[dialogue.Convener], x.dialogue, dialogue.Paused, time.Now()))
	if b.post(x.page(n) + "/unvote"); x.mine("W1", n).Choice != "" {
		t.Error("while the dialogue rests nothing can be withdrawn")
	}
}

func TestClosedStatementsTakeNoAnswers(t *testing.T) {
	x := newHouse(t, Config{})
	n := x.propose("A bridge would help both banks.", opinion.Place{})
	x.propose("The mill may take more water.", opinion.Place{Option: "water/W-yields"})
	b := x.by("W1")
	card := b.open("/en/river/vote?under=" + url.QueryEscape("0"))
	if code := x.as(dialogue.Participant).send(x.page(n)+"/close", formOf("closed", "yes")).Code; code != http.StatusForbidden {
		t.Errorf("a participant ends the answering: %d", code)
	}
	doc := x.as(dialogue.Convener).post(x.page(n)+"/close", "closed", "yes")
	if !strings.Contains(words(doc.Find("main")), "Answering has ended") {
		t.Errorf("after closing: %s", words(doc.Find("main")))
	}
	rec := b.send("/en/river/vote", formOf("item", itemNumber(n), "token", card.Find("input[name=token]").AttrOr("value", ""), "choice", "agree"))
	if rec.Code != http.StatusConflict || !strings.Contains(rec.Body.String(), `class="wrongs"`) {
		t.Errorf("an answer to what is closed: %d", rec.Code)
	}
	if x.mine("W1", n).Choice != "" {
		t.Error("it was kept")
	}
	x.as(dialogue.Convener).post(x.page(n)+"/close", "closed", "no")
	if b.post(x.page(n)+"/vote", "choice", "agree"); x.mine("W1", n).Choice != opinion.Agree {
		t.Error("opened again, it takes no answer")
	}
}

func TestReasonsAreWeighedKeptAndTakenBack(t *testing.T) {
	x := newHouse(t, Config{})
	n := x.propose("A bridge would help both banks.", opinion.Place{})
	b := x.by("W1")
	b.post(x.page(n)+"/vote", "choice", "agree")
	form := b.open(x.page(n)).Find("form[action$='/reason']")
	if got := words(form.Find("#reason-hint")); !strings.Contains(got, "without your name, with your side and your answer") {
		t.Errorf("who reads it: %q", got)
	}
	const heated = "You people are IDIOTS and liars!!!"
	doc := b.post(x.page(n)+"/reason", "reason", heated, "lang", "en", "back", "vote")
	if doc.Find(".cordial li").Length() == 0 || doc.Find("#reason").Text() != heated || doc.Find("input[name=back]").AttrOr("value", "") != "vote" {
		t.Errorf("a heated reason: %s", words(doc.Find("form[action$='/reason']")))
	}
	if x.mine("W1", n).Reason != 0 {
		t.Error("it was kept at once")
	}
	long := strings.Repeat("long ", 80)
	doc = b.post(x.page(n)+"/reason", "reason", long, "lang", "en")
	if doc.Find("#reason-wrong").Length() != 1 || strings.TrimSpace(doc.Find("#reason").Text()) != strings.TrimSpace(long) {
		t.Errorf("a long reason: %s", words(doc.Find("form[action$='/reason']")))
	}
	doc = b.post(x.page(n)+"/reason", "reason", "It saves two hours.", "lang", "en")
	if got := doc.Find("#reason").Text(); got != "It saves two hours." || x.mine("W1", n).Reason == 0 {
		t.Errorf("kept %q", got)
	}
	b.post(x.page(n)+"/reason", "reason", "", "lang", "en")
	if x.mine("W1", n).Reason != 0 {
		t.Error("it was not taken back")
	}
}

func TestStatementsAreProposedAndNothingTypedIsLost(t *testing.T) {
	x := newHouse(t, Config{})
	b := x.by("W1")
	const form = "/en/river/statement/new"
	doc := b.open(form + "?under=water/W-yields")
	if got := words(doc.Find("h1")); !strings.Contains(got, "Water") || !strings.Contains(got, "Weston moves toward") {
		t.Errorf("the heading is %q", got)
	}
	long := strings.Repeat("ы", writing.MaxStatement+1)
	doc = b.post(form, "title", long, "body", "See the survey.", "lang", "ru", "tags", "bridges", "under", "water/W-yields")
	if doc.Find("[aria-invalid]").Length() == 0 || doc.Find("input[name=title]").AttrOr("value", "") != long || doc.Find("textarea[name=body]").Text() != "See the survey." {
		t.Errorf("too long: %s", words(doc.Find("main")))
	}
	doc = b.post(form, "title", "Вода принадлежит всем.", "body", "", "lang", "ru", "tags", "bridges", "under", "water/W-yields")
	if got := words(doc.Find("h1")); got != "Вода принадлежит всем." {
		t.Fatalf("proposed: %q", words(doc.Find("main")))
	}
	if got := doc.Find("h1").AttrOr("lang", ""); got != "ru" {
		t.Errorf("its language is %q", got)
	}
	if got := doc.Find(".source a[href='/en/river/topic/water']").Length(); got != 1 {
		t.Error("it does not say under what it stands")
	}
	for _, address := range []string{form + "?under=999", form + "?under=nothing/at-all"} {
		if code := b.send(address, nil).Code; code != http.StatusNotFound {
			t.Errorf("%s: %d", address, code)
		}
	}
	list := b.open("/en/river/statements?under=water/W-yields")
	if got := texts(list.Find(".statements h2")); !slices.Equal(got, []string{"Вода принадлежит всем."}) {
		t.Errorf("under the option stands %q", got)
	}
	if got := texts(b.open("/en/river/statements?tag=nothing").Find(".statements h2")); len(got) != 0 {
		t.Errorf("under another tag stands %q", got)
	}
}

func TestOnesOwnAnswersCanBeSwitchedOff(t *testing.T) {
	x := readChorus(t)
	b := x.by("E3")
	doc := b.open("/en/river/me/answers")
	if n := doc.Find(".statements > li").Length(); n != 2 {
		t.Fatalf("%d answers are listed", n)
	}
	if got := words(doc.Find(".guess").First()); !strings.Contains(got, "You expected") || !strings.Contains(got, "agreed") {
		t.Errorf("an expectation reads %q", got)
	}
	for _, word := range []string{"score", "points", "rank", "streak", "%"} {
		if text := strings.ReplaceAll(words(doc.Find("main")), "no score", ""); strings.Contains(text, word) {
			t.Errorf("the page speaks of %q", word)
		}
	}
	off := b.post("/en/river/me/answers", "on", "no")
	if off.Find(".statements > li").Length() != 0 || !strings.Contains(words(off.Find("main")), "This list is off") {
		t.Errorf("switched off: %s", words(off.Find("main")))
	}
	if on := b.post("/en/river/me/answers", "on", "yes"); on.Find(".statements > li").Length() != 2 {
		t.Error("switched on again, it lists something else")
	}
}
