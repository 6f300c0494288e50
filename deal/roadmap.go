package deal

import "context"

// Roadmap orders the moves of a package into steps.
type Roadmap struct{}

func (s *search) addRoadmaps(ctx context.Context, a *Answer) error { return ctx.Err() }
