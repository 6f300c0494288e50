package deal

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"parley/i18n"
)

// ProofFormat is the version of the form of a Proof.
const ProofFormat = "parley-proof-2"

// Proof is an answer with all that somebody needs who would rather recompute it
// than believe it: the canonical question, to the byte as its fingerprint was
// taken, and the names that the answer puts in place of canonical numbers.
// Package verify re-checks the facts, which the rest stands on; verify/again
// re-derives the table and every statement of the answer.
type Proof struct {
	Format   string          `json:"format"`
	SHA256   string          `json:"sha256"`
	Question json.RawMessage `json:"question"`
	Labels   ProofLabels     `json:"labels"`
	Table    ProofTable      `json:"table"`
	Facts    *ProofFacts     `json:"facts"` // none where the frontier is not complete
	Serve    []ProofServes   `json:"serve"`
	Alike    [][][2]int      `json:"alike"`  // options that symmetries of the table exchange, each as issue and option; their shares are averaged
	Starts   [][]int64       `json:"starts"` // by side: where its walk begins, empty where weights are drawn by tiers; none where no side's are walked to
	Answer   map[string]any  `json:"answer"` // as plain JSON
}

// ProofLabels are the names of everything, by canonical number. Titles that no
// sentence of the answer says are left out.
type ProofLabels struct {
	Sides     []ProofSide      `json:"sides"`
	Interests []ProofInterest  `json:"interests"`
	Issues    []ProofIssue     `json:"issues"`
	Rules     []ProofRule      `json:"rules"`
	ByName    map[string][]int `json:"by_name"`  // by language: the sides in the order of its alphabet
	Unstated  [2]string        `json:"unstated"` // the interval of numbers for a part that is not stated
}

// ProofSide names a side.
type ProofSide struct {
	ID   string    `json:"id"`
	Name i18n.Text `json:"name"`
}

// ProofInterest names an interest and says in words which part each side plays.
type ProofInterest struct {
	ID    string    `json:"id"`
	Title i18n.Text `json:"title"`
	Parts []string  `json:"parts"` // by side; the own side's is empty
}

// ProofRule says where a rule stands in the file.
type ProofRule struct {
	Number int       `json:"number"`
	Note   i18n.Text `json:"note"`
}

// ProofIssue names an issue.
type ProofIssue struct {
	ID      string        `json:"id"`
	Title   i18n.Text     `json:"title"`
	Place   int           `json:"place"` // in the file
	Affects []i18n.Text   `json:"affects"`
	Options []ProofOption `json:"options"`
}

// ProofOption names an option, and the act that goes with it.
type ProofOption struct {
	ID     string    `json:"id"`
	Title  i18n.Text `json:"title"`
	Place  int       `json:"place"` // in the issue, as the file has it
	Act    i18n.Text `json:"act"`
	Actors []string  `json:"actors"` // of the act
}

// NewProof puts an answer together with its question. What was supposed against
// the file is part of the question already and is left out of the answer.
func NewProof(q *Question, a *Answer) *Proof {
	answer := provable(a)
	said := sentences(answer)
	p := &Proof{
		Format: ProofFormat, SHA256: q.SHA256(), Question: q.Canonical(), Alike: [][][2]int{}, Starts: q.starts(), Answer: answer,
		Table: q.proofTable(), Labels: q.proofLabels(said),
	}
	p.addFacts(q, a)
	s := &search{q: q}
	for _, lang := range i18n.Languages {
		if len(a.QuickWins)+len(a.Swaps)+len(a.Deals)+len(a.Rules) > 0 || a.Formats != nil || a.Conflict != nil { // some sentence names sides
			p.Labels.ByName[lang] = s.sidesByName(i18n.For(lang))
		}
	}
	if q.Samples > 0 {
		p.addAlike(q.orbits)
	}
	return p
}

// proofLabels are the names of all that is said. Who comes first by name is for
// the caller to add.
func (q *Question) proofLabels(said spoken) ProofLabels {
	out := ProofLabels{ByName: map[string][]int{}, Unstated: q.unstated}
	for _, l := range q.labels.sides {
		out.Sides = append(out.Sides, ProofSide{l.id, said.name(l.title)})
	}
	for n, l := range q.labels.entries {
		parts := slices.Clone(l.roles)
		parts[q.table.entries[n].side] = ""
		out.Interests = append(out.Interests, ProofInterest{said.id(l.id), said.title(l.title), parts})
	}
	for _, l := range q.labels.issues {
		i := ProofIssue{ID: l.id, Title: said.title(l.title), Place: l.position}
		if i.Title != nil {
			i.Affects = said.texts(l.affects)
		}
		for _, o := range l.options {
			po := ProofOption{ID: o.id, Title: o.title, Place: o.position}
			if o.act != nil && len(said.texts([]i18n.Text{o.act.Title})) > 0 {
				po.Act, po.Actors = o.act.Title, []string{}
				for _, actor := range o.act.Actors {
					po.Actors = append(po.Actors, string(actor))
				}
			}
			i.Options = append(i.Options, po)
		}
		out.Issues = append(out.Issues, i)
	}
	for _, l := range q.labels.rules {
		out.Rules = append(out.Rules, ProofRule{l.number, l.note})
	}
	return out
}

