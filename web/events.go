package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"parley/notice"
	"parley/writing"
)

// writeTime is how long one message to a page may take.
const writeTime = 10 * time.Second

// liveView is what a page of a thread shows when something new comes.
type liveView struct {
	Address string
	Script  string
	Forms   map[string]string // plural form to words, # for the number
	Changed string
}

// live is what a page needs to hear of new things below root, or in the whole
// dialogue.
func (s *Server) live(r *http.Request, h *hall, root writing.ID) *liveView {
	v := &liveView{Address: h.to("events"), Script: assets()["live.js"].address(), Forms: map[string]string{}, Changed: h.words.T("notice.live.changed")}
	if root != 0 {
		v.Address = withQuery(v.Address, "root", strconv.FormatInt(int64(root), 10))
	}
	for form, n := range map[string]int{"one": 1, "few": 2, "many": 5, "other": 100} {
		v.Forms[form] = numberless(h.words.N("notice.live", n), n)
	}
	return v
}

// numberless puts # where the number stands.
func numberless(words string, n int) string {
	digits := strconv.Itoa(n)
	for i := 0; i+len(digits) <= len(words); i++ {
		if words[i:i+len(digits)] == digits {
			return words[:i] + "#" + words[i+len(digits):]
		}
	}
	return words
}

// listener is one page that waits.
type listener struct {
	*Server
	r     *http.Request
	h     *hall
	w     http.ResponseWriter
	rc    *http.ResponseController
	root  writing.ID
	after int64
}

var errListenerGone = errors.New("web: nobody listens any more")

// events tells a page what is new while it is open, in the form of server-sent
// events. The number of an event is its id, so that a page that was cut off goes
// on where it was.
func (s *Server) events(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	give, err := s.hub.take(waiter(r.Context(), h.visit))
	if err != nil {
		return err
	}
	defer give()
	last, err := s.Store.LastEvent(r.Context(), h.person(), h.d.ID)
	if err != nil {
		return err
	}
	l := &listener{Server: s, r: r, h: h, w: w, rc: http.NewResponseController(w), after: last}
	for _, word := range []string{r.URL.Query().Get("after"), r.Header.Get("Last-Event-ID")} {
		if n, err := strconv.ParseInt(word, 10, 64); err == nil && n >= 0 {
			l.after = min(n, last)
		}
	}
	if n, err := strconv.ParseInt(r.URL.Query().Get("root"), 10, 64); err == nil {
		l.root = writing.ID(n)
	}
	head := w.Header()
	head.Set("Content-Type", "text/event-stream; charset=utf-8")
	head.Set("Cache-Control", "no-store")
	head.Set("X-Accel-Buffering", "no") // proxies hand on what comes
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodHead || l.rc.SetReadDeadline(time.Time{}) != nil {
		return nil // no connection that could be held
	}
	l.wait(last)
	return nil
}

// wait writes until the page or the server goes, the time is up, or the visitor
// may listen no more.
func (l *listener) wait(last int64) {
	wake, room, leave := l.hub.join(l.h.d.ID, last)
	defer leave()
	end := time.NewTimer(l.hub.lasts)
	defer end.Stop()
	beat := time.NewTicker(l.hub.beat)
	defer beat.Stop()
	err := l.say("retry: 3000\n\n")
	if err == nil && l.after < last {
		err = l.news(last)
	}
	for err == nil {
		select {
		case <-l.r.Context().Done():
			return
		case <-l.hub.over:
			return
		case <-end.C:
			return
		case <-beat.C:
			if err = l.still(); err == nil {
				err = l.say(":\n\n")
			}
		case <-wake:
			if err = l.still(); err == nil {
				err = l.news(room.last.Load())
			}
		}
	}
}

// still is an error where the session that began this has ended.
func (l *listener) still() error {
	if l.h.Session == "" {
		return nil
	}
	who, err := l.Store.Whois(l.r.Context(), l.cookie(l.r, sessionCookie), l.Now())
	if err == nil && (who.Person != l.h.Person || who.Session != l.h.Session) {
		err = errListenerGone
	}
	return err
}

// news tells what happened up to a number. The store asks anew whether the visitor
// may read it.
func (l *listener) news(upTo int64) error {
	for {
		list, err := l.Store.Events(l.r.Context(), l.h.person(), l.h.d.ID, l.root, l.after, 50)
		if err != nil {
			return err
		}
		for _, e := range list {
			if err := l.tell(e); err != nil {
				return err
			}
			l.after = e.ID
		}
		if len(list) < 50 {
			l.after = max(l.after, upTo)
			return nil
		}
	}
}

// change is what a page is told: numbers and kinds, no words.
type change struct {
	Last int64            `json:"last"`
	Root writing.ID       `json:"root"`
	Item writing.ID       `json:"item"`
	Kind notice.EventKind `json:"kind"`
}

func (l *listener) tell(e notice.Event) error {
	data, err := json.Marshal(change{e.ID, e.Root, e.Item, e.Kind})
	if err != nil {
		return err
	}
	return l.say(fmt.Sprintf("id: %d\nevent: changed\ndata: %s\n\n", e.ID, data))
}

// say sends a message at once. The server's own limit of a minute for an answer is
// put off with each.
func (l *listener) say(words string) error {
	if err := l.rc.SetWriteDeadline(time.Now().Add(writeTime)); err != nil {
		return err
	}
	if _, err := l.w.Write([]byte(words)); err != nil {
		return err
	}
	return l.rc.Flush()
}
