package web

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"parley/dialogue"
	"parley/forum"
	"parley/moderation"
	"parley/writing"
)

// evil is what somebody might try to write into a line.
const evil = `<script>alert(1)</script>"'><img src=x onerror=alert(1)>`

// problem raises one as somebody of the role.
func (x *society) problem(role dialogue.Role, title, body string) writing.ID {
	x.t.Helper()
	n, err := x.Store.RaiseProblem(context.Background(), x.people[role], x.dialogue, forum.NewProblem{
		Lang: "en", Title: title, Body: body, Sector: dialogue.Civil, Tags: []string{"water"}, Links: []forum.Link{{Kind: forum.LinkTopic, To: "water"}},
	}, time.Now())
	x.must(err)
	return n
}

func (x *society) remark(role dialogue.Role, under, to writing.ID, body string) writing.ID {
	x.t.Helper()
	n, err := x.Store.Comment(context.Background(), x.people[role], x.dialogue, forum.NewComment{Under: under, To: to, Lang: "en", Body: body}, time.Now())
	x.must(err)
	return n
}

// newForum is a society in which first contributions are shown at once.
func newForum(t testing.TB, change func(d *dialogue.Dialogue)) *society {
	t.Helper()
	x := newSociety(t, Config{}, change)
	x.must(x.Store.SetModerationRules(context.Background(), x.people[dialogue.Convener], x.dialogue, moderation.Rules{}, time.Now()))
	return x
}

func find(t testing.TB, doc *goquery.Document, selector string) *goquery.Selection {
	t.Helper()
	s := doc.Find(selector)
	if s.Length() == 0 {
		html, _ := doc.Find("main").Html()
		t.Fatalf("no %s in %s", selector, html)
	}
	return s
}

func TestAProblemIsRaisedAnsweredAndDiscussed(t *testing.T) {
	x := newForum(t, nil)
	b := x.as(dialogue.Participant)
	doc := b.post("/en/river/problem/new", "title", "The river is dirty", "body", "It **smells**.", "lang", "en", "tags", "water, Fish", "sector", "civil")
	at := doc.Url.Path
	if got := words(find(t, doc, "h1")); got != "The river is dirty" || !strings.HasPrefix(at, "/en/river/problem/") {
		t.Fatalf("%s: %q", at, got)
	}
	if find(t, doc, ".written strong").Text() != "smells" || doc.Find(`a[rel="tag"]`).Length() != 2 {
		t.Error("the text or its tags are not there")
	}
	doc = b.open("/en/river/problems")
	if got := find(t, doc, ".line-title").AttrOr("href", ""); !strings.HasPrefix(at, got) {
		t.Errorf("the list leads to %s, not %s", got, at)
	}
	number := strings.TrimPrefix(strings.TrimSuffix(at, "?said=sent"), "/en/river/problem/")
	number, _, _ = strings.Cut(number, "?")
	doc = b.post("/en/river/action/new", "title", "Clean it", "body", "Together.", "lang", "en", "problem", number, "part.W", "Pays", "part.", "Sweeps", "horizon", "immediate")
	if got := find(t, doc, ".parts dd").Length(); got != 2 {
		t.Errorf("%d parts, want 2", got)
	}
	doc = b.open("/en/river/problem/" + number)
	if !strings.Contains(words(find(t, doc, ".lines")), "Clean it") {
		t.Error("the problem does not name the action that answers it")
	}
	doc = b.post("/en/river/comment/new", "under", number, "body", "I agree.", "lang", "en")
	comment := find(t, doc, "article.comment")
	if !strings.Contains(words(comment), "I agree.") {
		t.Errorf("no comment in %s", words(comment))
	}
	for _, lang := range []string{"en", "ru"} {
		find(t, x.as(dialogue.Visitor).open("/"+lang+"/river/problem/"+number), "article.comment")
	}
}

