package web

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"parley/dialogue"
	"parley/dossier"
	"parley/fault"
	"parley/store"
	"parley/store/storetest"
)

// ask sends one request with headers given as pairs.
func ask(s *Server, method, address string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, address, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	rec := httptest.NewRecorder()
	s.Handler().ServeHTTP(rec, r)
	return rec
}

// secretPage reports whether a page opens only to who holds a link or a key, or
// only once something was begun.
func secretPage(r Route) bool {
	return !slices.Contains([]dialogue.Verb{dialogue.Visit, dialogue.See, dialogue.Read, dialogue.Take, dialogue.Compute}, r.Verb)
}

// addresses fills in every GET route for a dialogue, in both languages.
func addresses(s *Server, d *dossier.Dossier) []string {
	var out []string
	for _, route := range s.routes {
		if route.Method != http.MethodGet || secretPage(route) || strings.Contains(route.Pattern, "{item}") { // nobody wrote anything there
			continue
		}
		for _, lang := range []string{"en", "ru"} {
			address := strings.NewReplacer("{$}", "", "{lang}", lang, "{dialogue}", string(d.Dialogue.ID),
				"{kind}", "imprint", "{topic}", string(d.Topics[0].ID), "{interest}", string(d.Registers[0].Interests[0].ID),
				"/static/{file}", assets()["style.css"].address()).Replace(route.Pattern)
			if !slices.Contains(out, address) {
				out = append(out, address)
			}
		}
	}
	return out
}

func TestEveryRouteAnswersWithItsHeaders(t *testing.T) {
	s := answeredServer(t)
	d, err := s.Store.Dossier(t.Context(), "us-russia-2009")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin",
		"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
	}
	all := addresses(s, d)
	if len(all) < 25 {
		t.Fatalf("only %d addresses: %v", len(all), all)
	}
	broken := []string{"/nope/nope", "/en/nope", "/de", "/en/us-russia-2009/topic/nope", "/static/nope.css", "/%ff", "/en/"}
	for _, address := range slices.Concat(all, broken) {
		for _, method := range []string{"GET", "HEAD", "DELETE"} {
			rec := ask(s, method, address)
			if method != "DELETE" && !slices.Contains(broken, address) && rec.Code != http.StatusOK {
				t.Errorf("%s %s: %d", method, address, rec.Code)
			}
			for name, value := range want {
				if got := rec.Header().Get(name); got != value {
					t.Errorf("%s %s: %s is %q", method, address, name, got)
				}
			}
			csp := rec.Header().Get("Content-Security-Policy")
			if !strings.Contains(csp, "default-src 'none'") || !strings.Contains(csp, "frame-ancestors 'none'") || strings.Contains(csp, "unsafe") {
				t.Errorf("%s %s: policy %q", method, address, csp)
			}
			if rec.Header().Get("Permissions-Policy") == "" || rec.Header().Get("X-Request-Id") == "" || len(rec.Result().Cookies()) > 0 {
				t.Errorf("%s %s: headers %v", method, address, rec.Header())
			}
		}
	}
}

// toTakeHome reports whether an answer is a file, which stands alone and brings
// its style with it, and no page of the site.
func toTakeHome(rec *httptest.ResponseRecorder) bool {
	return strings.HasPrefix(rec.Header().Get("Content-Disposition"), "attachment")
}

func TestPagesHaveNoStyleOrScriptOfTheirOwn(t *testing.T) {
	s := answeredServer(t)
	d, _ := s.Store.Dossier(t.Context(), "three-towns")
	for _, address := range addresses(s, d) {
		rec, doc := fetch(t, s, address)
		if !strings.HasPrefix(rec.Header().Get("Content-Type"), "text/html") || toTakeHome(rec) {
			continue
		}
		if n := doc.Find("[style], style, script:not([src]), [onclick], [onload]").Length(); n > 0 {
			t.Errorf("%s: %d elements that the policy forbids", address, n)
		}
		doc.Find("script, link[rel=stylesheet], link[rel=icon], img").Each(func(_ int, e *goquery.Selection) {
			from := e.AttrOr("src", e.AttrOr("href", ""))
			if !strings.HasPrefix(from, "/") || ask(s, "GET", from).Code != http.StatusOK {
				t.Errorf("%s loads %q", address, from)
			}
		})
	}
}

