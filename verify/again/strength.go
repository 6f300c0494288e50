package again

import (
	"fmt"
	"strings"
)

// mostTrials bounds the search for what would newly hold: changed judgements times the square of the moves there are.
const mostTrials = 2_000_000

// strength is what the packages rest on: how each stands against all others, and the judgements that change a conclusion.
func (r *reading) strength() any {
	if r.exact() || r.infeasible() || r.claim["strength"] == nil {
		must(r.claim["strength"] == nil, "points rest on no judgement")
		return nil
	}
	packages := list{}
	for n := range r.proposals {
		packages = append(packages, r.standsHow(n))
	}
	trials := r.trials()
	all := len(trials)*len(r.moves)*len(r.moves) <= mostTrials
	out := obj{"packages": packages, "judgements_complete": all}
	if r.judged == nil { // they rest on the question alone, whatever a bundle claims
		var led []trial
		led, r.walked = r.withoutWalks(trials)
		r.judged = r.judgements(led, all)
	}
	if len(r.walked) > 0 {
		r.leave("strength", "judgements-walked", "judgements")
	}
	return with(out, obj{"judgements": r.amongWalked()})
}

// standsHow is what is said of one package: the samples show some rankings under which nothing is better for everyone, or
// none; that it is so under none is shown by another package, which the bundle names; that it is so under all, or not, by
// looking for one that is ever as good.
func (r *reading) standsHow(n int) obj {
	of, label, better := r.proposals[n], "not-seen", []int(nil)
	claim, _ := r.claimed("strength", "packages", n).(obj)
	undecided := claim["undecided"] == true && of.fare[r.Sides+1] == int64(r.Samples)
	switch seen := of.fare[r.Sides+1]; {
	case undecided:
		label = "possibly"
	case seen == int64(r.Samples):
		label = r.standsAlone(n, claim["efficient"])
	case seen > 0:
		label = "possibly"
	case claim["efficient"] == "never":
		label, better = "never", r.better(of.choice, claim["better"])
	}
	says := obj{"efficient": label, "because": r.because(func(lang string) []string {
		out, changed := []string{r.say(lang, "strength.efficient."+label)}, []string{}
		if undecided {
			out = append(out, r.say(lang, "strength.efficient.undecided"))
		}
		for _, m := range r.issuesInFile() {
			if better != nil && better[m.issue] != of.choice[m.issue] {
				m.option = better[m.issue]
				changed = append(changed, r.say(lang, "strength.choice", "Topic", r.topic(lang, m), "Option", r.optionSays(lang, m)))
			}
		}
		if better != nil {
			out = append(out, r.say(lang, "strength.better", "Changes", strings.Join(changed, "; ")))
		}
		return out
	})}
	if undecided {
		says["undecided"] = true
	}
	if better != nil {
		says["better"] = r.choices(better)
	}
	return says
}

// standsAlone is whether a package that every sample finds efficient is so necessarily, or possibly at least. What takes too
// much work is taken over as it is claimed; that it is so possibly holds in any case.
func (r *reading) standsAlone(n int, claim any) string {
	if r.alone == nil {
		r.alone = map[int]string{}
	}
	if r.alone[n] == "" {
		r.alone[n] = "possibly"
		none := false
		if !within(func() { none = r.necessary(r.proposals[n].choice) }) {
			r.alone[n] = "unknown"
		} else if none {
			r.alone[n] = "necessarily"
		}
	}
	if r.alone[n] != "unknown" {
		return r.alone[n]
	}
	if claim == "necessarily" {
		r.leave("strength", "necessarily", fmt.Sprintf("standing %d", n+1))
		return "necessarily"
	}
	return "possibly"
}

// better is a claimed package by which nobody can lose in place of another, and somebody gains.
func (r *reading) better(than []int, claim any) []int {
	names, _ := claim.(obj)
	choice := make([]int, len(r.Issues))
	for i, l := range r.labels.Issues {
		choice[i] = -1
		for k, o := range l.Options {
			if o.ID == names[l.ID] {
				choice[i] = k
			}
		}
		must(choice[i] >= 0, "an option of every issue")
	}
	sum, more := r.between(than, choice), int64(0)
	for n, v := range sum {
		more += v * int64(max(1, r.tier[n]))
	}
	must(r.broken(choice) == nil && r.never(sum) && more > 0, "another package serves everyone at least as well")
	return choice
}
