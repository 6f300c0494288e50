package web

import (
	"context"
	"math/big"
	"net/http"
	"strconv"
	"strings"

	"parley/fault"
	"parley/interest"
)

// ownWeighing is one statement about weights of the register that a side writes
// about itself.
type ownWeighing struct {
	Number int // its place, from 0
	Words  string
}

// weighPage is where a register editor says what matters more.
type weighPage struct {
	Layout
	Wrong    wrongs
	Side     Side
	Revision int64
	Said     []ownWeighing // what the register says already
	Clash    []string      // what cannot be true together with what was tried
	Few      bool          // there are too few interests to compare
	More     []option
	With     []option
	Than     []option
	Times    string
	Seen     string
	Action   string
	Back     string
}

// ownTitles names the interests of a register.
func (h *hall) ownTitles(reg interest.Register) func(interest.ID) string {
	return func(id interest.ID) string {
		for _, i := range reg.Interests {
			if i.ID == id {
				return phrase(i.Title, h.lang).Words
			}
		}
		return string(id)
	}
}

// ownWeighings words what a side's own register says about weights.
func (h *hall) ownWeighings(reg interest.Register, side Side) (out []ownWeighing) {
	for n, w := range reg.Weights {
		out = append(out, ownWeighing{n, weighingWords(h.words, side.Name.Words, w, h.ownTitles(reg))})
	}
	return out
}

func (s *Server) weigh(w http.ResponseWriter, r *http.Request) error {
	return s.showWeigh(w, r, http.StatusOK, nil, nil)
}

// showWeigh shows the form with what was typed; clash is what contradicted it.
func (s *Server) showWeigh(w http.ResponseWriter, r *http.Request, code int, bad wrongs, clash []interest.Weighing) error {
	h := hallOf(r)
	side, err := h.ownSide(r)
	if err != nil {
		return err
	}
	reg, revision, err := s.ownRegisterOf(r, h, side.ID)
	if err != nil {
		return err
	}
	title := h.ownTitles(reg)
	choices := func(name, none string) []option {
		chosen := r.PostFormValue(name)
		out := []option{{Words: h.words.T(none), Chosen: chosen == ""}}
		for _, i := range reg.Interests {
			out = append(out, option{Value: string(i.ID), Words: title(i.ID), Chosen: chosen == string(i.ID)})
		}
		return out
	}
	p := weighPage{
		Layout: s.hallLayout(r, h, "register", h.words.T("room.weigh.title")), Wrong: bad, Side: side, Revision: revision,
		Said: h.ownWeighings(reg, side), Few: len(reg.Interests) < 2, Times: r.PostFormValue("times"), Seen: h.seenRegister(),
		More: choices("more", "room.weigh.choose"), With: choices("with", "room.weigh.alone"), Than: choices("than", "room.weigh.choose"),
		Action: h.to("register", string(side.ID), "weigh"), Back: h.to("register", string(side.ID)),
	}
	for _, w := range clash {
		p.Clash = append(p.Clash, weighingWords(h.words, side.Name.Words, w, title))
	}
	return s.show(w, r, code, "register-weigh", p)
}

// weighingFrom reads the form; wrong names the field that cannot be read.
func weighingFrom(r *http.Request) (w interest.Weighing, wrong string) {
	more, with, than := interest.ID(r.PostFormValue("more")), interest.ID(r.PostFormValue("with")), interest.ID(r.PostFormValue("than"))
	times := interest.FractionOf(1, 1)
	if typed := strings.TrimSpace(r.PostFormValue("times")); typed != "" {
		var err error
		if times, err = interest.ParseFraction(strings.ReplaceAll(typed, ",", ".")); err != nil || times.Sign() <= 0 {
			return w, "times"
		}
	}
	switch {
	case more == "":
		return w, "more"
	case than == "":
		return w, "than"
	case with == "":
		w.More, w.Than = more, than
		if times.Cmp(interest.FractionOf(1, 1)) != 0 {
			w.Times = times
		}
		return w, ""
	}
	// Parts are at most the whole: twice as much for both is as much for half of each.
	gained, given := interest.FractionOf(1, 1), times
	if times.Cmp(gained) > 0 {
		gained, given = interest.FractionFrom(new(big.Rat).Inv(times.Rat())), gained
	}
	w.Gain = []interest.Part{{Interest: more, Of: gained}, {Interest: with, Of: gained}}
	w.Outweighs = []interest.Part{{Interest: than, Of: given}}
	return w, ""
}

// writeWeighing adds a statement about weights. What contradicts it is shown in
// words beside what was typed.
func (s *Server) writeWeighing(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	side, err := h.ownSide(r)
	if err != nil {
		return err
	}
	said, unread := weighingFrom(r)
	if unread != "" {
		return s.showWeigh(w, r, http.StatusBadRequest, wrongs{{unread, h.words.T("room.weigh.wrong." + unread)}}, nil)
	}
	_, err = s.Store.WriteWeighing(context.WithoutCancel(r.Context()), h.person(), h.d.ID, side.ID, said, revisionOf(r), s.Now())
	if err == nil {
		return seeOther(w, r, h.to("register", string(side.ID)), "saved")
	}
	bad, code, passed := s.mistaken(h.lang, err, fieldBy())
	if passed != nil {
		return passed
	}
	bad = placed(err, bad, h.words.T("room.register.unfit"))
	set := clashing(err)
	if set != nil {
		bad[0].Words = h.words.T("room.weigh.clash")
		if f, _ := fault.As(err); strings.HasSuffix(f.Key, ".ranks") {
			bad[0].Words = h.words.T("room.weigh.clash.ranks")
		}
	}
	return s.showWeigh(w, r, code, bad, set)
}

// clashing are the statements about weights that a fault names.
func clashing(err error) []interest.Weighing {
	f, ok := fault.As(err)
	if !ok {
		return nil
	}
	set, _ := f.Args["Set"].([]interest.Weighing)
	return set
}

// clashWords names in words what contradicts a change of an interest.
func (h *hall) clashWords(reg interest.Register, side Side, set []interest.Weighing) string {
	var out []string
	for _, w := range set {
		out = append(out, weighingWords(h.words, side.Name.Words, w, h.ownTitles(reg)))
	}
	return h.words.T("room.weigh.clash.tier") + " " + strings.Join(out, " ")
}

func (s *Server) unweigh(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	side, err := h.ownSide(r)
	if err != nil {
		return err
	}
	number, err := strconv.Atoi(r.PostFormValue("number"))
	if err != nil {
		number = -1
	}
	_, err = s.Store.RemoveWeighing(context.WithoutCancel(r.Context()), h.person(), h.d.ID, side.ID, number, revisionOf(r), s.Now())
	if err != nil {
		bad, code, err := s.mistaken(h.lang, err, fieldBy())
		if err != nil {
			return err
		}
		return s.showOwnRegister(w, r, code, bad)
	}
	return seeOther(w, r, h.to("register", string(side.ID)), "unweighed")
}
