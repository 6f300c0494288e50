package deal

import (
	"strconv"
	"strings"

	"parley/i18n"
)

// becauseStrength says how a package stands against all others.
func (s *search) becauseStrength(p PackageStrength, at *proposal) map[string][]string {
	return inEveryLanguage(func(w *i18n.Words) []string {
		out := []string{w.T("strength.efficient." + p.Efficient)}
		if p.Undecided {
			out = append(out, w.T("strength.efficient.undecided"))
		}
		if p.Better != nil {
			var changed []string
			for _, i := range s.inFileOrder() {
				l := &s.q.labels.issues[i]
				if id := p.Better[l.id]; id != l.options[at.choice[i]].id {
					changed = append(changed, w.T("strength.choice", "Topic", l.title.In(w.Lang), "Option", s.optionWords(w, i, id)))
				}
			}
			out = append(out, w.T("strength.better", "Changes", strings.Join(changed, "; ")))
		}
		return out
	})
}

// optionWords is how people read an option: its title, or what a derived one
// does.
func (s *search) optionWords(w *i18n.Words, issue int, id string) string {
	l := &s.q.labels.issues[issue]
	for k := range l.options {
		if l.options[k].id == id {
			return s.optionName(w, issue, k)
		}
	}
	return id
}

// becauseJudgement says what is supposed, then one sentence for each consequence.
func (s *search) becauseJudgement(j *Judgement) map[string][]string {
	return inEveryLanguage(func(w *i18n.Words) []string {
		out := []string{s.supposition(w, j)}
		for _, list := range []struct {
			key string
			all []Consequence
		}{{"ends", j.Ends}, {"begins", j.Begins}} {
			for _, c := range list.all {
				out = append(out, w.T("strength."+list.key+"."+c.Kind, "What", s.consequence(w, c)))
			}
		}
		return out
	})
}

func (s *search) supposition(w *i18n.Words, j *Judgement) string {
	if j.Kind == "weights" {
		return s.notSaid(w, j)
	}
	for n := range s.q.labels.entries {
		e := &s.q.labels.entries[n]
		if e.id != j.Interest {
			continue
		}
		side, title := s.sideName(w, s.q.table.entries[n].side), e.title.In(w.Lang)
		if j.Kind == "tier" {
			return w.T("strength.if.tier", "Side", side, "Title", title, "From", w.T("deal.tier."+j.From), "To", w.T("deal.tier."+j.To))
		}
		return w.T("strength.if.role", "Side", side, "Title", title, "Other", s.sideNamed(w, j.Side), "From", partWords(w, j.From), "To", partWords(w, j.To))
	}
	return ""
}

// notSaid supposes that a side said nothing of how interests of its own compare.
func (s *search) notSaid(w *i18n.Words, j *Judgement) string {
	title := map[string]string{}
	for _, e := range s.q.labels.entries {
		title[e.id] = w.T("deal.quoted", "Words", e.title.In(w.Lang))
	}
	sum := func(terms string) string {
		var out []string
		for _, term := range strings.Split(terms, " + ") {
			words := title[term]
			if times, id, counted := strings.Cut(term, " "); counted {
				words = w.T("strength.times", "Times", times, "What", title[id])
			}
			out = append(out, words)
		}
		return strings.Join(out, " + ")
	}
	more, than, _ := strings.Cut(j.Statement, " >= ")
	key := "strength.if.weights"
	if strings.Contains(more, " + ") {
		key = "strength.if.weights.together"
	}
	return w.T(key, "Side", s.sideNamed(w, j.Side), "More", sum(more), "Than", sum(than))
}

// partWords is a part, or a range of parts, as people read it.
func partWords(w *i18n.Words, role string) string {
	if low, high, ok := strings.Cut(role, "-"); ok {
		return w.T("deals.role.range", "Low", w.T("deals.role."+low), "High", w.T("deals.role."+high))
	}
	return w.T("deals.role." + role)
}

func (s *search) sideNamed(w *i18n.Words, id string) string {
	for p := range s.q.labels.sides {
		if s.q.labels.sides[p].id == id {
			return s.sideName(w, p)
		}
	}
	return id
}

// consequence names what would end or begin: who moves on what.
func (s *search) consequence(w *i18n.Words, c Consequence) string {
	title := func(topic string) string {
		for i := range s.q.labels.issues {
			if l := &s.q.labels.issues[i]; l.id == topic {
				return w.T("deal.quoted", "Words", l.title.In(w.Lang))
			}
		}
		return topic
	}
	var out []string
	for _, n := range c.Deals {
		out = append(out, strconv.Itoa(n))
	}
	switch c.Kind {
	case "quick-win":
		return title(c.Topic)
	case "packages":
		return i18n.List(out)
	}
	for _, m := range c.Moves {
		out = append(out, w.T("strength.move", "Side", s.sideNamed(w, m.Side), "Topic", title(m.Topic)))
	}
	return strings.Join(out, "; ")
}
