package web

import (
	"bytes"
	"compress/gzip"
	"container/list"
	"context"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"parley/dialogue"
)

// shelf keeps whole pages as they were sent to readers who are not signed in. A
// page is shown again only while nothing has changed in the store, and for a
// second at most, since other processes may write there, too. Whether the reader
// may read is asked before, every time.
type shelf struct {
	mu    sync.Mutex
	pages map[string]*list.Element // of *keptPage
	order *list.List               // the one shown last stands first
	bytes int
}

// maxShelf bounds what a shelf keeps, in bytes.
const maxShelf = 16 << 20

// keptFor is how long something is shown again before it is made anew.
const keptFor = time.Second

// keptPage is one page.
type keptPage struct {
	key        string
	generation uint64
	until      time.Time
	header     http.Header
	tag        string
	plain      []byte
	zipped     []byte
}

func (p *keptPage) size() int { return len(p.key) + len(p.plain) + len(p.zipped) + 512 }

// shelved registers a page of the forum that everybody may read who reads the
// dialogue.
func (s *Server) shelved(pattern string, h handle) {
	s.get(dialogue.Read, pattern, func(w http.ResponseWriter, r *http.Request) error {
		key, ok := shelfKey(r)
		if !ok {
			return h(w, r)
		}
		generation := s.Store.Generation()
		if p := s.shelf.find(key, generation); p != nil {
			return p.send(w, r)
		}
		r, err := s.enteredAnew(r)
		if err != nil {
			return err
		}
		p, err := makePage(w, r, h)
		if p == nil || err != nil {
			return err
		}
		p.key, p.generation, p.until = key, generation, time.Now().Add(keptFor)
		s.shelf.keep(p)
		return p.send(w, r)
	})
}

// shelfKey names the page of an address for readers who are not signed in; other
// readers, and addresses with words that we did not put there, have none.
func shelfKey(r *http.Request) (string, bool) {
	v := visitOf(r)
	if v.Person != "" || v.Entrance == nil || v.Entrance.Invitation != nil {
		return "", false
	}
	for name := range r.URL.Query() {
		switch name {
		case "order", "page", "status", "sector", "tag", "after":
		default:
			return "", false
		}
	}
	return r.URL.EscapedPath() + "?" + r.URL.RawQuery, true
}

// enteredAnew is the request with what the visitor is to the dialogue as of now:
// what the door read may be older than the generation under which a page is kept.
func (s *Server) enteredAnew(r *http.Request) (*http.Request, error) {
	v := *visitOf(r)
	e, err := s.Store.Entrance(r.Context(), v.Entrance.Configured.ID, v.person(), "", s.Now())
	if err != nil {
		return r, err
	}
	v.Entrance = &e
	return r.WithContext(context.WithValue(r.Context(), visitKey{}, &v)), v.May(dialogue.Read)
}

// makePage makes a page and holds it back. Where it is no page after all, it was
// sent and there is nothing to keep.
func makePage(w http.ResponseWriter, r *http.Request, h handle) (*keptPage, error) {
	asked := r.Clone(r.Context())
	asked.Method = http.MethodGet
	asked.Header.Del("If-None-Match")
	held := &holder{header: w.Header().Clone()}
	before := w.Header().Clone()
	if err := h(held, asked); err != nil {
		return nil, err
	}
	if held.code != http.StatusOK {
		for name, values := range held.header {
			w.Header()[name] = values
		}
		w.WriteHeader(held.code)
		_, _ = w.Write(held.body.Bytes())
		return nil, nil
	}
	p := &keptPage{header: http.Header{}, tag: held.header.Get("ETag"), plain: held.body.Bytes()}
	for name, values := range held.header {
		if _, there := before[name]; !there && name != "Content-Length" {
			p.header[name] = values
		}
	}
	var b bytes.Buffer
	z := zippers.Get().(*gzip.Writer)
	z.Reset(&b)
	_, _ = z.Write(p.plain) // into memory
	_ = z.Close()
	zippers.Put(z)
	p.zipped = b.Bytes()
	return p, nil
}

// send sends a page that was kept.
func (p *keptPage) send(w http.ResponseWriter, r *http.Request) error {
	h := w.Header()
	for name, values := range p.header {
		h[name] = values
	}
	if p.tag != "" && strings.Contains(r.Header.Get("If-None-Match"), p.tag) {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	body := p.plain
	if accepts(r.Header.Get("Accept-Encoding"), "gzip") && r.Method != http.MethodHead && len(p.plain) > 999 {
		body = p.zipped
		h.Set("Content-Encoding", "gzip")
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(http.StatusOK)
	_, _ = w.Write(body) // the reader may have gone
	return nil
}

// find is a page that still holds.
func (s *shelf) find(key string, generation uint64) *keptPage {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.pages[key]
	if e == nil {
		return nil
	}
	p := e.Value.(*keptPage)
	if p.generation != generation || time.Now().After(p.until) {
		return nil
	}
	s.order.MoveToFront(e)
	return p
}

// keep puts a page on the shelf, and takes off those that nobody asked for longest.
func (s *shelf) keep(p *keptPage) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.pages == nil {
		s.pages, s.order = map[string]*list.Element{}, list.New()
	}
	if old := s.pages[p.key]; old != nil {
		s.drop(old)
	}
	s.pages[p.key] = s.order.PushFront(p)
	for s.bytes += p.size(); s.bytes > maxShelf; {
		s.drop(s.order.Back())
	}
}

func (s *shelf) drop(e *list.Element) {
	p := s.order.Remove(e).(*keptPage)
	delete(s.pages, p.key)
	s.bytes -= p.size()
}

// holder holds an answer back.
type holder struct {
	header http.Header
	code   int
	body   bytes.Buffer
}

func (h *holder) Header() http.Header { return h.header }
func (h *holder) WriteHeader(code int) {
	if h.code == 0 {
		h.code = code
	}
}
func (h *holder) Write(b []byte) (int, error) {
	h.WriteHeader(http.StatusOK)
	return h.body.Write(b)
}
