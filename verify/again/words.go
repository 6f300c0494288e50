package again

import (
	"cmp"
	"slices"
	"strconv"
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
		key := r.toward("deal.move")
		if r.Issues[m.issue].Written {
			key = "deal.move.written"
		} else if strings.HasSuffix(l.ID, "-half") {
			key += ".half"
		}
		out = append(out, r.say(lang, key, "Side", strings.Join(names, r.say(lang, "deal.and")), "Topic", r.topic(lang, m), "Option", cmp.Or(in(l.Title, lang), l.ID)))
	}
	return out
}

// served lists the interests of a side that moves serve (sign 1) or cost (-1) with every part in the middle.
func (r *reading) served(lang string, side int, set []move, sign int64) string {
	middle, worst := r.tally(set, r.middle, r.middle), r.least(set)
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

// toward is the key of sentences about steps toward the other side, or the others.
func (r *reading) toward(key string) string {
	if r.Sides > 2 {
		return key + ".many"
	}
	return key
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
		return append(r.moveSays(lang, set), r.sideSays(lang, r.toward("deal.package"), func(s int) (string, string) {
			var moved, gains []string
			for _, m := range set {
				topic := r.say(lang, "deal.quoted", "Words", r.topic(lang, m))
				if slices.Contains(r.option(m).Movers, s) {
					moved = append(moved, topic)
				} else if r.table.issues[m.issue][m.option][s] > r.table.issues[m.issue][0][s] {
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

// ruleSays lists the rules as the file has them, each as a sentence.
func (r *reading) ruleSays() any {
	out := list{}
	for _, k := range r.ruleOrder() {
		u := r.Rules[k]
		says := obj{"number": r.labels.Rules[k].Number, "kind": u.Kind, "note": r.labels.Rules[k].Note, "because": r.because(func(lang string) []string {
			return append([]string{r.ruleWords(lang, u)}, r.givesSays(lang, u)...)
		})}
		if u.Side != nil {
			says["side"] = r.labels.Sides[*u.Side].ID
		}
		out = append(out, says)
	}
	return out
}

func (r *reading) ruleOrder() []int {
	order := make([]int, len(r.Rules))
	for k := range order {
		order[k] = k
	}
	slices.SortFunc(order, func(a, b int) int { return r.labels.Rules[a].Number - r.labels.Rules[b].Number })
	return order
}

func (r *reading) ruleWords(lang string, u rule) string {
	when, of, others := r.literalSays(lang, u.When), r.literalSays(lang, u.Of), []literal{}
	for _, l := range u.Of {
		rest := literal{Issue: l.Issue}
		for k := range r.Issues[l.Issue].Options {
			if !slices.Contains(l.Options, k) {
				rest.Options = append(rest.Options, k)
			}
		}
		others = append(others, rest)
	}
	var side, interest string
	if u.Side != nil {
		side = r.sideName(lang, *u.Side)
	}
	if u.Interest != nil {
		interest = r.quoted(lang, *u.Interest)
	}
	key := "rule." + u.Kind + map[bool]string{
		u.Kind == "requires" && u.AtLeast < len(u.Of): ".some", u.Kind == "excludes" && len(u.Of) == 0: ".all",
		u.Kind == "refuses" && len(u.When) > 1: ".together", u.Kind == "not-below" && len(u.When) > 0: ".when",
	}[true]
	return r.say(lang, key, "When", when, "Of", of, "N", strconv.Itoa(u.AtLeast), "Others", r.literalSays(lang, others),
		"Side", side, "Interest", interest)
}

// literalSays names options by their issues, as the file has these.
func (r *reading) literalSays(lang string, all []literal) string {
	var out []string
	for _, m := range r.issuesInFile() {
		for _, l := range all {
			if l.Issue != m.issue {
				continue
			}
			var options []string
			for _, k := range r.optionsInFile(l.Issue) {
				if slices.Contains(l.Options, k) {
					options = append(options, r.optionSays(lang, move{l.Issue, k}))
				}
			}
			out = append(out, r.say(lang, "rule.literal", "Topic", r.topic(lang, m), "Options", strings.Join(options, r.say(lang, "rule.or"))))
		}
	}
	return strings.Join(out, "; ")
}

func (r *reading) optionSays(lang string, m move) string {
	l, o := r.labels.Issues[m.issue].Options[m.option], r.option(m)
	key, who := "rule.option.together", o.Actors
	switch title := in(l.Title, lang); {
	case title != "":
		return title
	case r.Issues[m.issue].Written:
		return l.ID
	case m.option == 0:
		key = "rule.option.keep"
	case len(o.Movers) > 0 && strings.HasSuffix(l.ID, "-half"):
		key, who = r.toward("rule.option")+".half", o.Movers
	case len(o.Movers) > 0:
		key, who = r.toward("rule.option")+".moves", o.Movers
	}
	var names []string
	for _, s := range r.labels.ByName[lang] {
		if slices.Contains(who, s) {
			names = append(names, r.sideName(lang, s))
		}
	}
	return r.say(lang, key, "Sides", strings.Join(names, r.say(lang, "deal.and")))
}

// quoted is the title of an interest with its rank.
func (r *reading) quoted(lang string, n int) string {
	tier := r.say(lang, "deal.tier."+tierWords[r.tier[n]])
	return r.say(lang, "deal.interest", "Title", in(r.labels.Interests[n].Title, lang), "Tier", tier)
}

// givesSays says what options do together.
func (r *reading) givesSays(lang string, u rule) (out []string) {
	if u.Kind != "together" {
		return nil
	}
	for _, e := range u.Effects {
		key := "rule.gives"
		if rat(e.Base).Sign() < 0 {
			key = "rule.costs"
		}
		out = append(out, r.say(lang, key, "Side", r.sideName(lang, r.side[e.Interest]), "Interest", r.quoted(lang, e.Interest)))
	}
	for _, s := range r.labels.ByName[lang] {
		if u.Points != nil && rat(u.Points[s]).Sign() != 0 {
			points := strings.Replace(rat(u.Points[s]).RatString(), "-", "−", 1)
			if rat(u.Points[s]).Sign() > 0 {
				points = "+" + points
			}
			out = append(out, r.say(lang, "rule.points", "Side", r.sideName(lang, s), "Points", points))
		}
	}
	if out == nil {
		out = append(out, r.say(lang, "rule.nothing"))
	}
	return out
}

// unkept reports whether the status quo breaks a rule under some reading of the stakes.
func (r *reading) unkept() bool {
	return r.readings[0].broken(r.after(nil)) != nil || r.readings[1].broken(r.after(nil)) != nil
}
