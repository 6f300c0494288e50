package opinion

import (
	"cmp"
	"encoding/binary"
	"hash/fnv"
	"math"
	"slices"
	"time"

	"parley/dialogue"
	"parley/writing"
)

// Exposure is what the router may know of a statement that somebody might be
// asked: what is told, and in steps how often it was answered.
type Exposure struct {
	Statement writing.ID
	Width     float64 // of the widest interval told of a side; 1 where nothing is told
	Used      int     // answers of people of the reader's group
}

// Step is how finely the router knows how often a statement was answered.
const Step = NextTotal

// Next picks the statement to ask next; false where there is none. All stand in an
// order that is drawn: it picks the first, or the one that follows after, so that
// who skips comes to all of them before any comes again. The order is the same for
// one member all day until they answer. Each statement has a chance by its weight:
//
//	w = width² / 16^(k - k0),  k = answers of the reader's group / 5, rounded down
//
// with k0 the least k in the list: what is least known comes first, and nothing
// is asked again and again while something else waits. The draw is that of
// Efraimidis and Spirakis (2006), in the order of -ln(u)/w.
func Next(m dialogue.MemberID, list []Exposure, after writing.ID, now time.Time) (n writing.ID, ok bool) {
	least := math.MaxInt
	for _, e := range list {
		least = min(least, e.Used/Step)
	}
	day := Day(now).Unix()
	key := func(e Exposure) float64 {
		weight := max(e.Width*e.Width, 1e-6) * math.Pow(16, -float64(min(e.Used/Step-least, 60)))
		return -math.Log(chance(m, e.Statement, day)) / weight
	}
	order := slices.Clone(list)
	slices.SortStableFunc(order, func(a, b Exposure) int {
		return cmp.Or(cmp.Compare(key(a), key(b)), cmp.Compare(a.Statement, b.Statement))
	})
	if len(order) == 0 {
		return 0, false
	}
	at := slices.IndexFunc(order, func(e Exposure) bool { return e.Statement == after })
	return order[(at+1)%len(order)].Statement, true
}

// chance is a number in (0, 1) that looks drawn.
func chance(m dialogue.MemberID, n writing.ID, day int64) float64 {
	h := fnv.New64a()
	var b [16]byte
	binary.LittleEndian.PutUint64(b[:8], uint64(n))
	binary.LittleEndian.PutUint64(b[8:], uint64(day))
	h.Write([]byte(m))
	h.Write(b[:])
	// The last bytes of FNV are mixed too little: the finish of SplitMix64.
	x := h.Sum64()
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	x ^= x >> 31
	return (float64(x>>11) + 0.5) / (1 << 53)
}
