package web

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/forum"
	"parley/notice"
	"parley/writing"
)

// raise writes a problem as somebody of the role, and tells who follows.
func (x *society) problemBy(role dialogue.Role, title string) writing.ID {
	x.t.Helper()
	n, err := x.Store.RaiseProblem(context.Background(), x.people[role], x.dialogue, forum.NewProblem{Lang: "en", Title: title, Body: "About " + title, Tags: []string{"water"}}, time.Now())
	x.must(err)
	x.tellAll()
	return n
}

func (x *society) commentBy(role dialogue.Role, under writing.ID, body string) writing.ID {
	x.t.Helper()
	n, err := x.Store.Comment(context.Background(), x.people[role], x.dialogue, forum.NewComment{Under: under, Lang: "en", Body: body}, time.Now())
	x.must(err)
	x.tellAll()
	return n
}

func (x *society) tellAll() {
	x.t.Helper()
	for more := true; more; {
		var err error
		more, err = x.Store.SpreadNotices(context.Background(), 100, time.Now())
		x.must(err)
	}
}

// withLetters lets somebody be written to.
func (x *society) withLetters(role dialogue.Role) {
	x.t.Helper()
	ctx, who := context.Background(), x.people[role]
	x.must(x.Store.AskEmail(ctx, who, string(role)+"@example.org", time.Now()))
	l, err := x.Store.NextLetter(ctx, time.Now())
	x.must(err)
	_, secret, _ := strings.Cut(l.Args["Link"], "/confirm/")
	x.must(x.Store.SentLetter(ctx, l.ID, time.Now()))
	x.must(x.Store.ConfirmEmail(ctx, secret, time.Now()))
	x.must(x.Store.ChangeTick(ctx, who, x.dialogue, dialogue.TickContact, true, time.Now()))
	loud := notice.DefaultSettings()
	loud.Quiet = false
	x.must(x.Store.SetNotices(ctx, who, loud, time.Now()))
}

func TestTheBellAndWhatItLeadsTo(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	reader := x.as(dialogue.Observer)
	if got := words(reader.open("/en").Find(".bell")); got != "Notices" {
		t.Errorf("nothing happened, and the bell says %q", got)
	}
	if n := x.as(dialogue.Visitor).open("/en").Find(".bell").Length(); n != 0 {
		t.Error("a visitor has a bell")
	}
	reader.post("/en/river/follow", "level", "all")
	p := x.problemBy(dialogue.Participant, "The <bridge>")
	x.commentBy(dialogue.Mediator, p, "A *ferry*?")
	page := reader.open("/en/notices")
	if got := words(page.Find(".bell")); got != "Notices2, 2 unread notices" {
		t.Errorf("the bell says %q", got)
	}
	first := page.Find(".notices > li").First()
	if got := words(first.Find(".what").First()); got != "new New comment on “The <bridge>”" {
		t.Errorf("got %q", got)
	}
	if to, _ := first.Find(".what a").Attr("href"); to != fmt.Sprintf("/en/river/problem/%d#c-2", p) {
		t.Errorf("it leads to %q", to)
	}
	if got := words(first.Find("blockquote").First()); got != "A ferry?" {
		t.Errorf("got %q", got)
	}
	if got := words(first.Find(".why p")); !strings.Contains(got, "you follow the whole dialogue") {
		t.Errorf("got %q", got)
	}
	reader.open("/ru/notices")
	if got := words(reader.open("/en").Find(".bell")); got != "Notices2, 2 unread notices" {
		t.Error("looking at the list has written something")
	}
	upTo, _ := page.Find("input[name=up_to]").Attr("value")
	x.commentBy(dialogue.Mediator, p, "Or two.")
	other := x.as(dialogue.Observer)
	after := reader.post("/en/notices/read", "up_to", upTo)
	if got := strings.Count(words(after.Find(".notices")), "new New"); got != 1 {
		t.Errorf("%d are unread: what came since the page was made stays new", got)
	}
	if got := words(other.open("/en").Find(".bell")); got != "Notices1, 1 unread notice" {
		t.Errorf("on another device the bell says %q", got)
	}
	stop, _ := after.Find(".why form").First().Attr("action")
	said := reader.post(stop, "level", "none", "next", "/en/notices?said=followed")
	if stop != "/en/river/follow" || words(said.Find("main .notice")) == "" {
		t.Errorf("%q does not end it where it is said", stop)
	}
	x.commentBy(dialogue.Mediator, p, "Or three.")
	list := reader.open("/en/notices")
	if n := list.Find(".notices > li").Length(); n != 1 || list.Find(".why form").Length() != 1 {
		t.Errorf("one thing stands there %d times", n)
	}
	if got := list.Find(".notices .what").Length(); got != 3 {
		t.Errorf("%d notices after it was ended", got)
	}
}

