package main

import (
	"io"

	"parley/web"
)

type compareCmd struct {
	dossierArg
	outFlag
	Format string `help:"${flag_format}" enum:"text,json,html,csv" default:"text" env:"PARLEY_FORMAT" placeholder:"text"`
}

// Run prints the registers of a dossier side by side.
func (c *compareCmd) Run(s *session) error {
	d, err := s.read(c.File)
	if err != nil {
		return err
	}
	comparison := d.Compare(s.lang)
	var content []byte
	switch c.Format {
	case "json":
		content, err = inJSON(comparison)
	case "csv":
		content, err = collected(func(w io.Writer) error { return comparison.WriteCSV(w, newBook(d, s.lang).csvHead()) })
	case "html":
		content, err = collected(func(w io.Writer) error { return web.WriteReport(w, web.Report{Lang: s.lang, Dossier: d}) })
	default:
		content = []byte(compareText(newBook(d, s.lang), comparison))
	}
	if err != nil {
		return err
	}
	return c.write(s, content)
}
