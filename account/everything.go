package account

// Everything is all that is kept about one person, in the words of the API, for
// the archive that they take home.
type Everything struct {
	Person      Person
	Sessions    []Session
	Passkeys    []Passkey
	Identities  []Identity
	Tokens      []Token
	Memberships []Belonging
}

// Belonging is one membership with all that belongs to it, as plain data so
// that this package need not know of dialogues.
type Belonging struct {
	Dialogue string // id
	Title    map[string]string
	Facts    any // what the dialogue knows of the member, as JSON
	Written  []Written
}

// Written is one text by the person.
type Written struct {
	Kind string // "interest", ...
	ID   string
	Text map[string]string // language to Markdown
}
