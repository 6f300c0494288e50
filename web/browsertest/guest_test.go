package browsertest

import (
	"context"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// sessionCookie is the name of the cookie on plain http.
const sessionCookie = "parley"

// as signs in as one of the invented people, in the browser and for the crawler.
// Their address is another name of this machine, so that the cookie is not sent
// with the pages of strangers.
func (s *site) as(b *tab, key string) (client *http.Client, address string) {
	b.Helper()
	address = strings.Replace(s.address, "127.0.0.1", "localhost", 1)
	for _, g := range s.guests {
		if g.Key != key {
			continue
		}
		o, err := s.st.OpenSession(context.Background(), g.Person, "test", time.Now())
		if err != nil {
			b.Fatal(err)
		}
		b.forget()
		return b.bring(address, o.Secret), address
	}
	b.Fatalf("there is no guest %q", key)
	return nil, ""
}

// bring gives the secret of a session to the browser, and to a client that reads
// the same pages.
func (b *tab) bring(address, secret string) *http.Client {
	b.Helper()
	run(b, func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := chromedp.Call(ctx, network.SetCookie, network.SetCookieParams{Name: sessionCookie, Value: secret, URL: address})
		return chromedp.Void{}, err
	})
	jar, err := cookiejar.New(nil)
	if err != nil {
		b.Fatal(err)
	}
	home, err := url.Parse(address)
	if err != nil {
		b.Fatal(err)
	}
	jar.SetCookies(home, []*http.Cookie{{Name: sessionCookie, Value: secret, Path: "/"}})
	return &http.Client{Jar: jar}
}

// ofReader reports whether the page says another thing to each.
func (p page) ofReader() bool {
	path, _, _ := strings.Cut(p.path, "?")
	for _, end := range []string{"/me", "/join", "/vote", "/notices"} {
		if strings.HasSuffix(path, end) {
			return true
		}
	}
	return p.many() && slices.Contains([]string{"problem", "action", "statement"}, strings.Split(p.kind()+"///", "/")[2])
}

// TestPagesOfGuests looks at every page that strangers do not see, as those who
// see most: who runs the server, who runs the dialogue, a moderator, a registrar, a
// register editor, a member, and an observer.
func TestPagesOfGuests(t *testing.T) {
	needAxe(t)
	s := startSite(t)
	seen, kinds := map[string]bool{}, map[string]int{}
	for _, p := range s.pages {
		seen[p.path] = true
	}
	for _, g := range []string{"owner", "convener", "moderator", "registrar-KE", "editor-KE", "member-KE", "observer", "applicant"} {
		t.Run(g, func(t *testing.T) {
			b := newTab(t)
			client, address := s.as(b, g)
			pages, _, err := crawl(client, address, 1, s.files...)
			if err != nil {
				t.Fatal(err)
			}
			var own []page
			for _, p := range pages {
				kind := p.kind()
				if p.ofReader() {
					kind = g + kind
				}
				if seen[p.path] && !p.ofReader() || testing.Short() && !p.plain() || (p.many() || strings.Contains(p.path, "?")) && kinds[kind] == 1 {
					continue
				}
				seen[p.path] = true
				kinds[kind]++
				own = append(own, p)
			}
			t.Logf("%d pages of their own", len(own))
			if len(own) == 0 {
				return
			}
			(&site{address: address}).inspect(t, own)
			for _, e := range checkHTML(t, own) {
				t.Error(e)
			}
		})
	}
}
