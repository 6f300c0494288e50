package again_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"parley/deal"
	"parley/verify/again"
)

// mutants is how many false bundles are made: some hundreds, or as many as
// PARLEY_MUTANTS says (make proof: 10,000).
func mutants(t *testing.T) int {
	n, err := strconv.Atoi(os.Getenv("PARLEY_MUTANTS"))
	if err != nil {
		return 300
	}
	if n < 1 {
		t.Fatal("PARLEY_MUTANTS is not above 0")
	}
	return n
}

// Every bundle in which one thing was changed is refused. What is sealed is
// sealed anew, so that no checksum helps. Left out and counted are changes that
// change nothing (two equal entries exchanged), changed questions whose answer
// is the same (such a bundle is true, and its fingerprint is another's), and
// symmetries over which no share needs to be averaged.
func TestFalseBundlesAreRefused(t *testing.T) {
	total := mutants(t)
	for k, file := range tables {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			data := asUsual(t, file)
			if !strings.HasSuffix(file, ".weights") { // there making a bundle costs more than samples do
				data = bundle(t, file, func(s *deal.Settings) { s.Samples = 6 })
			}
			data = seal(parse(data).(map[string]any))
			same, others, idle, wider, less, refused, byFacts := 0, 0, 0, 0, 0, 0, 0
			kinds, known := map[string]int{}, &again.Memory{}
			whole, err := known.Bundle(data)
			if w := append(wrong(whole, err), facts(data)...); len(w) > 0 {
				t.Fatalf("the bundle itself does not hold: %v", w)
			}
			for n := 0; refused < (total+len(tables)-1)/len(tables); n++ {
				m := mutate(data, rand.New(rand.NewPCG(uint64(k), uint64(n))))
				if bytes.Equal(m.data, data) {
					same++
					continue
				}
				report, err := known.Bundle(m.data)
				verdict := wrong(report, err)
				if m.part == "writing" && (len(verdict) == 0 || len(facts(m.data)) == 0) {
					t.Errorf("mutant %d is read by one of the two: %s", n, m.what)
				}
				if m.part == "facts" && len(verdict) > 0 {
					t.Errorf("mutant %d: what is said besides facts is refused: %s", n, m.what)
				}
				if m.part == "facts" || m.part == "table" || m.part == "serve" || n%50 == 0 {
					f := facts(m.data)
					if byFacts += min(1, len(f)); m.part == "facts" && len(f) == 0 {
						t.Errorf("mutant %d: false facts are believed: %s", n, m.what)
					}
					verdict = append(verdict, f...)
				}
				if n%50 == 0 && m.part != "facts" { // and now and then from the beginning
					if anew := wrong(again.Bundle(m.data)); len(anew) == 0 && len(verdict) > 0 {
						t.Errorf("mutant %d: believed when it is derived from the beginning: %s", n, m.what)
					}
				}
				if len(verdict) > 0 {
					refused++
					kinds[m.part]++
					continue
				}
				if m.part == "answer" && opened(report, whole) {
					m.part = "less"
				}
				switch m.part {
				case "less": // what is not said any more is named as not covered
					less++
				case "question":
					others++
				case "alike":
					idle++
				case "wider": // what is said of a larger gap holds, too
					wider++
				default:
					t.Errorf("mutant %d is believed: %s", n, m.what)
					refused++
				}
			}
			t.Logf("%d refused %v, %d of them by the facts; %d changed nothing; %d were true answers to another question; %d symmetries that no share needs; %d true of a wider gap; %d say less, and are told to",
				refused, kinds, byFacts, same, others, idle, wider, less)
			if others+same+idle+wider+less > 3+refused/10 {
				t.Errorf("too many are left out: %d", others+same+idle)
			}
		})
	}
}

