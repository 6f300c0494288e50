package main

import (
	"io"

	"parley/web"
)

type compareCmd struct {
	dossierArg
	outFlag
	Format string   `help:"${flag_format}" enum:"text,json,html,csv" default:"text" env:"PARLEY_FORMAT" placeholder:"text"`
	Assume []string `help:"${flag_assume}" env:"PARLEY_ASSUME" placeholder:"US-23=vital"`
}

// Run prints the registers of a dossier side by side.
func (c *compareCmd) Run(s *session) error {
	d, err := s.read(c.File)
	if err != nil {
		return err
	}
	d, supposed, err := s.suppose(d, c.Assume)
	if err != nil {
		return err
	}
	comparison := d.Compare(s.lang)
	comparison.Assumed = assumed(supposed)
	b := newBook(d, s.lang)
	b.supposed = supposed
	var content []byte
	switch c.Format {
	case "json":
		content, err = inJSON(comparison)
	case "csv":
		content, err = collected(func(w io.Writer) error { return comparison.WriteCSV(w, b.csvHead()) })
	case "html":
		content, err = collected(func(w io.Writer) error { return web.WriteReport(w, web.Report{Lang: s.lang, Dossier: d}) })
	default:
		content = []byte(compareText(b, comparison))
	}
	if err != nil {
		return err
	}
	return c.write(s, content)
}
