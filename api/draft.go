package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"regexp"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"parley/dialogue"
	"parley/writing"
)

// draft is what somebody is writing and has not sent.
type draft struct {
	Place   string      `json:"place" example:"comment:12"`
	Fields  draftFields `json:"fields"`
	SavedAt time.Time   `json:"saved_at"`
}

// draftFields is what stands in the fields of a form.
type draftFields map[string]string

// fieldForm is what the name of a field looks like.
var fieldForm = regexp.MustCompile(`^[a-z_]{1,40}$`)

var errFieldName = errors.New(ownMessage + "api.field.field-name")

// Schema implements huma.SchemaProvider.
func (draftFields) Schema(r huma.Registry) *huma.Schema {
	return define(r, "DraftFields", func() *huma.Schema {
		words, fields := writing.MaxDraft, 20
		return &huma.Schema{
			Type: huma.TypeObject, Description: "The name of a field of the form to what stands in it",
			AdditionalProperties: &huma.Schema{Type: huma.TypeString, MaxLength: &words}, MaxProperties: &fields,
			Extensions: map[string]any{"propertyNames": map[string]any{"pattern": fieldForm.String()}},
			Examples:   []any{map[string]any{"title": "The ferry", "body": "Nobody gets home"}},
		}
	})
}

// UnmarshalJSON refuses what is no name of a field.
func (d *draftFields) UnmarshalJSON(b []byte) error {
	var fields map[string]string
	if err := json.Unmarshal(b, &fields); err != nil {
		return err
	}
	for name := range fields {
		if !fieldForm.MatchString(name) {
			return errFieldName
		}
	}
	*d = fields
	return nil
}

func (s *server) registerDrafts() {
	of := func(id, method, path, summary, about string) operation {
		return operation{id: id, method: method, path: "/dialogues/{dialogue}/drafts" + path, verb: dialogue.BeMember, tag: tagForum, summary: summary, about: about}
	}
	register(s, of("list-drafts", http.MethodGet, "", "List one's own drafts", "The newest first. Nobody else sees them."), s.listDrafts)
	register(s, of("save-draft", http.MethodPut, "/{place}", "Keep what is being written", "One for each place; fields without words drop it."), s.saveDraft)
	register(s, of("drop-draft", http.MethodDelete, "/{place}", "Drop a draft", ""), s.dropDraft)
}

func (s *server) listDrafts(ctx context.Context, v *visit, in *InList) (*listed[draft], error) {
	cursor, err := in.after()
	if err != nil {
		return nil, err
	}
	list, err := s.Store.Drafts(ctx, v.Person, v.dialogue())
	if err != nil {
		return nil, err
	}
	var all []draft
	for _, d := range list {
		all = append(all, draft{d.Place, d.Fields, d.SaveAt})
	}
	place := func(d draft) string { return d.Place }
	return pageOf(v, in.Paging, "/drafts", after(all, cursor, place), place), nil
}

// InPlace is the form that is being filled.
type InPlace struct {
	InDialogue
	Place string `path:"place" minLength:"1" maxLength:"100" pattern:"^(problem|action|statement|comment:[0-9]{1,9}|reason:[0-9]{1,9}|edit:[0-9]{1,9}|translate:[0-9]{1,9}:[a-z]{2,3}(-[a-z0-9]{2,8})*)$" example:"comment:12" doc:"Which form it is, with the number of what it is about"`
}

func (s *server) saveDraft(ctx context.Context, v *visit, in *struct {
	InPlace
	Body struct {
		Fields draftFields `json:"fields"`
	}
}) (*nothing, error) {
	return nil, s.Store.SaveDraft(ctx, v.Person, v.dialogue(), writing.Draft{Place: in.Place, Fields: in.Body.Fields}, v.now)
}

func (s *server) dropDraft(ctx context.Context, v *visit, in *InPlace) (*nothing, error) {
	return nil, s.Store.SaveDraft(ctx, v.Person, v.dialogue(), writing.Draft{Place: in.Place}, v.now)
}