// The fingerprint alone refuses every changed question that keeps its seal.
func TestQuestionIsSealed(t *testing.T) {
	data := bundle(t, tables[1], func(s *deal.Settings) { s.Samples = 0 })
	for old, changed := range map[string]string{`"seed":1`: `"seed":2`, `"tier":3`: `"tier":2`, `"free":true`: `"free":false`} {
		if !bytes.Contains(data, []byte(old)) {
			t.Fatalf("nothing to change: %s", old)
		}
		_, err := again.Bundle(bytes.Replace(data, []byte(old), []byte(changed), 1))
		if err == nil || !strings.Contains(err.Error(), "fingerprint") {
			t.Errorf("%s for %s: %v", changed, old, err)
		}
	}
}

// A field that nobody has a rule for is never passed over.
func TestUnknownFieldsAreRefused(t *testing.T) {
	data := bundle(t, tables[2], func(*deal.Settings) {})
	for _, place := range []string{`"answer":{`, `"solutions":{`, `"labels":{`, `{`} {
		more := bytes.Replace(data, []byte(place), []byte(place+`"news":[],`), 1)
		if w := wrong(again.Bundle(more)); len(w) == 0 {
			t.Errorf("a new field is passed over after %s", place)
		}
	}
}

type mutant struct {
	data       []byte
	part, what string
}

var keys = regexp.MustCompile(`[{,]"[^"\\]+":`)

// rewrite changes how a bundle is written, in a way that some readers would pass over.
func rewrite(data []byte, r *rand.Rand) mutant {
	all := keys.FindAllIndex(data, -1)
	at := all[r.IntN(len(all))]
	key := string(data[at[0]+1 : at[1]])
	put := func(at int, cut int, more string) []byte {
		return slices.Concat(data[:at], []byte(more), data[at+cut:])
	}
	switch r.IntN(4) {
	case 0:
		more := []string{"{}", " null", ",", "]", string(data), "\x00"}[r.IntN(6)]
		return mutant{put(len(data), 0, more), "writing", fmt.Sprintf("%.10q follows", more)}
	case 1:
		return mutant{put(at[0]+1, 0, key+"[],"), "writing", key + " stands twice, the first empty"}
	case 2:
		return mutant{put(at[1], 0, "0,"+key), "writing", key + " stands twice, the first 0"}
	}
	top := []string{"format", "sha256", "question", "labels", "table", "facts", "serve", "alike", "answer", "issues", "points"}[r.IntN(11)]
	at = []int{bytes.Index(data, []byte(`"`+top+`":`)), 0}
	return mutant{put(at[0]+1, 1, strings.ToUpper(top[:1])), "letters", top + " in other letters"} // perhaps inside the answer, of which facts know nothing
}

// mutate changes one place of a bundle, drawn at random.
func mutate(data []byte, r *rand.Rand) mutant {
	if r.IntN(15) == 0 {
		return rewrite(data, r)
	}
	root := parse(data).(map[string]any)
	part := "answer"
	switch r.IntN(10) {
	case 0:
		part = "question"
	case 1:
		part = "labels"
	case 2, 3, 4:
		if root["facts"] != nil {
			part = "facts"
		}
	case 5:
		part = []string{"table", "serve"}[r.IntN(2)]
	}
	if part == "answer" && len(root["alike"].([]any)) > 0 && r.IntN(20) == 0 {
		part = "alike"
	}
	if part == "answer" { // every kind of statement as often as any other
		statements := root["answer"].(map[string]any)
		names := sortedKeys(statements)
		name := names[r.IntN(len(names))]
		if walked := len(root["starts"].([]any)) > 0; walked && name == "strength" {
			statements, name = statements[name].(map[string]any), "packages" // judgements are not covered there
		}
		before, _ := statements[name].(map[string]any)
		gap := maps.Clone(before)
		what := change(r, statements[name], func(v any) { statements[name] = v }, name)
		if name == "frontier_gap" && wider(gap, statements[name]) {
			part = "wider"
		}
		return mutant{seal(root), part, what}
	}
	what := change(r, root[part], func(v any) { root[part] = v }, part)
	return mutant{seal(root), part, what}
}

