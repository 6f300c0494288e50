package web

import (
	"net/http"
	"strconv"

	"parley/writing"
)

// historyPage is every state of a contribution's words, the newest first, each
// with what it changed.
type historyPage struct {
	Layout
	Heading   string
	Back      string
	Revisions []revisionView
	More      string // the address of those before
}

// mostRevisions is how many stand on a page, since each is compared with the one
// before it.
const mostRevisions = 10

type revisionView struct {
	Number  string
	At      momentView
	Lang    string
	Title   []stretch
	Body    []stretch
	First   bool
	Current bool
}

func (s *Server) history(w http.ResponseWriter, r *http.Request) error {
	h := hallOf(r)
	n, err := itemAsked(r)
	if err != nil {
		return err
	}
	revisions, err := s.Store.Revisions(r.Context(), h.person(), h.d.ID, n)
	if err != nil {
		return err
	}
	title := h.words.T("forum.history.title", "Number", "#"+itemNumber(n))
	p := historyPage{Layout: s.forumLayout(r, h, "", title), Heading: title, Back: h.toItem(n)}
	p.NoIndex = true
	before, newest := intOf(r.URL.Query().Get("before")), len(revisions)
	if before > 0 {
		for len(revisions) > 0 && revisions[0].Number >= before {
			revisions = revisions[1:]
		}
	}
	for i, rev := range revisions {
		if i == mostRevisions {
			p.More = withPairs(h.toItem(n, "history"), "before", strconv.Itoa(revisions[i-1].Number))
			break
		}
		v := revisionView{Number: strconv.Itoa(rev.Number), At: h.when(rev.At), Lang: rev.Lang, First: i == len(revisions)-1, Current: i == 0 && len(revisions) == newest}
		var before writing.Revision
		if v.First {
			before = rev
		} else {
			before = revisions[i+1]
		}
		v.Title, v.Body = compareWords(before.Title, rev.Title), compareWords(before.Body, rev.Body)
		p.Revisions = append(p.Revisions, v)
	}
	return s.show(w, r, http.StatusOK, "history", p)
}
