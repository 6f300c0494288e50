package web

// registerModeration lists the addresses of reports, the queue and the public log.
func (s *Server) registerModeration() {}
