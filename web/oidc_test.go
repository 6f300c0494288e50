package web

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"maps"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"crypto"

	"parley/dialogue"
)

// idp is a provider that signs what a test tells it to. It is as small as it can
// be; one that nobody here wrote stands in browsertest.
type idp struct {
	*httptest.Server
	key, published *rsa.PrivateKey
	change         func(claims map[string]any)
	subject        string
	challenge      string // of the code that was asked for
	nonce          string
	asked          int
}

func newIDP(t *testing.T) *idp {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	p := &idp{key: key, published: key, subject: "person-1"}
	mux := http.NewServeMux()
	answer := func(w http.ResponseWriter, v any) {
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(v)
	}
	mux.HandleFunc("/.well-known/openid-configuration", func(w http.ResponseWriter, r *http.Request) {
		p.asked++
		answer(w, map[string]any{
			"issuer": p.URL, "authorization_endpoint": p.URL + "/authorize", "token_endpoint": p.URL + "/token", "jwks_uri": p.URL + "/keys",
			"id_token_signing_alg_values_supported": []string{"RS256"},
		})
	})
	mux.HandleFunc("/keys", func(w http.ResponseWriter, r *http.Request) {
		answer(w, map[string]any{"keys": []any{map[string]any{
			"kty": "RSA", "alg": "RS256", "use": "sig", "kid": "1", "n": base64.RawURLEncoding.EncodeToString(p.published.N.Bytes()),
			"e": base64.RawURLEncoding.EncodeToString(big.NewInt(int64(p.published.E)).Bytes()),
		}}})
	})
	mux.HandleFunc("/token", func(w http.ResponseWriter, r *http.Request) {
		sum := sha256.Sum256([]byte(r.FormValue("code_verifier")))
		if r.FormValue("code") != "the-code" || base64.RawURLEncoding.EncodeToString(sum[:]) != p.challenge {
			http.Error(w, `{"error":"invalid_grant"}`, http.StatusBadRequest)
			return
		}
		claims := map[string]any{"iss": p.URL, "sub": p.subject, "aud": "parley", "exp": time.Now().Add(time.Minute).Unix(), "iat": time.Now().Unix(), "nonce": p.nonce, "name": "Anna <b>"}
		if p.change != nil {
			p.change(claims)
		}
		answer(w, map[string]any{"access_token": "x", "token_type": "Bearer", "id_token": p.sign(t, claims)})
	})
	p.Server = httptest.NewServer(mux)
	t.Cleanup(p.Close)
	return p
}

func (p *idp) sign(t *testing.T, claims map[string]any) string {
	part := func(v any) string {
		b, err := json.Marshal(v)
		if err != nil {
			t.Error(err)
		}
		return base64.RawURLEncoding.EncodeToString(b)
	}
	text := part(map[string]string{"alg": "RS256", "kid": "1"}) + "." + part(claims)
	sum := sha256.Sum256([]byte(text))
	sig, err := rsa.SignPKCS1v15(rand.Reader, p.key, crypto.SHA256, sum[:])
	if err != nil {
		t.Error(err)
	}
	return text + "." + base64.RawURLEncoding.EncodeToString(sig)
}

// throughProvider is a society whose people may come through the provider.
func throughProvider(t *testing.T) (*society, *idp) {
	p := newIDP(t)
	return newSociety(t, Config{OIDC: &OIDC{Issuer: p.URL, ClientID: "parley", ClientSecret: "secret", Name: "Example ID"}}, nil), p
}

// leave goes to the provider from a form, and returns the query with which the
// provider sends the browser back.
func (p *idp) leave(b *browser, form string, pairs ...string) url.Values {
	b.t.Helper()
	doc := b.post(form, pairs...)
	to, err := url.Parse(doc.Find("main a.button").AttrOr("href", ""))
	if err != nil || !strings.HasPrefix(to.String(), p.URL+"/authorize?") {
		b.t.Fatalf("%s leads to %v: %s", form, to, words(doc.Find("main")))
	}
	q := to.Query()
	if q.Get("code_challenge_method") != "S256" || q.Get("response_type") != "code" || q.Get("scope") != "openid profile" {
		b.t.Errorf("the provider is asked %v", q)
	}
	p.challenge, p.nonce = q.Get("code_challenge"), q.Get("nonce")
	return url.Values{"state": {q.Get("state")}, "code": {"the-code"}}
}

// back comes back from the provider and sends the form that it finds.
func back(b *browser, q url.Values) (where string) {
	b.t.Helper()
	doc := b.open("/oidc/callback?" + q.Encode())
	identity := doc.Find("form[data-onward] [name=identity]").AttrOr("value", "")
	if identity == "" {
		return heading(doc)
	}
	return heading(b.post("/en/sign-in/provider/finish", "identity", identity))
}

func TestThroughAProvider(t *testing.T) {
	x, p := throughProvider(t)
	b := newBrowser(t, x.Server)
	q := p.leave(b, "/en/sign-in/provider", "dialogue", "river")
	doc := b.open("/oidc/callback?" + q.Encode())
	if !strings.Contains(words(doc.Find("main")), "Example ID knows you as Anna <b>") {
		t.Errorf("back again: %s", words(doc.Find("main")))
	}
	doc = b.post("/en/sign-in/provider/finish", "identity", doc.Find("[name=identity]").AttrOr("value", ""))
	identity := doc.Find("form [name=identity]").AttrOr("value", "")
	if heading(doc) != "Make an account" || identity == "" {
		t.Fatalf("a stranger sees %s", words(doc.Find("main")))
	}
	doc = b.post("/en/sign-up", "identity", identity, "name", "through.idp", "dialogue", "river", "zone", "UTC")
	if heading(doc) != "Recovery codes" {
		t.Fatalf("no account: %s", words(doc.Find("main")))
	}
	b.post("/en/sign-out")
	if got := back(b, p.leave(b, "/en/sign-in/provider")); got != "My account" {
		t.Errorf("the second time: %q", got)
	}
	if got := newBrowser(t, x.Server).send("/en/sign-up", formOf("identity", identity, "name", "another.name", "dialogue", "river")); got.Code == http.StatusOK {
		t.Error("one identity made two accounts")
	}
	if p.asked != 1 {
		t.Errorf("the provider was looked for %d times", p.asked)
	}
}

