package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

func TestWhyNotOffersEveryMatter(t *testing.T) {
	doc := page(t, answeredServer(t), states+"deals/why-not")
	form := doc.Find("form.compose-package")
	page(t, answeredServer(t), form.AttrOr("action", ""))
	if n := form.Find("select[name=take]").Length(); n != 28 {
		t.Errorf("%d matters to choose from", n)
	}
	form.Find("select").Each(func(_ int, s *goquery.Selection) {
		if form.Find("label[for="+s.AttrOr("id", "?")+"]").Length() != 1 {
			t.Errorf("%s has no label", s.AttrOr("id", ""))
		}
		if first := words(s.Find("option").First()); first != "as it is" {
			t.Errorf("%s begins with %q", s.AttrOr("id", ""), first)
		}
		if n := s.Find("option[selected]").Length(); n != 1 {
			t.Errorf("%s has %d options chosen", s.AttrOr("id", ""), n)
		}
		if last := words(s.Find("option").Last()); last != "leave open" {
			t.Errorf("%s ends with %q", s.AttrOr("id", ""), last)
		}
	})
	if doc.Find(".result").Length() != 0 {
		t.Error("there is a result before anything was asked")
	}
}

func TestWhyNotBecomesAnAddress(t *testing.T) {
	s := answeredServer(t)
	for sent, want := range map[string]string{
		"form=1&take=iran%2FRU-yields&take=nato%2Fkeep&take=energy%2F": "take=energy%2F&take=iran%2FRU-yields",
		"form=1&take=nato%2Fkeep&swap=1":                               "swap=1&take=",
		"swap-card=1":                                                  "take=",
		"package=1":                                                    "take=",
	} {
		rec, _ := fetch(t, s, states+"deals/why-not?"+sent)
		got, err := url.Parse(rec.Header().Get("Location"))
		if rec.Code != http.StatusSeeOther || err != nil || !sameChoices(got.RawQuery, want) {
			t.Errorf("%s: %d to %q, want %q in it", sent, rec.Code, rec.Header().Get("Location"), want)
		}
	}
	if rec, _ := fetch(t, s, states+"deals/why-not?package=99"); rec.Code != http.StatusNotFound {
		t.Errorf("package 99: %d, want 404", rec.Code)
	}
}

// sameChoices reports whether an address makes the choices wanted, in any order;
// one that ends with "take=" only has to make some.
func sameChoices(got, want string) bool {
	if begin, ok := strings.CutSuffix(want, "take="); ok {
		return strings.HasPrefix(got, begin+"take=")
	}
	g, _ := url.ParseQuery(got)
	w, _ := url.ParseQuery(want)
	if len(g["take"]) != len(w["take"]) {
		return false
	}
	for _, one := range w["take"] {
		if !strings.Contains(got, url.QueryEscape(one)) {
			return false
		}
	}
	return true
}

func TestWhyNotSaysWhy(t *testing.T) {
	s := answeredServer(t)
	for _, c := range []struct{ query, selector, want string }{
		{"take=nato%2FUS-yields", ".result .supposition", "One side would be worse off with it under every ranking that its register allows."},
		{"take=nato%2FUS-yields", ".reasons-found", "United States: worse off than without it"},
		{"take=iran%2FRU-yields&take=nato%2FUS-yields", ".result", "United States"},
		{"take=north-korea%2Fkeep", ".reasons-found", "Under every ranking nobody would lose, and somebody would gain, with this instead: “"},
		{"take=north-korea%2Fkeep", ".reasons-found a", "Look at that package"},
		{"take=nato%2FUS-yields", ".command", "parley why-not us-russia-2009.yaml nato/US-yields"},
		{"take=nato%2FUS-yields", ".facts", "Russia no worse off under every ranking tried"},
	} {
		doc := page(t, s, states+"deals/why-not?"+c.query)
		if got := words(doc.Find(c.selector)); !strings.Contains(got, c.want) {
			t.Errorf("%s: %s says %q, want %q in it", c.query, c.selector, got, c.want)
		}
	}
}

func TestWhyNotRefusesWhatIsNotOnTheTable(t *testing.T) {
	s := answeredServer(t)
	for query, want := range map[string]string{"take=moon%2Fkeep": "is not on the table", "take=nato%2Fnothing": "There is no such option"} {
		rec, doc := fetch(t, s, states+"deals/why-not?"+query)
		if rec.Code != http.StatusBadRequest || !strings.Contains(words(doc.Find("[role=alert]")), want) {
			t.Errorf("%s: %d %q", query, rec.Code, words(doc.Find("[role=alert]")))
		}
	}
}

func TestWhyNotSpeaksRussian(t *testing.T) {
	doc := page(t, answeredServer(t), strings.Replace(states, "/en/", "/ru/", 1)+"deals/why-not?take=nato%2FUS-yields")
	if got := words(doc.Find(".result")); !strings.Contains(got, "США: хуже, чем без него") || strings.ContainsAny(got, "{}") {
		t.Errorf("the Russian answer: %q", got)
	}
}
