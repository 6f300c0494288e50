package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"parley/account"
	"parley/dialogue"
)

func TestWhoHasOnlyToSignInComesBack(t *testing.T) {
	x := newSociety(t, Config{}, func(d *dialogue.Dialogue) { d.Rule = dialogue.Members })
	for _, c := range []struct {
		address string
		form    url.Values
		next    string
	}{
		{"/ru/river/registers?swap=1", nil, "/ru/river/registers?swap=1"},
		{"/en/river/topic/water", nil, "/en/river/topic/water"},
		{"/en/account", nil, "/en/account"},
		{"/en/river/deals", formOf(), "/en/river/deals"},
		{"/en/account/profile", formOf("lang", "ru"), "/en/account"},
		{"/en/account/session/x/end", formOf(), "/en/account"},
		{"/en/river/me/sides", formOf(), "/en/river/me"},
	} {
		rec := newBrowser(t, x.Server).send(c.address, c.form)
		to, err := url.Parse(rec.Header().Get("Location"))
		if err != nil || rec.Code != http.StatusSeeOther || !strings.HasSuffix(to.Path, "/sign-in") || to.Query().Get("next") != c.next {
			t.Errorf("%s: %d to %q, want back to %q", c.address, rec.Code, to, c.next)
		}
	}
}

func TestANewDeclarationComesFirst(t *testing.T) {
	x := newSociety(t, Config{}, func(d *dialogue.Dialogue) { d.Rule = dialogue.Members })
	_, err := x.Store.Declare(t.Context(), x.people[dialogue.Convener], x.dialogue, both("Be kinder.", "Будьте добрее."), "en", x.Now())
	x.must(err)
	rec := x.as(dialogue.Participant).send("/ru/river/registers", nil)
	if to := rec.Header().Get("Location"); rec.Code != http.StatusSeeOther || to != "/ru/river/declaration?next=%2Fru%2Friver%2Fregisters" {
		t.Errorf("got %d to %q", rec.Code, to)
	}
}

func TestTheWayOnFollowsTheLanguage(t *testing.T) {
	s := newServer(t, Config{Store: fullStore(t)})
	doc := newBrowser(t, s).open("/en/sign-in?next=%2Fen%2Fthree-towns%2Fdeals%3Fswap%3D1")
	if got := doc.Find(`header a[hreflang=ru]`).AttrOr("href", ""); got != "/ru/sign-in?next=%2Fru%2Fthree-towns%2Fdeals%3Fswap%3D1" {
		t.Errorf("the other language is at %q", got)
	}
	doc = newBrowser(t, s).open("/ru/three-towns/deals?swap=1")
	if got := doc.Find(`header a[href^="/ru/sign-in"]`).AttrOr("href", ""); got != "/ru/sign-in?next=%2Fru%2Fthree-towns%2Fdeals%3Fswap%3D1" {
		t.Errorf("signing in is at %q", got)
	}
}

func TestLongForms(t *testing.T) {
	s := newServer(t, Config{Store: fullStore(t)})
	if rec := newBrowser(t, s).send("/en/sign-in", formOf("name", strings.Repeat("a", maxForm))); rec.Code != http.StatusBadRequest {
		t.Errorf("a form of more than a megabyte: %d", rec.Code)
	}
	r := httptest.NewRequest("POST", "/en/sign-in", strings.NewReader("name=%zz"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	rec := httptest.NewRecorder()
	s.Handler().ServeHTTP(rec, r)
	if rec.Code != http.StatusBadRequest {
		t.Errorf("a garbled form: %d", rec.Code)
	}
}

// Programs have a door of their own behind the same chain; cookies say nothing
// there.
func TestProgramsHaveTheirOwnDoor(t *testing.T) {
	asked := ""
	api := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = fmt.Sprint(r.URL.Path, visitOf(r).SignedIn(), account.Client(r.Context()) != "")
		w.WriteHeader(http.StatusNoContent)
	})
	x := newSociety(t, Config{API: api}, nil)
	rec := x.as(dialogue.Owner).send("/api/v1/dialogues", nil)
	if rec.Code != http.StatusNoContent || asked != "/api/v1/dialoguesfalse true" || rec.Header().Get("Content-Security-Policy") == "" {
		t.Errorf("got %d, %q, %v", rec.Code, asked, rec.Header())
	}
	if rec := x.as(dialogue.Owner).send("/api/v1/%00", nil); rec.Code != http.StatusNoContent {
		t.Errorf("a garbled address: %d", rec.Code)
	}
	if rec := newBrowser(t, newServer(t, Config{Store: x.Store})).send("/api/v1/dialogues", nil); rec.Code != http.StatusNotFound {
		t.Errorf("without programs: %d", rec.Code)
	}
}

func TestOrigins(t *testing.T) {
	for origin, good := range map[string]bool{
		"": true, "https://parley.example": true, "http://127.0.0.1:8080": true, "https://parley.example/": false, "parley.example": false, "https://": false,
		"https://user@parley.example": false, "https://parley.example?x=1": false,
	} {
		if _, err := New(Config{Store: fullStore(t), Origin: origin}); (err == nil) != good {
			t.Errorf("%q: %v", origin, err)
		}
	}
}

func TestDevicesInTwoWords(t *testing.T) {
	for agent, want := range map[string]string{
		"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0":                                                                  "Firefox, Linux",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0":           "Edge, Windows",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1": "Safari, iPhone",
		"Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36":                            "Chrome, Android",
		"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0 YaBrowser/25.8 Safari/537.36":        "Yandex, macOS",
		"curl/8.0": "",
	} {
		if got := device(&http.Request{Header: http.Header{"User-Agent": {agent}}}); got != want {
			t.Errorf("%s: %q, want %q", agent, got, want)
		}
	}
}
