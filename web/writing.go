package web

// registerWriting lists the addresses of what all contributions share: edits, drafts, translations, search.
func (s *Server) registerWriting() {}
