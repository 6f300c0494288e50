package dossier

import (
	"os"
	"strings"
	"testing"

	"parley/dialogue"
	"parley/interest"
)

// A key or a word that the reader knows and the manual does not is of no use.
func TestManualExplainsEveryKeyAndWord(t *testing.T) {
	manual := readManual(t)
	for _, s := range shapes {
		for _, k := range s.keys() {
			if !strings.Contains(manual, "`"+k+"`") {
				t.Errorf("doc/dossier.md does not explain %s of %s", k, s.name)
			}
		}
	}
	scales := [][]string{
		interest.TierWords, interest.HorizonWords, interest.RoleWords, interest.LevelWords, interest.EffectWords,
		interest.ToneWords, interest.AlignmentWords, interest.RelationWords, interest.NamedWords,
		words(dialogue.Kinds), words(dialogue.Rules), words(dialogue.Stages), reservedSides, words(dialogue.Reserved),
	}
	for _, words := range scales {
		for _, w := range words {
			if w != "" && !strings.Contains(manual, "`"+w+"`") {
				t.Errorf("doc/dossier.md does not explain the word %s", w)
			}
		}
	}
}

// What the manual shows can be used as it stands.
func TestManualExamplesAreRead(t *testing.T) {
	blocks := strings.Split(readManual(t), "```yaml\n")[1:]
	if len(blocks) < 6 {
		t.Fatalf("%d examples", len(blocks))
	}
	for i, b := range blocks {
		text, _, _ := strings.Cut(b, "```")
		if _, err := Read("example", []byte(complete(text))); err != nil {
			t.Errorf("example %d: %v\n%s", i+1, err, complete(text))
		}
	}
}

// complete puts an example of the manual into a whole file.
func complete(example string) string {
	has := func(key string) bool { return strings.HasPrefix(example, key+":") }
	var b strings.Builder
	if !has("dossier") {
		b.WriteString("dossier: 1\n")
		if !has("dialogue") {
			b.WriteString("dialogue: {id: x, title: X, languages: [en, ru], as_of: 2009}\n")
		}
		b.WriteString("sides: [{id: RU, name: R}, {id: US, name: U}, {id: EU, name: E}]\n")
		entry := "title: T"
		if has("counterparts") {
			entry += "\n        " + strings.ReplaceAll(example, "\n", "\n        ")
			example = ""
		}
		if has("registers") {
			return b.String() + example
		}
		b.WriteString("registers:\n")
		for _, i := range []string{"RU-11", "US-16", "EU-03"} {
			side, _, _ := strings.Cut(i, "-")
			b.WriteString("  - subject: " + side + "\n    author: " + side + "\n    date: 2009\n    interests:\n      - id: " + i + "\n        ")
			if side == "RU" {
				b.WriteString(entry + "\n")
			} else {
				b.WriteString("title: T\n")
			}
		}
		if has("table") {
			b.WriteString("topics: [{id: nato, title: N, interests: [RU-11, US-16], relation: opposed}]\n")
		}
	}
	return b.String() + example
}

func readManual(t *testing.T) string {
	t.Helper()
	b, err := os.ReadFile("../doc/dossier.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
