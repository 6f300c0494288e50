package web

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"log/slog"
	"math"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/store/storetest"
)

// TestGetsDoNotWrite looks at the bytes of the database around every GET, signed
// out and signed in. Readers of SQLite touch neither the file nor its log.
func TestGetsDoNotWrite(t *testing.T) {
	conf := storetest.SQLite(t)
	st := storetest.Open(t, conf)
	load(t, st, river())
	x := newSociety(t, Config{Store: st, Demo: true, Origin: atParley}, nil)
	bytesNow := func() string {
		sum := sha256.New()
		files, err := filepath.Glob(filepath.Join(conf.Dir, "*"))
		x.must(err)
		for _, f := range files {
			if strings.HasSuffix(f, "-shm") { // the index of the log, in which readers take seats
				continue
			}
			b, err := os.ReadFile(f)
			x.must(err)
			fmt.Fprintf(sum, "%s %d ", f, len(b))
			sum.Write(b)
		}
		return fmt.Sprintf("%x", sum.Sum(nil))
	}
	n := 0
	var everybody []*browser
	for _, role := range []dialogue.Role{dialogue.Visitor, dialogue.Holder, dialogue.Delegate, dialogue.Registrar, dialogue.Convener, dialogue.Owner} {
		everybody = append(everybody, x.as(role))
	}
	before := bytesNow()
	for _, b := range everybody {
		for _, route := range x.Routes() {
			if route.Method != http.MethodGet {
				continue
			}
			if rec := b.send(addressOf(t, route.Pattern), nil); rec.Code >= 500 {
				t.Errorf("%s: %d", route.Pattern, rec.Code)
			}
			n++
			if after := bytesNow(); after != before {
				t.Errorf("GET %s wrote to the database", route.Pattern)
				before = after
			}
		}
	}
	if n < 100 {
		t.Errorf("only %d requests", n)
	}
	everybody[1].post("/en/account/profile", "lang", "ru", "zone", "UTC")
	if bytesNow() == before {
		t.Error("a form that writes was not noticed: the test is blind")
	}
}

func TestEveryFormFromAnotherSiteIsRefused(t *testing.T) {
	x := newSociety(t, Config{Demo: true}, nil)
	site, convener, n := x.Handler(), x.as(dialogue.Convener), 0
	for _, route := range x.Routes() {
		// A mail program ends letters with a bare POST (RFC 8058); TestOneClick holds it to that.
		if route.Method == http.MethodGet || route.Pattern == "/unsubscribe/{secret}" {
			continue
		}
		n++
		for _, headers := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://evil.test"}, {"Origin", "null"}} {
			for _, signedIn := range []bool{false, true} {
				r := httptest.NewRequest(route.Method, addressOf(t, route.Pattern), strings.NewReader("a=b"))
				r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
				r.Header.Set(headers[0], headers[1])
				if signedIn {
					r.AddCookie(convener.cookies["parley"])
				}
				rec := httptest.NewRecorder()
				site.ServeHTTP(rec, r)
				if rec.Code != http.StatusForbidden {
					t.Errorf("%s %s with %v: %d", route.Method, route.Pattern, headers, rec.Code)
				}
			}
		}
	}
	if n < 30 {
		t.Errorf("only %d forms", n)
	}
}

// Behind a proxy the request may name another host than the reader's browser.
func TestFormsThroughAProxy(t *testing.T) {
	s := newServer(t, Config{Store: testStore(t), Origin: atParley})
	for origin, want := range map[string]int{atParley: http.StatusBadRequest, "http://parley.example": http.StatusForbidden, "https://evil.test": http.StatusForbidden} {
		r := httptest.NewRequest("POST", "http://backend:8080/en/sign-in", strings.NewReader("name=nobody&password=nothing"))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", origin)
		rec := httptest.NewRecorder()
		s.Handler().ServeHTTP(rec, r)
		if rec.Code != want {
			t.Errorf("from %s: %d, want %d", origin, rec.Code, want)
		}
	}
}

