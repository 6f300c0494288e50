package again

import (
	"fmt"
	"slices"
)

// trial is one judgement supposed otherwise: the rank of an interest (side -1), a part in it, or (interest -1) what a side
// says about its weights, which is dropped.
type trial struct {
	interest, side, to, steps int
}

// whose is the side whose register says otherwise.
func (r *reading) whose(x trial) int {
	if x.interest < 0 {
		return x.side
	}
	return r.side[x.interest]
}

// weighs reports whether a trial changes weights, and not a part.
func (x trial) weighs() bool { return x.interest < 0 || x.side < 0 }

// target is what a trial supposes otherwise, whatever it is to be.
func (x trial) target() string {
	if x.interest < 0 {
		return fmt.Sprint(x.interest, x.side, x.to, " ")
	}
	return fmt.Sprint(x.interest, x.side, " ")
}

// trials are the changes of single judgements, smallest first: of every rank, of the parts that play a role on the table, of
// what is said about weights.
func (r *reading) trials() (out []trial) {
	parts := map[[2]int]bool{}
	read := func(effects []effect) {
		for _, e := range effects {
			for _, s := range slices.Concat(e.gain, e.loss) {
				parts[[2]int{e.interest, s}] = true
			}
		}
	}
	for _, is := range r.effects {
		for _, o := range is {
			read(o)
		}
	}
	for _, effects := range r.joint {
		read(effects)
	}
	for n, own := range r.tier {
		for t := 3; t > 0; t-- {
			tier := slices.Clone(r.tier)
			tier[n] = t
			steps := max(own-t, t-own)
			if own == 0 {
				steps = 1
			}
			if b := r.believes(r.side[n], tier); t != own && (b == nil || !b.impossible) {
				out = append(out, trial{n, -1, t, steps})
			}
		}
		for s := range r.Sides {
			for k, v := range r.scale {
				steps := 0
				for _, w := range r.scale {
					if v <= w && w < r.parts[n][s][0] || r.parts[n][s][1] < w && w <= v {
						steps++
					}
				}
				if parts[[2]int{n, s}] && steps > 0 {
					out = append(out, trial{n, s, k, steps})
				}
			}
		}
	}
	for k, w := range r.Weights {
		out = append(out, trial{-1, w.Side, k, 1})
	}
	slices.SortStableFunc(out, func(a, b trial) int { return a.steps - b.steps })
	return out
}

// supposed is the proof with one judgement otherwise, but for the central weights.
func (r *reading) supposed(x trial) *proof {
	p := *r.proof
	switch {
	case x.interest < 0:
		p.Weights, p.beliefs = slices.Delete(slices.Clone(p.Weights), x.to, x.to+1), map[string]*beliefs{}
	case x.side < 0:
		p.tier = slices.Clone(p.tier)
		p.tier[x.interest] = x.to
	default:
		p.parts = slices.Clone(p.parts)
		p.parts[x.interest] = slices.Clone(p.parts[x.interest])
		v := p.scale[x.to]
		p.parts[x.interest][x.side] = [2]int64{v, v}
	}
	return &p
}

// under is the table with one judgement supposed otherwise.
func (r *reading) under(x trial) *reading {
	p, side := r.supposed(x), r.whose(x)
	if p.means[side] != nil && x.weighs() {
		p.means = slices.Clone(p.means)
		p.means[side] = nil
		if b := p.believes(side, p.tier); b != nil {
			p.means[side] = drawn(b).mean(b)
		}
	}
	return p.read(r.full)
}

// walks reports whether the weights supposed would have to be walked to.
func (r *reading) walks(x trial) bool {
	side := r.whose(x)
	if !x.weighs() || x.interest < 0 && r.ways[side].pool == nil {
		return false // fewer statements keep more, and parts are none of the weights
	}
	p := r.supposed(x)
	b := p.believes(side, p.tier)
	return b != nil && drawn(b).rare()
}

// withoutWalks are the trials about what no trial needs a walk for, and the others by what they are about: where it begins is
// not in the bundle.
func (r *reading) withoutWalks(trials []trial) (led []trial, walked map[string]bool) {
	targets := map[string]bool{}
	walked = map[string]bool{}
	for _, x := range trials {
		if r.walks(x) {
			is, _ := r.supposition(x)
			targets[x.target()], walked[about(plain(is))] = true, true
		}
	}
	return slices.DeleteFunc(slices.Clone(trials), func(x trial) bool { return targets[x.target()] }), walked
}

// about is the judgement that a claim supposes otherwise.
func about(claim any) string {
	return fmt.Sprint(field(claim, "kind"), field(claim, "interest"), field(claim, "side"), field(claim, "statement"))
}

// amongWalked are the judgements that change a conclusion, with those that are claimed of what a walk is needed for.
func (r *reading) amongWalked() list {
	claimed, _ := r.claimed("strength", "judgements").(list)
	if len(r.walked) == 0 {
		return r.judged
	}
	out, rest := list{}, r.judged
	for _, c := range claimed {
		if r.walked[about(c)] {
			out = append(out, c)
		} else if len(rest) > 0 {
			out, rest = append(out, rest[0]), rest[1:]
		}
	}
	return append(out, rest...)
}
