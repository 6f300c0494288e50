package web

// registerFeeds lists the addresses of Atom and JSON feeds and live updates.
func (s *Server) registerFeeds() {}
