package web

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"parley/dialogue"
	"parley/forum"
	"parley/writing"
)

// readBy fetches a page as a browser that takes gzip, and unpacks it with a reader
// that is not ours.
func readBy(t testing.TB, b *browser, address string, zipped bool) string {
	t.Helper()
	r := httptest.NewRequest("GET", address, nil)
	r.Host = b.host
	if zipped {
		r.Header.Set("Accept-Encoding", "gzip")
	}
	for _, c := range b.cookies {
		r.AddCookie(&http.Cookie{Name: c.Name, Value: c.Value})
	}
	rec := httptest.NewRecorder()
	b.site.ServeHTTP(rec, r)
	if rec.Code != http.StatusOK {
		t.Fatalf("%s: %d", address, rec.Code)
	}
	if got := rec.Header().Get("Content-Length"); got != "" && got != fmt.Sprint(rec.Body.Len()) {
		t.Errorf("%s: says %s bytes and sends %d", address, got, rec.Body.Len())
	}
	if rec.Header().Get("Content-Encoding") != "gzip" {
		if zipped {
			t.Fatalf("%s came as it is", address)
		}
		return rec.Body.String()
	}
	z, err := gzip.NewReader(bytes.NewReader(rec.Body.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	z.Multistream(false) // browsers read the first member alone
	out, err := io.ReadAll(z)
	if err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	return string(out)
}

// forgetful makes a server drop what it keeps of pages.
func (x *society) forgetful() {
	x.Server.shelf.mu.Lock()
	x.Server.shelf.pages, x.Server.shelf.order, x.Server.shelf.bytes = nil, nil, 0
	x.Server.shelf.mu.Unlock()
	x.Server.sheets.mu.Lock()
	x.Server.sheets.list = nil
	x.Server.sheets.mu.Unlock()
}

// TestKeptPagesAreAsFreshOnes reads pages twice, forgets them, and reads them again;
// and does so once more after every kind of change, which must show at once.
func TestKeptPagesAreAsFreshOnes(t *testing.T) {
	x := newForum(t, nil)
	ctx, now := context.Background(), time.Now()
	n := x.problem(dialogue.Participant, "The river", "Water")
	k := x.remark(dialogue.Participant, n, 0, "First")
	x.remark(dialogue.Mediator, n, k, "Second")
	at := "/en/river/problem/" + itemNumber(n)
	deeds := []struct {
		name string
		do   func() error
	}{
		{"nothing", func() error { return nil }},
		{"a comment", func() error { x.remark(dialogue.Delegate, n, k, "Third"); return nil }},
		{"a mark", func() error {
			return x.Store.React(ctx, x.people[dialogue.Mediator], x.dialogue, k, writing.Helpful, true, now)
		}},
		{"an edit", func() error {
			return x.Store.Edit(ctx, x.people[dialogue.Participant], x.dialogue, k, writing.Edit{Revision: 1, Body: "Changed"}, now)
		}},
		{"a translation", func() error {
			return x.Store.Translate(ctx, x.people[dialogue.Interpreter], x.dialogue, k, "ru", "", "Перевод", 2, now)
		}},
		{"a rating", func() error {
			return x.Store.RateTranslation(ctx, x.people[dialogue.Mediator], x.dialogue, k, "ru", 1, now)
		}},
		{"a status", func() error {
			return x.Store.MoveOn(ctx, x.people[dialogue.Mediator], x.dialogue, n, forum.Step{To: forum.OnTheTable, Lang: "en"}, now)
		}},
		{"a link", func() error {
			return x.Store.Tie(ctx, x.people[dialogue.Participant], x.dialogue, n, forum.Link{Kind: forum.LinkInterest, To: "W-1"}, true, now)
		}},
		{"words taken back", func() error { return x.Store.Withdraw(ctx, x.people[dialogue.Participant], x.dialogue, k, now) }},
		{"words brought back", func() error { return x.Store.Restore(ctx, x.people[dialogue.Participant], x.dialogue, k, now) }},
		{"a name", func() error { return x.rename(dialogue.Participant, "Heron") }},
		{"settings", func() error {
			x.configure(func(c *dialogue.Configured) { c.Title = both("Another river", "Другая река") })
			return nil
		}},
	}
	roles := []dialogue.Role{dialogue.Visitor, dialogue.Participant, dialogue.Mediator, dialogue.Delegate}
	for i, d := range deeds {
		before := map[dialogue.Role]string{}
		for _, role := range roles {
			before[role] = readBy(t, x.as(role), at, true)
		}
		x.must(d.do())
		for _, role := range roles {
			b := x.as(role)
			kept, again, plain := readBy(t, b, at, true), readBy(t, b, at, true), readBy(t, b, at, false)
			x.forgetful()
			if fresh := readBy(t, b, at, true); kept != fresh || again != fresh || plain != fresh {
				t.Errorf("after %s %s gets another page than a fresh one", d.name, role)
			}
			if changed := kept != before[role]; changed != (i > 0) {
				t.Errorf("after %s the page of %s changed: %v", d.name, role, changed)
			}
		}
	}
}

// rename is somebody choosing another pseudonym.
func (x *society) rename(role dialogue.Role, name string) error {
	return x.Store.ChangePseudonym(context.Background(), x.people[role], x.dialogue, name, time.Now())
}

// TestWhatIsOnesOwnIsOnOnesOwnPageAlone: people share what is kept, and never what
// is theirs.
func TestWhatIsOnesOwnIsOnOnesOwnPageAlone(t *testing.T) {
	x := newForum(t, nil)
	n := x.problem(dialogue.Participant, "The river", "Water")
	k := x.remark(dialogue.Participant, n, 0, "First")
	x.must(x.Store.React(context.Background(), x.people[dialogue.Mediator], x.dialogue, k, writing.Unclear, true, time.Now()))
	at := "/en/river/problem/" + itemNumber(n)
	for range 2 { // in one order and, with the sheet there, again
		for role, want := range map[dialogue.Role][2]int{dialogue.Participant: {1, 0}, dialogue.Mediator: {0, 1}, dialogue.Delegate: {0, 0}} {
			doc := x.as(role).open(at)
			c := find(t, doc, "#c-"+itemNumber(k))
			got := [2]int{c.Find(`[data-deed="edit"]`).Length(), c.Find(`[aria-pressed="true"]`).Length()}
			if got != want {
				t.Errorf("%s: %v, want %v", role, got, want)
			}
		}
	}
}

func TestAShelfHoldsNoMoreThanItMay(t *testing.T) {
	var s shelf
	for i := range 40 {
		s.keep(&keptPage{key: fmt.Sprint(i), plain: make([]byte, 1<<20), until: time.Now().Add(time.Hour)})
	}
	if s.bytes > maxShelf || len(s.pages) != s.order.Len() || s.find("39", 0) == nil || s.find("0", 0) != nil {
		t.Errorf("%d bytes in %d pages", s.bytes, len(s.pages))
	}
	if s.find("39", 1) != nil {
		t.Error("a page of another generation is shown")
	}
}

// TestDoorsAreAskedBeforeAPageIsTakenFromTheShelf closes a room whose page is kept.
func TestDoorsAreAskedBeforeAPageIsTakenFromTheShelf(t *testing.T) {
	x := newForum(t, func(d *dialogue.Dialogue) { d.Rule = dialogue.Members })
	n := x.problem(dialogue.Participant, "The river", "Water")
	readBy(t, x.as(dialogue.Participant), "/en/river/problem/"+itemNumber(n), true)
	rec := x.as(dialogue.Visitor).send("/en/river/problem/"+itemNumber(n), nil)
	if rec.Code != http.StatusSeeOther || strings.Contains(rec.Body.String(), "Water") {
		t.Errorf("a visitor gets %d", rec.Code)
	}
}

// cpu is the time that this process has worked, in microseconds.
func cpu() float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return float64(u.Utime.Sec+u.Stime.Sec)*1e6 + float64(u.Utime.Usec+u.Stime.Usec)
}

// BenchmarkThread reads a thread of 100 comments and the last page of one of
// 10,000, signed out and in; the floor is the same server answering with a page of
// the same length that costs nothing.
func BenchmarkThread(b *testing.B) {
	for _, size := range []int{100, 10_000} {
		x := newForum(b, nil)
		n := x.problem(dialogue.Participant, "The river", "Water")
		crowd := []dialogue.Role{dialogue.Participant, dialogue.Mediator, dialogue.Delegate, dialogue.Interpreter}
		var last writing.ID
		for i := range size {
			to := last
			if i%3 == 0 {
				to = 0
			}
			last = x.remark(crowd[i%len(crowd)], n, to, strings.Repeat("The water rises in spring and nobody says when. ", 5))
		}
		at := fmt.Sprintf("/en/river/problem/%d?page=%d", n, size/forum.MostComments)
		length := len(readBy(b, x.as(dialogue.Visitor), at, false))
		same := make([]byte, length)
		x.site.HandleFunc("GET /floor", func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(http.StatusOK)
			_, _ = w.Write(same)
		})
		for _, c := range []struct {
			name, at string
			role     dialogue.Role
		}{{"out", at, dialogue.Visitor}, {"in", at, dialogue.Mediator}, {"floor", "/floor", dialogue.Visitor}} {
			for _, zipped := range []bool{false, true} {
				if zipped && c.name == "floor" {
					continue
				}
				b.Run(fmt.Sprintf("%d/%s/gzip=%v", size, c.name, zipped), func(b *testing.B) { measure(b, x.as(c.role), c.at, zipped) })
			}
		}
	}
}

// sink takes an answer and keeps nothing, as a connection does.
type sink struct {
	header http.Header
	code   int
}

func (s *sink) Header() http.Header         { return s.header }
func (s *sink) WriteHeader(code int)        { s.code = code }
func (s *sink) Write(b []byte) (int, error) { return len(b), nil }

func measure(b *testing.B, who *browser, at string, zipped bool) {
	readBy(b, who, at, zipped && !strings.HasSuffix(at, "floor"))
	r := httptest.NewRequest("GET", at, nil)
	r.Host = who.host
	if zipped {
		r.Header.Set("Accept-Encoding", "gzip")
	}
	for _, c := range who.cookies {
		r.AddCookie(&http.Cookie{Name: c.Name, Value: c.Value})
	}
	runtime.GC()
	begun := cpu()
	for b.Loop() {
		w := sink{header: http.Header{}}
		who.site.ServeHTTP(&w, r.Clone(r.Context()))
		if w.code != http.StatusOK {
			b.Fatal(w.code)
		}
	}
	b.ReportMetric((cpu()-begun)/float64(b.N), "cpu-us/op")
}
