package pareto

// mergeStairs merges an issue of a table with two sides. A frontier of two
// sides is a staircase: the first value falls, the second rises. The staircases
// moved by each class are united one after another in linear time; classes come
// in the order of their options, so of equal vectors the earlier is kept.
func mergeStairs(last *layer, classes []class) *layer {
	united := shift(last, classes[0])
	for index := 1; index < len(classes); index++ {
		united = uniteStairs(united, last, classes[index], int32(index))
	}
	return united
}

func uniteStairs(a, last *layer, c class, index int32) *layer {
	next := emptyLayer(2, a.len()+last.len())
	d1, d2 := c.values[0], c.values[1]
	var top int64 // the largest second value so far
	i, j := 0, 0
	for i < a.len() || j < last.len() {
		var a1, a2, b1, b2 int64
		if i < a.len() {
			a1, a2 = a.values[2*i], a.values[2*i+1]
		}
		if j < last.len() {
			b1, b2 = last.values[2*j]+d1, last.values[2*j+1]+d2
		}
		takeA := j == last.len() || i < a.len() && (a1 > b1 || a1 == b1 && a2 >= b2)
		equal := takeA && j < last.len() && a1 == b1 && a2 == b2
		switch {
		case takeA:
			if next.len() == 0 || a2 > top {
				next.keep(a, i)
				top = a2
				if equal {
					next.counts.add(next.len()-1, &last.counts, int32(j), c.times)
				}
			}
			i++
			if equal {
				j++
			}
		default:
			if next.len() == 0 || b2 > top {
				next.extend(last, j, c, index)
				top = b2
			}
			j++
		}
	}
	return next
}
