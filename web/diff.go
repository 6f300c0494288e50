package web

import (
	"strings"
	"unicode"
)

// stretch is a stretch of a text that stayed, came or went.
type stretch struct {
	Words string
	Came  bool
	Went  bool
}

// mostCompared bounds the work of comparing: the number of pieces of one text times
// that of the other, once what both begin and end with is left out. Above it they
// are shown as one that went and one that came.
const mostCompared = 500 * 500

// compareWords says word by word how one text became another: the longest common
// subsequence of words, by its lengths in a table (Wagner and Fischer 1974).
func compareWords(before, after string) []stretch {
	a, b := pieces(before), pieces(after)
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	var out []stretch
	out = append(out, stretch{Words: strings.Join(a[:head], "")})
	out = append(out, between(a[head:len(a)-tail], b[head:len(b)-tail])...)
	out = append(out, stretch{Words: strings.Join(a[len(a)-tail:], "")})
	return joined(out)
}

// pieces cuts a text into words, spaces and marks, and loses nothing.
func pieces(text string) []string {
	var out []string
	last := 0
	kind := func(c rune) int {
		switch {
		case unicode.IsLetter(c), unicode.IsDigit(c), unicode.IsMark(c):
			return 1
		case unicode.IsSpace(c):
			return 2
		}
		return 3
	}
	before := 0
	for i, c := range text {
		k := kind(c)
		if i > 0 && (k != before || k == 3) {
			out = append(out, text[last:i])
			last = i
		}
		before = k
	}
	if last < len(text) {
		out = append(out, text[last:])
	}
	return out
}

func between(a, b []string) []stretch {
	if len(a) == 0 || len(b) == 0 || len(a)*len(b) > mostCompared {
		return []stretch{{Words: strings.Join(a, ""), Went: true}, {Words: strings.Join(b, ""), Came: true}}
	}
	width := len(b) + 1
	same := make([]uint16, (len(a)+1)*width) // how many pieces the rests have in common
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				same[i*width+j] = same[(i+1)*width+j+1] + 1
			} else {
				same[i*width+j] = max(same[(i+1)*width+j], same[i*width+j+1])
			}
		}
	}
	var out []stretch
	i, j := 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] == b[j]:
			out = append(out, stretch{Words: a[i]})
			i, j = i+1, j+1
		case same[(i+1)*width+j] >= same[i*width+j+1]:
			out = append(out, stretch{Words: a[i], Went: true})
			i++
		default:
			out = append(out, stretch{Words: b[j], Came: true})
			j++
		}
	}
	return append(out, stretch{Words: strings.Join(a[i:], ""), Went: true}, stretch{Words: strings.Join(b[j:], ""), Came: true})
}

// joined puts neighbours of one sort together, and what went before what came. A
// space that stayed between two changes goes with both.
func joined(list []stretch) []stretch {
	var out []stretch
	var went, came string
	flush := func() {
		if went != "" {
			out = append(out, stretch{Words: went, Went: true})
		}
		if came != "" {
			out = append(out, stretch{Words: came, Came: true})
		}
		went, came = "", ""
	}
	for k, c := range list {
		switch {
		case c.Words == "":
		case c.Went:
			went += c.Words
		case c.Came:
			came += c.Words
		case strings.TrimSpace(c.Words) == "" && (went != "" || came != "") && k+1 < len(list) && (list[k+1].Went || list[k+1].Came) && list[k+1].Words != "":
			went, came = went+c.Words, came+c.Words
		default:
			flush()
			if n := len(out); n > 0 && !out[n-1].Came && !out[n-1].Went {
				out[n-1].Words += c.Words
			} else {
				out = append(out, c)
			}
		}
	}
	flush()
	return out
}
