package web

// registerOpinion lists the addresses of statements, answers and expectations.
func (s *Server) registerOpinion() {}
