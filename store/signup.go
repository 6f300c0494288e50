package store

import (
	"context"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/fault"
)

// handleLength is how many random bytes a passkey knows its person by.
const handleLength = 32

// NewPerson is what an account is made from: exactly one of Password, Passkey
// and Identity is how it will sign in.
type NewPerson struct {
	Name     string // to sign in with; folded, 3 to 64 runes, unique
	Lang     string
	Zone     string // "" is UTC
	Password string
	Passkey  *account.Passkey // UserHandle is that which the key was made for
	Identity *account.Identity

	// What entitles to an account: an invitation or a dialogue that admits by
	// request or freely, or the owner's link of the first start.
	Dialogue   dialogue.ID
	Invitation string
	OwnerLink  string
}

// SignUp makes an account and signs it in. The recovery codes are shown once
// and kept as digests. A name that is taken is fault.Conflict: who may sign up
// learns that much, at the pace of account.RateSignUp.
func (s *Store) SignUp(ctx context.Context, p NewPerson, device string, now time.Time) (o account.Opened, codes []string, err error) {
	who, err := p.check()
	if err != nil {
		return o, nil, err
	}
	invitation, err := s.mayHaveAccount(ctx, p, now)
	if err != nil {
		return o, nil, wrapped("sign up", err)
	}
	hash := ""
	if p.Password != "" {
		if hash, err = s.hasher.Hash(ctx, p.Password, random(account.SaltLength)); err != nil {
			return o, nil, wrapped("sign up", err)
		}
	}
	handle := random(handleLength)
	if p.Passkey != nil && len(p.Passkey.UserHandle) > 0 {
		handle = p.Passkey.UserHandle
	}
	err = s.write(ctx, func(c conn) error {
		if who.Owner {
			if err := claimServer(c, p.OwnerLink, now); err != nil {
				return err
			}
		}
		if invitation != "" {
			if err := useForAccount(c, invitation); err != nil {
				return err
			}
		}
		if err := insertPerson(c, who, handle, now); err != nil {
			return err
		}
		if err := p.firstWay(c, who.ID, hash, now); err != nil {
			return err
		}
		if codes, err = drawCodes(c, who.ID); err != nil {
			return err
		}
		o, err = openSession(c, who.ID, device, false, now)
		return err
	})
	if err != nil {
		return account.Opened{}, nil, wrapped("sign up", err)
	}
	return o, codes, nil
}

// check looks at everything that needs no database.
func (p NewPerson) check() (who account.Person, err error) {
	who = account.Person{ID: newPersonID(), Name: account.FoldName(p.Name), Lang: p.Lang, Owner: p.OwnerLink != ""}
	if who.Zone, err = checkProfile(p.Lang, p.Zone); err != nil {
		return who, err
	}
	if err := account.CheckName(who.Name); err != nil {
		return who, err
	}
	ways := 0
	if p.Password != "" {
		ways++
		if err := account.CheckPassword(p.Password, who.Name); err != nil {
			return who, err
		}
	}
	if p.Passkey != nil {
		ways++
	}
	if p.Identity != nil {
		ways++
	}
	if ways != 1 {
		return who, fault.New(fault.Invalid, "account.one-way", "an account begins with one way in: a password, a passkey or a provider")
	}
	return who, nil
}

// firstWay keeps how the account will sign in.
func (p NewPerson) firstWay(c conn, id account.PersonID, hash string, now time.Time) error {
	switch {
	case p.Passkey != nil:
		return insertPasskey(c, id, *p.Passkey, now)
	case p.Identity != nil:
		return insertIdentity(c, id, *p.Identity, now)
	}
	return savePassword(c, id, hash, now)
}

// mayHaveAccount reports whether a dialogue lets its way in begin with a new
// account, and by which invitation where it takes one: each makes as many accounts
// as it lets in. The owner's link is looked at when it is used up.
func (s *Store) mayHaveAccount(ctx context.Context, p NewPerson, now time.Time) (invitation string, err error) {
	if p.OwnerLink != "" {
		return "", nil
	}
	denied := fault.New(fault.Denied, "account.not-entitled", "an account is made on the way into a dialogue: with an invitation, or where people may ask to join")
	if p.Dialogue == "" {
		return "", denied
	}
	e, err := s.Entrance(ctx, p.Dialogue, "", p.Invitation, now)
	if err != nil {
		return "", err
	}
	open := e.Admission == dialogue.ByRequest || e.Admission == dialogue.Freely
	if e.Invitation == nil && !open {
		return "", denied
	}
	if e.Invitation != nil && (!open || e.Unlisted) {
		invitation = e.Invitation.ID
	}
	return invitation, dialogue.May(dialogue.Standing{SignedIn: true, Invited: e.Invitation != nil}, dialogue.Join, e.Dialogue)
}
