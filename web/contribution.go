package web

import (
	"html/template"
	"net/url"
	"strconv"
	"time"

	"parley/dialogue"
	"parley/i18n"
	"parley/writing"
)

// textView is a contribution as one reader gets it.
type textView struct {
	ID       string // "14"
	Kind     writing.Kind
	Address  string // that leads to where it stands
	Author   authorView
	At       momentView
	Edited   string // "edited 3 May 2030"; empty: never
	History  string // where its earlier words stand; empty where there are none
	Shown    tongueView
	Others   []tongueView // the original and other translations
	Absent   string       // why its words are not here; empty where they are
	Log      string       // the line of the public log that says so
	Notice   string       // what else is to be known: that it waits, or is hidden from others
	Tags     []tagLink
	Marks    []markBox
	React    string // where marks are given; empty: the reader gives none
	Deeds    []deedLink
	Withdraw string // where it is taken back, or brought back
	Restore  string
	Mine     bool

	words *i18n.Words
}

// T is a sentence of the catalogue.
func (v textView) T(key string, pairs ...any) string { return v.words.T(key, pairs...) }

// tongueView is a contribution in one language.
type tongueView struct {
	Lang     string
	Label    string // "Original: Russian", "Translation into English by"
	By       *authorView
	Original bool
	Title    string
	HTML     template.HTML
	Stale    string
	Rated    string // how many found it true
	Rate     string // where it is rated; empty: the reader rates nothing
	Own      int
	Report   string

	words *i18n.Words
}

// T is a sentence of the catalogue.
func (v tongueView) T(key string, pairs ...any) string { return v.words.T(key, pairs...) }

// IsGood and IsBad are what the reader found; GoodValue and BadValue are what the
// buttons send, which take it back where it was given.
func (v tongueView) IsGood() bool   { return v.Own > 0 }
func (v tongueView) IsBad() bool    { return v.Own < 0 }
func (v tongueView) GoodValue() int { return 1 - max(v.Own, 0) }
func (v tongueView) BadValue() int  { return -1 - min(v.Own, 0) }

// authorView is who wrote something, as readers see them.
type authorView struct {
	Name  string
	Gone  bool // they left, or are not to be named
	Sides []Side
	Group string // "several sides", a neutral role: beside or instead of a side
}

// momentView is a time in words and for programs.
type momentView struct{ Words, ISO string }

// tagLink is one tag.
type tagLink struct{ Word, Address string }

// markBox is one mark that readers give.
type markBox struct {
	Value string // what the button sends: the mark, or the mark with a minus to take it back
	Words string
	Count int
	Own   bool
}

// deedLink leads to something that the reader may do with a contribution.
type deedLink struct{ Name, Words, Address string }

// text shows a contribution.
func (h *hall) text(c writing.Contribution) textView {
	v := textView{
		ID: itemNumber(c.ID), Kind: c.Kind, Address: h.toItem(c.ID), Author: h.author(c.Author), At: h.when(c.MadeAt), Mine: c.Mine, words: h.words,
	}
	h.fate(c, &v)
	if v.Absent != "" {
		return v
	}
	if !c.EditedAt.IsZero() {
		v.Edited, v.History = h.words.T("forum.edited", "Date", dayOf(h.words, h.visit, c.EditedAt)), h.toItem(c.ID, "history")
	}
	h.tongues(c, &v)
	for _, t := range c.Tags {
		v.Tags = append(v.Tags, tagLink{t, h.to("tags", t)})
	}
	if c.State == writing.Shown {
		v.Marks = h.marks(c.Reactions)
		if !c.Mine && h.may(dialogue.React) {
			v.React = h.toItem(c.ID, "react")
		}
	}
	h.deeds(c, &v)
	return v
}

func itemNumber(n writing.ID) string { return strconv.FormatInt(int64(n), 10) }

// toItem leads to a contribution, or to a page about it.
func (h *hall) toItem(n writing.ID, parts ...string) string {
	return h.to(append([]string{"item", itemNumber(n)}, parts...)...)
}

// fate says what became of the words themselves.
func (h *hall) fate(c writing.Contribution, v *textView) {
	if c.Verdict != nil {
		v.Log = h.to("moderation") + "#case-" + strconv.FormatInt(c.Verdict.Case, 10)
	}
	readable := c.HTML != "" || c.Title != "" || c.Body != ""
	switch {
	case c.State == writing.Shown:
		v.Log = ""
	case c.State == writing.Held:
		v.Notice = h.words.T("forum.held")
	case c.State == writing.Withdrawn && c.Mine:
		v.Notice = h.words.T("forum.withdrawn.mine")
	case c.State == writing.Withdrawn:
		v.Absent = h.words.T("forum.withdrawn")
	case c.State == writing.Hidden && readable:
		v.Notice = h.words.T("forum.hidden.mine", "Reason", h.reason(c.Verdict))
	case c.State == writing.Hidden:
		v.Absent = h.words.T("forum.hidden", "Reason", h.reason(c.Verdict))
	default:
		v.Absent = h.words.T("forum.removed")
	}
}

// reason is why something is hidden, in words.
func (h *hall) reason(v *writing.Verdict) string {
	if v != nil {
		if key := "moderation.reason." + v.Reason; h.words.Has(key) {
			return h.words.T(key)
		}
	}
	return h.words.T("web.unstated")
}

