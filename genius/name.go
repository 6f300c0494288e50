package genius

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"parley/dossier"
)

// names gives out ids, each once.
type names map[string]bool

// take makes an id out of words: their Latin letters and digits, hyphens for
// everything between; otherwise what stands in for it. An id that is taken gets a
// number.
func (n names) take(words, otherwise string) string {
	const most = 56 // leaves room for a number
	var b strings.Builder
	gap := false
	for _, c := range words {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' {
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			if b.WriteRune(c); b.Len() >= most {
				break
			}
			continue
		}
		gap = true
	}
	id := strings.TrimLeft(b.String(), "_")
	if !dossier.FitsID(id) {
		id = otherwise
	}
	for base, k := id, 2; n[strings.ToLower(id)]; k++ {
		id = fmt.Sprintf("%s-%d", base, k)
	}
	n[strings.ToLower(id)] = true
	return id
}

// reservedSides are words that mean something else where a side may stand.
var reservedSides = []string{"all", "equal", "unknown", "several", "none", "newcomer"}

func newSideNames() names {
	n := names{}
	for _, w := range reservedSides {
		n[w] = true
	}
	return n
}

// base is a file's name without folders and ending.
func base(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	return strings.TrimSuffix(name, path.Ext(name))
}

// domainWords are what files of domains end in that says nothing.
var domainWords = []string{"_domain", "-domain", "_template", "-template", " domain"}

// plainBase is a file's base without the word "domain".
func plainBase(name string) string {
	b := base(name)
	if k := slices.IndexFunc(domainWords, func(w string) bool { return strings.HasSuffix(strings.ToLower(b), w) }); k >= 0 {
		b = b[:len(b)-len(domainWords[k])]
	}
	return b
}
