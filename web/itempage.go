package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"parley/account"
	"parley/dialogue"
	"parley/fault"
	"parley/forum"
	"parley/i18n"
	"parley/interest"
	"parley/notice"
	"parley/writing"
)

// itemPage is one problem or one action with everything that belongs to it.
type itemPage struct {
	Layout
	Said     *saidView
	Kind     string // "problem", "action"
	KindName string
	Text     textView
	Title    string
	Facts    []string // sector, horizon
	Status   statusView
	Parts    []partView
	Answers  []lineView // actions of a problem, problems of an action
	Propose  string     // where an action is proposed
	Links    []linkView
	Tie      string // where links are changed; empty for those who may not
	State    string // where a statement is proposed
	Below    string // where the statements beneath stand
	Follow   *followForm
	Thread   threadView
}

// statusView is what became of something: now, and before.
type statusView struct {
	ID, Words, Means string
	Steps            []stepView
	Change           string // where it is changed; empty for those who may not
}

// stepView is one change of status.
type stepView struct {
	Words   string
	Why     string
	Lang    string
	By      authorView
	Machine bool // nobody set it
	At      momentView
	Parties []partyView
}

// partyView is who agreed, and in which capacity.
type partyView struct {
	Side          *Side
	Who, Capacity string
}

// partView is what a side would have to do, or all together.
type partView struct {
	Side *Side // nil: all sides together
	Does string
	Lang string
}

// linkView leads into the registers or to the table.
type linkView struct {
	Kind    string // "topic", in words
	Title   Phrase
	Address string
	Value   string // "topic water", for forms
}

// itemAsked reads the number in the address.
func itemAsked(r *http.Request) (writing.ID, error) {
	n, err := strconv.ParseInt(r.PathValue("item"), 10, 64)
	if err != nil || n < 1 {
		return 0, fault.New(fault.Missing, "web.problem.404", "no contribution %q", r.PathValue("item"))
	}
	return writing.ID(n), nil
}

func (s *Server) problemItem(w http.ResponseWriter, r *http.Request) error {
	return s.itemOfKind(w, r, writing.Problem)
}

func (s *Server) actionItem(w http.ResponseWriter, r *http.Request) error {
	return s.itemOfKind(w, r, writing.Action)
}

func (s *Server) itemOfKind(w http.ResponseWriter, r *http.Request, kind writing.Kind) error {
	h := hallOf(r)
	n, err := itemAsked(r)
	if err != nil {
		return err
	}
	m, err := s.subject(r, h, kind, n)
	if err != nil {
		return err
	}
	return s.showThread(w, r, "item", m, func() any { return s.itemPage(r, h, m) })
}

// itemPage is everything on the page but the comments.
func (s *Server) itemPage(r *http.Request, h *hall, m *subject) itemPage {
	t := h.text(m.text)
	order, page := threadPlace(r)
	t.inOrder(order, page)
	p := itemPage{
		Kind: string(m.text.Kind), KindName: h.words.T("forum.kind." + string(m.text.Kind)), Text: t, Title: t.Shown.Title,
		Links: m.links, Parts: h.parts(m), Answers: h.lines(m.answers), Status: h.status(m),
	}
	if p.Title == "" {
		p.Title = "#" + t.ID
	}
	p.Layout = s.forumLayout(r, h, p.Kind+"s", p.Title)
	p.NoIndex = p.NoIndex || m.text.State != writing.Shown
	p.OwnFeed = h.feedOf(m.text)
	p.Said = h.saidOf(r, m.text.ID)
	if m.sector != "" {
		p.Facts = append(p.Facts, h.words.T("forum.sector")+": "+h.words.T("room.sector."+string(m.sector)))
	}
	if m.text.Kind == writing.Action {
		p.Facts = append(p.Facts, h.words.T("forum.horizon")+": "+h.words.T("forum.horizon."+cmpOr(string(m.horizon), "unstated")))
	}
	shown := m.text.State == writing.Shown
	if shown && h.may(dialogue.Write) {
		p.State = withPairs(h.to("statement", "new"), "under", t.ID)
		if m.text.Kind == writing.Problem {
			p.Propose = withPairs(h.to("action", "new"), "problem", t.ID)
		}
	}
	p.Below = withPairs(h.to("statements"), "under", t.ID)
	if h.mayTie(m.text) == nil {
		p.Tie = h.toItem(m.text.ID, "links")
	}
	if shown {
		p.Follow = s.followForm(h, m.text.ID, m.level, h.to(p.Kind, t.ID))
	}
	p.Thread = s.threadView(r, h, m, h.to(p.Kind, t.ID))
	p.Thread.Closed = !shown
	return p
}

