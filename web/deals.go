package web

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"

	"parley/deal"
	"parley/dialogue"
	"parley/dossier"
	"parley/interest"
	"parley/store"
)

// lookAgain is after how many seconds the page of a search comes back by itself.
const lookAgain = "3"

// dealsPage is "What might be done".
type dealsPage struct {
	Layout
	Asked   store.Asked
	Known   string     // how much of the trade-off curve is found while the search runs; empty: nothing yet
	Gaps    []string   // and how much more there can be at most
	Deals   *dealsView // nil until there is an answer
	Files   []fileLink
	Again   string
	Older   bool // the answer is one of an earlier version, and may be asked for anew
	Nothing bool // no question can be asked of these registers
	Exact   bool // a table of points
}

// registerDeals lists the addresses of what might be done.
func (s *Server) registerDeals() {
	s.get(dialogue.Read, "/{lang}/{dialogue}/deals", s.deals)
	s.registerFormats()
	s.get(dialogue.Read, "/{lang}/{dialogue}/deals/roadmap", s.roadmap)
	s.get(dialogue.Take, "/{lang}/{dialogue}/deals.svg", s.dealsSVG)
	s.get(dialogue.Take, "/{lang}/{dialogue}/deals.csv", s.dealsCSV)
	s.get(dialogue.Take, "/{lang}/{dialogue}/deals.json", s.dealsJSON)
	s.registerPaper()
	s.get(dialogue.Take, "/{lang}/{dialogue}/dossier.yaml", s.dossierFile)
	s.get(dialogue.Compute, "/{lang}/{dialogue}/suppose", s.suppose)
	s.post(dialogue.Compute, "/{lang}/{dialogue}/deals", s.askDeals)
}

func (s *Server) deals(w http.ResponseWriter, r *http.Request) error {
	m, asked, err := s.asked(r)
	if err != nil {
		return err
	}
	p := dealsPage{Layout: s.roomLayout(r, m, "deals", m.words.T("deals.title")), Asked: asked, Again: m.to("deals"), Exact: m.exact()}
	if asked.Answer != nil {
		p.Deals = newDealsView(m, asked.Answer, true)
		p.Files = m.dealFiles(p.Deals.Picture != nil)
		h := hallOf(r)
		said, err := s.Store.Support(r.Context(), h.person(), h.d.ID)
		if err != nil {
			return err
		}
		p.Deals.support(h, said)
	}
	switch asked.State {
	case store.Done:
		p.Older = asked.Older()
	case store.Waiting, store.Running:
		if k := asked.Known; k != nil && k.Points > 0 {
			p.Known, p.Gaps = m.words.N("deals.search.known", k.Points), m.gaps("deals.search.gap", k.Gap, k.Scale)
		}
		w.Header().Set("Refresh", lookAgain)
		w.Header().Set("Cache-Control", "no-store")
	case store.NotAsked:
		p.Nothing = len(deal.OptionIDs(m.Input())) == 0
	}
	return s.show(w, r, http.StatusOK, "deals", p)
}

// dealFiles lists what can be taken home: the picture only where there is one.
func (m *room) dealFiles(pictured bool) []fileLink {
	if !m.takes {
		return nil
	}
	files := m.paperFiles()
	if pictured {
		files = append(files, fileLink{m.words.T("deals.picture.svg"), m.to("deals.svg")})
	}
	return append(files, []fileLink{
		{m.words.T("deals.picture.csv"), m.to("deals.csv")}, {m.words.T("deals.picture.json"), m.to("deals.json")},
		{m.words.T("deals.check.file"), m.to("dossier.yaml")},
	}...)
}

// asked opens the dialogue with what is known about its deals.
func (s *Server) asked(r *http.Request) (*room, store.Asked, error) {
	m, err := s.enter(r)
	if err != nil {
		return nil, store.Asked{}, err
	}
	asked, err := s.Store.DealAnswer(r.Context(), m.Dialogue.ID)
	asked.Answer = asFor(r, asked.Answer)
	return m, asked, err
}

