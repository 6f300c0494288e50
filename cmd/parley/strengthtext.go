package main

import (
	"parley/deal"
)

// shownJudgements is how many judgements a briefing shows; JSON holds all.
const shownJudgements = 8

// rests says what the packages rest on: whether they can be improved for
// everyone, and which judgements, otherwise by one step, would change a
// conclusion.
func (r *briefing) rests() {
	x := r.a.Strength
	if x == nil || len(x.Packages)+len(x.Judgements) == 0 {
		return
	}
	r.s.heading(r.t("deals.rests"))
	for i, p := range x.Packages[:min(shownDeals, len(x.Packages))] {
		for k, sentence := range p.Because[r.w.Lang] {
			if k > 0 {
				r.s.say(4, sentence)
				continue
			}
			r.s.item(2, r.t("deals.package", "N", i+1)+". ", sentence)
		}
	}
	r.judgements(x.Judgements)
	if !x.Complete {
		r.s.gap()
		r.s.say(0, r.t("deals.rests.incomplete"))
	}
}

func (r *briefing) judgements(all []deal.Judgement) {
	var near []deal.Judgement
	for _, j := range all {
		if j.Steps <= 1 {
			near = append(near, j)
		}
	}
	r.s.gap()
	if len(near) == 0 {
		r.s.say(0, r.t("deals.rests.none"))
		return
	}
	r.s.say(0, r.t("deals.rests.judgements"))
	for _, j := range near[:min(shownJudgements, len(near))] {
		for k, sentence := range j.Because[r.w.Lang] {
			if k > 0 {
				r.s.say(4, sentence)
				continue
			}
			r.s.item(2, "- ", sentence)
		}
	}
	if rest := len(all) - min(shownJudgements, len(near)); rest > 0 {
		r.s.say(0, r.n("deals.rests.more", rest))
	}
}
