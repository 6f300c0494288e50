package main

import (
	"fmt"
	"slices"
)

type checkCmd struct {
	Files []string `arg:"" help:"${arg_files}"`
}

// Run reads dossiers and says what is wrong with them, all of it.
func (c *checkCmd) Run(s *session) error {
	if i := slices.Index(c.Files, "-"); i >= 0 && slices.Contains(c.Files[i+1:], "-") {
		return s.wrong("usage.one-input")
	}
	var failed many
	for _, name := range c.Files {
		if _, err := s.read(name); err != nil {
			failed = append(failed, err)
			continue
		}
		if name == "-" {
			name = s.t("read.stdin")
		}
		fmt.Fprintln(s.out, s.t("check.fine", "File", name))
	}
	return failed.orNone()
}
