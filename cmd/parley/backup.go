package main

import (
	"fmt"

	"parley/fault"
	"parley/store"
)

type backupCmd struct {
	File string `arg:"" name:"file" help:"${arg_backup}"`
	dataFlags
}

// Run writes a copy of the whole data folder to one file, while a server may go
// on beside it. It does not bring the schema up to date, for that is what a
// backup comes before.
func (c *backupCmd) Run(s *session) error {
	if err := c.present(s); err != nil {
		return err
	}
	if c.Database != "" {
		return store.NoBackup()
	}
	if err := store.BackupFolder(s.ctx, c.Data, c.File); err != nil {
		if _, ours := fault.As(err); ours {
			return err
		}
		return s.cannot("write.failed", "File", c.File, "Why", lastCause(err))
	}
	fmt.Fprintln(s.out, s.t("backup.done", "File", c.File))
	return nil
}
