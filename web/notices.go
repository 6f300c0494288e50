package web

// registerNotices lists the addresses of the bell, what one follows, letters.
func (s *Server) registerNotices() {}
