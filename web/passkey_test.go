package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	virtual "github.com/descope/virtualwebauthn"
)

// key is a device with one passkey in it.
type key struct {
	rp     virtual.RelyingParty
	device virtual.Authenticator
	cred   virtual.Credential
}

func newKey() *key {
	return &key{
		rp:     virtual.RelyingParty{Name: "parley", ID: "parley.example", Origin: "https://parley.example"},
		device: virtual.NewAuthenticator(), cred: virtual.NewCredential(virtual.KeyTypeEC2),
	}
}

// made answers the form that asks for a new passkey.
func (k *key) made(t *testing.T, form *goquery.Selection) string {
	t.Helper()
	o, err := virtual.ParseAttestationOptions(form.AttrOr("data-options", ""))
	if err != nil {
		t.Fatalf("%v in %q", err, form.AttrOr("data-options", ""))
	}
	k.device.Options.UserHandle = []byte(o.UserID)
	answer := virtual.CreateAttestationResponse(k.rp, k.device, k.cred, *o)
	k.device.AddCredential(k.cred)
	return completed(t, answer)
}

// used answers the form that asks for one that is there.
func (k *key) used(t *testing.T, form *goquery.Selection) string {
	t.Helper()
	o, err := virtual.ParseAssertionOptions(form.AttrOr("data-options", ""))
	if err != nil {
		t.Fatal(err)
	}
	k.cred.Counter++
	return completed(t, virtual.CreateAssertionResponse(k.rp, k.device, k.cred, *o))
}

