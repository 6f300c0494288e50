package main

import (
	"slices"
	"strings"

	"parley/deal"
	"parley/dialogue"
	"parley/dossier"
)

// roadmapFlags belong to the order of the steps.
type roadmapFlags struct {
	Roadmap  bool     `help:"${flag_roadmap}" env:"PARLEY_ROADMAP"`
	Exposure []string `help:"${flag_exposure}" env:"PARLEY_EXPOSURE" placeholder:"RU=5"`
}

// bounds reads how far sides would go below their start, before anything is
// searched.
func (f roadmapFlags) bounds(s *session, d *dossier.Dossier) ([]deal.Exposure, error) {
	var out []deal.Exposure
	for _, text := range f.Exposure {
		b, err := deal.ParseExposure(text)
		if err != nil {
			return nil, usageError{err}
		}
		if _, ok := d.Dialogue.Side(dialogue.SideID(b.Side)); !ok {
			var sides []string
			for _, side := range d.Dialogue.Sides {
				sides = append(sides, string(side.ID))
			}
			return nil, s.wrong("usage.exposure-side", "Got", text, "Side", b.Side, "Sides", strings.Join(sides, ", "))
		}
		if slices.ContainsFunc(out, func(x deal.Exposure) bool { return x.Side == b.Side }) {
			return nil, s.wrong("usage.exposure-twice", "Side", b.Side)
		}
		out = append(out, b)
	}
	return out, nil
}

// reorder orders the packages anew, under the bounds that were given.
func (s *session) reorder(q *deal.Question, a *deal.Answer, bounds []deal.Exposure) (err error) {
	if len(bounds) > 0 {
		a.Roadmaps, err = q.Roadmaps(s.ctx, a, bounds)
	}
	return err
}
