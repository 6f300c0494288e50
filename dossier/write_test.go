package dossier_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"parley/dossier"
)

func ExampleWrite() {
	d, err := dossier.Read("x.yaml", []byte(small))
	if err != nil {
		panic(err)
	}
	fmt.Print(string(dossier.Write(d)))
	// Output:
	// # A dialogue as a dossier of parley. doc/dossier.md explains every key.
	// dossier: 1
	// dialogue:
	//   id: river
	//   title:
	//     en: The river
	//     ru: Река
	//   languages: [en, ru]
	//   as_of: 2025-03
	//   kind: invented
	//   rule: public
	//   stage: preparing
	// sides:
	//   - id: A
	//     name:
	//       en: Upper town
	//       ru: Верхний город
	//   - id: B
	//     name: Lower town
	// registers:
	//   - subject: A
	//     author: {side: A}
	//     date: 2025
	//     interests:
	//       - id: A-1
	//         title: A full reservoir
	//         tier: vital
	//         counterparts:
	//           B: {role: key, effect: hinders, priority: [low, medium], alignment: opposed}
	//       - id: A-2
	//         title: A safe road
	//   - subject: B
	//     author: An institute
	//     date: 2025-03-01
	//     interests:
	//       - id: B-1
	//         title: Water in summer
	//         tier: important
	//       - id: B-2
	//         title: A safe road
	// topics:
	//   - id: water
	//     title: Water
	//     interests: [A-1, B-1]
	//     relation: opposed
	//     divisible: true
	//   - id: road
	//     title: The road
	//     interests: [A-2, B-2]
	//     relation: shared
	//     act:
	//       title: Repair it
	//       actors: [A, B]
	// named:
	//   - id: ferry
	//     title: The ferry
	//     as: ask
	//     by: {side: B}
	//     of: A
	// table:
	//   rules:
	//     - option: water/A-yields
	//       requires: water/keep
}

// The examples that come with parley are read, and keep their content.
func TestExamplesAreRead(t *testing.T) {
	for _, name := range []string{"us-russia-2009.yaml", "three-towns.yaml"} {
		text, err := os.ReadFile("../examples/" + name)
		if err != nil {
			t.Fatal(err)
		}
		d, err := dossier.Read(name, text)
		if err != nil {
			t.Fatal(err)
		}
		again, err := dossier.Read("written", dossier.Write(d))
		if err != nil {
			t.Fatal(err)
		}
		if c := dossier.Difference(d, again); len(c) > 0 {
			t.Errorf("%s: %v", name, c)
		}
	}
}

// A dossier may name options in every way that the table derives them.
func TestRulesNameDerivedOptions(t *testing.T) {
	for _, option := range []string{
		"water/keep", "water/A-yields-half", "water/B-yields-half", "road/together", "road/keep",
	} {
		read(t, strings.Replace(small, "requires: water/keep", "requires: "+option, 1))
	}
}
