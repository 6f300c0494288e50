package web

import (
	"html/template"
	"net/url"
	"strings"

	"parley/deal"
	"parley/i18n"
	"parley/interest"
)

// shownFalls is how many conditions a card lists before the rest folds away.
const shownFalls = 3

// swapCard is a small swap as a card: who moves on what, one sentence a side,
// who is absent, and when it would fall.
type swapCard struct {
	N         int
	Title     template.HTML
	Moves     []swapMove
	Because   []string
	Once      []matter
	Absent    []Phrase
	Falls     []fall
	MoreFalls []fall
	Proof     []proof
	Support   *supportView
}

// swapMove is one step of one side.
type swapMove struct {
	Side   Side
	Matter matter
	Words  template.HTML
}

// fall is a condition under which a swap would no longer serve everyone.
type fall struct {
	Words string
	Try   string // address of the page that shows it; empty in a report
}

func (v *dealsView) addSwaps() {
	for n, s := range v.a.Swaps {
		c := swapCard{N: n + 1, Because: v.bySide(inLanguage(s.Because, v.m.lang)), Absent: v.absentees(s.NotAtTheTable), Proof: v.proofs(s.Proof)}
		var topics []string
		for _, side := range v.m.sides {
			for _, m := range s.Moves {
				if m.Side != string(side.ID) {
					continue
				}
				x := swapMove{Side: side, Matter: v.topic(m.Topic)}
				x.Words = v.moveWords(m, x.Matter)
				c.Moves = append(c.Moves, x)
				topics = append(topics, string(x.Matter.Title.HTML()))
			}
		}
		// What is exchanged are steps on matters, never the matters themselves:
		// some of them bear the names of countries.
		matters := template.HTML(strings.Join(topics, ` <span class="against" aria-hidden="true">⇄</span> <span class="unseen">`+
			template.HTMLEscapeString(v.T("deals.against"))+`</span> `))
		c.Title = v.H("deals.swap.title", "Matters", matters)
		for _, id := range s.OneInterest {
			c.Once = append(c.Once, v.interest(id))
		}
		for i, f := range s.FlipsIf {
			if i < shownFalls {
				c.Falls = append(c.Falls, v.fall(f))
			} else {
				c.MoreFalls = append(c.MoreFalls, v.fall(f))
			}
		}
		v.Swaps = append(v.Swaps, c)
	}
}

// moveWords says in which way a side moves. An option that somebody wrote has
// words of its own.
func (v *dealsView) moveWords(m deal.Move, x matter) template.HTML {
	key := "deals.move"
	if deal.Halfway(m.Option) {
		key = "deals.move.half"
	}
	if !v.Two {
		key += ".many"
	}
	words := v.H(key, "Matter", x.HTML())
	if title := v.writtenTitle(deal.Choice{Topic: m.Topic, Option: m.Option}); title != "" {
		words += v.H("deals.move.option", "Option", title)
	}
	return words
}

// writtenTitle is the title that somebody gave an option.
func (v *dealsView) writtenTitle(c deal.Choice) template.HTML {
	if v.m.Table == nil {
		return ""
	}
	for _, i := range v.m.Table.Issues {
		for _, o := range i.Options {
			if string(i.Topic) == c.Topic && o.ID == c.Option && len(o.Title) > 0 {
				return v.m.phrase(o.Title).HTML()
			}
		}
	}
	return ""
}

func (v *dealsView) absentees(names []map[string]string) []Phrase {
	texts := make([]i18n.Text, len(names))
	for i, n := range names {
		texts[i] = n
	}
	return v.names(texts)
}

// fall words a change of one judgement, and links to the page that shows it.
func (v *dealsView) fall(f deal.Flip) fall {
	x := v.interest(f.Interest)
	if f.Kind == "tier" {
		side := Side{}
		if _, r := v.m.index.Interest(interest.ID(f.Interest)); r != nil {
			side = v.m.side(r.Subject)
		}
		return fall{
			v.T("deals.falls.tier", "Side", side.Name.Words, "Interest", x.Title.Words, "From", v.tier(f.From), "To", v.tier(f.To)),
			v.try(f.Interest + "=" + or(f.To, "unplaced")),
		}
	}
	return fall{
		v.T("deals.falls.role", "Side", v.side(f.Side).Name.Words, "Interest", x.Title.Words, "From", v.role(f.From), "To", v.role(f.To)),
		v.try(f.Interest + ":" + f.Side + "=" + or(f.To, "unknown")),
	}
}

func or(word, other string) string {
	if word == "" {
		return other
	}
	return word
}

// try is the address at which an assumption is tried out.
func (v *dealsView) try(assumption string) string {
	if v.Suppose == "" {
		return ""
	}
	address, query, _ := strings.Cut(v.Suppose, "?")
	q, _ := url.ParseQuery(query)
	q.Add("assume", assumption)
	return address + "?" + q.Encode()
}

// role names a part, or the range of two.
func (v *dealsView) role(word string) string {
	low, high, isRange := strings.Cut(or(word, "unknown"), "-")
	if !isRange {
		return v.T("deals.role." + low)
	}
	return v.T("deals.role.range", "Low", v.T("deals.role."+low), "High", v.T("deals.role."+high))
}