func TestWhatIsWrongStandsBesideTheFieldAndNothingIsLost(t *testing.T) {
	x := newForum(t, nil)
	for _, lang := range []string{"en", "ru"} {
		b := x.as(dialogue.Participant)
		doc := b.post("/"+lang+"/river/problem/new", "title", "", "body", "What I wrote", "lang", "ru", "tags", "one, two")
		if find(t, doc, "#title-wrong").Text() == "" || find(t, doc, "#body").Text() != "What I wrote" || find(t, doc, "#tags").AttrOr("value", "") != "one, two" {
			t.Errorf("%s: the form forgot something", lang)
		}
		if got := find(t, doc, "#lang option[selected]").AttrOr("value", ""); got != "ru" {
			t.Errorf("%s: the language became %q", lang, got)
		}
		doc = b.post("/"+lang+"/river/comment/new", "body", " ", "lang", "en")
		find(t, doc, "#body-wrong")
		doc = b.post("/"+lang+"/river/action/new", "title", "A", "body", "B", "lang", "en")
		find(t, doc, "#problems .wrong")
	}
}

func TestAPreviewKeepsNothing(t *testing.T) {
	x := newForum(t, nil)
	b := x.as(dialogue.Participant)
	doc := b.post("/en/river/problem/new", "title", "T", "body", "**bold**", "lang", "en", "preview", "1")
	find(t, doc, ".preview strong")
	if n := b.open("/en/river/problems").Find(".line-title").Length(); n != 0 {
		t.Errorf("%d problems after a preview", n)
	}
}

func TestPeoplesWordsNeverBecomeMarkup(t *testing.T) {
	x := newForum(t, nil)
	ctx, now := context.Background(), time.Now()
	n := x.problem(dialogue.Participant, evil, "x "+evil)
	_, err := x.Store.Comment(ctx, x.people[dialogue.Mediator], x.dialogue, forum.NewComment{Under: n, Lang: "ru", Body: evil, Quote: n, Words: "x"}, now)
	x.must(err)
	x.must(x.Store.Translate(ctx, x.people[dialogue.Interpreter], x.dialogue, n, "ru", evil, evil, 1, now))
	for _, page := range []string{"problems", "problem/" + itemNumber(n), "search?q=alert", "search?q=" + "%3Cscript%3Ealert", "tags/%3Cscript%3E", "item/" + itemNumber(n) + "/history",
		"item/" + itemNumber(n) + "/translate?to=ru", "comment/new?under=" + itemNumber(n) + "&quote=" + itemNumber(n) + "&words=%3Cimg+src%3Dx%3E"} {
		for _, lang := range []string{"en", "ru"} {
			doc := x.as(dialogue.Participant).open("/" + lang + "/river/" + page)
			if doc.Find("main script:not([type=module]), main img, main [onerror]").Length() > 0 {
				t.Errorf("%s/%s: words became markup", lang, page)
			}
			if doc.Find("h1").Length() != 1 {
				t.Errorf("%s/%s: %d headings", lang, page, doc.Find("h1").Length())
			}
		}
	}
}

func TestDraftsAreKeptOfferedAndDropped(t *testing.T) {
	x := newForum(t, nil)
	b := x.as(dialogue.Participant)
	if rec := b.send("/en/river/drafts", formOf("place", "problem", "title", "Half a", "body", "thought", "lang", "ru")); rec.Code != http.StatusNoContent {
		t.Fatalf("%d", rec.Code)
	}
	doc := x.as(dialogue.Participant).open("/en/river/problem/new") // another device
	if find(t, doc, "#title-field").AttrOr("value", "") != "Half a" || find(t, doc, "#body").Text() != "thought" {
		t.Error("the draft is not offered")
	}
	if got := x.as(dialogue.Delegate).open("/en/river/problem/new").Find("#title-field").AttrOr("value", ""); got != "" {
		t.Errorf("somebody else sees the draft: %q", got)
	}
	doc = b.post("/en/river/drafts", "place", "comment:0", "body", "A word", "save", "1")
	if got := find(t, doc, "ul.plain > li").Length(); got != 2 {
		t.Errorf("%d drafts, want 2", got)
	}
	b.post("/en/river/problem/new", "place", "problem", "title", "Half a", "body", "thought done", "lang", "en")
	if got := b.open("/en/river/drafts").Find("ul.plain > li").Length(); got != 1 {
		t.Errorf("%d drafts after sending, want 1", got)
	}
	b.post("/en/river/drafts", "place", "comment:0", "drop", "1")
	if got := b.open("/en/river/drafts").Find("ul.plain > li").Length(); got != 0 {
		t.Errorf("%d drafts after throwing one away", got)
	}
}

