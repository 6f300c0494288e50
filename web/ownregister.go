package web

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"parley/dialogue"
	"parley/fault"
	"parley/i18n"
	"parley/interest"
)

// ownRegisterPage is the register that a side writes about itself, for those who
// edit it.
type ownRegisterPage struct {
	Layout
	Said      string
	Wrong     wrongs
	Side      Side
	Interests []ownInterest
	Weights   []ownWeighing
	Revision  int64
	Add       string
	Weigh     string // address of the form for a statement about weights; empty: too few interests
	Unweigh   string
}

// ownInterest is one interest of that register.
type ownInterest struct {
	Title        Phrase
	Tier         string
	Edit, Remove string
}

// ownSide is the side of the address, where the visitor edits its register.
func (h *hall) ownSide(r *http.Request) (Side, error) {
	id := dialogue.SideID(r.PathValue("side"))
	if _, known := h.d.Side(id); !known {
		return Side{}, missing("side", string(id))
	}
	return h.side(id), dialogue.MayForSide(h.Entrance.Standing, dialogue.EditRegister, h.d.Dialogue, id)
}

// ownRegisterOf reads the register; one that is not written yet is empty.
func (s *Server) ownRegisterOf(r *http.Request, h *hall, side dialogue.SideID) (interest.Register, int64, error) {
	reg, revision, err := s.Store.OwnRegister(r.Context(), h.person(), h.d.ID, side)
	if f, ok := fault.As(err); ok && f.Key == "store.no-register" {
		return interest.Register{Subject: side}, 0, nil
	}
	return reg, revision, err
}

func (s *Server) ownRegister(w http.ResponseWriter, r *http.Request) error {
	return s.showOwnRegister(w, r, http.StatusOK, nil)
}

func (s *Server) showOwnRegister(w http.ResponseWriter, r *http.Request, code int, bad wrongs) error {
	h := hallOf(r)
	side, err := h.ownSide(r)
	if err != nil {
		return err
	}
	reg, revision, err := s.ownRegisterOf(r, h, side.ID)
	if err != nil {
		return err
	}
	edit := h.to("register", string(side.ID), "edit")
	p := ownRegisterPage{
		Layout: s.hallLayout(r, h, "register", h.words.T("room.register.title")), Wrong: bad, Side: side, Add: edit,
		Weights: h.ownWeighings(reg, side), Revision: revision, Unweigh: h.to("register", string(side.ID), "unweigh"),
	}
	if len(reg.Interests) > 1 {
		p.Weigh = h.to("register", string(side.ID), "weigh")
	}
	if bad == nil {
		p.Said = p.said(r)
	}
	for _, i := range reg.Interests {
		p.Interests = append(p.Interests, ownInterest{
			phrase(i.Title, h.lang), h.words.T("web.tier." + rankKey(i.Tier)), withQuery(edit, "interest", string(i.ID)),
			withQuery(h.to("register", string(side.ID), "remove"), "interest", string(i.ID)),
		})
	}
	return s.show(w, r, code, "register-own", p)
}

func rankKey(t interest.Tier) string {
	if t == interest.Unplaced {
		return "unplaced"
	}
	return t.String()
}

// editInterestPage is one interest with everything that a register can say.
type editInterestPage struct {
	Layout
	Wrong    wrongs
	Side     Side
	ID       interest.ID // empty: a new one
	Revision int64
	Title    []textBox
	Note     []textBox
	Tiers    []option
	Horizons []option
	Others   []counterpartForm
	Stale    bool
	Seen     string // who may read what is saved
	Action   string
	Back     string
}

// counterpartForm is what the interest says about another side.
type counterpartForm struct {
	Side     Side
	RoleLow  scaleBox
	RoleHigh scaleBox
	Effect   scaleBox
	RankLow  scaleBox
	RankHigh scaleBox
	Tone     scaleBox
	Toward   scaleBox
	Note     []textBox
	Wrong    string
	Open     bool   // there is a mistake to mend
	Said     string // that something stands there already; empty: nothing does
}

// scaleBox is a choice on one scale.
type scaleBox struct {
	Name, Words string
	Values      []option
}

func scale[T ~uint8](words *i18n.Words, name, label, prefix string, values []string, chosen T) scaleBox {
	b := scaleBox{Name: name, Words: words.T(label)}
	for n, v := range values {
		key := prefix + v
		if v == "" {
			key = "web.unstated"
		}
		b.Values = append(b.Values, option{Value: v, Words: words.T(key), Chosen: int(chosen) == n})
	}
	return b
}

func (s *Server) editInterest(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	side, err := h.ownSide(r)
	if err != nil {
		return err
	}
	reg, revision, err := s.ownRegisterOf(r, h, side.ID)
	if err != nil {
		return err
	}
	var i interest.Interest
	if id := interest.ID(r.URL.Query().Get("interest")); id != "" {
		at := slices.IndexFunc(reg.Interests, func(i interest.Interest) bool { return i.ID == id })
		if at < 0 {
			return missing("interest", string(id))
		}
		i = reg.Interests[at]
	}
	return s.showInterest(w, r, http.StatusOK, h, side, i, revision, nil, nil)
}

