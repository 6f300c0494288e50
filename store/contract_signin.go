package store

import (
	"context"
	"errors"
	"time"

	"parley/account"
	"parley/dialogue"
)

var errNotBuilt = errors.New("not built")

// NewPerson is what an account is made from: exactly one of Password, Passkey
// and Identity is how it will sign in.
type NewPerson struct {
	Name     string // to sign in with; folded, 3 to 64 runes, unique
	Lang     string
	Zone     string // "" is UTC
	Password string
	Passkey  *account.Passkey
	Identity *account.Identity

	// What entitles to an account: an invitation or a dialogue that admits by
	// request or freely, or the owner's link of the first start.
	Dialogue   dialogue.ID
	Invitation string
	OwnerLink  string
}

// OwnerLink makes the one-time link of a server that has no owner yet; empty
// where it has one. Links made earlier are void.
func (s *Store) OwnerLink(ctx context.Context, now time.Time) (secret string, err error) {
	return "", errNotBuilt
}

// SignUp makes an account and signs it in. The recovery codes are shown once
// and kept as hashes.
func (s *Store) SignUp(ctx context.Context, p NewPerson, device string, now time.Time) (o account.Opened, codes []string, err error) {
	return o, nil, errNotBuilt
}

// SignIn opens a session with a name (or confirmed e-mail address) and a
// password. A wrong name and a wrong password are one and the same fault
// "account.wrong" and cost the same time. known says that this device has
// signed in to the account before (see KnownDevice).
func (s *Store) SignIn(ctx context.Context, name, password, knownDevice, device string, now time.Time) (o account.Opened, err error) {
	return o, errNotBuilt
}

// ProveCode ends a halfway session with a code from an app or a recovery code,
// and opens a full one in its place.
func (s *Store) ProveCode(ctx context.Context, session, code string, now time.Time) (o account.Opened, err error) {
	return o, errNotBuilt
}

// SignInRecovery opens a session with a name and a recovery code, which is used
// up: for who lost every other way. Where a second factor is set and a password
// too, the code stands for the second factor only and this way is closed.
func (s *Store) SignInRecovery(ctx context.Context, name, code, device string, now time.Time) (o account.Opened, err error) {
	return o, errNotBuilt
}

// KnownDevice is a secret by which a device that signed in is known later: it
// opens nothing, but others' wrong guesses do not lock it out.
func (s *Store) KnownDevice(ctx context.Context, person account.PersonID) (secret string, err error) {
	return "", errNotBuilt
}

// Prove proves again who the person is, with their password or a code where
// they have one of these, and gives the session a new secret.
func (s *Store) Prove(ctx context.Context, session, password string, now time.Time) (o account.Opened, err error) {
	return o, errNotBuilt
}

// ProvePasskey is Prove, and SignInPasskey the way in, after a passkey has
// signed: the caller has verified the signature. A counter that went back is
// fault.Denied "account.cloned".
func (s *Store) ProvePasskey(ctx context.Context, session string, used account.Passkey, now time.Time) (o account.Opened, err error) {
	return o, errNotBuilt
}
func (s *Store) SignInPasskey(ctx context.Context, used account.Passkey, device string, now time.Time) (o account.Opened, err error) {
	return o, errNotBuilt
}

// PasskeyByID finds a passkey and whose it is; fault.Missing where there is none.
func (s *Store) PasskeyByID(ctx context.Context, id []byte) (k account.Passkey, person account.PersonID, err error) {
	return k, "", errNotBuilt
}

// SignInIdentity opens a session for a person whom an OpenID provider has
// named; fault.Missing "account.no-identity" where no account has it.
func (s *Store) SignInIdentity(ctx context.Context, i account.Identity, device string, now time.Time) (o account.Opened, err error) {
	return o, errNotBuilt
}

// Whois is the visitor whom a session's secret names; the zero visitor where it
// names none or has ended. It writes nothing.
func (s *Store) Whois(ctx context.Context, session string, now time.Time) (v account.Visitor, err error) {
	return v, errNotBuilt
}

// Person is the account itself.
func (s *Store) Person(ctx context.Context, id account.PersonID) (p account.Person, err error) {
	return p, errNotBuilt
}

// ChangeProfile sets the language and the zone.
func (s *Store) ChangeProfile(ctx context.Context, id account.PersonID, lang, zone string) error {
	return errNotBuilt
}

