package account

import (
	"sync"
	"time"
)

// Rate is how often something may be done: Burst times at once, then once every
// Every.
type Rate struct {
	Burst int
	Every time.Duration
}

// Rates of the whole product.
var (
	RateSignIn  = Rate{10, 30 * time.Second} // a network
	RateSignUp  = Rate{10, 3 * time.Minute}  // a network
	RateLetter  = Rate{3, 20 * time.Minute}  // letters asked for, an address or a network
	RateWrite   = Rate{60, 2 * time.Second}  // a person, or a network for those not signed in
	RateCompute = Rate{20, 3 * time.Second}  // searches and trials, a network

	// Both answer whether somebody has a name: a person in one dialogue.
	RateRecommend = Rate{10, 30 * time.Minute} // recommending by name
	RatePseudonym = Rate{5, 30 * time.Minute}  // choosing a name

	RateReport = Rate{10, 3 * time.Minute} // telling the moderators: a person in one dialogue
)

// limiterSize is how many keys are remembered.
const limiterSize = 100_000

// Limiter counts what each key does. It forgets keys that have been quiet, and
// the quietest first where there are too many. It is safe for many goroutines.
type Limiter struct {
	mu      sync.Mutex
	buckets map[string]bucket
	scale   float64
}

// bucket is how much of the burst was left, and when.
type bucket struct {
	left float64
	at   time.Time
	rate Rate
}

// NewLimiter makes a limiter whose bursts are scale times those of the rates: 1
// in production, more where one machine plays many people.
func NewLimiter(scale float64) *Limiter {
	return &Limiter{buckets: map[string]bucket{}, scale: max(scale, 1)}
}

// Take counts one deed of the key. Where there were too many it reports how long
// to wait.
func (l *Limiter) Take(key string, r Rate, now time.Time) (wait time.Duration, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	b, known := l.buckets[key]
	burst := float64(r.Burst) * l.scale
	if !known {
		if len(l.buckets) >= limiterSize {
			l.forget(now)
		}
		b = bucket{left: burst, at: now}
	}
	b.left, b.at, b.rate = b.filled(burst, r, now), now, r
	if b.left < 1 {
		l.buckets[key] = b
		return time.Duration((1 - b.left) * float64(r.Every)), false
	}
	b.left--
	l.buckets[key] = b
	return 0, true
}

func (b bucket) filled(burst float64, r Rate, now time.Time) float64 {
	passed := max(0, now.Sub(b.at))
	return min(burst, b.left+float64(passed)/float64(r.Every))
}

// forget drops what is full again, or else everything: too many keys at once is
// an attack in which memory counts for more than fairness.
func (l *Limiter) forget(now time.Time) {
	for k, b := range l.buckets {
		if burst := float64(b.rate.Burst) * l.scale; b.filled(burst, b.rate, now) >= burst {
			delete(l.buckets, k)
		}
	}
	if len(l.buckets) >= limiterSize {
		clear(l.buckets)
	}
}
