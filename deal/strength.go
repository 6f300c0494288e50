package deal

import (
	"context"

	"parley/engine/pareto"
)

// Strength says what the conclusions of an answer rest on: whether the packages
// can be improved for everyone under some ranking, and which single judgement
// would change a conclusion if it were otherwise.
type Strength struct {
	Packages   []PackageStrength `json:"packages"`            // one for each of Answer.Deals, in their order
	Judgements []Judgement       `json:"judgements"`          // fewest steps first
	Complete   bool              `json:"judgements_complete"` // false: what would newly hold was not looked for, the table is too large
}

// Labels of efficiency over all admissible weightings and roles.
const (
	Necessarily = "necessarily" // proved: no other package is as good for all under any of them that fall strictly from tier to tier
	Possibly    = "possibly"    // some weighting was found under which nothing is better for everyone
	Never       = "never"       // proved: another package serves everyone at least as well under all of them
	NotSeen     = "not-seen"    // in none of the weightings looked at, and no proof either way
)

// PackageStrength is one package of an answer against all others.
type PackageStrength struct {
	Efficient string              `json:"efficient"`           // Necessarily, Possibly, Never or NotSeen
	Undecided bool                `json:"undecided,omitempty"` // of one possibly efficient: that it is so necessarily was too much work to find out
	Better    map[string]string   `json:"better,omitempty"`    // of a package never efficient: one that serves everyone at least as well, option by topic
	Because   map[string][]string `json:"because"`
}

func (s *search) addStrength(ctx context.Context, a *Answer) error {
	if s.q.table.exact || len(a.Frontier) == 0 {
		return ctx.Err() // points are what they are: nothing rests on a judgement
	}
	a.Strength = &Strength{Packages: []PackageStrength{}, Judgements: []Judgement{}}
	for i := range s.proposals {
		p, err := s.packageStrength(ctx, &s.proposals[i])
		if err != nil {
			return err
		}
		a.Strength.Packages = append(a.Strength.Packages, p)
	}
	return s.addJudgements(ctx, a.Strength)
}

// packageStrength labels one package. What the samples have seen needs no proof;
// the exact tests decide the rest.
func (s *search) packageStrength(ctx context.Context, p *proposal) (PackageStrength, error) {
	out := PackageStrength{Efficient: NotSeen}
	all := p.support.efficient == int64(s.q.Samples)
	if p.support.efficient > 0 && !all {
		out.Efficient = Possibly
	}
	d := newDifference(s.certain[0], p.choice)
	if out.Efficient == NotSeen && p.support.efficient == 0 {
		better, err := d.alwaysBetter(ctx)
		if err != nil {
			return out, err
		}
		if better != nil {
			out.Efficient, out.Better = Never, s.choices(better)
		}
	}
	if all {
		out.Efficient = Possibly
		found, err := d.rival(ctx)
		if err != nil {
			return out, err
		}
		if out.Undecided = found == tooMany; found == noRival {
			out.Efficient = Necessarily
		}
	}
	if out.Efficient == NotSeen && s.q.Samples == 0 {
		out.Efficient = Possibly // efficient under the central weights, or it would not be proposed
	}
	out.Because = s.becauseStrength(out, p)
	return out, nil
}

// strengthLimits bounds each exact test, in partial packages looked at.
var strengthLimits = pareto.Limits{Nodes: 200_000, Workers: 1}
