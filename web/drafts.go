package web

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"parley/dialogue"
	"parley/fault"
	"parley/writing"
)

// draftsPage lists what somebody began to write and has not sent.
type draftsPage struct {
	Layout
	Said   string
	Drafts []draftView
	Drop   string
}

type draftView struct {
	Place   string
	Name    string // "A comment on #12"
	Address string // where it is written on
	Begins  string // its first words
	Lang    string
	At      momentView
}

func (s *Server) drafts(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	list, err := s.Store.Drafts(r.Context(), h.person(), h.d.ID)
	if err != nil {
		return err
	}
	p := draftsPage{Layout: s.forumLayout(r, h, "drafts", h.words.T("forum.drafts")), Drop: h.to("drafts")}
	p.NoIndex = true
	p.Said = h.said(r)
	for _, d := range list {
		name, address := h.draftPlace(d.Place)
		if link := d.Fields["link"]; link != "" {
			address = withQuery(address, "link", link)
		}
		if !h.may(draftVerb(d.Place)) {
			address = "" // it is kept until the dialogue goes on
		}
		v := draftView{Place: d.Place, Name: name, Address: address, At: h.when(d.SaveAt), Lang: d.Fields["lang"]}
		v.Begins = beginning(cmpOr(d.Fields["title"], cmpOr(d.Fields["body"], d.Fields["reason"])))
		p.Drafts = append(p.Drafts, v)
	}
	return s.show(w, r, http.StatusOK, "drafts", p)
}

// beginning is the first line of a text, shortened.
func beginning(text string) string {
	line, _, more := strings.Cut(strings.TrimSpace(text), "\n")
	if runes := []rune(line); len(runes) > 120 {
		return string(runes[:120]) + "…"
	}
	if more {
		line += " …"
	}
	return line
}

// draftPlace names the form of a draft and says where it stands.
func (h *hall) draftPlace(place string) (name, address string) {
	kind, rest, _ := strings.Cut(place, ":")
	first, second, _ := strings.Cut(rest, ":")
	switch kind {
	case "problem", "action":
		return h.words.T("forum.kind." + kind), h.to(kind, "new")
	case "comment":
		address = withPairs(h.to("comment", "new"), "under", first, "to", second)
		if first == "" || first == "0" {
			return h.words.T("forum.comments"), address
		}
		return h.words.T("forum.comment.answer", "Number", "#"+cmpOr(second, first)), address
	case "edit":
		return h.words.T("forum.edit.title", "Number", "#"+first), h.to("item", first, "edit")
	case "translate":
		return h.words.T("forum.translate.title", "Number", "#"+first, "Language", h.tongue(second)), withPairs(h.to("item", first, "translate"), "to", second)
	case "statement":
		return h.words.T("forum.kind.statement"), withPairs(h.to("statement", "new"), "under", first)
	case "reason":
		return h.words.T("forum.draft.reason", "Number", "#"+first), h.to("statement", first)
	}
	return place, h.to("drafts")
}

// draftVerb is what somebody must be allowed to do who sends the draft.
func draftVerb(place string) dialogue.Verb {
	switch kind, _, _ := strings.Cut(place, ":"); kind {
	case "translate":
		return dialogue.Translate
	case "reason":
		return dialogue.Vote
	}
	return dialogue.Write
}

// aboutTheForm are the fields that belong to the form and not to what is written.
var aboutTheForm = map[string]bool{"place": true, "save": true, "drop": true, "preview": true, "calm": true, "revision": true, "of": true, "back": true}

// saveDraft keeps what is being written. A script that saves as somebody types
// gets no page; the button leads to the list.
func (s *Server) saveDraft(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	d := writing.Draft{Place: r.PostFormValue("place"), Fields: map[string]string{}}
	written := false
	if r.PostFormValue("drop") == "" {
		get := typed(r)
		for name := range r.PostForm {
			if !aboutTheForm[name] {
				d.Fields[name] = get(name)
			}
		}
		written = anyWords(d.Fields)
	}
	if !written {
		d.Fields = nil
	}
	if err := s.Store.SaveDraft(context.WithoutCancel(r.Context()), h.person(), h.d.ID, d, s.Now()); err != nil {
		if f, ok := fault.As(err); ok && r.PostFormValue("save") == "" && r.PostFormValue("drop") == "" {
			w.WriteHeader(statuses[f.Kind])
			return nil
		}
		return err
	}
	switch {
	case r.PostFormValue("drop") != "":
		return seeOther(w, r, h.to("drafts"), "dropped")
	case r.PostFormValue("save") != "":
		return seeOther(w, r, h.to("drafts"), "drafted")
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// anyWords reports whether there is something in a form that somebody wrote, and
// not only picked.
func anyWords(fields map[string]string) bool {
	for name, value := range fields {
		if value != "" && (slices.Contains([]string{"title", "body", "words", "reason"}, name) || strings.HasPrefix(name, "part.")) {
			return true
		}
	}
	return false
}
