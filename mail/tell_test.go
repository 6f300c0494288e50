package mail

import (
	"bytes"
	stdmail "net/mail"
	"strings"
	"testing"
	"time"

	"parley/dialogue"
	"parley/i18n"
	"parley/notice"
	"parley/store"
	"parley/writing"
)

// happened is a letter about one comment in a room of the rule.
func happened(lang string, rule dialogue.Rule) *store.Letter {
	return &store.Letter{
		ID: "ABC", Person: "p", To: "reader@example.org", Lang: lang, Kind: store.NoticeLetter, Unsubscribe: "SECRET",
		Notices: []notice.Notice{{
			Event: notice.Event{Dialogue: "towns", Kind: notice.Answered, Item: 14, Root: 12}, Kind: writing.Comment, Why: notice.BecauseAnswered,
			Title: "The <bridge> & us", Snippet: "A ferry <b>would</b> do.", Address: "problem/12#c-14",
			By:       writing.Author{Pseudonym: "Zqx-Author"},
			Dialogue: dialogue.Dialogue{ID: "towns", Title: i18n.Text{"en": "Zqx-Towns"}, Rule: rule},
		}},
	}
}

func TestALetterSaysWhatHappenedWhereAndWhy(t *testing.T) {
	for lang, why := range map[string]string{"en": "because it answers you", "ru": "потому что это ответ вам"} {
		w, err := Write(happened(lang, dialogue.Public), "https://parley.example")
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"The <bridge> & us", "A ferry <b>would</b> do.", why, "\nhttps://parley.example/" + lang + "/towns/problem/12#c-14\n",
			"https://parley.example/unsubscribe/SECRET", "https://parley.example/" + lang + "/account/notices"} {
			if !strings.Contains(w.Text, want) {
				t.Errorf("%s: no %q in\n%s", lang, want, w.Text)
			}
		}
		if strings.Contains(w.HTML, "<b>") || !strings.Contains(w.HTML, "&lt;bridge&gt;") || !strings.Contains(w.HTML, `<a href="https://parley.example/unsubscribe/SECRET">`) {
			t.Errorf("got %s", w.HTML)
		}
		if strings.Contains(w.Text+w.HTML+w.Subject, "Zqx") || w.Subject != i18n.For(lang).T("letter.subject") {
			t.Error("a letter names a person or a dialogue, or its subject tells something")
		}
	}
}

// Of a room that is not public a letter says nothing but that something happened.
func TestNothingOfAClosedRoomStandsInALetter(t *testing.T) {
	for _, rule := range []dialogue.Rule{dialogue.Members, dialogue.NonAttribution, dialogue.OffTheRecord} {
		w, err := Write(happened("en", rule), "https://parley.example")
		if err != nil {
			t.Fatal(err)
		}
		for _, never := range []string{"bridge", "ferry", "towns", "problem", "#c-14", "answers you"} {
			if strings.Contains(w.Text+w.HTML, never) {
				t.Errorf("%s: the letter says %q", rule, never)
			}
		}
		if !strings.Contains(w.Text, "https://parley.example/en/notices") {
			t.Errorf("%s: it leads nowhere", rule)
		}
	}
}

func TestADigestCountsWhatItLeavesOut(t *testing.T) {
	l := happened("ru", dialogue.Public)
	l.Kind, l.Args = store.DigestLetter, map[string]string{"More": "3"}
	l.Notices = append(l.Notices, happened("ru", dialogue.Members).Notices...)
	w, err := Write(l, "https://parley.example")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"И ещё 3 события:", "1 событие в закрытых комнатах", "The <bridge> & us"} {
		if !strings.Contains(w.Text, want) {
			t.Errorf("no %q in\n%s", want, w.Text)
		}
	}
}

// The headers by which programs end letters, sort them and put them in threads.
func TestHeadersOfALetterThatTells(t *testing.T) {
	s, err := New(Config{Host: "127.0.0.1", From: "parley@parley.example", Origin: "https://parley.example", Security: Plain})
	if err != nil {
		t.Fatal(err)
	}
	headers := func(l *store.Letter) stdmail.Header {
		m, err := s.message(l, time.Unix(1_800_000_000, 0))
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if _, err := m.WriteTo(&b); err != nil {
			t.Fatal(err)
		}
		read, err := stdmail.ReadMessage(&b)
		if err != nil {
			t.Fatal(err)
		}
		return read.Header
	}
	h := headers(happened("en", dialogue.Public))
	for name, want := range map[string]string{
		"List-Unsubscribe": "<https://parley.example/unsubscribe/SECRET>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
		"List-Id": "parley <notices.parley.example>", "Auto-Submitted": "auto-generated", "Message-Id": "<abc@parley.example>",
	} {
		if got := h.Get(name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	thread := h.Get("References")
	if !strings.HasPrefix(thread, "<thread.") || strings.Contains(thread, "towns") || thread != h.Get("In-Reply-To") {
		t.Errorf("got the thread %q", thread)
	}
	same, other, elsewhere := happened("en", dialogue.Public), happened("en", dialogue.Public), happened("en", dialogue.Public)
	same.ID, same.Notices[0].Event.Item = "DEF", 99
	other.Notices[0].Event.Root = 13
	elsewhere.Person = "q"
	if headers(same).Get("References") != thread {
		t.Error("two letters about one thing are not of one thread")
	}
	if headers(other).Get("References") == thread || headers(elsewhere).Get("References") == thread {
		t.Error("another thing, or another reader, has the same thread")
	}
	h = headers(&store.Letter{ID: "X", To: "reader@example.org", Lang: "en", Kind: "admitted", Args: map[string]string{"Link": "/en"}})
	if h.Get("List-Unsubscribe") != "" || h.Get("List-Id") != "" {
		t.Error("a letter about the account can be ended with one click")
	}
}
