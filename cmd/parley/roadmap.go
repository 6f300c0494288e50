package main

import (
	"parley/deal"
)

// roadmapFlags belong to the order of the steps.
type roadmapFlags struct {
	Roadmap  bool     `help:"${flag_roadmap}" env:"PARLEY_ROADMAP"`
	Exposure []string `help:"${flag_exposure}" env:"PARLEY_EXPOSURE" placeholder:"RU=5"`
}

// reorder orders the packages anew, under the bounds that were given.
func (f roadmapFlags) reorder(s *session, q *deal.Question, a *deal.Answer) error {
	var bounds []deal.Exposure
	for _, text := range f.Exposure {
		b, err := deal.ParseExposure(text)
		if err != nil {
			return err
		}
		bounds = append(bounds, b)
	}
	if len(bounds) == 0 {
		return nil
	}
	roadmaps, err := q.Roadmaps(s.ctx, a, bounds)
	if err != nil {
		return err
	}
	a.Roadmaps = roadmaps
	return nil
}
