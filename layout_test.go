// Package parley_test holds the tree of the project to its plan: imports go
// downstairs only, and every package has its floor (doc/architecture.md).
package parley_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "parley"

// floors is where every package lives. A new package is entered here first.
var floors = map[string]int{
	"engine/factor": 0, "engine/cluster": 0, "engine/pareto": 0, "engine/bargain": 0, "engine/trust": 0, "engine/beta": 0, "engine/linear": 0, "engine/roadmap": 0, "engine/coalition": 0, "verify": 0,
	"chart": 0, "fault": 0, "feed": 0, "i18n": 0, "markup": 0, "examples": 0,
	"account": 1, "dialogue": 1, "writing": 1,
	"forum": 2, "moderation": 2, "notice": 2, "opinion": 2, "interest": 2, "claim": 2, "position": 2, "project": 2, "meeting": 2, "publication": 2, "course": 2,
	"deal": 3, "dossier": 3, "genius": 3,
	"store": 4, "trial": 4,
	"job": 5, "mail": 5, "demo": 5,
	"web": 6, "api": 6,
	"cmd/parley": 7,
}

// neighbours are the imports inside a floor that the plan allows.
var neighbours = map[string][]string{"dialogue": {"account"}, "writing": {"dialogue"}, "dossier": {"deal"}, "genius": {"deal", "dossier"}}

// pure is the highest floor that takes no clock, no file, no network and no
// global source of randomness.
const pure = 3

const longestChain = 8

// unit is one package as its files have it.
type unit struct {
	path    string   // from the root: "engine/pareto"
	imports []string // of the package itself
	tests   []string // of its tests
	impure  []string // uses of the clock and the like, each with its place
}

// helper reports whether a package serves tests alone.
func (u unit) helper() bool {
	return strings.HasSuffix(u.path, "test") && strings.Contains(u.path, "/")
}

// home is the planned package that a package belongs to: its own, or the one
// whose folder it is in.
func home(of string) (string, bool) {
	for p := of; p != "."; p = path.Dir(p) {
		if _, ok := floors[p]; ok {
			return p, true
		}
	}
	return "", false
}

func TestImportsGoDownstairs(t *testing.T) {
	units := tree(t)
	if len(units) < 10 {
		t.Fatalf("only %d packages were found", len(units))
	}
	for _, broken := range violations(units) {
		t.Error(broken)
	}
}

// violations lists what breaks the plan.
func violations(units []unit) []string {
	var out []string
	for _, u := range units {
		if _, ok := home(u.path); !ok {
			out = append(out, fmt.Sprintf("%s has no floor: enter it in layout_test.go and in doc/architecture.md", u.path))
			continue
		}
		for _, i := range u.imports {
			out = append(out, importBroken(u, i)...)
		}
		for _, i := range u.tests {
			out = append(out, testImportBroken(u, i)...)
		}
		if h, _ := home(u.path); floors[h] <= pure && !u.helper() {
			for _, use := range u.impure {
				out = append(out, fmt.Sprintf("%s: floors 0 to %d take no clock, file, network or global randomness: %s", u.path, pure, use))
			}
		}
	}
	if chain := longest(units); len(chain) > longestChain {
		out = append(out, fmt.Sprintf("a chain of %d packages is longer than %d: %s", len(chain), longestChain, strings.Join(chain, " > ")))
	}
	return out
}

func importBroken(u unit, imported string) []string {
	var out []string
	broken := func(rule string) { out = append(out, fmt.Sprintf("%s imports %s: %s", u.path, imported, rule)) }
	h, _ := home(u.path)
	floor := floors[h]
	switch imported {
	case "database/sql":
		if h != "store" {
			broken("only store speaks SQL")
		}
	case "net/http", "html/template":
		allowed := floor >= 6 || imported == "html/template" && slices.Contains([]string{"chart", "i18n", "markup"}, h)
		if !allowed && !u.helper() {
			broken("pages are made on floor 6")
		}
	}
	if strings.HasPrefix(h, "engine/") && thirdParty(imported) {
		broken("an engine uses the standard library alone")
	}
	to, ok := strings.CutPrefix(imported, module+"/")
	if !ok {
		return out
	}
	if (unit{path: to}).helper() && !u.helper() {
		broken("it serves tests alone")
	}
	toHome, ok := home(to)
	engines := strings.HasPrefix(h, "engine/") && strings.HasPrefix(to, "engine/")
	if ok && toHome != h && floors[toHome] >= floor && !engines && !slices.Contains(neighbours[h], toHome) {
		broken(fmt.Sprintf("floor %d may import only lower floors, and that is on floor %d", floor, floors[toHome]))
	}
	return out
}

