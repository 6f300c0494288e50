package api

import (
	"encoding/base64"
	"maps"
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
	return pageWith(v, p, path, nil, things, cursor)
}

// upTo is the paging of a list of which the store gives so many lines at most.
func (p Paging) upTo(most int) Paging {
	p.Limit = min(p.Limit, most)
	return p
}

// pageWith is pageOf for a list that was asked for with more than a place in it.
func pageWith[T any](v *visit, p Paging, path string, query url.Values, things []T, cursor func(T) string) *listed[T] {
	if len(things) <= p.Limit {
		return &listed[T]{Body: page[T]{Items: things}}
	}
	things = things[:p.Limit]
	next := base64.RawURLEncoding.EncodeToString([]byte(cursor(things[len(things)-1])))
	return &listed[T]{v.nextPage(path, query, next, p.Limit), page[T]{things, next}}
}

// nextPage is the header that leads to the next page.
func (v *visit) nextPage(path string, query url.Values, next string, limit int) string {
	q := maps.Clone(query)
	if q == nil {
		q = url.Values{}
	}
	q.Set("after", next)
	if limit > 0 {
		q.Set("limit", strconv.Itoa(limit))
	}
	if v.Entrance != nil {
		path = "/dialogues/" + string(v.dialogue()) + path
	}
	return "<" + prefix + path + "?" + q.Encode() + `>; rel="next"`
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
