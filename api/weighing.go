package api

import (
	"context"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"parley/interest"
)

// weighing is what a register says about how much its interests matter beside one
// another: either one beside another, or a trade-off.
type weighing struct {
	More      interest.ID  `json:"more,omitempty" doc:"This interest matters at least"`
	Times     string       `json:"times,omitempty" maxLength:"100" example:"3/2" doc:"so many times as much, a fraction; absent: as much"`
	Than      interest.ID  `json:"than,omitempty" doc:"as this one"`
	Gain      []stakeShare `json:"gain,omitempty" maxItems:"10" doc:"To gain all of this"`
	Outweighs []stakeShare `json:"outweighs,omitempty" maxItems:"10" doc:"is worth giving up all of that"`
}

func weighingsOf(said []interest.Weighing) (out []weighing) {
	shares := func(parts []interest.Part) (out []stakeShare) {
		for _, p := range parts {
			out = append(out, stakeShare{p.Interest, p.Of.String()})
		}
		return out
	}
	for _, w := range said {
		one := weighing{More: w.More, Than: w.Than, Gain: shares(w.Gain), Outweighs: shares(w.Outweighs)}
		if w.Times.Sign() != 0 {
			one.Times = w.Times.String()
		}
		out = append(out, one)
	}
	return out
}

// weighing is the statement that was sent, in the terms of the register.
func (b weighing) weighing(lang string) (w interest.Weighing, err error) {
	wrong := func(where, key string) error {
		return refused(http.StatusUnprocessableEntity, lang, []error{&huma.ErrorDetail{Location: "body." + where, Message: ownMessage + key}})
	}
	if (b.More != "" || b.Than != "" || b.Times != "") == (len(b.Gain) > 0 || len(b.Outweighs) > 0) {
		return w, wrong("more", "api.field.weighing")
	}
	w.More, w.Than = b.More, b.Than
	if b.Times != "" {
		if w.Times, err = interest.ParseFraction(b.Times); err != nil || w.Times.Sign() == 0 {
			return w, wrong("times", "api.field.fraction")
		}
	}
	for _, of := range []struct {
		name string
		from []stakeShare
		to   *[]interest.Part
	}{{"gain", b.Gain, &w.Gain}, {"outweighs", b.Outweighs, &w.Outweighs}} {
		for n, share := range of.from {
			part, err := interest.ParseFraction(share.Part)
			if err != nil {
				return w, wrong(of.name+"["+strconv.Itoa(n)+"].part", "api.field.fraction")
			}
			*of.to = append(*of.to, interest.Part{Interest: share.Interest, Of: part})
		}
	}
	return w, nil
}

// writtenWeighing is a statement as it was written, and the tag of the register
// after it.
type writtenWeighing struct {
	ETag string `header:"ETag" doc:"Of the whole register, for the next If-Match"`
	Body weighing
}

func (s *server) addWeighing(ctx context.Context, v *visit, in *struct {
	InOwn
	OnceKey
	Body weighing
}) (*writtenWeighing, error) {
	w, err := in.Body.weighing(v.lang)
	if err != nil {
		return nil, err
	}
	revision, err := s.Store.WriteWeighing(ctx, v.Person, v.dialogue(), in.Side, w, -1, v.now)
	if err != nil {
		return nil, err
	}
	return &writtenWeighing{revisionTag(revision), weighingsOf([]interest.Weighing{w})[0]}, nil
}

func (s *server) removeWeighing(ctx context.Context, v *visit, in *struct {
	InOwn
	IfMatchTag
	Number int `path:"number" minimum:"1" maximum:"40" doc:"Its place in the register, from 1"`
}) (*removedInterest, error) {
	revision, err := in.revision(v)
	if err != nil {
		return nil, err
	}
	if revision, err = s.Store.RemoveWeighing(ctx, v.Person, v.dialogue(), in.Side, in.Number-1, revision, v.now); err != nil {
		return nil, err
	}
	return &removedInterest{revisionTag(revision)}, nil
}