func TestWordsAreEditedWithHistoryTakenBackAndRestored(t *testing.T) {
	x := newForum(t, nil)
	n := x.problem(dialogue.Participant, "Old title", "The old words")
	b, at := x.as(dialogue.Participant), "/en/river/item/"
	doc := b.open(at + itemNumber(n) + "/edit")
	revision := find(t, doc, `input[name="revision"]`).AttrOr("value", "")
	b.post(at+itemNumber(n)+"/edit", "revision", revision, "title", "New title", "body", "The new words", "tags", "water")
	doc = x.as(dialogue.Visitor).open(at + itemNumber(n) + "/history")
	if find(t, doc, "ins").First().Text() == "" || !strings.Contains(doc.Find("del").Text(), "old") {
		t.Error("the history does not show what changed")
	}
	doc = b.post(at+itemNumber(n)+"/edit", "revision", revision, "title", "Newer", "body", "From a stale page", "tags", "")
	if !strings.Contains(find(t, doc, ".typed").Text(), "The new words") || find(t, doc, "#body").Text() != "From a stale page" {
		t.Error("a stale edit does not show both")
	}
	doc = b.post(at + itemNumber(n) + "/withdraw")
	undo := find(t, doc, ".notice form").AttrOr("action", "")
	if rec := x.as(dialogue.Visitor).send("/en/river/problem/"+itemNumber(n), nil); rec.Code == http.StatusOK && strings.Contains(rec.Body.String(), "The new words") {
		t.Error("what was taken back is still read")
	}
	b.post(undo)
	if rec := x.as(dialogue.Visitor).send("/en/river/problem/"+itemNumber(n), nil); !strings.Contains(rec.Body.String(), "The new words") {
		t.Error("it did not come back")
	}
}

func TestATranslationStandsBesideTheOriginalAndGrowsStale(t *testing.T) {
	x := newForum(t, nil)
	n := x.problem(dialogue.Participant, "The river", "Water is scarce")
	b := x.as(dialogue.Interpreter)
	doc := b.open("/en/river/item/" + itemNumber(n) + "/translate?to=ru")
	b.post("/en/river/item/"+itemNumber(n)+"/translate", "to", "ru", "of", find(t, doc, `input[name="of"]`).AttrOr("value", ""), "title", "Река", "body", "Воды мало")
	doc = x.as(dialogue.Visitor).open("/ru/river/problem/" + itemNumber(n))
	if got := words(find(t, doc, "h1")); got != "Река" || doc.Find(".tongue-one").Length() != 2 {
		t.Errorf("%q with %d texts", got, doc.Find(".tongue-one").Length())
	}
	x.must(x.Store.Edit(context.Background(), x.people[dialogue.Participant], x.dialogue, n, writing.Edit{Revision: 1, Title: "The river", Body: "Water is very scarce"}, time.Now()))
	find(t, x.as(dialogue.Visitor).open("/ru/river/problem/"+itemNumber(n)), ".stale")
	doc = b.open("/en/river/item/" + itemNumber(n) + "/translate?to=ru")
	if got := strings.TrimSpace(find(t, doc, ".notice ins").Text()); got != "very" {
		t.Errorf("what changed is %q", got)
	}
	rate := find(t, x.as(dialogue.Participant).open("/ru/river/problem/"+itemNumber(n)), ".rate").AttrOr("action", "")
	doc = x.as(dialogue.Participant).post(rate, "lang", "ru", "good", "1")
	if got := find(t, doc, `.rate [aria-pressed="true"]`).AttrOr("value", ""); got != "0" {
		t.Errorf("the rating would be taken back by %q", got)
	}
}

