package web

import (
	"strings"
	"testing"

	"parley/dialogue"
)

// TestTheForumAndTheRegistersLeadToEachOther, and a problem that is begun at a topic
// is tied to it.
func TestTheForumAndTheRegistersLeadToEachOther(t *testing.T) {
	x := newForum(t, nil)
	b := x.as(dialogue.Participant)
	if x.as(dialogue.Visitor).open("/en/river/interest/W-1").Find(".tied").Length() != 0 {
		t.Error("an empty list is shown to somebody who cannot begin it")
	}
	raise := find(t, b.open("/en/river/topic/water"), `.tied a[href*="problem/new"]`).AttrOr("href", "")
	if got := find(t, b.open(raise), `form.compose input[name="link"]`).AttrOr("value", ""); got != "topic water" {
		t.Errorf("the form says %q", got)
	}
	doc := b.post("/en/river/problem/new", "title", "The river is dirty", "body", "It smells.", "lang", "en", "link", "topic water")
	find(t, doc, `.became a[href="/en/river/topic/water"]`)
	b.post("/en/river/problem/new", "title", "Of nothing", "body", "It smells.", "lang", "en", "link", "topic nothing")
	b.post("/en/river/action/new", "title", "Sweep", "body", "All.", "lang", "en", "problem", "1", "part.", "Sweep", "horizon", "immediate", "link", "interest W-1")
	v := x.as(dialogue.Visitor)
	if got := words(find(t, v.open("/en/river/topic/water"), ".tied")); !strings.Contains(got, "dirty") || strings.Contains(got, "nothing") {
		t.Errorf("the topic names %s", got)
	}
	find(t, v.open("/ru/river/interest/W-1"), ".tied .line-title")
}

// TestWaysToLogAndFeeds: the log of moderation and the feeds of pages are found.
func TestWaysToLogAndFeeds(t *testing.T) {
	x := newForum(t, nil)
	n := itemNumber(x.problem(dialogue.Participant, "The river", "Water"))
	b := x.as(dialogue.Visitor)
	for _, page := range []string{"about", "problems", "actions"} {
		if b.open("/en/river/"+page).Find(`main a[href="/en/river/moderation"]`).Length() != 1 {
			t.Errorf("%s does not lead to the log", page)
		}
	}
	for page, feed := range map[string]string{"problem/" + n: "problem/" + n + "/feed.", "tags/water": "tags/water/feed.", "problems?tag=water": "tags/water/feed.", "problems": "feed."} {
		doc := b.open("/en/river/" + page)
		for _, kind := range []string{"atom", "json"} {
			link := find(t, doc, `head link[rel="alternate"][type="application/`+map[string]string{"atom": "atom+xml", "json": "feed+json"}[kind]+`"]`).Last().AttrOr("href", "")
			if link != "/en/river/"+feed+kind {
				t.Errorf("%s names the feed %s", page, link)
			}
			if code := b.send(link, nil).Code; code != 200 {
				t.Errorf("%s answers %d", link, code)
			}
		}
		find(t, doc, `main a[href$="/`+feed+`atom"]`)
	}
}
