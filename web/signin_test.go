package web

import (
	"archive/zip"
	"bytes"
	"encoding/base32"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"parley/account"
	"parley/dialogue"
	"parley/i18n"
)

func init() {
	maps.Copy(structs, map[string]any{
		"account": accountPage{}, "arrived": arrivedPage{}, "code": codePage{}, "codes": codesPage{}, "confirm": confirmPage{}, "erase": erasePage{},
		"leaving": leavingPage{}, "newpassword": newPasswordPage{}, "passkey": newPasskeyPage{}, "prove": provePage{}, "recover": recoverPage{},
		"reset": resetPage{}, "signedout": signedOutPage{}, "signin": signInPage{}, "signup": signUpPage{}, "token": tokenPage{}, "totp": totpPage{},
	})
}

const anna, annasPassword = "anna.p", "a heron stands in the reeds"

// signUpAnna makes an account by password on the way into the dialogue.
func signUpAnna(t *testing.T, x *society) (b *browser, codes []string) {
	t.Helper()
	b = newBrowser(t, x.Server)
	doc := b.post("/en/sign-up", "dialogue", string(x.dialogue), "name", "Anna.P", "password", annasPassword, "zone", "Europe/Paris")
	codes = texts(doc.Find(".codes code"))
	if len(codes) != 10 {
		t.Fatalf("no account was made: %s", words(doc.Find("main")))
	}
	return b, codes
}

func heading(doc *goquery.Document) string { return words(doc.Find("main h1")) }

func TestAnAccountByPassword(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	b, _ := signUpAnna(t, x)
	if got := heading(b.open("/en/account")); got != "My account" {
		t.Fatalf("after signing up: %q", got)
	}
	if got := b.open("/en/river").Find(`header a[href="/en/account"]`).Length(); got != 1 {
		t.Error("no way from a page to the account")
	}
	b.post("/en/sign-out")
	if got := b.open("/en/account").Url.Path; got != "/en/sign-in?next=%2Fen%2Faccount" {
		t.Errorf("signed out, the account leads to %q", got)
	}
	doc := b.post("/ru/sign-in", "name", anna, "password", annasPassword, "next", "/ru/account")
	if got := heading(doc); got != "Мои данные" {
		t.Errorf("after signing in: %q", got)
	}
}

func TestAccountsAreMadeOnTheWayIntoADialogue(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	x.admits(dialogue.ByInvitation)
	b := newBrowser(t, x.Server)
	for _, address := range []string{"/en/sign-up", "/en/sign-up?dialogue=river", "/en/sign-up?dialogue=nothing", "/en/sign-up?dialogue=river&invitation=wrong"} {
		if doc := b.open(address); doc.Find("main form").Length() != 0 {
			t.Errorf("%s offers an account", address)
		}
	}
	secret, _, err := x.Store.Invite(t.Context(), x.people[dialogue.Convener], x.dialogue, dialogue.Invitation{Role: dialogue.Participant}, time.Now())
	x.must(err)
	doc := b.open("/en/sign-up?dialogue=river&invitation=" + secret)
	if next := doc.Find("input[name=next]").First().AttrOr("value", ""); next != "/en/river/join?invitation="+secret {
		t.Errorf("the form leads on to %q", next)
	}
	for _, pairs := range [][]string{{"dialogue", "river"}, {}, {"dialogue", "river", "invitation", "wrong"}} {
		rec := b.send("/en/sign-up", formOf(append(pairs, "name", "nobody", "password", annasPassword)...))
		if rec.Code == http.StatusOK || len(b.cookies) > 0 {
			t.Errorf("%v: an account was made", pairs)
		}
	}
}