func TestThreadsNestQuoteAndTurn(t *testing.T) {
	x := newForum(t, nil)
	n := x.problem(dialogue.Participant, "The river", "Water")
	last := writing.ID(0)
	for range 7 {
		last = x.remark(dialogue.Participant, n, last, "deeper")
	}
	doc := x.as(dialogue.Visitor).open("/en/river/problem/" + itemNumber(n))
	if doc.Find(".depth-4").Length() != 3 || doc.Find(".depth-5").Length() != 0 {
		t.Errorf("%d at the greatest depth", doc.Find(".depth-4").Length())
	}
	q, err := x.Store.Comment(context.Background(), x.people[dialogue.Mediator], x.dialogue, forum.NewComment{Under: n, To: last, Lang: "en", Body: "so", Quote: last, Words: "deeper"}, time.Now())
	x.must(err)
	b := x.as(dialogue.Visitor)
	if got := find(t, b.open("/en/river/problem/"+itemNumber(n)), "#c-"+itemNumber(q)+" blockquote").Text(); got != "deeper" {
		t.Errorf("the quote is %q", got)
	}
	x.must(x.Store.Edit(context.Background(), x.people[dialogue.Participant], x.dialogue, last, writing.Edit{Revision: 1, Body: "otherwise"}, time.Now()))
	if got := find(t, b.open("/en/river/problem/"+itemNumber(n)), "#c-"+itemNumber(q)+" figcaption .aside").Text(); got == "" {
		t.Error("nothing says that the words changed")
	}
	for i := range forum.MostComments {
		x.remark(dialogue.Participant, n, 0, fmt.Sprint("more ", i))
	}
	doc = b.open("/en/river/problem/" + itemNumber(n))
	next := find(t, doc, `a[rel="next"]`).AttrOr("href", "")
	if got := find(t, b.open(next), "article.comment").Length(); got != 8 {
		t.Errorf("%d comments on the second page, want 8", got)
	}
	to := b.send("/en/river/item/"+itemNumber(n+108), nil).Header().Get("Location")
	if to != "/en/river/problem/"+itemNumber(n)+"?page=2#c-"+itemNumber(n+108) {
		t.Errorf("the last comment stands at %s", to)
	}
}

func TestMarksAreGivenAndTakenBack(t *testing.T) {
	x := newForum(t, nil)
	n := x.problem(dialogue.Participant, "The river", "Water")
	k := x.remark(dialogue.Participant, n, 0, "A fact")
	b := x.as(dialogue.Mediator)
	for _, want := range []string{"1", "0"} {
		form := find(t, b.open("/en/river/problem/"+itemNumber(n)), "#c-"+itemNumber(k)+" form.marks")
		doc := b.post(form.AttrOr("action", ""), "mark", form.Find("button").Last().AttrOr("value", ""))
		if got := find(t, doc, "#c-"+itemNumber(k)+" form.marks b").Last().Text(); got != want {
			t.Errorf("%s marks, want %s", got, want)
		}
	}
	if x.as(dialogue.Participant).open("/en/river/problem/"+itemNumber(n)).Find("#c-"+itemNumber(k)+" form.marks").Length() != 0 {
		t.Error("the writer may mark their own words")
	}
}

