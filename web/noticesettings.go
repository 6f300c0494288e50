package web

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"parley/notice"
)

// noticeSettingsPage is when and how somebody is told.
type noticeSettingsPage struct {
	Layout
	Said      string
	Wrong     string
	Address   bool // letters can be sent
	Settings  notice.Settings
	Every     []levelChoice
	Hours     []hourChoice
	From, To  []hourChoice
	Weekdays  []levelChoice
	Zone      string
	Following []followingRow
	HasKey    bool
	Key       string // shown to who proved lately who they are
	Prove     string
	Example   string
}

// hourChoice is one hour of the day.
type hourChoice struct {
	Hour   int
	Words  string
	Chosen bool
}

func hours(chosen int) (out []hourChoice) {
	for h := range 24 {
		out = append(out, hourChoice{h, strconv.Itoa(h) + ":00", h == chosen})
	}
	return out
}

func (s *Server) noticeSettings(w http.ResponseWriter, r *http.Request) error {
	n, err := s.Store.NoticeSettings(r.Context(), visitOf(r).Person)
	if err != nil {
		return err
	}
	return s.showNoticeSettings(w, r, http.StatusOK, n, "")
}

func (s *Server) showNoticeSettings(w http.ResponseWriter, r *http.Request, code int, n notice.Settings, wrong string) error {
	v, lang := visitOf(r), r.PathValue("lang")
	me, err := s.Store.Person(r.Context(), v.Person)
	if err != nil {
		return err
	}
	p := noticeSettingsPage{Layout: s.layout(r, lang, ""), Wrong: wrong, Address: me.Email != "" && me.EmailConfirmed, Settings: n, Zone: zoneFor(v).String()}
	p.Title, p.NoIndex = p.T("notice.settings.title"), true
	if said := r.URL.Query().Get("said"); slices.Contains([]string{"saved", "feeds.made", "feeds.ended"}, said) {
		p.Said = p.T("notice.settings." + said)
	}
	for _, e := range []notice.Rhythm{notice.Daily, notice.Weekly, notice.Never} {
		p.Every = append(p.Every, levelChoice{string(e), p.T("notice.every." + string(e)), e == n.Every})
	}
	for d := range 7 {
		day := (d + 1) % 7 // the week begins on Monday
		p.Weekdays = append(p.Weekdays, levelChoice{strconv.Itoa(day), p.T("notice.weekday." + strconv.Itoa(day)), time.Weekday(day) == n.Weekday})
	}
	p.Hours, p.From, p.To = hours(n.Hour), hours(n.From), hours(n.To)
	if p.Following, err = s.membershipLinks(r, v.Person); err != nil {
		return err
	}
	key, err := s.Store.FeedKey(r.Context(), v.Person, false, s.Now())
	if err != nil {
		return err
	}
	if p.HasKey = key != ""; p.HasKey && v.Fresh(s.Now()) {
		p.Key, p.Example = key, s.origin.String()+"/"+lang+"/…/feed.atom?key="+key
	}
	p.Prove = "/" + lang + "/account/prove?" + nextQuery("/"+lang+"/account/notices")
	return s.show(w, r, code, "notice-settings", p)
}

func (s *Server) setNotices(w http.ResponseWriter, r *http.Request) error {
	n := notice.Settings{
		Every: notice.Rhythm(r.PostFormValue("every")), Hour: intOf(r.PostFormValue("hour")), Weekday: time.Weekday(intOf(r.PostFormValue("weekday"))),
		Quiet: r.PostFormValue("quiet") != "", From: intOf(r.PostFormValue("from")), To: intOf(r.PostFormValue("to")), Letters: r.PostFormValue("letters") != "",
	}
	err := s.Store.SetNotices(deed(r), visitOf(r).Person, n, s.Now())
	bad, code, err := s.mistaken(s.language(r), err, fieldBy())
	if err != nil {
		return err
	}
	if bad != nil {
		return s.showNoticeSettings(w, r, code, n, bad[0].Words)
	}
	return s.noticesSettled(w, r, "saved")
}

func (s *Server) noticesSettled(w http.ResponseWriter, r *http.Request, said string) error {
	http.Redirect(w, r, "/"+r.PathValue("lang")+"/account/notices?said="+said, http.StatusSeeOther)
	return nil
}

func (s *Server) renewFeedKey(w http.ResponseWriter, r *http.Request) error {
	if _, err := s.Store.FeedKey(deed(r), visitOf(r).Person, true, s.Now()); err != nil {
		return err
	}
	return s.noticesSettled(w, r, "feeds.made")
}

func (s *Server) endFeedKey(w http.ResponseWriter, r *http.Request) error {
	if err := s.Store.EndFeedKey(deed(r), visitOf(r).Person); err != nil {
		return err
	}
	return s.noticesSettled(w, r, "feeds.ended")
}
