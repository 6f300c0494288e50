package web

import "parley/i18n"

// aboutFacts are what a person wants to know of a dialogue before trusting it.
// An empty one was not stated; of the settings only those are shown that the
// convener wrote, and who runs and pays once: in one line where there is one.
type aboutFacts struct {
	Purpose     prose
	Stage       string
	Rule        string
	RuleMeaning string
	Host        prose
	Hosted      bool // there is a line for who runs and pays: what it says, or that nobody said it
	Settings    []cardFact
	Source      Phrase
	Address     string // of the page that says it all
	Object      string // where to object, and how to leave
}

// stage is how far the dialogue has come, as an end of the sentence "stage: ...".
func (h *hall) stage() string {
	return h.words.T("web.stage.is", "Stage", h.words.T("web.stage."+string(h.d.Stage)))
}

func (h *hall) facts() aboutFacts {
	d := h.d
	f := aboutFacts{
		Purpose: written(d.Purpose, h.lang, 3), Source: phrase(d.Source, h.lang), Address: h.to("about"), Object: h.to("contact"),
		Host: written(d.Host, h.lang, 3),
	}
	f.Hosted = f.Host.HTML != "" || len(d.Operator) == 0 && len(d.Payer) == 0
	if d.Stage != "" {
		f.Stage = h.stage()
	}
	if d.Rule != "" {
		f.Rule = h.words.T("web.rule." + string(d.Rule))
		f.RuleMeaning = h.words.T("room.card.rule." + string(d.Rule))
	}
	for _, s := range []struct {
		key  string
		text i18n.Text
	}{
		{"operator", d.Operator}, {"payer", d.Payer}, {"country", d.Country}, {"readers", d.Readers}, {"keeping", d.Keeping},
		{"limits", d.Limits}, {"exit", d.Exit}, {"contact", d.Contact},
	} {
		if f.Host.HTML != "" && (s.key == "operator" || s.key == "payer") {
			continue // one line says who runs and who pays
		}
		if text := written(s.text, h.lang, 3); text.HTML != "" {
			f.Settings = append(f.Settings, cardFact{Name: h.words.T("room.card." + s.key), Text: text})
		}
	}
	return f
}