// TestHeadersOfEveryAnswer walks every address, signed out and signed in, with
// every method: whatever is answered carries the headers that protect a reader.
func TestHeadersOfEveryAnswer(t *testing.T) {
	x := newSociety(t, Config{Demo: true, Origin: atParley}, nil)
	want := map[string]string{
		"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin", "Strict-Transport-Security": "max-age=31536000", "Content-Security-Policy": policy,
	}
	for _, role := range []dialogue.Role{dialogue.Visitor, dialogue.Participant} {
		b := x.as(role)
		for _, route := range x.Routes() {
			for _, form := range []url.Values{nil, formOf("next", "//evil.test")} {
				if form != nil && strings.HasSuffix(route.Pattern, "/account/delete") {
					continue // it would end the walk
				}
				if role != dialogue.Visitor && len(b.cookies) == 0 {
					b = x.as(role) // it has signed out on the way
				}
				signedIn := len(b.cookies) > 0
				rec := b.send(addressOf(t, route.Pattern), form)
				for name, value := range want {
					if got := rec.Header().Get(name); got != value {
						t.Errorf("%s as %s: %s is %q", route.Pattern, role, name, got)
					}
				}
				if signedIn && rec.Header().Get("Cache-Control") != "no-store" && strings.HasPrefix(route.Pattern, "/{lang}") {
					t.Errorf("%s as %s may be kept: %d %q", route.Pattern, role, rec.Code, rec.Header().Get("Cache-Control"))
				}
			}
		}
	}
}

func TestTheLogSaysWhoseDoorWasShut(t *testing.T) {
	var log bytes.Buffer
	x := newSociety(t, Config{Log: slog.New(slog.NewTextHandler(&log, nil))}, nil)
	x.as(dialogue.Participant).send("/en/river/desk", nil)
	if want := `event=denied outcome=dialogue.denied verb=see-desk route="GET /{lang}/{dialogue}/desk"`; !strings.Contains(log.String(), want) {
		t.Errorf("the log lacks %s", want)
	}
}

func TestCookies(t *testing.T) {
	for origin, secure := range map[string]bool{"https://parley.example": true, "http://localhost:8080": false} {
		x := newSociety(t, Config{Origin: origin}, nil)
		b, _ := signUpAnna(t, x)
		if len(b.cookies) != 2 {
			t.Errorf("%s: cookies %v", origin, b.cookies)
		}
		for name, c := range b.cookies {
			if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" || c.Secure != secure || strings.HasPrefix(name, "__Host-") != secure {
				t.Errorf("%s: %+v", origin, c)
			}
		}
	}
}

// A session that somebody else began, or that a page shows, would be another's
// way in.
func TestSecretsOfSessions(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	b := newBrowser(t, x.Server)
	b.cookies["parley"] = &http.Cookie{Name: "parley", Value: "chosen-by-somebody-else"}
	doc := b.post("/en/sign-up", "dialogue", "river", "name", anna, "password", annasPassword)
	first := b.cookies["parley"].Value
	if len(doc.Find(".codes code").Nodes) == 0 || first == "chosen-by-somebody-else" || len(first) < 43 {
		t.Fatalf("the session is %q", first)
	}
	b.post("/en/sign-in", "name", anna, "password", annasPassword)
	if b.cookies["parley"].Value == first {
		t.Error("signing in keeps the secret")
	}
	old := newBrowser(t, x.Server)
	old.cookies["parley"] = &http.Cookie{Name: "parley", Value: first}
	if got := heading(old.open("/en/account")); got != "Sign in" {
		t.Errorf("the session before it still opens %q", got)
	}
	for _, route := range x.Routes() {
		if route.Method != http.MethodGet {
			continue
		}
		rec := b.send(addressOf(t, route.Pattern), nil)
		for name, c := range b.cookies {
			if strings.Contains(rec.Body.String(), c.Value) || strings.Contains(fmt.Sprint(rec.Header()["Location"]), c.Value) {
				t.Errorf("%s shows the cookie %s", route.Pattern, name)
			}
		}
		if strings.HasPrefix(route.Pattern, "/{lang}") && rec.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s may be kept: %q", route.Pattern, rec.Header().Get("Cache-Control"))
		}
	}
}

