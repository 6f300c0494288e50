package account

import (
	"encoding/base32"
	"strings"
)

// Recovery codes: ten, of 120 random bits each, so that a plain digest keeps
// them as well as a password hash would (ASVS 5.0, 6.5.2).
const (
	Codes      = 10
	CodeLength = 15 // random bytes
	codeGroup  = 4  // characters between dashes
	codeLength = 24 // characters without dashes
)

// crockford is an alphabet without I, L, O and U, which are read as 1, 1, 0 and V.
var crockford = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// RecoveryCode writes CodeLength random bytes in groups that can be read aloud.
func RecoveryCode(random []byte) string {
	plain := crockford.EncodeToString(random)
	var groups []string
	for ; len(plain) > codeGroup; plain = plain[codeGroup:] {
		groups = append(groups, plain[:codeGroup])
	}
	return strings.Join(append(groups, plain), "-")
}

var misread = strings.NewReplacer("-", "", " ", "", "\t", "", "I", "1", "L", "1", "O", "0", "U", "V")

// AsRecoveryCode is what was typed as RecoveryCode would write it, without
// dashes, where that can be one.
func AsRecoveryCode(typed string) (code string, ok bool) {
	if len(typed) > 4*codeLength {
		return "", false
	}
	code = misread.Replace(strings.ToUpper(strings.TrimSpace(typed)))
	if len(code) != codeLength || strings.Trim(code, "0123456789ABCDEFGHJKMNPQRSTVWXYZ") != "" {
		return "", false
	}
	return code, true
}

// CodeDigest is how a recovery code is kept.
func CodeDigest(person PersonID, code string) string {
	if plain, ok := AsRecoveryCode(code); ok {
		code = plain
	}
	return Digest(string(person) + " " + code)
}
