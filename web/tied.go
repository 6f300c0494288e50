package web

import (
	"net/http"
	"slices"
	"strings"

	"parley/dialogue"
	"parley/forum"
	"parley/writing"
)

// tiedView is what the forum says about something of the registers.
type tiedView struct {
	Lines   []lineView
	Raise   string // where a problem about it is raised; empty for those who may not
	Propose string
}

// tied lists the problems and actions that are tied to a topic or an interest; nil
// where there is none and the reader may not begin.
func (s *Server) tied(r *http.Request, kind forum.LinkKind, to string) (*tiedView, error) {
	h := hallOf(r)
	lines, err := s.Store.Tied(r.Context(), h.person(), h.d.ID, forum.Link{Kind: kind, To: to})
	if err != nil {
		return nil, err
	}
	v := &tiedView{Lines: h.lines(lines)}
	if h.may(dialogue.Write) {
		v.Raise = withPairs(h.to("problem", "new"), "link", string(kind)+" "+to)
		v.Propose = withPairs(h.to("action", "new"), "link", string(kind)+" "+to)
	}
	if len(v.Lines) == 0 && v.Raise == "" {
		return nil, nil
	}
	return v, nil
}

// linkAsked puts into a form what the new thing is to be tied to, as the address or
// the form that was sent says; what is not there is left out.
func (s *Server) linkAsked(r *http.Request, h *hall, f *composeForm) error {
	asked := r.FormValue("link")
	if asked == "" {
		return nil
	}
	all, err := s.linkable(r, h)
	if err != nil {
		return err
	}
	if i := slices.IndexFunc(all, func(v linkView) bool { return v.Value == asked }); i >= 0 {
		f.Linked = &all[i]
		f.Hidden = append(f.Hidden, field{"link", asked})
	}
	return nil
}

// links are the ties of a form.
func (f composeForm) links() []forum.Link {
	if f.Linked == nil {
		return nil
	}
	kind, to, _ := strings.Cut(f.Linked.Value, " ")
	return []forum.Link{{Kind: forum.LinkKind(kind), To: to}}
}

// ownFeed is the Atom feed of a page of its own, beside that of the dialogue, where
// the visitor may take it.
func (h *hall) ownFeed(parts ...string) string {
	if !h.may(dialogue.Take) {
		return ""
	}
	return h.to(append(parts, atomFile)...)
}

// JSONFeed is the feed of an Atom feed's address in the other format.
func (l Layout) JSONFeed(atom string) string { return strings.TrimSuffix(atom, atomFile) + jsonFile }

// feedOf is the feed of a problem that everybody here may read.
func (h *hall) feedOf(c writing.Contribution) string {
	if c.Kind != writing.Problem || c.State != writing.Shown {
		return ""
	}
	return h.ownFeed("problem", itemNumber(c.ID))
}
