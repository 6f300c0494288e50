package dossier

import (
	"fmt"
	"strconv"
	"strings"

	"parley/interest"
)

// Limits of what a register says about weights.
const (
	MaxWeighings = 40    // statements
	maxWeighed   = 10    // interests on one side of a statement
	maxTimes     = 1_000 // how many times as much an interest can be said to matter
)

// weights reads what a register says about the weights of its interests beyond
// their tiers.
func (r *reader) weights(n *node, of []interest.Interest) (out []interest.Weighing) {
	so := len(r.found)
	var places []place
	for _, i := range r.items(n, "weights", 0, MaxWeighings) {
		f, ok := r.fields(i, shapeWeighing)
		if !ok {
			continue
		}
		if w, ok := r.weighing(f, of); ok {
			out, places = append(out, w), append(places, f.at)
		}
	}
	if len(r.found) == so {
		r.contradiction(out, places, of)
	}
	return out
}

// weighing reads one statement: an interest beside another, or a trade-off.
func (r *reader) weighing(f fields, of []interest.Interest) (w interest.Weighing, ok bool) {
	if f.has("gain") || f.has("outweighs") {
		return r.tradeOff(f, of)
	}
	for _, key := range []string{"more", "than"} {
		if !f.has(key) {
			r.mistake(f.at, "a statement about weights lacks "+key, "write {more: ID, than: ID} or {gain: {ID: 1}, outweighs: {ID: 1}} instead")
			return w, false
		}
	}
	w.More, w.Than = r.within(f.get("more"), "more", of), r.within(f.get("than"), "than", of)
	if f.has("times") {
		w.Times = r.part(f.get("times"), "times", maxTimes)
	}
	if w.More == w.Than && w.More != "" {
		r.mistake(f.place("than"), fmt.Sprintf("%s is compared with itself", w.More), "write another interest instead")
	}
	return w, w.More != "" && w.Than != ""
}

func (r *reader) tradeOff(f fields, of []interest.Interest) (w interest.Weighing, ok bool) {
	for _, key := range []string{"more", "than", "times"} {
		if f.has(key) {
			r.mistake(f.place(key), "a statement with gain and outweighs has "+key+" as well", "write two statements, or leave it out")
			return w, false
		}
	}
	seen := map[interest.ID]bool{}
	read := func(key string) (parts []interest.Part) {
		if !f.has(key) {
			r.mistake(f.at, "a trade-off lacks "+key, "write {gain: {ID: 1}, outweighs: {ID: 1}} instead")
			return nil
		}
		pairs := r.named(f.get(key), key)
		if n := len(pairs); f.get(key).kind == mapping && (n == 0 || n > maxWeighed) {
			r.mistake(f.place(key), fmt.Sprintf("%s names %d interests", key, n), fmt.Sprintf("write 1 to %d of them instead", maxWeighed))
			return nil
		}
		for _, p := range pairs {
			id := r.within(p.key, key, of)
			if seen[id] && id != "" {
				r.mistake(p.key.place, fmt.Sprintf("the trade-off names %s twice", id), "write it once instead")
			}
			seen[id] = true
			parts = append(parts, interest.Part{Interest: id, Of: r.part(p.value, "the part of "+string(id), 1)})
		}
		return parts
	}
	w.Gain, w.Outweighs = read("gain"), read("outweighs")
	return w, len(w.Gain) > 0 && len(w.Outweighs) > 0
}

// part reads a number above 0.
func (r *reader) part(n *node, name string, most int64) interest.Fraction {
	so := len(r.found)
	f := r.fraction(n, name, 0, most)
	if len(r.found) == so && f.Sign() == 0 {
		r.mistake(n.place, name+" is 0", fmt.Sprintf("write a number above 0 and at most %d instead", most))
	}
	return f
}

// within reads the id of an interest of the same register.
func (r *reader) within(n *node, name string, of []interest.Interest) interest.ID {
	w, ok := r.word(n, name)
	if !ok {
		return ""
	}
	var known []string
	for _, i := range of {
		if string(i.ID) == w {
			return i.ID
		}
		known = append(known, string(i.ID))
	}
	r.misspelt(n.place, fmt.Sprintf("%s names %s, which is no interest of this register", name, quote(w)), "write an interest of the register instead", w, known)
	return ""
}

// contradiction reports statements that no weights satisfy which are all above 0
// and fall from tier to tier: as few of them as contradict one another.
func (r *reader) contradiction(said []interest.Weighing, at []place, of []interest.Interest) {
	set, byTiers := interest.ClashingWeights(said, of)
	if len(set) == 0 {
		return
	}
	var lines []string
	for _, i := range set[:len(set)-1] {
		lines = append(lines, strconv.Itoa(at[i].line))
	}
	who, many := "this statement", "contradict"
	switch len(lines) {
	case 0:
		many = "contradicts"
	case 1:
		who += " and the one in line " + lines[0]
	default:
		who += " and those in lines " + strings.Join(lines, ", ")
	}
	what := "each other"
	switch {
	case byTiers:
		what = "the tiers"
	case len(lines) == 0:
		what = "itself"
	case len(lines) > 1:
		what = "one another"
	}
	r.mistake(at[set[len(set)-1]], fmt.Sprintf("%s %s %s: no weights above 0 satisfy all of it", who, many, what), "take one of them back, or change a tier, instead")
}
