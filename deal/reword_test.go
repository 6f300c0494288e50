package deal_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"parley/deal"
	"parley/dossier"
	"parley/examples"
	"parley/interest"
)

// Whatever an answer quotes of an interest can be taken out of it, and what is
// left is what a search finds that never saw the words.
func TestAnswersLoseTitles(t *testing.T) {
	set := deal.DefaultSettings()
	set.Samples = 20
	for _, e := range examples.All() {
		d, err := dossier.Read(e.Name, e.Data)
		if err != nil {
			t.Fatal(err)
		}
		answer := func(d *dossier.Dossier) *deal.Answer {
			q, err := deal.NewQuestion(d.Input(), set)
			if err != nil {
				t.Fatal(err)
			}
			a, err := deal.Search(context.Background(), q, deal.Run{Workers: 1})
			if err != nil {
				t.Fatal(err)
			}
			return a
		}
		var ids []interest.ID
		for _, r := range d.Registers {
			for k, i := range r.Interests {
				if k%2 == 0 {
					ids = append(ids, i.ID)
				}
			}
		}
		bare := d.Unworded(ids)
		got, want := answer(d), answer(bare)
		for r := range d.Registers {
			for k, i := range d.Registers[r].Interests {
				if k%2 == 0 {
					side, _ := d.Dialogue.Side(d.Registers[r].Subject)
					got.Reword(deal.Retitled{Side: side.Name, Tier: i.Tier, Old: i.Title, New: bare.Registers[r].Interests[k].Title})
				}
			}
		}
		want.Reword(deal.Retitled{})
		g, w := marshal(t, got), marshal(t, want)
		if g != w {
			at := 0
			for at < min(len(g), len(w)) && g[at] == w[at] {
				at++
			}
			t.Errorf("%s: what is left differs from what is found without the words:\n%s\n%s", e.Name, g[max(0, at-80):min(len(g), at+200)], w[max(0, at-80):min(len(w), at+200)])
		}
		if !strings.Contains(g, `"superseded":true`) || strings.Contains(marshal(t, answer(d)), "superseded") {
			t.Errorf("%s: the mark is wrong", e.Name)
		}
	}
}

func marshal(t *testing.T, a *deal.Answer) string {
	t.Helper()
	b, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