// opened reports whether something is named as not covered that another report covers.
func opened(report, other again.Report) bool {
	var covered []again.Open
	for _, l := range other.Lines {
		covered = append(covered, l.Open...)
	}
	return slices.ContainsFunc(report.Lines, func(l again.Line) bool {
		return slices.ContainsFunc(l.Open, func(o again.Open) bool { return !slices.Contains(covered, o) })
	})
}

// wider reports whether a gap is as before or larger for every side.
func wider(before map[string]any, now any) bool {
	after, _ := now.(map[string]any)
	for side, v := range before {
		old, _ := v.(json.Number).Int64()
		n, is := after[side].(json.Number)
		if v, err := n.Int64(); !is || err != nil || v < old {
			return false
		}
	}
	return len(after) == len(before)
}

// seal takes the fingerprint of the question anew, everywhere it stands.
func seal(root map[string]any) []byte {
	old, _ := root["sha256"].(string)
	question := marshal(root["question"])
	root["sha256"] = fmt.Sprintf("%x", sha256.Sum256(question))
	return bytes.ReplaceAll(marshal(root), []byte(old), []byte(root["sha256"].(string)))
}

// change walks down to a place and changes what stands there; set puts a new
// value in the place of v.
func change(r *rand.Rand, v any, set func(any), at string) string {
	switch v := v.(type) {
	case map[string]any:
		names := sortedKeys(v)
		if len(names) == 0 {
			v["x"] = "x"
			return at + ": a new field"
		}
		name := names[r.IntN(len(names))]
		switch r.IntN(12) {
		case 0:
			delete(v, name)
			return at + "." + name + " is dropped"
		case 1:
			v[name+"x"] = v[name]
			delete(v, name)
			return at + "." + name + " is renamed"
		}
		return change(r, v[name], func(w any) { v[name] = w }, at+"."+name)
	case []any:
		if len(v) == 0 {
			set([]any{"x"})
			return at + ": a new entry"
		}
		k := r.IntN(len(v))
		switch r.IntN(12) {
		case 0:
			set(append(append([]any{}, v[:k]...), v[k+1:]...))
			return fmt.Sprintf("%s[%d] is dropped", at, k)
		case 1:
			set(append(append([]any{}, v...), v[k]))
			return fmt.Sprintf("%s[%d] stands twice", at, k)
		case 2:
			o := r.IntN(len(v))
			v[k], v[o] = v[o], v[k]
			return fmt.Sprintf("%s[%d] and [%d] are exchanged", at, k, o)
		}
		return change(r, v[k], func(w any) { v[k] = w }, fmt.Sprintf("%s[%d]", at, k))
	}
	w := leaf(r, v)
	set(w)
	return fmt.Sprintf("%s is %v, not %v", at, w, v)
}

func leaf(r *rand.Rand, v any) any {
	switch v := v.(type) {
	case bool:
		return !v
	case nil:
		return json.Number("0")
	case json.Number:
		step := int64(1 - 2*r.IntN(2))
		if n, err := v.Int64(); err == nil {
			return json.Number(strconv.FormatInt(n+step, 10))
		}
		last := v.String()[len(v)-1] // of a decimal, up or down by its last digit
		return json.Number(v.String()[:len(v)-1] + string('0'+(last-'0'+1)%10))
	case string:
		letters := []rune(v)
		if len(letters) == 0 {
			return "x"
		}
		k := r.IntN(len(letters))
		switch r.IntN(3) {
		case 0:
			return string(letters[:k]) + string(letters[k+1:])
		case 1:
			return v + "x"
		}
		letters[k]++
		return string(letters)
	}
	panic(fmt.Sprintf("%T stands in no bundle", v))
}

func parse(data []byte) (v any) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		panic(err)
	}
	return v
}

func marshal(v any) []byte {
	out, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return out
}

func sortedKeys(m map[string]any) []string { return slices.Sorted(maps.Keys(m)) }
