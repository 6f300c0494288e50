package dossier_test

import (
	"testing"

	"parley/dossier"
)

// small is a dossier with a little of everything.
const small = `dossier: 1
dialogue:
  id: river
  title: {en: The river, ru: Река}
  languages: [en, ru]
  as_of: 2025-03
  kind: invented
  rule: public
sides:
  - {id: A, name: {en: Upper town, ru: Верхний город}}
  - {id: B, name: Lower town}
registers:
  - subject: A
    author: {side: A}
    date: 2025
    interests:
      - id: A-1
        title: A full reservoir
        tier: vital
        counterparts:
          B: {role: key, effect: hinders, priority: [low, medium], alignment: opposed}
      - {id: A-2, title: A safe road}
  - subject: B
    author: An institute
    date: 2025-03-01
    interests:
      - id: B-1
        title: Water in summer
        tier: important
        horizon: unknown
      - {id: B-2, title: A safe road}
topics:
  - {id: water, title: Water, interests: [A-1, B-1], relation: opposed, divisible: true}
  - {id: road, title: The road, interests: [A-2, B-2], relation: shared, act: {title: Repair it, actors: [A, B]}}
named:
  - {id: ferry, title: The ferry, by: {side: B}, as: ask, of: A}
table:
  rules:
    - {option: water/A-yields, requires: water/keep}
`

func read(t *testing.T, text string) *dossier.Dossier {
	t.Helper()
	d, err := dossier.Read("x.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return d
}
