package web

import (
	"net/http"

	"parley/deal"
	"parley/dialogue"
	"parley/interest"
	"parley/opinion"
)

// supportView is what members here say about the options of a step, a swap or a
// package. It stands beside them and is no part of how they were found: neither
// the search nor the order of the page knows of it.
type supportView struct {
	voice
	Lines   []supportLine
	Propose []matter // options about which the reader may propose a statement
}

// supportLine is one statement with what each side's members here say.
type supportLine struct {
	saying
	Option string
	Rows   []figureRow
	None   string // why there are no figures; empty where there are
	Asked  bool   // the reader comes to see some by their own answer
}

// support puts what members say beside everything that uses an option with
// statements. all is by "topic/option".
func (v *dealsView) support(h *hall, all map[string][]opinion.Support) {
	for i, q := range v.a.QuickWins {
		v.Steps[i].Support = v.supportOf(h, all, []string{q.Topic + "/" + q.Option})
	}
	for i, s := range v.a.Swaps {
		var keys []string
		for _, m := range s.Moves {
			keys = append(keys, m.Topic+"/"+m.Option)
		}
		v.Swaps[i].Support = v.supportOf(h, all, keys)
	}
	for i := range v.Packages {
		v.Packages[i].Support = v.supportOf(h, all, v.ownOptions(i))
		if p := v.Packages[i].Support; p != nil {
			if p.Propose = nil; len(p.Lines) == 0 {
				v.Packages[i].Support = nil
			}
		}
	}
}

// ownOptions are the options of a package, of one that is like an earlier one
// those that differ: the others stand there.
func (v *dealsView) ownOptions(i int) []string {
	var keys []string
	for _, issue := range v.a.Issues {
		option := v.a.Deals[i].Choices[issue.Topic]
		if like := v.Packages[i].Like; like > 0 && v.a.Deals[like-1].Choices[issue.Topic] == option {
			continue
		}
		keys = append(keys, issue.Topic+"/"+option)
	}
	return keys
}

// supportOf is what is said about these options; nil where nobody proposed
// anything and the reader may not.
func (v *dealsView) supportOf(h *hall, all map[string][]opinion.Support, keys []string) *supportView {
	out := &supportView{voice: v.voice}
	for _, key := range keys {
		title := ""
		if x := v.m.optionMatter(key); x != nil {
			title = x.Title.Words
			if h.may(dialogue.Write) {
				x.Address = withQuery(h.to("statement", "new"), "under", key)
				out.Propose = append(out.Propose, *x)
			}
		}
		for _, one := range all[key] {
			out.Lines = append(out.Lines, h.supportLine(one, title))
		}
	}
	if len(out.Lines)+len(out.Propose) == 0 {
		return nil
	}
	return out
}

func (h *hall) supportLine(one opinion.Support, option string) supportLine {
	line := supportLine{saying: h.saying(one.Statement), Option: option}
	for i := range h.sides {
		for _, f := range one.Figures {
			if one.Told && f.Group == opinion.Group(h.sides[i].ID) {
				line.Rows = append(line.Rows, h.figureRow(f, &h.sides[i]))
			}
		}
	}
	switch {
	case len(line.Rows) > 0:
	case one.Asked && h.answers():
		line.None, line.Asked = h.words.T("opinion.support.first"), true
	default:
		line.None = h.words.T("opinion.support.none", "First", opinion.FirstTotal)
	}
	return line
}

// topicOptions are the options of a topic with the statements about them, for
// its page; nil where there are none and the reader may propose none.
func (s *Server) topicOptions(r *http.Request, m *room, id interest.TopicID) (*supportView, error) {
	h := hallOf(r)
	all, err := s.Store.Support(r.Context(), h.person(), h.d.ID)
	if err != nil {
		return nil, err
	}
	v := &dealsView{voice: voice{m.words}, m: m}
	var keys []string
	for _, option := range deal.OptionIDs(m.Input())[id] {
		keys = append(keys, string(id)+"/"+option)
	}
	return v.supportOf(h, all, keys), nil
}

// Groups is the list of a statement's figures as the part "groups" takes it.
func (l supportLine) Groups() *toldView { return &toldView{Rows: l.Rows} }
