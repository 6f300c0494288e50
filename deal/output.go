package deal

import (
	"math/big"
	"slices"

	"parley/i18n"
	"parley/interest"
)

// answer puts the names back on everything that was found.
func (s *search) answer() *Answer {
	r, c := s.readings[0], s.results[0]
	a := &Answer{
		Question:         s.questionInfo(),
		Exact:            !r.rounded,
		Space:            Space{Issues: len(s.q.table.issues), Packages: s.q.packages().String()},
		Frontier:         []Point{},
		FrontierComplete: s.complete,
		Solutions:        s.solutions,
		Opposition:       s.opposition(),
		Integrative:      s.integrative(),
		QuickWins:        []QuickWin{},
		SameDirection:    []Choice{},
		Swaps:            []Swap{},
		Deals:            []Deal{},
		Undecided:        []string{},
		UndecidedWhy:     map[string]string{},
		Choices:          []ChoiceShare{},
		Issues:           []IssueInfo{},
		Rules:            s.rules(),
		Conflict:         s.conflictInfo(),
		Cover:            s.cover,
		Representatives:  s.representatives(),
		Roadmaps:         []Roadmap{},
		Warnings:         append([]string{}, s.warnings...),
	}
	a.Baseline = Package{Choices: map[string]string{}, Points: s.points64(r.base)}
	if r.baseline != nil {
		a.Baseline.Choices = s.choices(r.baseline)
	}
	for _, p := range s.points {
		a.Frontier = append(a.Frontier, Point{Choices: s.choices(p.Choice), Points: s.points64(p.Values), Count: Count{p.Count}})
	}
	if s.gap != nil {
		a.FrontierGap = s.points64(s.gap)
	}
	s.addCertain(a, c)
	s.addDeals(a)
	s.addIssues(a, c)
	a.ChangesWithStakes = s.changes()
	a.WarningText = warningText(a.Warnings)
	return a
}

func (s *search) questionInfo() QuestionInfo {
	q := s.q
	info := QuestionInfo{
		SHA256: q.SHA256(), Engine: q.Engine, Seed: q.Seed, Samples: q.Samples, Stakes: string(q.Stakes), Baseline: string(q.Baseline),
		Scale: s.scales(), Roles: map[string]string{},
	}
	if q.table.disagreement != nil {
		info.Baseline = string(Disagreement)
	}
	for i, v := range q.RoleScale {
		info.Roles[(interest.None + interest.Role(i)).String()] = v
	}
	info.Roles[unstatedRole] = "[" + q.unstated[0] + ", " + q.unstated[1] + "]"
	return info
}

// scales are, by side, the points that a full gain on every interest would make,
// or one point of its table.
func (s *search) scales() map[string]string {
	out := map[string]string{}
	for p, unit := range s.readings[0].scale {
		out[s.q.labels.sides[p].id] = unit.String()
	}
	return out
}

func (s *search) choices(choice []int) map[string]string {
	out := map[string]string{}
	for i, k := range choice {
		l := &s.q.labels.issues[i]
		out[l.id] = l.options[k].id
	}
	return out
}

func (s *search) points64(values []int64) map[string]int64 {
	out := map[string]int64{}
	for p, v := range values {
		out[s.q.labels.sides[p].id] = v
	}
	return out
}

func (s *search) choice(m move) Choice {
	l := &s.q.labels.issues[m.issue]
	return Choice{l.id, l.options[m.option].id}
}

// inFileOrder lists the issues as the file has them.
func (s *search) inFileOrder() []int {
	out := make([]int, len(s.q.labels.issues))
	for i := range out {
		out[s.q.labels.issues[i].position] = i
	}
	return out
}

func (s *search) byFile(a, b move) int {
	return s.q.labels.issues[a.issue].position - s.q.labels.issues[b.issue].position
}

// optionsInFileOrder are the options of an issue; those of an interval follow one
// another.
func (s *search) optionsInFileOrder(issue int) []int {
	of := s.q.labels.issues[issue].options
	out := make([]int, len(of))
	for k := range out {
		out[of[k].position] = k
	}
	return out
}

