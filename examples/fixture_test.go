package examples

import (
	"testing"

	"parley/interest"
)

func TestPanamaPoints(t *testing.T) {
	d := fixture(t, "panama.yaml")
	if len(d.Table.Issues) != 10 || len(d.Topics) != 0 {
		t.Fatalf("got %d issues and %d topics, want ten and none", len(d.Table.Issues), len(d.Topics))
	}
	sum := map[string]interest.Fraction{}
	for _, issue := range d.Table.Issues {
		if len(issue.Options) != 2 {
			t.Errorf("%s: got %d options, want two", issue.Topic, len(issue.Options))
		}
		for _, o := range issue.Options {
			for _, p := range o.Points {
				r := sum[string(p.Side)].Rat()
				sum[string(p.Side)] = interest.FractionFrom(r.Add(r, p.Value.Rat()))
			}
		}
	}
	for _, side := range []string{"US", "PA"} {
		if got := sum[side].String(); got != "100" {
			t.Errorf("%s has %s points in all, want 100", side, got)
		}
	}
}

func TestFourSidesHaveFourHoldersInTwoCamps(t *testing.T) {
	d := fixture(t, "four-sides.yaml")
	x := interest.NewIndex(d.Input().Book())
	most := 0
	for i := range d.Topics {
		if d.Topics[i].Relation == interest.Opposed {
			most = max(most, len(x.Holders(&d.Topics[i])))
		}
	}
	if len(d.Dialogue.Sides) != 4 || most != 4 {
		t.Errorf("got %d sides and at most %d of them opposed, want four and four", len(d.Dialogue.Sides), most)
	}
}
