package again

import (
	"maps"
	"math/big"
	"slices"
)

// whyBudget bounds how many packages are tried for a better one.
const whyBudget = 2_000_000

// whyStatements are what a bundle with an answer to "why not this package?" states.
var whyStatements = []string{"table", "why_not"}

// whyNot is the work on one package that somebody put together.
type whyNot struct {
	*reading
	asked, said obj
	choice      []int
	open        []int // issues that the search fills in
	broken      bool
	fare        []int64 // by side, all, efficient: in how many samples; nil where none are drawn
	efficient   bool    // it is known in how many it is
	reasons     []reason
}

// reason is one true reason against the package.
type reason struct {
	kind    string
	rules   []int  // places in the table
	choices []move // that cannot stand together
	side    int
	share   any   // of the samples, nil where none are drawn or it is not known
	lost    int64 // of the samples, those in which something does not hold
	always  bool
	better  []int
}

// deriveWhyNot makes the statements of an answer to "why not this package?" anew.
func (p *proof) deriveWhyNot(known *derived, asked obj) ([]any, map[string][]Open) {
	p.checkLabels()
	if known.reading == nil {
		p.prepare()
		p.findWays()
		r := p.read(map[string]int{"split": 0, "full": 1}[p.Stakes])
		p.draws = p.Samples
		r.nash = make([][]int, p.Samples)
		r.front = r.countCapped(r.table.merge(nil, nil, 0))
		r.fair = r.solutions()
		known.reading = r
	}
	r := known.reading.saying(p)
	said, _ := p.claim["why_not"].(obj)
	if r.rounded {
		r.leave("why_not", "rounded-alone", "rounding")
	}
	x := &whyNot{reading: r, asked: asked, said: said, choice: r.after(nil)}
	return []any{plain(r.wholeTable()), witnessed(func() any { return plain(x.derive()) })}, r.proof.open
}

// saying is the same table with the names and the claims of a bundle.
func (r *reading) saying(of *proof) *reading {
	p, out := *r.proof, *r
	p.labels, p.claim, p.open = of.labels, of.claim, map[string][]Open{}
	out.proof, out.table.reading = &p, &out
	p.readings[0] = &out
	return &out
}

func (x *whyNot) derive() any {
	x.compose()
	base := obj{"choices": obj{}, "points": x.points(x.base)}
	if x.at != nil {
		base["choices"] = x.choices(x.at)
	}
	open := []string{}
	for _, i := range x.open {
		open = append(open, x.labels.Issues[i].ID)
	}
	slices.Sort(open)
	x.fill()
	x.breaks()
	out := obj{"baseline_package": base, "open": open, "changes": list{}}
	if !x.broken && x.Samples > 0 {
		out["fares"] = x.fares()
	}
	x.worse()
	x.improvable()
	balanced := x.balanced()
	if balanced != nil {
		out["balanced"] = x.pack(balanced)
		out["changes"] = x.named(x.changes(balanced))
	}
	slices.SortStableFunc(x.reasons, func(a, b reason) int { return a.rank() - b.rank() })
	reasons := list{}
	for _, r := range x.reasons {
		reasons = append(reasons, x.reasonSaid(r))
	}
	return with(out, obj{
		"package": x.pack(x.choice), "reasons": reasons,
		"because": x.because(func(lang string) []string { return x.says(lang, balanced) }),
	})
}

func (x *whyNot) pack(choice []int) obj {
	return obj{"choices": x.choices(choice), "points": x.points(x.capped(x.table.value(choice)))}
}

func (r reason) rank() int {
	n := slices.Index([]string{"breaks-rules", "always-worse", "improvable", "worse"}, r.kind)
	if r.kind == "improvable" && !r.always {
		return 4
	}
	return n
}

// compose is the package as it was asked about: what is not named stays as in the baseline.
func (x *whyNot) compose() {
	if x.at != nil {
		x.choice = slices.Clone(x.at)
	}
	found := 0
	for i, l := range x.labels.Issues {
		id, given := x.asked[l.ID]
		if !given {
			continue
		}
		found++
		if id == "" {
			x.open = append(x.open, i)
			continue
		}
		known := false
		for k, o := range l.Options {
			if id == o.ID {
				x.choice[i], known = k, true
			}
		}
		must(known, "what was asked about is an option")
	}
	must(found == len(x.asked), "what was asked about is a matter of the table")
}

