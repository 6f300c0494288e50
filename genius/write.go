package genius

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"parley/deal"
	"parley/dialogue"
	"parley/dossier"
	"parley/i18n"
	"parley/interest"
)

// known says which numbers the issues of the domain have.
func (s *scenario) known() string {
	const most = 12
	var out []string
	for _, i := range s.issues {
		if len(out) == most {
			out = append(out, "…")
			break
		}
		out = append(out, fmt.Sprint(i.index))
	}
	return strings.Join(out, ", ")
}

// dossier writes the scenario as a table of points, and reads it back, so that
// what leaves here can be read.
func (s *scenario) dossier(set Settings) (*Imported, error) {
	s.settle()
	for _, p := range s.sides {
		if !set.Cap {
			p.cap = nil
		} else if p.cap == nil {
			s.note("no-cap", "File", p.name)
		}
		if !set.Reservation {
			p.reservation = nil
		} else if p.reservation == nil {
			s.note("no-reservation", "File", p.name)
		}
		at := place{p.name, 0}
		if s.form == "points" {
			at.file = s.name // one file holds all sides
		}
		if err := p.checkNumbers(at); err != nil {
			return nil, err
		}
	}
	w := &writer{scenario: s, d: &dossier.Dossier{Table: &deal.Written{}}}
	if w.carrier() < 0 {
		return nil, place{s.name, 0}.wrong("nothing-to-choose")
	}
	w.head(set)
	w.issues()
	w.terms()
	w.ends()
	data := dossier.Write(w.d)
	if len(data) > dossier.MaxBytes {
		return nil, place{s.name, 0}.wrong("dossier-too-large", "Got", len(data), "Most", dossier.MaxBytes)
	}
	d, err := dossier.Read(base(s.name)+".yaml", data)
	if err != nil {
		return nil, err
	}
	return &Imported{d, s.notices}, nil
}

// settle makes what issues of one value are worth part of the constants: there is
// nothing to decide about them.
func (s *scenario) settle() {
	for i, is := range s.issues {
		if len(is.values) > 1 {
			continue
		}
		for _, p := range s.sides {
			for _, v := range p.points[i] {
				p.constant.Add(p.constant, v)
			}
		}
	}
}

// mostDigits bounds the numerators and denominators that a dossier may have, and
// largestPoints its values.
const (
	mostDigits    = 40
	largestPoints = 1_000_000_000_000
)

// checkNumbers sees that a dossier can hold every number of a side.
func (p *side) checkNumbers(at place) error {
	var all []*big.Rat
	for _, row := range p.points {
		for _, v := range row {
			all = append(all, v, new(big.Rat).Add(v, p.constant))
		}
	}
	for _, t := range p.terms {
		all = append(all, t.value)
	}
	for _, v := range []*big.Rat{p.reservation, p.cap} {
		if v != nil {
			all = append(all, v)
		}
	}
	limit := big.NewRat(largestPoints, 1)
	for _, v := range all {
		if new(big.Rat).Abs(v).Cmp(limit) > 0 {
			return at.wrong("too-high", "Most", largestPoints)
		}
		if len(v.Num().String()) > mostDigits || len(v.Denom().String()) > mostDigits {
			return at.wrong("too-fine", "Most", mostDigits)
		}
	}
	return nil
}

type writer struct {
	*scenario
	d       *dossier.Dossier
	ids     []dialogue.SideID
	topics  []interest.TopicID
	options [][]string
}

func (w *writer) head(set Settings) {
	files := []string{baseName(w.name)}
	taken := newSideNames()
	for k, p := range w.sides {
		id := dialogue.SideID(taken.take(base(p.name), fmt.Sprintf("side-%d", k+1)))
		w.ids = append(w.ids, id)
		w.d.Dialogue.Sides = append(w.d.Dialogue.Sides, dialogue.Side{ID: id, Name: i18n.Text{"en": base(p.name)}})
		if p.name != w.name && !slices.Contains(files, baseName(p.name)) {
			files = append(files, baseName(p.name))
		}
	}
	title := w.title
	if title == "" || strings.EqualFold(title, "root") {
		title = plainBase(w.name)
	}
	d := &w.d.Dialogue
	d.ID = dialogue.ID(strings.ReplaceAll(strings.ToLower(names{}.take(w.form+"-"+plainBase(w.name), w.form)), "_", "-"))
	d.Languages, d.AsOf = slices.Clone(i18n.Languages), set.AsOf
	d.Title = i18n.Text{"en": clean(title)}
	d.Kind, d.Rule, d.Stage = dialogue.Invented, dialogue.Members, dialogue.Preparing
	if w.form == "points" {
		d.Kind = dialogue.Live
	}
	d.Source = i18n.Text{}
	for _, lang := range i18n.Languages {
		d.Source[lang] = i18n.For(lang).T("import.source."+w.form, "Files", strings.Join(files, ", "))
	}
}

