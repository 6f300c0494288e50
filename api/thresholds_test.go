package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"parley/account"
	"parley/api/apitest"
	"parley/dialogue"
	"parley/store"
)

// crowd is people of each side, with tokens, who answer one after another.
type crowd map[dialogue.SideID][]string

// gatherCrowd lets as many people of each side into the room, each by an
// invitation of their own.
func gatherCrowd(t *testing.T, w *world, each int, sides ...dialogue.SideID) crowd {
	t.Helper()
	out, ctx := crowd{}, t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, side := range sides {
		for i := range each {
			person, err := w.Invent(ctx, fmt.Sprintf("one-of-%s-%d", strings.ToLower(string(side)), i), "en", apitest.Now)
			must(err)
			secret, _, err := w.Invite(ctx, w.People[dialogue.Convener], "towns", dialogue.Invitation{Role: dialogue.Participant}, apitest.Now)
			must(err)
			_, err = w.Join(ctx, person, "towns", store.JoinRequest{
				Invitation: secret, Sides: []dialogue.SideID{side}, Version: 1, Lang: "en",
				Ticks: []dialogue.Tick{dialogue.TickRules, dialogue.TickOpinions, dialogue.TickPublication},
			}, apitest.Now)
			must(err)
			out[side] = append(out[side], w.Token(person, account.ScopeRead, account.ScopeWrite))
		}
	}
	return out
}

// onlookers are those who look while others answer.
var onlookers = []dialogue.Role{
	dialogue.Visitor, dialogue.Participant, dialogue.Delegate, dialogue.Observer, dialogue.Moderator, dialogue.Convener, dialogue.Owner,
}

// onceOnly is what is drawn anew in every answer.
var onceOnly = regexp.MustCompile(`"token":"[^"]*"`)

// everything is what every GET answers to every onlooker.
func (w *world) everything() map[string][]byte {
	w.t.Helper()
	out := map[string][]byte{}
	for _, op := range w.server.operations {
		if op.method != http.MethodGet {
			continue
		}
		for _, role := range onlookers {
			r := w.ask(role, op.method, op.example("towns")+asking[op.id], nil)
			out[op.id+" by "+string(role)] = onceOnly.ReplaceAll(r.Body.Bytes(), nil)
		}
	}
	return out
}

// changes lists what answers otherwise than before.
func changes(before, after map[string][]byte) []string {
	var out []string
	for key := range after {
		if !bytes.Equal(before[key], after[key]) {
			out = append(out, key)
		}
	}
	return out
}

// figuresIn collects every object in the JSON that holds figures about answers.
func figuresIn(v any, found *[]map[string]any) {
	switch v := v.(type) {
	case map[string]any:
		_, counted := v["agree"]
		_, expected := v["expected"]
		if counted || expected {
			*found = append(*found, v)
		}
		for _, inner := range v {
			figuresIn(inner, found)
		}
	case []any:
		for _, inner := range v {
			figuresIn(inner, found)
		}
	}
}

// figuresOfAll are all figures that stand in the answers.
func figuresOfAll(t *testing.T, all map[string][]byte) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	for key, body := range all {
		if !json.Valid(body) {
			continue
		}
		var v any
		if err := json.Unmarshal(body, &v); err != nil {
			t.Fatal(key, err)
		}
		var found []map[string]any
		figuresIn(v, &found)
		for _, f := range found {
			b, _ := json.Marshal(f)
			out[string(b)] = true
		}
	}
	return out
}

