package web

import (
	"context"
	"net/http"
	"strings"

	"parley/dialogue"
	"parley/forum"
	"parley/writing"
)

// linksPage ties a problem or an action to the registers, the table, and to what
// it answers.
type linksPage struct {
	Layout
	Heading  string
	About    textView
	Wrong    wrongs
	Action   string
	Back     string
	Links    []linkView
	Groups   []linkGroup
	Answers  []lineBox // problems of an action
	IsAction bool
	Number   string
}

// linkGroup is what may be linked, by kind.
type linkGroup struct {
	Name  string
	Links []linkView
}

// lineBox is a problem that an action answers.
type lineBox struct {
	lineView
	Value string
}

func (s *Server) linksForm(w http.ResponseWriter, r *http.Request) error {
	return s.showLinks(w, r, http.StatusOK, nil)
}

// matterAsked is the problem or action that an address names; what says what of
// it was asked for.
func (s *Server) matterAsked(r *http.Request, what string) (writing.ID, writing.Contribution, error) {
	h := hallOf(r)
	n, err := itemAsked(r)
	if err != nil {
		return 0, writing.Contribution{}, err
	}
	item, _, err := s.Store.Item(r.Context(), h.person(), h.d.ID, n)
	if err == nil && item.Kind != writing.Problem && item.Kind != writing.Action {
		err = missing(what, itemNumber(n))
	}
	return n, item, err
}

func (s *Server) showLinks(w http.ResponseWriter, r *http.Request, code int, bad wrongs) error {
	h := hallOf(r)
	n, item, err := s.matterAsked(r, "links of")
	if err != nil {
		return err
	}
	if err := h.mayTie(item); err != nil {
		return err
	}
	m, err := s.loadMatter(r, h, h.person(), item.Kind, n)
	if err != nil {
		return err
	}
	all, err := s.linkable(r, h)
	if err != nil {
		return err
	}
	title := h.words.T("forum.links.title", "Number", "#"+itemNumber(n))
	p := linksPage{
		Layout: s.forumLayout(r, h, string(item.Kind)+"s", title), Heading: title, About: h.text(item), Wrong: bad, Action: h.toItem(n, "links"),
		Back: h.toItem(n), Links: m.links, IsAction: item.Kind == writing.Action, Number: r.PostFormValue("problem"),
	}
	p.NoIndex = true
	for _, l := range all {
		if len(p.Groups) == 0 || p.Groups[len(p.Groups)-1].Name != l.Kind {
			p.Groups = append(p.Groups, linkGroup{Name: l.Kind})
		}
		g := &p.Groups[len(p.Groups)-1]
		g.Links = append(g.Links, l)
	}
	if p.IsAction {
		for _, l := range m.answers {
			p.Answers = append(p.Answers, lineBox{h.line(l), itemNumber(l.ID)})
		}
	}
	return s.show(w, r, code, "links", p)
}

// mayTie reports whether the reader may say where something belongs: who wrote it,
// while people may write, and who steers, at any time.
func (h *hall) mayTie(c writing.Contribution) error {
	if c.Mine && h.may(dialogue.Write) {
		return nil
	}
	return h.May(dialogue.Steer)
}

// tie links or unlinks one thing.
func (s *Server) tie(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	n, err := itemAsked(r)
	if err != nil {
		return err
	}
	get, ctx := typed(r), context.WithoutCancel(r.Context())
	on := get("off") == ""
	if problem := numbersIn(cmpOr(get("problem"), get("off-problem"))); get("kind") == "problem" {
		id := 0
		if len(problem) > 0 {
			id = intOf(problem[0])
		}
		err = s.Store.AnswerProblem(ctx, h.person(), h.d.ID, n, writing.ID(id), on, s.Now())
	} else {
		kind, to, _ := strings.Cut(cmpOr(get("link"), get("off")), " ")
		err = s.Store.Tie(ctx, h.person(), h.d.ID, n, forum.Link{Kind: forum.LinkKind(kind), To: to}, on, s.Now())
	}
	if err != nil {
		bad, code, err := s.mistaken(h.lang, err, fieldBy("problem", "problem", "link", "link", "answer", "problem"))
		if err != nil {
			return err
		}
		return s.showLinks(w, r, code, bad)
	}
	return seeOther(w, r, h.toItem(n, "links"), "")
}