func TestUnknownThingsAreMissing(t *testing.T) {
	s := fullServer(t)
	for address, want := range map[string]int{
		"/de":                                          404,
		"/en/nothing":                                  404,
		"/de/us-russia-2009":                           404,
		"/en/us-russia-2009/nothing":                   404,
		"/en/us-russia-2009/topic/nothing":             404,
		"/en/us-russia-2009/topic/RU-11":               404,
		"/en/us-russia-2009/interest/RU-99":            404,
		"/en/us-russia-2009/interest/":                 404,
		"/static/style.css":                            404,
		"/static/style":                                404,
		"/en/%ff":                                      400,
		"/en/us-russia-2009/topic/%00":                 400,
		"/en/us-russia-2009/problems?tag=%00":          400,
		"/en/" + strings.Repeat("a", 5000):             400,
		"/en?x=" + strings.Repeat("a", 5000):           400,
		"/en/us-russia-2009/topic/%2e%2e%2f%2e%2e%2fx": 404,
		"/en/us-russia-2009/topic/" + url.PathEscape("<script>alert(1)</script>"): 404,
	} {
		rec, doc := fetch(t, s, address)
		if strings.HasSuffix(address, "/") && rec.Code == http.StatusPermanentRedirect {
			rec, doc = fetch(t, s, rec.Header().Get("Location"))
		}
		if rec.Code != want {
			t.Errorf("%.60s: %d, want %d", address, rec.Code, want)
		}
		if doc.Find("main h1").Length() != 1 || doc.Find("main a").Length() == 0 || doc.Find("meta[name=robots]").Length() != 1 {
			t.Errorf("%.60s: no helpful page", address)
		}
		if strings.Contains(rec.Body.String(), "<script>alert") {
			t.Errorf("%s: the address is repeated as markup", address)
		}
	}
}

func TestAddressesAreTidied(t *testing.T) {
	s := fullServer(t)
	for address, want := range map[string]string{
		"/en/":                           "/en",
		"/en/us-russia-2009/?swap=1":     "/en/us-russia-2009?swap=1",
		"/en//us-russia-2009":            "/en/us-russia-2009",
		"//example.org/":                 "/example.org",
		"/en/us-russia-2009/../x":        "/en/x",
		"/%5cexample.org/":               "/%5Cexample.org",
		"/en/us-russia-2009/comparison/": "/en/us-russia-2009/comparison",
	} {
		r := httptest.NewRequest("GET", "http://parley.test/", nil)
		path, query, _ := strings.Cut(address, "?")
		r.URL.Path, _ = url.PathUnescape(path)
		r.URL.RawQuery = query
		rec := httptest.NewRecorder()
		s.Handler().ServeHTTP(rec, r)
		if got := rec.Header().Get("Location"); got != want || rec.Code/100 != 3 {
			t.Errorf("%s: %d to %q, want %q", address, rec.Code, got, want)
		}
	}
}

func TestMethodsThatAPageDoesNotHave(t *testing.T) {
	rec := ask(fullServer(t), "PUT", "/ru/us-russia-2009")
	if rec.Code != http.StatusMethodNotAllowed || rec.Header().Get("Allow") != "GET, HEAD" {
		t.Errorf("%d, allow %q", rec.Code, rec.Header().Get("Allow"))
	}
	if !strings.Contains(rec.Body.String(), "Эта страница такого не умеет") {
		t.Error("the page is not in the language of the address")
	}
}

func TestFormsFromOtherSitesAreRefused(t *testing.T) {
	s := fullServer(t)
	for _, route := range s.routes {
		// A mail program ends letters with a bare POST (RFC 8058); TestOneClick holds it to that.
		if route.Method == http.MethodGet || route.Pattern == "/unsubscribe/{secret}" {
			continue
		}
		address := strings.NewReplacer("{lang}", "en", "{dialogue}", "us-russia-2009").Replace(route.Pattern)
		for _, headers := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Origin", "https://example.org"}} {
			if rec := ask(s, route.Method, address, headers...); rec.Code != http.StatusForbidden {
				t.Errorf("%s with %v: %d", route, headers, rec.Code)
			}
		}
	}
}

