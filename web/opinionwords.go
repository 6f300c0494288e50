package web

import "parley/opinion"

// saidReason is the form for a reason with the words of its page.
type saidReason struct {
	Layout
	Form reasonForm
}

// Say puts the form for a reason beside the words of the page.
func (p votePage) Say(f reasonForm) saidReason      { return saidReason{p.Layout, f} }
func (p statementPage) Say(f reasonForm) saidReason { return saidReason{p.Layout, f} }

// Totals says when totals are told, and how often.
func (l Layout) Totals() string {
	return l.words.T("opinion.seen.totals", "First", opinion.FirstTotal, "Next", opinion.NextTotal)
}

// Seen says in short who sees an answer, and when totals are told.
func (l Layout) Seen() string { return l.words.T("opinion.seen.short", "First", opinion.FirstTotal) }

// NotYet says how totals will be told, and hints at no count.
func (l Layout) NotYet() string {
	return l.words.T("opinion.silent.not-yet", "First", opinion.FirstTotal, "Next", opinion.NextTotal)
}

// First is from how many people of a side anything is told.
func (p knowingPage) First() int { return opinion.FirstTotal }
