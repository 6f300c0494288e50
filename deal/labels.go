package deal

import (
	"fmt"

	"parley/i18n"
	"parley/interest"
)

// labels are the names of everything in a table, kept apart from what is
// analysed.
type labels struct {
	sides   []label
	entries []entryLabel
	issues  []issueLabel
	rules   []ruleLabel
}

type label struct {
	id    string
	title i18n.Text
}

type entryLabel struct {
	label
	tier  interest.Tier
	roles []string // by side: the part it plays, in the words of the file
}

type issueLabel struct {
	label
	position int // in the file
	affects  []i18n.Text
	options  []optionLabel
}

type optionLabel struct {
	label
	position int // in the issue, as the file has it
	act      *interest.Act
}

type ruleLabel struct {
	number int // its place in the file, from 1
	note   i18n.Text
}

func newLabels(in Input, t *table) *labels {
	index := interest.NewIndex(in.Book())
	l := &labels{}
	for _, s := range in.Sides {
		l.sides = append(l.sides, label{string(s.ID), s.Name})
	}
	for _, e := range t.entries {
		i, _ := index.Interest(e.id)
		el := entryLabel{label: label{string(e.id), i.Title}, tier: e.tier}
		for _, s := range t.sides {
			c, _ := i.Counterpart(s)
			el.roles = append(el.roles, roleWords(c))
		}
		l.entries = append(l.entries, el)
	}
	affects := map[interest.TopicID][]i18n.Text{}
	for _, topic := range in.Topics {
		affects[topic.ID] = topic.Affects
	}
	for k, i := range t.issues {
		il := issueLabel{label: label{string(i.topic), i.title}, position: k, affects: affects[i.topic]}
		for k, o := range i.options {
			il.options = append(il.options, optionLabel{label{o.id, o.title}, k, o.act})
		}
		l.issues = append(l.issues, il)
	}
	for _, n := range t.ruleNumbers {
		l.rules = append(l.rules, ruleLabel{n, in.Written.Rules[n-1].Note})
	}
	return l
}

// unstatedRole stands in output for a part that the author left open.
const unstatedRole = "unknown"

// roleWords is a stated role as the file words it: "key", "none-important", or
// "unknown". A part that is only potential starts at none.
func roleWords(c interest.Counterpart) string {
	if !c.Role.Known() {
		return unstatedRole
	}
	low := c.Role.Low
	if c.Effect == interest.Potential {
		low = interest.None
	}
	if low == c.Role.High {
		return low.String()
	}
	return low.String() + "-" + c.Role.High.String()
}

func (l *labels) reorder(o *order) *labels {
	n := &labels{}
	for _, s := range o.sides {
		n.sides = append(n.sides, l.sides[s])
	}
	for _, k := range o.entries {
		e := l.entries[k]
		roles := e.roles
		e.roles = nil
		for _, s := range o.sides {
			e.roles = append(e.roles, roles[s])
		}
		n.entries = append(n.entries, e)
	}
	for _, k := range o.issues {
		i := l.issues[k]
		options := i.options
		i.options = nil
		for _, ok := range o.options[k] {
			i.options = append(i.options, options[ok])
		}
		n.issues = append(n.issues, i)
	}
	for _, k := range o.rules {
		n.rules = append(n.rules, l.rules[k])
	}
	return n
}

// anonymous names everything by its canonical number.
func (l *labels) anonymous() *labels {
	name := func(prefix string, i int) label {
		id := fmt.Sprintf("%s%d", prefix, i+1)
		return label{id, i18n.Text{"en": id, "ru": id}}
	}
	n := &labels{}
	for i := range l.sides {
		n.sides = append(n.sides, name("side", i))
	}
	for i, e := range l.entries {
		roles := make([]string, len(e.roles))
		n.entries = append(n.entries, entryLabel{label: name("interest", i), tier: e.tier, roles: roles})
	}
	for i, is := range l.issues {
		il := issueLabel{label: name("topic", i), position: i}
		for k, o := range is.options {
			ol := optionLabel{label: name("option", k), position: k}
			if o.act != nil {
				ol.act = &interest.Act{Title: i18n.Text{"en": "act", "ru": "act"}}
			}
			il.options = append(il.options, ol)
		}
		n.issues = append(n.issues, il)
	}
	for k := range l.rules {
		n.rules = append(n.rules, ruleLabel{number: k + 1})
	}
	return n
}
