package api

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"parley/dialogue"
	"parley/dossier"
	"parley/fault"
	"parley/interest"
)

// author is who wrote something: a side, or somebody who is no side, or both.
type author struct {
	Side dialogue.SideID `json:"side,omitempty" doc:"Absent where the author is no side"`
	Name text            `json:"name" doc:"Empty where only the side is named"`
}

// registerHead is what one author says one side wants, without the interests.
type registerHead struct {
	Subject   dialogue.SideID `json:"subject" doc:"Whose interests"`
	Author    author          `json:"author"`
	Declared  bool            `json:"declared" doc:"The side wrote it about itself"`
	Date      string          `json:"date" example:"2025-03"`
	Source    text            `json:"source"`
	Interests []interest.ID   `json:"interests" doc:"In the author's order"`
	Weights   []weighing      `json:"weights" maxItems:"40" doc:"What its author says about how much they matter beside one another"`
}

// interestEntry is one thing a side wants, as a register states it. What the
// author did not state is absent.
type interestEntry struct {
	ID           interest.ID     `json:"id"`
	Subject      dialogue.SideID `json:"subject" doc:"Whose interest"`
	Title        text            `json:"title"`
	Note         text            `json:"note"`
	Tier         string          `json:"tier,omitempty" enum:"secondary,important,vital" doc:"How high it ranks inside this register; absent where it is not placed"`
	Horizon      string          `json:"horizon,omitempty" enum:"long,immediate"`
	Counterparts []counterpart   `json:"counterparts" maxItems:"50" doc:"What the entry says about other sides"`
}

// counterpart is what an entry says about another side.
type counterpart struct {
	Side      dialogue.SideID `json:"side"`
	Role      *roleSpan       `json:"role,omitempty" doc:"The part it can play"`
	Effect    string          `json:"effect,omitempty" enum:"helps,hinders,potential"`
	Priority  *levelSpan      `json:"priority,omitempty" doc:"How high it is believed to rank the matter"`
	Tone      string          `json:"tone,omitempty" enum:"neutral,negative,positive"`
	Alignment string          `json:"alignment,omitempty" enum:"parallel,opposed,mixed" doc:"In which direction it is said to pull"`
	Note      text            `json:"note,omitempty"`
}

type roleSpan struct {
	Low  string `json:"low" enum:"none,minor,medium,important,key"`
	High string `json:"high" enum:"none,minor,medium,important,key"`
}

type levelSpan struct {
	Low  string `json:"low" enum:"low,medium,high,top"`
	High string `json:"high" enum:"low,medium,high,top"`
}

// topic is a matter on which registers meet.
type topic struct {
	ID        interest.TopicID `json:"id"`
	Title     text             `json:"title"`
	Interests []interest.ID    `json:"interests"`
	Relation  string           `json:"relation,omitempty" enum:"shared,opposed,complementary,one-sided"`
	Author    author           `json:"author" doc:"Who drew the link"`
	Date      string           `json:"date"`
	Affects   []text           `json:"affects" doc:"Those who are not at the table"`
	Camps     [][]interest.ID  `json:"camps" doc:"Who stands with whom, where more than two oppose each other"`
	Divisible bool             `json:"divisible" doc:"A side can move half way"`
	Minimum   int              `json:"minimum" minimum:"0" doc:"Of a shared topic: how many sides suffice; 0 is all"`
	Shares    []stakeShare     `json:"shares" doc:"What part of an interest is at stake, where that is stated"`
	Act       *act             `json:"act,omitempty"`
}

type stakeShare struct {
	Interest interest.ID `json:"interest"`
	Part     string      `json:"part" example:"1/2" doc:"A fraction"`
}

// act is something definite that named actors could do at once.
type act struct {
	Title  text              `json:"title"`
	Actors []dialogue.SideID `json:"actors"`
	By     author            `json:"by" doc:"Who named it"`
}

// matter stands in no register, and somebody named it.
type matter struct {
	ID     string          `json:"id"`
	Title  text            `json:"title"`
	As     string          `json:"as,omitempty" enum:"quick-win,prerequisite,sphere,ask"`
	By     author          `json:"by"`
	Of     dialogue.SideID `json:"of,omitempty" doc:"Of an ask: the side that is asked"`
	Detail text            `json:"detail"`
	Act    *act            `json:"act,omitempty"`
}

