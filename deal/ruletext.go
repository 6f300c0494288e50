package deal

import (
	"math/big"
	"slices"
	"strings"

	"parley/engine/pareto"
	"parley/i18n"
)

// Rules lists the rules of a table as an answer has them, without any search.
func Rules(in Input) []RuleInfo {
	t := newTable(in)
	return (&search{q: &Question{table: t, labels: newLabels(in, t)}}).rules()
}

// rules lists the rules of the table as they were applied, in the order of the
// file.
func (s *search) rules() []RuleInfo {
	out := []RuleInfo{}
	for k := range s.q.table.rules {
		u := &s.q.table.rules[k]
		l := s.q.labels.rules[k]
		info := RuleInfo{Number: l.number, Kind: u.kind, Note: l.note, Because: inEveryLanguage(func(w *i18n.Words) []string {
			return s.ruleWords(w, u)
		})}
		if u.side >= 0 {
			info.Side = s.q.labels.sides[u.side].id
		}
		out = append(out, info)
	}
	slices.SortFunc(out, func(a, b RuleInfo) int { return a.Number - b.Number })
	return out
}

// ruleNumber is the place in the file of a rule of the space.
func (s *search) ruleNumber(k int) int {
	return s.q.labels.rules[s.readings[0].conditions[k]].number
}

// ruleWords is a rule in sentences; one about interests begins with the name of
// their side.
func (s *search) ruleWords(w *i18n.Words, u *tableRule) []string {
	if u.joins() {
		return append([]string{w.T("rule.together", "When", s.literals(w, u.when))}, s.given(w, u)...)
	}
	return []string{s.condition(w, u)}
}

func (s *search) condition(w *i18n.Words, u *tableRule) string {
	when := s.literals(w, u.when)
	switch u.kind {
	case kindRequires:
		if u.atLeast < len(u.of) {
			return w.T("rule.requires.some", "When", when, "N", u.atLeast, "Of", s.literals(w, u.of))
		}
		return w.T("rule.requires", "When", when, "Of", s.literals(w, u.of))
	case kindExcludes:
		if len(u.of) == 0 {
			return w.T("rule.excludes.all", "When", when)
		}
		return w.T("rule.excludes", "When", when, "Others", s.literals(w, s.others(u.of)))
	case kindRefuses:
		key := "rule.refuses"
		if len(u.when) > 1 {
			key = "rule.refuses.together"
		}
		return w.T(key, "Side", s.sideName(w, u.side), "When", when)
	}
	key := "rule.not-below"
	if len(u.when) > 0 {
		key = "rule.not-below.when"
	}
	return w.T(key, "Side", s.sideName(w, u.side), "Interest", s.quoted(w, u.entry), "When", when)
}

// quoted is the title of an interest with its rank, as every sentence quotes it.
func (s *search) quoted(w *i18n.Words, entry int) string {
	e := &s.q.labels.entries[entry]
	return w.T("deal.interest", "Title", e.title.In(w.Lang), "Tier", w.T("deal.tier."+tierWord(e.tier)))
}

// others lists, of each literal's issue, the options that it does not name.
func (s *search) others(all []pareto.Literal) []pareto.Literal {
	var out []pareto.Literal
	for _, l := range all {
		o := pareto.Literal{Issue: l.Issue}
		for k := range s.q.table.issues[l.Issue].options {
			if !slices.Contains(l.Options, k) {
				o.Options = append(o.Options, k)
			}
		}
		out = append(out, o)
	}
	return out
}

// literals names options by their issues: “Issue”: one or another.
func (s *search) literals(w *i18n.Words, all []pareto.Literal) string {
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b pareto.Literal) int { return s.byFile(move{issue: a.Issue}, move{issue: b.Issue}) })
	var out []string
	for _, l := range all {
		var options []string
		for _, k := range s.optionsInFileOrder(l.Issue) {
			if slices.Contains(l.Options, k) {
				options = append(options, s.optionName(w, l.Issue, k))
			}
		}
		out = append(out, w.T("rule.literal", "Topic", s.q.labels.issues[l.Issue].title.In(w.Lang), "Options", strings.Join(options, w.T("rule.or"))))
	}
	return strings.Join(out, "; ")
}

