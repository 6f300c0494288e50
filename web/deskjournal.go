package web

import (
	"net/http"
	"strconv"
	"strings"

	"parley/dialogue"
	"parley/i18n"
	"parley/store"
)

// pageOfLines is how many lines of a journal or letters stand on one page.
const pageOfLines = 50

// journalPage is the log of acts in words.
type journalPage struct {
	deskFrame
	Entries []journalRow
	More    string
}

// journalRow is one act: when, who in which role, what.
type journalRow struct{ Number, At, Who, What string }

func (s *Server) journal(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	before, _ := strconv.ParseInt(r.URL.Query().Get("before"), 10, 64)
	entries, err := s.Store.Journal(r.Context(), h.person(), h.d.ID, max(before, 0), pageOfLines)
	if err != nil {
		return err
	}
	p := journalPage{deskFrame: s.deskLayout(r, h, "journal")}
	for _, e := range entries {
		p.Entries = append(p.Entries, h.journalRow(e))
	}
	if len(entries) == pageOfLines {
		p.More = withQuery(h.to("desk", "journal"), "before", strconv.FormatInt(entries[len(entries)-1].Number, 10))
	}
	return s.show(w, r, http.StatusOK, "desk-journal", p)
}

func (h *hall) journalRow(e dialogue.JournalEntry) journalRow {
	args := map[string]any{"Side": "", "Role": ""}
	for k, v := range e.Args {
		switch {
		case k == "Side" && v != "":
			args[k] = h.side(dialogue.SideID(v)).Name.Words
		case k == "Role":
			args[k] = h.words.T("room.role." + v)
		case k == "From" || k == "To":
			args[k] = h.words.T("web.stage." + v)
		default:
			args[k] = v
		}
	}
	who := h.words.T("room.role." + string(e.Role))
	switch {
	case len(e.Sides) > 0:
		var sides []string
		for _, s := range h.sidesNamed(e.Sides) {
			sides = append(sides, s.Name.Words)
		}
		who = h.words.T("room.journal.registrar", "Role", who, "Sides", strings.Join(sides, ", "))
	case e.By != "":
		who += " (" + e.By.In(h.lang) + ")"
	}
	return journalRow{strconv.FormatInt(e.Number, 10), moment(h.words, h.visit, e.At), who, h.words.T("journal."+e.What, pairs(args)...)}
}

// lettersPage says which letters wait and which went out. Those of a dialogue
// are told without what they say; the owner of the site reads them all.
type lettersPage struct {
	deskFrame
	Letters []letterRow
	More    string
	Whole   bool
	Action  string // where links of accounts are asked for; empty where letters are sent
	Shown   string // the letter whose link was asked for
}

// letterRow is one letter.
type letterRow struct {
	Kind, State, Queued, Sent, To, Lang, Link, Error string
	Body, Dialogue                                   string // the dialogue of which it is, in the outbox of the site
	Sealed                                           string // the id of a letter whose link opens an account and is not shown
}

func (s *Server) letters(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	list, err := s.Store.Letters(r.Context(), h.person(), h.d.ID, r.URL.Query().Get("after"), pageOfLines)
	if err != nil {
		return err
	}
	p := lettersPage{deskFrame: s.deskLayout(r, h, "letters")}
	p.fill(s, h.visit, list, h.to("desk", "letters"))
	return s.show(w, r, http.StatusOK, "desk-letters", p)
}

func (p *lettersPage) fill(s *Server, v *visit, list []store.Letter, address string) {
	for _, l := range list {
		row := letterRow{
			Kind: p.T("room.letter." + l.Kind), State: p.T("room.letter.state." + l.State), Queued: moment(p.words, v, l.QueuedAt),
			Sent: moment(p.words, v, l.SentAt), To: l.To, Lang: l.Lang, Error: l.Error,
		}
		if p.Whole && l.Dialogue != "" {
			row.Dialogue = p.T("room.letter.dialogue", "ID", string(l.Dialogue))
		}
		if p.Whole && len(l.Args) > 0 {
			args := map[string]any{"Site": s.origin.Host}
			for k, v := range l.Args {
				args[k] = v
			}
			row.Body = i18n.For(l.Lang).T("letter."+l.Kind, pairs(args)...)
			if link := safeNext(l.Args["Link"]); link != "" {
				row.Link = s.origin.String() + link
			}
			// Whoever follows the link of an account has that account; those of
			// dialogues open nothing by themselves.
			if row.Link != "" && l.Dialogue == "" && l.ID != p.Shown {
				row.Link, row.Sealed = "", l.ID
			}
		}
		p.Letters = append(p.Letters, row)
	}
	if len(list) == pageOfLines {
		p.More = withQuery(address, "after", list[len(list)-1].ID)
	}
}