// Whoever asks whatever they may ask learns of other people's answers only what
// is told: nothing before ten people of each side have answered, the same until
// five more have, and no figure that is not in the statement's own snapshot.
// Between two tellings no answer of any operation changes by a byte, whoever
// votes, changes their mind or takes their answer back.
func TestNobodysAnswerIsTold(t *testing.T) {
	w := newWorld(t, open("towns"))
	people := gatherCrowd(t, w, 15, "KE", "BR", "OS")
	answer := func(side dialogue.SideID, from, to int) {
		t.Helper()
		for i := from; i < to; i++ {
			w.voter(people[side][i], []string{"agree", "disagree", "agree", "pass", "agree"}[i%5], i%2 == 0)
		}
	}
	// Two onlookers have answered themselves, long before.
	w.voter(w.Tokens[dialogue.Participant], "disagree", true)
	w.want(w.ask(dialogue.Participant, http.MethodPut, "/dialogues/towns/guesses/4/BR", map[string]any{"of10": 1}), 204, "")
	w.want(w.ask(dialogue.Participant, http.MethodPost, "/dialogues/towns/guesses/4/OS/skips", nil), 204, "")
	before := w.everything()
	same := func(what string) {
		t.Helper()
		after := w.everything()
		for _, key := range changes(before, after) {
			t.Errorf("%s: %s answers otherwise:\n%s\nwas\n%s", what, key, after[key], before[key])
		}
	}
	renewed := func(what string) {
		t.Helper()
		after := w.everything()
		if len(changes(before, after)) == 0 {
			t.Errorf("%s: nothing is told", what)
		}
		before = after
	}
	answer("KE", 0, 4) // five with the onlooker
	answer("BR", 0, 5)
	answer("OS", 0, 5)
	before = w.everything() // who is served what may know of five
	answer("KE", 4, 8)
	answer("BR", 5, 9)
	answer("OS", 5, 9)
	same("nine of each side")
	if found := figuresOfAll(t, before); len(found) > 0 {
		t.Errorf("figures of fewer than ten: %v", found)
	}
	answer("KE", 8, 15)
	answer("BR", 9, 10)
	answer("OS", 9, 10)
	renewed("ten of each side")
	w.onlyWhatIsTold(before)
	answer("BR", 10, 14)
	w.want(w.askAs(people["OS"][0], http.MethodPut, "/dialogues/towns/votes/4", map[string]any{"choice": "disagree"}), 204, "")
	w.want(w.askAs(people["OS"][1], http.MethodDelete, "/dialogues/towns/votes/4", nil), 204, "")
	w.want(w.askAs(people["OS"][2], http.MethodPut, "/dialogues/towns/guesses/4/KE", map[string]any{"of10": 9}), 204, "")
	same("four more of one side, and two who thought again")
	answer("BR", 14, 15)
	renewed("five more of one side")
	w.onlyWhatIsTold(before)
}

// onlyWhatIsTold demands that every figure in the answers stands in the snapshot
// of the statement, as a visitor reads it.
func (w *world) onlyWhatIsTold(all map[string][]byte) {
	w.t.Helper()
	snapshot := figuresOfAll(w.t, map[string][]byte{"": w.ok(w.ask("", http.MethodGet, statementAt, nil)).Body.Bytes()})
	if len(snapshot) < 3 {
		w.t.Fatalf("only %d figures are told", len(snapshot))
	}
	for figure := range figuresOfAll(w.t, all) {
		if !snapshot[figure] {
			w.t.Errorf("this is told and stands in no snapshot: %s", figure)
		}
	}
	for figure := range snapshot {
		var f struct{ N, Agree, Disagree, Passed int }
		if err := json.Unmarshal([]byte(figure), &f); err != nil || f.N < 10 {
			w.t.Errorf("%v: %s is told of too few", err, figure)
		}
	}
}

// Nobody reads another's answer: the words choice, guesses and reason stand only
// where the asker's own are.
func TestAnswersAreTheAskersOwn(t *testing.T) {
	w := newWorld(t, open("towns"))
	w.voter(w.Tokens[dialogue.Participant], "agree", true)
	w.want(w.ask(dialogue.Participant, http.MethodPut, "/dialogues/towns/guesses/4/BR", map[string]any{"of10": 7}), 204, "")
	own := 0
	for key, body := range w.everything() {
		holds := bytes.Contains(body, []byte(`"choice":"agree"`)) || bytes.Contains(body, []byte(`"of10":7`))
		if !holds {
			continue
		}
		if own++; !strings.HasSuffix(key, " by participant") {
			t.Errorf("%s: %s", key, body)
		}
	}
	if own < 2 {
		t.Errorf("%d answers show the asker their own", own)
	}
}
