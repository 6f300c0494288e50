package main

import (
	"io"
	"path/filepath"
	"runtime"

	"parley/deal"
	"parley/web"
)

type dealsCmd struct {
	dossierArg
	outFlag
	roadmapFlags
	formatsFlag
	ruleFlags
	Format   string   `help:"${flag_deals_format}" enum:"text,json,html,csv,pdf" default:"text" env:"PARLEY_FORMAT" placeholder:"text"`
	Seed     uint64   `help:"${flag_seed}" default:"1" env:"PARLEY_SEED" placeholder:"1"`
	Samples  int      `help:"${flag_samples}" default:"10000" env:"PARLEY_SAMPLES" placeholder:"10000"`
	Stakes   string   `help:"${flag_stakes}" enum:"split,full" default:"split" env:"PARLEY_STAKES" placeholder:"split"`
	Baseline string   `help:"${flag_baseline}" enum:"free,status-quo" default:"free" env:"PARLEY_BASELINE" placeholder:"free"`
	Assume   []string `help:"${flag_assume}" env:"PARLEY_ASSUME" placeholder:"US-23=vital"`
	Workers  int      `help:"${flag_workers}" default:"0" env:"PARLEY_WORKERS" placeholder:"0"`
	Proof    string   `help:"${flag_proof}" env:"PARLEY_PROOF" placeholder:"FILE"`
}

// Run prints what might be done about the interests of a dossier.
func (c *dealsCmd) Run(s *session) error {
	if err := s.apart(c.File, c.Out, c.Proof); err != nil {
		return err
	}
	set := deal.Settings{Seed: c.Seed, Samples: c.Samples, Stakes: deal.Stakes(c.Stakes), Baseline: deal.Baseline(c.Baseline)}
	if c.Samples < 0 || c.Samples > deal.MaxSamples {
		return s.wrong("usage.samples", "Max", s.w.Number(deal.MaxSamples), "Got", c.Samples)
	}
	if c.Workers < 0 {
		return s.wrong("usage.from-zero", "Flag", "workers", "Got", c.Workers)
	}
	d, err := s.read(c.File)
	if err != nil {
		return err
	}
	d, supposed, err := s.suppose(d, c.Assume)
	if err != nil {
		return err
	}
	d, in, err := c.put(s, d, &set)
	if err != nil {
		return err
	}
	bounds, err := c.bounds(s, d)
	if err != nil {
		return err
	}
	q, err := deal.NewQuestion(in, set)
	if err != nil {
		return err
	}
	p := newProgress(s)
	workers := c.Workers
	if workers == 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	answer, err := deal.Search(s.ctx, q, deal.Run{Workers: workers, Progress: p.report, See: p.see})
	p.end()
	if err != nil {
		return err
	}
	if err := s.reorder(q, answer, bounds); err != nil {
		return err
	}
	if err := c.prove(s, q, answer); err != nil {
		return err
	}
	answer.Question.Assumed = append(assumed(supposed), c.assumed()...)
	var content []byte
	b := newBook(d, s.lang)
	b.supposed, b.flags = supposed, c.again()
	switch c.Format {
	case "json":
		content, err = inJSON(answer)
	case "csv":
		content, err = collected(func(w io.Writer) error { return answer.WriteCSV(w, b.csvHead()) })
	case "pdf":
		content, err = collected(func(w io.Writer) error {
			return web.WritePDF(w, web.Report{Lang: s.lang, Dossier: d, Answer: answer})
		})
	case "html":
		content, err = collected(func(w io.Writer) error {
			return web.WriteReport(w, web.Report{Lang: s.lang, Dossier: d, Answer: answer})
		})
	default:
		content = []byte(dealsText(b, answer, c.File))
		if c.Roadmap || len(c.Exposure) > 0 {
			content = append(append(content, '\n'), roadmapText(b, answer)...)
		}
		if c.Formats {
			content = append(append(content, '\n'), formatsText(b, answer)...)
		}
	}
	if err != nil {
		return err
	}
	return c.write(s, content)
}

// apart refuses to write over the file that is read, or two things into one file.
func (s *session) apart(file, out, proof string) error {
	for _, pair := range [][2]string{{file, out}, {file, proof}, {out, proof}} {
		if pair[0] != "" && pair[0] != "-" && filepath.Clean(pair[0]) == filepath.Clean(pair[1]) {
			return s.wrong("usage.same-file", "File", pair[0])
		}
	}
	return nil
}
