package store

import (
	"cmp"
	"slices"

	"parley/dialogue"
	"parley/dossier"
	"parley/interest"
)

func saveRegisters(s *series, d *dossier.Dossier) {
	id := d.Dialogue.ID
	for n, r := range d.Registers {
		s.exec(`
			insert into register (dialogue, number, subject, author_side, author_name, date, source)
			values ($1, $2, $3, $4, $5, $6, $7)
			on conflict (dialogue, number) do update
			set subject = excluded.subject, author_side = excluded.author_side, author_name = excluded.author_name,
				date = excluded.date, source = excluded.source`,
			id, n, r.Subject, optional(r.Author.Side), text(r.Author.Name), r.Date, text(r.Source))
		for p, i := range r.Interests {
			saveInterest(s, id, n, p, i)
		}
		saveWeights(s, id, n, r.Weights)
	}
}

// saveInterest puts an interest into its place, with its counterparts.
func saveInterest(s *series, id dialogue.ID, register, position int, i interest.Interest) {
	s.place(`
		insert into interest (dialogue, id, register, position, title, note, tier, horizon)
		values ($1, $2, $3, $4, $5, $6, $7, $8)
		on conflict (dialogue, id) do update
		set register = excluded.register, position = excluded.position, title = excluded.title, note = excluded.note,
			tier = excluded.tier, horizon = excluded.horizon
		where interest.position >= $9`,
		id, i.ID, register, position, text(i.Title), text(i.Note), i.Tier.String(), i.Horizon.String(), aside)
	for _, c := range i.Counterparts {
		s.exec(`
			insert into counterpart (dialogue, interest, side, role_low, role_high, effect,
				priority_low, priority_high, tone, alignment, note)
			values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
			id, i.ID, c.Side, c.Role.Low.String(), c.Role.High.String(), c.Effect.String(),
			c.Priority.Low.String(), c.Priority.High.String(), c.Tone.String(), c.Alignment.String(), text(c.Note))
	}
}

func loadRegisters(s *series, id dialogue.ID) []interest.Register {
	var registers []interest.Register
	index := map[int]int{} // number of a register to its place
	s.each(`
		select number, subject, coalesce(author_side, ''), author_name, date, source
		from register
		where dialogue = $1
		order by number`, []any{id},
		func(scan scan) error {
			var n int
			var r interest.Register
			err := scan(&n, &r.Subject, &r.Author.Side, (*text)(&r.Author.Name), &r.Date, (*text)(&r.Source))
			index[n] = len(registers)
			registers = append(registers, r)
			return err
		})
	for n, weights := range loadWeights(s, id) {
		registers[index[n]].Weights = weights
	}
	counterparts := loadCounterparts(s, id)
	s.each(`
		select register, id, title, note, tier, horizon
		from interest
		where dialogue = $1
		order by register, position`, []any{id},
		func(scan scan) error {
			var n int
			var i interest.Interest
			err := scan(&n, &i.ID, (*text)(&i.Title), (*text)(&i.Note), scale(&i.Tier, interest.TierWords), scale(&i.Horizon, interest.HorizonWords))
			i.Counterparts = counterparts[i.ID]
			r := &registers[index[n]]
			r.Interests = append(r.Interests, i)
			return err
		})
	return registers
}

func loadCounterparts(s *series, id dialogue.ID) map[interest.ID][]interest.Counterpart {
	all := map[interest.ID][]interest.Counterpart{}
	s.each(`
		select interest, side, role_low, role_high, effect, priority_low, priority_high, tone, alignment, note
		from counterpart
		where dialogue = $1`, []any{id},
		func(scan scan) error {
			var i interest.ID
			var c interest.Counterpart
			err := scan(&i, &c.Side, scale(&c.Role.Low, interest.RoleWords), scale(&c.Role.High, interest.RoleWords),
				scale(&c.Effect, interest.EffectWords), scale(&c.Priority.Low, interest.LevelWords), scale(&c.Priority.High, interest.LevelWords),
				scale(&c.Tone, interest.ToneWords), scale(&c.Alignment, interest.AlignmentWords), (*text)(&c.Note))
			all[i] = append(all[i], c)
			return err
		})
	for _, list := range all {
		slices.SortFunc(list, func(a, b interest.Counterpart) int { return cmp.Compare(a.Side, b.Side) })
	}
	return all
}
