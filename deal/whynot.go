package deal

import "context"

// WhyNot is the shortest true reason why a package is not among those found.
type WhyNot struct{}

// ExplainPackage says why a package is not proposed, or that nothing speaks
// against it. Choices name an option for every topic; a topic left out stays as
// it is. A topic or an option that does not exist is fault.Invalid.
func ExplainPackage(ctx context.Context, q *Question, run Run, choices map[string]string) (*WhyNot, error) {
	return nil, ctx.Err()
}
