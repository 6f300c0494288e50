package main

import (
	"errors"
	"fmt"
	"strings"

	"parley/deal"
	"parley/verify"
	"parley/verify/again"
	"parley/verify/strict"
)

type verifyCmd struct {
	File string `arg:"" help:"${arg_bundle}"`
}

// Run re-checks a bundle with code that shares nothing with the search: its
// facts, and then every statement. It says of each kind whether it holds.
func (c *verifyCmd) Run(s *session) error {
	name, data, err := s.readBundle(c.File)
	if err != nil {
		return err
	}
	report, err := again.Bundle(data)
	if err != nil {
		return s.noBundle(name, data, err)
	}
	var facts []verify.Line
	var much strict.TooMuch
	if !report.WhyNot {
		if facts, err = verify.Facts(data); err != nil && !errors.As(err, &much) {
			return s.noBundle(name, data, err)
		}
	}
	v := &verdicts{session: s}
	f := grid{head: []string{s.t("verify.fact"), s.t("verify.facts"), s.t("verify.verdict")}}
	for _, l := range facts {
		f.rows = append(f.rows, v.row("verify.fact."+l.Kind, l.Kind, l.Facts, verdictOf(l.Holds, 0, l.Facts)))
	}
	g := grid{head: []string{s.t("verify.statement"), s.t("verify.facts"), s.t("verify.verdict")}}
	for _, l := range report.Lines {
		g.rows = append(g.rows, v.row("verify.statement."+strings.ReplaceAll(l.Statement, "_", "-"), l.Statement, l.Facts, verdictOf(l.Wrong == "", len(l.Open), l.Facts)))
	}
	page := &sheet{}
	page.say(0, s.t("verify.fingerprint", "SHA", report.SHA256))
	page.gap()
	if len(facts) > 0 {
		page.table(f)
		page.gap()
	}
	page.table(g)
	page.gap()
	done := "verify.done"
	if much != "" {
		page.item(0, "? ", s.t("verify.open", "Part", s.part("facts"), "Why", s.t("verify.open.facts-too-large")))
		done = "verify.done.open"
	}
	for _, l := range report.Lines {
		if l.Wrong != "" {
			page.item(0, "! ", l.Wrong)
		}
		for _, o := range l.Open {
			page.item(0, "? ", s.t("verify.open", "Part", s.part(o.Part), "Why", s.t("verify.open."+o.Why)))
			done = "verify.done.open"
		}
	}
	fmt.Fprint(s.out, page.String())
	if v.wrong > 0 {
		return s.cannot("verify.failed", "File", name, "N", v.wrong)
	}
	fmt.Fprintln(s.out, s.t(done))
	return nil
}

// verdicts are the lines of the tables, and how many of them do not hold.
type verdicts struct {
	*session
	wrong int
}

// row is one kind of fact or statement: its words, or its own name where there are none.
func (v *verdicts) row(key, name string, facts int, verdict string) []string {
	if verdict == "verify.fails" {
		v.wrong++
	}
	if v.w.Has("cli." + key) {
		name = v.t(key)
	}
	return []string{name, v.w.Number(facts), v.t(verdict)}
}

// verdictOf is the verdict on facts of which so many were left open: where that is all of them, none is told.
func verdictOf(holds bool, open, facts int) string {
	switch {
	case !holds:
		return "verify.fails"
	case open > 0 && open >= facts:
		return "verify.left"
	}
	return "verify.holds"
}

// part is what of a statement was not re-checked, in words.
func (s *session) part(name string) string {
	of, number, _ := strings.Cut(name, " ")
	if key := "verify.part." + of; s.w.Has("cli." + key) {
		return s.t(key, "N", number)
	}
	return name
}

// prove writes the bundle that --proof asks for, and says at once where it cannot be verified, or not in all.
func (c *dealsCmd) prove(s *session, q *deal.Question, a *deal.Answer) error {
	if c.Proof == "" {
		return nil
	}
	content, err := inJSON(deal.NewProof(q, a))
	if err != nil {
		return err
	}
	if err := (outFlag{c.Proof}).write(s, content); err != nil {
		return err
	}
	if !a.FrontierComplete {
		fmt.Fprintln(s.errOut, s.t("verify.incomplete", "File", c.Proof))
	}
	return nil
}