var perRequest = regexp.MustCompile(`data-options="[^"]*"|name="handle" value="[^"]*"`)

// plainly is an answer without what is random in each.
func plainly(rec *httptest.ResponseRecorder, typed string) string {
	return fmt.Sprint(rec.Code, " ", strings.ReplaceAll(perRequest.ReplaceAllString(rec.Body.String(), ""), typed, "NAME"))
}

// Nobody learns at the door who has an account here.
func TestAccountsCannotBeCounted(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	b, _ := signUpAnna(t, x)
	b.post("/en/account/email", "email", "anna@example.org")
	newBrowser(t, x.Server).post(letterLink(t, x, "confirm-email"))
	answers := func(address, field, known, unknown string, rest ...string) {
		t.Helper()
		there := newBrowser(t, x.Server).send(address, formOf(append(rest, field, known)...))
		not := newBrowser(t, x.Server).send(address, formOf(append(rest, field, unknown)...))
		if a, b := plainly(there, known), plainly(not, unknown); a != b {
			t.Errorf("%s tells %s from %s: %s", address, known, unknown, firstDifference(a, b))
		}
	}
	answers("/en/sign-in", "name", anna, "unknown.q", "password", "a wrong guess")
	answers("/en/sign-in", "name", "anna@example.org", "none@example.org", "password", "a wrong guess")
	answers("/en/sign-in/recover", "name", anna, "unknown.q", "code", "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA")
	answers("/en/sign-in/reset", "email", "anna@example.org", "none@example.org")
}

// A dialogue of which somebody may not know answers as one that does not exist,
// also where accounts are made.
func TestWhatMayNotBeKnownIsNotThere(t *testing.T) {
	x, questions := hidden(t)
	for name, ask := range questions {
		one, _ := timed(ask, "river")
		two, _ := timed(ask, "revir")
		if one != two {
			t.Errorf("%s: %s", name, firstDifference(one, two))
		}
	}
	if got := x.as(dialogue.Visitor).send("/en", nil); strings.Contains(got.Body.String(), "/en/river") {
		t.Error("the list knows it")
	}
}

// TestTimeTellsOfNoHiddenDialogue asks the same and holds a watch.
func TestTimeTellsOfNoHiddenDialogue(t *testing.T) {
	storetest.Timed(t)
	_, questions := hidden(t)
	for name, ask := range questions {
		var there, not []float64
		for i := range 160 {
			_, a := timed(ask, "river")
			_, b := timed(ask, "revir")
			if i >= 10 { // the first ones warm up
				there, not = append(there, a), append(not, b)
			}
		}
		if d := welch(there, not); math.Abs(d) > 4.5 {
			t.Errorf("%s: the time tells them apart: t = %.1f", name, d)
		}
	}
}

// hidden is a dialogue "river" of which strangers may not know, with what they
// might ask to find out.
func hidden(t *testing.T) (*society, map[string]func(id string) *httptest.ResponseRecorder) {
	x := newSociety(t, Config{}, func(d *dialogue.Dialogue) { d.Rule = dialogue.Members })
	x.configure(func(c *dialogue.Configured) { c.Unlisted = true })
	holder, stranger := x.as(dialogue.Holder), x.as(dialogue.Visitor)
	signUp := func(password string) func(id string) *httptest.ResponseRecorder {
		return func(id string) *httptest.ResponseRecorder {
			return stranger.send("/en/sign-up", formOf("dialogue", id, "name", anna, "password", password))
		}
	}
	return x, map[string]func(id string) *httptest.ResponseRecorder{
		"a page":               func(id string) *httptest.ResponseRecorder { return holder.send("/en/"+id+"/registers", nil) },
		"the form to sign up":  func(id string) *httptest.ResponseRecorder { return stranger.send("/en/sign-up?dialogue="+id, nil) },
		"a new account":        signUp(annasPassword),
		"a new account, badly": signUp("x"),
	}
}

// timed is an answer without what is random or was asked, and how long it took.
func timed(ask func(id string) *httptest.ResponseRecorder, id string) (answer string, took float64) {
	begun := time.Now()
	rec := ask(id)
	took = float64(time.Since(begun).Microseconds())
	return plainly(rec, id), took
}

