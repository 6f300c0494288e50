package web

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"parley/dialogue"
	"parley/fault"
)

// inPlace are the values that stand for the places of a pattern.
var inPlace = map[string]string{
	"lang": "en", "dialogue": "river", "topic": "water", "interest": "W-1", "side": "W", "link": "nothing", "id": "nothing", "key": "bm90aGluZw",
	"kind": "imprint", "member": "nothing", "invitation": "nothing", "$": "",
	"item": "7", "case": "7", "tag": "water", "secret": "nothing",
}

var placeInPattern = regexp.MustCompile(`\{([a-z$]+)\}`)

// addressOf fills in a pattern.
func addressOf(t testing.TB, pattern string) string {
	t.Helper()
	return placeInPattern.ReplaceAllStringFunc(pattern, func(place string) string {
		value, known := inPlace[strings.Trim(place, "{}")]
		if !known && place != "{file}" {
			t.Fatalf("%s: give %s a value in this test", pattern, place)
		}
		return value
	})
}

// refusal is what the door answers where dialogue.May says no.
type refusal string

const (
	none   refusal = "let in"
	signIn refusal = "led to sign in"
	agree  refusal = "led to the declaration"
	denied refusal = "denied"
	absent refusal = "missing"
)

// decided is what the table says.
func decided(err error) refusal {
	f, refused := fault.As(err)
	switch {
	case !refused:
		return none
	case f.Kind == fault.Unknown:
		return signIn
	case f.Key == "dialogue.agree-first":
		return agree
	case f.Kind == fault.Missing:
		return absent
	}
	return denied
}

// TestEveryRouteAsksTheTable walks every address with somebody of every role and
// compares what the door does with what the table of deeds says. The handlers are
// replaced: what is tested is the door, and no deed is done.
func TestEveryRouteAsksTheTable(t *testing.T) {
	for name, change := range map[string]func(d *dialogue.Dialogue){
		"public":         nil,
		"members":        func(d *dialogue.Dialogue) { d.Rule = dialogue.Members },
		"off the record": func(d *dialogue.Dialogue) { d.Rule = dialogue.OffTheRecord },
		"unlisted":       func(d *dialogue.Dialogue) { d.Rule = dialogue.Members },
		"preparing":      func(d *dialogue.Dialogue) { d.Stage = dialogue.Preparing },
	} {
		t.Run(name, func(t *testing.T) {
			x := newSociety(t, Config{Demo: true}, change)
			if name == "unlisted" {
				x.configure(func(c *dialogue.Configured) { c.Unlisted = true })
			}
			let := 0
			for _, role := range dialogue.Roles {
				b := x.as(role)
				for _, route := range x.Routes() {
					got, want := x.door(b, route), x.table(role, route)
					if got != want {
						t.Errorf("%s %s (%s) as %s: %s, want %s", route.Method, route.Pattern, route.Verb, role, got, want)
					}
					if got == none {
						let++
					}
				}
			}
			if all := len(dialogue.Roles) * len(x.Routes()); let == 0 || let == all {
				t.Errorf("%d of %d were let in: the test sees nothing", let, all)
			}
		})
	}
}

// table asks dialogue.May for somebody of the role, as the store knows them.
func (x *society) table(role dialogue.Role, route Route) refusal {
	x.t.Helper()
	person := x.people[role]
	if !strings.Contains(route.Pattern, "{dialogue}") {
		who := dialogue.Standing{SignedIn: person != "", Owner: role == dialogue.Owner}
		return decided(dialogue.May(who, route.Verb, dialogue.Dialogue{}))
	}
	e, err := x.Store.Entrance(context.Background(), x.dialogue, person, "", x.Now())
	x.must(err)
	return decided(dialogue.May(e.Standing, route.Verb, e.Dialogue))
}

// door asks for the address and reads from the answer what the door decided: a
// handler of our own tells that it was let in.
func (x *society) door(b *browser, route Route) refusal {
	x.t.Helper()
	b.site = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		x.placed(x.recognised(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_, _, pattern := x.find(r)
			if pattern != route.Method+" "+route.Pattern {
				x.t.Fatalf("%s %s is answered by %q", r.Method, r.URL.Path, pattern)
			}
			probe := http.NewServeMux()
			probe.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
				r, err := x.Server.admit(w, r, route.Verb)
				if err != nil {
					x.fail(w, r, err)
					return
				}
				w.WriteHeader(http.StatusTeapot)
			})
			probe.ServeHTTP(w, r)
		}))).ServeHTTP(w, r)
	})
	form := formOf()
	if route.Method == http.MethodGet {
		form = nil
	}
	rec := b.send(strings.Replace(addressOf(x.t, route.Pattern), "/static/", assets()["style.css"].address(), 1), form)
	to := rec.Header().Get("Location")
	switch {
	case rec.Code == http.StatusTeapot:
		return none
	case rec.Code == http.StatusForbidden:
		return denied
	case rec.Code == http.StatusNotFound:
		return absent
	case rec.Code == http.StatusSeeOther && strings.HasPrefix(to, "/en/sign-in"):
		return signIn
	case rec.Code == http.StatusSeeOther && strings.HasPrefix(to, "/en/river/declaration"):
		return agree
	}
	return refusal(fmt.Sprintf("%d to %q", rec.Code, to))
}

// TestAnAddressWithoutARuleIsABug is the control of the walk.
func TestAnAddressWithoutARuleIsABug(t *testing.T) {
	s := newServer(t, Config{Store: fullStore(t)})
	defer func() {
		if recover() == nil {
			t.Error("an address was registered for a deed of which no table speaks")
		}
	}()
	s.get("whatever", "/{lang}/whatever", s.list)
}

// TestRealHandlersStandBehindTheDoor asks the whole site, so that no handler is
// registered around the door: who may not is refused there, too.
func TestRealHandlersStandBehindTheDoor(t *testing.T) {
	x := newSociety(t, Config{Demo: true}, func(d *dialogue.Dialogue) { d.Rule = dialogue.Members })
	b := x.as(dialogue.Visitor)
	for _, route := range x.Routes() {
		want := x.table(dialogue.Visitor, route)
		if want == none {
			continue
		}
		form := formOf()
		if route.Method == http.MethodGet {
			form = nil
		}
		rec := b.send(addressOf(t, route.Pattern), form)
		if rec.Code != http.StatusSeeOther || !strings.HasPrefix(rec.Header().Get("Location"), "/en/sign-in") {
			t.Errorf("%s %s: %d to %q", route.Method, route.Pattern, rec.Code, rec.Header().Get("Location"))
		}
	}
	if !slices.ContainsFunc(x.Routes(), func(r Route) bool { return r.Verb == dialogue.Read }) {
		t.Error("no address is for reading")
	}
}
