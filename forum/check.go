package forum

import (
	"cmp"
	"slices"
	"strings"

	"parley/dialogue"
	"parley/fault"
	"parley/writing"
)

// Check decides what a problem says beside its words.
func (p NewProblem) Check() error { return checkMatter(p.Sector, Unstated, p.Links) }

// Check decides what an action says beside its words, and cleans its parts: one
// line for a side at most, and one for all together; what is empty is left out.
func (a NewAction) Check(d dialogue.Dialogue) (NewAction, error) {
	if err := checkMatter(a.Sector, a.Horizon, a.Links); err != nil {
		return a, err
	}
	slices.Sort(a.Problems)
	a.Problems = slices.Compact(a.Problems)
	if len(a.Problems) == 0 || len(a.Problems) > mostProblems {
		return a, fault.New(fault.Invalid, "writing.problems", "an action answers 1 to %d problems", mostProblems).With("Max", mostProblems)
	}
	parts := a.Parts
	a.Parts = nil
	for _, p := range parts {
		if p.Does = writing.Line(p.Does); p.Does == "" {
			continue
		}
		_, known := d.Side(p.Side)
		if p.Side != "" && !known || slices.ContainsFunc(a.Parts, func(q Part) bool { return q.Side == p.Side }) {
			return a, fault.New(fault.Invalid, "writing.parts", "each side of the dialogue has one part at most")
		}
		if err := short(p.Does); err != nil {
			return a, err
		}
		a.Parts = append(a.Parts, p)
	}
	return a, nil
}

func checkMatter(sector dialogue.Sector, horizon Horizon, links []Link) error {
	if sector != "" && !slices.Contains(dialogue.Sectors, sector) {
		return fault.New(fault.Invalid, "writing.sector", "%q is no sector", sector)
	}
	if horizon != Unstated && horizon != Immediate && horizon != Long {
		return fault.New(fault.Invalid, "writing.horizon", "%q is no horizon", horizon)
	}
	if len(links) > mostLinks {
		return TooManyLinks()
	}
	return nil
}

// TooManyLinks is the fault of a thing that is tied to too much.
func TooManyLinks() error {
	return fault.New(fault.Invalid, "writing.links", "a thing has at most %d links", mostLinks).With("Max", mostLinks)
}

// MayTie reports whether one more link fits beside those that are.
func MayTie(links int) bool { return links < mostLinks }

// SortLinks puts links into the order in which pages show them.
func SortLinks(links []Link) {
	slices.SortFunc(links, func(a, b Link) int {
		return cmp.Or(slices.Index(linkKinds, a.Kind)-slices.Index(linkKinds, b.Kind), strings.Compare(a.To, b.To))
	})
}

var linkKinds = []LinkKind{LinkTopic, LinkInterest, LinkOption}
