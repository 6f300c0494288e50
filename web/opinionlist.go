package web

import (
	"net/http"
	"strings"

	"parley/dialogue"
	"parley/fault"
	"parley/interest"
	"parley/opinion"
	"parley/writing"
)

// statementsPage lists the statements of a dialogue, or those under one thing.
type statementsPage struct {
	Layout
	Place   *matter // nil: all
	Under   string
	Tag     string
	Orders  []option
	Rows    []statementRow
	More    string // the next page
	Vote    string // where the reader answers; empty: they cannot
	Cannot  *hindrance
	Propose string
	Knowing string
	Mine    string // empty: nobody who answers
	All     string
}

// statementRow is one statement of a list.
type statementRow struct {
	saying
	Place  string // under what it stands; empty for the dialogue itself
	To     string
	Told   *toldView
	Silent string // why nothing is told; empty where something is
	Next   string // where the reader goes on, that it may be told to them
	Own    string // their own answer, for them alone
	Closed bool
	Talk   string // how many comments
}

// statementsAtOnce is how many statements a page of the list holds.
const statementsAtOnce = 20

// statementOrders are the orders that the list offers; the last is for those who
// answer.
var statementOrders = []string{"time", "ground", "answers", "mine-open"}

func (s *Server) statements(w http.ResponseWriter, r *http.Request) error {
	h, q := hallOf(r), r.URL.Query()
	f := opinion.Filter{Under: placeFrom(q.Get("under")), Order: q.Get("order"), Tag: q.Get("tag"), After: writing.ID(intOf(q.Get("after"))), Limit: statementsAtOnce + 1}
	if !h.ordersBy(f.Order) {
		f.Order = statementOrders[0]
	}
	list, err := s.Store.Statements(r.Context(), h.person(), h.d.ID, f)
	if err != nil {
		return err
	}
	p := statementsPage{
		Layout: s.hallLayout(r, h, "statements", h.words.T("opinion.list.title")), Under: q.Get("under"), Tag: f.Tag, Knowing: h.to("knowing"), All: h.to("statements"),
	}
	if p.Place, err = s.placeNamed(r, h, f.Under); err != nil {
		return err
	}
	for _, o := range statementOrders {
		if h.ordersBy(o) {
			p.Orders = append(p.Orders, option{Value: o, Words: h.words.T("opinion.order." + o), Chosen: o == f.Order})
		}
	}
	if len(list) > statementsAtOnce {
		list = list[:statementsAtOnce]
		p.More = withQuery(r.URL.RequestURI(), "after", itemNumber(list[len(list)-1].ID))
	}
	for i := range list {
		p.Rows = append(p.Rows, h.statementRow(list[i]))
	}
	h.ways(&p)
	return s.show(w, r, http.StatusOK, "statements", p)
}

// ordersBy reports whether the reader may have the list in an order. The place of
// a statement in an order by what is told tells of it: who still has to answer
// gets none of these.
func (h *hall) ordersBy(order string) bool {
	switch order {
	case "time":
		return true
	case "ground", "answers":
		return !h.answers()
	}
	return order == "mine-open" && h.answers()
}

// ways are the ways on from the list.
func (h *hall) ways(p *statementsPage) {
	if h.answers() {
		p.Vote, p.Mine = withUnder(h.to("vote"), p.Under), h.to("me", "answers")
	} else if err := h.May(dialogue.Vote); err != nil {
		p.Cannot = h.hindered(err)
	} else {
		p.Cannot = h.hindered(fault.New(fault.Denied, "opinion.neutral", "who serves all sides answers nothing"))
	}
	if h.may(dialogue.Write) {
		p.Propose = withUnder(h.to("statement", "new"), p.Under)
	}
}

func (h *hall) statementRow(st opinion.Statement) statementRow {
	row := statementRow{saying: h.saying(st.Contribution), Closed: st.Closed, Told: h.tellings(st.Told)}
	switch {
	case st.Under.Item != 0:
		row.Place, row.To = h.words.T("opinion.list.under-item", "Number", itemNumber(st.Under.Item)), h.toItem(st.Under.Item)
	case st.Under.Option != "":
		topic, _, _ := strings.Cut(st.Under.Option, "/")
		row.Place, row.To = h.words.T("opinion.list.under-option"), h.to("topic", topic)
	}
	if st.Comments > 0 {
		row.Talk = h.words.N("opinion.list.comments", st.Comments)
	}
	row.Own, row.Silent, row.Next = h.standing(st)
	return row
}

