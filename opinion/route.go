package opinion

import (
	"encoding/binary"
	"hash/fnv"
	"math"
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

// Next picks the statement to ask next, after being one to leave out unless there
// is no other; false where there is none. It is the same for one member all day
// until they answer. Each statement has a chance by its weight:
//
//	w = width² / 16^(k - k0),  k = answers of the reader's group / 5, rounded down
//
// with k0 the least k in the list: what is least known comes first, and nothing
// is asked again and again while something else waits. The draw is that of
// Efraimidis and Spirakis (2006): the least -ln(u)/w wins.
func Next(m dialogue.MemberID, list []Exposure, after writing.ID, now time.Time) (n writing.ID, ok bool) {
	least := math.MaxInt
	for _, e := range list {
		least = min(least, e.Used/Step)
	}
	day, best := Day(now).Unix(), math.Inf(1)
	for _, e := range list {
		if e.Statement == after && len(list) > 1 {
			continue
		}
		weight := max(e.Width*e.Width, 1e-6) * math.Pow(16, -float64(min(e.Used/Step-least, 60)))
		key := -math.Log(chance(m, e.Statement, day)) / weight
		if key < best || !ok {
			n, best, ok = e.Statement, key, true
		}
	}
	return n, ok
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
