package deal_test

import (
	"context"
	"testing"

	"parley/deal"
	"parley/dossier"
)

// A written status quo may itself have effects. What an option does is counted
// from there: less harm than now is nobody's move, so no swap, and a named act
// that changes nothing is no first step.
func TestGainsAreCountedFromAWrittenStatusQuo(t *testing.T) {
	d, err := dossier.Read("case", []byte(`dossier: 1
dialogue: {id: case, title: Case, languages: [en], as_of: 2009, kind: invented}
sides: [{id: A, name: A}, {id: B, name: B}]
registers:
  - {subject: A, author: {side: A}, date: 2009, interests: [{id: A1, title: x, tier: vital}]}
  - {subject: B, author: {side: B}, date: 2009, interests: [{id: B1, title: x, tier: vital}]}
table:
  issues:
    - id: harm
      title: Harm to both
      options:
        - {id: now, effects: {A1: -1/2, B1: -1/2}}
        - {id: less, effects: {A1: -1/4, B1: -1/4}, act: {title: Less of it}}
    - id: good
      title: Good for both
      options:
        - {id: now, effects: {A1: 1/2, B1: 1/2}}
        - {id: same, effects: {A1: 1/2, B1: 1/2}, act: {title: The same again}}
`))
	if err != nil {
		t.Fatal(err)
	}
	q, err := deal.NewQuestion(d.Input(), deal.Settings{Stakes: deal.Split, Baseline: deal.Free})
	if err != nil {
		t.Fatal(err)
	}
	a, err := deal.Search(context.Background(), q, deal.Run{})
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Swaps) != 0 {
		t.Errorf("got the swaps %v, want none: nobody moves", a.Swaps)
	}
	if len(a.QuickWins) != 1 || a.QuickWins[0].Option != "less" {
		t.Errorf("got the first steps %v, want harm/less alone", a.QuickWins)
	}
}
