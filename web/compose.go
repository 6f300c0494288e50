package web

import (
	"context"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"parley/dialogue"
	"parley/fault"
	"parley/forum"
	"parley/markup"
	"parley/writing"
)

// composePage is a form in which somebody writes.
type composePage struct {
	Layout
	Heading string
	Lead    string
	About   *textView // what is answered or translated
	Wrong   wrongs
	Form    composeForm
}

// composeForm is what somebody is writing: all kinds of contributions share it.
type composeForm struct {
	Kind     string // "problem", "action", "comment", "edit", "translate"
	Action   string
	Place    string // of its draft
	Drafts   string // where drafts are kept
	SaidAs   string // the words of the button
	Seen     string // who will be able to read it
	Back     string
	Hidden   []field
	HasTitle bool
	Title    string
	MaxTitle int
	Body     string
	MaxBody  int
	Lang     string   // of what is written
	Langs    []choice // empty: the language is settled
	HasTags  bool
	Tags     string
	Sectors  []choice
	Horizons []choice
	Parts    []partBox
	Problems []problemBox
	Linked   *linkView // what it is tied to at once; nil: nothing
	Quote    *quoteBox
	Preview  *previewView
	Cordial  *cordial // what could be said more calmly; nil: nothing
	Draft    string   // when the draft that is shown was kept; empty: it is none
	Wrong    wrongs
	Now      *nowView // what stands there meanwhile, where somebody else changed it

	words wordsOf
}

// Rows is how high the field for the text stands.
func (f composeForm) Rows() int {
	if f.Kind == "comment" {
		return 5
	}
	return 10
}

// BodyNeeded reports whether there is nothing without a text.
func (f composeForm) BodyNeeded() bool { return !f.HasTitle }

// HasProblems reports whether the form asks which problems an action answers.
func (f composeForm) HasProblems() bool { return f.Kind == "action" }

// T is a sentence of the catalogue.
func (f composeForm) T(key string, pairs ...any) string { return f.words.T(key, pairs...) }

// N is a sentence that counts.
func (f composeForm) N(key string, n int, pairs ...any) string { return f.words.N(key, n, pairs...) }

// wordsOf is a catalogue.
type wordsOf interface {
	T(key string, pairs ...any) string
	N(key string, n int, pairs ...any) string
}

type field struct{ Name, Value string }

// partBox is what a side would have to do, to be written.
type partBox struct {
	Name string // of the input: "part.W", "part." for all together
	Side *Side
	Does string
}

// problemBox is a problem that an action may answer.
type problemBox struct {
	Value, Title, Lang string
	Checked            bool
}

// quoteBox is whose words are quoted, and which.
type quoteBox struct {
	Number  string
	Address string
	By      authorView
	Lang    string
	Words   string
	Whole   string // all of what they said, as it was typed
}

// previewView is how what is typed would look.
type previewView struct {
	Title string
	HTML  template.HTML
}

// nowView is what stands in place of what somebody started from.
type nowView struct{ Title, Body string }

// form begins an empty form.
func (h *hall) form(kind, place, action string) composeForm {
	return composeForm{
		Kind: kind, Place: place, Action: action, Drafts: h.to("drafts"), Lang: h.lang, Langs: h.langs(h.lang), words: h.words,
		SaidAs: h.words.T("forum.send." + kind), Seen: h.words.T("forum.seen." + string(h.d.Rule)), MaxTitle: writing.MaxTitle, MaxBody: writing.MaxBody,
	}
}

// langs are the languages in which somebody may write here.
func (h *hall) langs(chosen string) []choice {
	var out []choice
	for _, l := range h.d.Languages {
		out = append(out, choice{Value: l, Name: h.tongue(l), Chosen: l == chosen})
	}
	return out
}

// fill puts what was typed, or kept as a draft, into a form.
func (h *hall) fill(f *composeForm, get func(string) string) {
	f.Title, f.Body, f.Tags = get("title"), get("body"), get("tags")
	if l := get("lang"); l != "" && len(f.Langs) > 0 {
		f.Lang, f.Langs = l, h.langs(l)
	}
	for i := range f.Parts {
		f.Parts[i].Does = get(f.Parts[i].Name)
	}
	if f.Sectors != nil {
		f.Sectors = choicesOf(h.words, "room.sector.", dialogue.Sectors, among(dialogue.Sectors, get("sector"), ""), h.words.T("web.unstated"))
	}
	if f.Horizons != nil {
		f.Horizons = choicesOf(h.words, "forum.horizon.", []forum.Horizon{forum.Immediate, forum.Long},
			among([]forum.Horizon{forum.Immediate, forum.Long}, get("horizon"), ""), h.words.T("forum.horizon.unstated"))
	}
	if chosen := numbersIn(get("problem")); len(chosen) > 0 {
		for i := range f.Problems {
			f.Problems[i].Checked = slices.Contains(chosen, f.Problems[i].Value)
		}
	}
	if f.Quote != nil && get("words") != "" {
		f.Quote.Words = get("words")
	}
}

