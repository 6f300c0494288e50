package account

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"parley/fault"
)

// How long a password is, in runes. There is no other rule of form: no digit, no
// capital and no sign is asked for (ASVS 5.0, 6.2.1, 6.2.5, 6.2.9).
const (
	MinPassword = 8
	MaxPassword = 128
)

// minContext is how long a name is at least that must not make up a password;
// shorter ones are in half of all words.
const minContext = 4

// contextWords are the words that stand before everybody's eyes here, folded.
var contextWords = []string{"password", "passwort", "parley", "пароль", "парле"}

// CheckPassword refuses what others would guess: a password that is too short,
// that is among the most common ones (see Common), or that is little more than
// the name to sign in with or one of the words "parley", "password", "пароль":
// with these taken out, eight characters must be left. Case and the keyboard
// layout make no difference to any of it (ASVS 5.0, 6.1.2, 6.2.4, 6.2.11).
func CheckPassword(password, name string) error {
	normal := norm.NFC.String(password)
	switch n := utf8.RuneCountInString(normal); {
	case n < MinPassword:
		return fault.New(fault.Invalid, "account.password-short", "a password has at least %d characters", MinPassword).With("Least", MinPassword)
	case n > MaxPassword:
		return fault.New(fault.Invalid, "account.password-long", "a password has at most %d characters", MaxPassword).With("Most", MaxPassword)
	}
	folded := cases.Fold().String(normal)
	if Common(folded) {
		return fault.New(fault.Invalid, "account.password-common", "that password is among those that are tried first")
	}
	if rest := withoutContext(folded, FoldName(name)); rest != folded && utf8.RuneCountInString(rest) < MinPassword {
		return fault.New(fault.Invalid, "account.password-context", "that password is little more than the name or a word from this page")
	}
	return nil
}

func withoutContext(password, name string) string {
	words := contextWords
	if utf8.RuneCountInString(name) >= minContext {
		words = append([]string{name}, words...)
	}
	for _, w := range words {
		password = strings.ReplaceAll(password, w, "")
		password = strings.ReplaceAll(password, latinKeys(w), "")
	}
	return password
}

// latinKeys is what the same keys write on a Latin keyboard.
func latinKeys(s string) string {
	const cyrillic, latin = "йцукенгшщзхъфывапролджэячсмитьбюё", "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
	return strings.Map(func(r rune) rune {
		if i := strings.IndexRune(cyrillic, r); i >= 0 {
			return rune(latin[i/2]) // every letter of the Russian alphabet takes two bytes
		}
		return r
	}, s)
}
