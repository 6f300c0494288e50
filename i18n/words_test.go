package i18n

import "testing"

func TestDates(t *testing.T) {
	for _, c := range []struct{ lang, in, want string }{
		{"en", "2009-06", "June 2009"},
		{"ru", "2009-06", "июнь 2009 года"},
		{"en", "2009-06-15", "15 June 2009"},
		{"ru", "2009-06-15", "15 июня 2009 года"},
		{"en", "2009", "2009"},
		{"en", "2009-13", "2009-13"},
		{"en", "soon", "soon"},
	} {
		if got := For(c.lang).Date(c.in); got != c.want {
			t.Errorf("%s %s: got %q, want %q", c.lang, c.in, got, c.want)
		}
	}
}

func TestNumbers(t *testing.T) {
	for _, c := range []struct{ lang, in, want string }{
		{"en", "1234", "1,234"},
		{"ru", "1234", "1234"},
		{"ru", "12345", "12\u00a0345"},
		{"en", "-1234567", "−1,234,567"},
		{"en", "12", "12"},
	} {
		if got := For(c.lang).BigNumber(c.in); got != c.want {
			t.Errorf("%s %s: got %q, want %q", c.lang, c.in, got, c.want)
		}
	}
}

func TestFractions(t *testing.T) {
	for _, c := range []struct{ lang, in, want string }{
		{"en", "4.5", "4.5"},
		{"ru", "4.5", "4,5"},
		{"ru", "-12345.06", "−12\u00a0345,06"},
		{"en", "1234", "1,234"},
		{"ru", "-0.5", "−0,5"},
	} {
		if got := For(c.lang).Decimal(c.in); got != c.want {
			t.Errorf("%s %s: got %q, want %q", c.lang, c.in, got, c.want)
		}
	}
}

func TestLanguagesHaveTheSameKeys(t *testing.T) {
	for _, l := range Languages {
		for _, k := range For("en").Keys() {
			if !For(l).Has(k) {
				t.Errorf("%s lacks %s", l, k)
			}
		}
		for _, k := range For(l).Keys() {
			if !For("en").Has(k) {
				t.Errorf("en lacks %s, which %s has", k, l)
			}
		}
	}
}

func TestTextFallsBack(t *testing.T) {
	text := Text{"ru": "Река", "de": "Fluss"}
	if got := text.In("en"); got != "Fluss" {
		t.Errorf("got %q, want the language that sorts first", got)
	}
	if got := text.In("ru"); got != "Река" {
		t.Errorf("got %q", got)
	}
}

// A sentence in a place of another is said in the same language, in the form that
// its own number asks for.
func TestSentencesInsideSentences(t *testing.T) {
	matters := func(n int) Sentence { return Sentence{Key: "web.matters", Pairs: []any{"N", n}}.Of(n) }
	for _, c := range []struct {
		lang string
		n    int
		want string
	}{
		{"en", 1, "1 matter 2009"},
		{"en", 5, "5 matters 2009"},
		{"ru", 2, "2 темы 2009 года"},
		{"ru", 11, "11 тем 2009 года"},
	} {
		pairs := []any{"Month", matters(c.n), "Year", 2009}
		if got := For(c.lang).T("i18n.month-year", pairs...); got != c.want {
			t.Errorf("%s: got %q, want %q", c.lang, got, c.want)
		}
		if got := For(c.lang).Say(Sentence{Key: "i18n.month-year", Pairs: pairs}); got != c.want {
			t.Errorf("%s: got %q, want %q", c.lang, got, c.want)
		}
	}
}

func TestUnknownKeyIsSeen(t *testing.T) {
	if got := For("en").T("no.such.key"); got != "[no.such.key]" {
		t.Errorf("got %q", got)
	}
}
