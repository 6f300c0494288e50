package deal_test

import (
	"os"
	"strings"
	"testing"

	"parley/deal"
	"parley/dossier"
)

// TestDerivedTables runs the cases of testdata/derive.txt: a heading, a dossier
// without its head, a line of dashes, and the table that follows from it.
func TestDerivedTables(t *testing.T) {
	data, err := os.ReadFile("testdata/derive.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range strings.Split(string(data), "\n# ")[1:] {
		name, rest, _ := strings.Cut(c, "\n")
		body, want, ok := strings.Cut(rest, "\n----\n")
		if !ok {
			t.Fatalf("%s: no line of dashes", name)
		}
		t.Run(name, func(t *testing.T) {
			d, err := dossier.Read("case", []byte("dossier: 1\ndialogue: {id: case, title: Case, languages: [en], as_of: 2009, kind: invented}\n"+body+"\n"))
			if err != nil {
				t.Fatal(err)
			}
			got := deal.Describe(d.Input(), strings.Contains(name, "full stakes"))
			if strings.TrimSpace(got) != strings.TrimSpace(want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}
