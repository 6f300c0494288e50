package apitest_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"parley/api/apitest"
	"parley/dialogue"
)

const schemathesis = "venv/bin/schemathesis"

// checks are what every answer is held to. That what the document allows is also
// accepted is not one of them: the rules of a dialogue say more than a schema
// can, and answer 409 or 422.
const checks = "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance," +
	"response_schema_conformance,negative_data_rejection,missing_required_header,unsupported_method,allow_header_conformance,use_after_free"

// ends are the operations after which there is not much left to ask.
var ends = []string{"leave", "set-stage"}

// assault makes requests up from the document and judges the answers by it. The
// document is narrowed to what there is, so that requests reach something.
func (l *live) assault(t *testing.T, address string, examples int, headers []string, more ...string) (string, error) {
	t.Helper()
	narrowed := bytes.Replace(l.document(t, "json"), []byte(`"DialogueID":{`), []byte(`"DialogueID":{"enum":["three-towns"],`), 1)
	narrowed = bytes.Replace(narrowed, []byte(`"SideID":{`), []byte(`"SideID":{"enum":["KE","BR","OS"],`), 1)
	args := []string{
		"run", keep(t, "openapi.json", narrowed), "--url", address, "--checks", checks, "--max-examples", fmt.Sprint(examples), "--seed", "1",
		"--continue-on-failure", "--no-shrink", "--suppress-health-check", "all", "--warnings", "off",
	}
	for _, h := range headers {
		args = append(args, "--header", h)
	}
	return run(t, 8*time.Minute, t.TempDir(), tool(t, schemathesis), append(args, more...)...)
}

var threeTowns = apitest.Room{ID: "three-towns", Rule: dialogue.Public, Stage: dialogue.Open, Roster: dialogue.RosterMembers}

// A tester that nobody here wrote makes requests up from the document, as people
// of several roles, and finds neither a failure of the server nor an answer that
// the document does not describe.
func TestNoMadeUpRequestBreaksIt(t *testing.T) {
	tool(t, schemathesis)
	examples := 8 // of each operation
	if testing.Short() {
		examples = 1
	}
	for _, role := range []dialogue.Role{dialogue.Visitor, dialogue.Participant, dialogue.Delegate, dialogue.Convener, dialogue.Owner} {
		t.Run(string(role), func(t *testing.T) {
			t.Parallel()
			l := serve(t, threeTowns)
			headers := []string{"Accept-Language: en"}
			if role != dialogue.Visitor {
				headers = append(headers, "Authorization: Bearer "+l.Tokens[role])
			}
			var without, only []string
			for _, id := range ends {
				without = append(without, "--exclude-operation-id", id)
				only = append(only, "--include-operation-id", id)
			}
			for _, filter := range [][]string{without, only} {
				out, err := l.assault(t, l.URL, examples, headers, filter...)
				if err != nil {
					t.Errorf("%v\n%s", err, out)
				}
				t.Log(summary(out))
			}
		})
	}
}

// summary is the end of what the tester says.
func summary(out string) string { return out[max(strings.LastIndex(out, "SUMMARY"), 0):] }

// The tester does notice a wrong answer, a status that is not described, and a
// failure of the server.
func TestTheTesterNoticesAWrongAnswer(t *testing.T) {
	tool(t, schemathesis)
	l := serve(t, threeTowns)
	for _, c := range []struct{ name, old, new, want string }{
		{"a field is missing", `"as_of":`, `"as_off":`, "Response violates schema"},
		{"a word that is none", `"stage":"open"`, `"stage":"ajar"`, "Response violates schema"},
	} {
		out, err := l.assault(t, l.lying(t, c.old, c.new), 1, nil, "--include-operation-id", "get-dialogue")
		if err == nil || !strings.Contains(out, c.want) {
			t.Errorf("%s: got %v\n%s", c.name, err, out)
		}
	}
}
