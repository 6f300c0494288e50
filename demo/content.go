package demo

import (
	"embed"
	"fmt"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml"

	"parley/dialogue"
	"parley/forum"
	"parley/moderation"
	"parley/notice"
	"parley/opinion"
	"parley/writing"
)

//go:embed *.yaml
var files embed.FS

// content is everything that the invented people say, as it stands in the files.
type content struct {
	problems   []problem
	actions    []action
	statements []statement
	comments   []comment
	reasons    map[string]map[string]string // by statement, then by side and answer: "KE+"
	cases      []judged
	later      later
}

// piece is a text in one language, or in two where somebody translated it.
type piece struct {
	Key    string
	Day    int    // before the day of the demonstration
	By     string // the key of a person
	Lang   string // of the original; empty: the one that is there, English of two
	En, Ru string
	Via    string // who translated it
}

// original is the text as it was written.
func (p piece) original() (lang, text string) {
	if p.Lang == "ru" || p.Lang == "" && p.En == "" {
		return "ru", p.Ru
	}
	return "en", p.En
}

// translated is the text in the other language; empty where nobody translated it.
func (p piece) translated() (lang, text string) {
	if of, _ := p.original(); of == "ru" {
		return "en", p.En
	}
	return "ru", p.Ru
}

// parted is the title of a text, its first line, and the rest.
func parted(text string) (title, body string) {
	title, body, _ = strings.Cut(text, "\n\n")
	return strings.TrimSpace(title), strings.TrimSpace(body)
}

type problem struct {
	Piece  piece `yaml:",inline"`
	Sector dialogue.Sector
	Tags   []string
	Link   string
}

type action struct {
	Piece   piece `yaml:",inline"`
	Answers []string
	Sector  dialogue.Sector
	Horizon forum.Horizon
	Tags    []string
	Link    string
	Parts   yaml.MapSlice // by side, or "all"
	Steps   []step
}

// parts are who would have to do what, in the order of the file.
func (a action) parts() []forum.Part {
	var out []forum.Part
	for _, p := range a.Parts {
		side := dialogue.SideID(fmt.Sprint(p.Key))
		if side == "all" {
			side = ""
		}
		out = append(out, forum.Part{Side: side, Does: fmt.Sprint(p.Value)})
	}
	return out
}

type step struct {
	Day     int
	To      forum.Status
	Why     string
	By      string
	Parties []forum.Party
}

type statement struct {
	Piece piece              `yaml:",inline"`
	Under string             // the key of a problem or an action, or "option/TOPIC/OPTION"
	Late  bool               // few have answered
	Agree map[string]float64 // of a hundred of the side
	Think map[string]float64 // "KE-BR": of a hundred of BR, as KE expects
}

type comment struct {
	Piece piece `yaml:",inline"`
	On    string
	To    string
	Quote string
	Words string
}

// judged is a matter that went before the moderators; without a verdict it is
// still open.
type judged struct {
	On     string
	Day    int
	By     string
	Reason moderation.Reason
	Text   string

	After   int // hours
	Verdict moderation.Verdict
	Days    int // of a sanction
	Lang    string
	Why     string
	Appeal  *appealed
}

type appealed struct {
	After   int // hours after the decision
	Text    string
	By      string // who decided
	Decided int    // hours after the appeal
	Verdict moderation.Verdict
	Lang    string
	Why     string
}

// later is what came after.
type later struct {
	Edits []struct {
		Key, Lang, Text string
		Day             int
	}
	Drafts []struct {
		By, Place string
		Fields    map[string]string
	}
	Follows []struct {
		By, On string
		Level  notice.Level
	}
	Guests []comment
}

// readContent reads the files; a word in them that nothing knows is an error.
func readContent() (*content, error) {
	c := &content{reasons: map[string]map[string]string{}}
	var statements []statement
	var comments []comment
	reasons := map[string]map[string]string{}
	for _, f := range []struct {
		name string
		into any
		then func()
	}{
		{"problem.yaml", &c.problems, nil},
		{"action.yaml", &c.actions, nil},
		{"statement.yaml", &c.statements, nil},
		{"statement2.yaml", &statements, func() { c.statements = append(c.statements, statements...) }},
		{"comment.yaml", &c.comments, nil},
		{"comment2.yaml", &comments, func() { c.comments = append(c.comments, comments...) }},
		{"reason.yaml", &c.reasons, nil},
		{"reason2.yaml", &reasons, func() {
			for k, v := range reasons {
				c.reasons[k] = v
			}
		}},
		{"moderation.yaml", &c.cases, nil},
		{"edit.yaml", &c.later, func() { c.comments = append(c.comments, c.later.Guests...) }},
	} {
		if err := readFile(f.name, f.into); err != nil {
			return nil, err
		}
		if f.then != nil {
			f.then()
		}
	}
	return c, nil
}

func readFile(name string, into any) error {
	data, err := files.ReadFile(name)
	if err != nil {
		return err
	}
	if err := yaml.UnmarshalWithOptions(data, into, yaml.Strict()); err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	return nil
}

// langOf tells the language of a line by its letters.
func langOf(line string) string {
	if strings.ContainsFunc(line, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }) {
		return "ru"
	}
	return "en"
}

// links reads "topic/ID, interest/ID, option/TOPIC/OPTION".
func links(list string) []forum.Link {
	var out []forum.Link
	for one := range strings.SplitSeq(list, ", ") {
		if kind, to, ok := strings.Cut(one, "/"); ok {
			out = append(out, forum.Link{Kind: forum.LinkKind(kind), To: to})
		}
	}
	return out
}

// place is under what a statement stands.
func (t *talk) place(under string) (opinion.Place, error) {
	if option, ok := strings.CutPrefix(under, "option/"); ok {
		return opinion.Place{Option: option}, nil
	}
	n, err := t.number(under)
	return opinion.Place{Item: n}, err
}

// number is that of what has the key; the empty key is the dialogue.
func (t *talk) number(key string) (writing.ID, error) {
	n, ok := t.items[key]
	if !ok && key != "" {
		return 0, fmt.Errorf("there is no %q yet", key)
	}
	return n, nil
}
