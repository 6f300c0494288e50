package web

import (
	"cmp"
	"html/template"
	"slices"
	"strings"

	"parley/deal"
	"parley/dialogue"
	"parley/i18n"
	"parley/interest"
)

// dealsView is an answer as readers of one language see it, on the page and in
// a report. Sections carry the letters A to F.
type dealsView struct {
	voice
	Authorship   template.HTML
	Absent       template.HTML
	Two          bool // exactly two sides: "both", not "all"
	Exact        bool // a table of points: no rankings, and nothing to sample
	Steps        []firstStep
	NamedSteps   []namedMatter
	Same         []matter
	AlsoNamed    []namedGroup
	Swaps        []swapCard
	Packages     []packageCard
	MorePackages int
	Sampled      bool
	Strengths    template.HTML // the packages side by side
	Undecided    []openMatter
	Asked        []askedSide
	Picture      *picture
	Made         making
	Warnings     []string
	Suppose      string // address of the page "Suppose"; empty in a report
	Object       string // address of how to object; empty in a report
	Together     []string
	Rules        []tableRule
	Weights      []weighty     // what registers say about weights beyond ranks
	Conflict     *conflictView // nil where something stands
	Barren       bool          // no package keeps every rule: there is nothing else to show
	Bounds       []string      // how much the dots may lack; empty where they are the whole curve

	m       *room
	a       *deal.Answer
	options map[deal.Choice]deal.OptionInfo
	written map[string]i18n.Text // titles of issues that belong to no topic
}

// voice speaks the reader's language inside parts of a page.
type voice struct{ words *i18n.Words }

// T is a sentence of the catalogue.
func (v voice) T(key string, pairs ...any) string { return v.words.T(key, pairs...) }

// N is a sentence that counts.
func (v voice) N(key string, n int, pairs ...any) string { return v.words.N(key, n, pairs...) }

// H is a sentence of the catalogue with markup of our own in it.
func (v voice) H(key string, pairs ...any) template.HTML { return v.words.HTML(key, pairs...) }

// matter is a topic or an interest as pages name it, with its own page if the
// reader has one.
type matter struct {
	ID      string
	Title   Phrase
	Address string
}

// HTML is the title, as a link where it leads somewhere.
func (x matter) HTML() template.HTML {
	if x.Address == "" {
		return x.Title.HTML()
	}
	return template.HTML(`<a href="` + template.HTMLEscapeString(x.Address) + `">` + string(x.Title.HTML()) + `</a>`)
}

type firstStep struct {
	Matter  matter
	Act     Phrase
	Actors  []Side
	By      template.HTML
	Because []string
	Affects []Phrase
	Proof   []proof
	Support *supportView
}

type namedMatter struct {
	Title, Detail, Act Phrase
	By                 template.HTML
	Of                 *Side
}

type namedGroup struct {
	Words   string
	Matters []namedMatter
}

// proof is why a side cannot lose: its changes and their sums down its ranking.
type proof struct {
	Side   Side
	Steps  []proofStep
	Covers []string // why no loss stays uncovered, where the side says more than ranks; the steps have no sums
}

type proofStep struct {
	Interest          matter
	Tier, Change, Sum string
}

type openMatter struct {
	Matter matter
	Why    string
}

type askedSide struct {
	Side      Side
	Interests []askedInterest
}

type askedInterest struct {
	Interest matter
	By       Side
}

// newDealsView prepares an answer for the readers of a room. Without links it
// can stand outside the site.
func newDealsView(m *room, a *deal.Answer, links bool) *dealsView {
	v := &dealsView{
		voice: voice{m.words}, Authorship: m.authorship(), Absent: m.absent(), Two: len(m.sides) == 2,
		Sampled: a.Question.Samples > 0, m: m, a: a,
		options: map[deal.Choice]deal.OptionInfo{}, written: map[string]i18n.Text{},
	}
	if links {
		v.Suppose, v.Object = m.to("suppose"), m.to("about")+"#object"
	}
	for _, i := range a.Issues {
		for _, o := range i.Options {
			v.options[deal.Choice{Topic: i.Topic, Option: o.Option}] = o
		}
	}
	if m.Table != nil {
		for _, i := range m.Table.Issues {
			v.written[string(i.Topic)] = i.Title
		}
	}
	v.Exact = m.exact()
	v.Warnings = v.warnings()
	v.addRules()
	v.addWeights()
	v.addFirstSteps()
	v.addNamed()
	v.addAsked()
	v.addSwaps()
	v.addPackages()
	for _, t := range a.Undecided {
		v.Undecided = append(v.Undecided, openMatter{v.topic(t), v.undecidedWhy(a.UndecidedWhy[t])})
	}
	v.Picture, v.Together = v.drawPicture(), v.together()
	v.Made = v.howMade()
	return v
}

