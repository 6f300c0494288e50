package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"parley/fault"
	"parley/interest"
)

// supposeChanges is how many changes may be supposed at once.
const supposeChanges = 3

// supposePage is "Suppose ...": what would change if a judgement were another.
// It is computed for the asking and nothing is stored.
type supposePage struct {
	Layout
	Heading  string
	Changes  []supposeField
	Rules    []supposeRule // those of the table, to choose one that is dropped
	Dropped  []supposeDrop
	Holders  []supposeHolder
	Targets  []supposeTargets
	Examples []supposeExample
	Bad      string         // why it cannot be tried
	Result   *supposeResult // nil until something is asked
	Action   string
	Swapped  bool
}

func (s *Server) suppose(w http.ResponseWriter, r *http.Request) error {
	m, err := s.enter(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	if q.Has("interest") || q.Has("rule") {
		http.Redirect(w, r, supposeAddress(m, chosen(q), numbers(q["rule"])), http.StatusSeeOther)
		return nil
	}
	p := supposePage{Heading: m.words.T("suppose.title"), Action: m.to("suppose"), Swapped: m.swapped}
	p.Layout = s.roomLayout(r, m, "suppose", p.Heading)
	p.Holders, p.Targets = m.supposeHolders(), m.supposeTargets()
	code := http.StatusOK
	without := numbers(q["without"])
	list, err := assumptions(q["assume"])
	if err == nil && len(list)+len(without) > 0 {
		p.Result, err = s.tryOut(r.Context(), m, list, without)
	}
	if f, ok := fault.As(err); ok && f.Kind == fault.Invalid {
		code, p.Bad = http.StatusBadRequest, m.words.T("suppose.bad.other")
		if m.words.Has(f.Key) {
			p.Bad = m.words.T(f.Key, pairs(f.Args)...)
		}
	} else if err != nil {
		return err
	}
	if len(p.Holders) > 0 {
		p.Changes = supposeFields(q["assume"])
	}
	asked, err := s.Store.DealAnswer(r.Context(), m.Dialogue.ID)
	if err != nil {
		return err
	}
	p.Rules = m.supposeRules(asked.Answer)
	p.Dropped = drops(without, len(p.Rules))
	if p.Result == nil {
		p.Examples = m.supposeExamples(asked.Answer)
	}
	return s.show(w, r, code, "suppose", p)
}

func pairs(args map[string]any) []any {
	var out []any
	for k, v := range args {
		out = append(out, k, v)
	}
	return out
}

// chosen reads the form: pairs of an interest and what it becomes, such as
// "vital" or "RU:key". Pairs that are not filled in are left out; of one that is
// half filled in, the other half stays empty, so that the page can say so.
func chosen(q url.Values) []string {
	var out []string
	to := q["to"]
	for i, id := range q["interest"] {
		word := ""
		if i < len(to) {
			word = to[i]
		}
		if id == "" && word == "" {
			continue
		}
		if side, role, isRole := strings.Cut(word, ":"); isRole {
			out = append(out, id+":"+side+"="+role)
		} else {
			out = append(out, id+"="+word)
		}
	}
	return out
}

// numbers reads the places of rules, each once and in their order. What is no
// number is left out: a form sends it for no rule.
func numbers(list []string) []int {
	var out []int
	for _, text := range list {
		if n, err := strconv.Atoi(text); err == nil {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// supposeAddress is the page with a question in its address.
func supposeAddress(m *room, list []string, without []int) string {
	address, query, _ := strings.Cut(m.to("suppose"), "?")
	q, _ := url.ParseQuery(query)
	q["assume"] = list
	for _, n := range without {
		q.Add("without", strconv.Itoa(n))
	}
	if code := q.Encode(); code != "" {
		return address + "?" + code
	}
	return address
}

func assumptions(list []string) ([]interest.Assumption, error) {
	if len(list) > supposeChanges {
		return nil, fault.New(fault.Invalid, "suppose.too-many", "%d changes are too many", len(list)).With("N", supposeChanges)
	}
	var out []interest.Assumption
	for _, text := range list {
		what, to, _ := strings.Cut(text, "=")
		if id, _, _ := strings.Cut(what, ":"); id == "" || to == "" && strings.Contains(text, "=") {
			return out, fault.New(fault.Invalid, "suppose.half", "%q lacks its interest or what it becomes", text)
		}
		a, err := interest.ParseAssumption(text)
		if err != nil {
			return out, err
		}
		if slices.ContainsFunc(out, func(b interest.Assumption) bool { return a.Interest == b.Interest && a.Side == b.Side }) {
			return out, fault.New(fault.Invalid, "suppose.twice", "%s is changed twice", what)
		}
		out = append(out, a)
	}
	return out, nil
}

// tryOut answers the question as the dialogue states it and as the assumptions
// have it, without some rules of the table, and says what differs.
func (s *Server) tryOut(ctx context.Context, m *room, list []interest.Assumption, without []int) (*supposeResult, error) {
	changed := *m.Dossier
	var err error
	if changed.Registers, err = interest.Assume(m.Registers, list); err != nil {
		return nil, err
	}
	in, err := changed.Input().WithoutRules(without...)
	if err != nil {
		return nil, err
	}
	stated, err := s.Trials.Answer(ctx, m.Input())
	if err != nil {
		return nil, err
	}
	supposed, err := s.Trials.Answer(ctx, in)
	if err != nil {
		return nil, err
	}
	return newSupposeResult(m, newRoom(&changed, m.lang, m.swapped), supposition{list, without}, stated, supposed), nil
}
