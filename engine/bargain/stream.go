package bargain

import "math/bits"

// Stream is a repeatable stream of random numbers (splitmix64: Steele, Lea and
// Flood 2014). What it yields for a seed, side and sample is fixed for ever:
// stored answers depend on it.
type Stream struct{ state uint64 }

// NewStream returns the stream of one side in one sample. Streams of different
// seeds, sides or samples have nothing to do with one another.
func NewStream(seed uint64, side, sample int) *Stream {
	s := &Stream{state: seed}
	s.state = s.Uint64() ^ uint64(side)
	s.state = s.Uint64() ^ uint64(sample)
	s.state = s.Uint64()
	return s
}

// Uint64 returns the next 64 random bits.
func (s *Stream) Uint64() uint64 {
	s.state += 0x9e3779b97f4a7c15
	z := s.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// Below returns a number from 0 to n-1, each exactly as likely (Lemire 2019).
// It panics when n is 0.
func (s *Stream) Below(n uint64) uint64 {
	if n == 0 {
		panic("bargain: Below(0)")
	}
	high, low := bits.Mul64(s.Uint64(), n)
	if low < n {
		for reject := -n % n; low < reject; {
			high, low = bits.Mul64(s.Uint64(), n)
		}
	}
	return high
}