func TestHeadSendsTheLengthAndNoBody(t *testing.T) {
	s := httptest.NewServer(fullServer(t).Handler())
	defer s.Close()
	res, err := http.Head(s.URL + "/en/us-russia-2009")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, _ := io.ReadAll(res.Body)
	if res.StatusCode != 200 || res.ContentLength < 1000 || len(body) > 0 {
		t.Errorf("%d, length %d, body %d", res.StatusCode, res.ContentLength, len(body))
	}
}

func TestPagesAreCompressedForThoseWhoAsk(t *testing.T) {
	s := fullServer(t)
	plain := ask(s, "GET", "/en/us-russia-2009/registers")
	zipped := ask(s, "GET", "/en/us-russia-2009/registers", "Accept-Encoding", "br, gzip;q=0.8")
	r, err := gzip.NewReader(zipped.Body)
	if err != nil {
		t.Fatal(err)
	}
	n := zipped.Body.Len()
	body, err := io.ReadAll(r)
	if err != nil || !bytes.Equal(body, plain.Body.Bytes()) {
		t.Errorf("the compressed page differs: %v", err)
	}
	if n*4 > plain.Body.Len() || zipped.Header().Get("Content-Length") != "" {
		t.Errorf("%d of %d bytes, length %q", n, plain.Body.Len(), zipped.Header().Get("Content-Length"))
	}
	for _, header := range []string{"", "gzip;q=0", "gzip; q=0.000", "br"} {
		if rec := ask(s, "GET", "/en", "Accept-Encoding", header); rec.Header().Get("Content-Encoding") != "" {
			t.Errorf("%q: compressed", header)
		}
	}
	if !slices.Contains(plain.Header().Values("Vary"), "Accept-Encoding") {
		t.Error("no Vary")
	}
}

func TestBrowsersNeedNotFetchTwice(t *testing.T) {
	s := fullServer(t)
	for _, address := range []string{"/en", "/en/us-russia-2009", assets()["style.css"].address()} {
		tag := ask(s, "GET", address).Header().Get("ETag")
		if rec := ask(s, "GET", address, "If-None-Match", tag); tag == "" || rec.Code != http.StatusNotModified || rec.Body.Len() > 0 {
			t.Errorf("%s: tag %q, %d", address, tag, rec.Code)
		}
	}
	if got := ask(s, "GET", assets()["style.css"].address()).Header().Get("Cache-Control"); !strings.Contains(got, "immutable") {
		t.Errorf("style: %q", got)
	}
	if got := ask(s, "GET", "/en/us-russia-2009").Header().Get("Cache-Control"); got != "no-cache" {
		t.Errorf("page: %q", got)
	}
}

// troubledServer has a page that fails in a chosen way; nil is a bug that panics.
func troubledServer(t *testing.T, log io.Writer, trouble error) *Server {
	t.Helper()
	s := newServer(t, Config{Store: testStore(t), Log: slog.New(slog.NewTextHandler(log, nil))})
	s.get(dialogue.Visit, "/{lang}/trouble", func(w http.ResponseWriter, r *http.Request) error {
		if trouble == nil {
			panic("a bug that knows a secret")
		}
		return trouble
	})
	return s
}