// completed adds what browsers send and the library leaves out.
func completed(t *testing.T, answer string) string {
	t.Helper()
	var v map[string]any
	if err := json.Unmarshal([]byte(answer), &v); err != nil {
		t.Fatal(err)
	}
	v["clientExtensionResults"] = map[string]any{}
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

const atParley = "https://parley.example"

// signUpWithKey makes an account with a passkey.
func signUpWithKey(t *testing.T, x *society, k *key) *browser {
	t.Helper()
	b := newBrowser(t, x.Server)
	form := b.open("/en/sign-up?dialogue=river").Find("form[data-passkey=create]")
	doc := b.post("/en/sign-up", "dialogue", "river", "name", "keyholder", "handle", form.Find("[name=handle]").AttrOr("value", ""),
		"key_name", "my key", "zone", "UTC", "answer", k.made(t, form))
	if heading(doc) != "Recovery codes" {
		t.Fatalf("no account was made: %s", words(doc.Find("main")))
	}
	return b
}

func TestAnAccountByPasskey(t *testing.T) {
	x := newSociety(t, Config{Origin: atParley}, nil)
	k := newKey()
	b := signUpWithKey(t, x, k)
	doc := b.open("/en/account")
	if got := words(doc.Find("[aria-labelledby=passkeys] li strong")); got != "my key" {
		t.Errorf("passkeys %q", got)
	}
	if rec := b.send(doc.Find("[aria-labelledby=passkeys] li form").Last().AttrOr("action", ""), formOf()); rec.Code != http.StatusConflict {
		t.Errorf("the only way in can be removed: %d", rec.Code)
	}
	b.post("/en/sign-out")
	form := b.open("/en/sign-in").Find("form[data-passkey=get]")
	if doc := b.post("/en/sign-in/passkey", "answer", k.used(t, form)); heading(doc) != "My account" {
		t.Fatalf("with the key: %s", words(doc.Find("main")))
	}
	rename := doc.Find("[aria-labelledby=passkeys] li form").First().AttrOr("action", "")
	if got := words(b.post(rename, "name", "the key in the drawer").Find("[aria-labelledby=passkeys] li strong")); got != "the key in the drawer" {
		t.Errorf("renamed: %q", got)
	}

	second := newKey()
	form = b.open("/en/account/passkey").Find("form[data-passkey=create]")
	if doc := b.post("/en/account/passkey", "answer", second.made(t, form), "key_name", "a second"); doc.Find("[aria-labelledby=passkeys] li").Length() != 2 {
		t.Fatalf("a second key: %s", words(doc.Find("main")))
	}
	if doc := b.post(doc.Find("[aria-labelledby=passkeys] li form").Last().AttrOr("action", "")); doc.Find("[aria-labelledby=passkeys] li").Length() != 1 {
		t.Errorf("removed: %s", words(doc.Find("[aria-labelledby=passkeys]")))
	}
	form = newBrowser(t, x.Server).open("/en/sign-in").Find("form[data-passkey=get]")
	if doc := newBrowser(t, x.Server).post("/en/sign-in/passkey", "answer", k.used(t, form)); heading(doc) == "My account" {
		t.Error("the key that was removed still opens")
	}
}

func TestPasskeysThatDoNotOpen(t *testing.T) {
	now := time.Now()
	x := newSociety(t, Config{Origin: atParley, Now: func() time.Time { return now }}, nil)
	k := newKey()
	signUpWithKey(t, x, k)
	ask := func() *goquery.Selection {
		return newBrowser(t, x.Server).open("/en/sign-in").Find("form[data-passkey=get]")
	}
	try := func(answer string) bool {
		b := newBrowser(t, x.Server)
		return heading(b.post("/en/sign-in/passkey", "answer", answer)) == "My account"
	}
	good := k.used(t, ask())
	if !try(good) {
		t.Fatal("the good answer does not open")
	}
	if try(good) {
		t.Error("an answer opens twice")
	}
	for name, change := range map[string]func(*key){
		"another origin":  func(k *key) { k.rp.Origin = "https://parley.example.evil.test" },
		"plain http":      func(k *key) { k.rp.Origin = "http://parley.example" },
		"another site":    func(k *key) { k.rp.ID = "evil.test" },
		"another person":  func(k *key) { k.device.Options.UserHandle = []byte("somebody else, 32 bytes long....") },
		"an unknown key":  func(k *key) { k.cred = virtual.NewCredential(virtual.KeyTypeEC2) },
		"another key":     func(k *key) { k.cred.Key = virtual.NewCredential(virtual.KeyTypeEC2).Key },
		"a cloned key":    func(k *key) { k.cred.Counter = 0 },
		"not even a word": func(k *key) { k.rp.ID = "" },
	} {
		broken := *k
		change(&broken)
		if try(broken.used(t, ask())) {
			t.Errorf("%s opens the account", name)
		}
	}
	late := k.used(t, ask())
	now = now.Add(challengeLasts + time.Second)
	if try(late) {
		t.Error("an answer that comes too late opens")
	}
	for _, junk := range []string{"", "{}", "null", `{"id":"x"}`, strings.Repeat("[", 10_000)} {
		if rec := newBrowser(t, x.Server).send("/en/sign-in/passkey", formOf("answer", junk)); rec.Code != http.StatusBadRequest {
			t.Errorf("%.20q: %d", junk, rec.Code)
		}
	}
}

// A challenge is for one deed: an answer to one form is none to another.
func TestChallengesAreForOneDeed(t *testing.T) {
	x := newSociety(t, Config{Origin: atParley}, nil)
	k := newKey()
	b := signUpWithKey(t, x, k)
	form := b.open("/en/account/prove").Find("form[data-passkey=get]")
	if form.Length() != 1 {
		t.Fatal("no form for a proof")
	}
	if doc := newBrowser(t, x.Server).post("/en/sign-in/passkey", "answer", k.used(t, form)); heading(doc) == "My account" {
		t.Error("the answer for a proof signs in")
	}
	form = b.open("/en/sign-in").Find("form[data-passkey=get]")
	if rec := b.send("/en/account/prove/passkey", formOf("answer", k.used(t, form))); rec.Code == http.StatusSeeOther {
		t.Error("the answer for signing in is a proof")
	}
	before := b.cookies["__Host-parley"].Value
	form = b.open("/en/account/prove").Find("form[data-passkey=get]")
	if rec := b.send("/en/account/prove/passkey", formOf("answer", k.used(t, form))); rec.Code != http.StatusSeeOther {
		t.Errorf("a proof: %d %s", rec.Code, rec.Body)
	}
	if b.cookies["__Host-parley"].Value == before {
		t.Error("the session kept its secret")
	}
}

func TestWherePasskeysAreOffered(t *testing.T) {
	for _, c := range []struct {
		origin, host, rp string
	}{
		{"https://parley.example", "parley.example", "parley.example"},
		{"https://parley.example", "evil.test", "parley.example"},
		{"http://127.0.0.1:8080", "127.0.0.1:8080", ""},
		{"http://127.0.0.1:8080", "localhost:8080", "localhost"},
		{"http://[::1]:8080", "localhost:8080", "localhost"},
		{"http://192.0.2.1", "localhost", ""},
		{"http://localhost:8080", "localhost:8080", "localhost"},
	} {
		s := newServer(t, Config{Store: fullStore(t), Origin: c.origin})
		b := newBrowser(t, s)
		b.host = c.host
		form := b.open("/ru/sign-in").Find("form[data-passkey]")
		var o struct {
			RPID             string `json:"rpId"`
			UserVerification string
		}
		if c.rp != "" {
			if err := json.Unmarshal([]byte(form.AttrOr("data-options", "")), &o); err != nil {
				t.Fatal(err)
			}
			if o.UserVerification != "preferred" {
				t.Errorf("%s: verification %q", c.origin, o.UserVerification)
			}
		}
		if o.RPID != c.rp || (form.Length() == 0) != (c.rp == "") {
			t.Errorf("%s asked as %s: %q, want %q", c.origin, c.host, o.RPID, c.rp)
		}
	}
}

func TestSealsOpenOnlyForTheirUse(t *testing.T) {
	s := newServer(t, Config{Store: fullStore(t)})
	r := &http.Request{URL: &url.URL{}}
	sealed, err := s.seal(r, "one", map[string]string{"a": "b"})
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]string
	if ok, err := s.unseal(r, "one", sealed, &got); !ok || err != nil || got["a"] != "b" {
		t.Errorf("%t, %v, %v", ok, err, got)
	}
	for use, text := range map[string]string{"two": sealed, "one": sealed[:len(sealed)-2] + "AA", "": sealed} {
		if ok, _ := s.unseal(r, use, text, &got); ok {
			t.Errorf("%q opened", use)
		}
	}
	if ok, _ := s.unseal(r, "one", "short", &got); ok {
		t.Error("junk opened")
	}
}
