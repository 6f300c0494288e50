package web

// aboutFacts are what a person wants to know of a dialogue before trusting it.
// An empty one was not stated.
type aboutFacts struct {
	Purpose Phrase
	Stage   string
	Rule    string
	// RuleNote owns up that a rule which keeps readers out has no force yet.
	RuleNote string
	Host     Phrase
	Source   Phrase
	Address  string // of the page that says it all
}

func (m *room) facts() aboutFacts {
	d := m.Dialogue
	f := aboutFacts{Purpose: m.phrase(d.Purpose), Host: m.phrase(d.Host), Source: m.phrase(d.Source), Address: m.to("about")}
	if d.Stage != "" {
		f.Stage = m.words.T("web.stage." + string(d.Stage))
	}
	if d.Rule != "" {
		f.Rule = m.words.T("web.rule." + string(d.Rule))
		if !m.open() {
			f.RuleNote = m.words.T("web.rule.unforced")
		}
	}
	return f
}