// welch is Welch's t of two samples, each without its slowest tenth, in which the
// rest of the machine speaks.
func welch(a, b []float64) float64 {
	mean := func(x []float64) (m, variance, n float64) {
		slices.Sort(x)
		x = x[:len(x)*9/10]
		n = float64(len(x))
		for _, v := range x {
			m += v / n
		}
		for _, v := range x {
			variance += (v - m) * (v - m) / (n - 1)
		}
		return m, variance, n
	}
	ma, va, na := mean(a)
	mb, vb, nb := mean(b)
	return (ma - mb) / math.Sqrt(va/na+vb/nb)
}

// Fields that a form does not have change nothing.
func TestFieldsThatAFormDoesNotHave(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	b := newBrowser(t, x.Server)
	extra := []string{"owner", "1", "Owner", "true", "role", "convener", "scope", "desk", "email_confirmed", "1", "id", "x", "person", string(x.people[dialogue.Owner])}
	b.post("/en/sign-up", append(extra, "dialogue", "river", "name", anna, "password", annasPassword, "owner_link", "x")...)
	b.post("/en/account/profile", append(extra, "lang", "ru", "zone", "UTC", "name", "another")...)
	doc := b.post("/en/account/token", "name", "a key", "scope", "read", "scope", "owner")
	if doc.Find("#token").Length() != 0 {
		t.Error("a key with a scope that does not exist")
	}
	v, err := x.Store.Whois(t.Context(), b.cookies["parley"].Value, time.Now())
	x.must(err)
	me, err := x.Store.Person(t.Context(), v.Person)
	x.must(err)
	if me.Owner || me.EmailConfirmed || me.Name != anna || me.Lang != "ru" {
		t.Errorf("got %+v", me)
	}
	list, err := x.Store.Memberships(t.Context(), v.Person)
	if err != nil || len(list) != 0 {
		t.Errorf("memberships %v, %v", list, err)
	}
}

func TestTheWayOnStaysHere(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	signUpAnna(t, x)
	for next, want := range map[string]string{
		"/en/river": "/en/river", "/en/river/topic/a%2Fb?swap=1": "/en/river/topic/a%2Fb?swap=1", "": "/en/account",
		"https://evil.test": "/en/account", "//evil.test": "/en/account", `/\evil.test`: "/en/account", `/\/evil.test`: "/en/account",
		"javascript:alert(1)": "/en/account", "evil.test": "/en/account", "/\t/evil.test": "/en/account", "/%09/evil.test": "/%09/evil.test",
		"/en\r\nX-Evil: 1": "/en/account", `/en\..\..`: "/en/account", "///evil.test": "/en/account",
	} {
		b := newBrowser(t, x.Server)
		rec := b.send("/en/sign-in", formOf("name", anna, "password", annasPassword, "next", next))
		if got := rec.Header().Get("Location"); got != want || rec.Header().Get("X-Evil") != "" {
			t.Errorf("%q leads to %q, want %q", next, got, want)
		}
	}
}

// An untidy address leads in one step to a tidy one on this site, and what
// was escaped in it is not escaped again.
func TestUntidyAddressesStayHere(t *testing.T) {
	s := fullServer(t)
	for address, want := range map[string]string{
		"//evil.test/%2e%2e": "/evil.test/%2e%2e", "//evil.test/..": "/", "//evil.test": "/evil.test", "///evil.test/en/..": "/evil.test",
		"/en//us-russia-2009": "/en/us-russia-2009", "/en/./us-russia-2009/?swap=1": "/en/us-russia-2009?swap=1", "/en/us-russia-2009/": "/en/us-russia-2009",
		"/en/us-russia-2009/topic/%2e%2e/": "/en/us-russia-2009/topic/%2e%2e", "/%2f%2fevil.test/": "/%2f%2fevil.test", "/%5cevil.test/": "/%5cevil.test",
		"//%5cevil.test/%252e": "/%5cevil.test/%252e", "//": "/", "/en/us-russia-2009/%0d%0aX-Evil:%201/": "/en/us-russia-2009/%0d%0aX-Evil:%201",
	} {
		got := address
		for range 3 {
			rec := httptest.NewRecorder()
			s.Handler().ServeHTTP(rec, httptest.NewRequest("GET", "http://localhost"+got, nil))
			to := rec.Header().Get("Location")
			if to == "" {
				break
			}
			if rec.Code != http.StatusPermanentRedirect || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n") {
				t.Fatalf("%s leads to %q: %d", got, to, rec.Code)
			}
			got = to
		}
		if got != want {
			t.Errorf("%s ends at %s, want %s", address, got, want)
		}
	}
}