func baseName(name string) string { return clean(name[strings.LastIndexAny(name, `/\`)+1:]) }

// clean takes out of a text what no dossier may hold.
func clean(text string) string {
	return strings.TrimSpace(strings.Map(func(c rune) rune {
		if c < ' ' || c >= 0x7f && c < 0xa0 || c == '\u2028' || c == '\u2029' || c == '\ufeff' || c == '\ufffd' {
			return ' '
		}
		return c
	}, text))
}

func (w *writer) issues() {
	taken := names{}
	for i := range w.scenario.issues {
		is := &w.scenario.issues[i]
		topic := interest.TopicID(taken.take(is.name, fmt.Sprintf("issue-%d", i+1)))
		written := deal.WrittenIssue{Topic: topic, Title: titled(is.name, string(topic))}
		options := names{}
		var ids []string
		for k, value := range is.values {
			words := value
			if strings.HasPrefix(value, "-") {
				words = "minus" + value
			}
			id := options.take(words, fmt.Sprintf("value-%d", k+1))
			ids = append(ids, id)
			o := deal.WrittenOption{ID: id, Title: titled(value, id)}
			for s, p := range w.sides {
				v := new(big.Rat).Set(p.points[i][k])
				if i == w.carrier() {
					v.Add(v, p.constant)
				}
				o.Points = append(o.Points, deal.SidePoints{Side: w.ids[s], Value: interest.FractionFrom(v)})
			}
			written.Options = append(written.Options, o)
		}
		w.topics, w.options = append(w.topics, topic), append(w.options, ids)
		if len(ids) > 1 {
			w.d.Table.Issues = append(w.d.Table.Issues, written)
		}
	}
}

// carrier is the issue whose options carry the constants of all sides.
func (w *writer) carrier() int {
	return slices.IndexFunc(w.scenario.issues, func(i issue) bool { return len(i.values) > 1 })
}

func titled(text, otherwise string) i18n.Text {
	if text = clean(text); text == "" {
		text = otherwise
	}
	return i18n.Text{"en": text}
}

// terms writes one rule for each box, with the points of all sides.
func (w *writer) terms() {
	type row struct {
		box    []bound
		points []deal.SidePoints
	}
	var rows []row
	for s, p := range w.sides {
		for _, t := range p.terms {
			if t.value.Sign() != 0 {
				rows = append(rows, row{t.bounds, []deal.SidePoints{{Side: w.ids[s], Value: interest.FractionFrom(t.value)}}})
			}
		}
	}
	slices.SortStableFunc(rows, func(a, b row) int { return compareBoxes(a.box, b.box) })
	for k := 0; k < len(rows); {
		r := rows[k]
		for k++; k < len(rows) && compareBoxes(rows[k].box, r.box) == 0; k++ {
			r.points = append(r.points, rows[k].points...)
		}
		u := deal.Rule{Points: r.points}
		for _, b := range r.box {
			u.Together = append(u.Together, w.ref(b))
		}
		w.d.Table.Rules = append(w.d.Table.Rules, u)
	}
}

// ref names the options from one to another: "issue/2..5".
func (w *writer) ref(b bound) deal.OptionRef {
	ids := w.options[b.issue]
	option := ids[b.low]
	switch b.high - b.low {
	case 0:
	case 1:
		option += "|" + ids[b.high]
	default:
		option += ".." + ids[b.high]
	}
	return deal.OptionRef{Topic: w.topics[b.issue], Option: option}
}

// ends writes what no agreement gives each side, and the caps.
func (w *writer) ends() {
	for s, p := range w.sides {
		v := new(big.Rat)
		if p.reservation != nil {
			v = p.reservation
		}
		w.d.Table.Disagreement = append(w.d.Table.Disagreement, deal.SidePoints{Side: w.ids[s], Value: interest.FractionFrom(v)})
		if p.cap != nil {
			w.d.Table.Cap = append(w.d.Table.Cap, deal.SidePoints{Side: w.ids[s], Value: interest.FractionFrom(p.cap)})
		}
	}
}
