package account

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"runtime"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// The cost of a password hash: the second of the settings that OWASP's Password
// Storage Cheat Sheet calls equally strong. It takes 40 ms of one core and 19 MiB.
const (
	hashTime    = 2
	hashMemory  = 19 * 1024 // KiB
	hashThreads = 1
	hashLength  = 32
)

// SaltLength is how many random bytes a password hash needs.
const SaltLength = 16

// NoHash belongs to no password. Who has no password, and who does not exist, is
// checked against it, so that nobody can tell them from others by the time it
// takes.
const NoHash = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

// maxPlaces is how many passwords are hashed at once at most. With more, however
// many cores there are, a rush on the door would take more than 64 MiB.
const maxPlaces = 2

// Hasher hashes passwords, a few at once: the others wait in line. However many
// sign in together, they take no more memory than the few.
type Hasher struct{ places chan struct{} }

// NewHasher makes a hasher for a machine with so many cores.
func NewHasher(cores int) *Hasher { return &Hasher{make(chan struct{}, max(1, min(cores, maxPlaces)))} }

// Hash is the argon2id hash of a password in the PHC string format. The salt is
// SaltLength random bytes. The error is that of a context that ended in line.
func (h *Hasher) Hash(ctx context.Context, password string, salt []byte) (string, error) {
	sum, err := h.sum(ctx, password, salt)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, hashMemory, hashTime, hashThreads,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(sum)), nil
}

// Matches reports whether the password has the hash. Every hash that Hash made
// and NoHash take the same time; text that is no such hash is an error.
func (h *Hasher) Matches(ctx context.Context, hash, password string) (bool, error) {
	salt, want, err := parseHash(hash)
	if err != nil {
		return false, err
	}
	got, err := h.sum(ctx, password, salt)
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(got, want) == 1, nil
}

func (h *Hasher) sum(ctx context.Context, password string, salt []byte) ([]byte, error) {
	select {
	case h.places <- struct{}{}:
		defer func() { <-h.places }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if err := ctx.Err(); err != nil { // a free place and the end may come together
		return nil, err
	}
	sum := argon2.IDKey(norm.NFC.Bytes([]byte(password)), salt, hashTime, hashMemory, hashThreads, hashLength)
	// Each hash leaves 19 MiB behind. Left to its own pace the collector lets
	// several of them gather: it doubled the memory of a rush.
	runtime.GC()
	return sum, nil
}

// parseHash takes what Hash made apart. There has been one set of costs so far;
// a hash of any other is no hash of ours.
func parseHash(hash string) (salt, sum []byte, err error) {
	rest, ok := strings.CutPrefix(hash, fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$", argon2.Version, hashMemory, hashTime, hashThreads))
	before, after, found := strings.Cut(rest, "$")
	if !ok || !found {
		return nil, nil, fmt.Errorf("a password hash of another kind")
	}
	salt, err = base64.RawStdEncoding.DecodeString(before)
	if err == nil {
		sum, err = base64.RawStdEncoding.DecodeString(after)
	}
	if err != nil || len(sum) != hashLength {
		return nil, nil, fmt.Errorf("a password hash that is damaged")
	}
	return salt, sum, nil
}
