package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"parley/dialogue"
)

// demonstration is a society in which visitors may look around as two of its
// people, and as nobody else.
func demonstration(t *testing.T) *society {
	x := newSociety(t, Config{Demo: true}, nil)
	x.Guests = []Guest{
		{Key: "member", Person: x.people[dialogue.Participant], Dialogue: x.dialogue, Role: dialogue.Participant, Name: both("a member", "участница")},
		{Key: "mediator", Person: x.people[dialogue.Mediator], Dialogue: x.dialogue, Role: dialogue.Mediator, Name: both("a mediator", "посредник")},
		{Key: "owner", Person: x.people[dialogue.Owner], Role: dialogue.Owner, Name: both("the owner", "владелец")},
	}
	return x
}

func TestLookingAroundAsSomebodyInvented(t *testing.T) {
	x := demonstration(t)
	b := newBrowser(t, x.Server)
	doc := b.open("/ru")
	if doc.Find("form.ribbon").Length() != 0 {
		t.Error("the demonstration opens signed in")
	}
	if got := texts(doc.Find(".guests button")); !slices.Equal(got, []string{"владелец", "посредник", "участница"}) {
		t.Errorf("the list offers %q", got)
	}
	if got := texts(b.open("/en/river").Find(".guests button")); !slices.Equal(got, []string{"a mediator", "a member"}) {
		t.Errorf("the dialogue offers %q", got)
	}
	doc = b.post("/ru/demo", "guest", "mediator")
	if doc.Url.Path != "/ru/river" || !strings.Contains(words(doc.Find("form.ribbon")), "посредник (вымышленное лицо)") {
		t.Errorf("%s: %q", doc.Url.Path, words(doc.Find(".ribbon")))
	}
	if doc := b.post("/ru/demo", "guest", "owner"); doc.Url.Path != "/ru" {
		t.Errorf("the owner stands at %s", doc.Url.Path)
	}
	b.post("/ru/sign-out")
	if b.open("/ru").Find("form.ribbon").Length() != 0 {
		t.Error("still somebody")
	}
}

func TestNobodyElseCanBePlayed(t *testing.T) {
	x := demonstration(t)
	b := newBrowser(t, x.Server)
	for _, guest := range []string{"", "convener", string(x.people[dialogue.Convener])} {
		if rec := b.send("/en/demo", formOf("guest", guest)); rec.Code != http.StatusNotFound || len(b.cookies) > 0 {
			t.Errorf("%q: %d", guest, rec.Code)
		}
	}
	live := newServer(t, Config{Store: x.Store, Guests: x.Guests})
	if rec := newBrowser(t, live).send("/en/demo", formOf("guest", "member")); rec.Code == http.StatusSeeOther {
		t.Error("a site that is no demonstration lets anybody be a guest")
	}
	if got := newBrowser(t, live).open("/en").Find(".guests").Length(); got != 0 {
		t.Error("and offers it")
	}
}

// An invented person stays as it is for the next who plays it.
func TestGuestsLeaveTheAccountAsItIs(t *testing.T) {
	x := demonstration(t)
	b := newBrowser(t, x.Server)
	b.post("/en/demo", "guest", "member")
	refused := 0
	for _, route := range x.Routes() {
		if !strings.HasPrefix(route.Pattern, "/{lang}/account") {
			continue
		}
		form := formOf("email", "anna@example.org", "password", "a long new password", "texts", "remove")
		if route.Method == http.MethodGet {
			form = nil
		}
		rec := b.send(addressOf(t, route.Pattern), form)
		if rec.Code == http.StatusForbidden && strings.Contains(rec.Body.String(), "other visitors look around as the same one") {
			refused++
		} else if !slices.Contains(append(guestsMay, "/{lang}/account"), route.Pattern) {
			t.Errorf("%s %s: %d", route.Method, route.Pattern, rec.Code)
		}
	}
	if refused < 15 {
		t.Errorf("%d deeds were refused", refused)
	}
	if got := words(b.open("/en/account").Find(".notice")); !strings.Contains(got, "This person is invented") {
		t.Errorf("the account says %q", got)
	}
	if rec := x.as(dialogue.Convener).send("/en/account/sessions/end", formOf()); rec.Code != http.StatusSeeOther {
		t.Errorf("whoever is no guest: %d", rec.Code)
	}
}
