package web

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"parley/dialogue"
)

// radio is a page that listens to what is new.
type radio struct {
	t     *testing.T
	body  *bufio.Reader
	close func()
	code  int
	head  http.Header
}

// stream is a site on a real connection, whose hub is in a hurry.
func (x *society) stream() *httptest.Server {
	x.hub.poll, x.hub.beat = 10*time.Millisecond, 200*time.Millisecond
	s := httptest.NewUnstartedServer(nil)
	s.Config = x.Prepare("")
	s.Config.WriteTimeout, s.Config.ReadTimeout = 300*time.Millisecond, 300*time.Millisecond // less than the tests wait
	s.Start()
	return s
}

func listen(t *testing.T, address string, cookie *http.Cookie, last string) *radio {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	r, err := http.NewRequestWithContext(ctx, "GET", address, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept-Encoding", "gzip")
	if cookie != nil {
		r.AddCookie(cookie)
	}
	if last != "" {
		r.Header.Set("Last-Event-ID", last)
	}
	a, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	return &radio{t, bufio.NewReader(a.Body), func() { cancel(); a.Body.Close() }, a.StatusCode, a.Header}
}

// next is the next change and its id; over where the stream has ended.
func (r *radio) next() (c change, id string, over bool) {
	r.t.Helper()
	for {
		line, err := r.body.ReadString('\n')
		if err != nil {
			return c, id, true
		}
		if after, ok := strings.CutPrefix(line, "id: "); ok {
			id = strings.TrimSpace(after)
		}
		if after, ok := strings.CutPrefix(line, "data: "); ok {
			if err := json.Unmarshal([]byte(after), &c); err != nil {
				r.t.Fatal(err)
			}
			return c, id, false
		}
	}
}

// A page is told what is new below what it shows, for longer than any other answer
// may take, and goes on where it was cut off.
func TestAPageHearsWhatIsNew(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	p, q := x.problemBy(dialogue.Participant, "The bridge"), x.problemBy(dialogue.Participant, "The river")
	s := x.stream()
	defer s.Close()
	r := listen(t, fmt.Sprintf("%s/en/river/events?root=%d", s.URL, p), nil, "")
	defer r.close()
	if r.code != http.StatusOK || r.head.Get("Content-Type") != "text/event-stream; charset=utf-8" || r.head.Get("Content-Encoding") != "" || r.head.Get("Cache-Control") != "no-store" {
		t.Fatalf("%d %v", r.code, r.head)
	}
	time.Sleep(700 * time.Millisecond) // longer than the server waits for others
	x.commentBy(dialogue.Mediator, q, "Elsewhere")
	c := x.commentBy(dialogue.Mediator, p, "A ferry, secretly?")
	got, id, over := r.next()
	if over || got.Item != c || got.Root != p || got.Kind != "wrote" || id != fmt.Sprint(got.Last) {
		t.Fatalf("got %+v, id %q, over %v", got, id, over)
	}
	r.close()
	x.commentBy(dialogue.Mediator, p, "While it was away")
	d := x.commentBy(dialogue.Mediator, p, "Twice")
	again := listen(t, fmt.Sprintf("%s/en/river/events?root=%d", s.URL, p), nil, id)
	defer again.close()
	again.next()
	if got, _, over := again.next(); over || got.Item != d {
		t.Errorf("got %+v, over %v: it does not go on where it was", got, over)
	}
}

// It ends with the session, with the time that it has, and with the server; and
// leaves nothing behind.
func TestAPageStopsHearing(t *testing.T) {
	x := newSociety(t, Config{}, func(d *dialogue.Dialogue) { d.Rule = dialogue.Members })
	p := x.problemBy(dialogue.Participant, "The bridge")
	s := x.stream()
	defer s.Close()
	before := runtime.NumGoroutine()
	address := fmt.Sprintf("%s/en/river/events?root=%d", s.URL, p)
	cookie := func() *http.Cookie {
		return x.as(dialogue.Observer).cookies[x.cookieName(sessionCookie)]
	}
	mine := cookie()
	r := listen(t, address, &http.Cookie{Name: mine.Name, Value: mine.Value}, "")
	visit, err := x.Store.Whois(context.Background(), mine.Value, time.Now())
	x.must(err)
	x.must(x.Store.EndSession(context.Background(), visit.Person, visit.Session))
	x.commentBy(dialogue.Mediator, p, "After the end")
	if got, _, over := r.next(); !over {
		t.Errorf("the session has ended, and yet: %+v", got)
	}
	r.close()

	mine = cookie()
	r = listen(t, address, &http.Cookie{Name: mine.Name, Value: mine.Value}, "")
	_, err = x.Store.Leave(context.Background(), x.people[dialogue.Observer], x.dialogue, true, time.Now())
	x.must(err)
	x.commentBy(dialogue.Mediator, p, "After they left")
	if got, _, over := r.next(); !over {
		t.Errorf("who left the room hears %+v", got)
	}
	r.close()

	x.hub.lasts = 100 * time.Millisecond
	mine = x.as(dialogue.Participant).cookies[x.cookieName(sessionCookie)]
	r = listen(t, address, &http.Cookie{Name: mine.Name, Value: mine.Value}, "")
	if _, _, over := r.next(); !over {
		t.Error("it goes on after its time")
	}
	r.close()
	x.hub.lasts = time.Minute
	r = listen(t, address, &http.Cookie{Name: mine.Name, Value: mine.Value}, "")
	x.hub.close()
	if _, _, over := r.next(); !over {
		t.Error("it goes on after the server stopped")
	}
	r.close()
	http.DefaultTransport.(*http.Transport).CloseIdleConnections()
	for deadline := time.Now().Add(5 * time.Second); runtime.NumGoroutine() > before; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%d goroutines, there were %d", runtime.NumGoroutine(), before)
		}
	}
	if len(x.hub.rooms) != 0 || len(x.hub.held) != 0 {
		t.Errorf("%d rooms and %d waiters are left", len(x.hub.rooms), len(x.hub.held))
	}
}