// warnings are remarks on the data, but for those that the conflict tells more of.
func (v *dealsView) warnings() []string {
	said := inLanguage(v.a.WarningText, v.m.lang)
	if len(said) == 0 {
		said = v.a.Warnings
	}
	if v.a.Conflict == nil || len(said) != len(v.a.Warnings) {
		return said
	}
	var out []string
	for k, code := range v.a.Warnings {
		if code != "no package at or above the baseline" && code != "no package keeps every rule" {
			out = append(out, said[k])
		}
	}
	return out
}

// exact reports whether the table states points, so that there are no rankings.
func (m *room) exact() bool { return m.Table.InPoints() }

// pointsAlone reports whether that is all there is: no register to read or compare.
func (m *room) pointsAlone() bool { return m.exact() && len(m.Registers) == 0 }

func (v *dealsView) undecidedWhy(why string) string {
	if why != "vital-to-both" {
		return v.T("deals.undecided.none-prevails")
	}
	if v.Two {
		return v.T("deals.undecided.vital.two")
	}
	return v.T("deals.undecided.vital.many")
}

func (v *dealsView) topic(id string) matter {
	x := matter{ID: id, Title: Phrase{Words: id}}
	if t := v.m.topics[interest.TopicID(id)]; t != nil {
		x.Title = v.m.phrase(t.Title)
		if v.Suppose != "" {
			x.Address = v.m.toTopic(t.ID)
		}
	} else if title := v.written[id]; len(title) > 0 {
		x.Title = v.m.phrase(title)
	}
	return x
}

func (v *dealsView) interest(id string) matter {
	x := matter{ID: id, Title: Phrase{Words: id}}
	if i, _ := v.m.index.Interest(interest.ID(id)); i != nil {
		x.Title = v.m.phrase(i.Title)
		if v.Suppose != "" {
			x.Address = v.m.toInterest(i.ID)
		}
	}
	return x
}

func (v *dealsView) side(id string) Side { return v.m.side(dialogue.SideID(id)) }

// seated puts the ids of sides in the order of the columns.
func (v *dealsView) seated(ids []string) []Side {
	var out []Side
	for _, s := range v.m.sides {
		if slices.Contains(ids, string(s.ID)) {
			out = append(out, s)
		}
	}
	return out
}

func (v *dealsView) addFirstSteps() {
	for _, q := range v.a.QuickWins {
		s := firstStep{
			Matter: v.topic(q.Topic), Act: v.m.phrase(q.Act), Actors: v.seated(q.Actors),
			Because: v.bySide(inLanguage(q.Because, v.m.lang)), Proof: v.proofs(q.Proof),
		}
		if t := v.m.topics[interest.TopicID(q.Topic)]; t != nil {
			s.Affects = v.names(t.Affects)
			if t.Act != nil {
				s.By = v.m.author(t.Act.By)
			}
		}
		v.Steps = append(v.Steps, s)
	}
	for _, c := range v.a.SameDirection {
		if t := v.topic(c.Topic); !slices.Contains(v.Same, t) {
			v.Same = append(v.Same, t)
		}
	}
	i18n.Sort(v.m.lang, v.Same, func(x matter) string { return x.Title.Words })
}

