package store

import (
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"parley/account"
	"parley/fault"
)

// MaxTokens is how many keys for programs one person may hold, MaxTokenName how
// long the name of one may be, in runes.
const (
	MaxTokens    = 50
	MaxTokenName = 80
)

// secret is 256 random bits as text, for a session, a token or a link. It is
// given away once and kept as account.Digest.
func secret() string { return rand.Text() + rand.Text() }

// Tokens lists the person's keys for programs, the newest first.
func (s *Store) Tokens(ctx context.Context, id account.PersonID) (tokens []account.Token, err error) {
	err = s.read(ctx, func(c conn) error {
		tokens, err = loadTokens(c, id)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list tokens: %w", err)
	}
	return tokens, nil
}

func loadTokens(c conn, id account.PersonID) (tokens []account.Token, err error) {
	err = c.each(`
		select id, name, scopes, created_at, expires_at, used_at
		from token
		where person = $1
		order by created_at desc, id`, []any{id},
		func(scan scan) error {
			var t account.Token
			var scopes list
			var created, expires, used int64
			if err := scan(&t.ID, &t.Name, &scopes, &created, &expires, &used); err != nil {
				return err
			}
			t.Scopes = scopesOf(scopes)
			t.CreatedAt, t.ExpiresAt, t.UsedAt = moment(created), maybeMoment(expires), maybeMoment(used)
			tokens = append(tokens, t)
			return nil
		})
	return tokens, err
}

// MakeToken makes a key for programs from a name, scopes and perhaps an end.
// The secret is shown once.
func (s *Store) MakeToken(ctx context.Context, id account.PersonID, t account.Token, now time.Time) (key string, made account.Token, err error) {
	made = account.Token{ID: rand.Text(), Name: strings.TrimSpace(t.Name), ExpiresAt: t.ExpiresAt, CreatedAt: moment(micros(now))}
	for _, scope := range account.Scopes {
		if slices.Contains(t.Scopes, scope) {
			made.Scopes = append(made.Scopes, scope)
		}
	}
	if err := checkToken(t, made, now); err != nil {
		return "", account.Token{}, err
	}
	key = account.TokenPrefix + secret()
	err = s.write(ctx, func(c conn) error {
		var held int
		if _, err := c.one(`
			select count(1)
			from token
			where person = $1`, []any{id}, &held); err != nil {
			return err
		}
		if held >= MaxTokens {
			return fault.New(fault.Conflict, "account.tokens-many", "nobody holds more than %d tokens: end one first", MaxTokens).With("Most", MaxTokens)
		}
		_, err := c.exec(`
			insert into token (id, person, digest, name, scopes, created_at, expires_at, used_at)
			values ($1, $2, $3, $4, $5, $6, $7, 0)`,
			made.ID, id, account.Digest(key), made.Name, scopeWords(made.Scopes), micros(now), maybeMicros(made.ExpiresAt))
		return err
	})
	if err != nil {
		return "", account.Token{}, fmt.Errorf("make a token: %w", err)
	}
	return key, made, nil
}

func checkToken(asked, made account.Token, now time.Time) error {
	switch {
	case made.Name == "" || utf8.RuneCountInString(made.Name) > MaxTokenName || !oneLine(made.Name):
		return fault.New(fault.Invalid, "account.token-name", "the name of a token is one line of 1 to %d characters", MaxTokenName).With("Most", MaxTokenName)
	case len(made.Scopes) == 0 || len(made.Scopes) != len(asked.Scopes):
		return fault.New(fault.Invalid, "account.token-scopes", "a token needs scopes, each named once, out of %v", account.Scopes)
	case !made.ExpiresAt.IsZero() && !made.ExpiresAt.After(now):
		return fault.New(fault.Invalid, "account.token-expired", "a token must end in the future")
	}
	return nil
}

// EndToken ends one of the person's own; fault.Missing where they have none of
// this id.
func (s *Store) EndToken(ctx context.Context, id account.PersonID, token string) error {
	err := s.write(ctx, func(c conn) error {
		n, err := c.exec(`
			delete from token
			where person = $1 and id = $2`, id, token)
		if err == nil && n == 0 {
			return fault.New(fault.Missing, "account.no-token", "there is no such token")
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("end a token: %w", err)
	}
	return nil
}

// Bearer is the visitor whom a token names; the zero visitor where it names
// none or has ended. It writes at most once a day for a token. Who holds a token
// has not proved anything lately.
func (s *Store) Bearer(ctx context.Context, token string, now time.Time) (v account.Visitor, err error) {
	digest, ok := bearerDigest(token)
	if !ok {
		return v, nil
	}
	var found account.Visitor
	var scopes list
	var expires, used int64
	ok, err = s.point(ctx, `
		select p.id, p.name, p.lang, p.zone, p.owner, t.scopes, t.expires_at, t.used_at
		from token t
		join person p on p.id = t.person
		where t.digest = $1`, []any{digest},
		&found.Person, &found.Name, &found.Lang, &found.Zone, (*flag)(&found.Owner), &scopes, &expires, &used)
	if err != nil {
		return v, fmt.Errorf("look up a token: %w", err)
	}
	if !ok || expires != 0 && expires <= micros(now) {
		return v, nil
	}
	found.Scopes = scopesOf(scopes)
	if today := micros(now.UTC().Truncate(24 * time.Hour)); used < today {
		s.noteUse(ctx, digest, today)
	}
	return found, nil
}

// bearerDigest is the digest of what looks like a token of ours.
func bearerDigest(token string) (digest string, ok bool) {
	if len(token) > 200 || !strings.HasPrefix(token, account.TokenPrefix) {
		return "", false
	}
	return account.Digest(token), true
}

// noteUse keeps the day on which a token was last used. That it could not be
// kept is no reason to turn the program away.
func (s *Store) noteUse(ctx context.Context, digest string, today int64) {
	err := s.write(context.WithoutCancel(ctx), func(c conn) error {
		_, err := c.exec(`
			update token
			set used_at = $2
			where digest = $1 and used_at < $2`, digest, today)
		return err
	})
	if err != nil {
		s.log.Warn("the day of a token's last use could not be kept", "error", err)
	}
}

func scopesOf(words list) []account.Scope {
	out := make([]account.Scope, len(words))
	for i, w := range words {
		out[i] = account.Scope(w)
	}
	return out
}

func scopeWords(scopes []account.Scope) list {
	out := make(list, len(scopes))
	for i, s := range scopes {
		out[i] = string(s)
	}
	return out
}
