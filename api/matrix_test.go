package api

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"parley/account"
	"parley/api/apitest"
	"parley/dialogue"
)

// rooms in which the matrix is walked: every rule and every stage once, and one
// that few may know of.
var rooms = []apitest.Room{
	open("public-open"),
	{ID: "public-preparing", Rule: dialogue.Public, Stage: dialogue.Preparing},
	{ID: "members-open", Rule: dialogue.Members, Stage: dialogue.Open},
	{ID: "quiet-paused", Rule: dialogue.NonAttribution, Stage: dialogue.Paused},
	{ID: "secret-closed", Rule: dialogue.OffTheRecord, Stage: dialogue.Closed, Unlisted: true},
}

var place = regexp.MustCompile(`\{[a-z]+\}`)

// places are what examples of addresses hold, those of contributions as
// apitest.Room has them; "none" stands in all others.
var places = map[string]string{
	"{side}": string(apitest.SideA), "{tick}": "contact", "{role}": "moderator", "{kind}": "terms", "{version}": "7",
	"{item}": "1", "{statement}": "4", "{problem}": "1", "{case}": "1", "{about}": string(apitest.SideB), "{reaction}": "helpful", "{lang}": "ru",
	"{place}": "problem",
}

// example is an address of the operation.
func (op operation) example(id dialogue.ID) string {
	return place.ReplaceAllStringFunc(op.path, func(name string) string {
		if name == "{dialogue}" {
			return string(id)
		}
		if name == "{item}" && strings.Contains(op.path, "/actions/") {
			return "2"
		}
		if value, ok := places[name]; ok {
			return value
		}
		return "none"
	})
}

// A parameter that no operation knows is refused after the gate and before the
// handler: so what answers 422 was let in, and nothing was done.
const letIn = http.StatusUnprocessableEntity

// Every operation, asked by every role in every room, is let in exactly where
// the one table of who may do what says so.
func TestEveryOperationForEveryRole(t *testing.T) {
	w := newWorld(t, rooms...)
	walked := 0
	for _, op := range w.server.operations {
		for _, room := range rooms {
			for _, role := range append([]dialogue.Role{dialogue.Visitor}, apitest.Roles...) {
				walked++
				want := w.expected(op, room, role)
				got := w.ask(role, op.method, op.example(room.ID)+"?no-such-parameter=1", nil)
				if got.Code != want {
					t.Errorf("%s for %s in %s: got %d, want %d: %s", op.id, role, room.ID, got.Code, want, got.Body)
				}
			}
		}
	}
	t.Logf("%d operations, %d requests", len(w.server.operations), walked)
}

// expected is the answer by the table alone: what somebody is to the room was
// settled when it was made.
func (w *world) expected(op operation, room apitest.Room, role dialogue.Role) int {
	standing := dialogue.Standing{SignedIn: role != dialogue.Visitor, Owner: role == dialogue.Owner}
	d := dialogue.Dialogue{ID: room.ID, Rule: room.Rule, Stage: room.Stage, Unlisted: room.Unlisted, Roster: room.Roster}
	inRoom := place.FindString(op.path) == "{dialogue}"
	switch {
	case !inRoom:
		d = dialogue.Dialogue{}
	case role == dialogue.Visitor, role == dialogue.Owner, role == dialogue.Holder:
	case role == dialogue.Applicant:
		standing.Member, standing.State = "m", dialogue.Asked
	default:
		standing.Member, standing.State, standing.Observer = "m", dialogue.Admitted, role == dialogue.Observer
		if slices.Contains(dialogue.Granted, role) {
			standing.Grants = []dialogue.Grant{{Role: role, Side: apitest.SideA}}
		}
	}
	if op.also != "" {
		second := op
		second.verb, second.also, op.also = op.also, "", ""
		if first := w.expected(op, room, role); first != letIn {
			return first
		}
		return w.expected(second, room, role)
	}
	p := dialogue.Policies[op.verb]
	knows := !d.Unlisted || standing.Member != "" || standing.Owner
	has := standing.Roles()
	holds := func(r dialogue.Role) bool { return slices.Contains(has, r) }
	may := slices.ContainsFunc(p.Roles, holds) || d.Rule == dialogue.Public && slices.ContainsFunc(p.Public, holds) ||
		d.Roster == dialogue.RosterMembers && slices.ContainsFunc(p.Listed, holds)
	switch {
	case !knows:
		return http.StatusNotFound
	case !may && role == dialogue.Visitor:
		return http.StatusUnauthorized
	case !may, p.Stages != nil && !slices.Contains(p.Stages, d.Stage), p.Rules != nil && !slices.Contains(p.Rules, d.Rule):
		return http.StatusForbidden
	}
	return letIn
}

// What a token lacks the scope for is refused alike for every dialogue, there or
// not, and the answer names the scope.
func TestScopes(t *testing.T) {
	w := newWorld(t, rooms[0], rooms[4])
	tokens := w.tokensOfOneScope(w.People[dialogue.Convener])
	for _, op := range w.server.operations {
		need := scopes[op.verb]
		for scope, token := range tokens {
			for _, id := range []dialogue.ID{"public-open", "secret-closed", "no-such-room"} {
				got := w.askAs(token, op.method, op.example(id)+"?no-such-parameter=1", nil)
				if refused := got.json["code"] == "api.scope"; refused != (scope != need) {
					t.Errorf("%s with %s: got %d %s", op.id, scope, got.Code, got.Body)
				} else if refused {
					challenge := fmt.Sprintf(`Bearer realm="parley", error="insufficient_scope", scope="%s"`, need)
					if got.Code != http.StatusForbidden || got.Header().Get("WWW-Authenticate") != challenge {
						t.Errorf("%s with %s: got %d %q", op.id, scope, got.Code, got.Header().Get("WWW-Authenticate"))
					}
				}
			}
		}
	}
}

// An operation without a verb, or with one that is in no table, cannot be made.
func TestNoOperationWithoutAVerb(t *testing.T) {
	w := newWorld(t)
	for _, verb := range []dialogue.Verb{"", "dance", dialogue.Enter} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("an operation with the verb %q was registered", verb)
				}
			}()
			register(w.server, operation{id: "x", method: http.MethodGet, path: "/x", verb: verb}, w.server.getLegal)
		}()
	}
}

func (w *world) tokensOfOneScope(person account.PersonID) map[account.Scope]string {
	out := map[account.Scope]string{}
	for _, scope := range account.Scopes {
		out[scope] = w.Token(person, scope)
	}
	return out
}