// standing is the reader's own answer, and why nothing is told to them of a
// statement. The words are the same whether there is something to tell or not,
// as long as they have to answer first.
func (h *hall) standing(st opinion.Statement) (own, silent, next string) {
	w := h.words
	voter := st.Mine != nil && h.answers()
	switch {
	case voter && st.Mine.Choice == "" && !st.Closed:
		return "", w.T("opinion.silent.answer-first"), h.toStatement(st.ID)
	case voter && st.Mine.Choice != "" && !h.settled(*st.Mine):
		return h.ownAnswer(*st.Mine), w.T("opinion.silent.expect-first"), withQuery(h.to("vote"), "of", itemNumber(st.ID))
	case voter && st.Mine.Choice != "":
		own = h.ownAnswer(*st.Mine)
	}
	if st.Told == nil || len(st.Told.Groups) == 0 {
		silent = w.T("opinion.silent.not-yet", "First", opinion.FirstTotal, "Next", opinion.NextTotal)
	}
	return own, silent, ""
}

// settled reports whether the reader has said of every other side what they
// expect, or that they would rather not.
func (h *hall) settled(a opinion.Answer) bool {
	others := opinion.Voter{Sides: h.Entrance.Standing.Sides}.Others(h.d.Dialogue)
	return a.Sees(others)
}

// placeNamed is what statements stand under, with its page; nil for nil.
func (s *Server) placeNamed(r *http.Request, h *hall, p *opinion.Place) (*matter, error) {
	if p == nil {
		return nil, nil
	}
	return s.place(r, h, *p)
}

// place is what a statement stands under, with its page; nil for the dialogue.
func (s *Server) place(r *http.Request, h *hall, p opinion.Place) (*matter, error) {
	switch {
	case p.Item != 0:
		c, _, err := s.Store.Item(r.Context(), h.person(), h.d.ID, p.Item)
		if fault.Is(err, fault.Missing) {
			return nil, nil // it may be read no more: the statement stands without it
		}
		if err != nil {
			return nil, err
		}
		return &matter{ID: itemNumber(p.Item), Title: h.saying(c).Words, Address: h.toItem(p.Item)}, nil
	case p.Option != "":
		m, err := s.enter(r)
		if err != nil {
			return nil, err
		}
		return m.optionMatter(p.Option), nil
	}
	return nil, nil
}

// optionMatter is an option of the table, by its topic; nil where the table has
// no such topic.
func (m *room) optionMatter(key string) *matter {
	topic, id, _ := strings.Cut(key, "/")
	x := &matter{ID: key}
	t := m.topics[interest.TopicID(topic)]
	if t != nil {
		x.Title, x.Address = m.phrase(t.Title), m.toTopic(t.ID)
	}
	if words := m.optionWords(topic, id); words != "" {
		if x.Title.Words != "" {
			words = x.Title.Words + ": " + words
		}
		x.Title = Phrase{Words: words, Lang: x.Title.Lang}
	}
	if x.Title.Words == "" {
		return nil
	}
	return x
}

// optionWords name an option: as somebody wrote it, else by who moves.
func (m *room) optionWords(topic, id string) string {
	if m.Table != nil {
		for _, i := range m.Table.Issues {
			for _, o := range i.Options {
				if string(i.Topic) == topic && o.ID == id && len(o.Title) > 0 {
					return m.phrase(o.Title).Words
				}
			}
		}
	}
	if id == "keep" {
		return m.words.T("opinion.option.keep")
	}
	key := "opinion.option"
	if len(m.sides) > 2 {
		key += ".many"
	}
	for _, side := range m.sides {
		switch id {
		case string(side.ID) + "-yields":
			return m.words.T(key+".moves", "Side", side.Name.Words)
		case string(side.ID) + "-half", string(side.ID) + "-yields-half":
			return m.words.T(key+".half", "Side", side.Name.Words)
		}
	}
	return ""
}
