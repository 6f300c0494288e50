package main

import (
	"fmt"
	"strings"

	"parley/deal"
	"parley/verify"
	"parley/verify/again"
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
	facts, err := verify.Facts(data)
	if err != nil {
		return s.noBundle(name, data, err)
	}
	report, err := again.Bundle(data)
	if err != nil {
		return s.noBundle(name, data, err)
	}
	page, wrong := &sheet{}, 0
	f := grid{head: []string{s.t("verify.fact"), s.t("verify.facts"), s.t("verify.verdict")}}
	for _, l := range facts {
		verdict := s.t("verify.holds")
		if !l.Holds {
			wrong++
			verdict = s.t("verify.fails")
		}
		name := l.Kind
		if key := "verify.fact." + name; s.w.Has("cli." + key) {
			name = s.t(key)
		}
		f.rows = append(f.rows, []string{name, s.w.Number(l.Facts), verdict})
	}
	g := grid{head: []string{s.t("verify.statement"), s.t("verify.facts"), s.t("verify.verdict")}}
	for _, l := range report.Lines {
		verdict := s.t("verify.holds")
		if l.Wrong != "" {
			wrong++
			verdict = s.t("verify.fails")
		}
		name := l.Statement
		if key := "verify.statement." + strings.ReplaceAll(name, "_", "-"); s.w.Has("cli." + key) {
			name = s.t(key)
		}
		g.rows = append(g.rows, []string{name, s.w.Number(l.Facts), verdict})
	}
	page.say(0, s.t("verify.fingerprint", "SHA", report.SHA256))
	page.gap()
	page.table(f)
	page.gap()
	page.table(g)
	page.gap()
	for _, l := range report.Lines {
		if l.Wrong != "" {
			page.item(0, "! ", l.Wrong)
		}
	}
	page.say(0, s.t("verify.absent", "Parts", s.absentParts()))
	fmt.Fprint(s.out, page.String())
	if wrong > 0 {
		return s.cannot("verify.failed", "File", name, "N", wrong)
	}
	fmt.Fprintln(s.out, s.t("verify.done", "File", c.File))
	return nil
}

// absentParts names what an answer has and a bundle has not.
func (s *session) absentParts() string {
	var out []string
	for _, name := range deal.Unproved {
		out = append(out, s.t("verify.absent."+name))
	}
	return strings.Join(out, "; ")
}

// prove writes the bundle that --proof asks for.
func (c *dealsCmd) prove(s *session, q *deal.Question, a *deal.Answer) error {
	if c.Proof == "" {
		return nil
	}
	content, err := inJSON(deal.NewProof(q, a))
	if err != nil {
		return err
	}
	return outFlag{c.Proof}.write(s, content)
}
