package web

import (
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"parley/account"
	"parley/dialogue"
	"parley/store"
)

func TestTextsOfTheSiteAreWrittenByItsOwner(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	b := x.as(dialogue.Owner)
	if mine, others := b.open("/en/river").Find(`.tools a[href="/en/server"]`).Length(), x.as(dialogue.Convener).open("/en/river").Find(`.tools a[href="/en/server"]`).Length(); mine != 1 || others != 0 {
		t.Errorf("the way to the server is shown to its owner %d times, to others %d", mine, others)
	}
	if got := words(b.open("/en/server").Find(".notice")); !strings.Contains(got, "Imprint, Privacy, Terms of use") {
		t.Errorf("what is not written yet: %q", got)
	}
	for _, kind := range store.LegalKinds {
		stranger := x.as(dialogue.Visitor)
		if got := stranger.open("/en/legal/" + kind).Find(".invitation").Length(); got != 1 {
			t.Errorf("%s: an unwritten text is not owned up to", kind)
		}
		doc := b.post("/en/server/legal/"+kind, "text.en", "# Who\n\nAda <b>Weir</b>", "text.ru", "Ада *Вейр*")
		if !strings.Contains(words(doc.Find("[role=status]")), "Saved") {
			t.Fatalf("%s: %s", kind, words(doc.Find("main")))
		}
		doc = stranger.open("/en/legal/" + kind)
		if words(doc.Find(".written h2")) != "Who" || doc.Find(".written b").Length() != 0 || doc.Find("h1").Length() != 1 {
			t.Errorf("%s: %s", kind, words(doc.Find("main")))
		}
		if got := words(stranger.open("/ru/legal/" + kind).Find(".written em")); got != "Вейр" {
			t.Errorf("%s in Russian: %q", kind, got)
		}
		if stranger.open("/en/river").Find(`footer a[href="/en/legal/`+kind+`"]`).Length() != 1 {
			t.Errorf("%s: no link in the foot of a page", kind)
		}
		if got := x.as(dialogue.Convener).send("/en/server/legal/"+kind, nil).Code; got != http.StatusForbidden {
			t.Errorf("%s: a convener writes it: %d", kind, got)
		}
	}
	if got := b.send("/en/legal/nothing", nil).Code + b.send("/en/server/legal/nothing", nil).Code; got != 2*http.StatusNotFound {
		t.Errorf("a text that there is not: %d", got)
	}
	long := b.send("/en/server/legal/terms", formOf("text.en", strings.Repeat("x ", 200_000)))
	if long.Code != http.StatusBadRequest || !strings.Contains(long.Body.String(), "x x x") {
		t.Errorf("too long: %d", long.Code)
	}
}

func TestANewDialogueAndItsConvener(t *testing.T) {
	x := newSociety(t, Config{Origin: "https://parley.example"}, nil)
	b := x.as(dialogue.Owner)
	const at = "/en/server/dialogue"
	form := []string{"id", "hill", "title.en", "A hill", "title.ru", "Холм", "language", "en", "language", "ru", "rule", "members", "unlisted", "yes",
		"side", "N", "side-name-1.en", "North", "side-name-1.ru", "Север", "side", "S", "side-name-2.en", "South", "side-name-2.ru", "Юг",
		"side", "T", "side-name-3.en", "Top", "side-name-3.ru", "Вершина", "side", ""}
	bad := append([]string{"id", "Hill of ours"}, form[2:]...)
	doc := b.post(at, bad...)
	if words(doc.Find(".wrongs")) == "" || doc.Find("#id").AttrOr("value", "") != "Hill of ours" || doc.Find(`[id="side-name-3.ru"]`).AttrOr("value", "") != "Вершина" {
		t.Errorf("a bad id: %s", words(doc.Find("main")))
	}
	if got := words(b.post(at, append([]string{"id", "river"}, form[2:]...)...).Find("#id-wrong")); got == "" {
		t.Error("an id that is taken was taken again")
	}
	doc = b.post(at, form...)
	if heading(doc) != "Server" || doc.Find(`option[value=hill]`).Length() != 1 {
		t.Fatalf("not made: %s", words(doc.Find("main")))
	}
	if got := words(x.as(dialogue.Convener).open("/en").Find(".dialogues")); strings.Contains(got, "A hill") {
		t.Error("an unlisted dialogue is listed")
	}
	rec := b.send("/en/server/convener", formOf("id", "hill"))
	page, _ := goquery.NewDocumentFromReader(strings.NewReader(rec.Body.String()))
	link := strings.TrimPrefix(words(page.Find(".secret")), "https://parley.example")
	holder := x.as(dialogue.Holder)
	door := holder.open(link)
	if !strings.Contains(words(door.Find(".notice")), "as its convener") {
		t.Fatalf("the link finds %s", words(door.Find("main")))
	}
	mine := holder.arrive("/en/hill/join", filled(door.Find("form.sheet"), "tick", "rules"))
	if got := toldOf(mine, "Roles"); got != "convener" {
		t.Fatalf("roles %q: %s", got, words(mine.Find("main")))
	}
	if got := words(holder.open("/en").Find(".dialogues")); !strings.Contains(got, "A hill") {
		t.Error("who takes part does not find it in the list")
	}
	if got := holder.open("/en/hill/desk/settings").Find("form.sheet").Length(); got != 1 {
		t.Error("the convener cannot prepare it")
	}
	if got := words(b.post("/en/server/convener", "id", "hill").Find("#id-wrong")); got == "" {
		t.Error("the owner appoints a second convener")
	}
	if got := b.send("/en/hill", nil).Code; got != http.StatusOK {
		t.Errorf("the owner may know of it: %d", got)
	}
	if got := b.open("/en/hill").Find(".columns").Length(); got != 0 {
		t.Error("the owner reads a room for members")
	}
}

