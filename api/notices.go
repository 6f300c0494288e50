package api

// registerNotices lists the operations of notices, follow levels and feeds.
func (s *server) registerNotices() {}
