package main

import (
	"errors"
	"fmt"

	"parley/fault"
)

type backupCmd struct {
	File string `arg:"" name:"file" help:"${arg_backup}"`
	dataFlags
}

// Run writes a copy of the whole data folder to one file, while a server may go
// on beside it.
func (c *backupCmd) Run(s *session) (err error) {
	if err := c.present(s); err != nil {
		return err
	}
	st, err := c.open(s, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	if err := st.Backup(s.ctx, c.File); err != nil {
		if _, ours := fault.As(err); ours {
			return err
		}
		return s.cannot("write.failed", "File", c.File, "Why", lastCause(err))
	}
	fmt.Fprintln(s.out, s.t("backup.done", "File", c.File))
	return nil
}
