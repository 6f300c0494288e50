package again

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
)

// must ends the check of a bundle that contradicts itself.
func must(holds bool, what string) {
	if !holds {
		panic(what)
	}
}

// checkLabels makes sure that everything has one name of its own, that the
// words for parts fit their numbers, and that options said to be alike are.
func (p *proof) checkLabels() {
	l := p.labels
	must(len(l.Sides) == p.Sides && len(l.Interests) == len(p.Interests) && len(l.Issues) == len(p.Issues), "as many names as things")
	seen := map[string]bool{}
	once := func(id string) {
		must(!seen[id], id+" names one thing")
		seen[id] = true
	}
	for _, s := range l.Sides {
		once("side " + s.ID)
	}
	for n, i := range l.Interests {
		if i.ID != "" {
			once("interest " + i.ID)
		}
		must(len(i.Parts) == p.Sides, "a word for the part of each side")
		for s, word := range i.Parts {
			must(p.fits(word, p.Interests[n].Roles[s], s == p.Interests[n].Side), fmt.Sprintf("%s: the part is %s", i.ID, word))
		}
	}
	var places []int
	for k, i := range l.Issues {
		once("issue " + i.ID)
		places = append(places, i.Place)
		for _, who := range i.Affects {
			once("one affected by " + i.ID + " " + in(who, "en"))
		}
		must(len(i.Options) == len(p.Issues[k].Options), "as many names as options")
		var order []int
		for m, o := range i.Options {
			order = append(order, o.Place)
			once("option " + i.ID + " " + o.ID)
			must((o.Act == nil || p.Issues[k].Options[m].Act) && (o.Actors != nil) == (o.Act != nil), "an act where there is one")
		}
		permutation(order, len(i.Options))
	}
	permutation(places, len(p.Issues))
	must(len(l.Rules) == len(p.Rules), "a number for each rule")
	for _, u := range l.Rules {
		once(fmt.Sprint("rule ", u.Number))
	}
	for lang, order := range l.ByName {
		must(p.words[lang] != nil, "known languages")
		permutation(order, p.Sides)
	}
	for _, class := range p.alike {
		for _, m := range class {
			once(fmt.Sprint("class of ", m))
			must(p.content(m) == p.content(class[0]) && len(class) > 1, "options alike have the same content")
		}
	}
}

func permutation(of []int, n int) {
	sorted := slices.Sorted(slices.Values(of))
	must(len(of) == n && (n == 0 || sorted[0] == 0 && sorted[n-1] == n-1 && len(slices.Compact(sorted)) == n), "an order of all")
}

// fits reports whether a word or a range of two names the interval of a part. One that is not stated may be, where it is
// only potential, any from none.
func (p *proof) fits(word string, part [2]string, own bool) bool {
	if own || word == "unknown" {
		return own && word == "" || word == "unknown" && part[1] == p.labels.Unstated[1] && (part[0] == p.labels.Unstated[0] || part[0] == p.RoleScale[0])
	}
	for a, low := range partWords {
		for b, high := range partWords {
			if (word == low && a == b || word == low+"-"+high) && part == [2]string{p.RoleScale[a], p.RoleScale[b]} {
				return true
			}
		}
	}
	return false
}

// content is what an option does without any names.
func (p *proof) content(m [2]int) string {
	is := p.Issues[m[0]]
	o := is.Options[m[1]]
	var does []string
	for _, e := range o.Effects {
		does = append(does, fmt.Sprint(p.Interests[e.Interest].Tier, e.Stake, e.Base, e.Factor, len(e.Gain), len(e.Loss)))
	}
	points := slices.Sorted(slices.Values(o.Points))
	slices.Sort(does)
	return fmt.Sprint(is.Relation, is.Written, is.Contested, len(is.Options), m[1] == 0, m[1] == is.Fullest, o.Free, o.Act, len(o.Movers), len(o.Actors), does, points)
}

// checkUse makes sure that every name in the bundle is one that the statements say.
func (p *proof) checkUse(anew []any) {
	data, err := json.Marshal(anew)
	must(err == nil, "statements")
	says := func(words, form string) {
		quoted, _ := json.Marshal(words)
		must(bytes.Contains(data, bytes.Trim(quoted, form)), words+" is said")
	}
	titled := func(t text) {
		for lang, words := range t {
			must(p.words[lang] != nil, "known languages")
			says(p.say(lang, "deal.quoted", "Words", words), `"`)
		}
	}
	for _, i := range p.labels.Interests {
		titled(i.Title)
		inside := func(form string) bool { return bytes.Contains(data, []byte(form)) }
		id, _ := json.Marshal(i.ID)
		bare := string(bytes.Trim(id, `"`))
		must(i.ID == "" || inside(string(id)) || inside(`"`+bare+" ") || inside(" "+bare+" ") || inside(" "+bare+`"`), i.ID+" is said")
	}
	for _, i := range p.labels.Issues {
		titled(i.Title)
		for _, who := range i.Affects {
			for _, words := range who {
				says(words, "")
			}
		}
		for _, o := range i.Options {
			for _, words := range o.Act {
				says(words, "")
			}
		}
	}
}
