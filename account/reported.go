package account

import "time"

// Moderated is what a person has to do with the moderation of a dialogue, as
// plain data so that this package need not know of it.
type Moderated struct {
	Reports   []Reported   `json:"reports"`   // that they made
	Decisions []JudgedOn   `json:"decisions"` // about their own words
	Sanctions []Sanctioned `json:"sanctions"`
	Decided   int          `json:"decided"`   // decisions that they took
	RulesSet  int          `json:"rules_set"` // how often they changed how strictly the forum is kept
}

// Reported is one report that the person made.
type Reported struct {
	Item   int64     `json:"item"`
	Lang   string    `json:"lang,omitempty"` // of a translation
	Reason string    `json:"reason"`
	Text   string    `json:"text"`
	At     time.Time `json:"at"`
}

// JudgedOn is one decision about the person's words, and their appeal.
type JudgedOn struct {
	Case    int64     `json:"case"`
	Item    int64     `json:"item"`
	Lang    string    `json:"lang,omitempty"`
	Verdict string    `json:"verdict"`
	Reason  string    `json:"reason"`
	Text    string    `json:"text"`
	At      time.Time `json:"at"`
	Appeal  string    `json:"appeal,omitempty"`
}

// Sanctioned is what keeps the person from writing, or kept them.
type Sanctioned struct {
	Case   int64     `json:"case"`
	MadeAt time.Time `json:"made_at"`
	Until  time.Time `json:"until"`
}
