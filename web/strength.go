package web

import (
	"fmt"
	"html/template"
	"net/http"

	"parley/chart"
	"parley/deal"
	"parley/dialogue"
)

// strengthPage says what the packages rest on: how often they serve whom, and
// which judgements would change a conclusion.
type strengthPage struct {
	Layout
	Heading      string
	Missing      bool // there is no answer yet, or it rests on no judgement
	Older        bool // or it is one of an earlier version
	Deals        string
	View         *dealsView
	Packages     []strengthCard
	Groups       []judgementGroup
	Incomplete   bool // what would newly hold was not looked for
	NoJudgements bool
}

type strengthCard struct {
	N       int
	Because []string
	Bars    template.HTML
}

// judgementGroup is the judgements of one kind.
type judgementGroup struct {
	Title string
	All   []judgementCard // those that stand open
	Rest  []judgementCard
}

// listedCards are some judgements with the page.
type listedCards struct {
	Page  strengthPage
	Cards []judgementCard
}

// List is some judgements with the page.
func (p strengthPage) List(cards []judgementCard) listedCards { return listedCards{p, cards} }

// judgementCard is a supposition and what would follow.
type judgementCard struct {
	If                 string
	Ends, Begins, Rest []string
	Try                string // address of the page that tries it out; empty for a statement about weights
}

// shownConsequences is how many consequences of either kind a card shows before
// the rest folds away.
const shownConsequences = 3

// shownJudgements is how many judgements of a kind stand open: those that take
// the fewest steps come first.
const shownJudgements = 6

func (g judgementGroup) folded() judgementGroup {
	if len(g.All) > shownJudgements {
		g.All, g.Rest = g.All[:shownJudgements], g.All[shownJudgements:]
	}
	return g
}

// registerStrength lists the address of the page.
func (s *Server) registerStrength() {
	s.get(dialogue.Read, "/{lang}/{dialogue}/deals/strength", s.strength)
}

func (s *Server) strength(w http.ResponseWriter, r *http.Request) error {
	m, asked, err := s.asked(r)
	if err != nil {
		return err
	}
	p := strengthPage{Heading: m.words.T("strength.title"), Deals: m.to("deals")}
	p.Layout = s.roomLayout(r, m, "deals", p.Heading)
	if asked.Answer == nil || asked.Answer.Strength == nil {
		p.Missing, p.Older = true, asked.Older()
		return s.show(w, r, http.StatusOK, "strength", p)
	}
	p.View = newDealsView(m, asked.Answer, true)
	p.add(asked.Answer)
	return s.show(w, r, http.StatusOK, "strength", p)
}

func (p *strengthPage) add(a *deal.Answer) {
	v := p.View
	for n, one := range a.Strength.Packages {
		if n == shownPackages {
			break
		}
		p.Packages = append(p.Packages, strengthCard{n + 1, inLanguage(one.Because, v.m.lang), v.shares(n)})
	}
	for _, kind := range []string{"tier", "role", "weights"} {
		g := judgementGroup{Title: v.T("strength.group." + kind)}
		for _, j := range a.Strength.Judgements {
			if j.Kind == kind {
				g.All = append(g.All, v.judgement(j))
			}
		}
		p.Groups = append(p.Groups, g.folded())
	}
	p.Incomplete, p.NoJudgements = !a.Strength.Complete, len(a.Strength.Judgements) == 0
}

// shares draws how often a package serves each side, can be improved by nothing,
// and is the most balanced one.
func (v *dealsView) shares(n int) template.HTML {
	d := v.a.Deals[n]
	b := chart.Bars{Caption: v.caption(fmt.Sprintf("shares-%d", n+1), v.T("strength.bars.title", "N", n+1), v.T("strength.bars.desc"))}
	add := func(label string, s deal.Share) {
		words := v.T("strength.bars.unknown")
		if s.Known() {
			words = v.T("strength.bars.share", "Hundredths", hundredths(s))
		}
		b.Rows = append(b.Rows, chart.Bar{Label: label, Num: s.Num, Den: s.Den, Words: words})
	}
	for _, side := range v.m.sides {
		add(v.T("strength.bars.side", "Side", side.Name.Words), d.Acceptable[string(side.ID)])
	}
	add(v.T("strength.bars.all"), d.Acceptable["all"])
	add(v.T("strength.bars.efficient"), d.Efficient)
	add(v.T("strength.bars.nash"), d.Nash)
	return b.HTML()
}

// hundredths are the nearest whole ones; only all is a hundred, and only none 0.
func hundredths(s deal.Share) int64 {
	n := (200*s.Num + s.Den) / (2 * s.Den)
	if s.Num > 0 && s.Num < s.Den {
		n = min(max(n, 1), 99)
	}
	return n
}

// judgement is a card of one judgement. The sentences of an answer stand in the
// order supposition, what ends, what begins.
func (v *dealsView) judgement(j deal.Judgement) judgementCard {
	sentences := inLanguage(j.Because, v.m.lang)
	c := judgementCard{If: sentences[0]}
	ends, begins := sentences[1:1+len(j.Ends)], sentences[1+len(j.Ends):]
	cut := func(list []string) []string {
		if len(list) > shownConsequences {
			c.Rest = append(c.Rest, list[shownConsequences:]...)
			list = list[:shownConsequences]
		}
		return list
	}
	c.Ends, c.Begins = cut(ends), cut(begins)
	if j.Kind == "weights" {
		return c // the page that tries things out changes ranks and parts
	}
	assume := j.Interest + "=" + j.To
	if j.Kind == "role" {
		assume = j.Interest + ":" + j.Side + "=" + j.To
	}
	c.Try = supposeAddress(v.m, []string{assume}, nil)
	return c
}
