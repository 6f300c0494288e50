package dossiertest_test

import (
	"testing"

	"pgregory.net/rapid"

	"parley/dossier"
	"parley/dossier/dossiertest"
	"parley/interest"
)

// Whatever a dossier may hold turns up among those that are made up, so that a
// law that is tested on them is tested on all of it.
func TestGenerateCoversTheForm(t *testing.T) {
	draw := rapid.Custom(dossiertest.Generate)
	seen := map[string]int{}
	for seed := range 400 {
		d := draw.Example(seed)
		seen[string(rune('0'+len(d.Dialogue.Sides)))+" sides"]++
		registers(d, seen)
		topics(d, seen)
		table(d, seen)
		for _, n := range d.Named {
			seen["named "+n.As.String()]++
		}
	}
	for _, what := range []string{
		"2 sides", "3 sides", "4 sides", "5 sides", "6 sides", "declared", "written by others", "several about one side", "author by name",
		"unplaced", "vital", "role interval", "role unknown", "potential", "priority interval", "note", "counterpart without a word",
		"shared", "opposed", "complementary", "one-sided", "camps", "divisible", "minimum", "share", "act", "act without actors", "affects", "several holders",
		"named quick-win", "named prerequisite", "named sphere", "named ask",
		"no table", "effects", "points", "issue of its own", "issue of a topic", "disagreement", "roles",
		"requires", "at least", "excludes", "refuses", "when", "not below", "together",
	} {
		if seen[what] == 0 {
			t.Errorf("%s never turns up", what)
		}
	}
}

func note(seen map[string]int, what string, is bool) {
	if is {
		seen[what]++
	}
}

func registers(d *dossier.Dossier, seen map[string]int) {
	about := map[string]int{}
	for _, r := range d.Registers {
		about[string(r.Subject)]++
		note(seen, "declared", r.Declared())
		note(seen, "written by others", !r.Declared())
		note(seen, "several about one side", about[string(r.Subject)] > 1)
		note(seen, "author by name", r.Author.Side == "")
		for _, i := range r.Interests {
			note(seen, "unplaced", i.Tier == interest.Unplaced)
			note(seen, "vital", i.Tier == interest.Vital)
			for _, c := range i.Counterparts {
				note(seen, "role interval", c.Role.Low != c.Role.High)
				note(seen, "role unknown", !c.Role.Known())
				note(seen, "potential", c.Effect == interest.Potential)
				note(seen, "priority interval", c.Priority.Low != c.Priority.High)
				note(seen, "note", len(c.Note) > 0)
				note(seen, "counterpart without a word", !c.Role.Known() && c.Effect == 0 && !c.Priority.Known() && c.Tone == 0 && c.Alignment == 0 && c.Note == nil)
			}
		}
	}
}

func topics(d *dossier.Dossier, seen map[string]int) {
	for _, t := range d.Topics {
		seen[t.Relation.String()]++
		note(seen, "camps", len(t.Camps) > 1)
		note(seen, "several holders", len(t.Camps) > 2)
		note(seen, "divisible", t.Divisible)
		note(seen, "minimum", t.Minimum > 0)
		note(seen, "share", len(t.Share) > 0)
		note(seen, "act", t.Act != nil && len(t.Act.Actors) > 0)
		note(seen, "act without actors", t.Act != nil && len(t.Act.Actors) == 0)
		note(seen, "affects", len(t.Affects) > 0)
	}
}

func table(d *dossier.Dossier, seen map[string]int) {
	if d.Table == nil {
		seen["no table"]++
		return
	}
	note(seen, "disagreement", len(d.Table.Disagreement) > 0)
	note(seen, "roles", d.Table.Roles.Set)
	for _, i := range d.Table.Issues {
		note(seen, "issue of its own", i.Title != nil)
		note(seen, "issue of a topic", i.Title == nil)
		for _, o := range i.Options {
			note(seen, "effects", len(o.Effects) > 0)
			note(seen, "points", len(o.Points) > 0)
		}
	}
	for _, r := range d.Table.Rules {
		note(seen, "requires", len(r.Requires) > 0)
		note(seen, "at least", r.AtLeast > 0)
		note(seen, "excludes", len(r.Excludes) > 0)
		note(seen, "refuses", r.Refuses.Option != "")
		note(seen, "when", len(r.When) > 0)
		note(seen, "not below", r.NotBelow != "")
		note(seen, "together", len(r.Together) > 0)
	}
}