// TestLogsHoldNoSecrets does everything that an account can do with words that
// must not be in the log.
func TestLogsHoldNoSecrets(t *testing.T) {
	var log bytes.Buffer
	x := newSociety(t, Config{Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))}, nil)
	b := newBrowser(t, x.Server)
	doc := b.post("/en/sign-up", "dialogue", "river", "name", "canary-name", "password", "canary in a coal mine")
	secrets := append(texts(doc.Find(".codes code")), "canary", b.cookies["parley"].Value, b.cookies["parley-device"].Value)
	doc = b.post("/en/account/token", "name", "canary key", "scope", "read")
	secrets = append(secrets, words(doc.Find("#token")))
	b.post("/en/account/email", "email", "canary@example.org")
	secrets = append(secrets, letterLink(t, x, "confirm-email"))
	b.post(letterLink(t, x, "confirm-email"))
	b.post("/en/account/totp")
	b.post("/en/account/totp/confirm", "code", "123456", "secret", "canary")
	b.post("/en/account/password", "current", "canary in a coal mine", "password", "canary in the open air")
	b.post("/en/sign-out")
	b.post("/en/sign-in", "name", "canary-name", "password", "canary is wrong")
	b.post("/en/sign-in/recover", "name", "canary-name", "code", "canary")
	b.post("/en/sign-in/reset", "email", "canary@example.org")
	b.post("/en/sign-in", "name", "canary-name", "password", "canary in the open air", "next", "/en/canary")
	text := log.String()
	for _, secret := range secrets {
		if secret == "" || strings.Contains(text, secret) {
			t.Errorf("the log holds %q", secret)
		}
	}
	for _, person := range x.people {
		if strings.Contains(text, string(person)) {
			t.Errorf("the log names %s", person)
		}
	}
	for _, want := range []string{"event=sign-in method=password outcome=ok", "event=sign-in method=password outcome=account.wrong", "event=sign-out", "event=proof"} {
		if !strings.Contains(text, want) {
			t.Errorf("the log lacks %q:\n%s", want, text)
		}
	}
}

