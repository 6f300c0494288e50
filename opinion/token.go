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
	head := nonce + "." + strconv.FormatInt(now.Unix()/3600, 36)
	return head + "." + seal(key, d, n, m, head)
}

// Spend is the nonce of a good token; fault.Stale for any other.
func Spend(key []byte, d dialogue.ID, n writing.ID, m dialogue.MemberID, token string, now time.Time) (nonce string, err error) {
	bad := fault.New(fault.Stale, "opinion.token", "the card is too old, or not this person's")
	cut := strings.LastIndexByte(token, '.')
	if cut < 0 || !hmac.Equal([]byte(token[cut+1:]), []byte(seal(key, d, n, m, token[:cut]))) {
		return "", bad
	}
	nonce, hour, _ := strings.Cut(token[:cut], ".")
	at, err := strconv.ParseInt(hour, 36, 64)
	if age := now.Unix()/3600 - at; err != nil || nonce == "" || age < 0 || age > int64(TokenLasts/time.Hour) {
		return "", bad
	}
	return nonce, nil
}

// seal is over parts that cannot run into one another: an id of a dialogue holds
// no space, nor does any other part.
func seal(key []byte, d dialogue.ID, n writing.ID, m dialogue.MemberID, head string) string {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(string(d) + " " + strconv.FormatInt(int64(n), 10) + " " + string(m) + " " + head))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:18])
}
