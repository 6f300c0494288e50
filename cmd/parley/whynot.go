package main

import (
	"runtime"

	"parley/deal"
)

type whyNotCmd struct {
	dossierArg
	outFlag
	Choices []string `arg:"" optional:"" name:"choice" help:"${arg_choice}"`
	Format  string   `help:"${flag_why_not_format}" enum:"text,json" default:"text" env:"PARLEY_FORMAT" placeholder:"text"`
	Seed    uint64   `help:"${flag_seed}" default:"1" env:"PARLEY_SEED" placeholder:"1"`
	Samples int      `help:"${flag_samples}" default:"10000" env:"PARLEY_SAMPLES" placeholder:"10000"`
	Assume  []string `help:"${flag_assume}" env:"PARLEY_ASSUME" placeholder:"US-23=vital"`
	Proof   string   `help:"${flag_proof}" env:"PARLEY_PROOF" placeholder:"FILE"`
}

// Run prints why a package that somebody puts together is not proposed.
func (c *whyNotCmd) Run(s *session) error {
	if c.Samples < 0 || c.Samples > deal.MaxSamples {
		return s.wrong("usage.samples", "Max", s.w.Number(deal.MaxSamples), "Got", c.Samples)
	}
	if err := s.apart(c.File, c.Out, c.Proof); err != nil {
		return err
	}
	choices, err := s.choices(c.Choices)
	if err != nil {
		return err
	}
	d, err := s.read(c.File)
	if err != nil {
		return err
	}
	d, _, err = s.suppose(d, c.Assume)
	if err != nil {
		return err
	}
	set := deal.DefaultSettings()
	set.Seed, set.Samples = c.Seed, c.Samples
	q, err := deal.NewQuestion(d.Input(), set)
	if err != nil {
		return err
	}
	if err := s.knownChoices(c.Choices, q.Menu(s.w)); err != nil {
		return err
	}
	p := newProgress(s)
	why, err := deal.ExplainPackage(s.ctx, q, deal.Run{Workers: runtime.GOMAXPROCS(0), Progress: p.report}, choices)
	p.end()
	if err != nil {
		return err
	}
	if c.Proof != "" {
		content, err := inJSON(deal.NewWhyNotProof(q, choices, why))
		if err != nil {
			return err
		}
		if err := (outFlag{c.Proof}).write(s, content); err != nil {
			return err
		}
	}
	if c.Format == "json" {
		content, err := inJSON(why)
		if err != nil {
			return err
		}
		return c.write(s, content)
	}
	return c.write(s, []byte(s.whyNotText(q, why)))
}

func (s *session) whyNotText(q *deal.Question, why *deal.WhyNot) string {
	page := &sheet{}
	page.title(s.w.T("whynot.title"))
	sentences := why.Because[s.lang]
	page.say(0, sentences[0])
	for _, r := range why.Reasons {
		page.gap()
		for i, sentence := range r.Because[s.lang] {
			mark := "- "
			if i > 0 {
				mark = "  "
			}
			page.item(2, mark, sentence)
		}
	}
	page.gap()
	for _, sentence := range sentences[1:] {
		page.say(0, sentence)
	}
	page.heading(s.w.T("whynot.package"))
	nothing := true
	for _, m := range q.Menu(s.w) {
		for k, way := range m.Options {
			if k != m.Start && why.Package.Choices[m.Topic] == way.Option {
				page.item(2, "- ", s.w.T("strength.choice", "Topic", m.Title.In(s.lang), "Option", way.Words))
				nothing = false
			}
		}
	}
	if nothing {
		page.say(2, s.w.T("whynot.package.nothing"))
	}
	return page.String()
}
