package parley_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// asvsSections is how many requirements each section of OWASP ASVS 5.0.0 has.
var asvsSections = map[string]int{
	"V1.1": 2, "V1.2": 10, "V1.3": 12, "V1.4": 3, "V1.5": 3, "V2.1": 3, "V2.2": 3, "V2.3": 5, "V2.4": 2,
	"V3.1": 1, "V3.2": 3, "V3.3": 5, "V3.4": 8, "V3.5": 8, "V3.6": 1, "V3.7": 5, "V4.1": 5, "V4.2": 5, "V4.3": 2, "V4.4": 4,
	"V5.1": 1, "V5.2": 6, "V5.3": 3, "V5.4": 3, "V6.1": 3, "V6.2": 12, "V6.3": 8, "V6.4": 6, "V6.5": 8, "V6.6": 4, "V6.7": 2, "V6.8": 4,
	"V7.1": 3, "V7.2": 4, "V7.3": 2, "V7.4": 5, "V7.5": 3, "V7.6": 2, "V8.1": 4, "V8.2": 4, "V8.3": 3, "V8.4": 2, "V9.1": 3, "V9.2": 4,
	"V10.1": 2, "V10.2": 3, "V10.3": 5, "V10.4": 16, "V10.5": 5, "V10.6": 2, "V10.7": 3,
	"V11.1": 4, "V11.2": 5, "V11.3": 5, "V11.4": 4, "V11.5": 2, "V11.6": 2, "V11.7": 2, "V12.1": 5, "V12.2": 2, "V12.3": 5,
	"V13.1": 4, "V13.2": 6, "V13.3": 4, "V13.4": 7, "V14.1": 2, "V14.2": 8, "V14.3": 3,
	"V15.1": 5, "V15.2": 5, "V15.3": 7, "V15.4": 4, "V16.1": 1, "V16.2": 5, "V16.3": 4, "V16.4": 3, "V16.5": 4,
	"V17.1": 2, "V17.2": 8, "V17.3": 2,
}

// asvsLine is what doc/asvs.yaml says of one requirement.
type asvsLine struct {
	Is  string // met, partly, open, operator, absent
	By  []string
	Why string
}

// asvsStates are the words for how a requirement stands. All but the first need
// a reason.
var asvsStates = []string{"met", "partly", "open", "operator", "absent"}

// TestASVS demands that every requirement has a line, and that every test and
// every section to which one is bound exists.
func TestASVS(t *testing.T) {
	source, err := os.ReadFile("doc/asvs.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var lines map[string]asvsLine
	if err := yaml.UnmarshalWithOptions(source, &lines, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{}
	for section, n := range asvsSections {
		for i := range n {
			want[fmt.Sprintf("%s.%d", section, i+1)] = true
		}
	}
	for _, id := range slices.Sorted(maps.Keys(want)) {
		if _, ok := lines[id]; !ok {
			t.Errorf("%s has no line", id)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(lines)) {
		if !want[id] {
			t.Errorf("%s is no requirement of ASVS 5.0.0", id)
		}
		for _, broken := range lines[id].broken() {
			t.Errorf("%s: %s", id, broken)
		}
	}
	count := map[string]int{}
	for _, l := range lines {
		count[l.Is]++
	}
	t.Logf("%d requirements: %v", len(lines), count)
}

// broken lists what is wrong with a line.
func (l asvsLine) broken() []string {
	var out []string
	if !slices.Contains(asvsStates, l.Is) {
		out = append(out, fmt.Sprintf("it is %q, which is none of %q", l.Is, asvsStates))
	}
	if l.Is != "met" && l.Why == "" {
		out = append(out, "it is "+l.Is+" and does not say why")
	}
	if len(l.By) == 0 {
		out = append(out, "it is bound to nothing")
	}
	for _, by := range l.By {
		if !boundTo(by) {
			out = append(out, fmt.Sprintf("there is no %q", by))
		}
	}
	return out
}

// boundTo reports whether "folder.TestName" is a test or "page.md#section" a
// section below doc.
func boundTo(by string) bool {
	if page, section, ok := strings.Cut(by, ".md#"); ok {
		return slices.Contains(sections(filepath.Join("doc", page+".md")), section)
	}
	folder, name, ok := strings.Cut(by, ".")
	return ok && slices.Contains(testsIn(folder), name)
}

var notInAnchor = regexp.MustCompile(`[^a-z0-9 -]`)

// sections are the anchors of a page's headings.
func sections(page string) []string {
	text, err := os.ReadFile(page)
	if err != nil {
		return nil
	}
	var out []string
	for line := range strings.Lines(string(text)) {
		if heading, ok := strings.CutPrefix(line, "## "); ok {
			anchor := notInAnchor.ReplaceAllString(strings.ToLower(strings.TrimSpace(heading)), "")
			out = append(out, strings.ReplaceAll(anchor, " ", "-"))
		}
	}
	return out
}

var known = map[string][]string{}

// testsIn names the tests, fuzz targets and benchmarks of a folder.
func testsIn(folder string) []string {
	if names, ok := known[folder]; ok {
		return names
	}
	files, _ := filepath.Glob(filepath.Join(folder, "*_test.go"))
	var out []string
	for _, f := range files {
		tree, err := parser.ParseFile(token.NewFileSet(), f, nil, parser.SkipObjectResolution)
		if err != nil {
			continue
		}
		for _, d := range tree.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil {
				out = append(out, fn.Name.Name)
			}
		}
	}
	known[folder] = out
	return out
}

// The test bites: each of these lines is broken in one way.
func TestASVSLinesBite(t *testing.T) {
	for _, c := range []struct {
		line asvsLine
		want string
	}{
		{asvsLine{Is: "fine", By: []string{"security.md#logs"}, Why: "x"}, "none of"},
		{asvsLine{Is: "open", By: []string{"security.md#logs"}}, "does not say why"},
		{asvsLine{Is: "met"}, "bound to nothing"},
		{asvsLine{Is: "met", By: []string{"security.md#nowhere"}}, "there is no"},
		{asvsLine{Is: "met", By: []string{"web.TestThatNobodyWrote"}}, "there is no"},
	} {
		if got := c.line.broken(); len(got) != 1 || !strings.Contains(got[0], c.want) {
			t.Errorf("%+v: got %q, want %q", c.line, got, c.want)
		}
	}
	if good := (asvsLine{Is: "met", By: []string{"security.md#logs", "store.TestWhatWasAnsweredIsKept"}}); len(good.broken()) > 1 {
		t.Errorf("a good line is refused: %q", good.broken())
	}
}
