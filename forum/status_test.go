package forum_test

import (
	"slices"
	"strings"
	"testing"

	"parley/dialogue"
	"parley/fault"
	"parley/forum"
	"parley/writing"
)

var towns = dialogue.Dialogue{Languages: []string{"en", "ru"}, Sides: []dialogue.Side{{ID: "N"}, {ID: "S"}}}

func wantKey(t *testing.T, name string, err error, key string) {
	t.Helper()
	f, ok := fault.As(err)
	if key == "" && err != nil || key != "" && (!ok || f.Key != key) {
		t.Errorf("%s: got %v, want %q", name, err, key)
	}
}

// Every way from every status to every other, as the table for people has it.
func TestWaysOfAStatus(t *testing.T) {
	want := map[forum.Status]string{
		forum.Raised: "on-the-table agreed done dropped", forum.CommonGround: "on-the-table agreed done dropped",
		forum.OnTheTable: "raised agreed done dropped", forum.Agreed: "on-the-table done dropped",
		forum.Done: "on-the-table", forum.Dropped: "raised on-the-table",
	}
	for _, from := range forum.Statuses {
		var next []string
		for _, to := range from.Next() {
			next = append(next, string(to))
		}
		if got := strings.Join(next, " "); got != want[from] {
			t.Errorf("%s: got %q, want %q", from, got, want[from])
		}
		for _, to := range forum.Statuses {
			s := forum.Step{To: to, Why: "so", Lang: "en"}
			if to == forum.Agreed {
				s.Parties = []forum.Party{{Who: "the council"}}
			}
			_, err := s.Check(from, towns)
			if may := slices.Contains(from.Next(), to); (err == nil) != may {
				t.Errorf("%s to %s: %v", from, to, err)
			}
			if to == forum.CommonGround && err == nil {
				t.Error("common ground is set by hand")
			}
		}
	}
}

func TestStepsSayWhatIsNeeded(t *testing.T) {
	long := strings.Repeat("я", forum.MaxLine+1)
	for name, c := range map[string]struct {
		s   forum.Step
		key string
	}{
		"fine":               {forum.Step{To: forum.OnTheTable}, ""},
		"a reason":           {forum.Step{To: forum.Dropped, Why: "nobody \n pays", Lang: "ru"}, ""},
		"no reason":          {forum.Step{To: forum.Dropped, Why: " "}, "writing.status-why"},
		"a foreign language": {forum.Step{To: forum.Dropped, Why: "warum", Lang: "de"}, "writing.lang"},
		"nobody agreed":      {forum.Step{To: forum.Agreed, Parties: []forum.Party{{}}}, "writing.status-parties"},
		"a side unknown":     {forum.Step{To: forum.Agreed, Parties: []forum.Party{{Side: "X", Who: "them"}}}, "writing.status-party"},
		"a side without who": {forum.Step{To: forum.Agreed, Parties: []forum.Party{{Side: "N"}}}, "writing.status-party"},
		"parties too soon":   {forum.Step{To: forum.Done, Parties: []forum.Party{{Who: "us"}}}, "writing.status-party"},
		"too many":           {forum.Step{To: forum.Agreed, Parties: slices.Repeat([]forum.Party{{Who: "us"}}, 25)}, "writing.status-party"},
		"too long":           {forum.Step{To: forum.OnTheTable, Why: long, Lang: "en"}, "writing.line-long"},
		"a long party":       {forum.Step{To: forum.Agreed, Parties: []forum.Party{{Who: long}}}, "writing.line-long"},
	} {
		got, err := c.s.Check(forum.Raised, towns)
		wantKey(t, name, err, c.key)
		if name == "a reason" && got.Why != "nobody pays" {
			t.Errorf("got %q", got.Why)
		}
	}
}

func TestActionsAreChecked(t *testing.T) {
	one := []writing.ID{1}
	for name, c := range map[string]struct {
		a   forum.NewAction
		key string
	}{
		"fine":         {forum.NewAction{Problems: []writing.ID{2, 1, 2}, Parts: []forum.Part{{Side: "N", Does: " pays "}, {Side: "S"}, {Does: "meet"}}}, ""},
		"no problem":   {forum.NewAction{}, "writing.problems"},
		"eleven":       {forum.NewAction{Problems: []writing.ID{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}}, "writing.problems"},
		"sector":       {forum.NewAction{Problems: one, Sector: "x"}, "writing.sector"},
		"horizon":      {forum.NewAction{Problems: one, Horizon: "x"}, "writing.horizon"},
		"twice a side": {forum.NewAction{Problems: one, Parts: []forum.Part{{Side: "N", Does: "a"}, {Side: "N", Does: "b"}}}, "writing.parts"},
		"no such side": {forum.NewAction{Problems: one, Parts: []forum.Part{{Side: "X", Does: "a"}}}, "writing.parts"},
		"long":         {forum.NewAction{Problems: one, Parts: []forum.Part{{Does: strings.Repeat("a", 281)}}}, "writing.line-long"},
		"links":        {forum.NewAction{Problems: one, Links: make([]forum.Link, 11)}, "writing.links"},
	} {
		got, err := c.a.Check(towns)
		wantKey(t, name, err, c.key)
		if name == "fine" && (!slices.Equal(got.Problems, []writing.ID{1, 2}) || len(got.Parts) != 2 || got.Parts[0].Does != "pays") {
			t.Errorf("got %+v", got)
		}
	}
	wantKey(t, "problem", forum.NewProblem{Sector: dialogue.Civil}.Check(), "")
	wantKey(t, "problem", forum.NewProblem{Sector: "x"}.Check(), "writing.sector")
}
