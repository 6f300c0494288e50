package dossier_test

import (
	"reflect"
	"strings"
	"testing"

	"parley/deal"
	"parley/dialogue"
	"parley/dossier"
	"parley/i18n"
	"parley/interest"
)

// What the small dossier says, part by part.
func TestReadKeepsWhatIsStatedAndAddsNothing(t *testing.T) {
	d := read(t, small)
	both := i18n.Text{"en": "The river", "ru": "Река"}
	check(t, "title", d.Dialogue.Title, both)
	check(t, "a plain string is in the first language", d.Dialogue.Sides[1].Name, i18n.Text{"en": "Lower town"})
	check(t, "stage", d.Dialogue.Stage, dialogue.Preparing)
	check(t, "declared", d.Registers[0].Declared(), true)
	check(t, "a string is an author's name", d.Registers[1].Author, interest.Author{Name: i18n.Text{"en": "An institute"}})
	check(t, "counterparts", d.Registers[0].Interests[0].Counterparts, []interest.Counterpart{{
		Side: "B", Role: interest.RoleRange{Low: interest.Key, High: interest.Key}, Effect: interest.Hinders,
		Priority: interest.LevelRange{Low: interest.Low, High: interest.Middle}, Alignment: interest.OpposedTo,
	}})
	check(t, "not stated", d.Registers[0].Interests[1], interest.Interest{ID: "A-2", Title: i18n.Text{"en": "A safe road"}})
	check(t, "unknown is not stated", d.Registers[1].Interests[0].Horizon, interest.HorizonUnstated)
	check(t, "named", d.Named, []interest.Named{{
		ID: "ferry", Title: i18n.Text{"en": "The ferry"}, As: interest.AsAsk, By: interest.Author{Side: "B"}, Of: "A",
	}})
	check(t, "a side's id is that side", change(t, "author: An institute", "author: B").Registers[1].Author, interest.Author{Side: "B"})
	check(t, "unless it is said to be a name", change(t, "author: An institute", "author: {name: B}").Registers[1].Author, interest.Author{Name: i18n.Text{"en": "B"}})
	check(t, "rule", d.Table.Rules, []deal.Rule{{
		Option: deal.OptionRef{Topic: "water", Option: "A-yields"}, Requires: []deal.OptionRef{{Topic: "water", Option: "keep"}},
	}})
	check(t, "input", d.Input().Written, d.Table)
	several := change(t, "{option: water/A-yields, requires: water/keep}", "{side: B, refuses: water/keep|A-yields..A-yields-half, when: [road/keep, road/together]}")
	check(t, "several options", several.Table.Rules, []deal.Rule{{
		Side: "B", Refuses: deal.OptionRef{Topic: "water", Option: "keep|A-yields..A-yields-half"},
		When: []deal.OptionRef{{Topic: "road", Option: "keep"}, {Topic: "road", Option: "together"}},
	}})
	check(t, "comparison", len(d.Compare("en").Topics), 2)
}

func check(t *testing.T, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s: got %+v, want %+v", what, got, want)
	}
}

// change reads the small dossier with one part replaced.
func change(t *testing.T, old, new string) *dossier.Dossier {
	t.Helper()
	if !strings.Contains(small, old) {
		t.Fatalf("%q is not in the small dossier", old)
	}
	return read(t, strings.Replace(small, old, new, 1))
}

func TestUsualValues(t *testing.T) {
	d := change(t, "  kind: invented\n  rule: public\n", "")
	check(t, "kind", d.Dialogue.Kind, dialogue.Live)
	check(t, "rule", d.Dialogue.Rule, dialogue.Members)
	check(t, "stage", d.Dialogue.Stage, dialogue.Preparing)
	check(t, "no table", change(t, "table:\n  rules:\n    - {option: water/A-yields, requires: water/keep}\n", "").Table == nil, true)
	check(t, "empty table", change(t, "table:\n  rules:\n    - {option: water/A-yields, requires: water/keep}\n", "table: {}\n").Table == nil, true)
	roles := change(t, "  rules:\n    - {option: water/A-yields, requires: water/keep}", "  roles: {minor: 0.1}").Table.Roles
	check(t, "minor", roles.Minor.String(), "1/10")
	check(t, "key", roles.Key.String(), "1")
	check(t, "unknown", roles.UnknownLow.String()+" "+roles.UnknownHigh.String(), "1/4 1")
}