func cmpOr(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// saidView is the word about what was just done, and where it is undone.
type saidView struct {
	Words string
	Undo  string // empty: it stays

	words *i18n.Words
}

// T is a sentence of the catalogue.
func (v saidView) T(key string, pairs ...any) string { return v.words.T(key, pairs...) }

// said is the word about what was just done; empty: nothing was.
func (h *hall) said(r *http.Request) string {
	if key := "forum.said." + r.URL.Query().Get("said"); h.words.Has(key) {
		return h.words.T(key)
	}
	return ""
}

// saidOf is the word about what was just done to that contribution, nil where the
// address tells of none or of another.
func (h *hall) saidOf(r *http.Request, n writing.ID) *saidView {
	if !strings.Contains(r.URL.RawQuery, "said=") {
		return nil // most pages: a thread asks for each comment
	}
	q := r.URL.Query()
	v := &saidView{Words: h.said(r), words: h.words}
	if v.Words == "" || intOf(q.Get("item")) != int(n) {
		return nil
	}
	if q.Get("said") == "withdrawn" {
		v.Undo = h.toItem(n, "restore")
	}
	return v
}

func (h *hall) status(m *subject) statusView {
	v := statusView{ID: string(m.status), Words: h.words.T("forum.status." + string(m.status)), Means: h.words.T("forum.became." + string(m.status))}
	if h.may(dialogue.Steer) && m.text.State == writing.Shown {
		v.Change = h.toItem(m.text.ID, "status")
	}
	for _, s := range m.steps {
		one := stepView{
			Words: h.words.T("forum.status." + string(s.To)), Why: s.Why, Lang: s.Lang, By: h.author(s.By), At: h.when(s.At),
			Machine: s.To == forum.CommonGround || s.By.Member == "" && s.By.Pseudonym == "",
		}
		for _, p := range s.Parties {
			one.Parties = append(one.Parties, partyView{h.sideOrNil(p.Side), p.Who, p.Capacity})
		}
		v.Steps = append(v.Steps, one)
	}
	return v
}

func (h *hall) sideOrNil(id dialogue.SideID) *Side {
	if id == "" {
		return nil
	}
	side := h.side(id)
	return &side
}

func (h *hall) parts(m *subject) []partView {
	var out []partView
	for _, p := range m.parts {
		out = append(out, partView{h.sideOrNil(p.Side), p.Does, m.text.Lang})
	}
	slices.SortStableFunc(out, func(a, b partView) int { return h.place(a.Side) - h.place(b.Side) })
	return out
}

// place is where a side stands in the reader's order; all together stand last.
func (h *hall) place(s *Side) int {
	if s == nil {
		return len(h.sides)
	}
	return slices.IndexFunc(h.sides, func(o Side) bool { return o.ID == s.ID })
}

// linkViews name what a problem or an action is linked to, in the reader's words.
// What the registers do not hold any more is left out.
func (s *Server) linkViews(r *http.Request, h *hall, links []forum.Link) ([]linkView, error) {
	if len(links) == 0 {
		return nil, nil
	}
	all, err := s.linkable(r, h)
	if err != nil {
		return nil, err
	}
	var out []linkView
	for _, l := range links {
		if i := slices.IndexFunc(all, func(v linkView) bool { return v.Value == string(l.Kind)+" "+l.To }); i >= 0 {
			out = append(out, all[i])
		}
	}
	return out, nil
}

// linkable is everything in the registers and on the table to which a link may
// lead.
func (s *Server) linkable(r *http.Request, h *hall) ([]linkView, error) {
	d, err := s.Store.Dossier(r.Context(), h.d.ID)
	if err != nil {
		return nil, err
	}
	var out []linkView
	add := func(kind forum.LinkKind, to, address string, title Phrase) {
		out = append(out, linkView{h.words.T("forum.link." + string(kind)), title, address, string(kind) + " " + to})
	}
	titles := map[interest.TopicID]i18n.Text{}
	for _, t := range d.Topics {
		titles[t.ID] = t.Title
		add(forum.LinkTopic, string(t.ID), h.to("topic", string(t.ID)), phrase(t.Title, h.lang))
	}
	for _, reg := range d.Registers {
		for _, i := range reg.Interests {
			if to := h.to("interest", string(i.ID)); !slices.ContainsFunc(out, func(v linkView) bool { return v.Address == to }) {
				add(forum.LinkInterest, string(i.ID), to, phrase(i.Title, h.lang))
			}
		}
	}
	if d.Table != nil {
		for _, issue := range d.Table.Issues {
			head := phrase(issue.Title, h.lang)
			if t := titles[issue.Topic]; t != nil {
				head = phrase(t, h.lang)
			}
			for _, o := range issue.Options {
				title := phrase(o.Title, h.lang)
				title.Words = head.Words + ": " + title.Words
				add(forum.LinkOption, string(issue.Topic)+"/"+o.ID, h.to("deals"), title)
			}
		}
	}
	return out, nil
}

// subject is a problem or an action as a page needs it.
type subject struct {
	text    writing.Contribution
	status  forum.Status
	sector  dialogue.Sector
	horizon forum.Horizon
	parts   []forum.Part
	steps   []forum.Step
	links   []linkView
	answers []forum.Line
	level   notice.Level
	thread  *forum.Thread
	sheet   *readSheet // where comments stand rendered; nil: nowhere
}

// loadMatter reads one and the page of its comments that the address asks for.
func (s *Server) loadMatter(r *http.Request, h *hall, actor account.PersonID, kind writing.Kind, n writing.ID) (*subject, error) {
	ctx := r.Context()
	var m subject
	var links []forum.Link
	if kind == writing.Problem {
		p, err := s.Store.Problem(ctx, actor, h.d.ID, n)
		if err != nil {
			return nil, err
		}
		links = p.Links
		m = subject{text: p.Contribution, status: p.Status, sector: p.Sector, steps: p.Steps, answers: p.Actions, level: notice.Level(p.Level)}
	} else {
		a, err := s.Store.Action(ctx, actor, h.d.ID, n)
		if err != nil {
			return nil, err
		}
		links = a.Links
		m = subject{
			text: a.Contribution, status: a.Status, sector: a.Sector, horizon: a.Horizon, parts: a.Parts, steps: a.Steps,
			answers: a.Problems, level: notice.Level(a.Level),
		}
	}
	var err error
	if m.links, err = s.linkViews(r, h, links); err != nil {
		return nil, err
	}
	m.thread, err = s.loadThread(r, h, actor, n)
	return &m, err
}
