package dossier

import (
	"fmt"
	"slices"

	"parley/i18n"
	"parley/interest"
)

// Unnamed returns the dossier as a room without attribution lets it out: who
// wrote, drew or named anything is gone, with their side and the source that
// would tell it. Whose interests they are stays, and whether a register is the
// side's own, and which registers about sides have one author. Free texts are
// left as they are. Every analysis finds the same, but that a side wrote about
// another is not told.
func Unnamed(d *Dossier) *Dossier {
	next := d.copied()
	var authors []interest.Author
	for i := range next.Registers {
		r := &next.Registers[i]
		r.Source = nil
		if r.Declared() {
			r.Author = interest.Author{Side: r.Subject}
			continue
		}
		known := slices.IndexFunc(authors, r.Author.Same)
		if known < 0 {
			known, authors = len(authors), append(authors, r.Author)
		}
		r.Author = nobody(d.Dialogue.Languages, known+1)
	}
	next.Topics = slices.Clone(d.Topics)
	for i := range next.Topics {
		next.Topics[i].Author = interest.Author{}
	}
	next.Named = slices.Clone(d.Named)
	for i := range next.Named {
		next.Named[i].By = nobody(d.Dialogue.Languages, 1)
	}
	next.unnameActs()
	return next
}

// unnameActs takes out who named an act, without touching the acts themselves,
// which the original shares.
func (d *Dossier) unnameActs() {
	unname := func(a **interest.Act) {
		if *a != nil {
			bare := **a
			bare.By = interest.Author{}
			*a = &bare
		}
	}
	for i := range d.Topics {
		unname(&d.Topics[i].Act)
	}
	for i := range d.Named {
		unname(&d.Named[i].Act)
	}
	if d.Table == nil {
		return
	}
	table := *d.Table
	table.Issues = slices.Clone(table.Issues)
	for i := range table.Issues {
		issue := &table.Issues[i]
		issue.Options = slices.Clone(issue.Options)
		for k := range issue.Options {
			unname(&issue.Options[k].Act)
		}
	}
	d.Table = &table
}

// nobody is an author who is not named; the second is told apart from the first
// by a number.
func nobody(languages []string, number int) interest.Author {
	name := i18n.Text{}
	for _, l := range languages {
		name[l] = i18n.For(l).T("written.unnamed")
		if number > 1 {
			name[l] = fmt.Sprintf("%s (%d)", name[l], number)
		}
	}
	return interest.Author{Name: name}
}
