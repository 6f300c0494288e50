package web

import (
	"html/template"
	"math"
	"net/http"
	"strings"

	"parley/chart"
	"parley/opinion"
)

// knowingPage is how well the sides of a dialogue know each other: for each
// ordered pair what one expects of the other, beside what the other says here.
type knowingPage struct {
	Layout
	Lead    string // over how many statements
	Pairs   []pairView
	Silent  string // pairs of which nothing may be told yet, or why there is nothing
	Vote    string // empty: the reader answers nothing
	List    string
	Hidden  bool // a reader who answers sees nothing of statements that they have not answered
	Compare string
}

// pairView is one side's picture of another.
type pairView struct {
	ID      string
	Of      Side
	About   Side
	Mean    string
	Worse   string
	Right   string
	Picture template.HTML
	Rows    []gapRow // the widest gap first: it is the one that the page says in words
}

// gapRow is a gap on one statement.
type gapRow struct {
	Of       Side
	About    Side
	Words    Phrase
	Address  string
	Sentence string
	N        string
	Expected string
	Said     string
	Diff     string // "expected 4 fewer"
	Verdict  string // whether that is more than chance
}

// drawnGaps is how many statements a picture of a pair shows; the table has all.
const drawnGaps = 8

func (s *Server) knowing(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	k, err := s.Store.Knowing(r.Context(), h.person(), h.d.ID)
	if err != nil {
		return err
	}
	p := knowingPage{
		Layout: s.hallLayout(r, h, "knowing", h.words.T("opinion.knowing.title")), List: h.to("statements"), Compare: h.to("comparison"), Hidden: h.answers(),
	}
	if h.answers() {
		p.Vote = h.to("vote")
	}
	if k.Statements > 0 {
		p.Lead = h.words.N("opinion.knowing.over", k.Statements)
	}
	for _, of := range h.sides {
		for _, about := range h.sides {
			for _, pair := range k.Pairs {
				if pair.Of == of.ID && pair.About == about.ID && len(pair.Gaps) > 0 {
					p.Pairs = append(p.Pairs, h.pairView(pair, of, about))
				}
			}
		}
	}
	if all := len(h.sides) * (len(h.sides) - 1); len(p.Pairs) < all {
		p.Silent = h.words.T("opinion.knowing.silent", "First", opinion.FirstTotal)
	}
	return s.show(w, r, http.StatusOK, "knowing", p)
}

func (h *hall) pairView(pair opinion.Pair, of, about Side) pairView {
	w := h.words
	v := pairView{ID: "pair-" + strings.ToLower(string(of.ID)+"-"+string(about.ID)), Of: of, About: about}
	all := len(pair.Gaps)
	v.Mean = w.N("opinion.knowing.mean", all, "Mean", halves(pair.Mean), "Low", halves(pair.Low), "High", halves(pair.High))
	if pair.Worse > 0 {
		v.Worse = w.N("opinion.knowing.worse", pair.Worse, "All", w.Number(all), "About", about.Name.Words)
	}
	v.Right = w.N("opinion.knowing.right", pair.Right, "All", w.Number(all))
	for _, g := range pair.Gaps {
		x := h.saying(g.Statement)
		row := h.gapRow(g.Gap)
		row.Words, row.Address = x.Words, x.Address
		v.Rows = append(v.Rows, row)
	}
	v.Picture = h.drawnPair(v, pair)
	return v
}

// gapRows are the gaps of one statement in the reader's order of sides.
func (h *hall) gapRows(gaps []opinion.Gap) []gapRow {
	var out []gapRow
	for _, of := range h.sides {
		for _, about := range h.sides {
			for _, g := range gaps {
				if g.Of == of.ID && g.About == about.ID {
					out = append(out, h.gapRow(g))
				}
			}
		}
	}
	return out
}

func (h *hall) gapRow(g opinion.Gap) gapRow {
	w := h.words
	of, about := h.side(g.Of), h.side(g.About)
	row := gapRow{
		Of: of, About: about, N: w.Number(g.N), Expected: halves(g.Expected), Said: halves(g.Said),
		Sentence: w.T("opinion.knowing.sentence", "Of", of.Name.Words, "About", about.Name.Words, "Expected", whole(g.Expected), "Said", whole(g.Said)),
	}
	switch off := halves(math.Abs(g.Diff)); {
	case g.Low <= 0 && g.High >= 0:
		row.Diff, row.Verdict = w.T("opinion.knowing.diff.none"), w.T("opinion.knowing.chance")
	case g.Diff < 0:
		row.Diff, row.Verdict = w.T("opinion.knowing.diff.fewer", "Off", off), w.T("opinion.knowing.beyond")
	default:
		row.Diff, row.Verdict = w.T("opinion.knowing.diff.more", "Off", off), w.T("opinion.knowing.beyond")
	}
	return row
}

// drawnPair is the picture of a pair: the widest gaps first.
func (h *hall) drawnPair(v pairView, pair opinion.Pair) template.HTML {
	w := h.words
	c := chart.Views{
		Caption: chart.Caption{
			ID: v.ID + "-chart", Lang: h.lang, Title: w.T("opinion.knowing.picture", "Of", v.Of.Name.Words, "About", v.About.Name.Words),
			Notes: []string{w.T("opinion.told.survey")},
		},
		Most: ofHowMany,
		Keys: [3]string{
			w.T("opinion.knowing.key.expected", "Of", v.Of.Name.Words), w.T("opinion.knowing.key.said", "About", v.About.Name.Words), w.T("opinion.knowing.key.range"),
		},
	}
	var said []string
	for i, g := range pair.Gaps {
		if i == drawnGaps {
			break
		}
		hundred := func(v float64) int { return int(math.Round(v * 100)) }
		c.Rows = append(c.Rows, chart.View{
			Label: v.Rows[i].Words.Words, Expected: hundred(g.Expected), Said: hundred(g.Said),
			Low: hundred(g.Said + g.Low), High: hundred(g.Said + g.High),
		})
		said = append(said, "«"+v.Rows[i].Words.Words+"»: "+v.Rows[i].Sentence)
	}
	c.Desc = strings.Join(said, " ")
	return c.HTML()
}
