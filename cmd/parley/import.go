package main

import (
	"fmt"
	"math/big"
	"time"

	"parley/deal"
	"parley/dossier"
	"parley/genius"
)

type importCmd struct {
	Form  string   `arg:"" enum:"genius,geniusweb,csv" help:"${arg_form}"`
	Files []string `arg:"" help:"${arg_import_files}"`
	outFlag
	AsOf        string `help:"${flag_as_of}" env:"PARLEY_AS_OF" placeholder:"2009-06-15"`
	Reservation bool   `help:"${flag_reservation}" env:"PARLEY_RESERVATION"`
	Cap         bool   `help:"${flag_cap}" env:"PARLEY_CAP"`
}

// Run makes a dossier of a scenario that another program wrote.
func (c *importCmd) Run(s *session) error {
	if c.Form == "csv" && len(c.Files) != 1 {
		return s.wrong("usage.import-one")
	}
	var files []genius.File
	for _, name := range c.Files {
		data, err := s.readFile(name, "read.folder.scenario")
		if err != nil {
			return err
		}
		files = append(files, genius.File{Name: name, Data: data})
	}
	set := genius.Settings{AsOf: c.AsOf, Reservation: c.Reservation, Cap: c.Cap}
	if set.AsOf == "" {
		set.AsOf = time.Now().UTC().Format(time.DateOnly)
	}
	if !dossier.FitsDate(set.AsOf) {
		return s.wrong("usage.as-of", "Got", set.AsOf)
	}
	made, err := c.read(files, set)
	if err != nil {
		return err
	}
	if err := c.write(s, dossier.Write(made.Dossier)); err != nil {
		return err
	}
	for _, n := range made.Notices {
		fmt.Fprintln(s.errOut, printable(n.In(s.w)))
	}
	issues := made.Dossier.Table.Issues
	fmt.Fprintln(s.errOut, s.w.T("import.done", "Sides", len(made.Dossier.Dialogue.Sides), "Issues", s.w.Number(len(issues)),
		"Packages", s.w.BigNumber(packages(issues))))
	return nil
}

func (c *importCmd) read(files []genius.File, set genius.Settings) (*genius.Imported, error) {
	switch c.Form {
	case "genius":
		return genius.Read(files[0], files[1:], set)
	case "geniusweb":
		return genius.ReadWeb(files[0], files[1:], set)
	default:
		return genius.ReadCSV(files[0], set)
	}
}

// packages is how many there are to choose from, as digits.
func packages(issues []deal.WrittenIssue) string {
	n := big.NewInt(1)
	for _, i := range issues {
		n.Mul(n, big.NewInt(int64(len(i.Options))))
	}
	return n.String()
}
