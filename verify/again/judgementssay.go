package again

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
)

// consequence is a swap, a first step or packages, as an answer has it and as people read it.
type consequence struct {
	key, kind string
	is        obj
	says      func(lang string) string
}

func (r *reading) swapFalls(set []move) consequence {
	is := obj{"kind": "swap", "moves": r.moved(set)}
	return consequence{fmt.Sprint("swap ", set), "swap", is, func(lang string) string {
		var out []string
		for _, m := range set {
			for _, s := range r.option(m).Movers {
				topic := r.say(lang, "deal.quoted", "Words", r.topic(lang, m))
				out = append(out, r.say(lang, "strength.move", "Side", r.sideName(lang, s), "Topic", topic))
			}
		}
		return strings.Join(out, "; ")
	}}
}

func (r *reading) stepFalls(m move) consequence {
	return consequence{fmt.Sprint("quick-win ", m), "quick-win", with(r.name(m), obj{"kind": "quick-win"}), func(lang string) string {
		return r.say(lang, "deal.quoted", "Words", r.topic(lang, m))
	}}
}

func (r *reading) packagesFall(numbers []int) consequence {
	return consequence{"", "packages", obj{"kind": "packages", "deals": numbers}, func(string) string {
		var out []string
		for _, n := range numbers {
			out = append(out, strconv.Itoa(n))
		}
		return strings.Join(out, ", ")
	}}
}

func (r *reading) judgementSays(x trial, ends, begins []consequence) obj {
	out, supposed := r.supposition(x)
	for name, all := range map[string][]consequence{"ends": ends, "begins": begins} {
		is := list{}
		for _, c := range all {
			is = append(is, c.is)
		}
		out[name] = is
	}
	return with(out, obj{"because": r.because(func(lang string) []string {
		says := []string{supposed(lang)}
		for _, c := range ends {
			says = append(says, r.say(lang, "strength.ends."+c.kind, "What", c.says(lang)))
		}
		for _, c := range begins {
			says = append(says, r.say(lang, "strength.begins."+c.kind, "What", c.says(lang)))
		}
		return says
	})})
}

// supposition is what a trial supposes, as an answer has it and as people read it.
func (r *reading) supposition(x trial) (obj, func(lang string) string) {
	whose := r.whose(x)
	if x.interest < 0 {
		says := r.weighingSays(r.Weights[x.to])
		is := obj{"kind": "weights", "side": r.labels.Sides[whose].ID, "statement": says, "from": "stated", "to": "dropped", "steps": x.steps}
		return is, func(lang string) string { return r.notSaid(lang, r.Weights[x.to]) }
	}
	l := r.labels.Interests[x.interest]
	if x.side < 0 {
		from, to := tierWords[r.tier[x.interest]], tierWords[x.to]
		return obj{"kind": "tier", "interest": l.ID, "from": from, "to": to, "steps": x.steps}, func(lang string) string {
			return r.say(lang, "strength.if.tier", "Side", r.sideName(lang, whose), "Title", in(l.Title, lang),
				"From", r.say(lang, "deal.tier."+from), "To", r.say(lang, "deal.tier."+to))
		}
	}
	from, to := l.Parts[x.side], partWords[x.to]
	is := obj{"kind": "role", "interest": l.ID, "side": r.labels.Sides[x.side].ID, "from": from, "to": to, "steps": x.steps}
	return is, func(lang string) string {
		return r.say(lang, "strength.if.role", "Side", r.sideName(lang, whose), "Title", in(l.Title, lang), "Other", r.sideName(lang, x.side),
			"From", r.partSays(lang, from), "To", r.partSays(lang, to))
	}
}

// notSaid supposes that a side said nothing of how interests of its own compare.
func (r *reading) notSaid(lang string, w weighing) string {
	var sums [2][]string
	for _, x := range w.Terms {
		times, at := rat(x.Times), 0
		if times.Sign() < 0 {
			times, at = times.Neg(times), 1
		}
		words := r.say(lang, "deal.quoted", "Words", in(r.labels.Interests[x.Interest].Title, lang))
		if times.Cmp(big.NewRat(1, 1)) != 0 {
			words = r.say(lang, "strength.times", "Times", times.RatString(), "What", words)
		}
		sums[at] = append(sums[at], words)
	}
	key := "strength.if.weights"
	if len(sums[0]) > 1 {
		key = "strength.if.weights.together"
	}
	return r.say(lang, key, "Side", r.sideName(lang, w.Side), "More", strings.Join(sums[0], " + "), "Than", strings.Join(sums[1], " + "))
}

// partSays is a part, or a range of parts, as people read it.
func (r *reading) partSays(lang, word string) string {
	if low, high, ok := strings.Cut(word, "-"); ok {
		return r.say(lang, "deals.role.range", "Low", r.say(lang, "deals.role."+low), "High", r.say(lang, "deals.role."+high))
	}
	return r.say(lang, "deals.role."+word)
}
