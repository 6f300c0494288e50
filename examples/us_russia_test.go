package examples

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"parley/dialogue"
	"parley/dossier"
	"parley/i18n"
	"parley/interest"
)

// facts are the two registers as the source states them, written down apart
// from the file: id, tier, horizon, the counterpart's part (+ helps, - hinders,
// ? potential), its priority, its direction.
const facts = `
RU-01 | vital | long | minor + | unknown | mixed
RU-02 | vital | long | important | unknown | parallel
RU-03 | vital | long | important | medium | unknown
RU-04 | vital | long | minor ? | unknown | unknown
RU-05 | vital | long | key | low to top | opposed
RU-06 | vital | long | minor | unknown | opposed
RU-07 | vital | long | key ? | high | parallel
RU-08 | vital | long | key | low | parallel
RU-09 | vital | immediate | key | medium | opposed
RU-10 | vital | immediate | key | low | unknown
RU-11 | vital | immediate | key | medium | opposed
RU-12 | important | - | key | top | parallel
RU-13 | important | - | key | medium | opposed
RU-14 | important | - | key | high | parallel
RU-15 | important | - | important | high | parallel
RU-16 | important | - | key | high | parallel
RU-17 | important | - | important | high | parallel
RU-18 | important | - | important | medium | unknown
RU-19 | important | - | minor | medium neg | opposed
RU-20 | important | - | minor | medium to high | unknown
RU-21 | important | - | medium - | medium | opposed
RU-22 | important | - | key | medium | parallel
RU-23 | important | - | key | top | parallel
RU-24 | important | - | medium | high | opposed
RU-25 | important | - | key | high | parallel
RU-26 | secondary | - | key | low neg | opposed
RU-27 | secondary | - | important | medium | opposed
RU-28 | secondary | - | important | medium | opposed
RU-29 | secondary | - | key | top | parallel
RU-30 | secondary | - | important | medium | parallel
RU-31 | secondary | - | important | low | parallel
RU-32 | secondary | - | important ? | low | unknown
US-01 | vital | long | medium | medium neg | opposed
US-02 | vital | long | key | medium to high | parallel
US-03 | vital | long | key | high | parallel
US-04 | vital | long | key | top | opposed
US-05 | vital | long | key | low to medium | parallel
US-06 | vital | immediate | key | medium to high | parallel
US-07 | vital | immediate | key ? | medium to high | parallel
US-08 | vital | immediate | minor | low | unknown
US-09 | vital | immediate | important ? | medium | parallel
US-10 | vital | immediate | important ? | medium | parallel
US-11 | important | - | important ? | low | unknown
US-12 | important | - | important ? | high | parallel
US-13 | important | - | important | high | parallel
US-14 | important | - | key ? | medium | mixed
US-15 | important | - | key - | high | opposed
US-16 | important | - | key - | top | opposed
US-17 | important | - | key - | high | opposed
US-18 | important | - | none to important - | medium | opposed
US-19 | important | - | key | medium to high | unknown
US-20 | important | - | minor | medium to high | opposed
US-21 | important | - | medium | low | parallel
US-22 | important | - | key ? | low | parallel
US-23 | secondary | - | key | top | opposed
US-24 | secondary | - | key ? | low to medium | unknown
US-25 | secondary | - | key | top | opposed
US-26 | secondary | - | key | top | opposed
US-27 | secondary | - | key | low | opposed
US-28 | secondary | - | medium | low | parallel
`

// remarks are the entries on which the source adds something in brackets, about
// the counterpart or, where it says so, about the interest itself.
const remarks = "RU-01 RU-05 RU-06 RU-07 RU-09 RU-11 RU-13 RU-14 RU-21 RU-22 US-03:interest US-04 US-14:interest US-17:interest US-18 US-27"

// links are the topics, each as relation and interests.
const links = `
shared RU-02 US-05
shared RU-07 US-03
shared RU-08 US-05
shared RU-12 US-06
shared RU-14 US-10
shared RU-15 US-12
shared RU-16 US-02
shared RU-17 US-13
shared RU-23 US-07
shared RU-25 US-09
shared RU-29 US-08 US-24
shared RU-30 US-21
shared RU-31 US-28
opposed RU-05 US-04
opposed RU-06 US-04
opposed RU-09 US-16
opposed RU-11 US-16
opposed RU-10 US-17
opposed RU-13 US-23
opposed RU-24 US-06 US-14
opposed RU-26 US-26
opposed RU-27 US-20
opposed RU-28 US-18
opposed RU-18 US-19
opposed RU-03 US-01
opposed RU-21 US-11
one-sided RU-01
one-sided RU-04
one-sided RU-19
one-sided RU-20
one-sided RU-22
one-sided RU-32
one-sided US-15
one-sided US-22
one-sided US-25
one-sided US-27
`

func lines(s string) []string { return strings.Split(strings.TrimSpace(s), "\n") }

