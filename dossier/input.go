package dossier

import (
	"parley/deal"
	"parley/interest"
)

// Input is the dossier as the deal search takes it.
func (d *Dossier) Input() deal.Input {
	return deal.Input{
		Sides: d.Dialogue.Sides, Registers: d.Registers, Topics: d.Topics, Named: d.Named, Written: d.Table,
	}
}

// Compare lays the dossier's registers side by side, with names in lang.
func (d *Dossier) Compare(lang string) interest.Comparison {
	return interest.Compare(lang, d.Input().Book())
}
