package web

import (
	"bytes"
	"encoding/json"
	"net/http"

	"parley/dialogue"
	"parley/interest"
)

// fileLink is something to take home.
type fileLink struct{ Name, Address string }

// utf8Mark begins a table: by it spreadsheets know that the words are UTF-8.
const utf8Mark = "\ufeff"

// files lists what can be taken home, nothing where the rule of the room does not
// let the visitor.
func (m *room) files() []fileLink {
	if !m.takes {
		return nil
	}
	return []fileLink{
		{m.words.T("web.file.csv"), m.to("comparison.csv")}, {m.words.T("web.file.json"), m.to("comparison.json")},
		{m.words.T("web.file.dossier"), m.to("dossier.yaml")},
	}
}

// comparisonJSON is the comparison with its date and authorship, which travel
// with every copy.
func (s *Server) comparisonJSON(w http.ResponseWriter, r *http.Request) error {
	m, err := s.enter(r)
	if err != nil {
		return err
	}
	body, err := json.MarshalIndent(struct {
		Dialogue   dialogue.ID `json:"dialogue"`
		AsOf       string      `json:"as_of"`
		Authorship string      `json:"authorship"`
		interest.Comparison
	}{m.Dialogue.ID, m.Dialogue.AsOf, bare(m.authorship()), m.compare}, "", "  ")
	if err != nil {
		return err
	}
	return download(w, r, m, "comparison.json", "application/json", append(body, '\n'))
}

// comparisonCSV is the same as a table.
func (s *Server) comparisonCSV(w http.ResponseWriter, r *http.Request) error {
	m, err := s.enter(r)
	if err != nil {
		return err
	}
	head := m.csvHead()
	head.Notes = nil
	b := bytes.NewBufferString(utf8Mark)
	if err := m.compare.WriteCSV(b, head); err != nil {
		return err
	}
	return download(w, r, m, "comparison.csv", "text/csv; charset=utf-8", b.Bytes())
}