// optionName is how people read an option: its title, or what a derived one does.
func (s *search) optionName(w *i18n.Words, issue, k int) string {
	is, l := &s.q.table.issues[issue], &s.q.labels.issues[issue]
	if title := l.options[k].title.In(w.Lang); title != "" {
		return title
	}
	o := &is.options[k]
	switch {
	case is.written:
		return l.options[k].id
	case k == 0:
		return w.T("rule.option.keep")
	case len(o.movers) > 0 && Halfway(l.options[k].id):
		return w.T(s.toward("rule.option")+".half", "Sides", s.sideNames(w, o.movers))
	case len(o.movers) > 0:
		return w.T(s.toward("rule.option")+".moves", "Sides", s.sideNames(w, o.movers))
	}
	return w.T("rule.option.together", "Sides", s.sideNames(w, o.actors))
}

// sideNames joins the names of sides as the reader's alphabet has them.
func (s *search) sideNames(w *i18n.Words, sides []int) string {
	var out []string
	for _, p := range sides {
		out = append(out, s.sideName(w, p))
	}
	i18n.Sort(w.Lang, out, func(n string) string { return n })
	return strings.Join(out, w.T("deal.and"))
}

// given says what options do together, to interests or in points.
func (s *search) given(w *i18n.Words, u *tableRule) []string {
	var out []string
	for _, e := range u.effects {
		key := "rule.gives"
		if e.base.Sign() < 0 {
			key = "rule.costs"
		}
		out = append(out, w.T(key, "Side", s.sideName(w, s.q.table.entries[e.entry].side), "Interest", s.quoted(w, e.entry)))
	}
	for _, p := range s.sidesByName(w) {
		if u.points != nil && u.points[p].Sign() != 0 {
			out = append(out, w.T("rule.points", "Side", s.sideName(w, p), "Points", signed(u.points[p])))
		}
	}
	if len(out) == 0 {
		out = append(out, w.T("rule.nothing"))
	}
	return out
}

// signed writes a number with its sign.
func signed(v *big.Rat) string {
	words := strings.Replace(v.RatString(), "-", "−", 1)
	if v.Sign() > 0 {
		return "+" + words
	}
	return words
}

// conflictInfo says which rules, and which sides' baselines, no package
// satisfies together.
func (s *search) conflictInfo() *Conflict {
	c := s.conflict
	if c == nil {
		return nil
	}
	out := &Conflict{Rules: []int{}, Sides: []string{}, Most: map[string]int64{}, Minimal: c.minimal}
	for _, k := range c.rules {
		out.Rules = append(out.Rules, s.q.labels.rules[k].number)
	}
	slices.Sort(out.Rules)
	for i, p := range c.floors {
		id := s.q.labels.sides[p].id
		out.Sides = append(out.Sides, id)
		if c.known[i] {
			out.Most[id] = c.most[i]
		}
	}
	slices.Sort(out.Sides)
	out.Because = inEveryLanguage(func(w *i18n.Words) []string { return s.conflictWords(w, out.Rules) })
	return out
}

func (s *search) conflictWords(w *i18n.Words, numbers []int) []string {
	c := s.conflict
	key := "rule.conflict.rules"
	switch {
	case len(c.floors) > 0 && len(c.rules) > 0:
		key = "rule.conflict.both"
	case len(c.rules) == 1 && len(c.floors) == 0:
		key = "rule.conflict.rule"
	case len(c.floors) == 1:
		key = "rule.conflict.side"
	case len(c.floors) > 0:
		key = "rule.conflict.sides"
	}
	if !c.minimal && len(c.rules)+len(c.floors) > 1 { // one alone is minimal
		key += ".some"
	}
	out := []string{w.T(key, "Sides", s.sideNames(w, c.floors))}
	for _, r := range s.rules() {
		if slices.Contains(numbers, r.Number) {
			out = append(out, r.Because[w.Lang]...)
		}
	}
	at := inverse(s.sidesByName(w))
	order := make([]int, len(c.floors))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return at[c.floors[a]] - at[c.floors[b]] })
	for _, i := range order {
		if p := c.floors[i]; c.known[i] {
			key := "rule.conflict.most"
			if len(c.floors) == 1 {
				key = "rule.conflict.most.alone"
			}
			out = append(out, w.T(key, "Side", s.sideName(w, p),
				"Most", s.onScale(w, p, c.most[i]), "Base", s.onScale(w, p, s.readings[0].base[p])))
		}
	}
	return out
}

// onScale is a number of points as a decimal part of the side's scale.
func (s *search) onScale(w *i18n.Words, side int, points int64) string {
	words, exact := shortly(w, new(big.Rat).SetFrac(big.NewInt(points), s.readings[0].scale[side]))
	if !exact {
		return "≈ " + words
	}
	return words
}
