package strict

import (
	"strings"
	"testing"
)

func TestWhatAllReadersReadTheSame(t *testing.T) {
	for _, fine := range []string{
		`{}`, ` {"format":"x","answer":{"A":{"a":1},"a":{"A":[{"B":1},{"B":1}]}}} `, `{"labels":{"by_name":{"pt-BR":[0]}}}`,
		`{"facts":{"points":[[1,2],[1,2]]},"serve":[{"gains":[]},{"gains":[]}]}`, `[1,[2,{"a":{"a":1}}],"a","a"]`, `7`,
	} {
		if err := Check([]byte(fine)); err != nil {
			t.Errorf("%s: %v", fine, err)
		}
	}
}

func TestWhatReadersReadDifferently(t *testing.T) {
	for _, c := range []struct{ bundle, says string }{
		{``, "not one JSON value"},
		{`{"a":1`, "not one JSON value"},
		{`{"a":1}{}`, "nothing after it"},
		{`{"a":1} null`, "nothing after it"},
		{"{\"a\":1}\x00", "nothing after it"},
		{"{\"a\":\"\xff\"}", "UTF-8"},
		{`{"a":1,"a":1}`, `"a" stands twice in the bundle`},
		{`{"a":1,"\u0061":2}`, `"a" stands twice in the bundle`},
		{`{"answer":{"x":[0,{"y":{"z":1,"w":2,"z":3}}]}}`, `"z" stands twice in answer.x.y`},
		{`{"answer":{},"answer":{"x":1}}`, `"answer" stands twice in the bundle`},
		{`{"SHA256":"x"}`, `"SHA256" in the bundle is not written as documented`},
		{`{"ſha256":"x"}`, "not written as documented"}, // Go reads it as sha256
		{`{"question":{"interests":[{"Tier":3}]}}`, `"Tier" in question.interests is not written as documented`},
		{`{"x":{"answer":{"A":1}}}`, `"A" in x.answer is not written as documented`},
		{`{"table":{"issues":[[{"points":[],"Points":[]}]]}}`, `"Points" in table.issues is not`},
		{`{"":1}`, ""},
	} {
		err := Check([]byte(c.bundle))
		if c.says == "" {
			if err != nil {
				t.Errorf("%s: %v", c.bundle, err) // no field has this name: the verifiers refuse it
			}
			continue
		}
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %q", c.bundle, err, c.says)
		}
	}
	if err := Check([]byte(strings.Repeat("[", 1_000_000))); err == nil {
		t.Error("a bundle nested without end is read")
	}
}

func TestWhyACheckCameToNoEnd(t *testing.T) {
	why := func(do func()) (said string) {
		defer func() { said = Why(recover()) }()
		do()
		return ""
	}
	if got, want := why(func() { _ = []string{}[len(t.Name())] }), "a number or a name in it points to nothing"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := why(func() { panic("too many points") }); got != "too many points" {
		t.Errorf("got %q", got)
	}
}
