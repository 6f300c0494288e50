package deal

import "context"

// Formats says what every group of sides can do without the others.
type Formats struct{}

func (s *search) addFormats(ctx context.Context, a *Answer) error { return ctx.Err() }