func TestTheOwnersLink(t *testing.T) {
	s := newServer(t, Config{Store: testStore(t, river())})
	link, err := s.Store.OwnerLink(t.Context(), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	b := newBrowser(t, s)
	doc := b.post("/en/owner/"+link, "name", "root-person", "password", ownerPassword)
	if heading(doc) != "Recovery codes" {
		t.Fatalf("got %s", words(doc.Find("main")))
	}
	other := newBrowser(t, s)
	if rec := other.send("/en/owner/"+link, formOf("name", "another", "password", ownerPassword)); rec.Code == http.StatusOK {
		t.Error("the link worked twice")
	}
}

func TestSecondFactor(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	b, codes := signUpAnna(t, x)
	doc := b.post("/en/account/totp")
	secret := strings.ReplaceAll(words(doc.Find("main .secret")), " ", "")
	if doc.Find("svg.qr path").Length() != 1 || secret == "" {
		t.Fatalf("no picture or no secret: %s", words(doc.Find("main")))
	}
	if doc := b.post("/en/account/totp/confirm", "secret", secret, "code", "000000"); doc.Find(".complaint").Length() != 1 || doc.Find("svg.qr").Length() != 1 {
		t.Errorf("a wrong code: %s", words(doc.Find("main")))
	}
	code, err := codeOf(secret, time.Now().Add(-30*time.Second))
	x.must(err)
	if doc := b.post("/en/account/totp/confirm", "secret", secret, "code", code); !strings.Contains(words(doc.Find(".tidings")), "Codes from the app") {
		t.Fatalf("not set: %s", words(doc.Find("main")))
	}
	b.post("/en/sign-out")
	doc = b.post("/en/sign-in", "name", anna, "password", annasPassword, "next", "/en/river")
	if heading(doc) != "One more step" {
		t.Fatalf("no code is asked for: %q", heading(doc))
	}
	if got := heading(b.open("/en/account")); got != "One more step" {
		t.Errorf("half signed in, the account shows %q", got)
	}
	halfway := b.cookies["parley"].Value
	code, err = codeOf(secret, time.Now().Add(30*time.Second))
	x.must(err)
	if doc := b.post("/en/sign-in/code", "code", code, "next", "/en/river"); doc.Url.Path != "/en/river" {
		t.Errorf("with the code: %q %s", doc.Url.Path, words(doc.Find(".complaint")))
	}
	if b.cookies["parley"].Value == halfway {
		t.Error("the session kept its secret")
	}
	if doc := b.open("/en/account"); heading(doc) != "My account" {
		t.Errorf("in full: %q", heading(doc))
	}

	other := newBrowser(t, x.Server)
	other.post("/en/sign-in", "name", anna, "password", annasPassword)
	if doc := other.post("/en/sign-in/code", "code", codes[0]); heading(doc) != "My account" {
		t.Errorf("a recovery code in place of the app: %s", words(doc.Find("main")))
	}
	if got := words(other.open("/en/account").Find("[aria-labelledby=recovery]")); !strings.Contains(got, "9 codes are left") {
		t.Errorf("codes left: %q", got)
	}
	third := newBrowser(t, x.Server)
	third.post("/en/sign-in", "name", anna, "password", annasPassword)
	if doc := third.post("/en/sign-in/code", "code", codes[0]); heading(doc) == "My account" {
		t.Error("a recovery code worked twice")
	}
}

func TestRecoveryCodesOpenWhatIsLocked(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	_, codes := signUpAnna(t, x)
	b := newBrowser(t, x.Server)
	if doc := b.post("/ru/sign-in/recover", "name", anna, "code", strings.ToLower(codes[3])); heading(doc) != "Мои данные" {
		t.Fatalf("got %s", words(doc.Find("main")))
	}
	doc := b.post("/ru/account/codes")
	if got := texts(doc.Find(".codes code")); len(got) != 10 || slices.Contains(got, codes[4]) {
		t.Errorf("new codes %q", got)
	}
	if doc := newBrowser(t, x.Server).post("/ru/sign-in/recover", "name", anna, "code", codes[4]); heading(doc) == "Мои данные" {
		t.Error("an old code still works")
	}
}

func TestChangingThePassword(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	b, _ := signUpAnna(t, x)
	other := newBrowser(t, x.Server)
	other.post("/en/sign-in", "name", anna, "password", annasPassword)
	const next = "two herons, one river"
	if doc := b.post("/en/account/password", "current", "a wrong guess", "password", next); words(doc.Find("[aria-labelledby=password-head] .complaint")) == "" {
		t.Fatal("the present password is not asked for")
	}
	before := b.cookies["parley"].Value
	if doc := b.post("/en/account/password", "current", annasPassword, "password", next); !strings.Contains(words(doc.Find(".tidings")), "password is set") {
		t.Fatalf("not changed: %s", words(doc.Find(".complaint")))
	}
	if b.cookies["parley"].Value == before {
		t.Error("the session kept its secret")
	}
	if got := heading(other.open("/en/account")); got != "Sign in" {
		t.Errorf("the other device sees %q", got)
	}
	if rec := b.send("/en/account/password/remove", formOf()); rec.Code != http.StatusConflict {
		t.Errorf("the only way in can be removed: %d", rec.Code)
	}
}

func TestSessionsAreListedAndEnded(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	b, _ := signUpAnna(t, x)
	other := newBrowser(t, x.Server)
	other.post("/en/sign-in", "name", anna, "password", annasPassword)
	rows := b.open("/en/account").Find("[aria-labelledby=sessions] li")
	if rows.Length() != 2 || !strings.Contains(words(rows.First()), "Firefox, Linux") || b.open("/en/account").Find("[aria-labelledby=sessions] .kind").Length() != 1 {
		t.Fatalf("sessions: %s", words(rows))
	}
	rows.Each(func(_ int, li *goquery.Selection) {
		if li.Find(".kind").Length() == 0 {
			b.post(li.Find("form").AttrOr("action", ""))
		}
	})
	if got := heading(other.open("/en/account")); got != "Sign in" {
		t.Errorf("the ended session sees %q", got)
	}
	if got := heading(b.open("/en/account")); got != "My account" {
		t.Errorf("the other one sees %q", got)
	}
	other.post("/en/sign-in", "name", anna, "password", annasPassword)
	b.post("/en/account/sessions/end")
	if got := heading(other.open("/en/account")); got != "Sign in" {
		t.Errorf("after ending all others: %q", got)
	}
}

func TestKeysForPrograms(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	b, _ := signUpAnna(t, x)
	doc := b.post("/en/account/token", "name", "my script", "scope", "read", "lasts", "30")
	secret := words(doc.Find("#token"))
	if !strings.HasPrefix(secret, "parley_") {
		t.Fatalf("got %s", words(doc.Find("main")))
	}
	v, err := x.Store.Bearer(t.Context(), secret, time.Now())
	if err != nil || v.Person == "" {
		t.Errorf("the key names nobody: %v", err)
	}
	doc = b.open("/en/account")
	if list := doc.Find("[aria-labelledby=tokens] li"); !strings.Contains(words(list), "read what I may read") || strings.Contains(words(doc.Selection), secret) {
		t.Errorf("the list says %q", words(list))
	}
	b.post(doc.Find("[aria-labelledby=tokens] li form").AttrOr("action", ""))
	if v, _ := x.Store.Bearer(t.Context(), secret, time.Now()); v.Person != "" {
		t.Error("the key still works")
	}
	if doc := b.post("/en/account/token", "name", "", "scope", "everything"); words(doc.Find("[aria-labelledby=tokens] .complaint")) == "" {
		t.Errorf("a key for anything was made: %s", words(doc.Find("main")))
	}
}

// letterLink is the path in the newest letter of a kind.
func letterLink(t *testing.T, x *society, kind string) string {
	t.Helper()
	letters, err := x.Store.Letters(t.Context(), x.people[dialogue.Owner], "", "", 50)
	x.must(err)
	for _, l := range letters {
		if l.Kind == kind {
			return l.Args["Link"]
		}
	}
	t.Fatalf("no letter %q", kind)
	return ""
}

func TestAddressesAndForgottenPasswords(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	b, _ := signUpAnna(t, x)
	b.post("/en/account/email", "email", "anna@example.org")
	if got := words(b.open("/en/account").Find("[aria-labelledby=email-head]")); !strings.Contains(got, "not confirmed yet") {
		t.Errorf("before: %q", got)
	}
	link := letterLink(t, x, "confirm-email")
	stranger := newBrowser(t, x.Server)
	if doc := stranger.post(link); !strings.Contains(words(doc.Find("main")), "The address is confirmed") {
		t.Fatalf("%s: %s", link, words(doc.Find("main")))
	}
	if got := words(b.open("/en/account").Find("[aria-labelledby=email-head]")); !strings.Contains(got, "anna@example.org confirmed") {
		t.Errorf("afterwards: %q", got)
	}
	stranger.post("/en/sign-in/reset", "email", "Anna@example.org")
	link = letterLink(t, x, "reset-password")
	if doc := stranger.post(link, "password", "short"); words(doc.Find(".complaint")) == "" {
		t.Error("a short password was taken")
	}
	if doc := stranger.post(link, "password", "three herons and a boat"); heading(doc) != "Sign in" {
		t.Fatalf("%s: %s", link, words(doc.Find("main")))
	}
	if got := heading(b.open("/en/account")); got != "Sign in" {
		t.Errorf("the old session sees %q", got)
	}
	if doc := b.post("/en/sign-in", "name", "anna@example.org", "password", "three herons and a boat"); heading(doc) != "My account" {
		t.Errorf("by address: %s", words(doc.Find("main")))
	}
}

func TestTakingDataHomeAndLeaving(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	b, _ := signUpAnna(t, x)
	rec := b.send("/ru/account/export", formOf())
	if _, err := zip.NewReader(bytes.NewReader(rec.Body.Bytes()), int64(rec.Body.Len())); err != nil || rec.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("export: %d, %v, %v", rec.Code, err, rec.Header())
	}
	doc := b.open("/ru/account/delete")
	if doc.Find("form input[type=radio]").Length() != 2 {
		t.Fatalf("no choice: %s", words(doc.Find("main")))
	}
	rec = b.send("/ru/account/delete", formOf("texts", "remove"))
	if rec.Header().Get("Location") != "/ru/sign-out" || len(b.cookies) != 0 {
		t.Errorf("after leaving: %v, cookies %v", rec.Header(), b.cookies)
	}
	if doc := b.post("/ru/sign-in", "name", anna, "password", annasPassword); words(doc.Find(".complaint")) == "" {
		t.Error("the account still opens")
	}
}

