package web

import (
	"slices"

	"parley/interest"
)

// misjudged lists the topics in which what is said about a side stands against
// what the register that counts for it says.
func (m *room) misjudged() []*interest.Topic {
	var out []*interest.Topic
	for _, b := range slices.Concat(m.compare.Perception, m.compare.BetweenAuthors) {
		if t := m.topics[interest.TopicID(b.Topic)]; !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	return out
}

// perceptionTitle says whether sides misjudge each other or one source
// contradicts itself: the two are never mixed up.
func (m *room) perceptionTitle() string {
	between, within := false, false
	for _, b := range m.compare.Perception {
		between = between || b.Basis == interest.BetweenSides
		within = within || b.Basis == interest.WithinOneSource
	}
	switch {
	case between && within:
		return m.words.T("web.perception.title.mixed")
	case between:
		return m.words.T("web.perception.title.between")
	case within:
		return m.words.T("web.perception.title.within")
	case len(m.compare.BetweenAuthors) > 0:
		return m.words.T("web.perception.title.authors")
	}
	return m.words.T("web.perception.title.none")
}