// numbersIn are the numbers of a list such as "12, 14".
func numbersIn(s string) []string {
	return strings.FieldsFunc(s, func(c rune) bool { return c < '0' || c > '9' })
}

// typed reads a field of a form that was sent; several of one name are a list.
func typed(r *http.Request) func(string) string {
	return func(name string) string {
		return strings.TrimSpace(strings.ReplaceAll(strings.Join(r.PostForm[name], ", "), "\r\n", "\n"))
	}
}

// tagsIn are the tags of a line such as "water, bridges".
func tagsIn(s string) []string {
	var out []string
	for t := range strings.SplitSeq(s, ",") {
		if t = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(t), "#")); t != "" {
			out = append(out, t)
		}
	}
	return out
}

// offerDraft shows a draft of the place, if there is one, in a form that nothing
// was typed into yet.
func (s *Server) offerDraft(r *http.Request, h *hall, f *composeForm) error {
	list, err := s.Store.Drafts(r.Context(), h.person(), h.d.ID)
	if err != nil {
		return err
	}
	for _, d := range list {
		if d.Place == f.Place {
			h.fillDraft(f, &d)
		}
	}
	return nil
}

func (h *hall) fillDraft(f *composeForm, d *writing.Draft) {
	h.fill(f, func(name string) string { return d.Fields[name] })
	f.Draft = moment(h.words, h.visit, d.SaveAt)
}

// sentTo is where something new stands, with a word that it arrived, or waits.
// What was kept is never said to be lost: where it cannot be found, its own address
// is the answer.
func (s *Server) sentTo(ctx context.Context, h *hall, n writing.ID) string {
	to, err := s.placeOf(ctx, h, n, forum.ByTime, 0)
	if err != nil {
		return h.toItem(n)
	}
	said := "sent"
	if item, _, err := s.Store.Item(ctx, h.person(), h.d.ID, n); err == nil && item.State == writing.Held {
		said = "waits"
	}
	return tellOf(to, said, n)
}

// tellOf adds to an address the word about what was just done to a contribution.
func tellOf(to, said string, n writing.ID) string {
	return withQuery(withQuery(to, "said", said), "item", itemNumber(n))
}

// sent tells what to do with a form that was sent: to show it again, for a
// preview or because it sounds heated, or to go on.
func (h *hall) sent(r *http.Request, f *composeForm) (again bool) {
	h.fill(f, typed(r))
	if r.PostFormValue("preview") != "" {
		f.Preview = &previewView{f.Title, markup.HTML(f.Body, 3)}
		return true
	}
	f.Cordial = cordialOf(r, f.Title, f.Body)
	return f.Cordial != nil
}

// compose shows a form, or what is wrong with it.
func (s *Server) compose(w http.ResponseWriter, r *http.Request, code int, p composePage) error {
	h := hallOf(r)
	p.Layout = s.forumLayout(r, h, p.Form.Kind+"s", p.Heading)
	p.NoIndex = true
	p.Wrong = p.Form.Wrong
	return s.show(w, r, code, "compose", p)
}

