package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"parley/dialogue"
	"parley/interest"
)

func TestASideSaysWhatMattersMore(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	b := x.as(dialogue.Delegate)
	const home, at = "/en/river/register/W", "/en/river/register/W/weigh"
	for _, other := range []string{"/en/river/register/E/weigh", "/en/river/register/E/unweigh"} {
		if got := b.send(other, formOf("more", "E-1", "than", "E-2", "number", "0", "revision", "0")).Code; got != http.StatusForbidden {
			t.Errorf("%s, of another side: %d", other, got)
		}
	}
	if got := x.as(dialogue.Participant).send(at, nil).Code; got != http.StatusForbidden {
		t.Errorf("a member who edits nothing: %d", got)
	}
	for _, id := range []string{"W-1", "W-2"} {
		b.arrive(home+"/edit", filled(b.open(home+"/edit?interest="+id).Find("form.sheet"), "tier", "important"))
	}
	doc := b.arrive(at, filled(b.open(at).Find("form.sheet"), "more", "W-1", "than", "W-2", "times", "1,5"))
	const first = "Weston: “Water for fields” matters at least 3/2 times as much as “A bridge”."
	if got := words(doc.Find(".people .which")); got != first {
		t.Fatalf("got %q: %s", got, words(doc.Find("main")))
	}
	// Everybody reads it: in the registers, and with either interest.
	for _, page := range []string{"/en/river/registers", "/en/river/interest/W-1", "/en/river/interest/W-2"} {
		if got := words(b.open(page).Find("main .listed li")); got != first {
			t.Errorf("%s does not say it: %q", page, got)
		}
	}
	if got := words(b.open("/ru/river/registers").Find("main .listed li")); !strings.Contains(got, "умноженное на 3/2") {
		t.Errorf("in Russian: %q", got)
	}
	if got := words(b.open(home + "/remove?interest=W-1").Find(".listed li")); !strings.Contains(got, "3/2") {
		t.Errorf("who takes the interest out is not told what goes with it: %q", got)
	}
	// What contradicts is refused, with the words of what contradicts, and what
	// was typed stays.
	tried := filled(b.open(at).Find("form.sheet"), "more", "W-2", "than", "W-1", "times", "")
	if got := b.send(at, tried).Code; got != http.StatusBadRequest {
		t.Errorf("a contradiction answers %d", got)
	}
	doc = b.arrive(at, tried)
	if clash := doc.Find(".wrongs + .listed li"); clash.Length() != 2 || !strings.Contains(words(clash), "3/2") || doc.Find(`#more option[selected]`).AttrOr("value", "") != "W-2" {
		t.Errorf("got %s", words(doc.Find("main")))
	}
	for field, form := range map[string][]string{
		"more": {"more", "", "than", "W-1"}, "than": {"more", "W-1", "than", ""}, "times": {"more", "W-1", "than", "W-3", "times", "much"},
	} {
		doc = b.arrive(at, filled(b.open(at).Find("form.sheet"), form...))
		if doc.Find(`.wrongs a[href="#`+field+`"]`).Length() != 1 {
			t.Errorf("%s: %s", field, words(doc.Find("main")))
		}
	}
	doc = b.arrive(at, filled(b.open(at).Find("form.sheet"), "more", "W-1", "than", "W-1"))
	if doc.Find(`.wrongs`).Length() != 1 {
		t.Errorf("an interest beside itself: %s", words(doc.Find("main")))
	}
	// It is taken back, by nobody twice.
	form := filled(b.open(home).Find(`form[action$="/unweigh"]`))
	if doc = b.arrive(home+"/unweigh", form); doc.Find(".people .which").Length() != 0 {
		t.Errorf("it stays: %s", words(doc.Find("main")))
	}
	if got := b.send(home+"/unweigh", form).Code; got != http.StatusPreconditionFailed {
		t.Errorf("taken back twice: %d", got)
	}
}

// Where a rank is changed against what is said, the page says what stands against it.
func TestARankAgainstWhatIsSaid(t *testing.T) {
	x := newSociety(t, Config{}, nil)
	b := x.as(dialogue.Delegate)
	const home = "/en/river/register/W"
	for id, tier := range map[string]string{"W-1": "important", "W-2": "important"} {
		b.arrive(home+"/edit", filled(b.open(home+"/edit?interest="+id).Find("form.sheet"), "tier", tier))
	}
	b.arrive(home+"/weigh", filled(b.open(home+"/weigh").Find("form.sheet"), "more", "W-1", "than", "W-2"))
	doc := b.arrive(home+"/edit", filled(b.open(home+"/edit?interest=W-1").Find("form.sheet"), "tier", "secondary"))
	if got := words(doc.Find(`.wrongs a[href="#tier"]`)); !strings.Contains(got, "matters at least as much as") {
		t.Errorf("got %q", words(doc.Find("main")))
	}
}

func TestStatementsThatAreTyped(t *testing.T) {
	for _, c := range []struct{ more, with, times, than, want string }{
		{"A", "", "", "C", "A >= C"}, {"A", "", "1", "C", "A >= C"}, {"A", "", " 2 ", "C", "A >= 2 C"}, {"A", "", "1,5", "C", "A >= 3/2 C"},
		{"A", "", "3/4", "C", "A >= 3/4 C"}, {"A", "B", "", "C", "A + B >= C"}, {"A", "B", "2", "C", "1/2 A + 1/2 B >= C"},
		{"A", "B", "1/3", "C", "A + B >= 1/3 C"}, {"", "B", "", "C", "more"}, {"A", "", "", "", "than"}, {"A", "", "0", "C", "times"}, {"A", "", "-1", "C", "times"},
	} {
		r, err := http.NewRequest(http.MethodPost, "/", strings.NewReader(formOf("more", c.more, "with", c.with, "times", c.times, "than", c.than).Encode()))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w, wrong := weighingFrom(r)
		if got := w.Inequality(); wrong != c.want && got != c.want {
			t.Errorf("%+v: got %s, %q", c, got, wrong)
		}
		parts := slices.Concat(w.Gain, w.Outweighs)
		if slices.ContainsFunc(parts, func(p interest.Part) bool { return p.Of.Cmp(interest.FractionOf(1, 1)) > 0 }) {
			t.Errorf("%+v: a part is more than the whole", c)
		}
	}
}
