package web

import (
	"bytes"
	"net/http"

	"parley/dialogue"
)

// registerPaper lists the addresses of reports to take home.
func (s *Server) registerPaper() {
	s.get(dialogue.Take, "/{lang}/{dialogue}/deals.pdf", s.dealsPDF)
	s.get(dialogue.Take, "/{lang}/{dialogue}/deals.html", s.dealsHTML)
}

// paperFiles are the reports to take home.
func (m *room) paperFiles() []fileLink {
	return []fileLink{{m.words.T("pdf.file"), m.to("deals.pdf")}, {m.words.T("pdf.html"), m.to("deals.html")}}
}

// dealsPDF is the report for paper: what this reader may see of the answer. It is
// made at each request, as few at a time as searches that are tried out.
func (s *Server) dealsPDF(w http.ResponseWriter, r *http.Request) error {
	m, a, err := s.answered(r)
	if err != nil {
		return err
	}
	leave, err := s.Trials.Seat(r.Context())
	if err != nil {
		return err
	}
	defer leave()
	var b bytes.Buffer
	if err := WritePDF(&b, Report{Lang: m.lang, Dossier: m.Dossier, Answer: a}); err != nil {
		return err
	}
	return download(w, r, m, "deals.pdf", "application/pdf", b.Bytes())
}

// dealsHTML is the same report as one page that stands alone.
func (s *Server) dealsHTML(w http.ResponseWriter, r *http.Request) error {
	m, a, err := s.answered(r)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := WriteReport(&b, Report{Lang: m.lang, Dossier: m.Dossier, Answer: a}); err != nil {
		return err
	}
	return download(w, r, m, "deals.html", "text/html; charset=utf-8", b.Bytes())
}
