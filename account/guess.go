package account

import "time"

// Budget is how many guesses may be made within a day.
type Budget int

// Budgets of the product. That of an account holds for all devices in the world
// that never signed in to it, together; each one that did has its own beside, so
// that nobody can be locked out by strangers.
const (
	GuessStrangers Budget = 100 // at the password of one account
	GuessDevice    Budget = 20  // at it, from one device that signed in before
	GuessCode      Budget = 20  // at the second factor of one account
)

// GuessHours is how many hours before the present one are counted: with them no
// 24 hours hold more than the budget.
const GuessHours = 24

// Guesses is how many were made in one hour.
type Guesses struct {
	Hour  int64 // see Hour
	Count int
}

// Hour is the number of hours since 1970.
func Hour(now time.Time) int64 { return now.Unix() / 3600 }

// Allows reports whether one more guess may be made after these, the oldest hour
// first, and if not, how long to wait until it may.
func (b Budget) Allows(made []Guesses, now time.Time) (wait time.Duration, ok bool) {
	present := Hour(now)
	sum := 0
	for _, g := range made {
		if g.Hour >= present-GuessHours {
			sum += g.Count
		}
	}
	if sum < int(b) {
		return 0, true
	}
	for _, g := range made {
		if g.Hour < present-GuessHours {
			continue
		}
		sum -= g.Count
		wait = time.Unix((g.Hour+GuessHours+1)*3600, 0).Sub(now)
		if sum < int(b) {
			break
		}
	}
	return wait, false
}