func TestWhereRequestsComeFrom(t *testing.T) {
	proxies := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}
	for _, c := range []struct {
		peer    string
		headers []string
		trusted []netip.Prefix
		want    string
	}{
		{"192.0.2.1:1", nil, nil, "192.0.2.1"},
		{"192.0.2.1:1", []string{"203.0.113.9"}, nil, "192.0.2.1"},
		{"10.0.0.1:1", []string{"203.0.113.9"}, nil, "10.0.0.1"},
		{"192.0.2.1:1", []string{"203.0.113.9"}, proxies, "192.0.2.1"},
		{"10.0.0.1:1", []string{"203.0.113.9"}, proxies, "203.0.113.9"},
		{"10.0.0.1:1", []string{"198.51.100.7, 203.0.113.9"}, proxies, "203.0.113.9"},
		{"10.0.0.1:1", []string{"198.51.100.7, 203.0.113.9, 10.2.3.4"}, proxies, "203.0.113.9"},
		{"10.0.0.1:1", []string{"198.51.100.7", "203.0.113.9"}, proxies, "203.0.113.9"},
		{"[fd00::1]:1", []string{"2001:db8::5"}, proxies, "2001:db8::5"},
		{"10.0.0.1:1", []string{"nonsense"}, proxies, "10.0.0.1"},
		{"10.0.0.1:1", []string{"203.0.113.9, nonsense"}, proxies, "10.0.0.1"},
		{"[::ffff:192.0.2.1]:1", nil, proxies, "192.0.2.1"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = c.peer
		for _, h := range c.headers {
			r.Header.Add("X-Forwarded-For", h)
		}
		r.Header.Set("Forwarded", "for=198.51.100.1")
		r.Header.Set("X-Real-IP", "198.51.100.2")
		if got := clientAddress(r, c.trusted).String(); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
	var n networks
	day := time.Date(2030, 5, 1, 12, 0, 0, 0, time.UTC)
	at := func(a string, when time.Time) string { return n.name(netip.MustParseAddr(a), when) }
	if at("192.0.2.1", day) != at("192.0.2.200", day) || at("192.0.2.1", day) == at("192.0.3.1", day) || at("2001:db8:1::1", day) != at("2001:db8:1:ffff::1", day) {
		t.Error("networks are cut in the wrong place")
	}
	today := at("192.0.2.1", day)
	if tomorrow := at("192.0.2.1", day.Add(24*time.Hour)); tomorrow == today || strings.Contains(today, "192") {
		t.Error("the name of a network outlives the day")
	}
}

func TestTooManyForms(t *testing.T) {
	st := testStore(t, river())
	s := newServer(t, Config{Store: st, Limiter: account.NewLimiter(1)})
	b := newBrowser(t, s)
	var rec *httptest.ResponseRecorder
	for range account.RateSignIn.Burst + 1 {
		rec = b.send("/ru/sign-in", formOf("name", "nobody", "password", "a wrong guess"))
	}
	if rec.Code != http.StatusTooManyRequests || rec.Header().Get("Retry-After") == "" || !strings.Contains(rec.Body.String(), "Слишком часто") {
		t.Errorf("got %d, Retry-After %q", rec.Code, rec.Header().Get("Retry-After"))
	}
	if rec := b.send("/ru/river", nil); rec.Code != http.StatusOK {
		t.Errorf("reading is counted, too: %d", rec.Code)
	}
	for range account.RateWrite.Burst {
		rec = b.send("/ru/river/deals", formOf())
	}
	if rec.Code != http.StatusTooManyRequests {
		t.Errorf("writes of strangers are not counted: %d", rec.Code)
	}
}

// TestMarkupIsNoMarkup types script into every field of the door and the account.
func TestMarkupIsNoMarkup(t *testing.T) {
	x := newSociety(t, Config{Demo: true, OIDC: nil}, nil)
	const evil = `"><script>alert(1)</script><img src=x onerror=alert(1)>`
	fields := []string{"name", "password", "code", "email", "key_name", "zone", "lang", "next", "dialogue", "invitation", "identity", "answer", "handle", "secret", "current", "guest", "texts", "issuer", "subject"}
	var form []string
	for _, f := range fields {
		form = append(form, f, evil)
	}
	for _, role := range []dialogue.Role{dialogue.Visitor, dialogue.Holder} {
		b := x.as(role)
		for _, route := range x.Routes() {
			if !strings.Contains(route.Pattern, "sign-") && !strings.Contains(route.Pattern, "account") && !strings.Contains(route.Pattern, "owner") || strings.HasSuffix(route.Pattern, "delete") {
				continue
			}
			address := addressOf(t, route.Pattern)
			var rec *httptest.ResponseRecorder
			if route.Method == http.MethodGet {
				rec = b.send(address+"?"+formOf(form...).Encode(), nil)
			} else {
				rec = b.send(address, formOf(form...))
			}
			if body := rec.Body.String(); strings.Contains(body, "<script>alert") || strings.Contains(body, "<img src=x") || rec.Code >= 500 {
				t.Errorf("%s %s: %d", route.Method, route.Pattern, rec.Code)
			}
			if role == dialogue.Holder && len(b.cookies) == 0 {
				b = x.as(role)
			}
		}
	}
}

// firstDifference is where two answers part.
func firstDifference(a, b string) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	cut := func(s string) string { return s[max(0, i-40):min(len(s), i+60)] }
	return fmt.Sprintf("%q and %q", cut(a), cut(b))
}
