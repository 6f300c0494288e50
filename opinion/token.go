package opinion

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"parley/dialogue"
	"parley/fault"
	"parley/writing"
)

// TokenLasts is how long a card can be answered.
const TokenLasts = 24 * time.Hour

// Serve makes the token of a card: it says to the server, and to nobody else,
// that this statement was picked for this member. The nonce is drawn by the caller
// and good once.
func Serve(key []byte, d dialogue.ID, n writing.ID, m dialogue.MemberID, nonce string, now time.Time) string {
	head := nonce + "." + strconv.FormatInt(now.UnixMicro(), 36)
	return head + "." + seal(key, d, n, m, head)
}

// Served is what a good token tells; the zero Served is none.
type Served struct {
	Nonce string
	At    time.Time
}

// skew is by how much the clocks of two servers of one store may differ.
const skew = time.Minute

// Spend reads a good token; fault.Stale for any other.
func Spend(key []byte, d dialogue.ID, n writing.ID, m dialogue.MemberID, token string, now time.Time) (Served, error) {
	bad := fault.New(fault.Stale, "opinion.token", "the card is too old, or not this person's")
	cut := strings.LastIndexByte(token, '.')
	if cut < 0 || !hmac.Equal([]byte(token[cut+1:]), []byte(seal(key, d, n, m, token[:cut]))) {
		return Served{}, bad
	}
	nonce, at, _ := strings.Cut(token[:cut], ".")
	micros, err := strconv.ParseInt(at, 36, 64)
	served := Served{nonce, time.UnixMicro(micros)}
	if age := now.Sub(served.At); err != nil || nonce == "" || age < -skew || age > TokenLasts {
		return Served{}, bad
	}
	return served, nil
}

// spent reports whether an answer has come by the card already, or by a later one,
// or was taken back after it.
func (s Served) spent(v Voter, before Vote) bool {
	return s.Nonce != "" && (s.Nonce == before.Nonce || before.Counts && s.At.Before(before.At) || s.At.Before(v.Withdrew))
}

// seal is over parts that cannot run into one another: an id of a dialogue holds
// no space, nor does any other part.
func seal(key []byte, d dialogue.ID, n writing.ID, m dialogue.MemberID, head string) string {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(string(d) + " " + strconv.FormatInt(int64(n), 10) + " " + string(m) + " " + head))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:18])
}
