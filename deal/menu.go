package deal

import "parley/i18n"

// Matter is an issue of the table as people choose in it, with its options in
// the order of the file; the first one leaves everything as it is.
type Matter struct {
	Topic   string
	Title   i18n.Text
	Options []Way
	Start   int // the option of the baseline: what nobody need pay for is taken
}

// Way is one option, in the reader's words.
type Way struct{ Option, Words string }

// Menu lists what can be chosen on the table of a question, in the order of the
// file, for readers of one language.
func (q *Question) Menu(w *i18n.Words) []Matter {
	s := &search{q: q, readings: q.readings}
	start := s.start()
	var out []Matter
	for _, i := range s.inFileOrder() {
		l := &q.labels.issues[i]
		m := Matter{Topic: l.id, Title: l.title, Start: start[i]}
		for k := range l.options {
			m.Options = append(m.Options, Way{l.options[k].id, s.optionName(w, i, k)})
		}
		out = append(out, m)
	}
	return out
}
