package moderation

import (
	"strings"
	"unicode/utf8"
)

// Span is where in the text the words of a hint stand for the first time, in
// Unicode characters from its beginning: [start, end). ok is false where they do
// not stand there outside of quotations.
func (h Hint) Span(text string) (start, end int, ok bool) {
	var read strings.Builder
	var from []int // of each character that Heat reads, its place in the text
	at := 0
	for line := range strings.Lines(text) {
		seen := plain(line)
		quotes := strings.HasPrefix(strings.TrimSpace(seen), ">")
		for _, r := range line {
			if kept := plain(string(r)); kept != "" && !quotes {
				read.WriteString(kept)
				from = append(from, at)
			}
			at++
		}
	}
	all := read.String()
	for begin := 0; h.Words != ""; begin += len(h.Words) {
		i := strings.Index(all[begin:], h.Words)
		if i < 0 {
			break
		}
		begin += i
		if !apart(all[:begin], all[begin+len(h.Words):], h.Words) {
			continue
		}
		first := utf8.RuneCountInString(all[:begin])
		last := first + utf8.RuneCountInString(h.Words) - 1
		return from[first], from[last] + 1, true
	}
	return 0, 0, false
}

// apart reports whether the words neither begin nor end inside a word.
func apart(before, after, words string) bool {
	inside := func(a, b rune) bool { return !notWord(a) && !notWord(b) }
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(words)
	end, _ := utf8.DecodeLastRuneInString(words)
	next, _ := utf8.DecodeRuneInString(after)
	return !inside(last, first) && !inside(end, next)
}
