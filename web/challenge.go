package web

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"net/http"
	"time"

	"parley/fault"
)

// A challenge is kept nowhere until it has been answered: it holds a random
// part, the time at which it ends, and a seal over both and over what it is for.
// Its answer is accepted once.
const (
	challengeRandom = 16
	challengeLasts  = 10 * time.Minute
	challengeLength = challengeRandom + 8 + sha256.Size
)

// challenge makes one for a purpose, such as "sign-in".
func (s *Server) challenge(r *http.Request, purpose string) ([]byte, error) {
	key, err := s.Store.Secret(r.Context(), "challenge")
	if err != nil {
		return nil, err
	}
	c := make([]byte, challengeRandom, challengeLength)
	rand.Read(c)
	c = binary.BigEndian.AppendUint64(c, uint64(s.Now().Add(challengeLasts).Unix()))
	return append(c, challengeSeal(key, purpose, c)...), nil
}

func challengeSeal(key []byte, purpose string, c []byte) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(purpose))
	mac.Write([]byte{0})
	mac.Write(c[:challengeRandom+8])
	return mac.Sum(nil)
}

// errChallenge says that an answer came too late, twice, or to no question of ours.
func errChallenge() error {
	return fault.New(fault.Invalid, "door.passkey.again", "the challenge is not ours, was used, or has ended")
}

// spend accepts the answer to a challenge, in base64url as browsers give it
// back: once, in time, and for that purpose.
func (s *Server) spend(r *http.Request, purpose, text string) error {
	c, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(c) != challengeLength {
		return errChallenge()
	}
	key, err := s.Store.Secret(r.Context(), "challenge")
	if err != nil {
		return err
	}
	ends := time.Unix(int64(binary.BigEndian.Uint64(c[challengeRandom:])), 0)
	if !hmac.Equal(c[challengeRandom+8:], challengeSeal(key, purpose, c)) || !s.Now().Before(ends) {
		return errChallenge()
	}
	first, err := s.Store.Spend(r.Context(), text, ends, s.Now())
	if err == nil && !first {
		err = errChallenge()
	}
	return err
}
