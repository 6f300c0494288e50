package web

import (
	"html/template"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"parley/account"
	"parley/dialogue"
	"parley/fault"
	"parley/i18n"
	"parley/markup"
)

// hall is a dialogue as its door and its desk need it: the head and the
// settings, without what the registers say.
type hall struct {
	*visit
	d     dialogue.Configured
	lang  string
	words *i18n.Words
	sides []Side // in the alphabetical order of the reader's language
}

// hallOf is the dialogue whose door the request has passed.
func hallOf(r *http.Request) *hall {
	v := visitOf(r)
	lang := r.PathValue("lang")
	h := &hall{visit: v, d: v.Entrance.Configured, lang: lang, words: i18n.For(lang)}
	h.sides = seated(h.d.Dialogue, lang)
	return h
}

// seated lists the sides of a dialogue as a reader of lang finds them, each with
// its mark.
func seated(d dialogue.Dialogue, lang string) []Side {
	var out []Side
	for _, s := range d.Sides {
		out = append(out, Side{ID: s.ID, Name: phrase(s.Name, lang)})
	}
	i18n.Sort(lang, out, func(s Side) string { return s.Name.Words })
	for i := range out {
		out[i].Mark = markOf(i, lang)
	}
	return out
}

// to is the address of a page of this dialogue.
func (h *hall) to(parts ...string) string { return addressIn(h.lang, h.d.ID, parts...) }

func addressIn(lang string, id dialogue.ID, parts ...string) string {
	out := "/" + lang + "/" + url.PathEscape(string(id))
	for _, p := range parts {
		out += "/" + url.PathEscape(p)
	}
	return out
}

// may reports whether the visitor may do the deed here.
func (h *hall) may(do dialogue.Verb) bool { return h.May(do) == nil }

// paceIn counts one deed of a kind that the visitor did in the dialogue: those
// whose answer tells whether somebody goes by a name are few.
func (s *Server) paceIn(h *hall, kind string, rate account.Rate) error {
	return s.pace(kind+":"+string(h.d.ID)+" "+string(h.person()), rate)
}

// side finds a side; an unknown one is shown by its id.
func (h *hall) side(id dialogue.SideID) Side {
	for _, s := range h.sides {
		if s.ID == id {
			return s
		}
	}
	return Side{ID: id, Name: Phrase{Words: string(id)}}
}

// sidesNamed are these sides in the reader's order.
func (h *hall) sidesNamed(ids []dialogue.SideID) []Side {
	var out []Side
	for _, s := range h.sides {
		for _, id := range ids {
			if s.ID == id {
				out = append(out, s)
			}
		}
	}
	return out
}

// hallLayout is the frame of a page at the door or at the desk.
func (s *Server) hallLayout(r *http.Request, h *hall, page, title string) Layout {
	name := phrase(h.d.Title, h.lang)
	l := s.layout(r, h.lang, title+" · "+name.Words)
	l.NoIndex = true
	f := &Frame{Title: name, Home: h.to(), AsOf: asOf(h.words, h.d.AsOf), Sides: h.sides, lang: h.lang, id: h.d.ID}
	if k := h.d.Kind; k != "" && k != dialogue.Live {
		f.Kind = h.words.T("web.kind." + string(k))
	}
	f.Stage = h.stageTag()
	to := f.To
	if secret := r.FormValue("invitation"); h.Entrance.Invitation != nil {
		// Who was invited into a dialogue that is not listed finds it by that alone.
		to = func(page string) string { return withQuery(f.To(page), "invitation", secret) }
		f.Home = to("home")
	}
	f.Nav, f.Search = navOf(h, page, to), h.searchOf()
	l.Room, l.Feed = f, h.feedAddress()
	return l
}

// prose is somebody's writing, rendered.
type prose struct {
	HTML template.HTML
	Lang string // empty: the language of the page
}

// written renders a text for a reader of lang; its headings begin at the level.
func written(t i18n.Text, lang string, level int) prose {
	p := phrase(t, lang)
	if p.Words == "" {
		return prose{}
	}
	return prose{markup.HTML(p.Words, level), p.Lang}
}

// wrong is one mistake in a form; Field is the id of its input, empty where the
// mistake is no single field's.
type wrong struct{ Field, Words string }

// wrongs are the mistakes of a form.
type wrongs []wrong

// Of is what is wrong with a field, or nothing.
func (w wrongs) Of(field string) string {
	for _, one := range w {
		if one.Field == field {
			return one.Words
		}
	}
	return ""
}

// mistaken turns a refusal that the person can mend in the form itself into
// words beside the field that its key names; other errors come back.
func (s *Server) mistaken(lang string, err error, fieldOf func(key string) string) (wrongs, int, error) {
	f, ok := fault.As(err)
	if !ok {
		return nil, 0, err
	}
	words := faultWords(i18n.For(lang), f)
	switch f.Kind {
	case fault.Invalid, fault.Conflict, fault.Stale, fault.Denied:
		if words == "" {
			return nil, 0, err
		}
		return wrongs{{fieldOf(f.Key), words}}, statuses[f.Kind], nil
	case fault.Missing:
		if words == "" || f.Key == "store.no-dialogue" {
			return nil, 0, err
		}
		return wrongs{{fieldOf(f.Key), words}}, http.StatusNotFound, nil
	}
	return nil, 0, err
}

// fieldBy finds the field of a fault by the words that its key holds.
func fieldBy(pairs ...string) func(string) string {
	return func(key string) string {
		for i := 0; i+1 < len(pairs); i += 2 {
			if strings.Contains(key, pairs[i]) {
				return pairs[i+1]
			}
		}
		return ""
	}
}

// said is the word about what was just done, for the page that a form leads to.
func (l Layout) said(r *http.Request) string {
	key := "room.said." + r.URL.Query().Get("said")
	if !l.words.Has(key) {
		return ""
	}
	return l.words.T(key)
}

func withQuery(address, name, value string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	q := u.Query()
	q.Set(name, value)
	u.RawQuery = q.Encode()
	return u.String()
}

// moment writes a time in the visitor's zone: "15 June 2009, 14:05 UTC".
func moment(words *i18n.Words, v *visit, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.In(zoneFor(v))
	return words.Date(t.Format("2006-01-02")) + ", " + t.Format("15:04 MST")
}

// dayOf writes the date alone.
func dayOf(words *i18n.Words, v *visit, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return words.Date(t.In(zoneFor(v)).Format("2006-01-02"))
}

func zoneFor(v *visit) *time.Location {
	if zone, err := time.LoadLocation(v.Zone); err == nil {
		return zone
	}
	return time.UTC
}

// revisionOf reads the revision that a form started from; -1 where it names none.
func revisionOf(r *http.Request) int64 {
	n, err := strconv.ParseInt(r.PostFormValue("revision"), 10, 64)
	if err != nil {
		return -1
	}
	return n
}

// intOf reads a whole number; 0 where there is none.
func intOf(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}
