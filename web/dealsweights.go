package web

import (
	"html/template"
	"strings"

	"parley/deal"
	"parley/i18n"
	"parley/interest"
)

// weighty is what the register of a side says about how much its interests
// matter beside one another.
type weighty struct {
	Side Side
	By   template.HTML
	Says []string
}

// addWeights words what each register in use says about the weights of its
// interests.
func (v *dealsView) addWeights() {
	for _, s := range v.m.sides {
		if s.Register == nil || len(s.Register.Weights) == 0 {
			continue
		}
		x := weighty{Side: s, By: s.Authors}
		for _, w := range s.Register.Weights {
			x.Says = append(x.Says, v.weighing(s, w))
		}
		v.Weights = append(v.Weights, x)
	}
}

// weighing is one statement as a sentence; it begins with its side.
func (v *dealsView) weighing(s Side, w interest.Weighing) string {
	if w.More == "" {
		return v.T("deals.weighing.trade", "Side", s.Name.Words, "Gain", v.parts(w.Gain), "Outweighs", v.parts(w.Outweighs))
	}
	key := "deals.weighing"
	times := w.Times.String() // 0: not stated
	switch times {
	case "0", "1":
	case "2":
		key += ".twice"
	default:
		key += ".times"
	}
	return v.T(key, "Side", s.Name.Words, "More", v.title(string(w.More)), "Than", v.title(string(w.Than)), "Times", times)
}

func (v *dealsView) title(id string) string { return v.interest(id).Title.Words }

// parts names interests, each with how much of it is meant.
func (v *dealsView) parts(list []interest.Part) string {
	var out []string
	for _, p := range list {
		key := "deals.weighing.part"
		if p.Of.String() == "1" {
			key = "deals.weighing.whole"
		}
		out = append(out, v.T(key, "Of", p.Of.String(), "Interest", v.title(string(p.Interest))))
	}
	return i18n.List(out)
}

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
