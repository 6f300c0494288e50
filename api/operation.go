package api

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"parley/account"
	"parley/dialogue"
)

// operation is one thing that can be asked, as the document describes it and as
// the gate lets it in.
type operation struct {
	id      string
	method  string
	path    string // below /api/v1
	verb    dialogue.Verb
	also    dialogue.Verb // a second one that must be allowed too; may be empty
	tag     string
	summary string
	about   string // the description; the verb and the scope are added to it

	status  int   // of success; 0 is what its answer calls for
	creates bool  // an Idempotency-Key makes it safe to repeat
	edits   bool  // it needs If-Match
	errors  []int // beside those that every operation can answer

	produces string // the kind of its answer where that is no JSON
}

// prefix stands before every path.
const prefix = "/api/v1"

// scopes says which scope of a token each verb asks for.
var scopes = map[dialogue.Verb]account.Scope{
	dialogue.Visit: account.ScopeRead, dialogue.See: account.ScopeRead, dialogue.Take: account.ScopeRead,
	dialogue.Compute: account.ScopeRead, dialogue.SeeMembers: account.ScopeRead,

	dialogue.Join: account.ScopeWrite, dialogue.BeMember: account.ScopeWrite, dialogue.Recommend: account.ScopeWrite,
	dialogue.EditRegister: account.ScopeWrite,
	dialogue.Write:        account.ScopeWrite, dialogue.React: account.ScopeWrite, dialogue.Vote: account.ScopeWrite,
	dialogue.Translate: account.ScopeWrite, dialogue.Follow: account.ScopeWrite, dialogue.Report: account.ScopeWrite,
	dialogue.Appeal: account.ScopeWrite, dialogue.Steer: account.ScopeDesk, dialogue.Moderate: account.ScopeDesk,

	dialogue.Admit: account.ScopeDesk, dialogue.Invite: account.ScopeDesk, dialogue.Verify: account.ScopeDesk,
	dialogue.RecordMandate: account.ScopeDesk, dialogue.NameDelegate: account.ScopeDesk, dialogue.GrantRole: account.ScopeDesk,
	dialogue.Configure: account.ScopeDesk, dialogue.RemoveTraces: account.ScopeDesk, dialogue.SeeDesk: account.ScopeDesk,
	dialogue.SeeJournal: account.ScopeDesk, dialogue.SeeLetters: account.ScopeDesk, dialogue.AppointFirst: account.ScopeDesk,
	dialogue.Run: account.ScopeDesk,

	dialogue.BeHolder: account.ScopeAccount,
}

// register adds an operation. do is called where the gate has let the request
// in, and never before. An operation whose verb is in no table is a bug.
func register[I, O any](s *server, op operation, do func(context.Context, *visit, *I) (*O, error)) {
	policy, known := dialogue.Policies[op.verb]
	scope, scoped := scopes[op.verb]
	if !known || !scoped {
		panic(fmt.Sprintf("the operation %s has no verb that stands in the tables: %q", op.id, op.verb))
	}
	huma.Register(s.document, huma.Operation{
		OperationID: op.id, Method: op.method, Path: prefix + op.path, Tags: []string{op.tag},
		Summary: op.summary, Description: op.describe(policy, scope), DefaultStatus: op.status,
		Security: security(policy, scope), Errors: op.answers(), Responses: op.replies(),
		MaxBodyBytes: maxBody, RejectUnknownQueryParameters: true,
		Middlewares: huma.Middlewares{s.gate(op, scope), s.once(op), conditional},
	}, func(ctx context.Context, in *I) (*O, error) {
		v := visitOf(ctx)
		out, err := do(ctx, v, in)
		if err != nil {
			return nil, s.problem(ctx, op, err)
		}
		whole(out)
		return out, nil
	})
	s.operations = append(s.operations, op)
}

const (
	maxBody  = 1 << 20 // bytes
	yamlMIME = "application/yaml"
	zipMIME  = "application/zip"
)

// security is a token with the scope, or nothing at all where visitors may.
func security(p dialogue.Policy, scope account.Scope) []map[string][]string {
	out := []map[string][]string{{tokenScheme: {string(scope)}}}
	if slices.Contains(slices.Concat(p.Roles, p.Public), dialogue.Visitor) {
		out = append(out, map[string][]string{})
	}
	return out
}

func (op operation) describe(p dialogue.Policy, scope account.Scope) string {
	var roles []string
	for _, r := range slices.Concat(p.Roles, p.Public) {
		if !slices.Contains(roles, string(r)) {
			roles = append(roles, string(r))
		}
	}
	about := op.about
	if about != "" {
		about += "\n\n"
	}
	verb := fmt.Sprintf("Verb `%s`", op.verb)
	if op.also != "" {
		verb += fmt.Sprintf(" and verb `%s`", op.also)
	}
	if op.verb == dialogue.Take || op.also == dialogue.Take {
		about += "Refused where the rule of the room is `off-the-record`: an answer is a file to take home.\n\n"
	}
	return fmt.Sprintf("%s%s: for %s. A token needs the scope `%s`.", about, verb, strings.Join(roles, ", "), scope)
}

// answers lists the errors that the operation can answer with.
func (op operation) answers() []int {
	out := []int{
		http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusUnprocessableEntity,
		http.StatusTooManyRequests, http.StatusServiceUnavailable,
	}
	if slices.Contains([]string{http.MethodPost, http.MethodPut, http.MethodPatch}, op.method) {
		out = append(out, http.StatusRequestTimeout, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType)
	}
	if op.method != http.MethodGet {
		out = append(out, http.StatusConflict)
	}
	if op.edits {
		out = append(out, http.StatusPreconditionFailed, http.StatusPreconditionRequired)
	}
	return append(out, op.errors...)
}

// replies are the answers that the types of an operation do not tell of.
func (op operation) replies() map[string]*huma.Response {
	if op.method != http.MethodGet {
		return nil
	}
	tag := &huma.Header{Description: "For If-None-Match", Schema: &huma.Schema{Type: huma.TypeString}}
	success := &huma.Response{Headers: map[string]*huma.Header{"ETag": tag}}
	if op.produces != "" {
		success.Content = map[string]*huma.MediaType{op.produces: {Schema: shapeOf(op.produces)}}
	}
	return map[string]*huma.Response{
		"200": success, "304": {Description: "It is as you have it (If-None-Match)", Headers: map[string]*huma.Header{"ETag": tag}},
	}
}

// shapeOf is what an answer of that kind is like.
func shapeOf(produces string) *huma.Schema {
	switch produces {
	case yamlMIME:
		return &huma.Schema{Type: huma.TypeObject, AdditionalProperties: true}
	case jsonFeed:
		return jsonFeedShape()
	case atomMIME:
		return &huma.Schema{Type: huma.TypeString, Description: "An Atom feed (RFC 4287)"}
	}
	return &huma.Schema{Type: huma.TypeString, Format: "binary"}
}
