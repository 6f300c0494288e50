package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"parley/deal"
	"parley/dialogue"
	"parley/fault"
)

// whyNotPage is "Why not this package?": a package composed matter by matter,
// and the shortest true reason against it. It is computed for the asking and
// nothing is stored.
type whyNotPage struct {
	Layout
	Heading string
	Matters []whyMatter
	Free    []whyMatter // those that begin with what everybody could have anyway, folded
	Bad     string      // why it cannot be tried
	Result  *whyResult  // nil until something is asked
	Action  string
	Deals   string
	Swapped bool
	Exact   bool // a table of points
	Nothing bool // there is no table to choose from
}

// whyMatter is a matter with its options to choose from.
type whyMatter struct {
	ID      string
	Title   Phrase
	Ways    []whyWay
	Changed bool // something other than the start is chosen
	Free    bool // it begins with a step that costs nobody anything
}

// FreeOpen reports whether one of the folded matters was changed.
func (p whyNotPage) FreeOpen() bool {
	return slices.ContainsFunc(p.Free, func(x whyMatter) bool { return x.Changed })
}

// listedMatters are some matters with the page.
type listedMatters struct {
	Page    whyNotPage
	Matters []whyMatter
}

// List is some matters with the page.
func (p whyNotPage) List(matters []whyMatter) listedMatters { return listedMatters{p, matters} }

type whyWay struct {
	Value, Words string
	Chosen       bool
}

// whyResult is the answer in the reader's words.
type whyResult struct {
	voice
	Verdict  string
	Reasons  []whyReason
	Balanced []string // what the most balanced package does otherwise
	Chosen   []string // what the package does otherwise than today, or what stays open
	Opened   []Phrase
	Fares    []whyFare
	All      string
	Command  command
}

type whyReason struct {
	Sentences []string
	Better    string // address of the same page with the better package; empty without one
}

// whyFare is how the package fares for one side.
type whyFare struct {
	Side     Side
	Strength string
}

