package web

import (
	"context"
	"encoding/xml"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"parley/dialogue"
)

// fetch asks as a program does, without cookies.
func (x *society) fetch(address string, headers ...string) *httptest.ResponseRecorder {
	x.t.Helper()
	r := httptest.NewRequest("GET", address, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	rec := httptest.NewRecorder()
	x.Handler().ServeHTTP(rec, r)
	return rec
}

func TestFeedsOfAPublicRoom(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	p := x.problemBy(dialogue.Participant, "The <bridge>")
	x.commentBy(dialogue.Mediator, p, "A ferry?")
	for _, c := range []struct{ address, kind, want string }{
		{"/en/river/feed.atom", "application/atom+xml; charset=utf-8", "Comment on"},
		{"/ru/river/feed.json", "application/feed+json; charset=utf-8", "Комментарий"},
		{"/en/river/problem/1/feed.atom", "application/atom+xml; charset=utf-8", "A ferry?"},
		{"/en/river/problem/1/feed.json", "application/feed+json; charset=utf-8", "A ferry?"},
		{"/en/river/tags/water/feed.atom", "application/atom+xml; charset=utf-8", "tags/water"},
		{"/en/river/tags/water/feed.json", "application/feed+json; charset=utf-8", "tags/water"},
	} {
		rec := x.fetch(c.address)
		if rec.Code != http.StatusOK || rec.Header().Get("Content-Type") != c.kind || !strings.Contains(rec.Body.String(), c.want) {
			t.Errorf("%s: %d %s\n%s", c.address, rec.Code, rec.Header().Get("Content-Type"), rec.Body)
		}
		if strings.Contains(c.address, "atom") {
			if err := xml.Unmarshal(rec.Body.Bytes(), new(struct{})); err != nil {
				t.Errorf("%s: %v", c.address, err)
			}
		}
	}
	for _, address := range []string{"/en/river/problem/2/feed.atom", "/en/river/problem/x/feed.atom", "/en/river/problem/99/feed.json", "/en/river/feed.atom?before=x"} {
		if rec := x.fetch(address); rec.Code != http.StatusNotFound {
			t.Errorf("%s: %d", address, rec.Code)
		}
	}
	link := x.as(dialogue.Visitor).open("/ru/river").Find("head link[type='application/atom+xml']")
	if to, _ := link.Attr("href"); to != "/ru/river/feed.atom" {
		t.Errorf("the home of the dialogue links the feed %q", to)
	}
}

// A program that has the feed already is told that nothing changed, and that
// something did, also where something went.
func TestFeedsAreSentWhenTheyChanged(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	p := x.problemBy(dialogue.Participant, "The bridge")
	first := x.fetch("/en/river/feed.atom")
	tag, at := first.Header().Get("ETag"), first.Header().Get("Last-Modified")
	if tag == "" || at == "" {
		t.Fatalf("got %v", first.Header())
	}
	for name, rec := range map[string]*httptest.ResponseRecorder{
		"the tag": x.fetch("/en/river/feed.atom", "If-None-Match", tag), "the time": x.fetch("/en/river/feed.atom", "If-Modified-Since", at),
	} {
		if rec.Code != http.StatusNotModified || rec.Body.Len() > 0 {
			t.Errorf("by %s: %d, %d bytes", name, rec.Code, rec.Body.Len())
		}
	}
	x.must(x.Store.Withdraw(context.Background(), x.people[dialogue.Participant], x.dialogue, p, time.Now().Add(2*time.Second)))
	for name, rec := range map[string]*httptest.ResponseRecorder{
		"the tag": x.fetch("/en/river/feed.atom", "If-None-Match", tag), "the time": x.fetch("/en/river/feed.atom", "If-Modified-Since", at),
		"both": x.fetch("/en/river/feed.atom", "If-Modified-Since", at, "If-None-Match", tag),
	} {
		if rec.Code != http.StatusOK || strings.Contains(rec.Body.String(), "bridge") {
			t.Errorf("withdrawn, by %s: %d\n%s", name, rec.Code, rec.Body)
		}
	}
}

// A room that is not public is read by a key; the key opens feeds and nothing
// else, and ends.
func TestFeedsOfARoomOfMembers(t *testing.T) {
	x := newSociety(t, Config{}, func(d *dialogue.Dialogue) { d.Rule = dialogue.Members })
	x.problemBy(dialogue.Participant, "The bridge")
	ctx := context.Background()
	key, err := x.Store.FeedKey(ctx, x.people[dialogue.Observer], true, time.Now())
	x.must(err)
	stranger, err := x.Store.FeedKey(ctx, x.people[dialogue.Holder], true, time.Now())
	x.must(err)
	if rec := x.fetch("/en/river/feed.atom?key=" + key); rec.Code != http.StatusOK || !strings.Contains(rec.Body.String(), "The bridge") {
		t.Errorf("%d %s", rec.Code, rec.Body)
	} else if strings.Contains(rec.Body.String(), key) {
		t.Error("the key stands in the document")
	} else if rec := x.fetch("/en/river/feed.atom?key="+key, "If-None-Match", rec.Header().Get("ETag")); rec.Code != http.StatusNotModified {
		t.Errorf("asked again: %d", rec.Code)
	}
	for name, address := range map[string]string{
		"no key": "/en/river/feed.atom", "no key of anybody": "/en/river/feed.atom?key=x", "of who is no member": "/en/river/feed.atom?key=" + stranger,
		"another page": "/en/river/registers?key=" + key, "the account": "/en/account?key=" + key, "live": "/en/river/events?key=" + key,
	} {
		if rec := x.fetch(address); rec.Code == http.StatusOK || strings.Contains(rec.Body.String(), "bridge") {
			t.Errorf("%s: %d", name, rec.Code)
		}
	}
	member := x.as(dialogue.Participant)
	if rec := member.send("/en/river/feed.atom?key=x", nil); rec.Code == http.StatusOK {
		t.Error("a key that is nobody's opens with a cookie")
	}
	if rec := member.send("/en/river/feed.atom", nil); rec.Code != http.StatusOK {
		t.Errorf("a member with a cookie: %d", rec.Code)
	}
	if got := member.open("/en/river").Find("head link[type='application/atom+xml']").Length(); got != 1 {
		t.Error("a member's home links no feed")
	}
	if got := x.as(dialogue.Visitor).open("/en/river").Find("head link[type='application/atom+xml']").Length(); got != 0 {
		t.Error("the card links a feed that a visitor may not read")
	}
	x.must(x.Store.EndFeedKey(ctx, x.people[dialogue.Observer]))
	if rec := x.fetch("/en/river/feed.atom?key=" + key); rec.Code == http.StatusOK {
		t.Error("an ended key opens")
	}
}
