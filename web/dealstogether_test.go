package web

import (
	"strings"
	"testing"

	"parley/deal"
)

func TestHowFarTheSidesAreApart(t *testing.T) {
	for _, c := range []struct {
		distance float64
		sides    int
		want     string
	}{
		{0, 2, "none"}, {0.2, 2, "near"}, {0.5, 2, "some"},
		{0.7072, 2, "far"},  // beyond an even division between two: √½
		{0.8379, 3, "some"}, // short of an even division among three: 2/√3
		{1.2, 3, "far"},
	} {
		if got := opposition(c.distance, c.sides); got != c.want {
			t.Errorf("%v among %d: %s, want %s", c.distance, c.sides, got, c.want)
		}
	}
	for potential, want := range map[int64]string{-4055: "less", -500: "even", 0: "even", 500: "even", 3031: "more"} {
		if got := integrative(potential); got != want {
			t.Errorf("%d: %s, want %s", potential, got, want)
		}
	}
}

func TestTogetherIsSaidInWordsOrNotAtAll(t *testing.T) {
	a := benchAnswer(2)
	if got := newDealsView(benchView(2, "en").m, a, true).Together; got != nil {
		t.Errorf("an answer that does not say: %q", got)
	}
	a.Opposition, a.Integrative = &deal.Decimal{TenThousandths: 10_273}, &deal.Decimal{TenThousandths: -4_055}
	for lang, want := range map[string]string{"en": "falls far short. Measured by each side's own best, there is less", "ru": "далёк. Если мерить тем, что лучше всего для каждой стороны, вместе можно получить меньше"} {
		got := strings.Join(newDealsView(benchView(2, lang).m, a, true).Together, " ")
		if !strings.Contains(got, want) || strings.ContainsAny(got, "0123456789") {
			t.Errorf("%s: %q", lang, got)
		}
	}
	doc := page(t, answeredServer(t), states+"deals")
	if got := words(doc.Find("#picture")); !strings.Contains(got, "no package gives every side its own best at once") {
		t.Errorf("the page does not say it: %q", got)
	}
}
