package account

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/subtle"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"strings"
	"time"
)

// Codes of an app: RFC 6238 with SHA-1, six digits and 30 seconds, which is what
// every app understands.
const (
	codeDigits = 6
	codeStep   = 30 // seconds
	codeSkew   = 1  // steps that a clock may be off, either way
)

// TOTPLength is how many random bytes the secret of an app has.
const TOTPLength = 20

var base32Secret = base32.StdEncoding.WithPadding(base32.NoPadding)

// TOTPSecret is the secret as apps want it typed.
func TOTPSecret(secret []byte) string { return base32Secret.EncodeToString(secret) }

// TOTPCode is the code of one step: the number of half minutes since 1970.
func TOTPCode(secret []byte, step int64) string {
	mac := hmac.New(sha1.New, secret)
	mac.Write(binary.BigEndian.AppendUint64(nil, uint64(step)))
	sum := mac.Sum(nil)
	at := sum[len(sum)-1] & 0xf // dynamic truncation, RFC 4226, 5.3
	n := binary.BigEndian.Uint32(sum[at:]) & 0x7fffffff
	return fmt.Sprintf("%0*d", codeDigits, n%1_000_000)
}

// MatchTOTP finds the step of which this is the code: now, or one before or
// after it, and later than the last one that was used, so that no code counts
// twice.
func MatchTOTP(secret []byte, code string, now time.Time, last int64) (step int64, ok bool) {
	present := now.Unix() / codeStep
	for s := present - codeSkew; s <= present+codeSkew; s++ {
		if subtle.ConstantTimeCompare([]byte(TOTPCode(secret, s)), []byte(code)) == 1 && s > last {
			step, ok = s, true
		}
	}
	return step, ok
}

// AsTOTP is what was typed without blanks, where that can be the code of an app.
func AsTOTP(typed string) (code string, ok bool) {
	code = strings.Join(strings.Fields(typed), "")
	if len(code) != codeDigits || strings.Trim(code, "0123456789") != "" {
		return "", false
	}
	return code, true
}
