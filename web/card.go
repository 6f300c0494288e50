package web

import (
	"parley/dialogue"
)

// card is what everybody is told before they join: what this is for, who runs
// and pays for it, who will learn that they take part, and what cannot be
// promised.
type card struct {
	Facts []cardFact
}

// cardFact is one line of the card: our own sentences, then the convener's
// words. Unstated says that there are neither.
type cardFact struct {
	Name      string
	Sentences []string
	Text      prose
	Unstated  bool
}

// card makes the card of a dialogue.
func (h *hall) card() card {
	w, d := h.words, h.d
	t := func(keys ...string) []string {
		var out []string
		for _, k := range keys {
			out = append(out, w.T("room.card."+k))
		}
		return out
	}
	operator := written(d.Operator, h.lang, 3)
	if operator.HTML == "" {
		operator = written(d.Host, h.lang, 3)
	}
	facts := []cardFact{
		{Name: "purpose", Text: written(d.Purpose, h.lang, 3)},
		{Name: "operator", Text: operator},
		{Name: "payer", Text: written(d.Payer, h.lang, 3)},
		{Name: "country", Text: written(d.Country, h.lang, 3)},
		{Name: "visible", Sentences: t(visibleTo(d)...)},
		{Name: "rule", Sentences: []string{w.T("web.rule." + string(ruleOf(d))), w.T("room.card.rule." + string(ruleOf(d)))}},
		{Name: "readers", Sentences: t("readers." + string(ruleOf(d))), Text: written(d.Readers, h.lang, 3)},
		{Name: "keeping", Sentences: t("keeping.declaration"), Text: written(d.Keeping, h.lang, 3)},
		{Name: "limits", Sentences: t("limits.operator", "limits.state", "limits.members"), Text: written(d.Limits, h.lang, 3)},
		{Name: "exit", Sentences: t("exit.any"), Text: written(d.Exit, h.lang, 3)},
		{Name: "contact", Text: written(d.Contact, h.lang, 3)},
	}
	for i := range facts {
		f := &facts[i]
		f.Unstated = f.Text.HTML == "" && len(f.Sentences) == 0
		f.Name = w.T("room.card." + f.Name)
	}
	return card{facts}
}

// visibleTo names the sentences that say who learns that somebody takes part.
func visibleTo(d dialogue.Configured) []string {
	to := []string{"visible.nobody", "visible." + rosterOf(d)}
	if ruleOf(d) == dialogue.Public {
		to = []string{"visible.public", "visible.written", "visible." + rosterOf(d)}
	}
	if d.Roster == dialogue.RosterMembers && d.Rule.NamesPeople() {
		to = append(to, "visible.named")
	}
	return append(to, "visible.desk")
}

// rosterOf and ruleOf are the settings in force where none was made.
func rosterOf(d dialogue.Configured) string {
	if d.Roster == dialogue.RosterMembers {
		return string(dialogue.RosterMembers)
	}
	return string(dialogue.RosterClosed)
}

func ruleOf(d dialogue.Configured) dialogue.Rule {
	if d.Rule == "" {
		return dialogue.Public
	}
	return d.Rule
}
