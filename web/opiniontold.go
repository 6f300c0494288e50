package web

import (
	"html/template"
	"math"
	"strconv"
	"strings"

	"parley/chart"
	"parley/opinion"
)

// toldView is what is told of a statement, and nothing else: every figure that a
// page shows of answers comes through here.
type toldView struct {
	Rows    []figureRow
	Ground  string        // on how many of ten every side at least agrees; empty where that is no common ground
	Date    string        // of the telling
	Picture template.HTML // empty where the rows hold small ones
	Missing []Side        // sides of whom nothing is told
}

// figureRow is one group: a side, or one of those that are none.
type figureRow struct {
	Side     *Side
	Name     string
	Sentence string
	N        string
	Agree    string
	Disagree string
	Passed   string
	Range    string
	Matters  string // empty: not told
	Strip    template.HTML

	figures opinion.Figures
}

// tellings prepares what is told; nil where nothing is.
func (h *hall) tellings(t *opinion.Told) *toldView {
	if t == nil || len(t.Groups) == 0 {
		return nil
	}
	v := &toldView{Date: h.words.Date(t.At.Format("2006-01-02")), Ground: h.groundWords(t)}
	for i := range h.sides {
		f := t.Figures(opinion.Group(h.sides[i].ID))
		if f == nil {
			v.Missing = append(v.Missing, h.sides[i])
			continue
		}
		v.Rows = append(v.Rows, h.figureRow(*f, &h.sides[i]))
	}
	for _, g := range []opinion.Group{opinion.Several, opinion.None, opinion.Newcomer} {
		if f := t.Figures(g); f != nil {
			v.Rows = append(v.Rows, h.figureRow(*f, nil))
		}
	}
	return v
}

func (h *hall) figureRow(f opinion.Figures, side *Side) figureRow {
	w := h.words
	row := figureRow{
		Side: side, Name: w.T("opinion.group." + string(f.Group)), N: w.Number(f.N), Agree: w.Number(f.Agree), Disagree: w.Number(f.Disagree),
		Passed: w.Number(f.Passed), Range: h.ofTen(f.Low, f.High), Sentence: h.figureSentence(f), Strip: chart.Strip(barOf(f, "", "")), figures: f,
	}
	if side != nil {
		row.Name = side.Name.Words
	}
	if f.Matters >= 0 {
		row.Matters = w.Number(f.Matters)
	}
	return row
}

// figureSentence says it in words: "7 of the 12 participants here who answered
// agreed (range 4 to 8 of ten)".
func (h *hall) figureSentence(f opinion.Figures) string {
	return h.words.N("opinion.told.sentence", f.N, "Agree", h.words.Number(f.Agree), "Range", h.ofTen(f.Low, f.High))
}

// ofTen writes an interval of shares as a range of people out of ten: outward, so
// that it never promises more than it holds.
func (h *hall) ofTen(low, high float64) string {
	from, to := tenDown(low), tenUp(high)
	if from == to {
		return h.words.T("opinion.told.exact", "Low", from)
	}
	return h.words.T("opinion.told.range", "Low", from, "High", to)
}

// tenDown and tenUp are a share in tenths, rounded down and up.
func tenDown(share float64) int { return int(math.Floor(share*10 + 1e-9)) }
func tenUp(share float64) int   { return int(math.Ceil(share*10 - 1e-9)) }

// groundWords says that something is common ground, with its bound: the least that
// the ranges beside it show, and at least half.
func (h *hall) groundWords(t *opinion.Told) string {
	least := tenDown(t.Ground)
	for _, s := range h.sides {
		if f := t.Figures(opinion.Group(s.ID)); f != nil {
			least = min(least, tenDown(f.Low))
		}
	}
	if t.Ground <= opinion.IsGround || least < ofHowMany/2 {
		return ""
	}
	return h.words.T("opinion.told.ground", "Tenths", least)
}

// barOf is a group as pictures draw it.
func barOf(f opinion.Figures, label, words string) chart.Answered {
	return chart.Answered{
		Label: label, Agree: f.Agree, Disagree: f.Disagree, Passed: f.Passed, Low: thousandths(f.Low), High: thousandths(f.High), Words: words,
	}
}

func thousandths(share float64) int { return int(math.Round(min(max(share, 0), 1) * 1000)) }

// drawn adds the picture of all groups.
func (v *toldView) drawn(h *hall, id, title string) *toldView {
	if v == nil {
		return nil
	}
	w := h.words
	p := chart.Answers{
		Caption: chart.Caption{ID: id, Lang: h.lang, Title: w.T("opinion.chart.title", "Statement", title), Notes: []string{
			w.T("opinion.told.date", "Date", v.Date), w.T("opinion.told.survey"),
		}},
		Keys: [4]string{w.T("opinion.choice.agree"), w.T("opinion.choice.disagree"), w.T("opinion.choice.pass"), w.T("opinion.chart.range")},
	}
	var said []string
	for _, row := range v.Rows {
		label := row.Name
		if row.Side != nil {
			label = row.Side.Mark.Letter + " · " + row.Name
		}
		p.Rows = append(p.Rows, barOf(row.figures, label, w.T("opinion.chart.of", "Agree", row.Agree, "N", row.N)))
		said = append(said, row.Name+": "+row.Sentence)
	}
	p.Desc = strings.Join(said, "; ")
	v.Picture = p.HTML()
	return v
}

// halves writes a number of people out of ten with at most one half: "4", "4½".
func halves(v float64) string {
	twice := int(math.Round(v * 2))
	if whole := twice / 2; twice%2 == 0 {
		return strconv.Itoa(whole)
	} else if whole > 0 {
		return strconv.Itoa(whole) + "½"
	}
	return "½"
}

// whole writes a number of people out of ten, rounded.
func whole(v float64) int { return int(math.Round(v)) }
