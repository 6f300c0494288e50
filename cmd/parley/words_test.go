package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"parley/deal"
	"parley/dialogue"
	"parley/i18n"
	"parley/interest"
)

// Every key that the code names exists in every language, and every key of the
// catalogue is named: whole, or by its beginning where the rest is a word of a
// scale.
func TestWordsAreThereAndAreUsed(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	whole, begins := map[string]bool{}, map[string]bool{}
	literal := regexp.MustCompile(`"((?:cli\.)?[a-z]+(?:[.-][a-z0-9-]+)*)(\.?)"`)
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") {
			continue
		}
		source, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range literal.FindAllStringSubmatch(string(source), -1) {
			key := "cli." + strings.TrimPrefix(m[1], "cli.")
			if m[2] == "." {
				begins[key+"."] = true
			} else {
				whole[key] = true
			}
		}
		for _, m := range regexp.MustCompile(`\$\{(cmd|flag|arg)_(\w+)\}`).FindAllStringSubmatch(string(source), -1) {
			whole["cli."+m[1]+"."+strings.ReplaceAll(m[2], "_", "-")] = true
		}
		named := regexp.MustCompile(`\.(?:t|n|wrong|cannot)\("([a-z0-9.-]+[a-z0-9])"[,)]`)
		for _, m := range named.FindAllStringSubmatch(string(source), -1) {
			for _, lang := range i18n.Languages {
				if !i18n.For(lang).Has("cli." + m[1]) {
					t.Errorf("%s: %s has no words for cli.%s", f, lang, m[1])
				}
			}
		}
	}
	for _, key := range i18n.For("en").Keys() {
		if !strings.HasPrefix(key, "cli.") || whole[key] {
			continue
		}
		scale, _, _ := strings.Cut(strings.TrimPrefix(key, "cli."), ".")
		_, used := scales()[scale]
		for begin := range begins {
			used = used || strings.HasPrefix(key, begin)
		}
		if !used {
			t.Errorf("%s is in the catalogue and nobody says it", key)
		}
	}
}

// The reasons why something stays undecided, and the words of the scales, have
// words here: what another package adds must not come out as a bare key.
func TestWordsOfOtherPackages(t *testing.T) {
	for scale, words := range scales() {
		for _, w := range words {
			for _, lang := range i18n.Languages {
				if w != "" && !i18n.For(lang).Has("cli."+scale+"."+w) {
					t.Errorf("%s has no words for cli.%s.%s", lang, scale, w)
				}
			}
		}
	}
}

func scales() map[string][]string {
	return map[string][]string{
		"tier": append([]string{"unplaced"}, interest.TierWords...), "role": interest.RoleWords, "level": interest.LevelWords,
		"effect": interest.EffectWords, "alignment": interest.AlignmentWords, "relation": interest.RelationWords, "named": interest.NamedWords,
		"kind":      {string(dialogue.Live), string(dialogue.Historical), string(dialogue.Invented)},
		"stakes":    {string(deal.Split), string(deal.Full)},
		"baseline":  {string(deal.Free), string(deal.StatusQuo), string(deal.Disagreement)},
		"undecided": {"vital-to-both", "no-option-prevails"},
		"beliefs":   {interest.BetweenSides, interest.WithinOneSource, interest.BetweenAuthors},
	}
}