// asFor is an answer with what its reader may see of it.
func asFor(r *http.Request, a *deal.Answer) *deal.Answer {
	side, all := dialogue.SeesPromises(hallOf(r).Entrance.Standing)
	return a.For(string(side), all)
}

// askDeals queues the search. Asking again for what is known changes nothing.
func (s *Server) askDeals(w http.ResponseWriter, r *http.Request) error {
	m, err := s.enter(r)
	if err != nil {
		return err
	}
	// A search that was asked for goes on when its reader leaves.
	if _, err := s.Store.AskDeals(context.WithoutCancel(r.Context()), m.Dialogue.ID, deal.DefaultSettings(), s.Now()); err != nil {
		return err
	}
	http.Redirect(w, r, m.to("deals"), http.StatusSeeOther)
	return nil
}

// answered is like asked, for files that exist only with an answer.
func (s *Server) answered(r *http.Request) (*room, *deal.Answer, error) {
	m, err := s.enter(r)
	if err != nil {
		return nil, nil, err
	}
	asked, err := s.Store.DealAnswer(r.Context(), m.Dialogue.ID)
	if err != nil {
		return nil, nil, err
	}
	if asked.Answer == nil {
		return nil, nil, missing("answer about deals in", string(m.Dialogue.ID))
	}
	return m, asFor(r, asked.Answer), nil
}

func (s *Server) dealsSVG(w http.ResponseWriter, r *http.Request) error {
	m, a, err := s.answered(r)
	if err != nil {
		return err
	}
	v := newDealsView(m, a, true)
	if v.Picture == nil {
		return missing("picture for", string(m.Dialogue.ID))
	}
	return download(w, r, m, "deals.svg", "image/svg+xml", v.file())
}

func (s *Server) dealsCSV(w http.ResponseWriter, r *http.Request) error {
	m, a, err := s.answered(r)
	if err != nil {
		return err
	}
	b := bytes.NewBufferString(utf8Mark)
	if err := a.WriteCSV(b, m.csvHead()); err != nil {
		return err
	}
	return download(w, r, m, "deals.csv", "text/csv; charset=utf-8", b.Bytes())
}

func (s *Server) dealsJSON(w http.ResponseWriter, r *http.Request) error {
	m, a, err := s.answered(r)
	if err != nil {
		return err
	}
	b, err := json.MarshalIndent(a, "", "  ")
	if err != nil {
		return err
	}
	return download(w, r, m, "deals.json", "application/json", append(b, '\n'))
}

// dossierFile is the whole dialogue as the file from which anybody gets the same
// answers, where the rule of the room lets everybody have it.
func (s *Server) dossierFile(w http.ResponseWriter, r *http.Request) error {
	m, err := s.enter(r)
	if err != nil {
		return err
	}
	return download(w, r, m, "yaml", "application/yaml; charset=utf-8", dossier.Write(m.Dossier))
}

// download sends a file under the dialogue's name, where the rule of the room
// lets everybody take it home.
func download(w http.ResponseWriter, r *http.Request, m *room, kind, mime string, b []byte) error {
	name := string(m.Dialogue.ID) + "." + kind
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	return send(w, r, http.StatusOK, mime, b)
}

// csvHead is what a table says about itself.
func (m *room) csvHead() interest.CSVHead {
	h := interest.CSVHead{
		Lang: m.lang, Title: m.phrase(m.Dialogue.Title).Words, AsOf: m.Dialogue.AsOf,
		Authorship: []string{bare(m.authorship())}, Notes: []string{m.words.T("deals.no-chance")},
	}
	if absent := m.absent(); absent != "" {
		h.Authorship = append(h.Authorship, bare(absent))
	}
	return h
}

// Done and Total are how far a search has come, as the language writes numbers.
func (p dealsPage) Done() string  { return p.words.Number(p.Asked.Done) }
func (p dealsPage) Total() string { return p.words.Number(p.Asked.Total) }
