package notice

import (
	"html"
	"strings"
	"unicode/utf8"
)

// Plain is what a reader sees of rendered text: its words without markup on one
// line, cut after most runes at the end of a word.
func Plain(rendered string, most int) string {
	var b strings.Builder
	inside := false
	for _, r := range rendered {
		switch {
		case r == '<':
			inside = true
			b.WriteByte(' ')
		case r == '>' && inside:
			inside = false
		case !inside:
			b.WriteRune(r)
		}
	}
	words := strings.Join(strings.Fields(html.UnescapeString(b.String())), " ")
	for _, sign := range []string{".", ",", ";", ":", "!", "?", ")", "»", "”"} {
		words = strings.ReplaceAll(words, " "+sign, sign)
	}
	if utf8.RuneCountInString(words) <= most {
		return words
	}
	cut := string([]rune(words)[:most])
	if space := strings.LastIndexByte(cut, ' '); space > len(cut)/2 {
		cut = cut[:space]
	}
	return cut + "…"
}
