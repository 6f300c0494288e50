package interest

import (
	"encoding/csv"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// CSVHead is what a table of results says about itself in its first rows,
// because tables travel alone.
type CSVHead struct {
	Lang       string   // language of the words in the table
	Title      string   // of the dialogue
	AsOf       string   // the date of the situation
	Authorship []string // who wrote the registers, one sentence each
	Notes      []string // whatever else a reader must know
}

// Sheet writes a table as CSV after RFC 4180. No cell can start a formula in a
// spreadsheet: one that would is preceded by an apostrophe, unless it is simply
// a number.
type Sheet struct {
	w       *csv.Writer
	columns []string
}

// NewSheet begins a table with a row that names its columns.
func NewSheet(w io.Writer, columns ...string) *Sheet {
	s := &Sheet{csv.NewWriter(w), columns}
	s.w.UseCRLF = true
	_ = s.w.Write(columns) // the writer keeps its first error for Close
	return s
}

// Row writes a row from pairs of a column's name and its cell; a column that is
// not named stays empty.
func (s *Sheet) Row(pairs ...string) {
	cells := make([]string, len(s.columns))
	for i := 0; i+1 < len(pairs); i += 2 {
		cells[s.column(pairs[i])] = harmless(pairs[i+1])
	}
	_ = s.w.Write(cells)
}

func (s *Sheet) column(name string) int {
	for i, c := range s.columns {
		if c == name {
			return i
		}
	}
	panic(fmt.Sprintf("interest: a table has no column %q", name))
}

// Close writes what is left and returns the first error.
func (s *Sheet) Close() error {
	s.w.Flush()
	return s.w.Error()
}

// About writes the head of a table: every sheet has the columns section, key
// and value.
func (s *Sheet) About(head CSVHead) {
	about := func(key, value string) {
		if value != "" {
			s.Row("section", "about", "key", key, "value", value)
		}
	}
	about("title", head.Title)
	about("as_of", head.AsOf)
	for _, a := range head.Authorship {
		about("authorship", a)
	}
	for _, n := range head.Notes {
		about("note", n)
	}
}

var number = regexp.MustCompile(`^[+-]?\d+(\.\d+)?(/\d+)?$`)

func harmless(cell string) string {
	cell = strings.ReplaceAll(cell, "\x00", "")
	trimmed := strings.TrimLeft(cell, " \t\r\n\u00a0")
	starts := trimmed != "" && strings.ContainsRune("=+-@\uff1d\uff0b\uff0d\uff20", []rune(trimmed)[0])
	if !starts && (cell == "" || !strings.ContainsRune("\t\r\n", rune(cell[0]))) || number.MatchString(cell) {
		return cell
	}
	return "'" + cell
}

// WriteCSV writes the comparison as one long table: section says what a row is
// about, the ids are those of the dossier.
func (c Comparison) WriteCSV(w io.Writer, head CSVHead) error {
	s := NewSheet(w, "section", "topic", "interest", "side", "key", "value")
	s.About(head)
	for _, r := range c.Registers {
		s.Row("section", "register", "side", r.Subject, "key", "author", "value", r.Author)
		s.Row("section", "register", "side", r.Subject, "key", "declared", "value", strconv.FormatBool(r.Declared))
		for _, tier := range []string{Vital.String(), Important.String(), Secondary.String(), unplacedWord} {
			s.Row("section", "register", "side", r.Subject, "key", tier, "value", strconv.Itoa(r.Counts[tier]))
		}
	}
	for _, t := range c.Topics {
		c.topicRows(s, t)
	}
	for _, list := range []struct {
		section string
		beliefs []Belief
	}{{"perception", c.Perception}, {"between_authors", c.BetweenAuthors}} {
		for _, b := range list.beliefs {
			at := []string{"section", list.section, "topic", b.Topic, "interest", b.Interest, "side", b.About}
			for _, kv := range [][2]string{
				{"believed_in", b.BelievedIn}, {"believed_by", b.BelievedBy}, {"believed_low", b.Believed[0]},
				{"believed_high", b.Believed[1]}, {"own_tier", b.OwnTier}, {"basis", b.Basis},
			} {
				s.Row(append(at[:len(at):len(at)], "key", kv[0], "value", kv[1])...)
			}
		}
	}
	for _, x := range c.Contradictions {
		s.Row("section", "contradiction", "topic", x.Topic, "interest", x.Interest, "side", x.Side, "key", x.Relation, "value", x.Alignment)
	}
	for _, id := range c.Unmatched {
		s.Row("section", "unmatched", "interest", id)
	}
	for _, u := range c.Unregistered {
		s.Row("section", "unregistered", "topic", u.ID, "key", u.As, "value", u.By)
	}
	for _, a := range c.Asks {
		s.Row("section", "ask", "topic", a.Topic, "interest", a.Interest, "side", a.Of)
	}
	c.partRows(s)
	for _, text := range c.Warnings {
		s.Row("section", "warning", "value", text)
	}
	return s.Close()
}

func (c Comparison) topicRows(s *Sheet, t TopicRow) {
	s.Row("section", "topic", "topic", t.ID, "key", "relation", "value", t.Relation)
	for _, i := range t.Interests {
		s.Row("section", "topic", "topic", t.ID, "interest", i, "key", "interest")
	}
	for _, side := range c.Sides {
		if tier, ok := t.Tiers[side]; ok {
			s.Row("section", "topic", "topic", t.ID, "side", side, "key", "tier", "value", tier)
		}
	}
	s.Row("section", "topic", "topic", t.ID, "key", "weightier_for", "value", t.WeightierFor)
	for _, a := range t.Affects {
		s.Row("section", "topic", "topic", t.ID, "key", "affects", "value", a)
	}
}

func (c Comparison) partRows(s *Sheet) {
	for _, p := range c.Part {
		role := p.Role[0]
		if p.Role[1] != p.Role[0] {
			role += " to " + p.Role[1]
		}
		for _, kv := range [][2]string{{"role", role}, {"effect", p.Effect}, {"alignment", p.Alignment}} {
			if kv[1] != "" {
				s.Row("section", "part", "interest", p.Interest, "side", p.Side, "key", kv[0], "value", kv[1])
			}
		}
	}
}
