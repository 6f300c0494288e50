package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"parley/account"
	"parley/dialogue"
	"parley/i18n"
	"parley/store"
)

// joinPage is the card before joining, the declaration, and the form.
type joinPage struct {
	Layout
	Card        card
	Door        door
	Invited     string // as what the invitation invites; empty: there is none
	Void        bool   // the link lets nobody in any more
	Admission   string // how people come in, or how somebody with this invitation does
	Pause       string // what a pause means for who comes in; empty: there is none
	Declaration declarationView
	Wrong       wrongs
	Form        joinForm
	SignUp      string // where somebody without an account goes on
	SignIn      string
	Mine        string // one's own membership
	Contact     string
}

// door is how somebody finds the entrance.
type door string

const (
	doorForm     door = "form"       // may join
	doorStranger door = "stranger"   // may join once they are signed in
	doorShut     door = "invitation" // needs an invitation
	doorInside   door = "inside"     // takes part already
	doorAsked    door = "asked"      // waits
	doorRefused  door = "refused"
	doorClosed   door = "closed"  // the dialogue is over
	doorUnready  door = "unready" // there is no declaration to agree to
)

// doorOf decides what somebody finds.
func doorOf(e *store.Entrance) door {
	st := e.Standing
	switch {
	case st.State == dialogue.Admitted:
		return doorInside
	case st.State == dialogue.Asked:
		return doorAsked
	case e.Stage == dialogue.Closed:
		return doorClosed
	case st.State == dialogue.Refused && e.Invitation == nil:
		return doorRefused
	case e.Declaration.Version == 0 && (e.Invitation == nil || e.Invitation.Role != dialogue.Convener):
		return doorUnready
	case e.Invitation == nil && e.Admission != dialogue.ByRequest && e.Admission != dialogue.Freely:
		return doorShut
	case !st.SignedIn:
		return doorStranger
	}
	return doorForm
}

// joinForm is the form as it was filled in.
type joinForm struct {
	Action     string
	Invitation string
	Version    int
	Pseudonym  string
	Sides      []sideBox
	Sideless   bool // who comes with this invitation stands on no side
	Ticks      []tickBox
	Send       string // the words on the button
}

// sideBox is one side to declare, tickBox one consent to give.
type sideBox struct {
	Side
	Checked bool
}
type tickBox struct {
	Tick           dialogue.Tick
	Words, Meaning string
	Checked        bool
	Required       bool
	Since          string // of a consent that holds: since when
}

func (s *Server) join(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	form := joinForm{Version: h.Entrance.Declaration.Version}
	var proposed []dialogue.SideID
	if i := h.Entrance.Invitation; i != nil && i.Role == dialogue.Participant && i.Side != "" {
		proposed = append(proposed, i.Side)
	} else if i != nil && i.Role.OfSide() {
		proposed = append(proposed, i.Side)
	}
	form.Sides, form.Ticks = h.sideBoxes(proposed), h.tickBoxes(nil)
	return s.showJoin(w, r, h, http.StatusOK, form, nil)
}

func (s *Server) showJoin(w http.ResponseWriter, r *http.Request, h *hall, code int, form joinForm, bad wrongs) error {
	e := h.Entrance
	secret := r.FormValue("invitation")
	void := secret != "" && e.Invitation == nil
	if void {
		secret = ""
	}
	p := joinPage{
		Layout: s.hallLayout(r, h, "join", h.words.T("room.join.title")), Card: h.card(), Door: doorOf(e), Wrong: bad, Void: void,
		Admission:   h.words.T("room.admission." + admissionBy(h.d, e.Invitation)),
		Declaration: h.declarationView(e.Declaration), Mine: h.to("me"), Contact: h.to("contact"),
	}
	if len(bad) > 0 {
		p.Door = doorForm
	}
	if h.d.Stage == dialogue.Paused && (p.Door == doorForm || p.Door == doorStranger || p.Door == doorAsked) {
		p.Pause = h.words.T("room.join.paused")
	}
	if e.Invitation != nil {
		p.Invited = h.words.T("room.join.invited."+string(e.Invitation.Role), "Side", h.side(e.Invitation.Side).Name)
		form.Sideless = e.Invitation.Role == dialogue.Observer || e.Invitation.Role.Neutral()
	}
	form.Action, form.Invitation = h.to("join"), secret
	form.Send = h.words.T("room.join.send." + string(sendAs(h.d, e.Invitation)))
	p.Form = form
	back := h.to("join")
	query := url.Values{"dialogue": {string(h.d.ID)}}
	if secret != "" {
		back = withQuery(back, "invitation", secret)
		query.Set("invitation", secret)
	}
	p.SignIn = "/" + h.lang + "/sign-in?" + nextQuery(back)
	query.Set("next", back)
	p.SignUp = "/" + h.lang + "/sign-up?" + query.Encode()
	return s.show(w, r, code, "join", p)
}