// comparison lays the registers side by side.
type comparison struct {
	Dialogue dialogue.ID `json:"dialogue"`
	AsOf     string      `json:"as_of"`
	interest.Comparison
}

func (s *server) registerRegisters() {
	reading := func(id, path, summary, about string) operation {
		return operation{id: id, method: http.MethodGet, path: "/dialogues/{dialogue}" + path, verb: dialogue.Take, tag: tagRegister, summary: summary, about: about}
	}
	register(s, reading("list-registers", "/registers", "List the registers with their authorship", ""), s.listRegisters)
	register(s, reading("list-interests", "/interests", "List the interests of all registers", ""), s.listInterests)
	register(s, reading("get-interest", "/interests/{interest}", "Read one interest", ""), s.getInterest)
	register(s, reading("list-topics", "/topics", "List the topics on which registers meet", ""), s.listTopics)
	register(s, reading("get-topic", "/topics/{topic}", "Read one topic", ""), s.getTopic)
	register(s, reading("list-matters", "/matters", "List what stands in no register and was named all the same", ""), s.listMatters)
	register(s, reading("get-comparison", "/comparison", "Compare the registers",
		"Where interests meet, what each side believes about the others, and where beliefs and registers differ. It describes and proposes nothing."), s.getComparison)
	register(s, operation{
		id: "get-dossier", method: http.MethodGet, path: "/dialogues/{dialogue}/dossier", verb: dialogue.Take, tag: tagRegister,
		summary: "Take the whole dialogue home as a file", about: "YAML, from which `parley deals` gives the same answers at anybody's desk.",
		produces: yamlMIME,
	}, s.getDossier)
}

// room is the dialogue as its rule lets it be told: without names where what was
// said may be told and never who said it. What is off the record is told on pages
// alone: an answer of a program is a file to take home, so that whatever reads a
// room here asks for dialogue.Take.
func (s *server) room(ctx context.Context, v *visit) (*dossier.Dossier, error) {
	d, err := s.Store.Dossier(ctx, v.dialogue())
	if err == nil && d.Dialogue.Rule == dialogue.NonAttribution {
		d = dossier.Unnamed(d)
	}
	return d, err
}

func authorOf(a interest.Author) author { return author{a.Side, text(a.Name)} }

func actOf(a *interest.Act) *act {
	if a == nil {
		return nil
	}
	return &act{text(a.Title), a.Actors, authorOf(a.By)}
}

type InList struct {
	InDialogue
	Paging
}

func (s *server) listRegisters(ctx context.Context, v *visit, in *InList) (*listed[registerHead], error) {
	d, err := s.room(ctx, v)
	if err != nil {
		return nil, err
	}
	var all []registerHead
	for _, r := range d.Registers {
		h := registerHead{Subject: r.Subject, Author: authorOf(r.Author), Declared: r.Declared(), Date: r.Date, Source: text(r.Source), Weights: weighingsOf(r.Weights)}
		for _, i := range r.Interests {
			h.Interests = append(h.Interests, i.ID)
		}
		all = append(all, h)
	}
	// A register has no id of its own: its place in the dossier stands for one.
	cursor, err := in.after()
	if err != nil {
		return nil, err
	}
	from, _ := strconv.Atoi(cursor)
	from = min(max(from, 0), len(all))
	place := func(registerHead) string { return strconv.Itoa(from + in.Limit) }
	return pageOf(v, in.Paging, "/registers", all[from:], place), nil
}

func interestOf(subject dialogue.SideID, i interest.Interest) interestEntry {
	e := interestEntry{ID: i.ID, Subject: subject, Title: text(i.Title), Note: text(i.Note), Tier: i.Tier.String(), Horizon: i.Horizon.String()}
	for _, c := range i.Counterparts {
		one := counterpart{Side: c.Side, Effect: c.Effect.String(), Tone: c.Tone.String(), Alignment: c.Alignment.String(), Note: text(c.Note)}
		if c.Role.Known() {
			one.Role = &roleSpan{c.Role.Low.String(), c.Role.High.String()}
		}
		if c.Priority.Known() {
			one.Priority = &levelSpan{c.Priority.Low.String(), c.Priority.High.String()}
		}
		e.Counterparts = append(e.Counterparts, one)
	}
	return e
}

