package deal_test

import (
	"context"
	"maps"
	"testing"

	"parley/deal"
	"parley/dialogue"
	"parley/interest"
)

// TestRolesArePrintedWithTheAnswer: the numbers can be set, so each answer says
// which ones it used, those for a part that is not stated among them.
func TestRolesArePrintedWithTheAnswer(t *testing.T) {
	set := deal.UsualRoleNumbers()
	set.Set, set.Minor, set.UnknownLow = true, interest.FractionOf(1, 10), interest.FractionOf(0, 1)
	for _, c := range []struct {
		name  string
		roles deal.RoleNumbers
		want  map[string]string
	}{
		{"usual", deal.RoleNumbers{}, map[string]string{"none": "0", "minor": "1/4", "medium": "1/2", "important": "3/4", "key": "1", "unknown": "[1/4, 1]"}},
		{"set", set, map[string]string{"none": "0", "minor": "1/10", "medium": "1/2", "important": "3/4", "key": "1", "unknown": "[0, 1]"}},
	} {
		toll := deal.WrittenIssue{Topic: "toll", Options: []deal.WrittenOption{{ID: "low"}, {ID: "high"}}}
		in := deal.Input{
			Sides:   []dialogue.Side{{ID: "A"}, {ID: "B"}},
			Written: &deal.Written{Issues: []deal.WrittenIssue{toll}, Roles: c.roles},
		}
		q, err := deal.NewQuestion(in, deal.DefaultSettings())
		if err != nil {
			t.Fatal(err)
		}
		a, err := deal.Search(context.Background(), q, deal.Run{})
		if err != nil {
			t.Fatal(err)
		}
		if got := a.Question.Roles; !maps.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}
