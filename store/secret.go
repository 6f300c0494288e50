package store

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"parley/account"
)

// makeServerSecret draws what all keys of this server are derived from, where it
// has none yet. Of many nodes that start at once one wins.
func makeServerSecret(ctx context.Context, db *sql.DB) error {
	_, err := db.ExecContext(ctx, `
		insert into server_secret (id, secret)
		values (1, $1)
		on conflict (id) do nothing`, secret())
	if err != nil {
		return fmt.Errorf("draw the secret of the server: %w", err)
	}
	return nil
}

func (s *Store) readServerSecret(ctx context.Context) error {
	var master string
	found, err := s.point(ctx, `
		select secret
		from server_secret
		where id = $1`, []any{1}, &master)
	if err == nil && !found {
		err = errors.New("there is none")
	}
	if err != nil {
		return fmt.Errorf("read the secret of the server: %w", err)
	}
	s.master = []byte(master)
	return nil
}

// Secret is a key of this server for a purpose, of 32 bytes, the same on every
// node and after every start.
func (s *Store) Secret(ctx context.Context, purpose string) (key []byte, err error) {
	return s.key(purpose), nil
}

func (s *Store) key(purpose string) []byte { return keyed(s.master, purpose) }

func keyed(key []byte, words string) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(words))
	return mac.Sum(nil)
}

// alias is a name for something that only this server can tell from chance.
func (s *Store) alias(purpose, what string) string {
	return hex.EncodeToString(keyed(s.key(purpose), what))
}

// seal keeps words so that they can be read again, with the key for a purpose
// and for one owner only: moved to another's row they are worth nothing. Against
// who has the whole database it does not help, for the key is in it too.
func (s *Store) seal(purpose, owner string, words []byte) (string, error) {
	box, err := s.box(purpose)
	if err != nil {
		return "", err
	}
	nonce := random(box.NonceSize())
	return base64.RawURLEncoding.EncodeToString(box.Seal(nonce, nonce, words, []byte(owner))), nil
}

func (s *Store) unseal(purpose, owner, sealed string) ([]byte, error) {
	box, err := s.box(purpose)
	if err != nil {
		return nil, err
	}
	b, err := base64.RawURLEncoding.DecodeString(sealed)
	if err != nil || len(b) < box.NonceSize() {
		return nil, errors.New("what was sealed is damaged")
	}
	return box.Open(nil, b[:box.NonceSize()], b[box.NonceSize():], []byte(owner))
}

func (s *Store) box(purpose string) (cipher.AEAD, error) {
	block, err := aes.NewCipher(s.key(purpose))
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// random draws bytes.
func random(n int) []byte {
	b := make([]byte, n)
	rand.Read(b) // never fails: it ends the program instead
	return b
}

// Spend uses up a challenge; false where it was used before. It is forgotten
// after until.
func (s *Store) Spend(ctx context.Context, challenge string, until, now time.Time) (first bool, err error) {
	err = s.write(ctx, func(c conn) error {
		if _, err := c.exec(`
			delete from spent
			where until_at < $1`, micros(now)); err != nil {
			return err
		}
		n, err := c.exec(`
			insert into spent (digest, until_at)
			values ($1, $2)
			on conflict (digest) do nothing`, account.Digest(challenge), micros(until))
		first = n == 1
		return err
	})
	return first && err == nil, wrapped("spend a challenge", err)
}
