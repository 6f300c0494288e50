package main

import (
	"errors"
	"strings"

	"parley/dialogue"
	"parley/dossier"
	"parley/fault"
	"parley/store"
)

type exportCmd struct {
	ID string `arg:"" name:"id" help:"${arg_id}"`
	dataFlags
	outFlag
}

// Run writes a stored dialogue as a dossier.
func (c *exportCmd) Run(s *session) (err error) {
	if err := c.present(s); err != nil {
		return err
	}
	st, err := c.open(s, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	d, err := st.Dossier(s.ctx, dialogue.ID(c.ID))
	if fault.Is(err, fault.Missing) {
		return c.missing(s, st)
	}
	if err != nil {
		return err
	}
	return c.write(s, dossier.Write(d))
}

// missing says which dialogues there are instead.
func (c *exportCmd) missing(s *session, st *store.Store) error {
	rows, err := st.Dialogues(s.ctx)
	if err != nil {
		return err
	}
	var known []string
	for _, r := range rows {
		known = append(known, string(r.ID))
	}
	return s.cannot("export.missing", "ID", c.ID, "Known", strings.Join(known, ", "))
}
