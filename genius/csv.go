package genius

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"math/big"

	"parley/dossier"
)

// disagreementRow begins the row that says what no agreement gives each side.
const disagreementRow = "disagreement"

// ReadCSV reads a table of points: the head is issue, option and the name of
// every side, each row an option and its points, and one row may begin with
// "disagreement". Commas, semicolons or tabs part the cells.
func ReadCSV(table File, set Settings) (*Imported, error) {
	start := place{table.Name, 0}
	if len(table.Data) > maxBytes {
		return nil, start.wrong("too-large", "Most", maxBytes>>20)
	}
	data := bytes.TrimPrefix(table.Data, []byte("\ufeff"))
	if !utf8.Valid(data) {
		return nil, start.wrong("not-utf8")
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.Comma, r.FieldsPerRecord = separator(data), -1
	s := &scenario{form: "points", name: table.Name, title: plainBase(table.Name)}
	if err := s.readRows(r, table.Name); err != nil {
		return nil, err
	}
	set.Reservation = true // a row that states it is meant
	for _, p := range s.sides {
		if p.reservation == nil {
			p.reservation = new(big.Rat)
		}
	}
	return s.dossier(set)
}

// separator is whichever of the usual ones the head has most of.
func separator(data []byte) rune {
	head, _, _ := bytes.Cut(data, []byte("\n"))
	best := ','
	for _, c := range []rune{';', '\t'} {
		if bytes.Count(head, []byte(string(c))) > bytes.Count(head, []byte(string(best))) {
			best = c
		}
	}
	return best
}

func (s *scenario) readRows(r *csv.Reader, file string) error {
	for n := 0; ; n++ {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return notCSV(file, err)
		}
		line, _ := r.FieldPos(0)
		at := place{file, line}
		if n > maxElements {
			return at.wrong("too-many-elements", "Most", maxElements, "Deep", maxDepth)
		}
		if n == 0 {
			err = s.readColumns(cells, at)
		} else {
			err = s.readRow(cells, at)
		}
		if err != nil {
			return err
		}
	}
	if len(s.issues) == 0 {
		return place{file, 0}.wrong("no-rows")
	}
	for i := range s.issues {
		if err := checkCount(&s.issues[i], len(s.issues[i].values)); err != nil {
			return err
		}
	}
	return nil
}

func notCSV(file string, err error) error {
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		return place{file, parse.StartLine}.wrong("not-csv")
	}
	return place{file, 0}.wrong("not-csv")
}

func (s *scenario) readColumns(cells []string, at place) error {
	if len(cells) < 2 || !strings.EqualFold(strings.TrimSpace(cells[0]), "issue") || !strings.EqualFold(strings.TrimSpace(cells[1]), "option") {
		return at.wrong("csv-head")
	}
	if n := len(cells) - 2; n < 2 || n > dossier.MaxSides {
		return at.wrong("csv-sides", "Got", n, "Most", dossier.MaxSides)
	}
	for _, name := range cells[2:] {
		name = strings.TrimSpace(name)
		if name == "" {
			return at.wrong("csv-head")
		}
		if slices.ContainsFunc(s.sides, func(p *side) bool { return p.name == name }) {
			return at.wrong("name-twice", "Name", shown(name))
		}
		s.sides = append(s.sides, newSide(name, 0))
	}
	return nil
}

func (s *scenario) readRow(cells []string, at place) error {
	if want := len(s.sides) + 2; len(cells) != want {
		return at.wrong("csv-cells", "Got", len(cells), "Want", want)
	}
	values := make([]*big.Rat, len(s.sides))
	for k, text := range cells[2:] {
		v, ok := numberOrQuotient(text)
		if !ok {
			return at.wrong("number", "What", s.sides[k].name, "Got", shown(text))
		}
		if new(big.Rat).Abs(v).Cmp(big.NewRat(largestPoints, 1)) > 0 {
			return at.wrong("too-high", "Most", largestPoints)
		}
		values[k] = v
	}
	name, option := strings.TrimSpace(cells[0]), strings.TrimSpace(cells[1])
	if name == disagreementRow && option == "" {
		return s.readDisagreement(values, at)
	}
	if name == "" || option == "" {
		return at.wrong("csv-row")
	}
	i := slices.IndexFunc(s.issues, func(i issue) bool { return i.name == name })
	if i < 0 {
		if i = len(s.issues); i >= dossier.MaxIssues {
			return at.wrong("too-many-issues", "Got", i+1, "Most", dossier.MaxIssues)
		}
		s.issues = append(s.issues, issue{name: name, index: i + 1, at: at})
		for _, p := range s.sides {
			p.points = append(p.points, nil)
		}
	}
	if slices.Contains(s.issues[i].values, option) {
		return at.wrong("option-twice", "Issue", shown(name), "Value", shown(option))
	}
	s.issues[i].values = append(s.issues[i].values, option)
	for k, p := range s.sides {
		p.points[i] = append(p.points[i], values[k])
	}
	return nil
}

func (s *scenario) readDisagreement(values []*big.Rat, at place) error {
	if s.sides[0].reservation != nil {
		return at.wrong("name-twice", "Name", shown(disagreementRow))
	}
	for k, p := range s.sides {
		p.reservation = values[k]
	}
	return nil
}