func TestMessagesReachThoseWhoRunIt(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	b := x.as(dialogue.Visitor)
	for address, field := range map[string]string{"/en/contact": "site", "/en/river/contact": "dialogue"} {
		doc := b.open(address)
		if !strings.Contains(words(doc.Find(".lead")), "at the desk") && field == "dialogue" || doc.Find("textarea[required]").Length() != 1 {
			t.Errorf("%s: %s", address, words(doc.Find("main")))
		}
		empty := b.post(address, "message", "  ", "from", "ada")
		if words(empty.Find("#message-wrong")) == "" || empty.Find("#from").AttrOr("value", "") != "ada" {
			t.Errorf("%s: an empty message: %s", address, words(empty.Find("main")))
		}
		long := b.post(address, "message", strings.Repeat("x", maxMessage+1))
		if words(long.Find("#message-wrong")) == "" {
			t.Errorf("%s: a long message was sent", address)
		}
		doc = b.post(address, "message", "Words to "+field, "from", "ada")
		if !strings.Contains(words(doc.Find("[role=status]")), "is kept for those") {
			t.Errorf("%s: %s", address, words(doc.Find("main")))
		}
	}
	if got := words(x.as(dialogue.Owner).open("/en/server/letters").Find(".people")); !strings.Contains(got, "Words to site") || !strings.Contains(got, "Words to dialogue") {
		t.Errorf("the outbox: %q", got)
	}
}

func TestMessagesAreFewFromOneNetwork(t *testing.T) {
	x := newSociety(t, Config{Limiter: account.NewLimiter(1)}, nil)
	b := x.as(dialogue.Visitor)
	for n := range account.RateLetter.Burst {
		if got := b.send("/en/contact", formOf("message", "words")).Code; got != http.StatusSeeOther {
			t.Errorf("message %d: %d", n, got)
		}
	}
	if got := b.send("/en/contact", formOf("message", "words")); got.Code != http.StatusTooManyRequests || got.Header().Get("Retry-After") == "" {
		t.Errorf("one more: %d", got.Code)
	}
}

// Whoever follows a link from the outbox has somebody's account.
func TestTheOutboxKeepsLinksOfAccounts(t *testing.T) {
	for _, mailed := range []bool{false, true} {
		x := newSociety(t, Config{Mail: mailed, Origin: atParley}, nil)
		b, _ := signUpAnna(t, x)
		b.post("/en/account/email", "email", "anna@example.org")
		newBrowser(t, x.Server).post(letterLink(t, x, "confirm-email"))
		newBrowser(t, x.Server).post("/en/sign-in/reset", "email", "anna@example.org")
		links := []string{letterLink(t, x, "confirm-email"), letterLink(t, x, "reset-password")}
		owner := x.as(dialogue.Owner)
		rec := owner.send("/en/server/letters", nil)
		for _, link := range links {
			if strings.Contains(rec.Body.String(), link) {
				t.Errorf("mailed %t: the outbox shows %s", mailed, link)
			}
		}
		doc := owner.open("/en/server/letters")
		forms := doc.Find(".people form")
		if mailed {
			if got := owner.send("/en/server/letters", formOf("letter", "nothing")).Code; got != http.StatusMethodNotAllowed || forms.Length() != 0 {
				t.Errorf("links can be asked for: %d, %d forms", got, forms.Length())
			}
			if got := words(doc.Find(".people")); strings.Count(got, "It goes out by mail and is not shown here.") != 2 {
				t.Errorf("the outbox says %q", got)
			}
			continue
		}
		if forms.Length() != 2 || !strings.Contains(words(forms), "only if you hand it on") {
			t.Fatalf("the outbox says %q", words(doc.Find(".people")))
		}
		id := forms.First().Find("[name=letter]").AttrOr("value", "")
		doc = owner.post(forms.First().AttrOr("action", ""), "letter", id)
		if got := texts(doc.Find(".people .secret")); len(got) != 1 || got[0] != atParley+links[1] {
			t.Errorf("asked for one link, the outbox shows %v", got)
		}
		if got := owner.send("/en/server/letters", formOf("letter", "nothing")).Code; got != http.StatusNotFound {
			t.Errorf("no such letter: %d", got)
		}
		if got := x.as(dialogue.Convener).send("/en/server/letters", formOf("letter", id)).Code; got != http.StatusForbidden {
			t.Errorf("a convener asks: %d", got)
		}
	}
}
