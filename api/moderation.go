package api

// registerModeration lists the operations of reports and decisions.
func (s *server) registerModeration() {}
