package api

// registerWriting lists the operations of what all contributions share.
func (s *server) registerWriting() {}
