package web

// registerForum lists the addresses of problems, actions and their comments.
func (s *Server) registerForum() {}