func TestStatusIsSetByThoseWhoSteerAndLinksByTheWriter(t *testing.T) {
	x := newForum(t, nil)
	n := x.problem(dialogue.Participant, "The river", "Water")
	at := "/en/river/item/" + itemNumber(n)
	if rec := x.as(dialogue.Participant).send(at+"/status", nil); rec.Code != http.StatusForbidden {
		t.Errorf("a member gets %d", rec.Code)
	}
	b := x.as(dialogue.Mediator)
	doc := b.post(at+"/status", "to", "agreed", "lang", "en")
	if doc.Find(".wrongs").Length() == 0 {
		t.Error("agreed by nobody")
	}
	doc = b.post(at+"/status", "to", "agreed", "lang", "en", "why", "At last", "party.1.side", "W", "party.1.who", "The council "+evil, "party.1.capacity", "by vote")
	if got := words(find(t, doc, ".course")); !strings.Contains(got, "The council") || !strings.Contains(got, "by vote") {
		t.Errorf("the history says %s", got)
	}
	b = x.as(dialogue.Participant)
	doc = b.post(at+"/links", "link", "interest W-1")
	if got := find(t, doc, "ul.plain > li.row").Length(); got != 2 {
		t.Errorf("%d links, want 2", got)
	}
	doc = b.post(at+"/links", "off", "topic water")
	if got := find(t, doc, "ul.plain > li.row").Length(); got != 1 {
		t.Errorf("%d links, want 1", got)
	}
	if b.post(at+"/links", "link", "topic nothing").Find(".wrongs").Length() == 0 {
		t.Error("a link leads nowhere")
	}
}

func TestSearchFindsInBothLanguages(t *testing.T) {
	x := newForum(t, nil)
	n := x.problem(dialogue.Participant, "Rivers and dams", "The water gauge is broken")
	x.must(x.Store.Translate(context.Background(), x.people[dialogue.Interpreter], x.dialogue, n, "ru", "Реки и плотины", "Водомер сломан", 1, time.Now()))
	b := x.as(dialogue.Visitor)
	for _, words := range []string{"gauges", "плотина"} {
		doc := b.open("/en/river/search?q=" + words)
		hit := find(t, doc, ".hits li").First()
		if hit.Find("mark").Length() == 0 || hit.Find("a").AttrOr("href", "") != "/en/river/item/"+itemNumber(n) {
			t.Errorf("%s: %s", words, hit.Text())
		}
	}
	if b.open("/ru/river/search?q=xyzzy").Find(".invitation").Length() != 1 {
		t.Error("nothing says that nothing was found")
	}
	if got := find(t, b.open("/en/river/search?q=dams&kind=problem&order=new"), "#kind option[selected]").AttrOr("value", ""); got != "problem" {
		t.Errorf("the filter became %q", got)
	}
}

func TestAnExampleOfThePastHasNoForumInItsPages(t *testing.T) {
	x := newForum(t, func(d *dialogue.Dialogue) { d.Kind = dialogue.Historical })
	for role, want := range map[dialogue.Role]int{dialogue.Visitor: 0, dialogue.Participant: 1} {
		doc := x.as(role).open("/en/river")
		if got := doc.Find(`nav.pages a[href="/en/river/problems"]`).Length(); got != want {
			t.Errorf("%s: %d links to the problems, want %d", role, got, want)
		}
	}
	find(t, x.as(dialogue.Visitor).open("/en/river/problems"), ".invitation")
}

// TestWhatWaitsAndWhatIsHiddenIsSaid: a newcomer's words wait, and say so to the
// newcomer alone.
func TestWhatWaitsAndWhatIsHiddenIsSaid(t *testing.T) {
	x := newForum(t, nil)
	n := x.problem(dialogue.Participant, "The river", "Water")
	x.must(x.Store.SetModerationRules(context.Background(), x.people[dialogue.Convener], x.dialogue, moderation.Rules{Premoderate: 20, Text: "Many are new."}, time.Now()))
	k := x.remark(dialogue.Participant, n, 0, "A held word")
	item, _, err := x.Store.Item(context.Background(), x.people[dialogue.Participant], x.dialogue, k)
	x.must(err)
	if item.State != writing.Held {
		t.Skipf("the rules of this dialogue hold nothing back: %s", item.State)
	}
	at := "/en/river/problem/" + itemNumber(n)
	if got := find(t, x.as(dialogue.Participant).open(at), "#c-"+itemNumber(k)+" .notice").Text(); got == "" {
		t.Error("the writer is not told that it waits")
	}
	for _, role := range []dialogue.Role{dialogue.Visitor, dialogue.Delegate} {
		rec := x.as(role).send(at, nil)
		if strings.Contains(rec.Body.String(), "A held word") {
			t.Errorf("%s reads what waits", role)
		}
	}
}