func TestAProofIsAskedForAfterAWhile(t *testing.T) {
	now := time.Now()
	x := newSociety(t, Config{Now: func() time.Time { return now }}, nil)
	b, codes := signUpAnna(t, x)
	now = now.Add(20 * time.Minute)
	for _, route := range x.Routes() {
		if route.Verb != dialogue.ProveFresh {
			continue
		}
		var form = formOf()
		if route.Method == http.MethodGet {
			form = nil
		}
		rec := b.send(regexp.MustCompile(`\{[a-z]+\}`).ReplaceAllString(strings.Replace(route.Pattern, "{lang}", "en", 1), "x"), form)
		if to := rec.Header().Get("Location"); rec.Code != http.StatusSeeOther || !strings.HasPrefix(to, "/en/account/prove?next=") {
			t.Errorf("%s %s: %d to %q", route.Method, route.Pattern, rec.Code, to)
		}
	}
	before := b.cookies["parley"].Value
	if doc := b.post("/en/account/prove", "password", "wrong guess", "next", "/en/account"); words(doc.Find(".complaint")) == "" {
		t.Error("a wrong password proves something")
	}
	b.post("/en/account/prove", "password", annasPassword, "next", "/en/account/delete")
	if b.cookies["parley"].Value == before {
		t.Error("the session kept its secret")
	}
	if got := heading(b.open("/en/account/delete")); got != "Delete my account" {
		t.Errorf("after the proof: %q", got)
	}
	now = now.Add(20 * time.Minute)
	b.post("/en/account/prove", "password", codes[9])
	if got := heading(b.open("/en/account/delete")); got != "Delete my account" {
		t.Errorf("after the proof by a code: %q", got)
	}
}

func TestEveryWordOfTheDoorExists(t *testing.T) {
	for _, lang := range i18n.Languages {
		w := i18n.For(lang)
		for _, what := range tidings {
			if !w.Has("door.done." + what) {
				t.Errorf("%s lacks door.done.%s", lang, what)
			}
		}
		for _, state := range []string{"asked", "admitted", "refused", "left", "removed", "agree"} {
			if !w.Has("door.state." + state) {
				t.Errorf("%s lacks door.state.%s", lang, state)
			}
		}
		for _, scope := range []string{"read", "write", "desk", "account"} {
			if !w.Has("door.scope." + scope) {
				t.Errorf("%s lacks door.scope.%s", lang, scope)
			}
		}
	}
}

// codeOf is what an app shows that was given the secret.
func codeOf(secret string, at time.Time) (string, error) {
	key, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(secret)
	if err != nil {
		return "", err
	}
	return account.TOTPCode(key, at.Unix()/30), nil
}
