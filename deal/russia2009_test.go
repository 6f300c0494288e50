package deal_test

import (
	"context"
	"os"
	"testing"

	"parley/deal"
	"parley/dossier"
)

func readExample(t testing.TB, name string) *dossier.Dossier {
	t.Helper()
	data, err := os.ReadFile("../examples/" + name)
	if err != nil {
		t.Fatal(err)
	}
	d, err := dossier.Read(name, data)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func search(t testing.TB, in deal.Input, set deal.Settings) *deal.Answer {
	t.Helper()
	q, err := deal.NewQuestion(in, set)
	if err != nil {
		t.Fatal(err)
	}
	a, err := deal.Search(context.Background(), q, deal.Run{Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	return a
}
func TestX(t *testing.T) {
	d := readExample(t, "us-russia-2009.yaml")
	for _, st := range []deal.Stakes{deal.Split, deal.Full} {
		set := deal.DefaultSettings()
		set.Stakes = st
		set.Samples = 10000
		a := search(t, d.Input(), set)
		t.Log(a.Question, a.Space, len(a.Frontier), a.Solutions, a.Opposition, a.Integrative, a.Warnings)
		for _, s := range a.Swaps {
			t.Log(s.Moves, s.FlipsIf)
			for _, l := range s.Because["en"] {
				t.Log("   ", l)
			}
			for _, l := range s.Because["ru"] {
				t.Log("   ", l)
			}
		}
		t.Log("undecided", a.Undecided, a.UndecidedWhy)
		for _, c := range a.Choices {
			t.Log(c.Topic, c.Option, c.NashShare.Float())
		}
		t.Log(len(a.QuickWins), len(a.SameDirection), len(a.Deals))
		for _, w := range a.ChangesWithStakes {
			t.Log(w)
		}
		for _, dl := range a.Deals {
			t.Log(dl.Nash, dl.Efficient, dl.Acceptable, dl.CoreShare, dl.CoreAcceptable, len(dl.Core), dl.Because["en"])
		}
	}
}
