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
	hashTime   = 2
	hashMemory = 19 * 1024 // KiB
	hashLanes  = 1
	hashLength = 32

	mostMemory = 256 << 10 // of a hash that is read: more is damage
	mostTime   = 16
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

// costs are what a hash asks of the machine: KiB of memory, passes over it, and
// lanes.
type costs struct {
	memory, time uint32
	lanes        uint8
}

// today is what new hashes cost. Hashes of other costs stay good: each says its
// own.
var today = costs{hashMemory, hashTime, hashLanes}

// Hash is the argon2id hash of a password in the PHC string format. The salt is
// SaltLength random bytes. The error is that of a context that ended in line.
func (h *Hasher) Hash(ctx context.Context, password string, salt []byte) (string, error) {
	sum, err := h.sum(ctx, today, password, salt)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf(hashForm+"$%s$%s", argon2.Version, today.memory, today.time, today.lanes,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(sum)), nil
}

// Matches reports whether the password has the hash. Every hash that Hash made
// and NoHash take the same time; text that is no such hash is an error.
func (h *Hasher) Matches(ctx context.Context, hash, password string) (bool, error) {
	c, salt, want, err := parseHash(hash)
	if err != nil {
		return false, err
	}
	got, err := h.sum(ctx, c, password, salt)
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(got, want) == 1, nil
}

func (h *Hasher) sum(ctx context.Context, c costs, password string, salt []byte) ([]byte, error) {
	select {
	case h.places <- struct{}{}:
		defer func() { <-h.places }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if err := ctx.Err(); err != nil { // a free place and the end may come together
		return nil, err
	}
	sum := argon2.IDKey(norm.NFC.Bytes([]byte(password)), salt, c.time, c.memory, c.lanes, hashLength)
	// Each hash leaves 19 MiB behind. Left to its own pace the collector lets
	// several of them gather: it doubled the memory of a rush.
	runtime.GC()
	return sum, nil
}

// hashForm is how a hash begins: kind, version and costs.
const hashForm = "$argon2id$v=%d$m=%d,t=%d,p=%d"

// parseHash takes what Hash made apart, at whatever costs it was made.
func parseHash(hash string) (c costs, salt, sum []byte, err error) {
	var version int
	parts := strings.Split(hash, "$") // "", kind, version, costs, salt, sum
	if len(parts) != 6 {
		return c, nil, nil, fmt.Errorf("a password hash of another kind")
	}
	_, err = fmt.Sscanf(strings.Join(parts[:4], "$"), hashForm, &version, &c.memory, &c.time, &c.lanes)
	if err != nil || version != argon2.Version || c.time == 0 || c.lanes == 0 || c.memory > mostMemory || c.time > mostTime {
		return c, nil, nil, fmt.Errorf("a password hash of another kind")
	}
	salt, err = base64.RawStdEncoding.DecodeString(parts[4])
	if err == nil {
		sum, err = base64.RawStdEncoding.DecodeString(parts[5])
	}
	if err != nil || len(sum) != hashLength {
		return c, nil, nil, fmt.Errorf("a password hash that is damaged")
	}
	return c, salt, sum, nil
}
