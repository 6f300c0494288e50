package writing_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"parley/fault"
	"parley/markup"
	"parley/writing"
)

func wantKey(t *testing.T, name string, err error, key string) {
	t.Helper()
	f, ok := fault.As(err)
	if key == "" && err != nil || key != "" && (!ok || f.Key != key) {
		t.Errorf("%s: got %v, want %q", name, err, key)
	}
}

func TestWordsAreChecked(t *testing.T) {
	langs := []string{"en", "ru"}
	long := func(n int) string { return strings.Repeat("я", n) }
	for name, c := range map[string]struct {
		w   writing.Words
		key string
	}{
		"a problem":            {writing.Words{Kind: writing.Problem, Lang: "ru", Title: long(140), Body: long(10_000)}, ""},
		"a problem, no body":   {writing.Words{Kind: writing.Problem, Lang: "en", Title: "x"}, ""},
		"no language":          {writing.Words{Kind: writing.Problem, Title: "x"}, "writing.lang"},
		"no title":             {writing.Words{Kind: writing.Action, Lang: "en", Title: " \n\u200b", Body: "x"}, "writing.title-missing"},
		"a long title":         {writing.Words{Kind: writing.Problem, Lang: "en", Title: long(141)}, "writing.title-long"},
		"a long body":          {writing.Words{Kind: writing.Problem, Lang: "en", Title: "x", Body: long(10_001)}, "writing.body-long"},
		"a statement":          {writing.Words{Kind: writing.Statement, Lang: "en", Title: long(200)}, ""},
		"a long statement":     {writing.Words{Kind: writing.Statement, Lang: "en", Title: long(201)}, "writing.title-long"},
		"a comment":            {writing.Words{Kind: writing.Comment, Lang: "en", Body: "x"}, ""},
		"an empty comment":     {writing.Words{Kind: writing.Comment, Lang: "en", Body: "\n \n"}, "writing.body-missing"},
		"a comment with title": {writing.Words{Kind: writing.Comment, Lang: "en", Title: "x", Body: "x"}, "writing.title-long"},
		"a reason":             {writing.Words{Kind: writing.Reason, Lang: "en", Body: long(280)}, ""},
		"a long reason":        {writing.Words{Kind: writing.Reason, Lang: "en", Body: long(281)}, "writing.body-long"},
		"six tags":             {writing.Words{Kind: writing.Problem, Lang: "en", Title: "x", Tags: []string{"a", "b", "c", "d", "e", "f"}}, "writing.tags"},
		"five and one twice":   {writing.Words{Kind: writing.Problem, Lang: "en", Title: "x", Tags: []string{"a", "b", "c", "d", "e", "E", " "}}, ""},
		"a long tag":           {writing.Words{Kind: writing.Problem, Lang: "en", Title: "x", Tags: []string{long(31)}}, "writing.tag-long"},
	} {
		_, err := writing.Check(c.w, langs)
		wantKey(t, name, err, c.key)
	}
	for name, c := range map[string]struct {
		title, body, key string
	}{
		"fine": {"Мост", "О мосте", ""}, "no body": {"Мост", "", "writing.body-missing"}, "no title": {"", "О мосте", "writing.title-missing"},
	} {
		_, err := writing.CheckTranslation(writing.Words{Kind: writing.Problem, Lang: "ru", Title: c.title, Body: c.body}, "en", "About", langs)
		wantKey(t, name, err, c.key)
	}
	_, err := writing.CheckTranslation(writing.Words{Kind: writing.Problem, Lang: "en", Title: "x"}, "en", "", langs)
	wantKey(t, "the same language", err, "writing.translation-same")
}

func TestTagsAreFolded(t *testing.T) {
	for tag, want := range map[string]string{
		"River Bank": "river-bank", "  МОСТ ": "мост", "#fish!": "fish", "a/b?c": "a-b-c", "С\u202eтих": "стих", "--": "", "ёлка": "ёлка",
	} {
		if got := writing.FoldTag(tag); got != want {
			t.Errorf("%q: got %q, want %q", tag, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		once := writing.FoldTag(rapid.String().Draw(t, "tag"))
		if twice := writing.FoldTag(once); twice != once {
			t.Fatalf("%q folds to %q", once, twice)
		}
		if strings.ContainsAny(once, " /?#%<>\"&") {
			t.Fatalf("%q does not fit into an address", once)
		}
	})
}

// What is kept is clean however it came in, and cleaning it again changes nothing.
func TestTextsAreClean(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw := rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) }),
			rapid.StringOf(rapid.SampledFrom([]rune("ae \t\r\n\u2028\u202e\u200b\x00\u0301é")))).Draw(t, "raw")
		for name, clean := range map[string]func(string) string{"line": writing.Line, "text": writing.Text} {
			once := clean(raw)
			if clean(once) != once {
				t.Fatalf("%s: %q becomes %q becomes %q", name, raw, once, clean(once))
			}
			if !utf8.ValidString(once) || !norm.NFC.IsNormalString(once) || strings.ContainsAny(once, "\x00\r\u202e\u200b\u2028") {
				t.Fatalf("%s: %q", name, once)
			}
			if name == "line" && strings.ContainsFunc(once, unicode.IsControl) {
				t.Fatalf("%q is no line", once)
			}
		}
	})
}

