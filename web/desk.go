package web

import (
	"cmp"
	"context"
	"net/http"
	"slices"

	"parley/dialogue"
)

// deskFrame stands on every page of the desk: its own pages, as far as the
// visitor may see them.
type deskFrame struct {
	Layout
	Heading string
	Said    string
	Wrong   wrongs
	Pages   []NavItem
}

// pages of the desk in the order in which a convener needs them.
var deskPages = []struct {
	Name string
	Verb dialogue.Verb
}{
	{"", dialogue.SeeDesk}, {"settings", dialogue.Configure}, {"declaration", dialogue.Configure}, {"admissions", dialogue.Admit},
	{"invitations", dialogue.Invite}, {"members", dialogue.SeeDesk}, {"moderation", dialogue.Moderate}, {"messages", dialogue.SeeLetters}, {"letters", dialogue.SeeLetters}, {"journal", dialogue.SeeJournal},
}

// deskLayout is the frame of a page of the desk.
func (s *Server) deskLayout(r *http.Request, h *hall, page string) deskFrame {
	key := func(p string) string {
		if p == "" {
			return "room.desk.title"
		}
		return "room.desk." + p
	}
	f := deskFrame{Heading: h.words.T(key(page))}
	f.Layout = s.hallLayout(r, h, "desk", f.Heading)
	f.Said = f.said(r)
	for _, p := range deskPages {
		if !h.may(p.Verb) {
			continue
		}
		item := NavItem{Name: h.words.T("room.desk.overview"), Address: h.to("desk"), Current: p.Name == page}
		if p.Name != "" {
			item.Name, item.Address = h.words.T(key(p.Name)), h.to("desk", p.Name)
		}
		f.Pages = append(f.Pages, item)
	}
	return f
}

// deskPage is the overview: how far the dialogue has come, what is missing
// before it opens, and what waits.
type deskPage struct {
	deskFrame
	Stage     string
	Meaning   string
	Configure bool
	Preparing bool        // what is missing stands above all else
	Items     []checkItem // before it opens all of them, what is missing first; afterwards what is still advised
	Missing   string      // how much still has to be done before opening; empty: nothing
	Stages    []option
	Action    string
	Waiting   string // how many ask to join; empty for those who do not admit
	Admit     string // where they are let in; empty: nobody waits
	Judge     string // how many cases wait for moderators and since when; empty where none does, and for those who do not decide
	Queue     string // where they are decided; empty: nothing waits
	Registers []Side // the sides whose register one may edit
}

// checkItem is one line of the checklist.
type checkItem struct {
	Words    string
	Done     bool
	Required bool
	State    string // "done", "needed", "advised", in words
	Address  string // where it is mended; empty for those who cannot
}

// option is one value to choose.
type option struct {
	Value, Words, Meaning string
	Chosen                bool
	Barred                string // why it cannot be chosen; empty: it can
}

func (s *Server) desk(w http.ResponseWriter, r *http.Request) error {
	return s.showDesk(w, r, http.StatusOK, nil)
}

func (s *Server) showDesk(w http.ResponseWriter, r *http.Request, code int, bad wrongs) error {
	h := hallOf(r)
	items, err := s.Store.Checklist(r.Context(), h.d.ID)
	if err != nil {
		return err
	}
	p := deskPage{
		deskFrame: s.deskLayout(r, h, ""), Stage: h.stage(), Configure: h.may(dialogue.Configure),
		Meaning: h.words.T("room.stage." + string(h.d.Stage)), Action: h.to("desk", "stage"), Registers: h.registersOf(h.Entrance.Standing),
		Preparing: h.d.Stage == dialogue.Preparing,
	}
	p.Wrong = bad
	missing := 0
	for _, i := range items {
		if i.Missing() {
			missing++
		}
		if p.Preparing || !i.Done {
			p.Items = append(p.Items, h.checkItem(i))
		}
	}
	slices.SortStableFunc(p.Items, func(a, b checkItem) int { return cmp.Compare(a.urgency(), b.urgency()) })
	if missing > 0 && p.Preparing {
		p.Missing = h.words.N("room.checklist.missing", missing)
	}
	p.Stages = h.stages(missing)
	if h.may(dialogue.Admit) {
		waiting, err := s.Store.Applicants(r.Context(), h.person(), h.d.ID)
		if err != nil {
			return err
		}
		p.Waiting = h.words.T("room.desk.nobody")
		if len(waiting) > 0 {
			p.Admit, p.Waiting = h.to("desk", "admissions"), h.words.N("room.desk.waiting", len(waiting))
		}
	}
	if err := s.casesWaiting(r, h, &p); err != nil {
		return err
	}
	return s.show(w, r, code, "desk", p)
}

func (h *hall) checkItem(i dialogue.Item) checkItem {
	state := "advised"
	switch {
	case i.Done:
		state = "done"
	case i.Required:
		state = "needed"
	}
	c := checkItem{Words: h.words.T("checklist." + i.Key), Done: i.Done, Required: i.Required, State: h.words.T("room.checklist." + state)}
	if h.may(dialogue.Configure) {
		c.Address = h.mended(i.Key)
	}
	return c
}

// mended is the page on which an item of the checklist is put right, and the
// field there.
func (h *hall) mended(key string) string {
	switch key {
	case "declaration":
		return h.to("desk", "declaration")
	case "convener", "moderator", "registrars", "editors", "registers":
		return h.to("desk", "invitations")
	}
	return h.to("desk", "settings") + "#" + key
}

// urgency puts what is missing first, then what is advised, then what is done.
func (c checkItem) urgency() int {
	switch {
	case c.Done:
		return 2
	case c.Required:
		return 0
	}
	return 1
}

// stages are what the dialogue may become from here. It does not open while
// something that is needed is missing.
func (h *hall) stages(missing int) []option {
	var out []option
	for _, stage := range dialogue.Stages {
		if !h.d.Stage.MayBecome(stage) {
			continue
		}
		o := option{Value: string(stage), Words: h.words.T("room.stage.to." + string(stage)), Meaning: h.words.T("room.stage." + string(stage))}
		if again := "room.stage.to." + string(stage) + "." + string(h.d.Stage); h.words.Has(again) {
			o.Words = h.words.T(again)
		}
		if stage == dialogue.Open && missing > 0 {
			o.Barred = h.words.T("room.stage.unready")
		}
		out = append(out, o)
	}
	return out
}

func (s *Server) changeStage(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	stage := dialogue.Stage(r.PostFormValue("stage"))
	if !slices.Contains(dialogue.Stages, stage) {
		return s.showDesk(w, r, http.StatusBadRequest, wrongs{{"", h.words.T("room.stage.choose")}})
	}
	if err := s.Store.SetStage(context.WithoutCancel(r.Context()), h.person(), h.d.ID, stage, s.Now()); err != nil {
		bad, code, err := s.mistaken(h.lang, err, fieldBy("ready", "checklist"))
		if err != nil {
			return err
		}
		return s.showDesk(w, r, code, bad)
	}
	return seeOther(w, r, h.to("desk"), "stage")
}