// showInterest shows the form; now is the interest as it stands, where somebody
// else changed it meanwhile.
func (s *Server) showInterest(w http.ResponseWriter, r *http.Request, code int, h *hall, side Side, i interest.Interest, revision int64, now *interest.Interest, bad wrongs) error {
	key := "room.register.add"
	if i.ID != "" {
		key = "room.register.edit"
	}
	boxes := func(name string, t i18n.Text, standing func(*interest.Interest) i18n.Text) []textBox {
		out := textBoxes(name, t, h.d.Languages, maxText)
		for k := range out {
			b := &out[k]
			b.Wrong = bad.Of(b.Name)
			if now != nil && standing != nil && standing(now)[b.Lang] != b.Words {
				b.Now, b.NowLabel = standing(now)[b.Lang], h.words.T("room.setting.now")
			}
		}
		return out
	}
	p := editInterestPage{
		Layout: s.hallLayout(r, h, "register", h.words.T(key)), Wrong: bad, Side: side, ID: i.ID, Revision: revision, Stale: now != nil,
		Title:  boxes("title", i.Title, func(n *interest.Interest) i18n.Text { return n.Title }),
		Note:   boxes("note", i.Note, func(n *interest.Interest) i18n.Text { return n.Note }),
		Action: h.to("register", string(side.ID), "edit"), Back: h.to("register", string(side.ID)),
	}
	p.Seen = h.seenRegister()
	p.Tiers = scale(h.words, "tier", "web.filter.tier", "web.tier.", interest.TierWords, i.Tier).Values
	p.Horizons = scale(h.words, "horizon", "web.filter.horizon", "web.horizon.", interest.HorizonWords, i.Horizon).Values
	for _, other := range h.sides {
		if other.ID == side.ID {
			continue
		}
		c, said := i.Counterpart(other.ID)
		at := "counterparts." + string(other.ID) + "."
		f := counterpartForm{
			Side:     other,
			RoleLow:  scale(h.words, at+"role.low", "room.register.role.low", "web.role.", interest.RoleWords, c.Role.Low),
			RoleHigh: scale(h.words, at+"role.high", "room.register.role.high", "web.role.", interest.RoleWords, c.Role.High),
			Effect:   scale(h.words, at+"effect", "room.register.effect", "room.effect.", interest.EffectWords, c.Effect),
			RankLow:  scale(h.words, at+"priority.low", "room.register.priority.low", "web.level.", interest.LevelWords, c.Priority.Low),
			RankHigh: scale(h.words, at+"priority.high", "room.register.priority.high", "web.level.", interest.LevelWords, c.Priority.High),
			Tone:     scale(h.words, at+"tone", "room.register.tone", "web.tone.", interest.ToneWords, c.Tone),
			Toward:   scale(h.words, at+"alignment", "room.register.alignment", "web.direction.", interest.AlignmentWords, c.Alignment),
			Note:     boxes(at+"note", c.Note, nil),
		}
		f.Wrong = bad.Of(at + "role")
		if f.Wrong == "" {
			f.Wrong = bad.Of(at + "priority")
		}
		f.Open = slices.ContainsFunc(bad, func(w wrong) bool { return strings.HasPrefix(w.Field+".", at) })
		if said {
			f.Said = h.words.T("room.register.other.said")
		}
		p.Others = append(p.Others, f)
	}
	return s.show(w, r, code, "register-edit", p)
}

// seenRegister says who may read what a side writes in its register.
func (h *hall) seenRegister() string {
	if ruleOf(h.d) == dialogue.Public {
		return h.words.T("room.register.seen.public")
	}
	return h.words.T("room.register.seen.inside")
}

// position is where a word stands on its scale; a word that does not stand there
// is "not stated".
func position[T ~uint8](words []string, word string) T {
	return T(max(slices.Index(words, word), 0))
}

// interestFrom reads the form.
func interestFrom(r *http.Request, h *hall, side dialogue.SideID) interest.Interest {
	i := interest.Interest{
		ID: interest.ID(r.PostFormValue("interest")), Title: textFrom(r, "title", h.d.Languages), Note: textFrom(r, "note", h.d.Languages),
		Tier:    position[interest.Tier](interest.TierWords, r.PostFormValue("tier")),
		Horizon: position[interest.Horizon](interest.HorizonWords, r.PostFormValue("horizon")),
	}
	for _, other := range h.d.Sides {
		if other.ID == side {
			continue
		}
		at := "counterparts." + string(other.ID) + "."
		role := func(end string) interest.Role {
			return position[interest.Role](interest.RoleWords, r.PostFormValue(at+"role."+end))
		}
		level := func(end string) interest.Level {
			return position[interest.Level](interest.LevelWords, r.PostFormValue(at+"priority."+end))
		}
		c := interest.Counterpart{
			Side: other.ID, Role: interest.RoleRange{Low: role("low"), High: role("high")},
			Effect:   position[interest.Effect](interest.EffectWords, r.PostFormValue(at+"effect")),
			Priority: interest.LevelRange{Low: level("low"), High: level("high")},
			Tone:     position[interest.Tone](interest.ToneWords, r.PostFormValue(at+"tone")), Note: textFrom(r, at+"note", h.d.Languages),
			Alignment: position[interest.Alignment](interest.AlignmentWords, r.PostFormValue(at+"alignment")),
		}
		c.Role, c.Priority = oneEnd(c.Role), oneLevel(c.Priority)
		if c.Role.Known() || c.Priority.Known() || c.Effect != 0 || c.Tone != 0 || c.Alignment != 0 || len(c.Note) > 0 {
			i.Counterparts = append(i.Counterparts, c)
		}
	}
	slices.SortFunc(i.Counterparts, func(a, b interest.Counterpart) int {
		if a.Side < b.Side {
			return -1
		}
		return 1
	})
	return i
}

