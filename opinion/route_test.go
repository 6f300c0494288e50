package opinion_test

import (
	"fmt"
	"testing"
	"time"

	"parley/dialogue"
	"parley/opinion"
	"parley/writing"
)

// Ninety members of three sides come one after another on different days and
// answer twelve of forty statements each.
func TestRouterIsFair(t *testing.T) {
	const statements, members, each = 40, 90, 12
	sides := []dialogue.SideID{"A", "B", "C"}
	run := func(next func(m dialogue.MemberID, list []opinion.Exposure, at time.Time) writing.ID) (least float64) {
		used := map[dialogue.SideID][]int{}
		for _, s := range sides {
			used[s] = make([]int, statements)
		}
		for i := range members {
			side := sides[i%3]
			m := dialogue.MemberID(fmt.Sprint("member", i))
			left := map[int]bool{}
			for n := range statements {
				left[n] = true
			}
			for range each {
				var list []opinion.Exposure
				for n := range statements {
					if left[n] {
						list = append(list, opinion.Exposure{Statement: writing.ID(n + 1), Width: 1, Used: used[side][n] / opinion.Step * opinion.Step})
					}
				}
				n := int(next(m, list, now.Add(time.Duration(i)*time.Hour))) - 1
				delete(left, n)
				used[side][n]++
			}
		}
		least = 1
		for _, counts := range used {
			for _, c := range counts {
				least = min(least, float64(c)/(float64(members/3*each)/statements))
			}
		}
		return least
	}
	fair := run(func(m dialogue.MemberID, list []opinion.Exposure, at time.Time) writing.ID {
		n, _ := opinion.Next(m, list, 0, at)
		return n
	})
	if fair < 1.0/3 {
		t.Errorf("some statement came %.2f as often as the mean", fair)
	}
	first := run(func(_ dialogue.MemberID, list []opinion.Exposure, _ time.Time) writing.ID { return list[0].Statement })
	if first >= 1.0/3 {
		t.Error("the test does not bite: always the first is fair, too")
	}
}

func TestRouterAsksWhatIsLeastKnown(t *testing.T) {
	list := []opinion.Exposure{{1, 0.2, 0}, {2, 0.8, 0}, {3, 0.2, 0}}
	wide := 0
	for i := range 1000 {
		if n, _ := opinion.Next(dialogue.MemberID(fmt.Sprint(i)), list, 0, now); n == 2 {
			wide++
		}
	}
	// Its weight is 0.64 of 0.72.
	if wide < 850 || wide > 930 {
		t.Errorf("the widest came %d times of 1000", wide)
	}
}

func TestRouterIsTheSameAllDay(t *testing.T) {
	var list []opinion.Exposure
	for n := range 20 {
		list = append(list, opinion.Exposure{Statement: writing.ID(n + 1), Width: 1})
	}
	morning := time.Date(2026, 3, 1, 0, 0, 1, 0, time.UTC)
	days := map[writing.ID]bool{}
	for d := range 30 {
		at := morning.AddDate(0, 0, d)
		first, _ := opinion.Next("m", list, 0, at)
		again, _ := opinion.Next("m", list, 0, at.Add(23*time.Hour))
		if first != again {
			t.Fatal("another statement in the evening")
		}
		if other, _ := opinion.Next("m", list, first, at); other == first {
			t.Error("the one to leave out comes")
		}
		days[first] = true
	}
	if len(days) < 10 {
		t.Errorf("only %d different statements on 30 days", len(days))
	}
	if _, ok := opinion.Next("m", nil, 0, now); ok {
		t.Error("something comes of nothing")
	}
	if n, ok := opinion.Next("m", list[:1], 1, now); !ok || n != 1 {
		t.Error("the only one does not come")
	}
}

// Who skips each time comes to all before any comes again.
func TestSkippingComesToAll(t *testing.T) {
	var list []opinion.Exposure
	for n := range 12 {
		list = append(list, opinion.Exposure{Statement: writing.ID(n + 1), Width: float64(n%4+1) / 4, Used: n % 3 * opinion.Step})
	}
	seen, after := map[writing.ID]bool{}, writing.ID(0)
	for range list {
		n, ok := opinion.Next("m", list, after, now)
		if !ok || seen[n] {
			t.Fatalf("#%d comes again after %d of %d", n, len(seen), len(list))
		}
		seen[n], after = true, n
	}
	if n, _ := opinion.Next("m", list, after, now); !seen[n] {
		t.Errorf("got #%d, which is none of them", n)
	}
	if n, ok := opinion.Next("m", list[:1], list[0].Statement, now); !ok || n != list[0].Statement {
		t.Errorf("the only one left is not asked: %d, %v", n, ok)
	}
}
