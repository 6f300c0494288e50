package api

import (
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"

	"parley/api/apitest"
	"parley/dialogue"
)

// Of edits that begin from the same state and come at once, one is made and all
// others are refused: what is compared is compared inside the deed.
func TestEditsAtOnce(t *testing.T) { each(t, []apitest.Room{open("towns")}, editsAtOnce) }

func editsAtOnce(t *testing.T, w *world) {
	for _, c := range []struct {
		path string
		role dialogue.Role
		body func(n int) map[string]any
	}{
		{"/dialogues/towns/moderation-rules", dialogue.Moderator, func(n int) map[string]any {
			return map[string]any{"premoderate": n, "slow_seconds": 0, "text": "It grows.", "lang": "en"}
		}},
		{"/account/notice-settings", dialogue.Holder, func(n int) map[string]any {
			return map[string]any{"every": "daily", "hour": n, "weekday": "monday", "quiet": false, "from": 1, "to": 2, "letters": true}
		}},
	} {
		for round := range 3 {
			tag := w.ok(w.ask(c.role, http.MethodGet, c.path, nil)).Header().Get("ETag")
			var made, refused atomic.Int32
			var wait sync.WaitGroup
			for n := range 6 {
				wait.Go(func() {
					r := w.ask(c.role, http.MethodPut, c.path, c.body(1+n+6*(round%2)), "If-Match", tag)
					switch r.Code {
					case http.StatusOK:
						made.Add(1)
					case http.StatusPreconditionFailed:
						refused.Add(1)
					default:
						t.Errorf("%s: got %d %s", c.path, r.Code, r.Body)
					}
				})
			}
			wait.Wait()
			if made.Load() != 1 || refused.Load() != 5 {
				t.Errorf("%s: %d were made, %d refused", c.path, made.Load(), refused.Load())
			}
		}
		for _, tag := range []string{`"0"`, `"-1"`, `"99"`, `1`, `"x"`, `*`} {
			if r := w.ask(c.role, http.MethodPut, c.path, c.body(9), "If-Match", tag); r.Code != http.StatusPreconditionFailed {
				t.Errorf("%s from %s: got %d %s", c.path, tag, r.Code, r.Body)
			}
		}
	}
}

// A list whose last page is full ends with it, and the longest page is as long as
// it says.
func TestTheLastPageIsTheLast(t *testing.T) {
	w := newWorld(t, open("towns"))
	const at = "/dialogues/towns"
	count := func(path string, limit int) (n int, more bool) {
		r := w.ok(w.ask(dialogue.Participant, http.MethodGet, fmt.Sprint(at, path, "?limit=", limit), nil))
		_, more = r.json["next"]
		return len(items(r)), more
	}
	w.want(w.ask(dialogue.Participant, http.MethodPut, at+"/votes/4", map[string]any{"choice": "agree"}), 204, "")
	for n := 1; n <= 51; n++ {
		for _, path := range []string{"/problems", "/statements", "/votes"} {
			if got, more := count(path, 50); n < 51 && (got != n || more) || n == 51 && (got != 50 || !more) {
				t.Fatalf("%s with %d: got %d, more: %t", path, n, got, more)
			}
			if got, more := count(path, 100); n == 51 && (got != 50 || !more) {
				t.Fatalf("%s by 100: got %d, more: %t", path, got, more)
			}
			if n == 2 {
				if got, more := count(path, 1); got != 1 || !more {
					t.Fatalf("%s by one: got %d, more: %t", path, got, more)
				}
			}
		}
		title := map[string]any{"lang": "en", "title": fmt.Sprint("The lantern number ", n, " is out.")}
		w.want(w.ask(dialogue.Delegate, http.MethodPost, at+"/problems", title), 201, "")
		st := numberOf(w.want(w.ask(dialogue.Delegate, http.MethodPost, at+"/statements", title), 201, ""))
		w.want(w.ask(dialogue.Participant, http.MethodPut, fmt.Sprint(at, "/votes/", st), map[string]any{"choice": "pass"}), 204, "")
	}
	seen := map[string]bool{}
	for _, n := range w.numbers(dialogue.Participant, at+"/problems?limit=7") {
		if seen[n] {
			t.Errorf("%s comes twice", n)
		}
		seen[n] = true
	}
	if len(seen) != 52 {
		t.Errorf("got %d in all", len(seen))
	}
}

// Whoever follows a thing reads how closely.
func TestFollowsStandInWhatIsFollowed(t *testing.T) {
	w := newWorld(t, open("towns"))
	const at = "/dialogues/towns"
	for _, path := range []string{"/problems/1", "/actions/2"} {
		level := func(role dialogue.Role) any { return w.ok(w.ask(role, http.MethodGet, at+path, nil)).json["follows"] }
		if got := level(dialogue.Staff); got != nil {
			t.Errorf("%s: got %v of who said nothing", path, got)
		}
		w.want(w.ask(dialogue.Staff, http.MethodPut, at+"/follows/"+path[len(path)-1:], map[string]any{"level": "digest"}), 204, "")
		if got := level(dialogue.Staff); got != "digest" {
			t.Errorf("%s: got %v", path, got)
		}
		if got := level(dialogue.Visitor); got != nil {
			t.Errorf("%s: a visitor reads %v", path, got)
		}
	}
}