// TestAReaderComesBackToTheirPlace: what is done in a thread that is read in an
// order of its own leads back to that order.
func TestAReaderComesBackToTheirPlace(t *testing.T) {
	x := newForum(t, nil)
	n := x.problem(dialogue.Participant, "The river", "Water")
	k := x.remark(dialogue.Participant, n, 0, "A fact")
	at := "/en/river/problem/" + itemNumber(n)
	for _, c := range []struct{ from, to string }{{"", ""}, {"?order=bridging", "?order=bridging"}} {
		b := x.as(dialogue.Mediator)
		for _, place := range []struct{ form, anchor string }{{"#c-" + itemNumber(k), "#c-" + itemNumber(k)}, {"article.matter", ""}} {
			form := find(t, b.open(at+c.from), place.form+" form.marks")
			rec := b.send(form.AttrOr("action", ""), formOf("mark", form.Find("button").First().AttrOr("value", "")))
			if got, want := rec.Header().Get("Location"), at+c.to+place.anchor; got != want {
				t.Errorf("a mark leads to %s, want %s", got, want)
			}
		}
	}
}

// TestWhatWasDoneIsSaidWhereItStands: beside the comment, not above the problem,
// and undone there; other readers are told nothing.
func TestWhatWasDoneIsSaidWhereItStands(t *testing.T) {
	x := newForum(t, nil)
	n := x.problem(dialogue.Participant, "The river", "Water")
	b, at := x.as(dialogue.Participant), "/en/river/problem/"+itemNumber(n)
	rec := b.send("/en/river/comment/new", formOf("under", itemNumber(n), "body", "A fact", "lang", "en"))
	to := rec.Header().Get("Location")
	doc := b.open(to)
	k := find(t, doc, "article.comment").AttrOr("id", "")
	if !strings.HasSuffix(to, "#"+k) || words(find(t, doc, "#"+k+" [role=status]")) != "Sent. Others can read it now." || doc.Find("article.matter [role=status]").Length() != 0 {
		t.Errorf("%s: %s", to, words(doc.Find("main")))
	}
	if b.open(at).Find("#"+k+" [role=status]").Length() != 0 || x.as(dialogue.Delegate).open(at).Find("#"+k+" [role=status]").Length() != 0 {
		t.Error("the word stays, or stands on others' pages")
	}
	doc = b.post(find(t, doc, "#"+k+` form[action*="/withdraw"]`).AttrOr("action", ""))
	b.post(find(t, doc, "#"+k+" [role=status] form").AttrOr("action", ""))
	if !strings.Contains(x.as(dialogue.Visitor).send(at, nil).Body.String(), "A fact") {
		t.Error("taking a comment back is not undone")
	}
	x.must(x.Store.SetModerationRules(context.Background(), x.people[dialogue.Convener], x.dialogue, moderation.Rules{Premoderate: 20, Text: "Many are new.", Lang: "en"}, time.Now()))
	doc = b.post("/en/river/problem/new", "title", "Held", "body", "Words", "lang", "en")
	if got := words(find(t, doc, "article.matter [role=status]")); got != "Sent. It waits for a moderator." {
		t.Errorf("what waits is said to be %q", got)
	}
}

