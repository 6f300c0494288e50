package browsertest

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"parley/account"
	"parley/deal"
	"parley/demo"
	"parley/dialogue"
	"parley/dossier"
	"parley/examples"
	"parley/job"
	"parley/store"
	"parley/web"
)

// site is the whole site on a port of this machine, with both examples in it and
// their answers found.
type site struct {
	address   string
	dialogues []dialogue.ID
	st        *store.Store
	guests    []demo.Guest
	pages     []page // what a reader can reach by links, in a fixed order
	files     []page // what is no HTML
}

// page is one answer of the site.
type page struct {
	path string // with its query
	body []byte
}

// kind tells apart the pages of one template: the path without the last name,
// where that is the name of a topic or an interest, and with the numbers of
// contributions and cases taken out.
func (p page) kind() string {
	path, query, _ := strings.Cut(p.path, "?")
	parts := strings.Split(strings.Trim(path, "/"), "/")
	numbered := false
	for i, part := range parts {
		if _, err := strconv.Atoi(part); err == nil {
			parts[i], numbered = "#", true
		}
	}
	if len(parts) > 3 && !numbered {
		parts = parts[:3]
	}
	if query != "" {
		parts = append(parts, "?")
	}
	return strings.Join(parts, "/")
}

// many reports whether there are as many pages of this kind as people write: those
// of contributions, tags and cases, and those of members at the desk.
func (p page) many() bool {
	return strings.Contains(p.kind(), "#") || strings.Contains(p.kind(), "/tags") || strings.Contains(p.path, "/desk/members/")
}

// plain reports whether the page is the only one of its template.
func (p page) plain() bool {
	return strings.Count(strings.Trim(p.path, "/"), "/") < 3 && !strings.Contains(p.path, "?")
}

// parley is the site, started once for all tests.
var parley = sync.OnceValues(func() (*site, error) {
	dir, err := os.MkdirTemp("", "parley-browsertest-")
	if err != nil {
		return nil, err
	}
	atEnd(func() { os.RemoveAll(dir) })
	ctx, stop := context.WithCancel(context.Background())
	st, err := store.Open(ctx, store.Config{Dir: dir})
	if err != nil {
		stop()
		return nil, err
	}
	s := &site{st: st}
	if err := s.fill(ctx, st); err != nil {
		stop()
		return nil, err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		stop()
		return nil, err
	}
	s.address = "http://" + l.Addr().String()
	handler, err := web.New(web.Config{
		Store: st, Log: slog.New(slog.DiscardHandler), Demo: true, Origin: s.address, Limiter: account.NewLimiter(1000), Guests: s.offered(),
	})
	if err != nil {
		stop()
		return nil, err
	}
	server := handler.Prepare(l.Addr().String())
	go server.Serve(l)
	done := make(chan struct{})
	go func() { defer close(done); job.Run(ctx, job.Config{Store: st}) }()
	atEnd(func() { server.Close(); stop(); <-done; st.Close() })
	if err := s.wait(ctx, st); err != nil {
		return nil, err
	}
	s.pages, s.files, err = crawl(http.DefaultClient, s.address, ofMany)
	return s, err
})

// startSite starts the site or ends the test.
func startSite(t testing.TB) *site {
	t.Helper()
	s, err := parley()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *site) fill(ctx context.Context, st *store.Store) error {
	for _, e := range examples.All() {
		d, err := dossier.Read(e.Name, e.Data)
		if err != nil {
			return err
		}
		now := time.Now()
		if _, err := st.LoadDossier(ctx, d, now); err != nil {
			return err
		}
		if _, err := st.AskDeals(ctx, d.Dialogue.ID, deal.DefaultSettings(), now); err != nil {
			return err
		}
		s.dialogues = append(s.dialogues, d.Dialogue.ID)
	}
	now := time.Now()
	var err error
	if s.guests, err = demo.Fill(ctx, st, now); err != nil {
		return err
	}
	return demo.Talk(ctx, st, s.guests, now)
}

// offered are the guests as whom visitors may look around.
func (s *site) offered() []web.Guest {
	var out []web.Guest
	for _, g := range s.guests {
		if g.Offered {
			out = append(out, web.Guest{Key: g.Key, Person: g.Person, Dialogue: g.Dialogue, Role: g.Role, Side: g.Side, Name: g.Name})
		}
	}
	return out
}

// wait waits for the answers about deals.
func (s *site) wait(ctx context.Context, st *store.Store) error {
	for _, id := range s.dialogues {
		for start := time.Now(); ; time.Sleep(20 * time.Millisecond) {
			a, err := st.DealAnswer(ctx, id)
			if err != nil {
				return err
			}
			if a.State == store.Done {
				break
			}
			if a.State == store.Failed || time.Since(start) > time.Minute {
				return fmt.Errorf("deals of %s: %s %s", id, a.State, a.Error)
			}
		}
	}
	return nil
}

// ofMany is how many pages strangers visit of those of which there are as many as
// people write, variants how many addresses with a query of each kind of page. Who
// visits fewer of the first visits fewer of the second.
const (
	variants = 4
	ofMany   = 2
)

// crawl follows every link from the first page, as whoever the client is, but for
// most of those kinds of which there are many. A link that leads nowhere is an
// error. Pages and what is no HTML come in a fixed order; what was read before, as
// somebody else, is not read again.
func crawl(client *http.Client, address string, most int, before ...page) (pages, files []page, err error) {
	queue, known, counts := []string{"/"}, map[string]string{"/": "the start"}, map[string]int{}
	for _, p := range before {
		known[p.path] = "elsewhere"
	}
	for len(queue) > 0 {
		path := queue[0]
		queue = queue[1:]
		answer, err := client.Get(address + path)
		if err != nil {
			return nil, nil, err
		}
		var body bytes.Buffer
		_, err = body.ReadFrom(answer.Body)
		answer.Body.Close()
		if err != nil {
			return nil, nil, err
		}
		if answer.StatusCode != http.StatusOK {
			return nil, nil, fmt.Errorf("%s answers %s; linked from %s", path, answer.Status, known[path])
		}
		p := page{path, body.Bytes()}
		if !strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html") || strings.HasPrefix(answer.Header.Get("Content-Disposition"), "attachment") {
			files = append(files, p)
			continue
		}
		pages = append(pages, p)
		links, err := p.links()
		if err != nil {
			return nil, nil, err
		}
		for _, to := range links {
			if known[to] != "" {
				continue
			}
			if next := (page{path: to}); next.many() || strings.Contains(to, "?") {
				at := min(variants, 2*most)
				if next.many() {
					at = most
				}
				if counts[next.kind()]++; counts[next.kind()] > at {
					continue
				}
			}
			known[to] = path
			queue = append(queue, to)
		}
	}
	byPath := func(a, b page) int { return strings.Compare(a.path, b.path) }
	slices.SortFunc(pages, byPath)
	slices.SortFunc(files, byPath)
	return pages, files, nil
}

// links are the addresses on this site to which the page leads.
func (p page) links() ([]string, error) {
	base, err := url.Parse(p.path)
	if err != nil {
		return nil, err
	}
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(p.body))
	if err != nil {
		return nil, err
	}
	var out []string
	for _, a := range doc.Find("a[href]").EachIter() {
		to, err := base.Parse(a.AttrOr("href", ""))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", p.path, err)
		}
		if to.Host == "" && to.Scheme == "" {
			to.Fragment = ""
			out = append(out, to.String())
		}
	}
	return out, nil
}