// tongues puts the words first that the reader's language has.
func (h *hall) tongues(c writing.Contribution, v *textView) {
	original := tongueView{Lang: c.Lang, Original: true, Title: c.Title, HTML: h.linked(c.HTML), words: h.words}
	original.Label = h.words.T("forum.original", "Language", h.tongue(c.Lang))
	v.Shown = original
	for _, t := range c.Translations {
		one := h.translation(c, t)
		if t.Lang == h.lang && !t.Hid {
			v.Shown = one
		} else {
			v.Others = append(v.Others, one)
		}
	}
	if !v.Shown.Original {
		v.Others = append([]tongueView{original}, v.Others...)
	}
}

func (h *hall) translation(c writing.Contribution, t writing.Translation) tongueView {
	by := h.author(t.By)
	one := tongueView{
		Lang: t.Lang, By: &by, Title: t.Title, HTML: h.linked(t.HTML), Own: t.Own, words: h.words,
		Label: h.words.T("forum.translation", "Language", h.tongue(t.Lang)),
	}
	switch {
	case t.Hid:
		one.Stale = h.words.T("forum.translation.hidden")
	case t.Stale:
		one.Stale = h.words.T("forum.translation.stale")
	}
	if t.Good+t.Bad > 0 {
		one.Rated = h.words.T("forum.translation.rated", "Good", h.words.N("forum.translation.good", t.Good), "Bad", h.words.N("forum.translation.bad", t.Bad))
	}
	if !t.Mine && !t.Hid && h.may(dialogue.React) {
		one.Rate = h.toItem(c.ID, "rate")
	}
	if !t.Mine && !t.Hid && h.may(dialogue.Report) {
		one.Report = withQuery(h.toItem(c.ID, "report"), "lang", t.Lang)
	}
	return one
}

// linked makes the references of a stored text lead into this dialogue in this
// language.
func (h *hall) linked(html string) template.HTML {
	return template.HTML(writing.Place(html, h.to("item")+"/"))
}

// tongue is the name of a language in the reader's.
func (h *hall) tongue(lang string) string {
	if key := "forum.lang." + lang; h.words.Has(key) {
		return h.words.T(key)
	}
	return lang
}

func (h *hall) marks(r writing.Reactions) []markBox {
	var out []markBox
	for _, m := range writing.AllReactions {
		b := markBox{Value: string(m), Words: h.words.T("forum.mark." + string(m)), Count: r.Counts[m]}
		for _, own := range r.Own {
			if own == m {
				b.Own, b.Value = true, "-"+string(m)
			}
		}
		out = append(out, b)
	}
	return out
}

// deeds are the ways on from a contribution, as far as the reader may go.
func (h *hall) deeds(c writing.Contribution, v *textView) {
	add := func(name, address string) {
		v.Deeds = append(v.Deeds, deedLink{name, h.words.T("forum.deed." + name), address})
	}
	shown := c.State == writing.Shown
	if c.Mine && h.may(dialogue.Write) {
		switch c.State {
		case writing.Shown, writing.Held:
			add("edit", h.toItem(c.ID, "edit"))
			v.Withdraw = h.toItem(c.ID, "withdraw")
		case writing.Withdrawn:
			v.Restore = h.toItem(c.ID, "restore")
		}
	}
	if shown && h.may(dialogue.Translate) {
		if to := h.otherTongue(c); to != "" {
			add("translate", withQuery(h.toItem(c.ID, "translate"), "to", to))
		}
	}
	if c.Mine && c.State == writing.Hidden && h.may(dialogue.Appeal) {
		add("appeal", h.toItem(c.ID, "appeal"))
	}
	if shown && !c.Mine && h.may(dialogue.Report) {
		add("report", h.toItem(c.ID, "report"))
	}
}

// otherTongue is the language into which a contribution could be translated: the
// reader's own before others, one without a translation before one with.
func (h *hall) otherTongue(c writing.Contribution) string {
	found := ""
	for _, l := range append([]string{h.lang}, h.d.Languages...) {
		if l == c.Lang {
			continue
		}
		t := c.In(l)
		if t == nil || t.Stale {
			return l
		}
		if found == "" {
			found = l
		}
	}
	return found
}

func (h *hall) author(a writing.Author) authorView {
	v := authorView{Name: a.Pseudonym.In(h.lang), Sides: h.sidesNamed(a.Sides)}
	if a.Pseudonym == "" {
		return authorView{Name: h.words.T("forum.author.gone"), Gone: true}
	}
	switch {
	case a.Role != "":
		v.Group = h.words.T("room.role." + string(a.Role))
	case len(a.Sides) > 1:
		v.Group = h.words.T("room.group.several")
	case len(a.Sides) == 0:
		v.Group = h.words.T("room.group.none")
	}
	return v
}

func (h *hall) when(t time.Time) momentView {
	if t.IsZero() {
		return momentView{}
	}
	return momentView{moment(h.words, h.visit, t), t.UTC().Format(time.RFC3339)}
}

// withPairs adds pairs to the query of an address; empty values are left out.
func withPairs(address string, pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" && pairs[i+1] != "0" {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	if len(q) == 0 {
		return address
	}
	return address + "?" + q.Encode()
}