func TestFewPagesOfOnePersonWait(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	s := x.stream()
	defer s.Close()
	var all []*radio
	for range x.hub.most {
		r := listen(t, s.URL+"/en/river/events", nil, "")
		if r.code != http.StatusOK {
			t.Fatalf("%d", r.code)
		}
		all = append(all, r)
	}
	if r := listen(t, s.URL+"/en/river/events", nil, ""); r.code != http.StatusTooManyRequests || r.head.Get("Retry-After") == "" {
		t.Errorf("one more: %d %v", r.code, r.head)
	}
	for _, r := range all {
		r.close()
	}
	for deadline := time.Now().Add(5 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		r := listen(t, s.URL+"/en/river/events", nil, "")
		r.close()
		if r.code == http.StatusOK {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("pages that were closed count for ever")
		}
	}
	if rec := x.fetch("/en/river/events"); rec.Code != http.StatusOK { // an answer that cannot be held ends at once
		t.Errorf("%d", rec.Code)
	}
}

func TestFormsOfTheLiveLink(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	for lang, want := range map[string]string{"en": "# new comments: show", "ru": "# новых комментариев: показать"} {
		r := httptest.NewRequest("GET", "/"+lang+"/river", nil)
		r.SetPathValue("lang", lang)
		e, err := x.Store.Entrance(context.Background(), x.dialogue, "", "", time.Now())
		x.must(err)
		r = r.WithContext(context.WithValue(r.Context(), visitKey{}, &visit{Entrance: &e}))
		v := x.live(r, hallOf(r), 7)
		if v.Forms["many"] != want && lang == "ru" || v.Forms["other"] == "" || v.Address != "/"+lang+"/river/events?root=7" {
			t.Errorf("got %+v", v)
		}
	}
}