// names is a list of those who are not at the table, each once, by the alphabet.
func (v *dealsView) names(list []i18n.Text) []Phrase {
	var out []Phrase
	for _, n := range list {
		if p := v.m.phrase(n); !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	i18n.Sort(v.m.lang, out, Phrase.String)
	return out
}

// addNamed sorts the matters that stand in no register by what they were named as.
func (v *dealsView) addNamed() {
	groups := map[interest.NamedAs][]namedMatter{}
	for _, n := range v.m.Named {
		x := namedMatter{Title: v.m.phrase(n.Title), Detail: v.m.phrase(n.Detail), By: v.m.author(n.By)}
		if n.Act != nil {
			x.Act = v.m.phrase(n.Act.Title)
		}
		if n.Of != "" {
			of := v.m.side(n.Of)
			x.Of = &of
		}
		groups[n.As] = append(groups[n.As], x)
	}
	v.NamedSteps = groups[interest.AsQuickWin]
	for _, as := range []interest.NamedAs{interest.AsPrerequisite, interest.AsSphere, interest.AsAsk} {
		if list := groups[as]; len(list) > 0 {
			v.AlsoNamed = append(v.AlsoNamed, namedGroup{v.N("deals.named."+as.String(), len(list)), list})
		}
	}
}

func (v *dealsView) addAsked() {
	for _, s := range v.m.sides {
		asked := askedSide{Side: s}
		for _, a := range v.m.compare.Asks {
			if a.Of != string(s.ID) {
				continue
			}
			x := askedInterest{Interest: v.interest(a.Interest)}
			if _, r := v.m.index.Interest(interest.ID(a.Interest)); r != nil {
				x.By = v.m.side(r.Subject)
			}
			asked.Interests = append(asked.Interests, x)
		}
		if len(asked.Interests) > 0 {
			v.Asked = append(v.Asked, asked)
		}
	}
}

// AskedCount is how many interests ask something of others.
func (v *dealsView) AskedCount() int {
	n := 0
	for _, a := range v.Asked {
		n += len(a.Interests)
	}
	return n
}

func (v *dealsView) proofs(list []deal.SideProof) []proof {
	var out []proof
	for _, p := range list {
		if len(p.Steps) == 0 {
			continue
		}
		x := proof{Side: v.side(p.Side), Covers: v.covers(p)}
		for _, s := range p.Steps {
			x.Steps = append(x.Steps, proofStep{v.interest(s.Interest), v.tier(s.Tier), signed(s.Change), summed(s.Sum)})
		}
		out = append(out, x)
	}
	slices.SortStableFunc(out, func(a, b proof) int {
		return cmp.Compare(slices.IndexFunc(v.m.sides, a.Side.is), slices.IndexFunc(v.m.sides, b.Side.is))
	})
	return out
}

func (s Side) is(other Side) bool { return s.ID == other.ID }

func (v *dealsView) tier(word string) string {
	if word == "" {
		word = "unplaced"
	}
	return v.T("deals.tier." + word)
}

// summed is a sum of a proof; there is none where covers are the proof.
func summed(fraction string) string {
	if fraction == "" {
		return ""
	}
	return signed(fraction)
}

// signed writes a fraction with a sign that people read: +1/2, −1/4, 0.
func signed(fraction string) string {
	switch {
	case fraction == "0" || fraction == "":
		return "0"
	case fraction[0] == '-':
		return "−" + fraction[1:]
	}
	return "+" + strings.TrimPrefix(fraction, "+")
}

// bySide keeps the last sentence about each side, in the order of the columns:
// those before it tell the single steps, which the moves and the rows of the
// page tell already.
func (v *dealsView) bySide(sentences []string) []string {
	var out []string
	for _, s := range v.m.sides {
		for _, sentence := range slices.Backward(sentences) {
			if strings.HasPrefix(sentence, s.Name.Words+":") {
				out = append(out, sentence)
				break
			}
		}
	}
	if len(out) == 0 {
		return sentences
	}
	return out
}

// inLanguage picks sentences in the language, or in English.
func inLanguage(sentences map[string][]string, lang string) []string {
	if s := sentences[lang]; len(s) > 0 {
		return s
	}
	return sentences["en"]
}

// folded is a part of a template that needs the view beside what it shows.
type folded struct {
	View      *dealsView
	Words     string
	Proof     []proof
	Untouched []Side // sides for which nothing certain changes
}

// Summed reports whether some side's proof goes down its ranking by sums.
func (f folded) Summed() bool {
	return slices.ContainsFunc(f.Proof, func(p proof) bool { return len(p.Covers) == 0 })
}

// Fold puts a proof under the words that open it. A side without sums is named
// too, so that nobody looks for it in vain.
func (v *dealsView) Fold(words string, list []proof) folded {
	f := folded{View: v, Words: words, Proof: list}
	for _, s := range v.m.sides {
		if !slices.ContainsFunc(list, func(p proof) bool { return p.Side.is(s) }) {
			f.Untouched = append(f.Untouched, s)
		}
	}
	return f
}

type named struct {
	View    *dealsView
	Matters []namedMatter
}

// Group is a group of named matters with the view.
func (v *dealsView) Group(g namedGroup) named { return named{v, g.Matters} }

type carded struct {
	View *dealsView
	Swap swapCard
}

// Card is a swap with the view.
func (v *dealsView) Card(c swapCard) carded { return carded{v, c} }

type gridded struct {
	View *dealsView
	Name string
	Rows []packageRow
}

// Grid is a table of a package with the view.
func (v *dealsView) Grid(name string, rows []packageRow) gridded { return gridded{v, name, rows} }

// Columns are the sides as columns stand.
func (v *dealsView) Columns() []Side { return v.m.sides }
