package api

import (
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"parley/account"
	"parley/dialogue"
	"parley/store"
)

// elsewhere are the verbs of the store that are no business of programs, by why.
var elsewhere = map[string][]string{
	"signing in, and the ways to sign in": {
		"OwnerLink", "SignUp", "SignIn", "ProveCode", "SignInRecovery", "KnownDevice", "Prove", "ProvePasskey", "SignInPasskey", "PasskeyByID",
		"Spend", "Secret", "SignInIdentity", "Whois", "SetPassword", "RemovePassword", "Passkeys", "UserHandle", "AddPasskey", "RenamePasskey",
		"RemovePasskey", "StartTOTP", "ConfirmTOTP", "StopTOTP", "NewCodes", "Identities", "LinkIdentity", "UnlinkIdentity", "AskEmail",
		"ConfirmEmail", "AskReset", "ResetPassword",
	},
	"what needs a fresh proof, which no token gives":                            {"Erase", "RemoveEmail"},
	"the invented people of a demonstration":                                    {"OpenSession", "Invent"},
	"what a letter or a reader of feeds does, which hold a secret of their own": {"Unsubscribe", "FeedReader"},
	"a figure of the desk; who may ask for it reads the whole queue":            {"CasesWaiting"},
	"what one reader's page has beside the page that is kept for all":           {"Reading"},
	"the work of the server itself": {
		"SpreadNotices", "SendDigests", "Generation", "Newest",
		"Close", "Ping", "Asked", "ClaimJob", "KeepJob", "FailJob", "ReleaseJob", "DealQuestion", "AnswerDeals", "NextLetter", "SentLetter",
		"FailLetter", "FinishJob", "Scrub", "Backup", "Forget", "Weights", "LoadDossier",
	},
}

// calls lists the methods of the store that the package calls.
func calls(t *testing.T) []string {
	t.Helper()
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), f.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			method, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if of, ok := method.X.(*ast.SelectorExpr); ok && of.Sel.Name == "Store" {
				out = append(out, method.Sel.Name)
			}
			return true
		})
	}
	return out
}

// Every verb of the store can be asked of the interface, or stands above with the
// reason why it cannot.
func TestEveryVerbOfTheStoreIsHere(t *testing.T) {
	called := calls(t)
	stored := reflect.TypeFor[*store.Store]()
	for i := range stored.NumMethod() {
		name := stored.Method(i).Name
		here, left := slices.Contains(called, name), false
		for _, names := range elsewhere {
			left = left || slices.Contains(names, name)
		}
		if !here && !left {
			t.Errorf("no operation asks the store to %s", name)
		}
	}
	for why, names := range elsewhere {
		for _, name := range names {
			if _, is := stored.MethodByName(name); !is || slices.Contains(called, name) {
				t.Errorf("%s: the store has no %s, or it is asked", why, name)
			}
		}
	}
	if len(called) < 40 {
		t.Errorf("only %d calls of the store were found", len(called))
	}
}

// Every verb of the table has an operation, but for those that are done in a
// browser: signing in, proving again, and reading what may not be taken home.
func TestEveryVerbOfTheTableIsHere(t *testing.T) {
	w := newWorld(t)
	browser := []dialogue.Verb{dialogue.Enter, dialogue.ProveFresh, dialogue.ClaimServer, dialogue.Read}
	for verb := range dialogue.Policies {
		used := slices.ContainsFunc(w.server.operations, func(op operation) bool { return op.verb == verb })
		if used == slices.Contains(browser, verb) {
			t.Errorf("%s: has an operation: %t", verb, used)
		}
		if scope, ok := scopes[verb]; ok == slices.Contains(browser, verb) || ok && !slices.Contains(account.Scopes, scope) {
			t.Errorf("%s: has the scope %q", verb, scope)
		}
	}
}

// What makes something can be sent again; what edits says what it started from;
// and the document tells of both.
func TestCreatesAndEditsAreDescribed(t *testing.T) {
	w := newWorld(t)
	creates, edits := 0, 0
	for i, op := range w.server.operations {
		headers := map[string]bool{}
		for _, p := range w.forms[i].op.Parameters {
			headers[p.Name] = p.In == "header"
		}
		if op.creates != headers[onceHeader] {
			t.Errorf("%s: creates %t, takes a key %t", op.id, op.creates, headers[onceHeader])
		}
		if op.edits != headers["If-Match"] {
			t.Errorf("%s: edits %t, takes a tag %t", op.id, op.edits, headers["If-Match"])
		}
		if op.status == http.StatusCreated && !op.creates {
			t.Errorf("%s makes something and cannot be sent again", op.id)
		}
		if strings.Contains(op.path, "{dialogue}") != headers[invitationHeader] {
			t.Errorf("%s: takes an invitation: %t", op.id, headers[invitationHeader])
		}
		if op.creates {
			creates++
		}
		if op.edits {
			edits++
		}
	}
	if creates < 20 || edits != 7 {
		t.Errorf("%d creates, %d edits", creates, edits)
	}
}

// The words that the document lists are those of the concepts.
func TestWordsAreThoseOfTheConcepts(t *testing.T) {
	w := newWorld(t)
	all := w.server.document.OpenAPI().Components.Schemas.Map()
	same := func(name string, want ...string) {
		t.Helper()
		var got []string
		for _, e := range all[name].Enum {
			got = append(got, e.(string))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	same("Stage", "preparing", "open", "paused", "closed")
	same("Rule", "public", "members", "non-attribution", "off-the-record")
	same("Kind", "live", "historical", "invented")
	same("Admission", "invitation", "request", "open")
	same("Roster", "closed", "members")
	same("State", "asked", "admitted", "refused", "left", "removed")
	same("Sector", "official", "academic", "business", "civil", "media")
	same("Tick", "rules", "opinions", "publication", "contact")
	same("ContributionKind", "problem", "action", "comment", "statement", "reason")
	same("ContributionState", "held", "shown", "hidden", "withdrawn", "removed")
	same("Reaction", "helpful", "unclear", "needs-source")
	same("Status", "raised", "common-ground", "on-the-table", "agreed", "done", "dropped")
	same("Order", "bridging", "time", "attention")
	same("LinkKind", "topic", "interest", "option")
	same("ActionHorizon", "immediate", "long")
	same("VoteChoice", "agree", "disagree", "pass")
	same("ModerationReason", "insult", "threat", "private", "spam", "off-topic", "unlawful", "translation", "other")
	same("CaseWhy", "reported", "newcomer", "personal", "appealed")
	same("Verdict", "keep", "hide", "remove")
	same("Level", "all", "answers", "digest", "none")
	same("EventKind", "wrote", "edited", "mentioned", "answered", "translated", "moved", "told", "decided", "queued", "hushed")
	same("NoticeWhy", "mine", "follow", "mentioned", "answered", "dialogue", "moderator")
	same("Rhythm", "daily", "weekly", "never")
	same("Scope", "read", "write", "desk", "account")
	if got := len(all["Role"].Enum); got != len(dialogue.Roles) {
		t.Errorf("%d roles are described", got)
	}
}
