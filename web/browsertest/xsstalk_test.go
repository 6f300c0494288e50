package browsertest

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"parley/dialogue"
	"parley/fault"
	"parley/forum"
	"parley/moderation"
	"parley/opinion"
	"parley/writing"
)

// TestStrangersTalkInThePages does the same with what is said in the forum, under
// statements and before moderators, with searches, and with feeds.
func TestStrangersTalkInThePages(t *testing.T) {
	h, corpus := newHouse(t, dialogue.Freely), payloads(t)
	h.poisonTalk(corpus)
	b := newTab(t)
	b.trap()
	h.seekPayloads(b, corpus)
	h.readFeeds(b)
	h.nothingActs(b)
}

// poisonTalk writes payloads wherever somebody can write in the forum, under
// statements, and to and as moderators.
func (h *house) poisonTalk(corpus []string) {
	h.Helper()
	ctx, now := context.Background(), time.Now()
	at := func(n int) string { return corpus[n%len(corpus)] }
	h.taken = 0
	problem, err := h.st.RaiseProblem(ctx, h.member, h.id, forum.NewProblem{Lang: "en", Title: "A problem", Body: "Words."}, now)
	h.must(err)
	statement, err := h.st.ProposeStatement(ctx, h.member, h.id, opinion.NewStatement{Lang: "en", Title: "A statement"}, now)
	h.must(err)
	h.must(h.st.CastVote(ctx, h.member, h.id, statement, opinion.Ballot{Choice: opinion.Agree}, now))
	for n := range corpus {
		raised, err := h.st.RaiseProblem(ctx, h.member, h.id, forum.NewProblem{Lang: "en", Title: at(n), Body: at(n + 1), Tags: []string{at(n + 2)}}, now)
		h.mostly(err)
		_, err = h.st.ProposeAction(ctx, h.member, h.id, forum.NewAction{
			Lang: "en", Title: at(n), Body: at(n + 1), Problems: []writing.ID{problem}, Parts: []forum.Part{{Does: at(n + 3)}}}, now)
		h.mostly(err)
		said, err := h.st.Comment(ctx, h.member, h.id, forum.NewComment{Under: problem, Lang: "en", Body: at(n)}, now)
		h.mostly(err)
		_, err = h.st.ProposeStatement(ctx, h.member, h.id, opinion.NewStatement{Lang: "en", Title: at(n), Body: at(n + 1), Under: opinion.Place{Item: problem}}, now)
		h.mostly(err)
		_, err = h.st.GiveReason(ctx, h.member, h.id, statement, "en", at(n), now)
		h.mostly(err)
		h.mostly(h.st.SaveDraft(ctx, h.member, h.id, writing.Draft{Place: fmt.Sprintf("comment:%d", n+1), Fields: map[string]string{"title": at(n), "body": at(n + 1)}}, now))
		if raised != 0 {
			h.perhaps(h.st.Translate(ctx, h.editor, h.id, raised, "ru", at(n+1), at(n), h.revision(raised), now))
		}
		if said == 0 {
			continue
		}
		h.perhaps(h.st.Translate(ctx, h.editor, h.id, said, "ru", "", at(n), h.revision(said), now))
		h.perhaps(h.st.Edit(ctx, h.member, h.id, said, writing.Edit{Revision: h.revision(said), Body: at(n + 4)}, now))
		if n%3 == 0 {
			h.perhaps(h.st.Report(ctx, h.editor, h.id, moderation.NewReport{Of: said, Reason: moderation.Other, Text: at(n)}, now))
		}
	}
	h.judgePayloads(corpus, now)
	if h.taken < 5*len(corpus) {
		h.Fatalf("only %d texts of the talk were taken, %d refused", h.taken, h.declined)
	}
	h.Logf("%d texts of the talk taken, %d refused", h.taken, h.declined)
}

// perhaps lets pass, too, what nobody else may read yet: a payload that looks like
// something private waits for a moderator.
func (h *house) perhaps(err error) {
	h.Helper()
	if !fault.Is(err, fault.Missing) {
		h.mostly(err)
	}
}

// judgePayloads ends half of the open cases with a payload as the reason.
func (h *house) judgePayloads(corpus []string, now time.Time) {
	h.Helper()
	ctx := context.Background()
	open, err := h.st.Queue(ctx, h.convener, h.id, "", 0, 50)
	h.must(err)
	for i, c := range open {
		if i%2 == 0 {
			continue
		}
		verdict := moderation.Hide
		if i%4 == 1 {
			verdict = moderation.Keep
		}
		h.mostly(h.st.Decide(ctx, h.convener, h.id, c.Number, moderation.Decision{Verdict: verdict, Reason: moderation.Other, Text: corpus[i], Lang: "en"}, time.Time{}, now))
		if verdict == moderation.Hide {
			h.mostly(h.st.AskAgain(ctx, h.member, h.id, c.Number, corpus[i+1], now))
		}
	}
}

// seekPayloads searches for what strangers might make others search for.
func (h *house) seekPayloads(b *tab, corpus []string) {
	h.Helper()
	h.enter(b, h.member)
	for n := 0; n < len(corpus); n += 3 {
		words := strings.Join(corpus[n:min(n+3, len(corpus))], " ")
		b.visit(h.at + "/en" + h.path("search") + "?q=" + url.QueryEscape(words))
		if sprung := b.sprung(); sprung > 0 {
			h.Errorf("the search for %q sprang %d traps", words, sprung)
		}
	}
}

// readFeeds shows the HTML of both feeds as a careless program would.
func (h *house) readFeeds(b *tab) {
	h.Helper()
	client := h.enter(b, h.member)
	var parts []string
	var atom struct {
		Entry []struct {
			Title   string `xml:"title"`
			Content struct {
				Type string `xml:"type,attr"`
				Text string `xml:",chardata"`
			} `xml:"content"`
		} `xml:"entry"`
	}
	var items struct {
		Items []struct {
			HTML string `json:"content_html"`
		}
	}
	h.fetch(client, "feed.atom", func(d *http.Response) error { return xml.NewDecoder(d.Body).Decode(&atom) })
	h.fetch(client, "feed.json", func(d *http.Response) error { return json.NewDecoder(d.Body).Decode(&items) })
	for _, e := range atom.Entry {
		if e.Content.Type == "html" {
			parts = append(parts, e.Content.Text)
		}
	}
	for _, i := range items.Items {
		parts = append(parts, i.HTML)
	}
	if len(parts) < 20 {
		h.Fatalf("the feeds hold only %d texts", len(parts))
	}
	page := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, "<!doctype html><title>x</title><main><section>%s</section></main>", strings.Join(parts, "</section><section>"))
	}))
	defer page.Close()
	b.visit(page.URL)
	if sprung := b.sprung(); sprung > 0 {
		h.Errorf("the feeds sprang %d traps", sprung)
	}
}

// fetch reads a file of the dialogue.
func (h *house) fetch(client *http.Client, file string, read func(*http.Response) error) {
	h.Helper()
	answer, err := client.Get(h.at + "/en" + h.path(file))
	h.must(err)
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		h.Fatalf("%s: %s", file, answer.Status)
	}
	h.must(read(answer))
}

// revision is that of a contribution now: what was sent twice is one, and edited.
func (h *house) revision(n writing.ID) int {
	h.Helper()
	item, _, err := h.st.Item(context.Background(), h.member, h.id, n)
	if fault.Is(err, fault.Missing) {
		return 1 // it waits for a moderator
	}
	h.must(err)
	return item.Revision
}
