package browsertest

import (
	"fmt"
	"strings"
	"testing"
)

// What is left out of a walk is nothing new: every template, dialogue and language
// stays, every element in its place, and the longest page of each.
func TestSampleLosesNothing(t *testing.T) {
	var pages []page
	for _, kind := range []string{"/en/towns/interest/", "/ru/towns/interest/", "/en/towns/topic/"} {
		for n := range 20 {
			body := "<p>" + strings.Repeat("word ", 1+n%7*5) + "</p>"
			if n == 11 {
				body += `<ul class="rare"><li>x</li></ul>`
			}
			pages = append(pages, page{kind + fmt.Sprintf("T-%02d", n), []byte("<html><body>" + body + "</body></html>")})
		}
	}
	alone := []page{{"/en/towns/deals/why-not", []byte("<p>")}, {"/en/towns/deals/strength", []byte("<p>")}, {"/en/towns/deals/formats", []byte("<p>")}, {"/en/towns/about", []byte("<p>")}}
	got := sample(append(pages, alone...))
	kept := map[string]bool{}
	for _, p := range got {
		kept[p.path] = true
	}
	for _, p := range alone {
		if !kept[p.path] {
			t.Errorf("%s is left out", p.path)
		}
	}
	for _, kind := range []string{"/en/towns/interest/", "/ru/towns/interest/", "/en/towns/topic/"} {
		for _, n := range []string{"T-00", "T-01", "T-06", "T-11"} {
			if !kept[kind+n] {
				t.Errorf("%s%s is left out", kind, n)
			}
		}
		if kept[kind+"T-02"] {
			t.Errorf("%sT-02 is kept, which is like the others", kind)
		}
	}
	if want := len(alone) + 3*4; len(got) != want {
		t.Errorf("%d of %d pages are kept, want %d", len(got), len(pages)+len(alone), want)
	}
}
