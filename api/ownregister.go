package api

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"parley/dialogue"
	"parley/interest"
)

// ownRegister is the register that a side writes about itself.
type ownRegister struct {
	Subject   dialogue.SideID `json:"subject"`
	Author    author          `json:"author"`
	Date      string          `json:"date"`
	Source    text            `json:"source"`
	Interests []interestEntry `json:"interests"`
	Weights   []weighing      `json:"weights" maxItems:"40" doc:"What the side says about how much they matter beside one another; a statement is known by its place here, from 1"`
}

type taggedRegister struct {
	ETag string `header:"ETag" doc:"For If-Match"`
	Body ownRegister
}

// interestBody is what an interest is written from.
type interestBody struct {
	Title        title         `json:"title"`
	Note         text          `json:"note,omitempty"`
	Tier         string        `json:"tier,omitempty" enum:"secondary,important,vital" doc:"Absent where it is not placed"`
	Horizon      string        `json:"horizon,omitempty" enum:"long,immediate"`
	Counterparts []counterpart `json:"counterparts,omitempty" maxItems:"50" doc:"At most one for each other side"`
}

// writtenInterest is an interest as it was written, and the tag of the register
// after it.
type writtenInterest struct {
	ETag     string `header:"ETag" doc:"Of the whole register, for the next If-Match"`
	Location string `header:"Location" doc:"Where everybody reads it"`
	Body     interestEntry
}

func (s *server) registerOwnRegister() {
	of := func(id, method, path, summary, about string) operation {
		return operation{
			id: id, method: method, path: "/dialogues/{dialogue}/own-registers/{side}" + path, verb: dialogue.EditRegister, tag: tagRegister,
			summary: summary, about: about,
		}
	}
	register(s, of("get-own-register", http.MethodGet, "", "Read the register that one's side writes", "Its ETag goes into If-Match of an edit."), s.getOwnRegister)
	add := of("add-interest", http.MethodPost, "/interests", "Add an interest to the own register", "The first one makes the register.")
	add.status, add.creates = http.StatusCreated, true
	register(s, add, s.addInterest)
	change := of("change-interest", http.MethodPut, "/interests/{interest}", "Replace an interest of the own register", "")
	change.edits = true
	register(s, change, s.changeInterest)
	remove := of("remove-interest", http.MethodDelete, "/interests/{interest}", "Take an interest out of the own register", "One that a topic needs stays: 409.")
	remove.edits = true
	register(s, remove, s.removeInterest)
	weigh := of("add-weighing", http.MethodPost, "/weights", "Say in the own register what matters more",
		"Either more, than and times, or gain and outweighs. What contradicts the rest is refused (422) with the smallest set of statements that does.")
	weigh.status, weigh.creates = http.StatusCreated, true
	register(s, weigh, s.addWeighing)
	unweigh := of("remove-weighing", http.MethodDelete, "/weights/{number}", "Take back what the own register says about weights", "")
	unweigh.edits = true
	register(s, unweigh, s.removeWeighing)
}

type InOwn struct {
	InDialogue
	Side dialogue.SideID `path:"side"`
}

func (s *server) getOwnRegister(ctx context.Context, v *visit, in *InOwn) (*taggedRegister, error) {
	if err := dialogue.MayForSide(v.Entrance.Standing, dialogue.EditRegister, v.Entrance.Dialogue, in.Side); err != nil {
		return nil, err
	}
	r, revision, err := s.Store.OwnRegister(ctx, v.Person, v.dialogue(), in.Side)
	if err != nil {
		return nil, err
	}
	out := ownRegister{Subject: r.Subject, Author: authorOf(r.Author), Date: r.Date, Source: text(r.Source)}
	for _, i := range r.Interests {
		out.Interests = append(out.Interests, interestOf(r.Subject, i))
	}
	out.Weights = weighingsOf(r.Weights)
	return &taggedRegister{revisionTag(revision), out}, nil
}

