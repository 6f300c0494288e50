// Package account is a person at the door: by what name and with which proof
// they enter, which sessions and tokens speak for them, and how fast anybody may
// knock. It knows nothing of dialogues. It reads no clock and draws no random
// numbers: those are arguments.
package account

import (
	"crypto/sha256"
	"encoding/hex"
	"time"
)

// PersonID names an account in tables. Pages, files and the API never show it
// to anybody else; the empty id is somebody who is not signed in.
type PersonID string

// Person is an account as its holder sees it.
type Person struct {
	ID             PersonID
	Name           string // to sign in with; private, nobody else ever sees it
	Lang           string // the language of letters and of the first page
	Zone           string // an IANA name, for times on pages
	Email          string // empty where none was given
	EmailConfirmed bool
	Owner          bool // runs the server
	HasPassword    bool
	HasTOTP        bool
	Passkeys       int
	Codes          int // recovery codes that are left
	CreatedAt      time.Time
}

// Visitor is who makes a request, as its session or token tells.
type Visitor struct {
	Person   PersonID // empty: not signed in
	Session  string   // the public id of the session; empty for a token
	Name     string
	Lang     string
	Zone     string
	Owner    bool
	Halfway  bool      // the password was right, the second factor is still due: may do nothing else
	ProvedAt time.Time // when they last proved who they are
	Scopes   []Scope   // of a token; nil for a session, which may do all
}

// SignedIn reports whether the visitor is a person who has proved it in full.
func (v Visitor) SignedIn() bool { return v.Person != "" && !v.Halfway }

// FreshFor is how long a proof of identity suffices for acts that change how a
// person signs in, or that take all their data.
const FreshFor = 15 * time.Minute

// Fresh reports whether the visitor has proved lately who they are.
func (v Visitor) Fresh(now time.Time) bool { return v.SignedIn() && now.Sub(v.ProvedAt) < FreshFor }

// Session is one device on which a person is signed in.
type Session struct {
	ID        string // public; the secret itself is known to the device alone
	Device    string // "Firefox on Linux", as far as the browser says
	CreatedAt time.Time
	ProvedAt  time.Time
	ExpiresAt time.Time
}

// How long sessions last.
const (
	SessionLasts = 30 * 24 * time.Hour
	HalfwayLasts = 10 * time.Minute
)

// Passkey is a public key of a person; the private half is in their device.
type Passkey struct {
	ID         []byte // the credential id
	Name       string // given by the person
	PublicKey  []byte // COSE
	Counter    uint32
	Transports []string
	UserHandle []byte // random, stable for the person
	BackedUp   bool   // backup state
	Eligible   bool   // backup eligibility
	AAGUID     []byte
	CreatedAt  time.Time
	UsedAt     time.Time // rounded to the day; zero: never
}

// Identity is a person as an OpenID provider knows them. The e-mail address is
// no key.
type Identity struct {
	Issuer, Subject string
	Label           string // what the provider calls them, for the person's own list
	CreatedAt       time.Time
}

// Scope is what a token may do.
type Scope string

const (
	ScopeRead    Scope = "read"    // what the person may read in dialogues
	ScopeWrite   Scope = "write"   // what they may do in dialogues as members
	ScopeDesk    Scope = "desk"    // what they may do as convener, registrar, moderator or owner
	ScopeAccount Scope = "account" // their own account, but for the ways to sign in
)

// Scopes lists them in the order in which pages offer them.
var Scopes = []Scope{ScopeRead, ScopeWrite, ScopeDesk, ScopeAccount}

// Token is a personal key for programs.
type Token struct {
	ID        string
	Name      string
	Scopes    []Scope
	CreatedAt time.Time
	ExpiresAt time.Time // zero: never
	UsedAt    time.Time // rounded to the day; zero: never
}

// TokenPrefix begins every token, so that scanners for leaked secrets find it.
const TokenPrefix = "parley_"

// Digest is how a secret of 256 random bits is kept: sessions, tokens, links.
// Passwords are not such secrets, see Hash.
func Digest(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// Opened is what signing in gives: the secret that goes to the device, once.
type Opened struct {
	Secret  string
	Session Session
	Person  PersonID
	Halfway bool // a code from an app, or a recovery code, is still due
}