func TestWhatOneFollows(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	p := x.problemBy(dialogue.Participant, "The bridge")
	b := x.as(dialogue.Participant)
	page := b.open("/ru/river/me/following")
	if got := page.Find(".followed > li").Length(); got != 2 {
		t.Fatalf("%d rows: %s", got, words(page.Find("main")))
	}
	if got, _ := page.Find(fmt.Sprintf("#follow-%d option[selected]", p)).Attr("value"); got != "answers" {
		t.Errorf("the author follows at %q", got)
	}
	if words(page.Find(".notice")) == "" {
		t.Error("nothing says that there are no letters without consent")
	}
	action, _ := page.Find(fmt.Sprintf("form:has(#follow-%d)", p)).Attr("action")
	page = b.post(action, "level", "digest", "next", "/ru/river/me/following?said=followed")
	if got, _ := page.Find(fmt.Sprintf("#follow-%d option[selected]", p)).Attr("value"); got != "digest" || words(page.Find("p[role=status]")) == "" {
		t.Errorf("saved as %q", got)
	}
	if rec := b.send(action, formOf("level", "loudly")); rec.Code != http.StatusBadRequest && rec.Code != http.StatusUnprocessableEntity {
		t.Errorf("an unknown level: %d", rec.Code)
	}
	if rec := b.send("/en/river/item/999/follow", formOf("level", "all")); rec.Code != http.StatusNotFound {
		t.Errorf("something that is not there: %d", rec.Code)
	}
	if rec := b.send(action, formOf("level", "all", "next", "https://evil.example/")); strings.Contains(rec.Header().Get("Location"), "evil") {
		t.Errorf("a form leads to %q", rec.Header().Get("Location"))
	}
}

func TestHowOneIsTold(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	b := x.as(dialogue.Participant)
	page := b.post("/en/account/notices/settings", "every", "weekly", "hour", "19", "weekday", "5", "quiet", "1", "from", "21", "to", "6", "letters", "1")
	for id, want := range map[string]string{"every": "weekly", "hour": "19", "weekday": "5", "from": "21", "to": "6"} {
		if got, _ := page.Find("#" + id + " option[selected]").Attr("value"); got != want {
			t.Errorf("%s: got %q, want %q", id, got, want)
		}
	}
	if page.Find("#letters[checked]").Length() != 1 || words(page.Find("p[role=status]")) != "Saved." {
		t.Errorf("got %s", words(page.Find("main")))
	}
	page = b.post("/ru/account/notices/settings", "every", "hourly", "hour", "19", "weekday", "5")
	if got := words(page.Find(".complaint")); !strings.Contains(got, "каждый день") {
		t.Errorf("got %q", got)
	}
	page = b.post("/en/account/notices/key")
	key := words(page.Find("code.key"))
	if len(key) < 40 {
		t.Fatalf("got the key %q", key)
	}
	if rec := b.send("/en/account/notices", nil); !strings.Contains(rec.Header().Get("Cache-Control"), "no-store") {
		t.Error("the page with the key may be kept")
	}
	b.post("/en/account/notices/key/end")
	if who, err := x.Store.FeedReader(context.Background(), key, time.Now()); err != nil || who != "" {
		t.Errorf("an ended key is %q's, %v", who, err)
	}
}

// One click of a program for reading letters comes from elsewhere, without cookie
// or origin, as often as it likes: it ends letters, and no other address lets such
// a form through.
func TestOneClick(t *testing.T) {
	x := newSociety(t, Config{Limiter: account.NewLimiter(1)}, nil)
	x.withLetters(dialogue.Observer)
	x.must(x.Store.Follow(context.Background(), x.people[dialogue.Observer], x.dialogue, 0, notice.All, time.Now()))
	x.problemBy(dialogue.Participant, "The bridge")
	l, err := x.Store.NextLetter(context.Background(), time.Now())
	x.must(err)
	if l == nil || l.Unsubscribe == "" {
		t.Fatalf("got %+v", l)
	}
	post := func(address, site, body string) *httptest.ResponseRecorder {
		r := httptest.NewRequest("POST", address, strings.NewReader(body))
		r.Host = x.origin.Host
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if site != "" {
			r.Header.Set("Sec-Fetch-Site", site)
			r.Header.Set("Origin", "https://mail.example")
		}
		rec := httptest.NewRecorder()
		x.Handler().ServeHTTP(rec, r)
		return rec
	}
	address := "/unsubscribe/" + l.Unsubscribe
	visitor := x.as(dialogue.Visitor)
	if page := visitor.open(address); page.Find("main form[method=post] button").Length() != 1 {
		t.Error("a page without a button")
	}
	letters := func() bool {
		n, err := x.Store.NoticeSettings(context.Background(), x.people[dialogue.Observer])
		x.must(err)
		return n.Letters
	}
	if !letters() {
		t.Fatal("looking at the page ended letters")
	}
	good := ""
	for i := range 100 { // as often as it likes, and one network speaks for many people
		rec := post(address, []string{"", "cross-site"}[i%2], "List-Unsubscribe=One-Click")
		if good = rec.Body.String(); rec.Code != http.StatusOK || rec.Header().Get("Location") != "" || len(rec.Result().Cookies()) > 0 {
			t.Fatalf("%d %s", rec.Code, good)
		}
	}
	if letters() {
		t.Error("letters go on")
	}
	if rec := post("/unsubscribe/nothing", "", "List-Unsubscribe=One-Click"); rec.Code != http.StatusOK || rec.Body.String() != good {
		t.Errorf("a secret that is none: %d %q: one can tell which are good", rec.Code, rec.Body.String())
	}
	for _, route := range x.Routes() {
		if route.Method == http.MethodPost && route.Pattern != unsubscribeAddress {
			if rec := post(addressOf(t, route.Pattern), "cross-site", ""); rec.Code != http.StatusForbidden {
				t.Errorf("%s lets forms of other sites through: %d", route.Pattern, rec.Code)
			}
		}
	}
}
