package api

const (
	atomMIME = "application/atom+xml"
	jsonFeed = "application/feed+json"
)

// registerFeeds lists the feeds.
func (s *server) registerFeeds() {}