func (s *server) listInterests(ctx context.Context, v *visit, in *struct {
	InList
	Side dialogue.SideID `query:"side" doc:"Only those of this side"`
}) (*listed[interestEntry], error) {
	cursor, err := in.after()
	if err != nil {
		return nil, err
	}
	d, err := s.room(ctx, v)
	if err != nil {
		return nil, err
	}
	var all []interestEntry
	for _, r := range d.Registers {
		if in.Side != "" && r.Subject != in.Side {
			continue
		}
		for _, i := range r.Interests {
			all = append(all, interestOf(r.Subject, i))
		}
	}
	id := func(e interestEntry) string { return string(e.ID) }
	return pageOf(v, in.Paging, "/interests", after(all, cursor, id), id), nil
}

func (s *server) getInterest(ctx context.Context, v *visit, in *struct {
	InDialogue
	Interest interest.ID `path:"interest"`
}) (*outBody[interestEntry], error) {
	d, err := s.room(ctx, v)
	if err != nil {
		return nil, err
	}
	for _, r := range d.Registers {
		for _, i := range r.Interests {
			if i.ID == in.Interest {
				return &outBody[interestEntry]{interestOf(r.Subject, i)}, nil
			}
		}
	}
	return nil, fault.New(fault.Missing, "api.no-interest", "there is no interest %q", in.Interest)
}

func topicOf(t interest.Topic) topic {
	out := topic{
		ID: t.ID, Title: text(t.Title), Interests: t.Interests, Relation: t.Relation.String(), Author: authorOf(t.Author), Date: t.Date,
		Camps: t.Camps, Divisible: t.Divisible, Minimum: t.Minimum, Act: actOf(t.Act),
	}
	for _, a := range t.Affects {
		out.Affects = append(out.Affects, text(a))
	}
	for _, share := range t.Share {
		out.Shares = append(out.Shares, stakeShare{share.Interest, share.Part.String()})
	}
	return out
}

func (s *server) listTopics(ctx context.Context, v *visit, in *InList) (*listed[topic], error) {
	cursor, err := in.after()
	if err != nil {
		return nil, err
	}
	d, err := s.room(ctx, v)
	if err != nil {
		return nil, err
	}
	var all []topic
	for _, t := range d.Topics {
		all = append(all, topicOf(t))
	}
	id := func(t topic) string { return string(t.ID) }
	return pageOf(v, in.Paging, "/topics", after(all, cursor, id), id), nil
}

func (s *server) getTopic(ctx context.Context, v *visit, in *struct {
	InDialogue
	Topic interest.TopicID `path:"topic"`
}) (*outBody[topic], error) {
	d, err := s.room(ctx, v)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(d.Topics, func(t interest.Topic) bool { return t.ID == in.Topic })
	if at < 0 {
		return nil, fault.New(fault.Missing, "api.no-topic", "there is no topic %q", in.Topic)
	}
	return &outBody[topic]{topicOf(d.Topics[at])}, nil
}

func (s *server) listMatters(ctx context.Context, v *visit, in *InList) (*listed[matter], error) {
	cursor, err := in.after()
	if err != nil {
		return nil, err
	}
	d, err := s.room(ctx, v)
	if err != nil {
		return nil, err
	}
	var all []matter
	for _, n := range d.Named {
		all = append(all, matter{n.ID, text(n.Title), n.As.String(), authorOf(n.By), n.Of, text(n.Detail), actOf(n.Act)})
	}
	id := func(m matter) string { return m.ID }
	return pageOf(v, in.Paging, "/matters", after(all, cursor, id), id), nil
}

func (s *server) getComparison(ctx context.Context, v *visit, _ *InDialogue) (*outBody[comparison], error) {
	d, err := s.room(ctx, v)
	if err != nil {
		return nil, err
	}
	return &outBody[comparison]{comparison{d.Dialogue.ID, d.Dialogue.AsOf, d.Compare(v.lang)}}, nil
}

// file is something to take home.
type file struct {
	ContentType string `header:"Content-Type" hidden:"true"`
	Disposition string `header:"Content-Disposition" doc:"The name of the file"`
	Body        []byte
}

func (s *server) getDossier(ctx context.Context, v *visit, _ *InDialogue) (*file, error) {
	d, err := s.room(ctx, v)
	if err != nil {
		return nil, err
	}
	return &file{yamlMIME + "; charset=utf-8", `attachment; filename="` + string(d.Dialogue.ID) + `.yaml"`, dossier.Write(d)}, nil
}
