package web

// Mark tells sides apart without flags and without colours: a letter in a shape,
// and a pattern for bands and bars. It follows the alphabetical order of the
// sides in the reader's language and stays with its side when columns swap.
type Mark struct {
	Letter  string
	Shape   string // an SVG path in a box of 24 by 24
	Base    int    // where the letter stands in that box
	Pattern int    // 0 to 11: the id "pattern-N" of the layout
}

// MaxSides is how many sides can be told apart.
const MaxSides = 12

var letters = map[string][]rune{
	"en": []rune("ABCDEFGHJKLM"),
	"ru": []rune("АБВГДЕЖЗИКЛМ"),
}

// shapes avoid stars, crescents and crosses.
var shapes = [MaxSides]struct {
	path string
	base int
}{
	{"M12 1a11 11 0 1 1 0 22a11 11 0 1 1 0-22z", 17},
	{"M2 2h20v20h-20z", 17},
	{"M12 0l12 12l-12 12l-12-12z", 17},
	{"M12 0l12 23h-24z", 20},
	{"M6.5 2h11l6 10l-6 10h-11l-6-10z", 17},
	{"M0 1h24l-12 23z", 14},
	{"M12 0l12 9l-4.6 14h-14.8l-4.6-14z", 18},
	{"M1 22v-8a11 12 0 0 1 22 0v8z", 18},
	{"M5 3h14l5 18h-24z", 18},
	{"M6 3h18l-6 18h-18z", 17},
	{"M7.5 1h9l6.5 6.5v9l-6.5 6.5h-9l-6.5-6.5v-9z", 17},
	{"M0 4a7 7 0 0 1 7-3h10a7 7 0 0 1 7 3v16a7 7 0 0 1-7 3h-10a7 7 0 0 1-7-3z", 17},
}

// markOf is the mark of the side that stands at position i of the alphabet.
func markOf(i int, lang string) Mark {
	i %= MaxSides
	alphabet := letters[lang]
	if alphabet == nil {
		alphabet = letters["en"]
	}
	return Mark{string(alphabet[i]), shapes[i].path, shapes[i].base, i}
}
