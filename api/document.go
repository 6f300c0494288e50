package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"strconv"
	"sync"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"

	"parley/account"
	"parley/deal"
)

// tokenScheme is the one way to say who asks.
const tokenScheme = "token"

const invitationHeader = "Parley-Invitation"

// The groups of operations, in the order of the document.
const (
	tagDialogue   = "dialogue"
	tagRegister   = "register"
	tagDeal       = "deal"
	tagMembership = "membership"
	tagMember     = "member"
	tagDesk       = "desk"
	tagForum      = "forum"
	tagOpinion    = "opinion"
	tagModeration = "moderation"
	tagNotice     = "notice"
	tagAccount    = "account"
	tagSite       = "site"
)

var tags = []*huma.Tag{
	{Name: tagDialogue, Description: "Dialogues, their sides, and what everybody is told before joining"},
	{Name: tagRegister, Description: "What each side wants, where registers meet, and the registers that sides write themselves"},
	{Name: tagDeal, Description: "What might be done between the sides, and what would change if a judgement were another"},
	{Name: tagMembership, Description: "Taking part: joining, the declaration, sides, consents, recommendations, leaving"},
	{Name: tagMember, Description: "Those who take part, for those who may see them"},
	{Name: tagDesk, Description: "Running a dialogue: settings, stages, admission, invitations, roles, the journal"},
	{Name: tagForum, Description: "What people write: problems, actions that could resolve them, comments, translations, and what became of each"},
	{Name: tagOpinion, Description: "Statements, one's own answers, what one expects of the other sides, and what is told of all answers together"},
	{Name: tagModeration, Description: "Reports, cases, decisions with reasons, appeals, and the public log of all that"},
	{Name: tagNotice, Description: "Hearing that something happened: what one follows, notices, events and feeds"},
	{Name: tagAccount, Description: "One's own account, but for the ways to sign in and erasing it"},
	{Name: tagSite, Description: "The site itself: legal texts, letters, contact"},
}

const about = `What the pages of parley can do, for programs.

Who asks is told by a personal token, made on the account page and sent as ` + "`Authorization: Bearer parley_…`" + `. Signing in, the ways to sign in, the e-mail address and erasing the account are no part of this interface: they need a fresh proof of who asks. All tokens end when the password is changed or reset.

* A token has scopes, and each operation names the one it needs: ` + "`read`" + ` for what the person may read in dialogues, ` + "`write`" + ` for what they do there as a member, ` + "`desk`" + ` for what they do as convener, registrar, moderator or owner, ` + "`account`" + ` for their own account, their notices and the export of all that is kept about them. A token can do nothing that the person may not.
* Errors are ` + "`application/problem+json`" + ` (RFC 9457) in the language of ` + "`Accept-Language`" + `; ` + "`code`" + ` is stable.
* What a reader may not know of answers 404, as what does not exist.
* What is said off the record is on pages alone, and answers 403 here.
* Lists come in pages: ` + "`limit`, `after`" + `, and the cursor of the next page in ` + "`next`" + ` and in the header ` + "`Link`" + `.
* Every GET has an ` + "`ETag`" + `. Edits of settings and registers need it in ` + "`If-Match`" + `: without it they answer 428, with an old one 412.
* A contribution can be edited with the ` + "`ETag`" + ` with which it was read; the revision alone is compared, not the marks of readers.
* What is told of answers to statements is one stored snapshot, the same for everybody: first when ten people of every side have answered, then after five more at a time. Nobody's answer is told to anybody but themselves.
* Who wrote something is left out where the rule of the room names nobody.
* Creates take an ` + "`Idempotency-Key`" + `.
* Fields that are not in the document are refused.`

// describe is the document before its operations.
func (s *server) describe() huma.Config {
	registry := huma.NewMapRegistry(schemas, schemaName)
	for _, list := range []map[reflect.Type]reflect.Type{standIns, wordsOfTheForum} {
		for of, standIn := range list {
			registry.RegisterTypeAlias(of, standIn)
		}
	}
	format := huma.Format{Marshal: huma.DefaultJSONFormat.Marshal, Unmarshal: read}
	version := s.Version
	if version == "" {
		version = "0"
	}
	c := huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info: &huma.Info{
				Title: "parley", Version: version, Description: about,
				License: &huma.License{Name: "Apache-2.0", Identifier: "Apache-2.0"},
			},
			Tags: tags,
			Components: &huma.Components{
				Schemas: registry,
				SecuritySchemes: map[string]*huma.SecurityScheme{tokenScheme: {
					Type: "http", Scheme: "bearer", Description: "A personal token, made on the account page. It begins with `parley_`.",
				}},
			},
		},
		Formats:       map[string]huma.Format{"application/json": format, "json": format},
		DefaultFormat: "application/json",
	}
	if s.Origin != "" {
		c.Servers = []*huma.Server{{URL: s.Origin}}
	} else {
		c.Servers = []*huma.Server{{URL: "/"}}
	}
	return c
}

// schemaName is how a type is called in the document: by its own name, what is
// kept about a person by that and a word before it, and whether a package stands
// by what it is about, because people have a standing too.
func schemaName(t reflect.Type, hint string) string {
	name := huma.DefaultSchemaNamer(t, hint)
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case t == reflect.TypeFor[deal.Standing]():
		return "PackageStanding"
	case t.Kind() == reflect.Struct && t.PkgPath() == reflect.TypeFor[account.Belonging]().PkgPath():
		return "Kept" + name
	}
	return name
}

// What a body may not hold.
var (
	errText = errors.New(ownMessage + "api.field.text")
	errNull = errors.New(ownMessage + "api.field.null")
)

// read is json.Unmarshal for text that a database can hold. What is not given is
// left out: null stands for nothing here.
func read(data []byte, v any) error {
	if !utf8.Valid(data) {
		return errText
	}
	if err := json.Unmarshal(data, v); err != nil {
		return err
	}
	if whole, ok := v.(*any); ok && *whole != nil {
		return check(*whole)
	}
	return nil
}

func check(v any) error {
	switch v := v.(type) {
	case nil:
		return errNull
	case string:
		if !storable(v) {
			return errText
		}
	case []any:
		for _, e := range v {
			if err := check(e); err != nil {
				return err
			}
		}
	case map[string]any:
		for k, e := range v {
			if !storable(k) {
				return errText
			}
			if err := check(e); err != nil {
				return err
			}
		}
	}
	return nil
}

// serveDocument answers with the document in both forms. It is written out once.
func (s *server) serveDocument(mux *http.ServeMux) {
	for _, f := range []struct {
		ending, mime string
		form         func() ([]byte, error)
	}{
		{"json", "application/openapi+json", func() ([]byte, error) { return json.Marshal(s.document.OpenAPI()) }},
		{"yaml", "application/openapi+yaml; charset=utf-8", s.document.OpenAPI().YAML},
	} {
		form := sync.OnceValues(f.form)
		mux.HandleFunc(fmt.Sprintf("GET %sopenapi.%s", Root, f.ending), func(w http.ResponseWriter, r *http.Request) {
			b, err := form()
			if err != nil {
				s.Log.Error("the document cannot be written", "error", err)
				s.refuse(w, r, http.StatusInternalServerError)
				return
			}
			w.Header().Set("Content-Type", f.mime)
			w.Header().Set("Cache-Control", "no-cache")
			w.Header().Set("Content-Length", strconv.Itoa(len(b)))
			w.Write(b)
		})
	}
}
