package demo

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"parley/deal"
	"parley/dossier"
	"parley/examples"
	"parley/forum"
	"parley/writing"
)

func contentOf(t *testing.T) *content {
	t.Helper()
	c, err := readContent()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// pieces are all texts by what they are.
func (c *content) pieces() map[writing.Kind][]piece {
	out := map[writing.Kind][]piece{}
	for _, p := range c.problems {
		out[writing.Problem] = append(out[writing.Problem], p.Piece)
	}
	for _, a := range c.actions {
		out[writing.Action] = append(out[writing.Action], a.Piece)
	}
	for _, s := range c.statements {
		out[writing.Statement] = append(out[writing.Statement], s.Piece)
	}
	for _, k := range c.comments {
		out[writing.Comment] = append(out[writing.Comment], k.Piece)
	}
	return out
}

// TestThereIsEnoughToLookAt counts what the pages have to show.
func TestThereIsEnoughToLookAt(t *testing.T) {
	all := contentOf(t).pieces()
	for kind, least := range map[writing.Kind]int{writing.Problem: 12, writing.Action: 20, writing.Statement: 40, writing.Comment: 100} {
		if n := len(all[kind]); n < least {
			t.Errorf("%d of kind %s, want %d", n, kind, least)
		}
		by := map[string]int{}
		for _, p := range all[kind] {
			lang, _ := p.original()
			by[lang]++
			if p.Via == "" {
				by["alone"]++
			}
		}
		if n := len(all[kind]); by["en"]*5 < n*2 || by["ru"]*5 < n*2 {
			t.Errorf("%s: %d in English, %d in Russian; want about half each", kind, by["en"], by["ru"])
		}
		if kind != writing.Comment && (by["alone"] == 0 || by["alone"]*5 > len(all[kind])) {
			t.Errorf("%s: %d without a translation; want a few", kind, by["alone"])
		}
	}
}

// TestTextsAreWhole: each text is in the language that it is said to be in, not
// too long, and by somebody who is there.
func TestTextsAreWhole(t *testing.T) {
	c := contentOf(t)
	d := towns(t)
	people := map[string]bool{"convener": true, "mediator": true, "moderator": true, "interpreter": true, "observer": true}
	for _, s := range d.Dialogue.Sides {
		people["member-"+string(s.ID)] = true
	}
	for _, p := range crowd(d.Dialogue.Sides) {
		people[p.key] = true
	}
	keys := map[string]bool{"": true}
	mention := regexp.MustCompile(`\{([^}]*)\}`)
	for kind, list := range c.pieces() {
		for _, p := range list {
			lang, text := p.original()
			other, translated := p.translated()
			if !people[p.By] || p.Via != "" && !people[p.Via] || kind != writing.Statement && p.Day < 1 || p.Day > history-1 || text == "" {
				t.Errorf("%s %q by %q, day %d, via %q", kind, p.Key, p.By, p.Day, p.Via)
			}
			if p.Via == p.By && p.By != "" {
				t.Errorf("%s translates their own words: %.40q", p.By, text)
			}
			if (translated == "") != (p.Via == "") {
				t.Errorf("%.40q is translated by %q as %.40q", text, p.Via, translated)
			}
			for l, words := range map[string]string{lang: text, other: translated} {
				if words != "" && langOf(strings.NewReplacer("«", "", "»", "").Replace(words)) != l {
					t.Errorf("%.40q is not in %s", words, l)
				}
				for _, m := range mention.FindAllStringSubmatch(words, -1) {
					if !people[m[1]] {
						t.Errorf("%.40q mentions nobody: %s", words, m[0])
					}
				}
				title, body := parted(words)
				most := writing.MaxTitle
				if kind == writing.Statement {
					most = writing.MaxStatement
				}
				if kind != writing.Comment && (utf8.RuneCountInString(title) > most || strings.Contains(title, "\n")) || utf8.RuneCountInString(body) > writing.MaxBody {
					t.Errorf("too long: %.60q", words)
				}
			}
			if p.Key != "" && keys[p.Key] {
				t.Errorf("two are called %q", p.Key)
			}
			keys[p.Key] = true
		}
	}
}

// TestEverythingLeadsSomewhere: links lead to what the dossier has, and keys to
// texts.
func TestEverythingLeadsSomewhere(t *testing.T) {
	c, d := contentOf(t), towns(t)
	there := map[string]bool{}
	for _, topic := range d.Topics {
		there["topic/"+string(topic.ID)] = true
	}
	for _, r := range d.Registers {
		for _, i := range r.Interests {
			there["interest/"+string(i.ID)] = true
		}
	}
	for _, o := range optionsOf(t, d) {
		there["option/"+o] = true
	}
	under, linked := map[string]int{}, map[forum.LinkKind]int{}
	check := func(list string) {
		for _, l := range links(list) {
			linked[l.Kind]++
			if !there[string(l.Kind)+"/"+l.To] {
				t.Errorf("nothing is called %s/%s", l.Kind, l.To)
			}
		}
	}
	items := map[string]string{"": "dialogue"}
	for _, p := range c.problems {
		check(p.Link)
		items[p.Piece.Key] = "problem"
	}
	for _, a := range c.actions {
		check(a.Link)
		items[a.Piece.Key] = "action"
		for _, k := range a.Answers {
			if items[k] != "problem" {
				t.Errorf("%s answers %q", a.Piece.Key, k)
			}
		}
	}
	for _, s := range c.statements {
		if option, ok := strings.CutPrefix(s.Under, "option/"); ok {
			check("option/" + option)
			under["option"]++
		} else if under[items[s.Under]]++; items[s.Under] == "" {
			t.Errorf("%s stands under %q", s.Piece.Key, s.Under)
		}
		if len(s.Agree) != len(d.Dialogue.Sides) {
			t.Errorf("%s: %v", s.Piece.Key, s.Agree)
		}
		if len(c.reasons[s.Piece.Key]) == 0 {
			t.Errorf("%s: nobody says why", s.Piece.Key)
		}
	}
	for _, place := range []string{"dialogue", "problem", "action", "option"} {
		if under[place] < 3 {
			t.Errorf("%d statements under a %s", under[place], place)
		}
	}
	for _, kind := range []forum.LinkKind{forum.LinkTopic, forum.LinkInterest, forum.LinkOption} {
		if linked[kind] < 5 {
			t.Errorf("%d links of kind %s", linked[kind], kind)
		}
	}
	status := map[forum.Status]int{}
	for _, a := range c.actions {
		for _, s := range a.Steps {
			status[s.To]++
		}
	}
	for _, s := range forum.Statuses {
		if s != forum.Raised && s != forum.CommonGround && status[s] == 0 {
			t.Errorf("nothing is %s", s)
		}
	}
}

// TestThereIsSomethingToLearn: by the figures from which the answers are drawn
// there is common ground, there is division, and sides misjudge one another and
// are right about one another.
func TestThereIsSomethingToLearn(t *testing.T) {
	shared, divided, wrong, right := 0, 0, 0, 0
	for _, s := range contentOf(t).statements {
		low, high := 100.0, 0.0
		for _, of := range s.Agree {
			low, high = min(low, of), max(high, of)
		}
		if low >= 70 {
			shared++
		}
		if high-low >= 30 {
			divided++
		}
		if len(s.Think) == 0 {
			right++
		}
		for pair, think := range s.Think {
			_, about, _ := strings.Cut(pair, "-")
			of, ok := s.Agree[about]
			if !ok {
				t.Errorf("%s: %s", s.Piece.Key, pair)
			}
			if of-think >= 25 || think-of >= 25 {
				wrong++
			}
		}
	}
	if shared < 10 || divided < 10 || wrong < 20 || right < 8 {
		t.Errorf("%d statements are shared, %d divide, %d expectations are wrong, %d statements about which all are right", shared, divided, wrong, right)
	}
}

// TestNothingIsSaidOfTheWorld: the invented people speak of three invented towns
// and of nobody else.
func TestNothingIsSaidOfTheWorld(t *testing.T) {
	entries, err := files.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range examples.All() {
		d, err := dossier.Read(e.Name, e.Data)
		if err != nil {
			t.Fatal(err)
		}
		if d.Dialogue.ID == Dialogue {
			continue
		}
		for _, s := range d.Dialogue.Sides {
			for _, n := range s.Name {
				names = append(names, n)
			}
		}
	}
	names = append(names, "Iran", "Иран", "NATO", "НАТО", "Europe", "Европ", "America", "Америк", "Moscow", "Москв", "Washington", "Вашингтон", "русск", "америк")
	if !slices.Contains(names, "Россия") {
		t.Fatalf("the names are %q", names)
	}
	for _, e := range entries {
		data, err := files.ReadFile(e.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range names {
			if strings.Contains(string(data), n) {
				t.Errorf("%s speaks of %s", e.Name(), n)
			}
		}
		if lines := strings.Count(string(data), "\n"); lines > 500 {
			t.Errorf("%s has %d lines", e.Name(), lines)
		}
	}
}

func towns(t *testing.T) *dossier.Dossier {
	t.Helper()
	for _, e := range examples.All() {
		d, err := dossier.Read(e.Name, e.Data)
		if err != nil {
			t.Fatal(err)
		}
		if d.Dialogue.ID == Dialogue {
			return d
		}
	}
	t.Fatal("no towns")
	return nil
}

// optionsOf lists the options of the table as "TOPIC/OPTION".
func optionsOf(t *testing.T, d *dossier.Dossier) []string {
	t.Helper()
	var out []string
	for topic, options := range deal.OptionIDs(d.Input()) {
		for _, o := range options {
			out = append(out, string(topic)+"/"+o)
		}
	}
	if len(out) < 20 {
		t.Fatalf("only %d options", len(out))
	}
	return out
}
