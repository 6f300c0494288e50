package api

import (
	"fmt"
	"math"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"parley/api/apitest"
	"parley/dialogue"
	"parley/store/storetest"
)

// A dialogue of which somebody may not know is answered like one that does not
// exist: the same status, headers and words but for the id that was asked for.
func TestUnlistedDialoguesDoNotExist(t *testing.T) {
	w := newWorld(t, apitest.Room{ID: "hidden", Rule: dialogue.Members, Stage: dialogue.Open, Unlisted: true})
	for _, op := range w.server.operations {
		if !strings.Contains(op.path, "{dialogue}") {
			continue
		}
		for _, role := range []dialogue.Role{dialogue.Visitor, dialogue.Holder} {
			is, isNot := w.ask(role, op.method, op.example("hidden"), map[string]any{}), w.ask(role, op.method, op.example("hiddex"), map[string]any{})
			if is.Code != http.StatusNotFound || isNot.Code != is.Code {
				t.Errorf("%s for %s: got %d where it is, %d where it is not", op.id, role, is.Code, isNot.Code)
			}
			if got, want := strings.ReplaceAll(is.Body.String(), "hidden", "hiddex"), isNot.Body.String(); got != want {
				t.Errorf("%s for %s: got %s, want %s", op.id, role, got, want)
			}
			for key := range is.Header() {
				if is.Header().Get(key) != isNot.Header().Get(key) {
					t.Errorf("%s for %s: %s is %q and %q", op.id, role, key, is.Header().Get(key), isNot.Header().Get(key))
				}
			}
		}
	}
	for _, role := range []dialogue.Role{dialogue.Visitor, dialogue.Holder} {
		if ids := w.pages(role, "/dialogues", "id", "100"); slices.Contains(ids, "hidden") {
			t.Errorf("the list tells %s of it", role)
		}
	}
	if ids := w.pages(dialogue.Observer, "/dialogues", "id", "100"); !slices.Contains(ids, "hidden") {
		t.Errorf("who takes part does not find it: %q", ids)
	}
	secret, _, err := w.Invite(t.Context(), w.People[dialogue.Convener], "hidden", dialogue.Invitation{Role: dialogue.Participant}, apitest.Now)
	if err != nil {
		t.Fatal(err)
	}
	w.want(w.ask(dialogue.Holder, http.MethodGet, "/dialogues/hidden", nil, invitationHeader, secret), 200, "")
	w.want(w.ask(dialogue.Holder, http.MethodGet, "/dialogues/hidden", nil, invitationHeader, secret+"x"), 404, "store.no-dialogue")
}

// What is off the record is not given away as a file, whatever the address is
// called: nobody inside the room, convener or not, reads it with a program.
func TestOffTheRecordIsNoJSON(t *testing.T) {
	w := newWorld(t, apitest.Room{ID: "quiet", Rule: dialogue.OffTheRecord, Stage: dialogue.Open}, apitest.Room{ID: "house", Rule: dialogue.NonAttribution, Stage: dialogue.Open})
	some := w.ok(w.ask(dialogue.Participant, http.MethodGet, "/dialogues/house/interests", nil)).json["items"].([]any)[0].(map[string]any)["id"]
	assumed := map[string]any{"assumptions": []map[string]any{{"interest": some, "tier": "secondary"}}}
	topic := items(w.ok(w.ask(dialogue.Participant, http.MethodGet, "/dialogues/house/topics", nil)))[0]["id"]
	for _, role := range []dialogue.Role{dialogue.Observer, dialogue.Participant, dialogue.Mediator, dialogue.Convener} {
		for _, path := range []string{
			"/registers", "/interests", "/topics", "/matters", "/comparison", "/deals", "/dossier",
			fmt.Sprint("/interests/", some), fmt.Sprint("/topics/", topic),
		} {
			w.want(w.ask(role, http.MethodGet, "/dialogues/quiet"+path, nil), 403, "dialogue.rule")
			w.ok(w.ask(role, http.MethodGet, "/dialogues/house"+path, nil))
		}
		w.want(w.ask(role, http.MethodPost, "/dialogues/quiet/suppose", assumed), 403, "dialogue.rule")
		w.ok(w.ask(role, http.MethodPost, "/dialogues/house/suppose", assumed))
		w.ok(w.ask(role, http.MethodGet, "/dialogues/quiet", nil)) // that there is a room is no secret to those inside
	}
}

// Nor does the time tell them apart.
func TestTimeDoesNotTellUnlistedDialogues(t *testing.T) {
	storetest.Timed(t)
	w := newWorld(t, apitest.Room{ID: "hidden", Rule: dialogue.Members, Stage: dialogue.Open, Unlisted: true})
	const pairs = 400
	took := map[string][]float64{}
	for n := range pairs {
		for i := range 2 {
			id := []string{"hidden", "hiddex"}[(n+i)%2]
			begun := time.Now()
			w.ask(dialogue.Holder, http.MethodGet, "/dialogues/"+id, nil)
			took[id] = append(took[id], time.Since(begun).Seconds())
		}
	}
	if v := welch(took["hidden"], took["hiddex"]); math.Abs(v) > 4.5 {
		t.Errorf("t = %.1f over %d pairs", v, pairs)
	} else {
		t.Logf("t = %.1f over %d pairs", v, pairs)
	}
}

