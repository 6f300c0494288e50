package store

import (
	"context"
	"net/mail"
	"strings"
	"time"

	"parley/account"
	"parley/fault"
)

// maxEmail is how long an address may be, in bytes (RFC 5321, 4.5.3.1.3).
const maxEmail = 254

// resetTime is how long asking for a reset takes, whether or not anybody has the
// address: the letter is hidden in it.
const resetTime = 250 * time.Millisecond

// resetPause is how long a letter with a reset keeps the next one waiting, so
// that strangers can neither fill a letter box nor make the link void that its
// owner is about to follow.
const resetPause = 5 * time.Minute

// address is an e-mail address and nothing else: no name beside it.
func address(typed string) (string, error) {
	typed = strings.TrimSpace(typed)
	a, err := mail.ParseAddress(typed)
	if err != nil || len(typed) > maxEmail || a.Address != typed || !oneLine(typed) {
		return "", fault.New(fault.Invalid, "account.email-invalid", "that is no e-mail address")
	}
	return typed, nil
}

// AskEmail writes a letter with a link to the address; ConfirmEmail follows it.
// Until then an address that was confirmed before stays in force. Nobody learns
// whether another account has the address.
func (s *Store) AskEmail(ctx context.Context, id account.PersonID, typed string, now time.Time) error {
	to, err := address(typed)
	if err != nil {
		return err
	}
	err = s.write(ctx, func(c conn) error {
		if err := lockPerson(c, id); err != nil {
			return err
		}
		if _, err := c.exec(`
			update person
			set email = $2
			where id = $1 and email_folded is null`, id, to); err != nil {
			return err
		}
		var lang string
		if _, err := c.one(`
			select lang
			from person
			where id = $1`, []any{id}, &lang); err != nil {
			return err
		}
		link, err := makeLink(c, confirmLink, id, to, now.Add(confirmLinkLasts), now)
		if err != nil {
			return err
		}
		return letter(c, Letter{Person: id, To: to, Lang: lang, Kind: "confirm-email", Args: map[string]string{
			"Link": "/" + lang + "/confirm/" + link,
		}}, now)
	})
	return wrapped("ask for the proof of an address", err)
}

// ConfirmEmail makes the address that of the person, and tells the address that
// was theirs before. Where another account has it, who follows the link reads
// that: it is their letter box.
func (s *Store) ConfirmEmail(ctx context.Context, link string, now time.Time) error {
	err := s.write(ctx, func(c conn) error {
		id, to, err := followLink(c, confirmLink, link, now)
		if err != nil {
			return err
		}
		if err := lockPerson(c, id); err != nil {
			return err
		}
		if err := freeEmail(c, id, to); err != nil {
			return err
		}
		if err := tell(c, id, "email-changed", now); err != nil {
			return err
		}
		_, err = c.exec(`
			update person
			set email = $2, email_folded = $3
			where id = $1`, id, to, account.FoldEmail(to))
		return err
	})
	return wrapped("confirm an address", err)
}

func freeEmail(c conn, id account.PersonID, to string) error {
	taken, err := c.one(`
		select id
		from person
		where email_folded = $1 and id <> $2`, []any{account.FoldEmail(to), id}, new(string))
	if err == nil && taken {
		err = fault.New(fault.Conflict, "account.email-taken", "this address belongs to another account: sign in to that one and remove it there first")
	}
	return err
}

// RemoveEmail forgets the address, confirmed or not, and all links sent there. A
// confirmed one is told: without it no letter warns its holder any more.
func (s *Store) RemoveEmail(ctx context.Context, id account.PersonID, now time.Time) error {
	err := s.write(ctx, func(c conn) error {
		if err := lockPerson(c, id); err != nil {
			return err
		}
		if err := tell(c, id, "email-removed", now); err != nil {
			return err
		}
		do := series{c: c}
		do.exec(`
			update person
			set email = '', email_folded = null
			where id = $1`, id)
		do.exec(`
			delete from link
			where person = $1`, id)
		return do.err
	})
	return wrapped("remove an address", err)
}

// AskReset writes a letter with a link where the address is a confirmed one and
// looks the same, and takes the same time, where it is not, or where one was
// written in the last five minutes. ResetPassword follows the link.
func (s *Store) AskReset(ctx context.Context, typed string, now time.Time) error {
	done := time.After(resetTime)
	to, err := address(typed)
	if err != nil {
		return err
	}
	err = s.write(ctx, func(c conn) error {
		var id account.PersonID
		var lang string
		found, err := c.one(`
			select id, email, lang
			from person
			where email_folded = $1`, []any{account.FoldEmail(to)}, &id, &to, &lang)
		if err != nil || !found {
			return err
		}
		if err := lockPerson(c, id); err != nil {
			return err
		}
		fresh, err := c.one(`
			select digest
			from link
			where person = $1 and kind = 'reset' and expires_at > $2`,
			[]any{id, micros(now.Add(resetLinkLasts - resetPause))}, new(string))
		if err != nil || fresh {
			return err
		}
		link, err := makeLink(c, resetLink, id, "", now.Add(resetLinkLasts), now)
		if err != nil {
			return err
		}
		return letter(c, Letter{Person: id, To: to, Lang: lang, Kind: "reset-password", Args: map[string]string{
			"Link": "/" + lang + "/sign-in/reset/" + link,
		}}, now)
	})
	if err != nil {
		return wrapped("ask for a reset", err)
	}
	select {
	case <-done:
	case <-ctx.Done():
	}
	return nil
}

// ResetPassword sets a new password by a link, ends all sessions and tokens, and
// leaves the second factor in force. A password that is refused leaves the link good.
func (s *Store) ResetPassword(ctx context.Context, link, password string, now time.Time) error {
	var id account.PersonID
	if _, err := s.point(ctx, `
		select person
		from link
		where digest = $1 and kind = 'reset' and expires_at > $2`, []any{account.Digest(link), micros(now)}, &id); err != nil {
		return wrapped("reset a password", err)
	}
	hash := ""
	if id != "" {
		var err error
		if hash, err = s.newHash(ctx, id, password); err != nil {
			return wrapped("reset a password", err)
		}
	}
	err := s.write(ctx, func(c conn) error {
		id, _, err := followLink(c, resetLink, link, now)
		if err != nil {
			return err
		}
		if err := lockPerson(c, id); err != nil {
			return err
		}
		return s.changePassword(c, id, "", hash, now)
	})
	return wrapped("reset a password", err)
}
