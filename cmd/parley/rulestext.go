package main

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"

	"parley/deal"
	"parley/dossier"
	"parley/i18n"
)

// ruleFlags are those of rules of the table and of the search among what they
// leave.
type ruleFlags struct {
	Limit       int64 `help:"${flag_limit}" default:"0" env:"PARLEY_LIMIT" placeholder:"100000000"`
	WithoutRule []int `help:"${flag_without_rule}" env:"PARLEY_WITHOUT_RULE" placeholder:"3"`
}

// put takes the limit and the rules that are supposed not to hold into what is
// asked. The title says what was supposed.
func (f ruleFlags) put(s *session, d *dossier.Dossier, set *deal.Settings) (*dossier.Dossier, deal.Input, error) {
	if f.Limit < 0 {
		return d, deal.Input{}, s.wrong("usage.from-zero", "Flag", "limit", "Got", f.Limit)
	}
	set.Limit = f.Limit
	in, err := d.Input().WithoutRules(f.WithoutRule...)
	if err != nil {
		return d, in, s.noSuchRule(d, f.WithoutRule)
	}
	if len(f.WithoutRule) == 0 {
		return d, in, nil
	}
	out := *d
	out.Dialogue.Title = titledWithout(d.Dialogue.Title, f.WithoutRule)
	return &out, in, nil
}

// noSuchRule says which rules there are.
func (s *session) noSuchRule(d *dossier.Dossier, numbers []int) error {
	n := 0
	if d.Table != nil {
		n = len(d.Table.Rules)
	}
	if n == 0 {
		return s.wrong("usage.no-rules")
	}
	k := slices.IndexFunc(numbers, func(got int) bool { return got < 1 || got > n })
	return s.wrong("usage.no-rule", "Got", numbers[k], "Most", n)
}

func titledWithout(title i18n.Text, rules []int) i18n.Text {
	out := i18n.Text{}
	for _, lang := range titleLanguages(title) {
		words := i18n.For(lang)
		var list []string
		for _, n := range rules {
			list = append(list, words.T("cli.supposed.rule", "Number", n))
		}
		out[lang] = words.T("cli.supposed.title", "Title", title.In(lang), "List", i18n.List(list))
	}
	return out
}

// assumed lists the rules set aside as the answer names what was supposed.
func (f ruleFlags) assumed() []string {
	var out []string
	for _, n := range f.WithoutRule {
		out = append(out, "rule "+strconv.Itoa(n)+"=aside")
	}
	return out
}

// again writes the flags that are part of the question, or of its answer, as the
// command line takes them.
func (c *dealsCmd) again() []string {
	var out []string
	if c.Limit > 0 {
		out = append(out, "--limit "+strconv.FormatInt(c.Limit, 10))
	}
	for _, n := range c.WithoutRule {
		out = append(out, "--without-rule "+strconv.Itoa(n))
	}
	for _, bound := range c.Exposure {
		out = append(out, "--exposure "+shellWord(bound))
	}
	return out
}

// conflict says which rules, or whose baselines, cannot be had together.
func (r *briefing) conflict() {
	if r.a.Conflict == nil {
		return
	}
	r.s.gap()
	for i, sentence := range r.a.Conflict.Because[r.w.Lang] {
		if i == 0 {
			r.s.say(0, sentence)
		} else {
			r.s.item(2, "- ", sentence)
		}
	}
}

// rules lists the rules of the table as they were applied.
func (r *briefing) rules() {
	if len(r.a.Rules) == 0 {
		return
	}
	r.s.heading(r.t("deals.rules"))
	r.s.say(0, r.t("deals.rules.note"))
	for i, u := range r.a.Rules {
		if i == shownRules {
			r.s.say(0, r.n("deals.rules.more", len(r.a.Rules)-shownRules))
			break
		}
		mark := fmt.Sprintf("%d. ", u.Number)
		for _, sentence := range u.Because[r.w.Lang] {
			r.s.item(0, mark, sentence)
			mark = strings.Repeat(" ", len(mark))
		}
		if note := r.text(u.Note); note != "" {
			r.s.say(3, note)
		}
	}
}

// shownRules is how many rules a briefing shows; JSON holds all of them.
const shownRules = 20

// gaps says how far beyond the points shown a package can be for each side,
// where the search was ended at its limit.
func (r *briefing) gaps() {
	for _, side := range r.sides {
		gap, name := r.a.FrontierGap[string(side.ID)], r.text(side.Name)
		scale, ok := new(big.Rat).SetString(r.a.Question.Scale[string(side.ID)])
		if r.exact() && ok && scale.Sign() > 0 {
			r.s.item(2, "- ", r.t("deals.gap.points", "Side", name, "Points", new(big.Rat).Quo(big.NewRat(gap, 1), scale).RatString()))
			continue
		}
		r.s.item(2, "- ", r.t("deals.gap", "Side", name, "Points", r.w.Number(int(gap)), "Scale", r.a.Question.Scale[string(side.ID)]))
	}
}

// see tells what is known of the trade-off curve while it is searched for.
func (p *progress) see(k deal.Known) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	if now.Before(p.next) {
		return
	}
	var most int64
	for _, gap := range k.Gap {
		most = max(most, gap)
	}
	p.say(p.s.t("progress.frontier", "Points", p.s.w.Number(k.Points), "Gap", p.s.w.Number(int(most))), now)
}

// say puts a line on the terminal in place of the last one, or into a log.
func (p *progress) say(text string, now time.Time) {
	if p.terminal {
		p.next = now.Add(terminalEvery)
		fmt.Fprint(p.s.errOut, "\r"+pad(text, p.width))
		p.width = columns(text)
		return
	}
	p.next = now.Add(logEvery)
	fmt.Fprintln(p.s.errOut, text)
}
