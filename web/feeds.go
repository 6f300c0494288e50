package web

import (
	"context"
	"net/http"
	"path"
	"strconv"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/feed"
	"parley/store"
	"parley/writing"
)

// registerFeeds lists the addresses of Atom and JSON feeds and live updates.
func (s *Server) registerFeeds() {
	for _, under := range []string{"", "/problem/{item}", "/tags/{tag}"} {
		s.get(dialogue.Take, "/{lang}/{dialogue}"+under+"/"+atomFile, s.feed)
		s.get(dialogue.Take, "/{lang}/{dialogue}"+under+"/"+jsonFile, s.feed)
	}
	s.get(dialogue.Read, "/{lang}/{dialogue}/events", s.events)
}

const atomFile, jsonFile = "feed.atom", "feed.json"

// feed sends one document, or says that it has not changed.
func (s *Server) feed(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	of := store.FeedOf{Tag: r.PathValue("tag"), Lang: h.lang, Origin: s.origin.String(), Key: feedKey(r)}
	if word := r.PathValue("item"); word != "" {
		n, err := strconv.ParseInt(word, 10, 64)
		if err != nil || n <= 0 {
			return errMissing
		}
		of.Problem = writing.ID(n)
	}
	if word := r.URL.Query().Get("before"); word != "" {
		n, err := strconv.ParseInt(word, 10, 64)
		if err != nil || n <= 0 {
			return errMissing
		}
		of.Before = writing.ID(n)
	}
	f, err := s.Store.Feed(r.Context(), h.person(), h.d.ID, of)
	if err != nil {
		return err
	}
	write, kind := feed.Atom, feed.AtomType
	if path.Base(r.URL.Path) == jsonFile {
		write, kind = feed.JSON, feed.JSONType
	}
	body, err := write(f)
	if err != nil {
		return err
	}
	changed := f.Updated.Truncate(time.Second)
	w.Header().Set("Last-Modified", changed.UTC().Format(http.TimeFormat))
	switch { // who came with a session keeps nothing, as everywhere
	case of.Key != "":
		w.Header().Set("Cache-Control", "private, no-cache")
	case h.Person == "":
		w.Header().Set("Cache-Control", "no-cache")
	}
	if s.Demo {
		w.Header().Set("X-Robots-Tag", "noindex, nofollow")
	}
	if since, err := http.ParseTime(r.Header.Get("If-Modified-Since")); err == nil && r.Header.Get("If-None-Match") == "" && !changed.After(since) {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	return send(w, r, http.StatusOK, kind, body)
}

// feedKey is the key by which a program reads a feed; other addresses have none.
func feedKey(r *http.Request) string {
	if base := path.Base(r.URL.Path); base != atomFile && base != jsonFile {
		return ""
	}
	return r.URL.Query().Get("key")
}

// byFeedKey is the visit of a program that shows a key; nil where it shows none. A
// key that is not good is nobody's, whatever cookie comes with it.
func (s *Server) byFeedKey(r *http.Request) (*http.Request, error) {
	key := feedKey(r)
	if key == "" {
		return nil, nil
	}
	person, err := s.Store.FeedReader(r.Context(), key, s.Now())
	if err != nil {
		return nil, err
	}
	v := &visit{Visitor: account.Visitor{Person: person}}
	return r.WithContext(context.WithValue(r.Context(), visitKey{}, v)), nil
}

// feedAddress is the Atom feed of the dialogue, where the visitor may take it.
func (h *hall) feedAddress() string {
	if !h.may(dialogue.Take) {
		return ""
	}
	return h.to(atomFile)
}