func TestRegistersSayWhatTheSourceSays(t *testing.T) {
	d := example(t, "us-russia-2009.yaml")
	var got, gotRemarks []string
	for _, r := range d.Registers {
		for _, i := range r.Interests {
			got = append(got, row(t, r.Subject, i))
			if len(i.Note) > 0 {
				gotRemarks = append(gotRemarks, string(i.ID)+":interest")
			}
			if len(i.Counterparts[0].Note) > 0 {
				gotRemarks = append(gotRemarks, string(i.ID))
			}
		}
	}
	want := lines(facts)
	if len(got) != len(want) {
		t.Fatalf("got %d interests, want %d", len(got), len(want))
	}
	for n := range want {
		if got[n] != want[n] {
			t.Errorf("got  %s\nwant %s", got[n], want[n])
		}
	}
	if got := strings.Join(gotRemarks, " "); got != remarks {
		t.Errorf("remarks: got %s, want %s", got, remarks)
	}
}

// row writes an entry as facts has it.
func row(t *testing.T, subject dialogue.SideID, i interest.Interest) string {
	t.Helper()
	other := map[dialogue.SideID]dialogue.SideID{"RU": "US", "US": "RU"}[subject]
	c, ok := i.Counterpart(other)
	if !ok || len(i.Counterparts) != 1 {
		t.Fatalf("%s: got counterparts %v, want %s alone", i.ID, i.Counterparts, other)
	}
	role := between(c.Role.Low.String(), c.Role.High.String()) + map[interest.Effect]string{
		interest.Helps: " +", interest.Hinders: " -", interest.Potential: " ?",
	}[c.Effect]
	priority := between(c.Priority.Low.String(), c.Priority.High.String())
	switch c.Tone {
	case interest.Negative:
		priority += " neg"
	case interest.Neutral, interest.Positive:
		t.Errorf("%s: tone %s is not in the source", i.ID, c.Tone)
	}
	return strings.Join([]string{
		string(i.ID), i.Tier.String(), stated(i.Horizon.String(), "-"), role, priority, stated(c.Alignment.String(), "unknown"),
	}, " | ")
}

func between(low, high string) string {
	if low != high {
		return low + " to " + high
	}
	return stated(low, "unknown")
}

func stated(word, otherwise string) string {
	if word == "" {
		return otherwise
	}
	return word
}