// testImportBroken is wider: tests may use their own floor, and those of the lower
// floors the whole of floor 3, where examples are read.
func testImportBroken(u unit, imported string) []string {
	h, _ := home(u.path)
	to, ok := strings.CutPrefix(imported, module+"/")
	toHome, known := home(to)
	switch {
	case imported == "database/sql" && h != "store":
		return []string{fmt.Sprintf("tests of %s import %s: only store speaks SQL", u.path, imported)}
	case !ok || !known || toHome == h:
		return nil
	case floors[toHome] > max(floors[h], pure) || h == "web" && toHome == "api" || h == "api" && toHome == "web":
		return []string{fmt.Sprintf("tests of %s import %s, which is upstairs", u.path, imported)}
	}
	return nil
}

func thirdParty(imported string) bool {
	first, _, _ := strings.Cut(imported, "/")
	return strings.Contains(first, ".")
}

// longest is the longest chain of parley packages that import one another.
func longest(units []unit) []string {
	imports := map[string][]string{}
	for _, u := range units {
		imports[u.path] = u.imports
	}
	known := map[string][]string{}
	var from func(p string) []string
	from = func(p string) []string {
		if chain, ok := known[p]; ok {
			return chain
		}
		var best []string
		for _, i := range imports[p] {
			if to, ok := strings.CutPrefix(i, module+"/"); ok {
				if chain := from(to); len(chain) > len(best) {
					best = chain
				}
			}
		}
		known[p] = append([]string{p}, best...)
		return known[p]
	}
	var best []string
	for _, p := range slices.Sorted(maps.Keys(imports)) {
		if chain := from(p); len(chain) > len(best) {
			best = chain
		}
	}
	return best
}

// tree reads the imports of every Go file below the root.
func tree(t *testing.T) []unit {
	t.Helper()
	units := map[string]*unit{}
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if n := d.Name(); name != "." && (strings.HasPrefix(n, ".") || strings.HasPrefix(n, "_") || n == "testdata" || n == "node_modules") {
				return filepath.SkipDir
			}
			return nil
		}
		dir := filepath.ToSlash(filepath.Dir(name))
		if filepath.Ext(name) != ".go" || dir == "." {
			return nil
		}
		if units[dir] == nil {
			units[dir] = &unit{path: dir}
		}
		return units[dir].read(name)
	})
	if err != nil {
		t.Fatal(err)
	}
	var out []unit
	for _, p := range slices.Sorted(maps.Keys(units)) {
		out = append(out, *units[p])
	}
	return out
}

func (u *unit) read(name string) error {
	source, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	files := token.NewFileSet()
	f, err := parser.ParseFile(files, name, source, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	list := &u.imports
	if strings.HasSuffix(name, "_test.go") {
		list = &u.tests
	}
	for _, i := range f.Imports {
		p, err := strconv.Unquote(i.Path.Value)
		if err != nil {
			return err
		}
		if !slices.Contains(*list, p) {
			*list = append(*list, p)
		}
	}
	if list == &u.imports {
		u.impure = append(u.impure, impurities(files, f)...)
	}
	return nil
}

// What floors 0 to 3 may not import, and what of package time they may not call.
var (
	outside = []string{"os", "os/exec", "os/signal", "net", "net/url", "net/http", "crypto/rand", "math/rand", "math/rand/v2", "syscall", "io/ioutil"}
	clock   = []string{"Now", "Since", "Until", "After", "AfterFunc", "Tick", "NewTicker", "NewTimer", "Sleep"}
)

func impurities(files *token.FileSet, f *ast.File) []string {
	var out []string
	for _, i := range f.Imports {
		if p, _ := strconv.Unquote(i.Path.Value); slices.Contains(outside, p) {
			out = append(out, fmt.Sprintf("%s: import of %s", files.Position(i.Pos()), p))
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok && x.Name == "time" && slices.Contains(clock, s.Sel.Name) {
				out = append(out, fmt.Sprintf("%s: time.%s", files.Position(n.Pos()), s.Sel.Name))
			}
		}
		return true
	})
	return out
}

