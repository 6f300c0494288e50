package account

import "time"

// Heard is how a person hears of what happens, and of what they heard, as plain
// data so that this package need not know of notices.
type Heard struct {
	Every      string    `json:"every"` // how often the digest goes
	Hour       int       `json:"hour"`
	Weekday    string    `json:"weekday"`
	Quiet      bool      `json:"quiet"` // no letters between these hours
	From       int       `json:"from"`
	To         int       `json:"to"`
	Letters    bool      `json:"letters"`
	HasFeedKey bool      `json:"has_feed_key"`
	Of         []HeardOf `json:"heard_of"`
}

// HeardOf is one thing that the person was told of.
type HeardOf struct {
	Dialogue string    `json:"dialogue"`
	Kind     string    `json:"kind"`
	Item     int64     `json:"item"`
	Why      string    `json:"why"`
	At       time.Time `json:"at"`
	Read     bool      `json:"read"`
}

// Followed is one thing that the person follows in a dialogue; item 0 is the
// dialogue itself.
type Followed struct {
	Item  int64  `json:"item"`
	Level string `json:"level"`
}
