package dossier

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"parley/dialogue"
	"parley/fault"
	"parley/i18n"
	"parley/interest"
)

// Check holds a dossier that was changed piece by piece to all the rules of a
// file: fault.Invalid with the first mistake.
func Check(d *Dossier) error {
	_, err := Read("the dialogue", Write(d))
	var all Mistakes
	if errors.As(err, &all) && len(all) > 0 {
		m := all[0]
		en := i18n.For("en")
		return fault.New(fault.Invalid, "edit.unfit", "%s; %s", en.Say(m.What), en.Say(m.Instead)).With("What", m.What)
	}
	return err
}

// field is one text that somebody typed.
type field struct {
	name     string // as JSON names it
	text     i18n.Text
	required bool // in every language of the dialogue
}

// checkTexts holds texts to the rules of a file, and to the languages of the
// dialogue. Each fault carries Field and, where it is about one, Lang.
func checkTexts(languages []string, fields ...field) error {
	for _, f := range fields {
		for _, l := range f.text.Languages() {
			if err := checkWords(f.name, l, f.text[l], languages); err != nil {
				return err
			}
		}
		for _, l := range languages {
			if f.required && strings.TrimSpace(f.text[l]) == "" {
				return missing(f.name, l)
			}
		}
	}
	return nil
}

func checkWords(name, lang, words string, languages []string) error {
	wrong := func(key, format string, args ...any) *fault.Fault {
		return fault.New(fault.Invalid, key, name+" in "+lang+": "+format, args...).With("Field", name).With("Lang", lang)
	}
	switch n := utf8.RuneCountInString(words); {
	case !slices.Contains(languages, lang):
		return wrong("edit.language", "the languages of the dialogue are %s", strings.Join(languages, ", "))
	case !utf8.ValidString(words) || strings.ContainsFunc(words, func(c rune) bool { return isControl(c) || c == utf8.RuneError }):
		return wrong("edit.control", "it holds a character that shows nothing")
	case n > MaxText:
		return wrong("edit.long", "%d characters are more than %d", n, MaxText).With("Count", n).With("Most", MaxText)
	case strings.TrimSpace(words) == "":
		return missing(name, lang)
	}
	return nil
}

// missing is a text that is not there in one language. The languages of the
// pages are named in words, which their grammar bends; others are not named.
func missing(name, lang string) *fault.Fault {
	key := "edit.missing"
	if i18n.Speaks(lang) {
		key += "." + lang
	}
	return fault.New(fault.Invalid, key, "%s is missing in %s", name, lang).With("Field", name).With("Lang", lang)
}

func untitled() *fault.Fault {
	return fault.New(fault.Invalid, "edit.untitled", "title: no words").With("Field", "title").With("Lang", "")
}

// CheckConfigured holds head and settings to the rules of a file. What must be
// there before a dialogue opens is for the checklist.
func CheckConfigured(c dialogue.Configured) error {
	if c.Title.In("") == "" {
		return untitled()
	}
	if err := checkTexts(c.Languages,
		field{"title", c.Title, false}, field{"purpose", c.Purpose, false}, field{"source", c.Source, false}, field{"host", c.Host, false},
		field{"operator", c.Operator, false}, field{"payer", c.Payer, false}, field{"country", c.Country, false}, field{"readers", c.Readers, false},
		field{"keeping", c.Keeping, false}, field{"limits", c.Limits, false}, field{"exit", c.Exit, false}, field{"contact", c.Contact, false},
	); err != nil {
		return err
	}
	wrong := func(name string, value any) error {
		return fault.New(fault.Invalid, "edit.choice", "%s cannot be %v", name, value).With("Field", name)
	}
	switch {
	case !slices.Contains(dialogue.Rules, c.Rule):
		return wrong("rule", c.Rule)
	case !slices.Contains(dialogue.Admissions, c.Admission):
		return wrong("admission", c.Admission)
	case !slices.Contains(dialogue.Rosters, c.Roster):
		return wrong("roster", c.Roster)
	case c.Budget < 0 || c.Budget > dialogue.MaxBudget:
		return wrong("budget", c.Budget)
	}
	return Check(&Dossier{Dialogue: c.Dialogue})
}

// CheckDeclaration sees that a declaration is whole in every language.
func CheckDeclaration(t i18n.Text, languages []string) error {
	return checkTexts(languages, field{"text", t, true})
}

// CheckInterest holds an interest that somebody typed to the rules of a file: a
// title in one language at least, texts in the languages of the dialogue, and
// counterparts that are other sides of it, each once.
func CheckInterest(d dialogue.Dialogue, subject dialogue.SideID, i interest.Interest) error {
	if i.Title.In("") == "" {
		return untitled()
	}
	fields := []field{{"title", i.Title, false}, {"note", i.Note, false}}
	seen := map[dialogue.SideID]bool{}
	for _, c := range i.Counterparts {
		if _, known := d.Side(c.Side); !known || c.Side == subject || seen[c.Side] {
			return fault.New(fault.Invalid, "edit.counterpart", "a counterpart is another side of the dialogue, each once, and not %q", c.Side).
				With("Field", "counterparts").With("Side", string(c.Side))
		}
		seen[c.Side] = true
		fields = append(fields, field{"counterparts." + string(c.Side) + ".note", c.Note, false})
		if (c.Role.Low == 0) != (c.Role.High == 0) || c.Role.Low > c.Role.High {
			return interval("role", c.Side)
		}
		if (c.Priority.Low == 0) != (c.Priority.High == 0) || c.Priority.Low > c.Priority.High {
			return interval("priority", c.Side)
		}
	}
	return checkTexts(d.Languages, fields...)
}

func interval(name string, side dialogue.SideID) error {
	return fault.New(fault.Invalid, "edit.interval", "%s of %s: an interval has two ends, the low one first", name, side).
		With("Field", fmt.Sprintf("counterparts.%s.%s", side, name)).With("Side", string(side))
}
