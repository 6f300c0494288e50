package main

import (
	"bytes"
	"errors"
	"fmt"
	"time"

	"parley/dossier"
	"parley/fault"
	"parley/store"
)

type loadCmd struct {
	dossierArg
	dataFlags
	Replace bool `help:"${flag_replace}" aliases:"yes" env:"PARLEY_REPLACE"`
}

// Run stores a dossier. It replaces a stored dialogue that differs only when
// told to, and shows the difference either way.
func (c *loadCmd) Run(s *session) (err error) {
	d, err := s.read(c.File)
	if err != nil {
		return err
	}
	st, err := c.open(s, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	id := string(d.Dialogue.ID)
	stored, err := st.Dossier(s.ctx, d.Dialogue.ID)
	switch {
	case fault.Is(err, fault.Missing):
		return c.store(s, st, d, "load.new")
	case err != nil:
		return err
	case same(stored, d):
		fmt.Fprintln(s.out, s.t("load.same", "ID", id))
		return nil
	}
	fmt.Fprintln(s.out, s.t("load.differs", "ID", id))
	for _, line := range dossier.Difference(stored, d) {
		fmt.Fprintf(s.out, "  %s\n", line)
	}
	if !c.Replace {
		return s.cannot("load.refused", "ID", id, "File", c.File)
	}
	return c.store(s, st, d, "load.replaced")
}

func (c *loadCmd) store(s *session, st *store.Store, d *dossier.Dossier, done string) error {
	if _, err := st.LoadDossier(s.ctx, d, time.Now()); err != nil {
		return err
	}
	fmt.Fprintln(s.out, s.t(done, "ID", string(d.Dialogue.ID)))
	return nil
}

// same reports whether two dossiers are written alike.
func same(a, b *dossier.Dossier) bool { return bytes.Equal(dossier.Write(a), dossier.Write(b)) }
