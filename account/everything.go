package account

import "time"

// Everything is all that is kept about one person, for the archive that they
// take home.
type Everything struct {
	MadeAt      time.Time
	Person      Person
	Sessions    []Session
	Passkeys    []Passkey
	Identities  []Identity
	Tokens      []Token
	Mail        []Mail
	Heard       Heard
	Memberships []Belonging
}

// Mail is a letter to the person that waits, or one of the last thirty days; or
// what they wrote themselves to those who run the site or a dialogue.
type Mail struct {
	Kind     string    `json:"kind"`
	To       string    `json:"to,omitempty"`   // empty once it went out
	Text     string    `json:"text,omitempty"` // what they wrote themselves
	State    string    `json:"state"`
	QueuedAt time.Time `json:"queued_at"`
	SentAt   time.Time `json:"sent_at,omitzero"`
}

// Belonging is one membership with all that belongs to it, as plain data so
// that this package need not know of dialogues.
type Belonging struct {
	Dialogue    string            `json:"dialogue"`
	Title       map[string]string `json:"title"`
	Pseudonym   string            `json:"pseudonym"`
	State       string            `json:"state"`
	Observer    bool              `json:"observer"`
	Sides       []string          `json:"sides"`
	Roles       []RoleHeld        `json:"roles"`
	Verified    *NameChecked      `json:"verified"`
	Mandate     string            `json:"mandate"`
	AskedAt     time.Time         `json:"asked_at"`
	JoinedAt    time.Time         `json:"joined_at,omitzero"`
	Agreements  []Agreed          `json:"agreements"`
	Consents    []Consented       `json:"consents"`
	Recommended []string          `json:"recommended"` // pseudonyms of those whom they recommend
	Approved    int               `json:"approved"`    // how many requests of others they have approved
	Invitations []Invited         `json:"invitations"` // that they made
	Written     []Written         `json:"written"`
	Drafts      []Draft           `json:"drafts"`
	Marks       []Mark            `json:"marks"`
	Following   []Followed        `json:"following"`
	Answers     []Answered        `json:"answers"` // to statements
	History     bool              `json:"history"` // they keep a list of these on their pages
	Moderation  Moderated         `json:"moderation"`
}

// RoleHeld is a role, for a side where it is one of a side.
type RoleHeld struct {
	Role string `json:"role"`
	Side string `json:"side,omitempty"`
}

// NameChecked is a name and office that a registrar has recorded.
type NameChecked struct {
	Name   string    `json:"name"`
	Office string    `json:"office"`
	Sector string    `json:"sector"`
	Side   string    `json:"side"` // whose registrar
	At     time.Time `json:"at"`
}

// Agreed is one version of the declaration that the person agreed to.
type Agreed struct {
	Version int       `json:"version"`
	Lang    string    `json:"lang"`
	Text    string    `json:"text"` // Markdown, as they read it
	At      time.Time `json:"at"`
}

// Consented is one consent over time.
type Consented struct {
	Tick        string    `json:"tick"`
	GivenAt     time.Time `json:"given_at"`
	WithdrawnAt time.Time `json:"withdrawn_at,omitzero"`
}

// Invited is an invitation that the person made.
type Invited struct {
	Role   string    `json:"role"`
	Side   string    `json:"side,omitempty"`
	Note   string    `json:"note"`
	MadeAt time.Time `json:"made_at"`
}

// Written is one text by the person.
type Written struct {
	Kind string            `json:"kind"` // "interest", "problem", ..., "revision" of one, "translation", "status"
	ID   string            `json:"id"`   // of a revision "12-1", of a translation "12-ru", of a status "12-1"
	Text map[string]string `json:"text"` // language to Markdown
}
