package store

import (
	"parley/dialogue"
	"parley/interest"
)

// saveWeights writes what a register says about weights, after its interests.
func saveWeights(s *series, id dialogue.ID, register int, weights []interest.Weighing) {
	for n, w := range weights {
		put := func(part string, position int, i interest.ID, value interest.Fraction) {
			s.exec(`
				insert into weighing (dialogue, register, number, part, position, interest, value)
				values ($1, $2, $3, $4, $5, $6, $7)`,
				id, register, n, part, position, i, value.String())
		}
		if w.More != "" {
			put("more", 0, w.More, interest.FractionOf(1, 1))
			put("than", 0, w.Than, w.Times)
		}
		for p, g := range w.Gain {
			put("gain", p, g.Interest, g.Of)
		}
		for p, o := range w.Outweighs {
			put("outweighs", p, o.Interest, o.Of)
		}
	}
}

// loadWeights returns what the registers say about weights, by their numbers.
func loadWeights(s *series, id dialogue.ID) map[int][]interest.Weighing {
	all := map[int][]interest.Weighing{}
	last := [2]int{-1, -1}
	s.each(`
		select register, number, part, interest, value
		from weighing
		where dialogue = $1
		order by register, number, part, position`, []any{id},
		func(scan scan) error {
			var at [2]int
			var part string
			var p interest.Part
			if err := scan(&at[0], &at[1], &part, &p.Interest, fraction{&p.Of}); err != nil {
				return err
			}
			if at != last {
				all[at[0]], last = append(all[at[0]], interest.Weighing{}), at
			}
			w := &all[at[0]][len(all[at[0]])-1]
			switch part {
			case "more":
				w.More = p.Interest
			case "than":
				w.Than = p.Interest
				if p.Of.Sign() != 0 {
					w.Times = p.Of
				}
			case "gain":
				w.Gain = append(w.Gain, p)
			default:
				w.Outweighs = append(w.Outweighs, p)
			}
			return nil
		})
	return all
}

// unweigh takes out every statement that names an interest.
func unweigh(c conn, id dialogue.ID, i interest.ID) error {
	_, err := c.exec(`
		delete from weighing
		where dialogue = $1 and exists (
			select 1
			from weighing named
			where named.dialogue = weighing.dialogue and named.register = weighing.register
				and named.number = weighing.number and named.interest = $2)`, id, i)
	return err
}
