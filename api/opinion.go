package api

// registerOpinion lists the operations of statements, votes and guesses.
func (s *server) registerOpinion() {}
