package main

import (
	"errors"
	"fmt"
	"io"
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
	}
	changes := dossier.Difference(stored, d)
	if len(changes) == 0 {
		fmt.Fprintln(s.out, s.t("load.same", "ID", id))
		return nil
	}
	fmt.Fprintln(s.out, s.t("load.differs", "ID", id))
	io.WriteString(s.out, changesText(changes))
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

// changesText is what would change, a mark and a place each: + added,
// - removed, ~ changed.
func changesText(changes []dossier.Change) string {
	page := &sheet{}
	for _, c := range changes {
		switch c.Kind {
		case dossier.Added:
			page.item(2, "+ ", c.Path+": "+c.New)
		case dossier.Removed:
			page.item(2, "- ", c.Path+": "+c.Old)
		default:
			page.item(2, "~ ", c.Path+": "+c.Old+" -> "+c.New)
		}
	}
	return page.String()
}