// welch is the statistic of the test by that name, after the slowest twentieth of
// both, which other work on the machine caused, is left out.
func welch(a, b []float64) float64 {
	mean := func(x []float64) (m, v float64) {
		slices.Sort(x)
		x = x[:len(x)*19/20]
		for _, one := range x {
			m += one / float64(len(x))
		}
		for _, one := range x {
			v += (one - m) * (one - m) / float64(len(x)-1)
		}
		return m, v / float64(len(x))
	}
	ma, va := mean(a)
	mb, vb := mean(b)
	return (ma - mb) / math.Sqrt(va+vb)
}

// What belongs to somebody else is answered like what does not exist.
func TestOthersThingsDoNotExist(t *testing.T) {
	w := newWorld(t, open("towns"), rooms[2])
	list, err := w.Store.Tokens(t.Context(), w.People[dialogue.Owner])
	if err != nil {
		t.Fatal(err)
	}
	sessions, err := w.Store.Sessions(t.Context(), w.People[dialogue.Owner], apitest.Now)
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := w.ok(w.ask(dialogue.Participant, http.MethodGet, "/dialogues/members-open/membership", nil)).json["id"].(string)
	_, invitation, err := w.Invite(t.Context(), w.People[dialogue.Convener], "members-open", dialogue.Invitation{Role: dialogue.Observer}, apitest.Now)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		role         dialogue.Role
		method, path string
		theirs       string
		body         any
	}{
		{dialogue.Holder, http.MethodDelete, "/account/tokens/", list[0].ID, nil},
		{dialogue.Holder, http.MethodDelete, "/account/sessions/", sessions[0].ID, nil},
		{dialogue.Convener, http.MethodDelete, "/dialogues/towns/members/", elsewhere, nil},
		{dialogue.Convener, http.MethodPut, "/dialogues/towns/members/*/grants/moderator", elsewhere, nil},
		{dialogue.Convener, http.MethodPut, "/dialogues/towns/applicants/*/approval", elsewhere, nil},
		{dialogue.Registrar, http.MethodPut, "/dialogues/towns/members/*/mandate", elsewhere, map[string]any{"mandate": "x"}},
		{dialogue.Participant, http.MethodPut, "/dialogues/towns/membership/recommendations/", elsewhere, nil},
		{dialogue.Convener, http.MethodDelete, "/dialogues/towns/invitations/", invitation.ID, nil},
	} {
		ask := func(id string) reply {
			path := c.path + id
			if strings.Contains(c.path, "*") {
				path = strings.Replace(c.path, "*", id, 1)
			}
			return w.ask(c.role, c.method, path, c.body)
		}
		theirs, none := ask(c.theirs), ask(strings.Repeat("a", len(c.theirs)))
		if theirs.Code != none.Code || theirs.Body.String() != none.Body.String() {
			t.Errorf("%s %s: got %d %s for another's, %d %s for none", c.method, c.path, theirs.Code, theirs.Body, none.Code, none.Body)
		}
	}
	if again, _ := w.Store.Tokens(t.Context(), w.People[dialogue.Owner]); len(again) != len(list) {
		t.Error("somebody ended another's token")
	}
}

// No request can set what the document does not offer, whoever sends it: every
// such field is named in the refusal.
func TestNoOperationTakesMoreThanItSays(t *testing.T) {
	w := newWorld(t, rooms[0], rooms[1])
	more := []string{"id", "ID", "owner", "person", "state", "role", "grants", "agreed", "member", "revision", "verified", "stage", "kind", "email_confirmed", "__proto__"}
	walked := 0
	for _, op := range w.server.operations {
		request := w.server.document.OpenAPI().Paths[prefix+op.path]
		for _, described := range []*bodyOf{{http.MethodPost, request.Post}, {http.MethodPut, request.Put}, {http.MethodDelete, request.Delete}} {
			if described.method != op.method || described.op.RequestBody == nil {
				continue
			}
			schema := described.op.RequestBody.Content["application/json"].Schema
			if schema.Ref != "" {
				schema = w.server.document.OpenAPI().Components.Schemas.SchemaFromRef(schema.Ref)
			}
			walked++
			body, want := map[string]any{}, map[string]bool{}
			for _, name := range more {
				if schema.Properties[name] == nil {
					body[name], want["body."+name] = "x", true
				}
			}
			got := w.askAllowed(op, body)
			found, _ := got.json["errors"].([]any)
			for _, e := range found {
				delete(want, e.(map[string]any)["location"].(string))
			}
			if got.Code != http.StatusUnprocessableEntity || len(want) > 0 {
				t.Errorf("%s: got %d, not refused: %v", op.id, got.Code, want)
			}
		}
	}
	if walked < 20 {
		t.Errorf("only %d operations with a body were found", walked)
	}
}

type bodyOf struct {
	method string
	op     *huma.Operation
}

// askAllowed sends the body as somebody whom the gate lets in.
func (w *world) askAllowed(op operation, body any) reply {
	w.t.Helper()
	for _, room := range rooms[:2] {
		for _, role := range append([]dialogue.Role{dialogue.Visitor}, apitest.Roles...) {
			if w.expected(op, room, role) == letIn {
				return w.ask(role, op.method, op.example(room.ID), body, "If-Match", `"1"`)
			}
		}
	}
	w.t.Fatalf("nobody may %s", op.id)
	return reply{}
}