func (s *server) addInterest(ctx context.Context, v *visit, in *struct {
	InOwn
	OnceKey
	Body interestBody
}) (*writtenInterest, error) {
	return s.writeInterest(ctx, v, in.Side, "", in.Body, -1)
}

type InOwnInterest struct {
	InOwn
	IfMatchTag
	Interest interest.ID `path:"interest"`
}

func (s *server) changeInterest(ctx context.Context, v *visit, in *struct {
	InOwnInterest
	Body interestBody
}) (*writtenInterest, error) {
	revision, err := in.revision(v)
	if err != nil {
		return nil, err
	}
	return s.writeInterest(ctx, v, in.Side, in.Interest, in.Body, revision)
}

func (s *server) writeInterest(ctx context.Context, v *visit, side dialogue.SideID, id interest.ID, b interestBody, revision int64) (*writtenInterest, error) {
	i, err := b.interest(v.lang)
	if err != nil {
		return nil, err
	}
	i.ID = id
	if i.ID, revision, err = s.Store.WriteInterest(ctx, v.Person, v.dialogue(), side, i, revision, v.now); err != nil {
		return nil, err
	}
	return &writtenInterest{
		revisionTag(revision), prefix + "/dialogues/" + string(v.dialogue()) + "/interests/" + string(i.ID), interestOf(side, i),
	}, nil
}

type removedInterest struct {
	ETag string `header:"ETag" doc:"Of the register after it"`
}

func (s *server) removeInterest(ctx context.Context, v *visit, in *InOwnInterest) (*removedInterest, error) {
	revision, err := in.revision(v)
	if err != nil {
		return nil, err
	}
	if revision, err = s.Store.RemoveInterest(ctx, v.Person, v.dialogue(), in.Side, in.Interest, revision, v.now); err != nil {
		return nil, err
	}
	return &removedInterest{revisionTag(revision)}, nil
}

// interest is the entry that was sent, in the terms of the register. The words
// of the scales were checked against the document.
func (b interestBody) interest(lang string) (interest.Interest, error) {
	i := interest.Interest{Title: b.Title.words(), Note: b.Note.words()}
	i.Tier, _ = wordOf[interest.Tier](interest.TierWords, b.Tier)
	i.Horizon, _ = wordOf[interest.Horizon](interest.HorizonWords, b.Horizon)
	for n, c := range b.Counterparts {
		one := interest.Counterpart{Side: c.Side, Note: c.Note.words()}
		one.Effect, _ = wordOf[interest.Effect](interest.EffectWords, c.Effect)
		one.Tone, _ = wordOf[interest.Tone](interest.ToneWords, c.Tone)
		one.Alignment, _ = wordOf[interest.Alignment](interest.AlignmentWords, c.Alignment)
		if c.Role != nil {
			one.Role.Low, _ = wordOf[interest.Role](interest.RoleWords, c.Role.Low)
			one.Role.High, _ = wordOf[interest.Role](interest.RoleWords, c.Role.High)
		}
		if c.Priority != nil {
			one.Priority.Low, _ = wordOf[interest.Level](interest.LevelWords, c.Priority.Low)
			one.Priority.High, _ = wordOf[interest.Level](interest.LevelWords, c.Priority.High)
		}
		twice := slices.ContainsFunc(i.Counterparts, func(o interest.Counterpart) bool { return o.Side == c.Side })
		if twice || one.Role.Low > one.Role.High || one.Priority.Low > one.Priority.High {
			return i, refused(http.StatusUnprocessableEntity, lang, []error{&huma.ErrorDetail{
				Location: "body.counterparts[" + strconv.Itoa(n) + "]", Message: ownMessage + "api.field.counterpart",
			}})
		}
		i.Counterparts = append(i.Counterparts, one)
	}
	slices.SortFunc(i.Counterparts, func(a, b interest.Counterpart) int { return strings.Compare(string(a.Side), string(b.Side)) })
	return i, nil
}
