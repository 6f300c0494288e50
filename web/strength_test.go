package web

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"parley/deal"
)

func TestStrengthShowsSharesAndJudgements(t *testing.T) {
	doc := page(t, answeredServer(t), states+"deals/strength")
	if n := doc.Find("article.bundle").Length(); n != shownPackages {
		t.Errorf("%d packages, want %d", n, shownPackages)
	}
	doc.Find("article.bundle").Each(func(_ int, s *goquery.Selection) {
		if n := s.Find(".chart-track").Length(); n != 5 { // each side, all, nothing better, most balanced
			t.Errorf("%d bars", n)
		}
	})
	cards := doc.Find(".judgements li.card")
	if cards.Length() < 20 {
		t.Fatalf("%d judgements", cards.Length())
	}
	cards.Each(func(_ int, s *goquery.Selection) {
		if !strings.Contains(words(s.Find(".supposition")), ": suppose") || s.Find(".gone, .new").Length() == 0 {
			t.Errorf("a judgement without a consequence: %q", words(s))
		}
		if try := s.Find("a").AttrOr("href", ""); !strings.Contains(try, "suppose?assume=") {
			t.Errorf("a judgement cannot be tried: %q", try)
		}
	})
	if got := words(doc.Find(".judgements")); !strings.Contains(got, "This swap would fall: Russia on “Iran”") && !strings.Contains(got, "This swap would fall: United States on “NATO enlargement”") {
		t.Error("nothing says that a swap would fall")
	}
}

// A statement about weights is a judgement like others; the page that tries ranks and
// parts has no place for it.
func TestAStatementAboutWeightsHasNothingToTry(t *testing.T) {
	v := &dealsView{m: &room{lang: "en"}}
	j := deal.Judgement{Kind: "weights", Side: "A", Statement: "A-1 >= A-2", Ends: []deal.Consequence{{Kind: "swap"}}, Because: map[string][]string{"en": {"A: suppose.", "This falls."}}}
	if got := v.judgement(j); got.If != "A: suppose." || len(got.Ends) != 1 || got.Ends[0] != "This falls." || got.Try != "" {
		t.Errorf("%+v", got)
	}
}

func TestOnlyAllIsAHundred(t *testing.T) {
	for want, s := range map[int64]deal.Share{0: {Num: 0, Den: 1000}, 1: {Num: 1, Den: 1000}, 50: {Num: 499, Den: 1000}, 99: {Num: 999, Den: 1000}, 100: {Num: 1000, Den: 1000}} {
		if got := hundredths(s); got != want {
			t.Errorf("%v: got %d, want %d", s, got, want)
		}
	}
}

// TestStrengthTriesWhatItSays follows a judgement to the page that tries it: what
// is said to fall there falls.
func TestStrengthTriesWhatItSays(t *testing.T) {
	s := answeredServer(t)
	doc := page(t, s, states+"deals/strength")
	tried := 0
	doc.Find(".judgements li.card").Each(func(_ int, card *goquery.Selection) {
		if tried == 3 || !strings.Contains(words(card), "This swap would fall") {
			return
		}
		tried++
		result := page(t, s, card.Find("a").AttrOr("href", ""))
		if got := words(result.Find(".result .gone")); !strings.Contains(got, "would fall") {
			t.Errorf("%q: the page that tries it says %q", words(card.Find(".supposition")), got)
		}
	})
	if tried == 0 {
		t.Error("no judgement ends a swap")
	}
}