func (s *search) addCertain(a *Answer, c *conclusions) {
	slices.SortStableFunc(c.quickWins, s.byFile)
	for _, m := range c.quickWins {
		l := &s.q.labels.issues[m.issue].options[m.option]
		ch := s.choice(m)
		w := QuickWin{
			Topic: ch.Topic, Option: ch.Option, Act: l.act.Title, Actors: []string{},
			Proof: s.certain[0].proof(s.certain[0].sum([]move{m}), s.q.labels), Because: s.becauseFree(m),
		}
		for _, actor := range l.act.Actors {
			w.Actors = append(w.Actors, string(actor))
		}
		a.QuickWins = append(a.QuickWins, w)
	}
	slices.SortStableFunc(c.sameDirection, s.byFile)
	for _, m := range c.sameDirection {
		a.SameDirection = append(a.SameDirection, s.choice(m))
	}
	for _, set := range c.swaps {
		a.Swaps = append(a.Swaps, s.swap(set))
	}
}

func (s *search) swap(set []move) Swap {
	c := s.certain[0]
	sum := c.sum(set)
	return Swap{
		Moves: s.moves(set), Proof: c.proof(sum, s.q.labels), FlipsIf: s.flips(set),
		NotAtTheTable: s.affected(set), Because: s.becauseSwap(set), OneInterest: s.touchedTwice(set),
	}
}

func (s *search) moves(set []move) []Move {
	out := []Move{}
	for _, m := range set {
		ch := s.choice(m)
		for _, p := range s.q.table.issues[m.issue].options[m.option].movers {
			out = append(out, Move{ch.Topic, ch.Option, s.q.labels.sides[p].id})
		}
	}
	return out
}

func (s *search) flips(set []move) []Flip {
	out := []Flip{}
	for _, f := range s.certain[0].flips(set) {
		e := &s.q.labels.entries[f.entry]
		if f.side < 0 {
			out = append(out, Flip{Kind: "tier", Interest: e.id, From: tierWord(e.tier), To: f.tier.String(), Steps: f.steps})
			continue
		}
		out = append(out, Flip{
			Kind: "role", Interest: e.id, Side: s.q.labels.sides[f.side].id, From: e.roles[f.side], To: f.role.String(), Steps: f.steps,
		})
	}
	return out
}

// affected names those who are not at the table and whom the topics of the
// moves affect, each once, in the order of the file.
func (s *search) affected(set []move) []map[string]string {
	out := []map[string]string{}
	seen := map[string]bool{}
	ordered := slices.Clone(set)
	slices.SortStableFunc(ordered, s.byFile)
	for _, m := range ordered {
		for _, who := range s.q.labels.issues[m.issue].affects {
			if name := who.In(i18n.Languages[0]); !seen[name] {
				seen[name] = true
				out = append(out, who)
			}
		}
	}
	return out
}

