package account

import "time"

// Draft is what a person was writing and has not sent, by field.
type Draft struct {
	Place   string            `json:"place"`
	Fields  map[string]string `json:"fields"`
	SavedAt time.Time         `json:"saved_at"`
}

// Mark is what a person said of somebody else's words, or, with Lang, of their
// translation.
type Mark struct {
	Item int64  `json:"item"`
	Lang string `json:"lang,omitempty"`
	Mark string `json:"mark"`
}