func TestTroubleIsToldPlainly(t *testing.T) {
	for name, c := range map[string]struct {
		err    error
		status int
	}{
		"busy":     {fault.New(fault.Busy, "x", "secret queue"), 503},
		"conflict": {fault.New(fault.Conflict, "x", "secret change"), 409},
		"invalid":  {fault.New(fault.Invalid, "x", "secret value"), 400},
		"denied":   {fault.New(fault.Denied, "x", "secret rule"), 403},
		"stale":    {fault.New(fault.Stale, "x", "secret version"), 412},
		"too fast": {fault.New(fault.Throttled, "x", "secret count").With("Wait", 1500*time.Millisecond), 429},
		"broken":   {errors.New("secret disk"), 500},
		"panic":    {nil, 500},
	} {
		var log bytes.Buffer
		rec, doc := fetch(t, troubledServer(t, &log, c.err), "/en/trouble")
		body := rec.Body.String()
		if rec.Code != c.status || strings.Contains(body, "secret") || strings.Contains(body, "goroutine") || doc.Find("main h1").Length() != 1 {
			t.Errorf("%s: %d\n%s", name, rec.Code, body)
		}
		if want := map[int]string{503: "5", 429: "2"}[c.status]; rec.Header().Get("Retry-After") != want {
			t.Errorf("%s: Retry-After %q", name, rec.Header().Get("Retry-After"))
		}
		id := rec.Header().Get("X-Request-Id")
		if c.status >= 500 && doc.Find("code").Text() != id {
			t.Errorf("%s: the page does not quote the request", name)
		}
		if c.status == 500 && (!strings.Contains(log.String(), id) || !strings.Contains(log.String(), "secret")) {
			t.Errorf("%s: the log does not say what failed:\n%s", name, log.String())
		}
	}
}

func TestHealthFollowsTheStore(t *testing.T) {
	st, err := store.Open(t.Context(), storetest.SQLite(t))
	if err != nil {
		t.Fatal(err)
	}
	s := newServer(t, Config{Store: st})
	for _, want := range []int{200, 503} {
		if rec := ask(s, "GET", "/healthz"); rec.Code != want || rec.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%d, want %d", rec.Code, want)
		}
		st.Close()
	}
}

func TestLogsKnowTheRouteAndNothingOfTheReader(t *testing.T) {
	var log bytes.Buffer
	s := newServer(t, Config{Store: testStore(t, river()), Log: slog.New(slog.NewTextHandler(&log, nil))})
	for _, address := range []string{"/en/river/interest/canary?canary=canary", "/canary/x/y/z", "/en/river?canary=1"} {
		r := httptest.NewRequest("GET", address, nil)
		r.RemoteAddr = "192.0.2.77:1234"
		r.Header.Set("X-Forwarded-For", "192.0.2.78")
		r.Header.Set("User-Agent", "canary")
		r.Header.Set("Cookie", "a=canary")
		s.Handler().ServeHTTP(httptest.NewRecorder(), r)
	}
	text := log.String()
	if strings.Contains(text, "canary") || strings.Contains(text, "192.0.2") {
		t.Errorf("the log says too much:\n%s", text)
	}
	for _, want := range []string{`route="GET /{lang}/{dialogue}/interest/{interest}"`, "status=404", "status=200", "route=none", "ms="} {
		if !strings.Contains(text, want) {
			t.Errorf("the log lacks %s:\n%s", want, text)
		}
	}
}

func TestServerHasLimits(t *testing.T) {
	h := fullServer(t).Prepare("127.0.0.1:0")
	if h.ReadHeaderTimeout == 0 || h.ReadTimeout == 0 || h.WriteTimeout == 0 || h.IdleTimeout == 0 || h.MaxHeaderBytes == 0 || h.ErrorLog == nil {
		t.Errorf("%+v", h)
	}
}

func TestDemonstrationsAskNotToBeFound(t *testing.T) {
	for _, demo := range []bool{true, false} {
		s := newServer(t, Config{Store: testStore(t, river()), Demo: demo})
		rec, doc := fetch(t, s, "/en/river")
		hidden := doc.Find("meta[name=robots]").AttrOr("content", "")
		if strings.Contains(hidden, "noindex") != demo || (rec.Header().Get("X-Robots-Tag") != "") != demo || (doc.Find(".ribbon").Length() > 0) != demo {
			t.Errorf("demo %v: robots %q, header %q", demo, hidden, rec.Header().Get("X-Robots-Tag"))
		}
		if robots := ask(s, "GET", "/robots.txt").Body.String(); strings.Contains(robots, "Disallow: /\n") != demo {
			t.Errorf("demo %v: %q", demo, robots)
		}
	}
}
