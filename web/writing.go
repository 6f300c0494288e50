package web

import "parley/dialogue"

// registerWriting lists the addresses of what all contributions share: edits, drafts, translations, search.
func (s *Server) registerWriting() {
	s.get(dialogue.Read, "/{lang}/{dialogue}/item/{item}", s.whereItStands)
	s.get(dialogue.Write, "/{lang}/{dialogue}/item/{item}/edit", s.editItem)
	s.post(dialogue.Write, "/{lang}/{dialogue}/item/{item}/edit", s.saveItem)
	s.get(dialogue.Read, "/{lang}/{dialogue}/item/{item}/history", s.history)
	s.get(dialogue.Translate, "/{lang}/{dialogue}/item/{item}/translate", s.translateItem)
	s.post(dialogue.Translate, "/{lang}/{dialogue}/item/{item}/translate", s.saveTranslation)
	s.post(dialogue.React, "/{lang}/{dialogue}/item/{item}/rate", s.rateTranslation)
	s.post(dialogue.React, "/{lang}/{dialogue}/item/{item}/react", s.react)
	s.post(dialogue.Write, "/{lang}/{dialogue}/item/{item}/withdraw", s.withdraw)
	s.post(dialogue.Write, "/{lang}/{dialogue}/item/{item}/restore", s.restore)
	s.get(dialogue.BeMember, "/{lang}/{dialogue}/drafts", s.drafts) // they stay one's own while nothing is sent
	s.post(dialogue.BeMember, "/{lang}/{dialogue}/drafts", s.saveDraft)
	s.get(dialogue.Read, "/{lang}/{dialogue}/search", s.search)
}
