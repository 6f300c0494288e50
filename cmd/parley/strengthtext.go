package main

import (
	"slices"

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
	shown := x.Packages[:min(shownDeals, len(x.Packages))]
	for from := 0; from < len(shown); {
		to := from + 1
		for to < len(shown) && slices.Equal(shown[from].Because[r.w.Lang], shown[to].Because[r.w.Lang]) {
			to++
		}
		r.alike(from+1, to, shown[from].Because[r.w.Lang])
		from = to
	}
	r.judgements(x.Judgements)
	if !x.Complete {
		r.s.gap()
		r.s.say(0, r.t("deals.rests.incomplete"))
	}
}

// alike says of the packages numbered from first to last what is true of each.
func (r *briefing) alike(first, last int, sentences []string) {
	name := r.t("deals.package", "N", first)
	if last > first {
		name = r.t("deals.package.span", "First", first, "Last", last)
	}
	for k, sentence := range sentences {
		if k > 0 {
			r.s.say(4, sentence)
			continue
		}
		r.s.item(2, name+". ", sentence)
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
