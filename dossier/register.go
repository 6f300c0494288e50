package dossier

import (
	"cmp"
	"slices"

	"parley/dialogue"
	"parley/interest"
)

func (r *reader) registers(n *node) {
	var at []fields
	for _, i := range r.items(n, "registers", 0, MaxRegisters) {
		f, ok := r.fields(i, shapeRegister)
		if !ok {
			continue
		}
		at = append(at, f)
		g := interest.Register{
			Subject: r.side(f.get("subject"), "subject"),
			Author:  r.author(f.get("author"), called("author")),
			Date:    r.date(f.get("date"), called("date")),
			Source:  r.text(f.get("source"), called("source")),
		}
		for _, j := range r.items(f.get("interests"), "interests", 0, MaxInterests) {
			if i, ok := r.interest(j, g.Subject); ok {
				g.Interests = append(g.Interests, i)
			}
		}
		g.Weights = r.weights(f.get("weights"), g.Interests)
		r.d.Registers = append(r.d.Registers, g)
	}
	if total := len(r.refs.interests.order); total > MaxInterests {
		r.mistake(n.place, amiss("many-interests", "Got", total, "Most", MaxInterests), instead("fewer"))
	}
	r.settle(at)
}

func (r *reader) interest(n *node, subject dialogue.SideID) (interest.Interest, bool) {
	f, ok := r.fields(n, shapeInterest)
	if !ok {
		return interest.Interest{}, false
	}
	i := interest.Interest{
		ID:      interest.ID(r.id(f.get("id"), called("interest-id"))),
		Title:   r.text(f.get("title"), called("title")),
		Note:    r.text(f.get("note"), called("note")),
		Tier:    interest.Tier(r.scale(f.get("tier"), "tier", interest.TierWords)),
		Horizon: interest.Horizon(r.scale(f.get("horizon"), "horizon", interest.HorizonWords)),
	}
	r.define(&r.refs.interests, f.get("id"), anInterest, string(i.ID))
	if _, known := r.refs.register[i.ID]; !known {
		r.refs.register[i.ID] = len(r.d.Registers)
	}
	for _, p := range r.named(f.get("counterparts"), "counterparts") {
		if c, ok := r.counterpart(p, subject); ok {
			i.Counterparts = append(i.Counterparts, c)
		}
	}
	slices.SortFunc(i.Counterparts, func(a, b interest.Counterpart) int { return cmp.Compare(a.Side, b.Side) })
	return i, true
}

func (r *reader) counterpart(p pair, subject dialogue.SideID) (interest.Counterpart, bool) {
	side := r.side(p.key, "counterparts")
	if side == subject && side != "" {
		r.mistake(p.key.place, amiss("own-counterpart", "Side", side), instead("other-side"))
	}
	f, ok := r.fields(p.value, shapeCounterpart)
	if !ok {
		return interest.Counterpart{}, false
	}
	roleLow, roleHigh := r.span(f.get("role"), "role", interest.RoleWords)
	low, high := r.span(f.get("priority"), "priority", interest.LevelWords)
	return interest.Counterpart{
		Side:      side,
		Role:      interest.RoleRange{Low: interest.Role(roleLow), High: interest.Role(roleHigh)},
		Effect:    interest.Effect(r.scale(f.get("effect"), "effect", interest.EffectWords)),
		Priority:  interest.LevelRange{Low: interest.Level(low), High: interest.Level(high)},
		Tone:      interest.Tone(r.scale(f.get("tone"), "tone", interest.ToneWords)),
		Alignment: interest.Alignment(r.scale(f.get("alignment"), "alignment", interest.AlignmentWords)),
		Note:      r.text(f.get("note"), called("note")),
	}, true
}

// settle finds out which register about each side counts in the analysis: its
// own, else the only one there is.
func (r *reader) settle(at []fields) {
	r.refs.counts = make([]bool, len(r.d.Registers))
	about := map[dialogue.SideID][]int{}
	for k, g := range r.d.Registers {
		for _, j := range about[g.Subject] {
			if g.Subject != "" && g.Author.Same(r.d.Registers[j].Author) {
				r.mistake(at[k].place("author"), amiss("second-register", "Side", g.Subject, "Line", at[j].at.line), instead("one-register"))
			}
		}
		about[g.Subject] = append(about[g.Subject], k)
	}
	for _, s := range sortedKeys(about) {
		own := slices.IndexFunc(about[s], func(k int) bool { return r.d.Registers[k].Declared() })
		switch {
		case own >= 0:
			r.refs.counts[about[s][own]] = true
		case len(about[s]) == 1:
			r.refs.counts[about[s][0]] = true
		case s != "":
			second := about[s][1]
			r.refs.counts[about[s][0]] = true // so that topics are not found at fault as well
			r.mistake(at[second].at, amiss("none-counts", "Side", s, "Got", len(about[s])).Of(len(about[s])), instead("own-register", "Side", s))
		}
	}
}

// holder is the side whose interest it is, where its register counts.
func (r *reader) holder(id interest.ID) (dialogue.SideID, bool) {
	k, ok := r.refs.register[id]
	if !ok || k >= len(r.refs.counts) || !r.refs.counts[k] {
		return "", false
	}
	return r.d.Registers[k].Subject, true
}
