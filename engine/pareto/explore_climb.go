package pareto

// climb is a local search for sets of wishes of great worth: it forces one in,
// fills up with what still fits, the worthiest first, and stays where that is
// better. What it passes on the way is offered to the archive of the hunt.
type climb struct {
	*hunt
	at     *plot // what is offered
	free   set
	random uint64
}

// mostTries bounds the wishes looked at, to force them in, before a round begins.
const mostTries = 1 << 15

// worthwhile is how much of the worth reached a set may lack to be offered: one of
// so many parts.
const worthwhile = 32

// climb makes so many rounds, each from the best set known with a few wishes forced
// in. Of random numbers the same seed draws the same.
func (h *hunt) climb(rounds int, seed uint64) {
	n := len(h.list)
	if n == 0 {
		h.offer(h.start.allowed, h.start.open)
		return
	}
	c := climb{hunt: h, at: newPlot(h.wishes), free: newSet(n), random: seed}
	now, best := newSet(n), newSet(n)
	value := c.force(now)
	most := value
	copy(now, c.at.open)
	copy(best, now)
	c.show()
	for tries := 0; rounds > 0 && tries < mostTries; rounds-- {
		for stale, r := 0, c.draw(n); stale < n; r = (r + 1) % n {
			stale++
			tries++
			if now.has(r) {
				continue
			}
			worth := c.force(now, r)
			if worth > value-value/worthwhile {
				c.show()
			}
			if worth > value {
				value, stale = worth, 0
				copy(now, c.at.open)
			}
		}
		if value > most {
			most = value
			copy(best, now)
		}
		value = c.force(best, c.draw(n), c.draw(n), c.draw(n))
		copy(now, c.at.open)
	}
}

func (c *climb) draw(n int) int {
	c.random = c.random*6364136223846793005 + 1442695040888963407
	return int(c.random>>33) % n
}

// force puts wishes into a set, takes out what clashes with them, fills it up and
// returns its worth; the set is at.open then.
func (c *climb) force(from set, more ...int) (worth int64) {
	try := c.at.open
	copy(try, from)
	for _, r := range more {
		try.without(try, c.tied[r])
		try.add(r)
	}
	copy(c.free, c.start.open)
	for r := try.next(0); r >= 0; r = try.next(r + 1) {
		worth += c.worth[r]
		c.free.without(c.free, c.tied[r])
		c.free.drop(r)
	}
	for r := c.free.next(0); r >= 0; r = c.free.next(r + 1) {
		worth += c.worth[r]
		try.add(r)
		c.free.without(c.free, c.tied[r])
	}
	return worth
}

// show offers the set unless the archive has something as good.
func (c *climb) show() {
	copy(c.at.values, c.base)
	for r := c.at.open.next(0); r >= 0; r = c.at.open.next(r + 1) {
		for q, v := range c.list[c.ranked[r]].values {
			c.at.values[q] += v
		}
	}
	if c.archive.open(c.at.values[:c.sides]) {
		c.offer(c.start.allowed, c.at.open)
	}
}
