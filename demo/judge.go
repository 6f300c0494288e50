package demo

import (
	"fmt"
	"time"

	"parley/moderation"
)

// judging is what went before the moderators, and how it ended.
func (t *talk) judging() []deed {
	var out []deed
	for i, j := range t.cases {
		number := new(int64)
		hours := 12 + float64(i)/60
		out = append(out, deed{t.on(j.Day, hours), func(at time.Time) error { return t.report(j, number, at) }})
		if j.Verdict == "" {
			continue
		}
		hours += float64(j.After)
		out = append(out, deed{t.on(j.Day, hours), func(at time.Time) error {
			var until time.Time
			if j.Days > 0 {
				until = at.Add(time.Duration(j.Days) * day)
			}
			return t.decide("moderator", *number, moderation.Decision{Verdict: j.Verdict, Reason: j.Reason, Text: j.Why, Lang: j.Lang}, until, at)
		}})
		a := j.Appeal
		if a == nil {
			continue
		}
		hours += float64(a.After)
		out = append(out, deed{t.on(j.Day, hours), func(at time.Time) error {
			by, err := t.who(t.authors[j.On])
			if err != nil {
				return err
			}
			if err := t.AskAgain(t.ctx, by.id, Dialogue, *number, a.Text, at); err != nil {
				return fmt.Errorf("appeal about %s: %w", j.On, err)
			}
			return nil
		}}, deed{t.on(j.Day, hours+float64(a.Decided)), func(at time.Time) error {
			return t.decide(a.By, *number, moderation.Decision{Verdict: a.Verdict, Reason: j.Reason, Text: a.Why, Lang: a.Lang}, time.Time{}, at)
		}})
	}
	return out
}

// report tells the moderators, and finds the number that the matter has with them.
func (t *talk) report(j judged, number *int64, at time.Time) error {
	by, err := t.who(j.By)
	if err != nil {
		return err
	}
	n, err := t.number(j.On)
	if err != nil {
		return err
	}
	if err := t.Report(t.ctx, by.id, Dialogue, moderation.NewReport{Of: n, Reason: j.Reason, Text: j.Text}, at); err != nil {
		return fmt.Errorf("%s reports %s: %w", j.By, j.On, err)
	}
	open, err := t.Queue(t.ctx, t.people["moderator"].id, Dialogue, "", 0, 50)
	if err != nil {
		return err
	}
	for _, c := range open {
		if c.Of.ID == n {
			*number = c.Number
			return nil
		}
	}
	return fmt.Errorf("the report about %s is not before the moderators", j.On)
}

func (t *talk) decide(by string, number int64, d moderation.Decision, until, at time.Time) error {
	p, err := t.who(by)
	if err != nil {
		return err
	}
	if err := t.Decide(t.ctx, p.id, Dialogue, number, d, until, at); err != nil {
		return fmt.Errorf("%s decides case %d: %w", by, number, err)
	}
	return nil
}