// everybody are all sides, with the options that may be; nil: all of them.
func (r *reading) everybody(may func(m move) bool) *group {
	g := &group{band: 1<<r.Sides - 1}
	for i, is := range r.Issues {
		keep := make([]bool, len(is.Options))
		for k := range keep {
			keep[k] = may == nil || may(move{i, k})
		}
		g.keep = append(g.keep, keep)
	}
	return g
}

// fill gives open issues the options of the fairest package that has the chosen ones, or where none leaves everybody the
// baseline of one with the largest sum of points, which the bundle names. Where the rules exclude all, it says which.
func (x *whyNot) fill() {
	if len(x.open) == 0 {
		return
	}
	g := x.everybody(func(m move) bool { return m.option == x.choice[m.issue] || slices.Contains(x.open, m.issue) })
	choice, known := x.nashOf(g, x.base)
	if choice != nil {
		x.choice = choice
		return
	}
	sum := func(v row) *big.Rat {
		out := new(big.Rat)
		for _, n := range v {
			out.Add(out, big.NewRat(n, 1))
		}
		return out
	}
	best, all := x.largest(g, sum)
	if !known || !all {
		x.leave("why_not", "open-too-large", "package")
	} else if best == nil {
		x.broken = true
		x.clash()
		return
	}
	choice = x.chosen(field(field(x.said, "package"), "choices"))
	for i, k := range choice {
		must(g.keep[i][k], "the package has what was asked about")
	}
	must(x.reading.broken(choice) == nil, "what is filled in keeps the rules")
	must(!known || !all || sum(x.table.value(choice)).Cmp(sum(best)) == 0, "what is filled in gives the most points")
	x.choice = choice
}

// clash finds rules and choices that cannot hold together, of which none can be left out: what is left when each in turn,
// the rules first, is dropped where the rest cannot hold together either.
func (x *whyNot) clash() {
	rules, fixed := map[int]bool{}, map[int]bool{}
	for k, u := range x.Rules {
		rules[k] = u.Kind != "together"
	}
	for i := range x.Issues {
		fixed[i] = !slices.Contains(x.open, i)
	}
	holds := func() bool {
		g := x.everybody(func(m move) bool { return !fixed[m.issue] || m.option == x.choice[m.issue] })
		best, known := x.keeping(rules).largest(g, func(row) *big.Rat { return new(big.Rat) })
		must(known, "whether rules hold together is too much work")
		return best != nil
	}
	out := reason{kind: "breaks-rules", always: true}
	for k := range x.Rules {
		if rules[k] {
			rules[k] = false
			if rules[k] = holds(); rules[k] {
				out.rules = append(out.rules, k)
			}
		}
	}
	for i := range x.Issues {
		if fixed[i] {
			fixed[i] = false
			if fixed[i] = holds(); fixed[i] {
				out.choices = append(out.choices, move{i, x.choice[i]})
			}
		}
	}
	out.choices = x.inFile(out.choices)
	x.reasons = append(x.reasons, out)
}

// keeping is the reading with some of the rules that demand something.
func (r *reading) keeping(rules map[int]bool) *reading {
	p, out := *r.proof, *r
	p.Rules = slices.Clone(p.Rules)
	for k, u := range p.Rules {
		if u.Kind != "together" && !rules[k] {
			p.Rules[k] = rule{Kind: "together"} // one that gives nothing
		}
	}
	out.proof, out.links = &p, make([][]int, len(p.Rules))
	out.table.reading = &out
	out.link()
	return &out
}

// breaks names each rule that the package breaks, with choices that break it whatever else is chosen: what is left when each
// of its matters in turn is left open where the rest break it as well.
func (x *whyNot) breaks() {
	if x.broken {
		return
	}
	for _, k := range x.reading.broken(x.choice) {
		x.broken = true
		free, breaking := map[int]bool{}, []move{}
		for _, i := range x.links[k] {
			if free[i] = true; x.mayKeep(k, free) {
				free[i], breaking = false, append(breaking, move{i, x.choice[i]})
			}
		}
		x.reasons = append(x.reasons, reason{kind: "breaks-rules", rules: []int{k}, choices: x.inFile(breaking), always: true})
	}
	slices.SortStableFunc(x.reasons, func(a, b reason) int { return len(a.choices) - len(b.choices) })
}

