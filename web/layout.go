package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"sync"

	"parley/i18n"
)

//go:embed page
var pageFiles embed.FS

// Layout is what surrounds every page. Each page's struct embeds it, so that a
// template speaks with {{$.T "key"}} and finds its frame.
type Layout struct {
	Lang      string
	Title     string // of the browser's tab
	Style     string // addresses of our own files
	Script    string
	Icon      string
	Demo      bool
	NoIndex   bool
	Languages []Language
	Room      *Frame // the dialogue that the page belongs to; nil outside of one
	Account   Corner
	Bell      *bell  // nil: nobody is signed in
	Feed      string // the address of the Atom feed of the dialogue; empty: none
	OwnFeed   string // that of the page alone
	Guest     string // the invented person of a demonstration as whom the reader looks around

	words *i18n.Words
}

// Language is the same page in another language.
type Language struct {
	Lang, Name, Address string
	Current             bool
}

// Corner is the way to one's own account: to it, or to signing in.
type Corner struct {
	SignedIn bool
	Owner    bool // runs the server
	Address  string
}

// Module is the address of a script of ours.
func (l Layout) Module(name string) string { return assets()[name].address() }

// T is a sentence of the catalogue.
func (l Layout) T(key string, pairs ...any) string { return l.words.T(key, pairs...) }

// N is a sentence that counts.
func (l Layout) N(key string, n int, pairs ...any) string { return l.words.N(key, n, pairs...) }

// H is a sentence of the catalogue with markup of our own in it.
func (l Layout) H(key string, pairs ...any) template.HTML { return l.words.HTML(key, pairs...) }

// layout is the frame of a page outside of any dialogue.
func (s *Server) layout(r *http.Request, lang, title string) Layout {
	words := i18n.For(lang)
	l := Layout{
		Lang: lang, Title: title, Demo: s.Demo, NoIndex: s.Demo, words: words,
		Style: assets()["style.css"].address(), Script: assets()["enhance.js"].address(), Icon: assets()["icon.svg"].address(),
	}
	l.Account, l.Guest, l.Bell = s.corner(r, lang), s.guestName(r, lang), s.bellOf(r, words)
	for _, other := range i18n.Languages {
		l.Languages = append(l.Languages, Language{
			Lang: other, Name: i18n.For(other).T("web.language"), Address: thisPageIn(r.URL, other), Current: other == lang,
		})
	}
	return l
}

// thisPageIn is the same address in another language, and with it the page to
// which it leads on.
func thisPageIn(u *url.URL, lang string) string {
	out := url.URL{Path: otherTongue(u.Path, lang), RawQuery: u.RawQuery}
	if q := u.Query(); q.Has("next") {
		if next, err := url.Parse(q.Get("next")); err == nil {
			next.Path, next.RawPath = otherTongue(next.Path, lang), ""
			q.Set("next", next.String())
			out.RawQuery = q.Encode()
		}
	}
	return out.String()
}

// otherTongue puts another language at the head of a path.
func otherTongue(path, lang string) string {
	rest := strings.TrimPrefix(path, "/")
	if first, after, _ := strings.Cut(rest, "/"); i18n.Speaks(first) {
		rest = after
	}
	return strings.TrimSuffix("/"+lang+"/"+rest, "/")
}

// corner leads who is signed in to their account, and others through signing in
// back to the page on which they are.
func (s *Server) corner(r *http.Request, lang string) Corner {
	if visitOf(r).SignedIn() {
		return Corner{SignedIn: true, Owner: visitOf(r).Owner, Address: "/" + lang + "/account"}
	}
	return Corner{Address: s.signInAddress(r, lang)}
}

// commonParts are the layout and the parts that pages share.
var commonParts = sync.OnceValues(func() (*template.Template, error) {
	return template.ParseFS(pageFiles, "page/layout.html", "page/part/*.html")
})

// pages are all pages by name. Each is read when it is first shown: to read them
// all takes as long as everything else that happens before the first page.
var pages = sync.OnceValue(func() map[string]func() (*template.Template, error) {
	files, err := fs.Glob(pageFiles, "page/*.html")
	if err != nil {
		panic(err) // the pattern is ours
	}
	out := map[string]func() (*template.Template, error){}
	for _, f := range files {
		if name := strings.TrimSuffix(path.Base(f), ".html"); name != "layout" {
			out[name] = sync.OnceValues(func() (*template.Template, error) { return readPage(f) })
		}
	}
	return out
})

func readPage(file string) (*template.Template, error) {
	base, err := commonParts()
	if err != nil {
		return nil, err
	}
	own, err := base.Clone()
	if err != nil {
		return nil, err
	}
	return own.ParseFS(pageFiles, file)
}

// pageNamed is the template of a page.
func pageNamed(name string) (*template.Template, error) {
	read := pages()[name]
	if read == nil {
		return nil, fmt.Errorf("web: no page %q", name)
	}
	t, err := read()
	if err != nil {
		return nil, fmt.Errorf("web: %w", err)
	}
	return t, nil
}

// show renders a page and sends it. Nothing is sent when the template fails, so
// that the reader gets the error page and never half a page.
func (s *Server) show(w http.ResponseWriter, r *http.Request, code int, name string, page any) error {
	t, err := pageNamed(name)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, "layout.html", page); err != nil {
		return fmt.Errorf("web: page %s: %w", name, err)
	}
	if s.Demo {
		w.Header().Set("X-Robots-Tag", "noindex, nofollow")
	}
	if w.Header().Get("Cache-Control") == "" {
		w.Header().Set("Cache-Control", "no-cache")
	}
	return send(w, r, code, "text/html; charset=utf-8", b.Bytes())
}

// send writes a whole answer with its length and, where it succeeded, a tag by
// which the browser can ask whether it changed.
func send(w http.ResponseWriter, r *http.Request, code int, kind string, body []byte) error {
	h := w.Header()
	h.Set("Content-Type", kind)
	if code == http.StatusOK {
		sum := sha256.Sum256(body)
		tag := `W/"` + hex.EncodeToString(sum[:8]) + `"`
		h.Set("ETag", tag)
		if strings.Contains(r.Header.Get("If-None-Match"), tag) {
			w.WriteHeader(http.StatusNotModified)
			return nil
		}
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(code)
	_, err := w.Write(body)
	if err != nil {
		return nil // the reader has gone
	}
	return nil
}
