package account

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"parley/fault"
)

// How long a name to sign in with is, in runes.
const (
	MinName = 3
	MaxName = 64
)

// FoldName is the form in which a name to sign in with is kept and compared:
// neither capitals nor the way in which a letter is encoded make a difference.
func FoldName(name string) string {
	return norm.NFKC.String(cases.Fold().String(norm.NFKC.String(strings.TrimSpace(name))))
}

// CheckName refuses a folded name that is too short, too long, or holds anything
// but letters, digits and ". _ -" between them. With "@" it would look like an
// e-mail address, which is another way to say who one is.
func CheckName(folded string) error {
	if n := utf8.RuneCountInString(folded); n < MinName || n > MaxName {
		return fault.New(fault.Invalid, "account.name-length", "a name to sign in with has %d to %d characters", MinName, MaxName).
			With("Least", MinName).With("Most", MaxName)
	}
	for i, r := range folded {
		letter := unicode.IsLetter(r) || unicode.IsDigit(r)
		if !letter && (i == 0 || !unicode.IsMark(r) && !strings.ContainsRune("._-", r)) {
			return fault.New(fault.Invalid, "account.name-letters", "a name to sign in with holds letters, digits and . _ - and begins with a letter or digit")
		}
	}
	return nil
}

// FoldEmail is the form in which e-mail addresses are compared. A few providers
// tell capitals before the "@" apart; two people whose addresses differ in
// nothing else are not worth the confusion.
func FoldEmail(address string) string { return FoldName(address) }

// IsEmail reports whether what somebody signs in with is meant as an address.
func IsEmail(name string) bool { return strings.Contains(name, "@") }