// TestWhatStaysWhileADialogueRests: one's drafts, and ties for those who steer.
func TestWhatStaysWhileADialogueRests(t *testing.T) {
	x := newForum(t, nil)
	n := x.problem(dialogue.Participant, "The river", "Water")
	b := x.as(dialogue.Participant)
	b.post("/en/river/drafts", "place", "problem", "body", "Half", "save", "1")
	links := "/en/river/item/" + itemNumber(n) + "/links"
	x.must(x.Store.SetStage(context.Background(), x.people[dialogue.Convener], x.dialogue, dialogue.Paused, time.Now()))
	doc := b.open("/en/river/drafts")
	if row := find(t, doc, "ul.plain > li"); row.Find("a").Length() != 0 || row.Find("form").Length() != 1 {
		t.Errorf("the draft leads on, or cannot be thrown away: %s", words(row))
	}
	if rec := b.send("/en/river/drafts", formOf("place", "translate:"+itemNumber(n)+":ru", "body", "Вода")); rec.Code != http.StatusNoContent {
		t.Errorf("a translation is kept with %d", rec.Code)
	}
	for role, want := range map[dialogue.Role]int{dialogue.Visitor: http.StatusSeeOther, dialogue.Participant: http.StatusForbidden, dialogue.Mediator: http.StatusOK} {
		if rec := x.as(role).send(links, nil); rec.Code != want {
			t.Errorf("%s: %d, want %d", role, rec.Code, want)
		}
	}
	doc = x.as(dialogue.Mediator).post(links, "link", "interest W-1")
	if got := find(t, doc, "ul.plain > li.row").Length(); got != 2 {
		t.Errorf("%d links, want 2", got)
	}
}

// TestTheFormBelowAThreadKeepsItsDraft, for readers of kept pages and for those
// who have pages of their own.
func TestTheFormBelowAThreadKeepsItsDraft(t *testing.T) {
	x := newForum(t, nil)
	n := x.problem(dialogue.Participant, "The river", "Water")
	x.remark(dialogue.Participant, n, 0, "A fact")
	at := "/en/river/problem/" + itemNumber(n)
	for _, role := range []dialogue.Role{dialogue.Delegate, dialogue.Moderator} {
		b := x.as(role)
		b.open(at)
		if rec := b.send("/en/river/drafts", formOf("place", "comment:"+itemNumber(n), "body", "Half by "+string(role), "lang", "ru")); rec.Code != http.StatusNoContent {
			t.Fatal(rec.Code)
		}
		doc := b.open(at)
		if got := find(t, doc, "section.answer #body").Text(); got != "Half by "+string(role) {
			t.Errorf("%s: %q", role, got)
		}
		if got := x.as(dialogue.Participant).open(at).Find("section.answer #body").Text(); got != "" {
			t.Errorf("somebody else reads the draft of %s: %q", role, got)
		}
	}
}

// TestAHistoryCostsLittleHoweverLongItIs: it comes in pages.
func TestAHistoryCostsLittleHoweverLongItIs(t *testing.T) {
	x := newForum(t, nil)
	n := x.problem(dialogue.Participant, "The river", "Water 0")
	for i := range 12 {
		x.must(x.Store.Edit(context.Background(), x.people[dialogue.Participant], x.dialogue, n, writing.Edit{
			Revision: i + 1, Title: "The river", Body: "Water " + strings.Repeat("again ", i+1)}, time.Now()))
	}
	b := x.as(dialogue.Visitor)
	doc := b.open("/en/river/item/" + itemNumber(n) + "/history")
	if got := find(t, doc, ".revision").Length(); got != mostRevisions || doc.Find(".revision .tag").Length() != 1 {
		t.Errorf("%d states on the first page", got)
	}
	doc = b.open(find(t, doc, `a[rel="next"]`).AttrOr("href", ""))
	if got := find(t, doc, ".revision").Length(); got != 3 || doc.Find(".revision .tag").Length() != 0 || doc.Find(`a[rel="next"]`).Length() != 0 {
		t.Errorf("%d states on the second page", got)
	}
}
