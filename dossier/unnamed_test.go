package dossier_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"parley/deal"
	"parley/dossier"
	"parley/dossier/dossiertest"
	"parley/examples"
	"parley/i18n"
	"parley/interest"
)

// sign writes a name that stands nowhere else under everything that has an
// author.
func sign(d *dossier.Dossier) {
	n := 0
	name := func(a *interest.Author) {
		n++
		a.Name = i18n.Text{d.Dialogue.Languages[0]: fmt.Sprintf("Prof. Zyxwv %d of Qptown", n)}
	}
	act := func(a *interest.Act) {
		if a != nil {
			name(&a.By)
		}
	}
	for i := range d.Registers {
		name(&d.Registers[i].Author)
		d.Registers[i].Source = i18n.Text{d.Dialogue.Languages[0]: "Zyxwv, Collected works"}
	}
	for i := range d.Topics {
		name(&d.Topics[i].Author)
		act(d.Topics[i].Act)
	}
	for i := range d.Named {
		name(&d.Named[i].By)
		act(d.Named[i].Act)
	}
	if d.Table != nil {
		for _, i := range d.Table.Issues {
			for _, o := range i.Options {
				act(o.Act)
			}
		}
	}
}

func TestWithoutAttributionNobodyIsNamed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := dossiertest.Generate(t)
		sign(d)
		before := string(dossier.Write(d))
		bare := dossier.Unnamed(d)
		text := string(dossier.Write(bare))
		for _, of := range []string{"Zyxwv", "Prof.", "Qptown"} {
			if strings.Contains(text, of) {
				t.Fatalf("%q is left in\n%s", of, text)
			}
		}
		if err := dossier.Check(bare); err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if string(dossier.Write(d)) != before {
			t.Fatal("the dossier it began from has changed")
		}
		for i, r := range bare.Registers {
			if old := d.Registers[i]; r.Subject != old.Subject || r.Declared() != old.Declared() || len(r.Interests) != len(old.Interests) {
				t.Fatalf("register %d: got %+v", i, r)
			}
			if !r.Declared() && r.Author.Side != "" {
				t.Fatalf("register %d tells the side of who wrote it", i)
			}
		}
		a, errA := deal.NewQuestion(d.Input(), deal.DefaultSettings())
		b, errB := deal.NewQuestion(bare.Input(), deal.DefaultSettings())
		if key(errA) != key(errB) || errA == nil && a.SHA256() != b.SHA256() {
			t.Fatalf("got %v and %v", errA, errB)
		}
	})
}

func TestExamplesWithoutAttribution(t *testing.T) {
	for _, e := range examples.All() {
		d, err := dossier.Read(e.Name, e.Data)
		if err != nil {
			t.Fatal(err)
		}
		bare := dossier.Unnamed(d)
		if err := dossier.Check(bare); err != nil {
			t.Errorf("%s: %v", e.Name, err)
		}
		for _, r := range d.Registers {
			for _, words := range r.Author.Name {
				if strings.Contains(string(dossier.Write(bare)), "name: "+words) {
					t.Errorf("%s still names %q", e.Name, words)
				}
			}
		}
		again := dossier.Unnamed(bare)
		if string(dossier.Write(again)) != string(dossier.Write(bare)) {
			t.Errorf("%s: what is without names changes once more", e.Name)
		}
	}
}

// Without names it is still known which registers have one author: else two
// authors who differ would read as one who contradicts themselves.
func TestWithoutNamesAuthorsStayApart(t *testing.T) {
	for _, e := range examples.All() {
		d, err := dossier.Read(e.Name, e.Data)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"One author", "Author #"} {
			for i := range d.Registers {
				d.Registers[i].Author = interest.Author{Name: i18n.Text{"en": strings.ReplaceAll(name, "#", fmt.Sprint(i))}}
			}
			bases := func(d *dossier.Dossier) (out []string) {
				c := interest.Compare("en", d.Input().Book())
				for _, b := range slices.Concat(c.Perception, c.BetweenAuthors) {
					out = append(out, b.Interest+" "+b.BelievedIn+" "+b.Basis)
				}
				return out
			}
			if got, want := bases(dossier.Unnamed(d)), bases(d); !slices.Equal(got, want) {
				t.Errorf("%s: got %v, want %v", e.Name, got, want)
			}
		}
	}
}
