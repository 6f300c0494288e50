package pareto

// climber looks for a package close to a corner: it starts with the best package
// under some weights and changes one issue at a time.
type climber struct {
	taken  []int // by issue or knot of the walker: the option taken
	values []int64
	given  []int
}

// coverPasses bounds how often every issue is looked at.
const coverPasses = 6

// climb moves towards a package that gives every side the corner and room of its
// span beyond, which no package exceeds on all sides. It does not try where
// interactions reach beyond knots.
func (c *coverer) climb(room float64) bool {
	w, k := &c.walker, &c.best
	if w.linked() || w.issues() == 0 {
		return false
	}
	k.values, k.taken = grow(k.values, w.sides), grow(k.taken, w.issues())
	clear(k.values)
	for i := range k.taken {
		best := w.starts[i]
		for o := best + 1; o < w.starts[i+1]; o++ {
			if w.score(c.weights, o) > w.score(c.weights, best) {
				best = o
			}
		}
		k.taken[i] = best
		for p := range k.values {
			k.values[p] += w.values[best*w.sides+p]
		}
	}
	short := c.shortfall(k.values, 0, 0, room)
	for range coverPasses {
		moved := false
		for i, from := range k.taken {
			best := from
			for o := w.starts[i]; o < w.starts[i+1]; o++ {
				if less := c.shortfall(k.values, from, o, room); less < short {
					best, short = o, less
				}
			}
			if best != from {
				moved = true
				k.taken[i] = best
				for p := range k.values {
					k.values[p] += w.values[best*w.sides+p] - w.values[from*w.sides+p]
				}
			}
		}
		if !moved {
			break
		}
	}
	for i, o := range k.taken {
		w.place(i, o, k.given)
	}
	return true
}

// belowOrigin is how much heavier it weighs that a side falls below the origin.
const belowOrigin = 100

// shortfall is the sum of squares of what each side lacks when one option takes
// the place of another.
func (c *coverer) shortfall(values []int64, from, to int, room float64) float64 {
	w, sum := &c.walker, 0.0
	for p, v := range values {
		v += w.values[to*w.sides+p] - w.values[from*w.sides+p]
		lack := room - (float64(v)-float64(c.corner[p]))/float64(c.span[p])
		if lack > 0 {
			sum += float64(lack * lack)
		}
		if below := (float64(c.origin[p]) - float64(v)) / float64(c.span[p]); below > 0 {
			sum += float64(belowOrigin * float64(below*below))
		}
	}
	return sum
}

// stroll takes the first package that a walk meets near the corner. It ends with
// one wherever there is one and the walk may be long enough.
func (c *coverer) stroll() bool {
	for p, v := range c.corner {
		c.floor[p] = max(c.origin[p], v-c.slack[p]-c.shift[p])
	}
	room, _ := c.walker.Best(c.weights, c.reached)
	for p, w := range c.weights {
		room -= float64(w * float64(c.floor[p]))
	}
	c.walker.Begin(c.weights, c.floor, room, coverStroll)
	found := c.walker.Next()
	c.nodes += int64(c.walker.Steps())
	if found {
		c.best.values = append(c.best.values[:0], c.walker.Values()...)
		c.walker.Choice(c.best.given)
	}
	return found
}