func TestQuotes(t *testing.T) {
	rendered := writing.Render("The *bridge* is\nclosed & <b>far</b>.\n\n- one\n- two", 0)
	plain := writing.Plain(rendered)
	if want := "The bridge is closed & <b>far</b>. one two"; plain != want {
		t.Errorf("got %q, want %q", plain, want)
	}
	for words, stands := range map[string]bool{
		"The bridge is closed": true, "bridge  is\nclosed": true, "<b>far</b>": true, "one two": true,
		"the bridge": false, "The ferry": false, "": false, " ": false, "bridge closed": false,
	} {
		if got := writing.Stands(words, "a title", plain); got != stands {
			t.Errorf("%q stands there: %t", words, got)
		}
	}
	_, err := writing.CheckQuote(strings.Repeat("x", writing.MaxQuote+1), strings.Repeat("x", 2*writing.MaxQuote))
	wantKey(t, "long", err, "writing.quote-long")
	_, err = writing.CheckQuote("no", "yes")
	wantKey(t, "false", err, "writing.quote")
	if got, err := writing.CheckQuote(" is\n closed ", plain); err != nil || got != "is closed" {
		t.Errorf("got %q, %v", got, err)
	}
	rapid.Check(t, func(t *rapid.T) { // no text of a person makes Plain fail
		body := rapid.String().Draw(t, "body")
		_ = writing.Plain(string(markup.HTML(body, 4)))
	})
}

func TestDraftsAreChecked(t *testing.T) {
	for place, key := range map[string]string{
		"problem": "", "comment:12": "", "translate:12:ru": "", "statement:bridge-tolls/BR-yields": "", "": "writing.draft-place", "A": "writing.draft-place",
		"a:b:c:d:e": "writing.draft-place", "a b": "writing.draft-place", "edit:<b>": "writing.draft-place",
	} {
		wantKey(t, place, writing.CheckDraft(writing.Draft{Place: place, Fields: map[string]string{"body": "x"}}), key)
	}
	wantKey(t, "NUL", writing.CheckDraft(writing.Draft{Place: "problem", Fields: map[string]string{"body": "\x00"}}), "writing.draft-place")
	wantKey(t, "long", writing.CheckDraft(writing.Draft{Place: "problem", Fields: map[string]string{"body": strings.Repeat("я", 20_000)}}), "writing.draft-long")
	if (writing.Draft{Fields: map[string]string{"a": " ", "b": "x"}}).Empty() || !(writing.Draft{Fields: map[string]string{"a": " \n"}}).Empty() {
		t.Error("what is empty is not told from what is not")
	}
	wantKey(t, "the hundredth", writing.MayDraft(99), "")
	wantKey(t, "one more", writing.MayDraft(100), "writing.drafts")
}

func TestStates(t *testing.T) {
	all := []writing.State{writing.Held, writing.Shown, writing.Hidden, writing.Withdrawn, writing.Removed}
	readers := map[string]string{
		"everybody": "shown", "author": "held shown hidden withdrawn", "moderator": "held shown hidden",
	}
	for reader, want := range readers {
		var got []string
		for _, s := range all {
			if s.Readable(reader == "author", reader == "moderator") {
				got = append(got, string(s))
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s reads %q, want %q", reader, got, want)
		}
	}
	moves := map[writing.State]string{
		writing.Held: "shown hidden withdrawn removed", writing.Shown: "held hidden withdrawn removed", writing.Hidden: "shown removed",
		writing.Withdrawn: "held shown hidden removed", writing.Removed: "",
	}
	for _, from := range slices.Sorted(maps.Keys(moves)) {
		var got []string
		for _, to := range all {
			if from.MayBecome(to) {
				got = append(got, string(to))
			}
		}
		if strings.Join(got, " ") != moves[from] {
			t.Errorf("%s becomes %q, want %q", from, got, moves[from])
		}
	}
}

// An accent that a hidden mark keeps from its letter joins it once that is gone.
func TestHiddenMarksKeepNothingApart(t *testing.T) {
	for name, clean := range map[string]func(string) string{"line": writing.Line, "text": writing.Text} {
		if got := clean("e\u200b\u0301"); got != "é" {
			t.Errorf("%s: got %q", name, got)
		}
	}
}
