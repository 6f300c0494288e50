package api

// registerForum lists the operations of problems, actions and comments.
func (s *server) registerForum() {}