// Sessions lists where the person is signed in, the newest first.
func (s *Store) Sessions(ctx context.Context, id account.PersonID, now time.Time) ([]account.Session, error) {
	return nil, errNotBuilt
}

// EndSession ends one by its public id, EndOtherSessions all but one.
func (s *Store) EndSession(ctx context.Context, id account.PersonID, session string) error {
	return errNotBuilt
}
func (s *Store) EndOtherSessions(ctx context.Context, id account.PersonID, keep string) error {
	return errNotBuilt
}

// SetPassword sets or changes the password, ends all other sessions, and tells
// the person by letter where they have an address.
func (s *Store) SetPassword(ctx context.Context, id account.PersonID, session, password string, now time.Time) error {
	return errNotBuilt
}

// RemovePassword is refused where nothing else would open the account.
func (s *Store) RemovePassword(ctx context.Context, id account.PersonID, now time.Time) error {
	return errNotBuilt
}

// Passkeys lists the person's, the oldest first. UserHandle is theirs, made
// where they have none yet.
func (s *Store) Passkeys(ctx context.Context, id account.PersonID) ([]account.Passkey, error) {
	return nil, errNotBuilt
}
func (s *Store) UserHandle(ctx context.Context, id account.PersonID) ([]byte, error) {
	return nil, errNotBuilt
}
func (s *Store) AddPasskey(ctx context.Context, id account.PersonID, k account.Passkey, now time.Time) error {
	return errNotBuilt
}
func (s *Store) RenamePasskey(ctx context.Context, id account.PersonID, key []byte, name string) error {
	return errNotBuilt
}

// RemovePasskey is refused where nothing else would open the account.
func (s *Store) RemovePasskey(ctx context.Context, id account.PersonID, key []byte, now time.Time) error {
	return errNotBuilt
}

// StartTOTP draws a secret that counts once ConfirmTOTP has seen a code of it.
func (s *Store) StartTOTP(ctx context.Context, id account.PersonID, now time.Time) (secret string, err error) {
	return "", errNotBuilt
}
func (s *Store) ConfirmTOTP(ctx context.Context, id account.PersonID, code string, now time.Time) error {
	return errNotBuilt
}
func (s *Store) StopTOTP(ctx context.Context, id account.PersonID, now time.Time) error {
	return errNotBuilt
}

// NewCodes draws ten recovery codes in place of all earlier ones.
func (s *Store) NewCodes(ctx context.Context, id account.PersonID, now time.Time) ([]string, error) {
	return nil, errNotBuilt
}

// Identities lists those that open the account. LinkIdentity is fault.Conflict
// where another account has it.
func (s *Store) Identities(ctx context.Context, id account.PersonID) ([]account.Identity, error) {
	return nil, errNotBuilt
}
func (s *Store) LinkIdentity(ctx context.Context, id account.PersonID, i account.Identity, now time.Time) error {
	return errNotBuilt
}
func (s *Store) UnlinkIdentity(ctx context.Context, id account.PersonID, issuer, subject string, now time.Time) error {
	return errNotBuilt
}

// AskEmail writes a letter with a link to the address; ConfirmEmail follows it.
// Nobody learns whether another account has the address.
func (s *Store) AskEmail(ctx context.Context, id account.PersonID, address string, now time.Time) error {
	return errNotBuilt
}
func (s *Store) ConfirmEmail(ctx context.Context, link string, now time.Time) error {
	return errNotBuilt
}
func (s *Store) RemoveEmail(ctx context.Context, id account.PersonID) error { return errNotBuilt }

// AskReset writes a letter with a link where the address is a confirmed one and
// looks the same where it is not. ResetPassword follows it, ends all sessions,
// and leaves the second factor in force.
func (s *Store) AskReset(ctx context.Context, address string, now time.Time) error {
	return errNotBuilt
}
func (s *Store) ResetPassword(ctx context.Context, link, password string, now time.Time) error {
	return errNotBuilt
}

// OpenSession signs a person in without any proof: for the invented people of a
// demonstration, and for nothing else.
func (s *Store) OpenSession(ctx context.Context, id account.PersonID, device string, now time.Time) (o account.Opened, err error) {
	return o, errNotBuilt
}
