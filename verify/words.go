package verify

import (
	"cmp"
	"slices"
	"strings"
)

// in is a text in a language, else in English, else in the first language.
func in(t text, lang string) string {
	var any string
	for _, words := range t {
		any = words
	}
	return cmp.Or(t[lang], t["en"], any)
}

// say fills the places of a sentence: pairs of a name and what stands there.
func (p *proof) say(lang, key string, pairs ...string) string {
	for i := 0; i < len(pairs); i += 2 {
		pairs[i] = "{{." + pairs[i] + "}}"
	}
	return strings.NewReplacer(pairs...).Replace(p.words[lang][key])
}

func (p *proof) because(says func(lang string) []string) obj {
	return obj{"en": says("en"), "ru": says("ru")}
}

func (p *proof) sideName(lang string, s int) string { return in(p.labels.Sides[s].Name, lang) }
func (p *proof) topic(lang string, m move) string   { return in(p.labels.Issues[m.issue].Title, lang) }

// moveSays says of each move who makes it, by the names of those who do.
func (r *reading) moveSays(lang string, set []move) []string {
	first := func(m move) int {
		return slices.IndexFunc(r.labels.ByName[lang], func(s int) bool { return slices.Contains(r.option(m).Movers, s) })
	}
	out := []string{}
	for _, m := range slices.SortedStableFunc(slices.Values(r.inFile(set)), func(a, b move) int { return first(a) - first(b) }) {
		var names []string
		for _, s := range r.labels.ByName[lang] {
			if slices.Contains(r.option(m).Movers, s) {
				names = append(names, r.sideName(lang, s))
			}
		}
		l := r.labels.Issues[m.issue].Options[m.option]
		key := "deal.move"
		if r.Issues[m.issue].Written {
			key = "deal.move.written"
		} else if strings.HasSuffix(l.ID, "-half") {
			key = "deal.move.half"
		}
		out = append(out, r.say(lang, key, "Side", strings.Join(names, r.say(lang, "deal.and")), "Topic", r.topic(lang, m), "Option", cmp.Or(in(l.Title, lang), l.ID)))
	}
	return out
}

// served lists the interests of a side that moves serve (sign 1) or cost (-1) with every part in the middle.
func (r *reading) served(lang string, side int, set []move, sign int64) string {
	middle, worst := r.tally(set, r.middle, r.middle), r.tally(set, r.worst, r.best)
	mine := slices.SortedStableFunc(slices.Values(r.of[side]), func(a, b int) int {
		return cmp.Or(r.tier[b]-r.tier[a], strings.Compare(r.labels.Interests[a].ID, r.labels.Interests[b].ID))
	})
	var out []string
	for _, n := range mine {
		key := "deal.interest"
		if sign > 0 && worst[n] <= 0 {
			key += ".possibly"
		}
		if middle[n]*sign > 0 {
			out = append(out, r.say(lang, key, "Title", in(r.labels.Interests[n].Title, lang), "Tier", r.say(lang, "deal.tier."+tierWords[r.tier[n]])))
		}
	}
	return strings.Join(out, "; ")
}

// sideSays says of every side what it moves on and receives on.
func (r *reading) sideSays(lang, key string, of func(s int) (moved, gains string)) (out []string) {
	for _, s := range r.labels.ByName[lang] {
		moved, gains := of(s)
		kind := map[[2]bool]string{{true, true}: ".both", {true, false}: ".moves", {false, true}: ".gains"}[[2]bool{moved != "", gains != ""}]
		if kind != "" {
			out = append(out, r.say(lang, key+kind, "Side", r.sideName(lang, s), "Moved", moved, "Gains", gains))
		}
	}
	return out
}

func (r *reading) swapSays(set []move) func(string) []string {
	return func(lang string) []string {
		return append(r.moveSays(lang, set), r.sideSays(lang, "deal.swap", func(s int) (string, string) {
			return r.served(lang, s, set, -1), r.served(lang, s, set, 1)
		})...)
	}
}

func (r *reading) dealSays(set []move) func(string) []string {
	return func(lang string) []string {
		return append(r.moveSays(lang, set), r.sideSays(lang, "deal.package", func(s int) (string, string) {
			var moved, gains []string
			for _, m := range set {
				topic := r.say(lang, "deal.quoted", "Words", r.topic(lang, m))
				if slices.Contains(r.option(m).Movers, s) {
					moved = append(moved, topic)
				} else if r.table[m.issue][m.option][s] > r.table[m.issue][0][s] {
					gains = append(gains, topic)
				}
			}
			return strings.Join(moved, ", "), strings.Join(gains, ", ")
		})...)
	}
}

func (r *reading) freeSays(m move) func(string) []string {
	return func(lang string) []string {
		out := []string{}
		for _, s := range r.labels.ByName[lang] {
			if gains := r.served(lang, s, []move{m}, 1); gains != "" {
				out = append(out, r.say(lang, "deal.free.side", "Side", r.sideName(lang, s), "Gains", gains))
			}
		}
		return out
	}
}