// The rules bite: each of these small trees breaks one.
func TestEachRuleBites(t *testing.T) {
	for _, c := range []struct {
		name string
		unit unit
		want string
	}{
		{"unknown package", unit{path: "utils"}, "has no floor"},
		{"upstairs", unit{path: "interest", imports: []string{"parley/deal"}}, "may import only lower floors"},
		{"along floor 2", unit{path: "opinion", imports: []string{"parley/interest"}}, "may import only lower floors"},
		{"along floor 3", unit{path: "deal", imports: []string{"parley/dossier"}}, "may import only lower floors"},
		{"web and api", unit{path: "web", imports: []string{"parley/api"}}, "may import only lower floors"},
		{"api and web", unit{path: "api", tests: []string{"parley/web"}}, "upstairs"},
		{"SQL in a page", unit{path: "web", imports: []string{"database/sql"}}, "only store speaks SQL"},
		{"SQL in a test", unit{path: "job", tests: []string{"database/sql"}}, "only store speaks SQL"},
		{"templates in the store", unit{path: "store", imports: []string{"html/template"}}, "floor 6"},
		{"requests in a concept", unit{path: "deal", imports: []string{"net/http"}}, "floor 6"},
		{"requests in a chart", unit{path: "chart", imports: []string{"net/http"}}, "floor 6"},
		{"an engine with a library", unit{path: "engine/pareto", imports: []string{"github.com/x/y"}}, "standard library alone"},
		{"an engine with floats of others", unit{path: "engine/pareto", imports: []string{"gonum.org/v1/gonum/mat"}}, "standard library alone"},
		{"an engine that knows a concept", unit{path: "engine/pareto", imports: []string{"parley/interest"}}, "may import only lower floors"},
		{"help for tests", unit{path: "web", imports: []string{"parley/store/storetest"}}, "tests alone"},
		{"a clock", unit{path: "deal", impure: []string{"time.Now"}}, "no clock"},
		{"a test upstairs", unit{path: "store", tests: []string{"parley/web"}}, "upstairs"},
	} {
		got := violations([]unit{c.unit})
		if len(got) == 0 || !strings.Contains(got[0], c.want) {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
	allowed := []unit{
		{path: "engine/bargain", imports: []string{"parley/engine/pareto", "math/big"}},
		{path: "dossier", imports: []string{"parley/deal", "parley/interest", "github.com/goccy/go-yaml"}},
		{path: "store", imports: []string{"database/sql", "parley/store/migration"}, tests: []string{"parley/store/storetest"}},
		{path: "store/storetest", imports: []string{"database/sql", "parley/store"}},
		{path: "interest", tests: []string{"parley/dossier", "parley/examples"}},
		{path: "cmd/parley", imports: []string{"parley/web", "net/http", "parley/store"}},
	}
	if got := violations(allowed); len(got) > 0 {
		t.Errorf("allowed, and yet: %q", got)
	}
}

func TestAChainThatIsTooLong(t *testing.T) {
	var units []unit
	for i := range longestChain + 1 {
		units = append(units, unit{path: fmt.Sprintf("web/p%d", i), imports: []string{fmt.Sprintf("parley/web/p%d", i+1)}})
	}
	units[len(units)-1].imports = nil
	if got := violations(units); len(got) != 1 || !strings.Contains(got[0], "longer than 8") {
		t.Errorf("got %q", got)
	}
}

func TestImpuritiesAreFound(t *testing.T) {
	files := token.NewFileSet()
	f, err := parser.ParseFile(files, "x.go", `package x
import ("time"; "math/rand/v2")
func f(now time.Time) { _ = time.Now(); _ = rand.N(3); _ = now.Sub(now) }`, 0)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := impurities(files, f), []string{"x.go:2:17: import of math/rand/v2", "x.go:3:29: time.Now"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