// touchedTwice lists the interests at stake in several topics of which one is
// moved on here: each counts once in all of them together.
func (s *search) touchedTwice(set []move) []string {
	out := []string{}
	if s.readings[0].full {
		return out
	}
	whole := big.NewRat(1, 1)
	for _, m := range set {
		for _, e := range s.q.table.issues[m.issue].options[m.option].effects {
			id := s.q.labels.entries[e.entry].id
			if e.stake.Cmp(whole) < 0 && !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	slices.Sort(out)
	return out
}

func (s *search) addIssues(a *Answer, c *conclusions) {
	r := s.readings[0]
	for _, i := range s.inFileOrder() {
		l, is := &s.q.labels.issues[i], &s.q.table.issues[i]
		info := IssueInfo{Topic: l.id, Relation: is.relation.String(), Written: is.written}
		for _, k := range s.optionsInFileOrder(i) {
			o, share := &is.options[k], Share{}
			if c.shares != nil {
				share = c.shares[i][k]
			}
			a.Choices = append(a.Choices, ChoiceShare{l.id, l.options[k].id, share})
			oi := OptionInfo{
				Option: l.options[k].id, Title: l.options[k].title, Movers: []string{}, Actors: []string{},
				Free: o.free, Baseline: r.baseline != nil && r.baseline[i] == k, Points: s.points64(r.table.Issues[i][k]),
			}
			for _, p := range o.movers {
				oi.Movers = append(oi.Movers, s.q.labels.sides[p].id)
			}
			for _, p := range o.actors {
				oi.Actors = append(oi.Actors, s.q.labels.sides[p].id)
			}
			info.Options = append(info.Options, oi)
		}
		a.Issues = append(a.Issues, info)
		if c.undecided[i] != "" {
			a.Undecided = append(a.Undecided, l.id)
			a.UndecidedWhy[l.id] = c.undecided[i]
		}
	}
}

func (s *search) addDeals(a *Answer) {
	if len(s.proposals) == 0 {
		return
	}
	r, c := s.readings[0], s.results[0]
	core := map[string]string{}
	var coreShare Share
	if s.nash != nil {
		coreShare = s.share(s.nash[0].coreCount(c.core))
		for i, k := range c.core {
			if k >= 0 {
				ch := s.choice(move{i, k})
				core[ch.Topic] = ch.Option
			}
		}
	}
	coreAcceptable, coreEfficient := s.acceptable(s.core), s.efficient(s.core)
	if !r.space.Feasible(r.corePackage(c.core)) { // it is no package: nobody can take it alone
		coreEfficient = Share{}
		for side := range coreAcceptable {
			coreAcceptable[side] = Share{}
		}
	}
	for _, p := range s.proposals {
		set := s.paidMoves(p.choice)
		a.Deals = append(a.Deals, Deal{
			Core: core, Choices: s.choices(p.choice), Points: s.points64(r.value(p.choice)),
			Acceptable: s.acceptable(p.support), Efficient: s.efficient(p.support), Nash: s.share(p.nash), CoreShare: coreShare,
			CoreAcceptable: coreAcceptable, CoreEfficient: coreEfficient,
			Because: s.becauseDeal(set), NotAtTheTable: s.affected(set),
		})
	}
}

// paidMoves are the options of a package by which somebody gives something up,
// in the order of the file.
func (s *search) paidMoves(choice []int) []move {
	var out []move
	for _, i := range s.inFileOrder() {
		if k := choice[i]; k > 0 && len(s.q.table.issues[i].options[k].movers) > 0 {
			out = append(out, move{i, k})
		}
	}
	return out
}

func (s *search) share(n int64) Share {
	if s.nash == nil {
		return Share{}
	}
	return Share{n, int64(s.q.Samples)}
}

// efficient is unknown where any of the tests hit its bound.
func (s *search) efficient(p support) Share {
	if p.undecided > 0 {
		return Share{}
	}
	return s.share(p.efficient)
}

func (s *search) acceptable(p support) map[string]Share {
	out := map[string]Share{"all": s.share(p.all)}
	for side, l := range s.q.labels.sides {
		var n int64
		if p.acceptable != nil {
			n = p.acceptable[side]
		}
		out[l.id] = s.share(n)
	}
	return out
}

// changes lists the conclusions that hold under one reading of the stakes alone.
func (s *search) changes() []StakesChange {
	out := []StakesChange{}
	for i, r := range s.results {
		other := s.results[1-i]
		stakes := string(Split)
		if s.readings[i].full {
			stakes = string(Full)
		}
		for _, m := range r.quickWins {
			if !slices.Contains(other.quickWins, m) {
				ch := s.choice(m)
				out = append(out, StakesChange{Kind: "quick-win", Stakes: stakes, Topic: ch.Topic, Option: ch.Option})
			}
		}
		for _, set := range r.swaps {
			if !slices.ContainsFunc(other.swaps, func(o []move) bool { return slices.Equal(o, set) }) {
				out = append(out, StakesChange{Kind: "swap", Stakes: stakes, Moves: s.moves(set)})
			}
		}
		for _, k := range s.inFileOrder() {
			topic := s.q.labels.issues[k].id
			if r.core[k] >= 0 && other.core[k] != r.core[k] {
				out = append(out, StakesChange{Kind: "core", Stakes: stakes, Topic: topic, Option: s.q.labels.issues[k].options[r.core[k]].id})
			}
			if r.undecided[k] != "" && other.undecided[k] == "" {
				out = append(out, StakesChange{Kind: "undecided", Stakes: stakes, Topic: topic})
			}
		}
	}
	return out
}