func TestLinkingAProvider(t *testing.T) {
	x, p := throughProvider(t)
	b, _ := signUpAnna(t, x)
	if got := back(b, p.leave(b, "/en/account/identity")); got != "My account" {
		t.Fatalf("after linking: %q", got)
	}
	if got := words(b.open("/en/account").Find("[aria-labelledby=identities] li")); !strings.Contains(got, p.URL) {
		t.Errorf("the list says %q", got)
	}
	other := newBrowser(t, x.Server)
	if got := back(other, p.leave(other, "/en/sign-in/provider")); got != "My account" {
		t.Errorf("signing in: %q", got)
	}
	// Somebody else cannot have the same identity.
	thief := x.as(dialogue.Holder)
	back(thief, p.leave(thief, "/en/account/identity"))
	if got := thief.open("/en/account").Find("[aria-labelledby=identities] li").Length(); got != 0 {
		t.Error("an identity opens two accounts")
	}
	// What was sealed for linking signs nobody in, and links in no other session.
	doc := b.open("/oidc/callback?" + p.leave(b, "/en/account/identity").Encode())
	sealed := doc.Find("[name=identity]").AttrOr("value", "")
	if got := heading(thief.post("/en/sign-in/provider/finish", "identity", sealed)); got == "My account" {
		t.Error("another session took the identity")
	}
	b.post("/en/account/identity/remove", "issuer", p.URL, "subject", p.subject)
	if got := b.open("/en/account").Find("[aria-labelledby=identities] li").Length(); got != 0 {
		t.Error("the identity is still there")
	}
}

func TestProvidersThatAreNotBelieved(t *testing.T) {
	x, p := throughProvider(t)
	b, _ := signUpAnna(t, x)
	back(b, p.leave(b, "/en/account/identity"))
	foreign, err := rsa.GenerateKey(rand.Reader, 2048)
	x.must(err)
	good := p.key
	for name, c := range map[string]struct {
		claim func(map[string]any)
		query func(url.Values)
		key   *rsa.PrivateKey
	}{
		"wrong nonce":            {claim: func(c map[string]any) { c["nonce"] = "another" }},
		"no nonce":               {claim: func(c map[string]any) { delete(c, "nonce") }},
		"wrong audience":         {claim: func(c map[string]any) { c["aud"] = "another" }},
		"wrong issuer":           {claim: func(c map[string]any) { c["iss"] = "https://evil.test" }},
		"expired":                {claim: func(c map[string]any) { c["exp"] = time.Now().Add(-time.Minute).Unix() }},
		"nobody":                 {claim: func(c map[string]any) { c["sub"] = "" }},
		"swapped key":            {key: foreign},
		"wrong state":            {query: func(q url.Values) { q.Set("state", "another") }},
		"no state":               {query: func(q url.Values) { q.Del("state") }},
		"wrong code":             {query: func(q url.Values) { q.Set("code", "another") }},
		"another provider's":     {query: func(q url.Values) { q.Set("iss", "https://evil.test") }},
		"refused":                {query: func(q url.Values) { q.Set("error", "access_denied") }},
		"a mail address is none": {claim: func(c map[string]any) { c["sub"], c["email"] = "person-2", "anna@example.org" }},
	} {
		other := newBrowser(t, x.Server)
		q := p.leave(other, "/en/sign-in/provider")
		p.key, p.change = good, c.claim
		if c.key != nil {
			p.key = c.key
		}
		if c.query != nil {
			c.query(q)
		}
		if got := back(other, q); got == "My account" || heading(other.open("/en/account")) == "My account" {
			t.Errorf("%s opens the account", name)
		}
		p.key, p.change = good, nil
	}
	// A good answer that another browser asked for, and one that comes twice.
	one, two := newBrowser(t, x.Server), newBrowser(t, x.Server)
	q := p.leave(one, "/en/sign-in/provider")
	if got := back(two, q); got == "My account" {
		t.Error("a browser that asked for nothing got in")
	}
	flow := maps.Clone(one.cookies)
	doc := one.open("/oidc/callback?" + q.Encode())
	sealed := doc.Find("[name=identity]").AttrOr("value", "")
	if got := heading(one.post("/en/sign-in/provider/finish", "identity", sealed)); got != "My account" {
		t.Fatalf("the control: %q", got)
	}
	if got := heading(two.post("/en/sign-in/provider/finish", "identity", sealed)); got == "My account" {
		t.Error("what was sealed opened twice")
	}
	if len(flow) == 0 || one.cookies["parley-flow"] != nil {
		t.Error("the cookie of the way through is still there")
	}
}

func TestAProviderThatDoesNotAnswer(t *testing.T) {
	x, p := throughProvider(t)
	p.Close()
	rec := newBrowser(t, x.Server).send("/ru/sign-in/provider", formOf())
	if rec.Code != http.StatusBadGateway || !strings.Contains(rec.Body.String(), "Внешняя служба вас не пропустила") {
		t.Errorf("got %d", rec.Code)
	}
	s := newServer(t, Config{Store: fullStore(t)})
	if rec := newBrowser(t, s).send("/ru/sign-in/provider", formOf()); rec.Code != http.StatusNotFound {
		t.Errorf("without a provider: %d", rec.Code)
	}
}
