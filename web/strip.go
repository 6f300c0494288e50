package web

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"html/template"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"

	"parley/dialogue"
)

// strip is a stretch of a page rendered: as it is, and as a whole part of a
// deflate stream that looks back at nothing before it.
type strip struct{ plain, deflated []byte }

// frame is a page around its comments, as readers of one sort get it.
type frame struct{ before, after strip }

// mostFrames is how many sorts of readers a sheet keeps frames for.
const mostFrames = 64

var deflaters = sync.Pool{New: func() any {
	z, _ := flate.NewWriter(nil, flate.DefaultCompression)
	return z
}}

// newStrip compresses a stretch of a page; the last one ends the stream.
func newStrip(plain []byte, last bool) (strip, error) {
	var b bytes.Buffer
	z := deflaters.Get().(*flate.Writer)
	defer deflaters.Put(z)
	z.Reset(&b)
	if _, err := z.Write(plain); err != nil {
		return strip{}, err
	}
	end := z.Flush // on a whole byte
	if last {
		end = z.Close
	}
	if err := end(); err != nil {
		return strip{}, err
	}
	return strip{plain, b.Bytes()}, nil
}

func renderStrip(t *template.Template, v commentView) (strip, error) {
	var plain bytes.Buffer
	if err := t.ExecuteTemplate(&plain, "comment", v); err != nil {
		return strip{}, fmt.Errorf("web: comment %s: %w", v.ID, err)
	}
	return newStrip(plain.Bytes(), false)
}

// showThread shows a page with a thread in it. Where the comments stand ready on
// a sheet they are put into the page, compressed as they are; so is what is around
// them, for a reader whose page differs in nothing from one that was kept.
func (s *Server) showThread(w http.ResponseWriter, r *http.Request, name string, m *subject, page func() any) error {
	if m.sheet == nil || len(m.thread.Comments) == 0 {
		return s.show(w, r, http.StatusOK, name, page())
	}
	h := hallOf(r)
	t, err := pageNamed(name)
	if err != nil {
		return err
	}
	key, shared := s.frameKey(r, h, m)
	f := m.sheet.frameOf(key, shared)
	if f == nil {
		if f, err = makeFrame(t, name, page()); err != nil {
			return err
		}
		m.sheet.keepFrame(key, shared, f)
	}
	strips, err := m.sheet.rendered(r, h, t)
	if err != nil {
		return err
	}
	if s.Demo {
		w.Header().Set("X-Robots-Tag", "noindex, nofollow")
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	var body []byte
	if accepts(r.Header.Get("Accept-Encoding"), "gzip") && r.Method != http.MethodHead {
		w.Header().Set("Content-Encoding", "gzip")
		body = f.gzipped(strips)
	} else {
		body = f.joined(strips)
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(http.StatusOK)
	_, _ = w.Write(body) // the reader may have gone
	return nil
}

// frameKey is all by which the page around the comments differs between readers
// of one sheet: what they may do, what of it is their own, and what stands in the
// corner. It is false where nobody else could get the same.
func (s *Server) frameKey(r *http.Request, h *hall, m *subject) (string, bool) {
	for name := range r.URL.Query() {
		if name != "order" && name != "page" {
			return "", false
		}
	}
	look, shared := lookOf(0, &m.text, m.sheet.member, m.sheet.mine)
	if !shared || h.Entrance.Invitation != nil || m.sheet.mine.Draft != nil {
		return "", false
	}
	var b strings.Builder
	for _, do := range everyVerb {
		if h.may(do) {
			b.WriteByte('1')
		} else {
			b.WriteByte('0')
		}
	}
	bell := ""
	if rung := s.bellOf(r, h.words); rung != nil {
		bell = rung.Count
	}
	fmt.Fprintf(&b, " %d %s %q %v %q %q", look, m.level, bell, h.Owner, s.guestName(r, h.lang), r.URL.RawQuery)
	return b.String(), true
}

// everyVerb is every deed, in one order.
var everyVerb = func() []dialogue.Verb { return slices.Sorted(maps.Keys(dialogue.Policies)) }()

func (sh *sheet) frameOf(key string, shared bool) *frame {
	sh.mu.Lock()
	defer sh.mu.Unlock()
	if !shared {
		return nil
	}
	return sh.frames[key]
}

func (sh *sheet) keepFrame(key string, shared bool, f *frame) {
	sh.mu.Lock()
	defer sh.mu.Unlock()
	if shared && len(sh.frames) < mostFrames {
		sh.frames[key] = f
	}
}

// makeFrame renders a page and cuts it where the comments go.
func makeFrame(t *template.Template, name string, page any) (*frame, error) {
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, "layout.html", page); err != nil {
		return nil, fmt.Errorf("web: page %s: %w", name, err)
	}
	before, after, _ := bytes.Cut(b.Bytes(), []byte(slot))
	head, err := newStrip(before, false)
	if err != nil {
		return nil, err
	}
	foot, err := newStrip(after, true)
	return &frame{head, foot}, err
}

func (f *frame) joined(strips []strip) []byte {
	size := len(f.before.plain) + len(f.after.plain)
	for _, p := range strips {
		size += len(p.plain)
	}
	out := append(make([]byte, 0, size), f.before.plain...)
	for _, p := range strips {
		out = append(out, p.plain...)
	}
	return append(out, f.after.plain...)
}

// gzipHead is the head of a gzip file of no name and no time (RFC 1952).
const gzipHead = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"

// gzipped is the page as one gzip member. Each part ends on a whole byte and looks
// back at nothing before it, so that they may follow one another in one stream.
func (f *frame) gzipped(strips []strip) []byte {
	all := append(append([]strip{f.before}, strips...), f.after)
	length := len(gzipHead) + 8
	for _, p := range all {
		length += len(p.deflated)
	}
	out := append(make([]byte, 0, length), gzipHead...)
	sum, size := uint32(0), 0
	for _, p := range all {
		out = append(out, p.deflated...)
		sum, size = crc32.Update(sum, crc32.IEEETable, p.plain), size+len(p.plain)
	}
	out = binary.LittleEndian.AppendUint32(out, sum)
	return binary.LittleEndian.AppendUint32(out, uint32(size))
}