func TestTextStyles(t *testing.T) {
	cases := []struct{ written, want string }{
		{"Water", "Water"},
		{"'it''s'", "it's"},
		{`"tab\\ and \u00e9"`, `tab\ and é`},
		{"2009", "2009"},
		{"1.50", "1.50"},
		{"0x10", "0x10"},
		{"yes", "yes"},
		{"true", "true"},
		{`"null"`, "null"},
		{"|\n      one\n      two\n\n      three\n", "one\ntwo\n\nthree"},
		{">\n      one\n      two\n\n      three\n", "one two\nthree"},
		{"one\n      two", "one two"},
		{`"  spaces around  "`, "spaces around"},
		{"Water # a comment", "Water"},
		{"Water #1", "Water"},
		{"C#", "C#"},
		{"a:b", "a:b"},
	}
	for _, c := range cases {
		d := change(t, "  title: {en: The river, ru: Река}", "  title: "+c.written)
		if got := d.Dialogue.Title["en"]; got != c.want {
			t.Errorf("%s: got %q, want %q", c.written, got, c.want)
		}
	}
}

func TestSpellingsThatAreAccepted(t *testing.T) {
	cases := map[string][2]string{
		"byte-order mark":        {"dossier: 1", "\ufeffdossier: 1"},
		"mark of the document":   {"dossier: 1", "---\ndossier: 1"},
		"end of the document":    {"requires: water/keep}\n", "requires: water/keep}\n...\n"},
		"quoted version":         {"dossier: 1", `"dossier": "1"`},
		"carriage returns":       {"kind: invented\n  rule: public\n", "kind: invented\r\n  rule: public\r\n"},
		"role of one word":       {"role: key", "role: [key, key]"},
		"quotes without a space": {"{id: B, name: Lower town}", `{"id":"B","name":"Lower town"}`},
		"brackets after a colon": {"languages: [en, ru]", "languages: [en, ru]\n  purpose: {en:\n    Water}"},
		"an address":             {"name: Lower town", "name: http://example.org/a:b?c"},
		"a time of day":          {"title: {en: The river,", "title: {en: The river at 10:30,"},
		"a colon in a block":     {"  title: {en: The river, ru: Река}", "  title: |\n    The river: a dialogue\n    in parts"},
		"a list not indented":    {"  - {id: A, name: {en: Upper town, ru: Верхний город}}\n  - {id: B", "- {id: A, name: {en: Upper town, ru: Верхний город}}\n- {id: B"},
		"requires as a list":     {"requires: water/keep", "requires: [water/keep]"},
		"divisible in quotes":    {"divisible: true", "divisible: 'true'"},
		"a comment between":      {"  kind: invented\n", "  # what it is\n  kind: invented\n"},
		"a comma at the end":     {"languages: [en, ru]", "languages: [en, ru,]"},
		"unknown where it may":   {"id: A-2, title: A safe road", "id: A-2, title: A safe road, tier: unknown, horizon: unknown"},
		"braces over lines":      {"{id: ferry, title: The ferry,", "{id: ferry,\n     title: The ferry,"},
		"a share of one":         {"divisible: true", "divisible: true, share: {A-1: 1, B-1: 1.0}"},
		"interests to be listed": {"      - {id: B-2, title: A safe road}\n", "      - {id: B-2, title: A safe road}\n  - {subject: A, author: {side: B}, date: 2025}\n"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) { change(t, c[0], c[1]) })
	}
}

// Interests of registers that do not count may stand in a topic; they make no
// holder and belong to no camp.
func TestRegistersThatDoNotCount(t *testing.T) {
	d := read(t, `dossier: 1
dialogue: {id: x, title: X, languages: [en], as_of: 2025}
sides: [{id: A, name: A}, {id: B, name: B}]
registers:
  - {subject: A, author: {side: B}, date: 2025, interests: [{id: BA, title: x}]}
  - {subject: A, author: {side: A}, date: 2025, interests: [{id: A1, title: x}]}
  - {subject: A, author: A journal, date: 2025, interests: [{id: JA, title: x}]}
  - {subject: B, author: A journal, date: 2025, interests: [{id: B1, title: x}]}
topics:
  - {id: own, title: T, interests: [A1, BA, JA], relation: one-sided}
  - {id: both, title: T, interests: [A1, BA, B1], relation: opposed, camps: [[A1], [B1]]}
`)
	check(t, "topics", len(d.Topics), 2)
}

func TestCounterpartsAreSorted(t *testing.T) {
	d := read(t, `dossier: 1
dialogue: {id: x, title: X, languages: [en], as_of: 2025}
sides: [{id: C, name: C}, {id: B, name: B}, {id: A, name: A}]
registers:
  - {subject: B, author: B, date: 2025, interests: [{id: B1, title: x, counterparts: {C: {tone: neutral}, A: {}}}]}
`)
	check(t, "counterparts", d.Registers[0].Interests[0].Counterparts, []interest.Counterpart{{Side: "A"}, {Side: "C", Tone: interest.Neutral}})
}
