// Package dossier is a whole dialogue as one YAML file that a person can write
// by hand: reading it strictly, writing it back, and saying how two differ.
package dossier

import (
	"parley/deal"
	"parley/dialogue"
	"parley/interest"
)

// Version is the only version of the form so far; a file states it as
// "dossier: 1".
const Version = 1

// Dossier is a dialogue with everything that its file holds.
type Dossier struct {
	Dialogue  dialogue.Dialogue // with its sides
	Registers []interest.Register
	Topics    []interest.Topic
	Named     []interest.Named
	Table     *deal.Written // nil where the file has none
}