// sendIn does the deed of a form that was sent. What is wrong is said beside the
// field; a draft of it is dropped once it is in.
func (s *Server) sendIn(w http.ResponseWriter, r *http.Request, p composePage, deed func(ctx context.Context) (to string, err error)) error {
	h := hallOf(r)
	if h.sent(r, &p.Form) {
		return s.compose(w, r, http.StatusOK, p)
	}
	ctx := context.WithoutCancel(r.Context())
	to, err := deed(ctx)
	if err != nil {
		bad, code, err := s.mistaken(h.lang, err, fieldBy(mistakenFields...))
		if err != nil {
			return err
		}
		p.Form.Wrong = inForm(bad, p.Form)
		return s.compose(w, r, code, p)
	}
	if err := s.dropDraft(ctx, h, p.Form.Place); err != nil {
		s.Log.Error("drop draft", "id", requestID(r), "error", err)
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// mistakenFields are the fields of forms by the words that keys of faults hold.
var mistakenFields = []string{
	"title", "title", "tag", "tags", "quote", "words", "problem", "problems", "part", "parts", "lang", "lang", "horizon", "horizon", "sector", "sector",
	"statement", "title", "body", "body", "empty", "body", "long", "body", "words", "body", "same", "body",
}

// inForm puts a mistake beside the field of which the fault speaks.
func inForm(bad wrongs, f composeForm) wrongs {
	for i := range bad {
		if bad[i].Field == "title" && !f.HasTitle {
			bad[i].Field = "body"
		}
	}
	return bad
}

func (s *Server) dropDraft(ctx context.Context, h *hall, place string) error {
	return s.Store.SaveDraft(ctx, h.person(), h.d.ID, writing.Draft{Place: place}, s.Now())
}

func (s *Server) problemForm(r *http.Request, h *hall) (composeForm, error) {
	f := h.form("problem", "problem", h.to("problem", "new"))
	f.HasTitle, f.HasTags, f.Back = true, true, h.to("problems")
	f.Sectors = []choice{}
	h.fill(&f, func(string) string { return "" })
	return f, s.linkAsked(r, h, &f)
}

func (s *Server) newProblem(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	f, err := s.problemForm(r, h)
	if err != nil {
		return err
	}
	p := composePage{Heading: h.words.T("forum.problem.new"), Lead: h.words.T("forum.problem.new.lead"), Form: f}
	if err := s.offerDraft(r, h, &p.Form); err != nil {
		return err
	}
	return s.compose(w, r, http.StatusOK, p)
}

func (s *Server) raiseProblem(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	f, err := s.problemForm(r, h)
	if err != nil {
		return err
	}
	p := composePage{Heading: h.words.T("forum.problem.new"), Lead: h.words.T("forum.problem.new.lead"), Form: f}
	get := typed(r)
	return s.sendIn(w, r, p, func(ctx context.Context) (string, error) {
		n, err := s.Store.RaiseProblem(ctx, h.person(), h.d.ID, forum.NewProblem{
			Lang: get("lang"), Title: get("title"), Body: get("body"), Tags: tagsIn(get("tags")), Sector: dialogue.Sector(get("sector")),
			Links: f.links(),
		}, s.Now())
		if err != nil {
			return "", err
		}
		return s.sentTo(ctx, h, n), nil
	})
}

func (s *Server) actionForm(r *http.Request, h *hall) (composeForm, error) {
	f := h.form("action", "action", h.to("action", "new"))
	f.HasTitle, f.HasTags, f.Back, f.Sectors, f.Horizons = true, true, h.to("actions"), []choice{}, []choice{}
	for i := range h.sides {
		f.Parts = append(f.Parts, partBox{Name: "part." + string(h.sides[i].ID), Side: &h.sides[i]})
	}
	f.Parts = append(f.Parts, partBox{Name: "part."})
	list, err := s.Store.Problems(r.Context(), h.person(), h.d.ID, forum.Filter{Order: forum.ByTime})
	if err != nil {
		return f, err
	}
	asked := numbersIn(r.FormValue("problem"))
	for _, l := range list {
		if l.State == writing.Shown || l.Mine {
			v := h.line(l)
			f.Problems = append(f.Problems, problemBox{itemNumber(l.ID), v.Title, v.Lang, slices.Contains(asked, itemNumber(l.ID))})
		}
	}
	for _, n := range asked {
		if id, err := strconv.ParseInt(n, 10, 64); err == nil && !slices.ContainsFunc(f.Problems, func(p problemBox) bool { return p.Value == n }) {
			item, _, err := s.Store.Item(r.Context(), h.person(), h.d.ID, writing.ID(id))
			if err == nil && item.Kind == writing.Problem {
				f.Problems = append(f.Problems, problemBox{n, item.Title, item.Lang, true})
			} else if err != nil && !fault.Is(err, fault.Missing) {
				return f, err
			}
		}
	}
	slices.SortStableFunc(f.Problems, func(a, b problemBox) int { return boolInt(b.Checked) - boolInt(a.Checked) })
	h.fill(&f, func(string) string { return "" })
	return f, s.linkAsked(r, h, &f)
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (s *Server) newAction(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	f, err := s.actionForm(r, h)
	if err != nil {
		return err
	}
	if err := s.offerDraft(r, h, &f); err != nil {
		return err
	}
	return s.compose(w, r, http.StatusOK, composePage{Heading: h.words.T("forum.action.new"), Lead: h.words.T("forum.action.new.lead"), Form: f})
}

func (s *Server) proposeAction(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	f, err := s.actionForm(r, h)
	if err != nil {
		return err
	}
	p := composePage{Heading: h.words.T("forum.action.new"), Lead: h.words.T("forum.action.new.lead"), Form: f}
	return s.sendIn(w, r, p, func(ctx context.Context) (string, error) {
		n, err := s.Store.ProposeAction(ctx, h.person(), h.d.ID, h.actionFrom(r, f.links()), s.Now())
		if err != nil {
			return "", err
		}
		return s.sentTo(ctx, h, n), nil
	})
}

// actionFrom reads the form.
func (h *hall) actionFrom(r *http.Request, links []forum.Link) forum.NewAction {
	get := typed(r)
	a := forum.NewAction{
		Lang: get("lang"), Title: get("title"), Body: get("body"), Tags: tagsIn(get("tags")), Sector: dialogue.Sector(get("sector")),
		Horizon: forum.Horizon(get("horizon")), Links: links,
	}
	for _, side := range h.d.Sides {
		if does := get("part." + string(side.ID)); does != "" {
			a.Parts = append(a.Parts, forum.Part{Side: side.ID, Does: does})
		}
	}
	if does := get("part."); does != "" {
		a.Parts = append(a.Parts, forum.Part{Does: does})
	}
	for _, n := range numbersIn(get("problem")) {
		if id, err := strconv.ParseInt(n, 10, 64); err == nil {
			a.Problems = append(a.Problems, writing.ID(id))
		}
	}
	return a
}
