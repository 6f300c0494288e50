package web

import (
	"strings"

	"parley/deal"
)

// addWeights words what each register in use says about the weights of its
// interests.
func (v *dealsView) addWeights() {
	for _, s := range v.m.sides {
		if s.Register != nil && len(s.Register.Weights) > 0 {
			v.Weights = append(v.Weights, v.m.weighty(s.Register, ""))
		}
	}
}

func (v *dealsView) title(id string) string { return v.interest(id).Title.Words }

// covers says, where a side states more about its weights than ranks, why no
// loss stays uncovered: by what is ranked higher, and by what the side says.
func (v *dealsView) covers(p deal.SideProof) []string {
	var out []string
	for _, c := range p.Covers {
		out = append(out, v.T("deals.proof.cover", "Amount", c.Amount, "Gain", v.title(c.Gain), "Loss", v.title(c.Loss)))
	}
	for _, u := range p.Statements {
		more, than, _ := strings.Cut(u.Statement, " >= ")
		out = append(out, v.T("deals.proof.use", "Times", u.Times, "More", v.titled(more), "Than", v.titled(than)))
	}
	return out
}

// titled puts titles for the ids of a sum such as "2 RU-11 + RU-23".
func (v *dealsView) titled(sum string) string {
	var out []string
	for _, term := range strings.Split(sum, " + ") {
		times, id, counted := strings.Cut(term, " ")
		if !counted {
			out = append(out, v.T("deals.weighing.whole", "Interest", v.title(term)))
			continue
		}
		out = append(out, v.T("deals.proof.times", "Times", times, "Interest", v.title(id)))
	}
	return strings.Join(out, " + ")
}
