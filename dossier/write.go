package dossier

import (
	"parley/dialogue"
	"parley/i18n"
	"parley/interest"
)

// Write writes a dossier in its canonical form: YAML in UTF-8, keys in the order
// of doc/dossier.md, texts on lines of their own. Read reads it back as it was.
func Write(d *Dossier) []byte {
	w := &writer{languages: d.Dialogue.Languages, sides: map[string]bool{}}
	for _, s := range d.Dialogue.Sides {
		w.sides[string(s.ID)] = true
	}
	w.b.WriteString("# A dialogue as a dossier of parley. doc/dossier.md explains every key.\n")
	w.line("dossier: %d", Version)
	w.dialogue(d.Dialogue)
	section(w, "sides", d.Dialogue.Sides, w.side)
	section(w, "registers", d.Registers, w.register)
	section(w, "topics", d.Topics, w.topic)
	section(w, "named", d.Named, w.matter)
	if d.Table != nil {
		w.table(d)
	}
	return w.b.Bytes()
}

func (w *writer) dialogue(d dialogue.Dialogue) {
	w.under("dialogue", func() {
		w.word("id", quoted(string(d.ID)))
		w.text("title", d.Title)
		w.line("languages: %s", flow(d.Languages))
		w.word("as_of", d.AsOf)
		w.word("kind", string(d.Kind))
		w.word("rule", string(d.Rule))
		w.word("stage", string(d.Stage))
		w.text("purpose", d.Purpose)
		w.text("source", d.Source)
		w.text("host", d.Host)
	})
}

func (w *writer) side(s dialogue.Side) {
	w.word("id", quoted(string(s.ID)))
	w.text("name", s.Name)
}

func (w *writer) author(key string, a interest.Author) {
	switch name, plain := w.plain(a.Name); {
	case a.Side == "" && len(a.Name) == 0:
	case a.Side != "" && len(a.Name) == 0:
		w.line("%s: {side: %s}", key, quoted(string(a.Side)))
	case a.Side == "" && plain && !w.sides[name]:
		w.scalar(key, name)
	default:
		w.under(key, func() {
			if a.Side != "" {
				w.word("side", quoted(string(a.Side)))
			}
			w.text("name", a.Name)
		})
	}
}

func (w *writer) register(r interest.Register) {
	w.word("subject", quoted(string(r.Subject)))
	w.author("author", r.Author)
	w.word("date", r.Date)
	w.text("source", r.Source)
	section(w, "interests", r.Interests, w.interest)
	section(w, "weights", r.Weights, w.weighing)
}

func (w *writer) interest(i interest.Interest) {
	w.word("id", quoted(string(i.ID)))
	w.text("title", i.Title)
	w.text("note", i.Note)
	w.word("tier", i.Tier.String())
	w.word("horizon", i.Horizon.String())
	if len(i.Counterparts) == 0 {
		return
	}
	w.under("counterparts", func() {
		for _, c := range i.Counterparts {
			w.counterpart(c)
		}
	})
}

func (w *writer) weighing(x interest.Weighing) {
	if x.More == "" {
		w.line("gain: %s", partsRow(x.Gain))
		w.line("outweighs: %s", partsRow(x.Outweighs))
		return
	}
	w.word("more", quoted(string(x.More)))
	w.word("than", quoted(string(x.Than)))
	if x.Times.Sign() != 0 {
		w.word("times", x.Times.String())
	}
}

func partsRow(parts []interest.Part) (r row) {
	for _, p := range parts {
		r.add(string(p.Interest), p.Of.String())
	}
	return r
}

func (w *writer) counterpart(c interest.Counterpart) {
	var r row
	r.add("role", span(interest.RoleWords, uint8(c.Role.Low), uint8(c.Role.High)))
	r.add("effect", c.Effect.String())
	r.add("priority", span(interest.LevelWords, uint8(c.Priority.Low), uint8(c.Priority.High)))
	r.add("tone", c.Tone.String())
	r.add("alignment", c.Alignment.String())
	if len(c.Note) == 0 {
		w.line("%s: %s", quoted(string(c.Side)), r)
		return
	}
	w.under(quoted(string(c.Side)), func() {
		for _, pair := range r {
			w.line("%s", pair)
		}
		w.text("note", c.Note)
	})
}

func (w *writer) topic(t interest.Topic) {
	w.word("id", quoted(string(t.ID)))
	w.text("title", t.Title)
	w.line("interests: %s", flow(t.Interests))
	w.word("relation", t.Relation.String())
	w.author("author", t.Author)
	w.word("date", t.Date)
	section(w, "affects", t.Affects, func(a i18n.Text) {
		if s, ok := w.plain(a); ok {
			w.line("%s", quoted(s))
			return
		}
		w.translations(a)
	})
	section(w, "camps", t.Camps, func(c []interest.ID) { w.line("%s", flow(c)) })
	if t.Divisible {
		w.line("divisible: true")
	}
	if t.Minimum > 0 {
		w.line("minimum: %d", t.Minimum)
	}
	if len(t.Share) > 0 {
		var r row
		for _, s := range t.Share {
			r.add(string(s.Interest), s.Part.String())
		}
		w.line("share: %s", r)
	}
	w.act(t.Act)
}

func (w *writer) act(a *interest.Act) {
	if a == nil {
		return
	}
	w.under("act", func() {
		w.text("title", a.Title)
		if len(a.Actors) > 0 {
			w.line("actors: %s", flow(a.Actors))
		}
		w.author("by", a.By)
	})
}

func (w *writer) matter(n interest.Named) {
	w.word("id", quoted(string(n.ID)))
	w.text("title", n.Title)
	w.word("as", n.As.String())
	w.author("by", n.By)
	if n.Of != "" {
		w.word("of", quoted(string(n.Of)))
	}
	w.text("detail", n.Detail)
	w.act(n.Act)
}