// oneEnd and oneLevel: who names one end of a range means that value alone.
func oneEnd(r interest.RoleRange) interest.RoleRange {
	return interest.RoleRange{Low: either(r.Low, r.High), High: either(r.High, r.Low)}
}
func oneLevel(r interest.LevelRange) interest.LevelRange {
	return interest.LevelRange{Low: either(r.Low, r.High), High: either(r.High, r.Low)}
}
func either[T ~uint8](a, b T) T {
	if a == 0 {
		return b
	}
	return a
}

// writeInterest adds or replaces an interest. Where somebody else changed the
// register meanwhile, what was typed is shown beside what stands there now.
func (s *Server) writeInterest(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	side, err := h.ownSide(r)
	if err != nil {
		return err
	}
	i := interestFrom(r, h, side.ID)
	_, _, err = s.Store.WriteInterest(context.WithoutCancel(r.Context()), h.person(), h.d.ID, side.ID, i, revisionOf(r), s.Now())
	if err == nil {
		return seeOther(w, r, h.to("register", string(side.ID)), "saved")
	}
	bad, code, passed := s.mistaken(h.lang, err, fieldBy())
	if passed != nil {
		return passed
	}
	bad = placed(err, bad, h.words.T("room.register.unfit"))
	if set := clashing(err); set != nil {
		reg, _, err := s.ownRegisterOf(r, h, side.ID)
		if err != nil {
			return err
		}
		bad = wrongs{{"tier", h.clashWords(reg, side, set)}}
	}
	if bad.Of("title") != "" && len(h.d.Languages) > 0 {
		bad[0].Field = "title." + h.d.Languages[0]
	}
	revision := revisionOf(r)
	var now *interest.Interest
	if fault.Is(err, fault.Stale) {
		reg, current, err := s.ownRegisterOf(r, h, side.ID)
		if err != nil {
			return err
		}
		revision, now = current, &interest.Interest{}
		for k := range reg.Interests {
			if reg.Interests[k].ID == i.ID {
				now = &reg.Interests[k]
			}
		}
	}
	return s.showInterest(w, r, code, h, side, i, revision, now, bad)
}

// removeInterestPage asks once more.
type removeInterestPage struct {
	Layout
	Wrong    wrongs
	Side     Side
	Title    Phrase
	Weights  []string // what the register says about its weight, which goes with it
	ID       interest.ID
	Revision string
	Action   string
	Back     string
}

func (s *Server) askRemoveInterest(w http.ResponseWriter, r *http.Request) error {
	return s.showRemoveInterest(w, r, http.StatusOK, nil)
}

func (s *Server) showRemoveInterest(w http.ResponseWriter, r *http.Request, code int, bad wrongs) error {
	h := hallOf(r)
	side, err := h.ownSide(r)
	if err != nil {
		return err
	}
	reg, revision, err := s.ownRegisterOf(r, h, side.ID)
	if err != nil {
		return err
	}
	id := interest.ID(r.FormValue("interest"))
	at := slices.IndexFunc(reg.Interests, func(i interest.Interest) bool { return i.ID == id })
	if at < 0 {
		return missing("interest", string(id))
	}
	p := removeInterestPage{
		Layout: s.hallLayout(r, h, "register", h.words.T("room.register.remove")), Wrong: bad, Side: side, Title: phrase(reg.Interests[at].Title, h.lang),
		ID: id, Revision: strconv.FormatInt(revision, 10), Action: h.to("register", string(side.ID), "remove"), Back: h.to("register", string(side.ID)),
	}
	for n, said := range h.ownWeighings(reg, side) {
		if reg.Weights[n].Names(id) {
			p.Weights = append(p.Weights, said.Words)
		}
	}
	return s.show(w, r, code, "register-remove", p)
}

func (s *Server) removeInterest(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	side, err := h.ownSide(r)
	if err != nil {
		return err
	}
	_, err = s.Store.RemoveInterest(context.WithoutCancel(r.Context()), h.person(), h.d.ID, side.ID, interest.ID(r.PostFormValue("interest")), revisionOf(r), s.Now())
	if err != nil {
		bad, code, err := s.mistaken(h.lang, err, fieldBy())
		if err != nil {
			return err
		}
		return s.showRemoveInterest(w, r, code, bad)
	}
	return seeOther(w, r, h.to("register", string(side.ID)), "taken-out")
}
