package dossier

import (
	"strconv"

	"parley/i18n"
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
			r.mistake(f.at, amiss("weighing-lacks", "Key", key), instead("weighing"))
			return w, false
		}
	}
	w.More, w.Than = r.within(f.get("more"), "more", of), r.within(f.get("than"), "than", of)
	if f.has("times") {
		w.Times = r.part(f.get("times"), "times", maxTimes)
	}
	if w.More == w.Than && w.More != "" {
		r.mistake(f.place("than"), amiss("with-itself", "Interest", w.More), instead("other-interest"))
	}
	return w, w.More != "" && w.Than != ""
}

func (r *reader) tradeOff(f fields, of []interest.Interest) (w interest.Weighing, ok bool) {
	for _, key := range []string{"more", "than", "times"} {
		if f.has(key) {
			r.mistake(f.place(key), amiss("as-well", "Key", key), instead("as-well"))
			return w, false
		}
	}
	seen := map[interest.ID]bool{}
	read := func(key string) (parts []interest.Part) {
		if !f.has(key) {
			r.mistake(f.at, amiss("trade-off-lacks", "Key", key), instead("trade-off"))
			return nil
		}
		pairs := r.named(f.get(key), key)
		if n := len(pairs); f.get(key).kind == mapping && (n == 0 || n > maxWeighed) {
			r.mistake(f.place(key), amiss("weighed", "Key", key, "Got", n), instead("weighed", "Most", maxWeighed))
			return nil
		}
		for _, p := range pairs {
			id := r.within(p.key, key, of)
			if seen[id] && id != "" {
				r.mistake(p.key.place, amiss("weighed-twice", "Interest", id), instead("once"))
			}
			seen[id] = true
			parts = append(parts, interest.Part{Interest: id, Of: r.part(p.value, called("part", "Interest", id), 1)})
		}
		return parts
	}
	w.Gain, w.Outweighs = read("gain"), read("outweighs")
	return w, len(w.Gain) > 0 && len(w.Outweighs) > 0
}

// part reads a number above 0.
func (r *reader) part(n *node, name label, most int64) interest.Fraction {
	so := len(r.found)
	f := r.fraction(n, name, 0, most)
	if len(r.found) == so && f.Sign() == 0 {
		r.mistake(n.place, amiss("zero", "Name", name), instead("above-zero", "Most", most))
	}
	return f
}

// within reads the id of an interest of the same register.
func (r *reader) within(n *node, name label, of []interest.Interest) interest.ID {
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
	r.misspelt(n.place, amiss("not-of-register", "Name", name, "Word", quote(w)), instead("of-register"), w, known)
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
	r.mistake(at[set[len(set)-1]], clashing(lines, byTiers), instead("clash"))
}

// clashing says that a statement contradicts those in the lines before it, or,
// with them, the tiers.
func clashing(lines []string, byTiers bool) i18n.Sentence {
	switch before := i18n.List(lines); {
	case len(lines) == 0 && byTiers:
		return amiss("clash-tiers")
	case len(lines) == 0:
		return amiss("clash-itself")
	case len(lines) == 1 && byTiers:
		return amiss("clash-two-tiers", "Line", before)
	case len(lines) == 1:
		return amiss("clash-two", "Line", before)
	case byTiers:
		return amiss("clash-many-tiers", "Lines", before)
	default:
		return amiss("clash-many", "Lines", before)
	}
}
