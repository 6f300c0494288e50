package genius_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"parley/deal"
	"parley/genius"
	"parley/i18n"
)

var update = flag.Bool("update", false, "write what the cases give into their files")

// TestCases reads every case in testdata/case: a scenario in its files and, in
// the part "want", the table it comes to, or what is wrong with it.
func TestCases(t *testing.T) {
	paths, err := filepath.Glob("testdata/case/*.txt")
	if err != nil || len(paths) < 10 {
		t.Fatalf("%d cases were found, %v", len(paths), err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txt"), func(t *testing.T) {
			a, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			last := &a.Files[len(a.Files)-1]
			if last.Name != "want" {
				t.Fatalf("the last part is %s and not want", last.Name)
			}
			got := outcome(a)
			if *update {
				last.Data = []byte(got)
				if err := os.WriteFile(path, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got != string(last.Data) {
				t.Errorf("got\n%s\nwant\n%s", got, last.Data)
			}
		})
	}
}

// outcome reads a case and describes what came of it in a few lines.
func outcome(a *txtar.Archive) string {
	set := genius.Settings{
		AsOf: "2026-11", Reservation: bytes.Contains(a.Comment, []byte("--reservation")), Cap: bytes.Contains(a.Comment, []byte("--cap")),
	}
	var files []genius.File
	for _, f := range a.Files[:len(a.Files)-1] {
		files = append(files, genius.File{Name: f.Name, Data: f.Data})
	}
	read := map[string]func() (*genius.Imported, error){
		".xml":  func() (*genius.Imported, error) { return genius.Read(files[0], files[1:], set) },
		".json": func() (*genius.Imported, error) { return genius.ReadWeb(files[0], files[1:], set) },
		".csv":  func() (*genius.Imported, error) { return genius.ReadCSV(files[0], set) },
	}[filepath.Ext(files[0].Name)]
	made, err := read()
	if err != nil {
		return err.Error() + "\n"
	}
	var b strings.Builder
	d := made.Dossier
	fmt.Fprintf(&b, "%s: %s\n", d.Dialogue.ID, d.Dialogue.Title["en"])
	for _, i := range d.Table.Issues {
		fmt.Fprintf(&b, "%s: %s\n", i.Topic, i.Title["en"])
		for _, o := range i.Options {
			fmt.Fprintf(&b, "  %s: %s: %s\n", o.ID, o.Title["en"], points(o.Points))
		}
	}
	for _, r := range d.Table.Rules {
		var refs []string
		for _, ref := range r.Together {
			refs = append(refs, ref.String())
		}
		fmt.Fprintf(&b, "together %s: %s\n", strings.Join(refs, " and "), points(r.Points))
	}
	fmt.Fprintf(&b, "without agreement: %s\n", points(d.Table.Disagreement))
	if len(d.Table.Cap) > 0 {
		fmt.Fprintf(&b, "at most: %s\n", points(d.Table.Cap))
	}
	for _, n := range made.Notices {
		fmt.Fprintf(&b, "notice: %s\n", n.In(i18n.For("en")))
	}
	return b.String()
}

func points(list []deal.SidePoints) string {
	var out []string
	for _, p := range list {
		out = append(out, fmt.Sprintf("%s %s", p.Side, p.Value))
	}
	return strings.Join(out, ", ")
}