func (s *Server) whyNot(w http.ResponseWriter, r *http.Request) error {
	m, err := s.enter(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	if q.Has("package") || q.Has("swap-card") || q.Has("form") {
		return s.whyAddress(w, r, m, q)
	}
	p := whyNotPage{Heading: m.words.T("whynot.title"), Action: m.to("deals", "why-not"), Deals: m.to("deals"), Swapped: m.swapped, Exact: m.exact()}
	p.Layout = s.roomLayout(r, m, "deals", p.Heading)
	set := deal.DefaultSettings()
	question, err := deal.NewQuestion(m.Input(), set)
	if f, ok := fault.As(err); ok && f.Kind == fault.Invalid {
		p.Nothing = true
		return s.show(w, r, http.StatusOK, "whynot", p)
	} else if err != nil {
		return err
	}
	menu := question.Menu(m.words)
	choices := taken(q["take"])
	for _, x := range m.whyMatters(menu, choices) {
		if x.Free {
			p.Free = append(p.Free, x)
		} else {
			p.Matters = append(p.Matters, x)
		}
	}
	code := http.StatusOK
	if len(choices) > 0 {
		why, err := s.Trials.Explain(r.Context(), m.Input(), choices)
		if f, ok := fault.As(err); ok && f.Kind == fault.Invalid {
			code, p.Bad = http.StatusBadRequest, m.words.T(f.Key, pairs(f.Args)...)
		} else if err != nil {
			return err
		} else {
			p.Result = m.whyResult(why, menu, choices)
		}
	}
	return s.show(w, r, code, "whynot", p)
}

// taken reads choices, each a topic and an option with a stroke between them. An
// empty option leaves the topic open.
func taken(list []string) map[string]string {
	out := map[string]string{}
	for _, text := range list {
		topic, option, _ := strings.Cut(text, "/")
		out[topic] = option
	}
	return out
}

// whyAddress sends the reader to the page whose address is the question: what a
// form sends without the matters that stay as they are, or a package or a swap
// of the answer.
func (s *Server) whyAddress(w http.ResponseWriter, r *http.Request, m *room, q url.Values) error {
	var choices map[string]string
	if q.Has("form") {
		choices = taken(q["take"])
	} else {
		asked, err := s.Store.DealAnswer(r.Context(), m.Dialogue.ID)
		if err != nil {
			return err
		}
		if asked.Answer != nil {
			choices = listedPackage(asked.Answer, q)
		}
		if choices == nil {
			return missing("package of", string(m.Dialogue.ID))
		}
	}
	question, err := deal.NewQuestion(m.Input(), deal.DefaultSettings())
	if err != nil {
		return err
	}
	http.Redirect(w, r, m.whyNotAt(question.Menu(m.words), choices), http.StatusSeeOther)
	return nil
}

// listedPackage is a package or a swap of an answer by its number.
func listedPackage(a *deal.Answer, q url.Values) map[string]string {
	at := func(name string, n int) int {
		k, err := strconv.Atoi(q.Get(name))
		if err != nil || k < 1 || k > n {
			return -1
		}
		return k - 1
	}
	if k := at("package", len(a.Deals)); k >= 0 {
		return a.Deals[k].Choices
	}
	if k := at("swap-card", len(a.Swaps)); k >= 0 {
		out := map[string]string{}
		for _, move := range a.Swaps[k].Moves {
			out[move.Topic] = move.Option
		}
		return out
	}
	return nil
}

// whyNotAt is the address of a question. Matters left as they start do not stand
// in it; where all are, the first one stands for them.
func (m *room) whyNotAt(menu []deal.Matter, choices map[string]string) string {
	address, query, _ := strings.Cut(m.to("deals", "why-not"), "?")
	q, _ := url.ParseQuery(query)
	for _, matter := range menu {
		if option, ok := choices[matter.Topic]; ok && option != matter.Options[matter.Start].Option {
			q.Add("take", matter.Topic+"/"+option)
		}
	}
	if len(q["take"]) == 0 && len(menu) > 0 {
		q.Add("take", menu[0].Topic+"/"+menu[0].Options[menu[0].Start].Option)
	}
	return address + "?" + q.Encode()
}

func (m *room) whyMatters(menu []deal.Matter, choices map[string]string) []whyMatter {
	var out []whyMatter
	for _, matter := range menu {
		x := whyMatter{ID: matter.Topic, Title: m.phrase(matter.Title), Free: matter.Start > 0 && !m.exact()}
		option, given := choices[matter.Topic]
		for k, way := range matter.Options {
			chosen := given && option == way.Option || !given && k == matter.Start
			x.Ways = append(x.Ways, whyWay{matter.Topic + "/" + way.Option, way.Words, chosen})
			x.Changed = x.Changed || chosen && k != matter.Start
		}
		open := given && option == ""
		x.Ways = append(x.Ways, whyWay{matter.Topic + "/", m.words.T("whynot.leave-open"), open})
		x.Changed = x.Changed || open
		out = append(out, x)
	}
	return out
}

func (m *room) whyResult(why *deal.WhyNot, menu []deal.Matter, choices map[string]string) *whyResult {
	x := &whyResult{voice: voice{m.words}, Verdict: inLanguage(why.Because, m.lang)[0]}
	for _, reason := range why.Reasons {
		one := whyReason{Sentences: inLanguage(reason.Because, m.lang)}
		if reason.Better != nil {
			one.Better = m.whyNotAt(menu, reason.Better.Choices)
		}
		x.Reasons = append(x.Reasons, one)
	}
	for _, matter := range menu {
		for k, way := range matter.Options {
			does := m.words.T("strength.choice", "Topic", m.phrase(matter.Title).Words, "Option", way.Words)
			if k != matter.Start && why.Package.Choices[matter.Topic] == way.Option {
				x.Chosen = append(x.Chosen, does)
			}
			if slices.Contains(why.Changes, deal.Choice{Topic: matter.Topic, Option: way.Option}) {
				x.Balanced = append(x.Balanced, does)
			}
		}
		if slices.Contains(why.Open, matter.Topic) {
			x.Opened = append(x.Opened, m.phrase(matter.Title))
		}
	}
	if why.Fares != nil {
		for _, side := range m.sides {
			x.Fares = append(x.Fares, whyFare{side, m.strengthOf(why.Fares.Acceptable[string(side.ID)])})
		}
		x.All = m.strengthOf(why.Fares.Acceptable["all"])
	}
	x.Command = m.whyCommand(menu, choices)
	return x
}

// strengthOf is a share of rankings as a word.
func (m *room) strengthOf(share deal.Share) string {
	if !share.Known() {
		return m.words.T("whynot.unknown")
	}
	return m.words.T("whynot.worse-off", "Rankings", rankings(m.words, share))
}

// whyCommand asks the same at anybody's desk.
func (m *room) whyCommand(menu []deal.Matter, choices map[string]string) command {
	out := "parley why-not " + string(m.Dialogue.ID) + ".yaml"
	for _, matter := range menu {
		if option, ok := choices[matter.Topic]; ok {
			out += " " + matter.Topic + "/" + option
		}
	}
	return command(out)
}

// registerWhyNot lists the addresses of the page.
func (s *Server) registerWhyNot() {
	s.get(dialogue.Compute, "/{lang}/{dialogue}/deals/why-not", s.whyNot)
}
