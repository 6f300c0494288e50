package web

import (
	"net/http"
	"slices"
	"strconv"

	"parley/account"
	"parley/dialogue"
	"parley/notice"
	"parley/writing"
)

// registerNotices lists the addresses of the bell, what one follows, letters.
func (s *Server) registerNotices() {
	s.get(dialogue.BeHolder, "/{lang}/notices", s.notices)
	s.post(dialogue.BeHolder, "/{lang}/notices/read", s.readNotices)
	s.get(dialogue.BeHolder, "/{lang}/account/notices", s.noticeSettings)
	s.post(dialogue.BeHolder, "/{lang}/account/notices/settings", s.setNotices)
	s.post(dialogue.ProveFresh, "/{lang}/account/notices/key", s.renewFeedKey)
	s.post(dialogue.BeHolder, "/{lang}/account/notices/key/end", s.endFeedKey)
	s.get(dialogue.Follow, "/{lang}/{dialogue}/me/following", s.following)
	s.post(dialogue.Follow, "/{lang}/{dialogue}/follow", s.follow)
	s.post(dialogue.Follow, "/{lang}/{dialogue}/item/{item}/follow", s.follow)
	s.get(dialogue.Visit, unsubscribeAddress, s.unsubscribeForm)
	s.post(dialogue.Visit, unsubscribeAddress, s.unsubscribe)
}

// pageOfNotices is how many notices a page shows.
const pageOfNotices = 30

// noticesPage is what somebody heard of, in all their dialogues.
type noticesPage struct {
	Layout
	Said    string
	Groups  []noticeGroup
	UpTo    int64 // the newest that is shown
	Unread  bool
	Earlier string
}

// noticeGroup is what happened to one thing, with what would end hearing of it:
// once on a page.
type noticeGroup struct {
	Rows     []noticeRow
	Rest     []noticeRow // beyond rowsOfGroup
	More     string      // opens the rest
	Unread   bool
	Dialogue Phrase
	Home     string
	Whys     []string
	Stops    []noticeStop
	Back     string
}

// noticeStop ends hearing of a thing.
type noticeStop struct{ Address, Word string }

// rowsOfGroup is how much of a group stands open.
const rowsOfGroup = 3

// noticeRow is one thing that happened.
type noticeRow struct {
	ID      int64
	Words   string
	Address string // empty: it cannot be read now
	Snippet string
	Lang    string // of title and snippet, where it is not the page's
	By      string
	At      string
	Mark    string // "new" where the bell counts it, else that it comes with the digest; empty: read
	Why     string
	Stop    noticeStop // empty: it is always said
}

func (s *Server) notices(w http.ResponseWriter, r *http.Request) error {
	v, lang := visitOf(r), r.PathValue("lang")
	before, _ := strconv.ParseInt(r.URL.Query().Get("before"), 10, 64)
	list, err := s.Store.Notices(r.Context(), v.Person, lang, before, pageOfNotices)
	if err != nil {
		return err
	}
	p := noticesPage{Layout: s.layout(r, lang, "")}
	p.Title, p.NoIndex = p.T("notice.title"), true
	switch r.URL.Query().Get("said") {
	case "read":
		p.Said = p.T("notice.said.read")
	case "followed":
		p.Said = p.T("notice.follow.done")
	}
	for i, n := range list {
		if i == 0 {
			p.UpTo = n.ID
		}
		p.Unread = p.Unread || !n.Read
	}
	p.Groups = p.grouped(v, list)
	if len(list) == pageOfNotices {
		p.Earlier = withQuery("/"+lang+"/notices", "before", strconv.FormatInt(list[len(list)-1].ID, 10))
	}
	return s.show(w, r, http.StatusOK, "notices", p)
}

// grouped puts together what happened to one thing, in the order of the newest.
func (l Layout) grouped(v *visit, list []notice.Notice) (out []noticeGroup) {
	type thing struct {
		of    dialogue.ID
		root  writing.ID
		queue bool
	}
	at, said := map[thing]int{}, map[string]bool{}
	for _, n := range list {
		of := thing{n.Event.Dialogue, n.Event.Root, n.Event.Kind == notice.Queued}
		i, known := at[of]
		if !known {
			i, at[of] = len(out), len(out)
			out = append(out, noticeGroup{
				Dialogue: phrase(n.Dialogue.Title, l.Lang), Home: addressIn(l.Lang, of.of), Back: "/" + l.Lang + "/notices?said=followed",
			})
		}
		g, row := &out[i], l.row(v, n)
		g.Unread = g.Unread || !n.Read && n.Loud
		if len(g.Rows) < rowsOfGroup {
			g.Rows = append(g.Rows, row)
		} else {
			g.Rest = append(g.Rest, row)
			g.More = l.words.N("notice.group.more", len(g.Rest))
		}
		if known := said[row.Stop.Address]; row.Stop.Address != "" && !known {
			g.Stops = append(g.Stops, row.Stop)
		} else if known && n.Why == notice.BecauseDialogue {
			continue // said above, with how to end it
		}
		said[row.Stop.Address] = true
		if !slices.Contains(g.Whys, row.Why) {
			g.Whys = append(g.Whys, row.Why)
		}
	}
	return out
}

