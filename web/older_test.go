package web

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"parley/deal"
	"parley/i18n"
	"parley/store"
	"parley/store/storetest"
)

// olderAnswer is what the first version of the engine found about the three towns.
func olderAnswer(t *testing.T) *deal.Answer {
	t.Helper()
	f, err := os.Open("testdata/parley-deals-1.json.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	unpacked, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var a deal.Answer
	if err := json.NewDecoder(unpacked).Decode(&a); err != nil {
		t.Fatal(err)
	}
	if a.Question.Engine != "parley-deals-1" || a.Strength != nil || a.Formats != nil || len(a.Roadmaps) > 0 {
		t.Fatalf("the answer is one of %s", a.Question.Engine)
	}
	return &a
}

// What an earlier version found is shown as it was found, and each page says what
// is missing and how to have it.
func TestAnswersOfAnEarlierVersion(t *testing.T) {
	l := answeredShelf(t)
	storetest.Each(t, func(t *testing.T, st *store.Store) {
		load(t, st, l.dossiers...)
		j := askedJob(t, st, "three-towns", fewRankings(500))
		if err := st.AnswerDeals(context.Background(), j, olderAnswer(t), time.Now()); err != nil {
			t.Fatal(err)
		}
		s := newServer(t, Config{Store: st})
		for _, lang := range i18n.Languages {
			w, home := i18n.For(lang), "/"+lang+"/three-towns/"
			for _, part := range []string{"deals/strength", "deals/roadmap", "deals/formats"} {
				doc := page(t, s, home+part)
				says := doc.Find("main .invitation")
				if !strings.Contains(words(says), w.T("deals.older.part")) || says.Find(`a[href="`+strings.TrimSuffix(home, "/")+`/deals"]`).Length() != 1 {
					t.Errorf("%s%s: %s", home, part, words(doc.Find("main")))
				}
			}
			doc := page(t, s, home+"deals")
			if got := words(doc.Find("form.search")); !strings.Contains(got, w.T("deals.older")) || doc.Find("#swaps").Length() != 1 || doc.Find("#packages").Length() != 1 {
				t.Errorf("%s: %q", lang, got)
			}
			for _, part := range []string{"deals/why-not", "deals.svg", "deals.csv", "deals.json", "deals.html", "deals.pdf", "suppose", "topic/lights"} {
				rec, _ := fetch(t, s, home+part)
				if part != "topic/lights" && rec.Code != http.StatusOK || rec.Code >= 500 {
					t.Errorf("%s%s: %d", home, part, rec.Code)
				}
			}
			file, _ := fetch(t, s, home+"deals.html")
			report, err := goquery.NewDocumentFromReader(strings.NewReader(file.Body.String()))
			if err != nil || strings.Contains(words(report.Find("main > .lead")), w.T("formats.title")) {
				t.Errorf("the report speaks of what it does not have: %v %s", err, words(report.Find("main > .lead")))
			}
		}
		// Whoever searches again has the search, and then the answer of today.
		r := httptest.NewRequest(http.MethodPost, "/en/three-towns/deals", nil)
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		rec := httptest.NewRecorder()
		s.Handler().ServeHTTP(rec, r)
		if rec.Code != http.StatusSeeOther {
			t.Fatalf("searching again answers %d", rec.Code)
		}
		asked, err := st.DealAnswer(t.Context(), "three-towns")
		if err != nil || asked.State != store.Waiting || asked.Older() {
			t.Errorf("got %s, %v", asked.State, err)
		}
	})
}
