package main

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// lineWidth is the most columns that a line of text for people takes.
const lineWidth = 100

// columns counts the columns that a terminal gives to s: none for a mark that
// combines with the letter before it, two for a wide East Asian letter.
func columns(s string) int {
	n := 0
	for _, r := range s {
		n += runeColumns(r)
	}
	return n
}

func runeColumns(r rune) int {
	if r == 0x200b || unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// wrap breaks text into lines of at most limit columns, at spaces; a no-break
// space does not break. A word longer than a line is cut.
func wrap(text string, limit int) []string {
	limit = max(limit, 2)
	var lines []string
	line := ""
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\r' }) {
		if line != "" && columns(line)+1+columns(word) <= limit {
			line += " " + word
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for columns(word) > limit {
			var head string
			head, word = cut(word, limit)
			lines = append(lines, head)
		}
		line = word
	}
	if line != "" || len(lines) == 0 {
		lines = append(lines, line)
	}
	return lines
}

// cut splits a word after at most limit columns, after a hyphen or a slash where one
// stands in the second half.
func cut(word string, limit int) (head, tail string) {
	end, used, soft := 0, 0, 0
	for i, r := range word {
		w := runeColumns(r)
		if used+w > limit {
			break
		}
		used += w
		end = i + len(string(r))
		if (r == '-' || r == '/') && used > limit/2 {
			soft = end
		}
	}
	if soft > 0 {
		end = soft
	}
	return word[:end], word[end:]
}

// longestWord is the width of the widest word of a text.
func longestWord(text string) int {
	n := 0
	for _, w := range strings.Fields(text) {
		n = max(n, columns(w))
	}
	return n
}

// pad fills s with spaces to n columns.
func pad(s string, n int) string {
	return s + strings.Repeat(" ", max(0, n-columns(s)))
}

// printable takes out what could steer a terminal, keeping line breaks as spaces: words come
// from files that strangers wrote.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			return ' '
		case unicode.IsControl(r) || (r >= 0x202a && r <= 0x202e) || (r >= 0x2066 && r <= 0x2069):
			return -1
		}
		return r
	}, s)
}
