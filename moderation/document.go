package moderation

import (
	"math/big"
	"strings"
)

// documents are passports, numbers of insurance and of taxes, accounts and cards.
// Where a number has a check digit, it is computed: most sums fail it.
func documents() []form {
	const named = `(?:[ :№#.]|no\b|number|номер|серия|is|series){0,8}`
	return []form{
		{kind: "document", digits: true, re: looks(`\d{2} \d{2} (?:№ ?)?\d{6}`)},
		{kind: "document", digits: true, re: looks(`\d{4} (?:№ ?)?\d{6}`), unless: func(h hit) bool { return year.MatchString(h.words[:4]) }},
		{kind: "document", digits: true, re: looks(`(?i)(?:passport|паспорт\pL*|загранпаспорт\pL*|удостоверени\pL+(?: личности)?|водительск\pL+ удостоверени\pL+|id card|identity card|driver'?s? licen[cs]e|свидетельств\pL+ о рождении|полис\pL* омс|омс|insurance (?:policy|card))[^\d\n]{0,24}?` +
			`(?:\pL{0,3} ?\d[\d -]{4,14}\d)`), unless: func(h hit) bool { return digitsOf(h.words) < 6 || allYears(h.words) }},
		{kind: "document", digits: true, re: looks(`\d{3}-\d{3}-\d{3}[ -]\d{2}`)},
		{kind: "document", digits: true, re: looks(`(?i)снилс` + named + `\d(?:[ -]?\d){10}`)},
		{kind: "document", digits: true, re: looks(`(?i)(?:инн|inn|tin|tax(?:payer)? (?:id|number))` + named + `\d{9,12}`)},
		{kind: "document", digits: true, re: looks(`\d{12}`), unless: func(h hit) bool { return !taxNumber(h.words) }},
		{kind: "document", digits: true, re: looks(`\d{3}-\d{2}-\d{4}`)},
		{kind: "document", digits: true, re: looks(`(?i)(?:ssn|social security)` + named + `\d(?:[ -]?\d){8}`)},
		{kind: "document", digits: true, re: looks(`[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]`)},
		{kind: "document", digits: true, re: looks(`[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?`), unless: func(h hit) bool { return !iban(h.words) }},
		{kind: "document", digits: true, re: looks(`(?i)iban[ :]{0,3}[a-z]{2}\d{2}(?: ?[a-z0-9]){11,30}`)},
		{kind: "card", digits: true, re: looks(`[2-6]\d{3}(?:[ -]?\d{4}){3}`), unless: func(h hit) bool { return !luhn(h.words) || allYears(h.words) }},
		{kind: "card", digits: true, re: looks(`3[47]\d{2}[ -]?\d{6}[ -]?\d{5}`), unless: func(h hit) bool { return !luhn(h.words) }},
		{kind: "card", digits: true, re: looks(`(?i)(?:card|карт[аеуы])` + named + `\d{4}(?:[ -]?\d{4}){3}`)},
	}
}

func onlyDigits(words string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, words)
}

func digitsOf(words string) int { return len(onlyDigits(words)) }

func allYears(words string) bool {
	for _, n := range numbers.FindAllString(words, -1) {
		if !year.MatchString(n) {
			return false
		}
	}
	return true
}

// luhn is the check of ISO/IEC 7812 on cards.
func luhn(words string) bool {
	n := onlyDigits(words)
	sum := 0
	for i := range len(n) {
		d := int(n[len(n)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// iban is the check of ISO 7064 (97-10) on accounts, as ISO 13616 uses it.
func iban(words string) bool {
	s := strings.ReplaceAll(words, " ", "")
	if len(s) < 15 || len(s) > 34 {
		return false
	}
	var b strings.Builder
	for _, r := range s[4:] + s[:4] {
		if r >= 'A' {
			b.WriteString(itoa(int(r-'A') + 10))
		} else {
			b.WriteRune(r)
		}
	}
	n, ok := new(big.Int).SetString(b.String(), 10)
	return ok && new(big.Int).Mod(n, big.NewInt(97)).Int64() == 1
}

func itoa(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }

// taxNumber is the check of the twelve digits of a Russian taxpayer.
func taxNumber(n string) bool {
	weigh := func(weights ...int) byte {
		sum := 0
		for i, w := range weights {
			sum += w * int(n[i]-'0')
		}
		return byte('0' + sum%11%10)
	}
	return n[10] == weigh(7, 2, 4, 10, 3, 5, 9, 4, 6, 8) && n[11] == weigh(3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
}