// mayKeep reports whether some options of free issues keep a rule. Issues on which it depends only by a count or a sum take
// the option that does the most for it.
func (x *whyNot) mayKeep(k int, free map[int]bool) bool {
	u, choice, tied := x.Rules[k], slices.Clone(x.choice), map[int]bool{}
	tie := func(when []literal) {
		for _, l := range when {
			tied[l.Issue] = true
		}
	}
	tie(u.When)
	for j, other := range x.Rules {
		if u.Kind == "not-below" && x.gives[j][*u.Interest] != 0 {
			tie(other.When)
		}
	}
	var try []int
	for _, i := range x.links[k] {
		if free[i] && tied[i] {
			try = append(try, i)
		} else if free[i] {
			choice[i] = x.mostFor(u, i)
		}
	}
	var any func(try []int) bool
	any = func(try []int) bool {
		if len(try) == 0 {
			return x.keeps(k, choice)
		}
		for option := range x.Issues[try[0]].Options {
			if choice[try[0]] = option; any(try[1:]) {
				return true
			}
		}
		return false
	}
	return any(try)
}

// mostFor is an option of an issue that does the most for a rule by itself.
func (x *whyNot) mostFor(u rule, issue int) (best int) {
	does := func(option int) (n int64) {
		if u.Kind == "not-below" {
			return x.delta[move{issue, option}][*u.Interest]
		}
		for _, l := range u.Of {
			if l.Issue == issue && slices.Contains(l.Options, option) {
				n++
			}
		}
		return n
	}
	for option := range x.Issues[issue].Options {
		if does(option) > does(best) {
			best = option
		}
	}
	return best
}

// fares draws the samples anew. Where the search was ended in one of them the answer does not say in how many the package
// is efficient.
func (x *whyNot) fares() obj {
	x.fare = x.support([][]int{x.choice})[0]
	x.efficient = field(field(x.said, "fares"), "efficient") != nil
	den := int64(x.Samples)
	accepts := obj{"all": share(x.fare[x.Sides], den)}
	for s, l := range x.labels.Sides {
		accepts[l.ID] = share(x.fare[s], den)
	}
	out := obj{"acceptable": accepts, "efficient": share(x.fare[x.Sides+1], den)}
	if !x.efficient {
		x.leave("why_not", "efficient-open", "package")
		out["efficient"] = nil
	}
	return out
}

// lost is the share of the samples in which something does not hold, and their number.
func (x *whyNot) lost(held int64) (any, int64) {
	n := int64(x.Samples) - held
	return share(n, int64(x.Samples)), n
}

// worse names the sides that the package leaves below the baseline: under every ranking, or under the central weights.
func (x *whyNot) worse() {
	values := x.capped(x.table.value(x.choice))
	for s := 0; s < x.Sides && !x.broken; s++ {
		out := reason{kind: "worse", side: s}
		if x.fare != nil {
			out.share, out.lost = x.lost(x.fare[s])
		}
		below := values[s] < x.base[s]
		if out.always = x.exact() && below; !x.exact() && x.at != nil {
			loss := x.between(x.choice, x.at)
			out.always = x.neverLoses(s, loss) && x.mayGain(s, loss)
		}
		if out.always {
			out.kind = "always-worse"
		}
		if below || out.always {
			x.reasons = append(x.reasons, out)
		}
	}
}

// mayGain reports whether a side that cannot lose by a change gains by it under some ranking.
func (r *reading) mayGain(side int, sum row) bool {
	_, gains := r.loses(side, sum, r.tier)
	return gains
}

// balanced is the package that fair rules pick, the first of several; nil where none leaves everybody the baseline.
func (x *whyNot) balanced() (best []int) {
	for _, n := range x.fair["nash"].([]int) {
		if c := x.front[n].choice; best == nil || x.cap == nil && slices.Compare(c, best) < 0 {
			best = c
		}
	}
	return best
}

// changes are what a package does otherwise, as the file has the issues.
func (x *whyNot) changes(to []int) (out []move) {
	for _, m := range x.issuesInFile() {
		if m.option = to[m.issue]; m.option != x.choice[m.issue] {
			out = append(out, m)
		}
	}
	return out
}

func (x *whyNot) reasonSaid(r reason) obj {
	out := obj{"kind": r.kind, "because": x.because(func(lang string) []string { return x.reasonSays(lang, r) })}
	if r.rules != nil {
		numbers := []int{}
		for _, k := range r.rules {
			numbers = append(numbers, x.labels.Rules[k].Number)
		}
		out["rules"] = numbers
	}
	if r.choices != nil {
		out["choices"] = x.named(r.choices)
	}
	if r.kind == "worse" || r.kind == "always-worse" {
		out["side"] = x.labels.Sides[r.side].ID
	}
	if r.share != nil {
		out["share"] = r.share
	}
	if r.always {
		out["always"] = true
	}
	if r.better != nil {
		maps.Copy(out, obj{"better": x.pack(r.better), "changes": x.named(x.changes(r.better))})
	}
	return out
}