// row says one notice in the reader's language.
func (l Layout) row(v *visit, n notice.Notice) noticeRow {
	id, thing := n.Event.Dialogue, n.Thing()
	row := noticeRow{
		ID: n.ID, Words: l.T(n.Key(), "Title", n.Title), Snippet: n.Snippet,
		At: moment(l.words, v, n.Event.At), Why: l.T("notice.why."+string(n.Why), "Item", int64(thing)),
	}
	// What moderators decide about one's words is always said, and to moderators what waits.
	if n.Event.Kind != notice.Decided && n.Event.Kind != notice.Queued {
		if row.Stop = (noticeStop{followAddress(l.Lang, id, thing), l.T("notice.why.stop", "Item", int64(thing))}); thing == 0 {
			row.Stop.Word = l.T("notice.why.stop-dialogue")
		}
	}
	switch {
	case !n.Read && n.Loud:
		row.Mark = l.T("notice.unread")
	case !n.Read:
		row.Mark = l.T("notice.later")
	}
	if n.Lang != l.Lang {
		row.Lang = n.Lang
	}
	if !n.Gone {
		row.Address = addressIn(l.Lang, id) + "/" + n.Address
	}
	if n.By.Pseudonym != "" {
		row.By = l.T("notice.by", "Name", n.By.Pseudonym.In(l.Lang))
	}
	return row
}

// readNotices marks what the reader saw; what came since stays new.
func (s *Server) readNotices(w http.ResponseWriter, r *http.Request) error {
	upTo, err := strconv.ParseInt(r.PostFormValue("up_to"), 10, 64)
	if err != nil {
		return errGarbled
	}
	if err := s.Store.ReadNotices(deed(r), visitOf(r).Person, upTo, s.Now()); err != nil {
		return err
	}
	http.Redirect(w, r, "/"+r.PathValue("lang")+"/notices?said=read", http.StatusSeeOther)
	return nil
}

// followAddress is where a form says how closely somebody follows a thing; 0 is
// the dialogue.
func followAddress(lang string, id dialogue.ID, thing writing.ID) string {
	if thing == 0 {
		return addressIn(lang, id, "follow")
	}
	return addressIn(lang, id, "item", strconv.FormatInt(int64(thing), 10), "follow")
}

// followForm is the choice of how closely one follows something.
type followForm struct {
	ID      string // of its field
	Address string
	Next    string
	Label   string
	Save    string
	Not     string // the word for following nothing yet; empty: a level was chosen
	Levels  []levelChoice
}

// levelChoice is one line of the list from which people choose.
type levelChoice struct {
	Value, Words string
	Chosen       bool
}

// followForm is nil for who may not follow things here.
func (s *Server) followForm(h *hall, item writing.ID, level notice.Level, next string) *followForm {
	if !h.may(dialogue.Follow) {
		return nil
	}
	f := &followForm{
		ID: "follow-" + strconv.FormatInt(int64(item), 10), Address: followAddress(h.lang, h.d.ID, item), Next: next,
		Label: h.words.T("notice.follow.label"), Save: h.words.T("notice.follow.save"),
	}
	if level == "" {
		f.Not = h.words.T("notice.follow.not")
	}
	for _, l := range notice.Levels {
		f.Levels = append(f.Levels, levelChoice{string(l), h.words.T("notice.level." + string(l)), l == level})
	}
	return f
}

func (s *Server) follow(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	var item writing.ID
	if word := r.PathValue("item"); word != "" {
		n, err := strconv.ParseInt(word, 10, 64)
		if err != nil || n <= 0 {
			return errMissing
		}
		item = writing.ID(n)
	}
	if err := s.Store.Follow(deed(r), h.person(), h.d.ID, item, notice.Level(r.PostFormValue("level")), s.Now()); err != nil {
		return err
	}
	next := safeNext(r.PostFormValue("next"))
	if next == "" {
		next = h.to("me", "following")
	}
	http.Redirect(w, r, next, http.StatusSeeOther)
	return nil
}

// followingPage lists what somebody follows in a dialogue.
type followingPage struct {
	Layout
	Said    string
	Contact bool // there are no letters, for they did not agree to any
	Me      string
	Rows    []followingRow
}

type followingRow struct {
	Title   string
	Address string
	Form    *followForm
}

func (s *Server) following(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	list, err := s.Store.Following(r.Context(), h.person(), h.d.ID)
	if err != nil {
		return err
	}
	me, err := s.Store.Mine(r.Context(), h.person(), h.d.ID)
	if err != nil {
		return err
	}
	p := followingPage{Layout: s.hallLayout(r, h, "me", h.words.T("notice.following.title")), Me: h.to("me"), Contact: true}
	for _, tick := range me.Ticks {
		p.Contact = p.Contact && tick != dialogue.TickContact
	}
	if r.URL.Query().Get("said") == "followed" {
		p.Said = p.T("notice.follow.done")
	}
	next := h.to("me", "following") + "?said=followed"
	whole := notice.Level("")
	for _, f := range list {
		if f.Item == 0 {
			whole = f.Level
			continue
		}
		if there := f.Titles[h.lang]; there != "" {
			f.Title = there
		}
		row := followingRow{Title: f.Title, Address: h.to() + "/" + notice.Place(f.Kind, f.Item, "", 0), Form: s.followForm(h, f.Item, f.Level, next)}
		row.Form.Label = p.T("notice.following.label", "Title", f.Title)
		p.Rows = append(p.Rows, row)
	}
	all := followingRow{Title: p.T("notice.following.dialogue"), Address: h.to(), Form: s.followForm(h, 0, whole, next)}
	p.Rows = append([]followingRow{all}, p.Rows...)
	return s.show(w, r, http.StatusOK, "following", p)
}

// membershipLinks are the dialogues of somebody, each with what they follow there.
func (s *Server) membershipLinks(r *http.Request, person account.PersonID) ([]followingRow, error) {
	list, err := s.Store.Memberships(r.Context(), person)
	if err != nil {
		return nil, err
	}
	lang := r.PathValue("lang")
	var out []followingRow
	for _, m := range list {
		if m.Standing.Inside() {
			out = append(out, followingRow{Title: m.Dialogue.Title.In(lang), Address: addressIn(lang, m.Dialogue.ID, "me", "following")})
		}
	}
	return out, nil
}