// WhyNotProof is what Proof is, for an answer to "why not this package?". Asked
// are the choices that were asked about, as ExplainPackage takes them.
type WhyNotProof struct {
	Format   string            `json:"format"`
	SHA256   string            `json:"sha256"`
	Question json.RawMessage   `json:"question"`
	Labels   ProofLabels       `json:"labels"`
	Table    ProofTable        `json:"table"`
	Alike    [][][2]int        `json:"alike"`  // none: no share is averaged
	Starts   [][]int64         `json:"starts"` // see Proof
	Asked    map[string]string `json:"asked"`
	WhyNot   *WhyNot           `json:"why_not"`
}

// NewWhyNotProof puts an answer together with its question.
func NewWhyNotProof(q *Question, asked map[string]string, why *WhyNot) *WhyNotProof {
	p := &WhyNotProof{
		Format: ProofFormat, SHA256: q.SHA256(), Question: q.Canonical(), Labels: q.proofLabels(sentences(why)),
		Table: q.proofTable(), Alike: [][][2]int{}, Starts: q.starts(), Asked: asked, WhyNot: why,
	}
	s := &search{q: q}
	for _, lang := range i18n.Languages {
		p.Labels.ByName[lang] = s.sidesByName(i18n.For(lang))
	}
	return p
}

// starts are where the walks of the sides' weights begin.
func (q *Question) starts() [][]int64 {
	out, some := [][]int64{}, false
	for s := range q.table.sides {
		start := []int64{}
		if !q.table.exact {
			start = append(start, q.table.allowed[s].Start()...)
		}
		out, some = append(out, start), some || len(start) > 0
	}
	if !some {
		return [][]int64{}
	}
	return out
}

// provable is an answer as plain JSON, without what was supposed against the file.
func provable(a *Answer) map[string]any {
	asked := *a
	asked.Question.Assumed = nil
	data, err := json.Marshal(&asked)
	if err != nil {
		panic(err) // an answer always marshals
	}
	var out map[string]any
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if err := d.Decode(&out); err != nil {
		panic(err) // it was written just now
	}
	return out
}

// addAlike lists the classes of more than one option.
func (p *Proof) addAlike(orbits [][]int) {
	members := map[int][][2]int{}
	var order []int
	for i, row := range orbits {
		for k, class := range row {
			if members[class] == nil {
				order = append(order, class)
			}
			members[class] = append(members[class], [2]int{i, k})
		}
	}
	for _, class := range order {
		if len(members[class]) > 1 {
			p.Alike = append(p.Alike, members[class])
		}
	}
}

// spoken are all texts of an answer, one after the other.
type spoken string

func sentences(answer any) spoken {
	all, err := json.Marshal(answer)
	if err != nil {
		panic(err) // an answer always marshals
	}
	return spoken(all)
}

// id is an id where the answer has it, by itself or in a statement about weights.
func (s spoken) id(id string) string {
	quoted := inQuotes(id)
	inside := strings.Trim(quoted, `"`)
	for _, form := range []string{quoted, `"` + inside + " ", " " + inside + " ", " " + inside + `"`} {
		if strings.Contains(string(s), form) {
			return id
		}
	}
	return ""
}

// texts are those that the answer has as they are, each once.
func (s spoken) texts(all []i18n.Text) (out []i18n.Text) {
	seen := map[string]bool{}
	for _, t := range all {
		has := !seen[t.In(i18n.Languages[0])]
		for _, words := range t {
			has = has && strings.Contains(string(s), inQuotes(words))
		}
		if has {
			seen[t.In(i18n.Languages[0])] = true
			out = append(out, t)
		}
	}
	return out
}

// title is a title where some sentence quotes it, in the languages of the
// interface; name is one where some sentence says it.
func (s spoken) title(t i18n.Text) i18n.Text {
	return s.where(t, func(w *i18n.Words, words string) string { return w.T("deal.quoted", "Words", words) })
}

func (s spoken) name(t i18n.Text) i18n.Text {
	return s.where(t, func(_ *i18n.Words, words string) string { return words })
}

func (s spoken) where(t i18n.Text, form func(*i18n.Words, string) string) i18n.Text {
	out := i18n.Text{}
	for _, lang := range i18n.Languages {
		out[lang] = t.In(lang)
		if !strings.Contains(string(s), strings.Trim(inQuotes(form(i18n.For(lang), out[lang])), `"`)) {
			return nil
		}
	}
	return out
}

// inQuotes is a string as JSON has it.
func inQuotes(words string) string {
	out, err := json.Marshal(words)
	if err != nil {
		panic(err) // a string always marshals
	}
	return string(out)
}