func TestRegisterCounts(t *testing.T) {
	d := example(t, "us-russia-2009.yaml")
	want := []string{"RU by RU 2009-06: 11 vital, 3 of them immediate, 14 important, 7 secondary", "US by RU 2009-06: 10 vital, 5 of them immediate, 12 important, 6 secondary"}
	var got []string
	for _, r := range d.Registers {
		tiers, immediate := map[interest.Tier]int{}, 0
		for _, i := range r.Interests {
			tiers[i.Tier]++
			if i.Horizon == interest.Immediate {
				immediate++
			}
			if (i.Horizon == interest.HorizonUnstated) != (i.Tier != interest.Vital) {
				t.Errorf("%s: %s and %q; the source gives a horizon to vital interests alone", i.ID, i.Tier, i.Horizon)
			}
		}
		got = append(got, fmt.Sprintf("%s by %s %s: %d vital, %d of them immediate, %d important, %d secondary",
			r.Subject, r.Author.Side, r.Date, tiers[interest.Vital], immediate, tiers[interest.Important], tiers[interest.Secondary]))
		if r.Declared() != (r.Subject == "RU") || len(r.Author.Name) == 0 || len(r.Source) == 0 {
			t.Errorf("the register about %s does not say who wrote it: %+v", r.Subject, r.Author)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTopicsAreTheLinksOfTheSource(t *testing.T) {
	d := example(t, "us-russia-2009.yaml")
	var got []string
	uses := map[interest.ID]int{}
	for _, topic := range d.Topics {
		link := topic.Relation.String()
		for _, id := range topic.Interests {
			link += " " + string(id)
			uses[id]++
		}
		got = append(got, link)
		if topic.Divisible || topic.Minimum != 0 || topic.Share != nil || topic.Camps != nil {
			t.Errorf("%s: the source says nothing of halves, minimum, shares or camps", topic.ID)
		}
		if topic.Author.Side != "" || len(topic.Author.Name) == 0 || topic.Date == "" {
			t.Errorf("%s: the link has no neutral author or no date: %+v %q", topic.ID, topic.Author, topic.Date)
		}
		if named := topic.ID == "afghanistan" || topic.ID == "north-korea"; (topic.Act != nil) != named {
			t.Errorf("%s: act %v; the source names Afghanistan and North Korea", topic.ID, topic.Act)
		} else if named && !slices.Equal(topic.Act.Actors, []dialogue.SideID{"RU", "US"}) {
			t.Errorf("%s: actors %v, want both", topic.ID, topic.Act.Actors)
		}
	}
	if want := lines(links); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	twice := map[interest.ID]bool{"US-04": true, "US-05": true, "US-06": true, "US-16": true}
	for _, r := range d.Registers {
		for _, i := range r.Interests {
			want := 1
			if twice[i.ID] {
				want = 2
			}
			if uses[i.ID] != want {
				t.Errorf("%s stands in %d topics, want %d", i.ID, uses[i.ID], want)
			}
		}
	}
	if d.Table != nil {
		t.Error("the source has no table")
	}
}

func TestAffectedAreNamed(t *testing.T) {
	want := strings.Split("Afghanistan, China, Cuba, Czech Republic, EU, Georgia, India, Iran, Iraq, Israel, Kosovo, Moldova, NATO members, "+
		"North Korea, Pakistan, Palestinians, Poland, Serbia, Syria, Ukraine, Venezuela", ", ")
	names := map[string]string{}
	for _, topic := range example(t, "us-russia-2009.yaml").Topics {
		for _, a := range topic.Affects {
			if ru, again := names[a["en"]]; again && ru != a["ru"] {
				t.Errorf("%s is called both %s and %s", a["en"], ru, a["ru"])
			}
			names[a["en"]] = a["ru"]
		}
	}
	var got []string
	for n := range names {
		got = append(got, n)
	}
	if slices.Sort(got); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestNamedMatters(t *testing.T) {
	want := map[interest.NamedAs]int{interest.AsQuickWin: 1, interest.AsPrerequisite: 2, interest.AsSphere: 9, interest.AsAsk: 5}
	got := map[interest.NamedAs]int{}
	for _, n := range example(t, "us-russia-2009.yaml").Named {
		got[n.As]++
		if n.By.Side != "RU" {
			t.Errorf("%s: named by %+v, want the authors of the source", n.ID, n.By)
		}
		if (n.Of == "US") != (n.As == interest.AsAsk) {
			t.Errorf("%s: of %q", n.ID, n.Of)
		}
		if n.Act != nil {
			t.Errorf("%s: the source describes no act", n.ID)
		}
	}
	for as, count := range want {
		if got[as] != count {
			t.Errorf("%s: got %d, want %d", as, got[as], count)
		}
	}
}

// TestTitlesTakeNoSide looks for words that one side alone would use, or that
// hurt a reader of another.
func TestTitlesTakeNoSide(t *testing.T) {
	loaded := []string{
		"CIS", "near abroad", "expansion", "status quo", "occup", "annex", "junior", "regimes", "third site", "sphere of", "bomb", "deal",
		"СНГ", "ближн", "экспанси", "статус-кво", "оккуп", "аннекс", "младш", "третий позиционный", "бомб", "сделк",
		"русск", "на Украин", "в Украин", "агент", "Прибалтик",
	}
	allowed := []string{"Ближнего Востока", "Ближний Восток"}
	for _, title := range titles(example(t, "us-russia-2009.yaml")) {
		for _, lang := range i18n.Languages {
			words := title[lang]
			for _, a := range allowed {
				words = strings.ReplaceAll(words, a, "")
			}
			for _, l := range loaded {
				if strings.Contains(strings.ToLower(words), strings.ToLower(l)) {
					t.Errorf("%q has %q", title[lang], l)
				}
			}
			if n := len([]rune(words)); n > 90 {
				t.Errorf("%q has %d characters", words, n)
			}
		}
	}
}

func titles(d *dossier.Dossier) []i18n.Text {
	out := []i18n.Text{d.Dialogue.Title}
	for _, r := range d.Registers {
		for _, i := range r.Interests {
			out = append(out, i.Title)
		}
	}
	for _, topic := range d.Topics {
		out = append(out, topic.Title)
	}
	for _, n := range d.Named {
		out = append(out, n.Title)
	}
	return out
}

// TestSourceDisagreesWithItself: ten contradictions in eight topics, and no
// belief about anybody who speaks for himself.
func TestSourceDisagreesWithItself(t *testing.T) {
	c := example(t, "us-russia-2009.yaml").Compare("en")
	perTopic := map[string]int{}
	for _, b := range c.Perception {
		perTopic[b.Topic]++
		if b.Basis != interest.WithinOneSource || b.BelievedBy != "RU" {
			t.Errorf("%+v: want one source, by RU", b)
		}
	}
	want := map[string]int{
		"no-nuclear-war": 2, "world-institutions": 2, "no-great-war": 1, "middle-east": 1, "european-security": 1,
		"missile-defence-site": 1, "south-caucasus": 1, "energy": 1,
	}
	if fmt.Sprint(perTopic) != fmt.Sprint(want) || len(c.Perception) != 10 {
		t.Errorf("got %v, want %v", perTopic, want)
	}
	if len(c.Unmatched) != 0 || len(c.BetweenAuthors) != 0 || len(c.Unregistered) != 17 {
		t.Errorf("unmatched %v, between authors %v, unregistered %d", c.Unmatched, c.BetweenAuthors, len(c.Unregistered))
	}
	asked := map[string]bool{}
	for _, a := range c.Asks {
		asked[a.Interest] = true
	}
	for _, id := range []string{"RU-01", "RU-04", "RU-19", "RU-20", "RU-32", "US-15", "US-25", "US-27"} {
		if !asked[id] {
			t.Errorf("%s is not among the asks", id)
		}
	}
	if len(asked) != 8 {
		t.Errorf("asks: got %v, want eight", asked)
	}
}
