package store

import (
	"context"
	"time"

	"parley/account"
)

// FeedKey is the secret by which a program reads feeds of rooms that are not
// public in the person's name; empty where none was made. renew makes another one
// and ends the old.
func (s *Store) FeedKey(ctx context.Context, person account.PersonID, renew bool, now time.Time) (key string, err error) {
	if renew {
		key, err = s.renewFeedKey(ctx, person, now)
		return key, wrapped("make a key for feeds", err)
	}
	var sealed string
	found, err := s.point(ctx, `
		select sealed
		from feed_key
		where person = $1`, []any{person}, &sealed)
	if err != nil || !found {
		return "", wrapped("read a key for feeds", err)
	}
	words, err := s.unseal("feed key", string(person), sealed)
	return string(words), wrapped("read a key for feeds", err)
}

func (s *Store) renewFeedKey(ctx context.Context, person account.PersonID, now time.Time) (string, error) {
	key := secret()
	sealed, err := s.seal("feed key", string(person), []byte(key))
	if err != nil {
		return "", err
	}
	return key, s.writeLight(ctx, func(c conn) error {
		_, err := c.exec(`
			insert into feed_key (person, digest, sealed, made_at)
			values ($1, $2, $3, $4)
			on conflict (person) do update set digest = excluded.digest, sealed = excluded.sealed, made_at = excluded.made_at`,
			person, account.Digest(key), sealed, micros(now))
		return err
	})
}

// EndFeedKey ends the person's key: no program reads feeds in their name any more.
func (s *Store) EndFeedKey(ctx context.Context, person account.PersonID) error {
	err := s.writeLight(ctx, func(c conn) error {
		_, err := c.exec(`
			delete from feed_key
			where person = $1`, person)
		return err
	})
	return wrapped("end a key for feeds", err)
}

// FeedReader is who made the key of a feed; empty where nobody did.
func (s *Store) FeedReader(ctx context.Context, key string, now time.Time) (person account.PersonID, err error) {
	if key == "" || len(key) > 200 {
		return "", nil
	}
	_, err = s.point(ctx, `
		select person
		from feed_key
		where digest = $1`, []any{account.Digest(key)}, &person)
	return person, wrapped("look up a key for feeds", err)
}
