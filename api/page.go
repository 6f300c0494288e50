package api

import (
	"encoding/base64"
	"net/url"
	"strconv"

	"parley/fault"
)

// Paging is part of what a list is asked with.
type Paging struct {
	Limit int    `query:"limit" minimum:"1" maximum:"100" default:"50" doc:"How many at most"`
	After string `query:"after" maxLength:"200" doc:"The cursor that the page before gave as next"`
}

// after is what the cursor stands for; empty is the beginning.
func (p Paging) after() (string, error) {
	b, err := base64.RawURLEncoding.DecodeString(p.After)
	if err != nil || !storable(string(b)) {
		return "", fault.New(fault.Invalid, "api.cursor", "the cursor is not one of ours")
	}
	return string(b), nil
}

// page is one page of a list.
type page[T any] struct {
	Items []T    `json:"items" doc:"Those of this page"`
	Next  string `json:"next,omitempty" doc:"The cursor of the next page; absent on the last"`
}

// listed answers with a page.
type listed[T any] struct {
	Link string `header:"Link" doc:"The address of the next page, rel=next (RFC 8288); empty on the last"`
	Body page[T]
}

// pageOf is a page of things that were asked for with one more than the limit:
// the extra one tells that there is a next page.
func pageOf[T any](v *visit, p Paging, path string, things []T, cursor func(T) string) *listed[T] {
	out := &listed[T]{Body: page[T]{Items: things}}
	if len(things) <= p.Limit {
		return out
	}
	out.Body.Items = things[:p.Limit]
	out.Body.Next = base64.RawURLEncoding.EncodeToString([]byte(cursor(things[p.Limit-1])))
	q := url.Values{"after": {out.Body.Next}, "limit": {strconv.Itoa(p.Limit)}}
	if v.Entrance != nil {
		path = "/dialogues/" + string(v.dialogue()) + path
	}
	out.Link = "<" + prefix + path + "?" + q.Encode() + `>; rel="next"`
	return out
}

// after finds the things that come after the cursor in a list that is whole.
func after[T any](things []T, cursor string, key func(T) string) []T {
	if cursor == "" {
		return things
	}
	for i, t := range things {
		if key(t) == cursor {
			return things[i+1:]
		}
	}
	return nil
}