// sendAs is what sending the form does: it lets in at once, or asks.
func sendAs(d dialogue.Configured, i *dialogue.Invitation) dialogue.Admission {
	if i != nil && i.BySide == "" || i == nil && d.Admission == dialogue.Freely {
		return dialogue.Freely
	}
	return dialogue.ByRequest
}

// admissionBy names the sentence about the way in: who was invited reads what
// their own invitation does, whatever others have to do.
func admissionBy(d dialogue.Configured, i *dialogue.Invitation) string {
	switch {
	case i == nil:
		return string(admissionOf(d))
	case i.BySide != "":
		return "proposed"
	}
	return "invited"
}

func admissionOf(d dialogue.Configured) dialogue.Admission {
	if d.Admission == "" {
		return dialogue.ByInvitation
	}
	return d.Admission
}

func (h *hall) sideBoxes(checked []dialogue.SideID) []sideBox {
	var out []sideBox
	for _, s := range h.sides {
		out = append(out, sideBox{s, slices.Contains(checked, s.ID)})
	}
	return out
}

func (h *hall) tickBoxes(checked []dialogue.Tick) []tickBox {
	var out []tickBox
	for _, t := range dialogue.Ticks {
		key := "room.tick." + string(t)
		if t == dialogue.TickRules && h.Entrance.Declaration.Version == 0 {
			key += ".undeclared"
		}
		out = append(out, tickBox{
			Tick: t, Words: h.words.T(key), Meaning: h.words.T(key + ".meaning"),
			Checked: slices.Contains(checked, t), Required: t == dialogue.TickRules,
		})
	}
	return out
}

// sendJoin makes a member, or somebody who asks to be one.
func (s *Server) sendJoin(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	if st := h.Entrance.Standing.State; st == dialogue.Admitted || st == dialogue.Asked {
		return seeOther(w, r, h.to("me"), "") // the form was sent twice
	}
	version := intOf(r.PostFormValue("version"))
	j := store.JoinRequest{
		Invitation: r.PostFormValue("invitation"), Pseudonym: r.PostFormValue("pseudonym"), Version: version,
		Lang: h.readLanguage(r.PostFormValue("read")), Sides: ticked[dialogue.SideID](r, "side"), Ticks: ticked[dialogue.Tick](r, "tick"),
	}
	if i := h.Entrance.Invitation; i != nil && i.Role == dialogue.Observer {
		j.Observer = true
	}
	again := joinForm{Version: h.Entrance.Declaration.Version, Pseudonym: j.Pseudonym, Sides: h.sideBoxes(j.Sides), Ticks: h.tickBoxes(j.Ticks)}
	if !slices.Contains(j.Ticks, dialogue.TickRules) {
		return s.showJoin(w, r, h, http.StatusBadRequest, again, wrongs{{"tick-rules", h.words.T("room.join.rules")}})
	}
	if j.Pseudonym != "" {
		if err := s.paceIn(h, "pseudonym", account.RatePseudonym); err != nil {
			return err
		}
	}
	m, err := s.Store.Join(context.WithoutCancel(r.Context()), h.person(), h.d.ID, j, s.Now())
	if err != nil {
		bad, code, err := s.mistaken(h.lang, err, fieldBy("pseudonym", "pseudonym", "name", "pseudonym", "tick", "tick-rules", "side", "sides", "invit", ""))
		if err != nil {
			return err
		}
		return s.showJoin(w, r, h, code, again, bad)
	}
	if m.State == dialogue.Admitted {
		return seeOther(w, r, h.to("me"), "joined")
	}
	return seeOther(w, r, h.to("me"), "asked")
}

// ticked are the values of the boxes that were ticked.
func ticked[T ~string](r *http.Request, name string) []T {
	var out []T
	for _, v := range r.PostForm[name] {
		out = append(out, T(v))
	}
	return out
}

// languageName is what a language calls itself; of one that the site does not
// speak, its tag.
func languageName(lang string) string {
	if i18n.Speaks(lang) {
		return i18n.For(lang).T("web.language")
	}
	return lang
}
