package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"parley/store"
	"parley/trial"
)

func TestSupposeOffersEveryInterest(t *testing.T) {
	doc := page(t, answeredServer(t), states+"suppose")
	form := doc.Find("form.choose-changes")
	if form.AttrOr("method", "") != "get" {
		t.Error("the form does not put its question into the address")
	}
	first := form.Find("select[name=interest]").First()
	if n := first.Find("option").Length(); n != 1+32+28 {
		t.Errorf("%d interests to choose from, want 61", n)
	}
	if n := form.Find("fieldset").Length(); n != supposeChanges {
		t.Errorf("%d changes", n)
	}
	form.Find("select").Each(func(_ int, s *goquery.Selection) {
		if form.Find("label[for="+s.AttrOr("id", "?")+"]").Length() != 1 {
			t.Errorf("%s has no label", s.AttrOr("id", ""))
		}
	})
	examples := doc.Find("ul.listed a")
	if examples.Length() != 4 || !strings.Contains(words(examples), "Suppose “A missile-defence site in Poland and the Czech Republic” ranked vital (United States)") {
		t.Errorf("examples: %q", words(examples))
	}
}

func TestTheFormBecomesAnAddress(t *testing.T) {
	s := answeredServer(t)
	for sent, want := range map[string]string{
		"interest=US-23&to=vital&interest=&to=":    "assume=US-23%3Dvital",
		"interest=US-23&to=&interest=&to=US%3Akey": "assume=US-23%3D&assume=%3AUS%3Dkey",
		"interest=RU-24&to=US%3Aminor&swap=1":      "assume=RU-24%3AUS%3Dminor&swap=1",
		"interest=&to=":                            "",
	} {
		rec, _ := fetch(t, s, states+"suppose?"+sent)
		got, _ := url.Parse(rec.Header().Get("Location"))
		if rec.Code != http.StatusSeeOther || got == nil || got.RawQuery != want {
			t.Errorf("%s: %d to %q, want %q", sent, rec.Code, rec.Header().Get("Location"), want)
		}
	}
}

func TestSupposeSaysWhatChanges(t *testing.T) {
	s := answeredServer(t)
	for _, c := range []struct{ assume, selector, want string }{
		{"US-16=vital", ".result .gone", "2 swaps would fall"},
		{"US-16=vital", ".result .new", "Undecided from now on:"},
		{"US-16=vital", ".supposition", "NATO enlargement to that end” ranked vital (United States)"},
		{"US-16=vital", ".result .command", "parley deals us-russia-2009.yaml --assume US-16=vital"},
		{"US-23=vital", ".result", "2 swaps would stay"},
		{"RU-24:US=minor", ".now", "(the register says: medium)"},
		{"US-06:RU=none", ".result .gone", "2 swaps would fall"},
		{"RU-32=important", ".result .lead", "Nothing of what is concluded changes."},
	} {
		doc := page(t, s, states+"suppose?assume="+url.QueryEscape(c.assume))
		if got := words(doc.Find(c.selector)); !strings.Contains(got, c.want) {
			t.Errorf("%s: %s says %q, want %q in it", c.assume, c.selector, got, c.want)
		}
		chosen := doc.Find("select[name=interest]").First().Find("option[selected]")
		if id, _, _ := strings.Cut(strings.Split(c.assume, ":")[0], "="); chosen.AttrOr("value", "") != id {
			t.Errorf("%s: the form has forgotten what was asked", c.assume)
		}
	}
}

func TestSwapsThatAppear(t *testing.T) {
	doc := page(t, answeredServer(t), states+"suppose?assume="+url.QueryEscape("US-17=secondary")+"&assume="+url.QueryEscape("RU-10:US=key"))
	if doc.Find(".supposition").Length() != 2 {
		t.Errorf("%d sentences for two changes", doc.Find(".supposition").Length())
	}
}

func TestWhatCannotBeSupposed(t *testing.T) {
	s := answeredServer(t)
	for query, want := range map[string]string{
		"assume=US-23":       "is no change that can be tried",
		"assume=US-23%3D":    "A change is half filled in",
		"assume=%3DUS%3Akey": "A change is half filled in",
		"assume=%3AUS%3Dkey": "A change is half filled in",
		"assume=US-23%3Dvital&assume=US-23%3Dsecondary": "The same judgement is changed twice",
		"assume=US-23%3Dhuge":                           "“huge” is no rank",
		"assume=US-23%3ARU%3Dvital":                     "“vital” is no part that a side can play",
		"assume=XX-1%3Dvital":                           "No register has an interest “XX-1”",
		"assume=US-23%3AUS%3Dkey":                       "“US” is no other side",
		"assume=<script>%3Dvital":                       "No register has an interest “<script>”",
		strings.Repeat("assume=a%3Dvital&", 4):          "At most 3 changes",
	} {
		rec, doc := fetch(t, s, states+"suppose?"+query)
		if rec.Code != http.StatusBadRequest {
			t.Errorf("%s: %d", query, rec.Code)
		}
		if got := words(doc.Find("[role=alert]")); !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q in it", query, got, want)
		}
		if doc.Find("form.choose-changes").Length() != 1 || doc.Find("script:not([src])").Length() != 0 {
			t.Errorf("%s: the form is gone, or something got in", query)
		}
	}
}

func TestSupposingIsBounded(t *testing.T) {
	s := freshServer(t)
	var leave []func()
	for range trial.Seats {
		l, err := s.Trials.Seat(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		leave = append(leave, l)
	}
	rec, _ := fetch(t, s, states+"suppose?assume=US-23%3Dvital")
	if rec.Code != http.StatusServiceUnavailable || rec.Header().Get("Retry-After") == "" {
		t.Errorf("got %d, Retry-After %q", rec.Code, rec.Header().Get("Retry-After"))
	}
	for _, l := range leave {
		l()
	}
	if rec, _ := fetch(t, s, states+"suppose?assume=US-23%3Dvital"); rec.Code != http.StatusOK {
		t.Errorf("afterwards: %d", rec.Code)
	}
}

func TestNothingIsStored(t *testing.T) {
	st := testStore(t, readDossier(t, "us-russia-2009.yaml"))
	rec := ask(newServer(t, Config{Store: st}), "GET", states+"suppose?assume=US-23%3Dvital")
	asked, err := st.DealAnswer(t.Context(), "us-russia-2009")
	if rec.Code != http.StatusOK || err != nil || asked.State != store.NotAsked {
		t.Errorf("got %d, the question is %q, %v", rec.Code, asked.State, err)
	}
}
