package api

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"parley/dialogue"
)

// sample is a value that the schema allows; spoiled are values that it does not,
// by what is wrong with them.
type sampler struct{ schemas huma.Registry }

func (s sampler) follow(schema *huma.Schema) *huma.Schema {
	for schema.Ref != "" {
		schema = s.schemas.SchemaFromRef(schema.Ref)
	}
	return schema
}

func (s sampler) sample(schema *huma.Schema) any {
	schema = s.follow(schema)
	switch {
	case len(schema.Enum) > 0:
		return schema.Enum[0]
	case len(schema.Examples) > 0:
		return schema.Examples[0]
	}
	switch schema.Type {
	case huma.TypeObject:
		out := map[string]any{}
		for _, name := range schema.Required {
			out[name] = s.sample(schema.Properties[name])
		}
		return out
	case huma.TypeArray:
		out := []any{}
		for range deref(schema.MinItems) {
			out = append(out, s.sample(schema.Items))
		}
		return out
	case huma.TypeInteger:
		if schema.Minimum != nil {
			return *schema.Minimum
		}
		return 1
	case huma.TypeBoolean:
		return true
	}
	if schema.Format == "date-time" {
		return "2026-05-01T00:00:00Z"
	}
	return strings.Repeat("a", max(deref(schema.MinLength), 1))
}

func deref(n *int) int {
	if n == nil {
		return 0
	}
	return *n
}

func (s sampler) spoiled(schema *huma.Schema) map[string]any {
	schema = s.follow(schema)
	out := map[string]any{"another type": map[string]any{"en": []any{}}}
	switch schema.Type {
	case huma.TypeString:
		if schema.MaxLength != nil && *schema.MaxLength < maxText {
			out["too long"] = strings.Repeat("a", *schema.MaxLength+1)
		}
		if deref(schema.MinLength) > 0 {
			out["empty"] = ""
		}
		if len(schema.Enum) > 0 {
			out["no such word"] = "no-such-word"
		}
		if schema.Pattern != "" {
			out["another form"] = "/ж/"
		}
		if schema.Format == "date-time" {
			out["no time"] = "tomorrow"
		}
	case huma.TypeInteger:
		out["a fraction"] = 1.5
		if schema.Minimum != nil {
			out["too small"] = *schema.Minimum - 1
		}
		if schema.Maximum != nil {
			out["too large"] = *schema.Maximum + 1
		}
	case huma.TypeArray:
		if schema.MaxItems != nil {
			out["too many"] = slices.Repeat([]any{s.sample(schema.Items)}, *schema.MaxItems+1)
		}
		if deref(schema.MinItems) > 0 {
			out["none"] = []any{}
		}
		for wrong, value := range s.spoiled(schema.Items) {
			out["an item: "+wrong] = []any{value}
		}
	case huma.TypeObject:
		if len(schema.Properties) == 0 {
			out["no language"] = map[string]any{"English": "words"}
			out["no words"] = map[string]any{"en": 7}
		}
	}
	return out
}

// Every limit that the document states is held, for every field of every request:
// one wrong value at a time, the rest as it should be.
func TestEveryLimitIsHeld(t *testing.T) {
	w := newWorld(t, rooms[0], rooms[1])
	s := sampler{w.server.document.OpenAPI().Components.Schemas}
	tried := 0
	for i, op := range w.server.operations {
		if w.forms[i].op.RequestBody == nil {
			continue
		}
		schema := s.follow(w.forms[i].op.RequestBody.Content["application/json"].Schema)
		whole := s.sample(schema).(map[string]any)
		try := func(what string, body map[string]any) {
			tried++
			if r := w.askAllowed(op, body); r.Code != http.StatusUnprocessableEntity {
				t.Errorf("%s takes %s: got %d %s", op.id, what, r.Code, r.Body)
			}
		}
		for _, name := range schema.Required {
			less := maps.Clone(whole)
			delete(less, name)
			try("a body without "+name, less)
		}
		for name, property := range schema.Properties {
			for wrong, value := range s.spoiled(property) {
				spoiled := maps.Clone(whole)
				spoiled[name] = value
				try(fmt.Sprintf("%s that is %s", name, wrong), spoiled)
			}
		}
	}
	if t.Logf("%d requests", tried); tried < 200 {
		t.Errorf("only %d requests were tried", tried)
	}
}

// Places in addresses are held to their forms too.
func TestEveryPlaceIsHeld(t *testing.T) {
	w := newWorld(t, rooms[0], rooms[1])
	for _, op := range w.server.operations {
		for _, name := range place.FindAllString(op.path, -1) {
			if name == "{dialogue}" { // one of another form does not exist either
				path := strings.Replace(op.path, name, "Towns_1", 1)
				w.want(w.ask(dialogue.Owner, op.method, place.ReplaceAllString(path, "x"), nil), http.StatusNotFound, "store.no-dialogue")
				continue
			}
			wrong, want := op, http.StatusUnprocessableEntity
			wrong.path = strings.Replace(op.path, name, "%D0%B6~", 1)
			if r := w.askAllowed(wrong, map[string]any{}); r.Code != want {
				t.Errorf("%s with a wrong %s: got %d %s", op.id, name, r.Code, r.Body)
			}
		}
	}
}
