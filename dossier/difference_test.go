package dossier_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"parley/dossier"
	"parley/dossier/dossiertest"
	"parley/interest"
)

func TestDifferenceIsEmptyExactlyForEqualDossiers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := dossiertest.Generate(t), dossiertest.Generate(t)
		if c := dossier.Difference(a, a); len(c) > 0 {
			t.Fatalf("a dossier differs from itself: %v", c)
		}
		if c := dossier.Difference(a, b); (len(c) == 0) != bytes.Equal(dossier.Write(a), dossier.Write(b)) {
			t.Fatalf("%d changes between\n%s\nand\n%s", len(c), dossier.Write(a), dossier.Write(b))
		}
	})
}

func TestDifferenceSaysWhatChanged(t *testing.T) {
	old := read(t, small)
	cases := []struct {
		name   string
		change func(*dossier.Dossier)
		want   []string
	}{
		{"nothing", func(*dossier.Dossier) {}, nil},
		{"a word", func(d *dossier.Dossier) { d.Registers[0].Interests[0].Tier = interest.Secondary },
			[]string{"registers[A by A].interests[A-1].tier changed: vital -> secondary"}},
		{"a translation", func(d *dossier.Dossier) { d.Dialogue.Title["ru"] = "Мост" },
			[]string{"dialogue.title.ru changed: Река -> Мост"}},
		{"a part", func(d *dossier.Dossier) { d.Registers[0].Interests[0].Counterparts[0].Role.Low = interest.Minor },
			[]string{"registers[A by A].interests[A-1].counterparts.B.role changed: key -> [minor, key]"}},
		{"something stated at last", func(d *dossier.Dossier) { d.Registers[1].Interests[0].Horizon = interest.Long },
			[]string{"registers[B by An institute].interests[B-1].horizon added: long"}},
		{"a topic less", func(d *dossier.Dossier) { d.Topics = d.Topics[:1] }, []string{"topics[road] removed: The road"}},
		{"a new interest", func(d *dossier.Dossier) {
			d.Registers[0].Interests = append(d.Registers[0].Interests, interest.Interest{ID: "A-9", Title: d.Dialogue.Title})
		}, []string{"registers[A by A].interests[A-9] added: The river"}},
		{"another order", func(d *dossier.Dossier) { slices.Reverse(d.Topics) },
			[]string{"topics changed: order water, road -> order road, water"}},
		{"no register any more", func(d *dossier.Dossier) { d.Registers = nil },
			[]string{"registers[A by A] removed: 2 interests", "registers[B by An institute] removed: 2 interests"}},
		{"a rule", func(d *dossier.Dossier) { d.Table.Rules[0].AtLeast = 1 }, []string{
			"table.rules[{option: water/A-yields, requires: water/keep}] removed: {option: water/A-yields, requires: water/keep}",
			"table.rules[{option: water/A-yields, requires: water/keep, at_least: 1}] added: {option: water/A-yields, requires: water/keep, at_least: 1}",
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := read(t, small)
			c.change(d)
			var got []string
			for _, x := range dossier.Difference(old, d) {
				got = append(got, x.String())
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

func ExampleDifference() {
	parse := func(year string) *dossier.Dossier {
		d, err := dossier.Read("river.yaml", []byte(`
dossier: 1
dialogue: {id: river, title: The river, languages: [en], as_of: `+year+`}
sides: [{id: A, name: Upper town}, {id: B, name: Lower town}]
`))
		if err != nil {
			panic(err)
		}
		return d
	}
	for _, c := range dossier.Difference(parse("2024"), parse("2025-03")) {
		fmt.Println(c)
	}
	// Output: dialogue.as_of changed: 2024 -> 2025-03
}
