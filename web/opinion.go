package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"parley/dialogue"
	"parley/fault"
	"parley/opinion"
	"parley/writing"
)

// registerOpinion lists the addresses of statements, answers and expectations.
func (s *Server) registerOpinion() {
	s.get(dialogue.Read, "/{lang}/{dialogue}/vote", s.voteCard)
	s.post(dialogue.Vote, "/{lang}/{dialogue}/vote", s.voteServed)
	s.get(dialogue.Read, "/{lang}/{dialogue}/statements", s.statements)
	s.get(dialogue.Write, "/{lang}/{dialogue}/statement/new", s.newStatement)
	s.post(dialogue.Write, "/{lang}/{dialogue}/statement/new", s.proposeStatement)
	s.get(dialogue.Read, "/{lang}/{dialogue}/statement/{item}", s.statement)
	s.post(dialogue.Vote, "/{lang}/{dialogue}/statement/{item}/vote", s.voteOnPage)
	s.post(dialogue.BeMember, "/{lang}/{dialogue}/statement/{item}/unvote", s.unvote)
	s.post(dialogue.Vote, "/{lang}/{dialogue}/statement/{item}/expect", s.expect)
	s.post(dialogue.Vote, "/{lang}/{dialogue}/statement/{item}/reason", s.giveReason)
	s.post(dialogue.Steer, "/{lang}/{dialogue}/statement/{item}/close", s.closeStatement)
	s.get(dialogue.BeMember, "/{lang}/{dialogue}/me/answers", s.myAnswers)
	s.post(dialogue.BeMember, "/{lang}/{dialogue}/me/answers", s.keepAnswers)
	s.get(dialogue.Read, "/{lang}/{dialogue}/knowing", s.knowing)
}

// statementNumber is the number in the address.
func statementNumber(r *http.Request) (writing.ID, error) {
	n, err := strconv.ParseInt(r.PathValue("item"), 10, 64)
	if err != nil || n < 1 {
		return 0, missing("statement", r.PathValue("item"))
	}
	return writing.ID(n), nil
}

// placeFrom reads under what statements stand: "12" or "topic/option"; nil where
// nothing is named.
func placeFrom(under string) *opinion.Place {
	if under == "" {
		return nil
	}
	if n, err := strconv.ParseInt(under, 10, 64); err == nil && n > 0 {
		return &opinion.Place{Item: writing.ID(n)}
	}
	if strings.Contains(under, "/") {
		return &opinion.Place{Option: under}
	}
	return nil
}

// withUnder keeps in an address under what the reader is answering.
func withUnder(address, under string) string {
	if under == "" {
		return address
	}
	return withQuery(address, "under", under)
}

// toStatement is the page of a statement.
func (h *hall) toStatement(n writing.ID, more ...string) string {
	return h.to(append([]string{"statement", itemNumber(n)}, more...)...)
}

// saying is a statement as one reader gets it: in their language where somebody
// translated it, with the original beside it.
type saying struct {
	ID         writing.ID
	Address    string
	Words      Phrase
	Original   *Phrase // nil: Words are the original
	Source     string  // in which language it was written, who translated it, whether that was checked
	By         string  // who proposed it; empty where they are not to be named
	Sides      []Side  // of them
	Background prose
	Beside     prose // the original background, where Background is a translation
}

// saying prepares a statement, or a reason, for the reader.
func (h *hall) saying(c writing.Contribution) saying {
	x := saying{
		ID: c.ID, Address: h.toStatement(c.ID), Words: h.inTongue(c.Title, c.Lang), By: c.Author.Pseudonym.In(h.lang), Sides: h.sidesNamed(c.Author.Sides),
		Background: h.proseIn(c.HTML, c.Lang),
	}
	if c.Author.Pseudonym == "" {
		x.By = ""
	}
	w, t := h.words, c.In(h.lang)
	if c.Lang == h.lang {
		return x
	}
	x.Source = w.T("opinion.source.only", "Language", h.tongue(c.Lang))
	if t == nil || t.Hid {
		return x
	}
	original := x.Words
	x.Original, x.Beside = &original, x.Background
	x.Words, x.Background = Phrase{Words: t.Title}, h.proseIn(t.HTML, t.Lang)
	by := w.T("opinion.source.somebody")
	if t.By.Pseudonym != "" {
		by = t.By.Pseudonym.In(h.lang)
	}
	x.Source = w.T("opinion.source.translated", "Language", h.tongue(c.Lang), "By", by) + " · " + h.checked(*t)
	return x
}

// checked says whether readers found a translation true to its original.
func (h *hall) checked(t writing.Translation) string {
	switch {
	case t.Stale:
		return h.words.T("opinion.source.stale")
	case t.Bad > 0:
		return h.words.T("opinion.source.doubted")
	case t.Good > 0:
		return h.words.N("opinion.source.checked", t.Good)
	}
	return h.words.T("opinion.source.unchecked")
}

// inTongue marks words that are not in the language of the page.
func (h *hall) inTongue(words, lang string) Phrase {
	if lang == h.lang {
		lang = ""
	}
	return Phrase{Words: words, Lang: lang}
}

// proseIn is somebody's writing as it was rendered when it was written.
func (h *hall) proseIn(html, lang string) prose {
	if lang == h.lang {
		lang = ""
	}
	return prose{HTML: h.linked(html), Lang: lang}
}

// hindrance is why the reader cannot answer statements, and what they can do
// about it.
type hindrance struct {
	Words   string
	Address string
	Action  string
}

// hindered explains a refusal to somebody who would answer; nil where it is
// nothing that a sentence explains.
func (h *hall) hindered(err error) *hindrance {
	f, ok := fault.As(err)
	if !ok {
		return nil
	}
	say := func(key string, to ...string) *hindrance {
		x := &hindrance{Words: h.words.T("opinion.cannot." + key)}
		if len(to) > 0 {
			x.Address, x.Action = h.to(to...), h.words.T("opinion.cannot."+key+".do")
		}
		return x
	}
	st := h.Entrance.Standing
	switch {
	case f.Key == "opinion.tick":
		x := say("tick", "me")
		x.Address += "#ticks"
		return x
	case f.Key == "opinion.neutral":
		return say("neutral")
	case f.Kind == fault.Unknown, f.Key == "dialogue.denied" && st.Member == "":
		return say("visitor", "join")
	case f.Key == "dialogue.denied" && st.State == dialogue.Asked:
		return say("waiting", "me")
	case f.Key == "dialogue.denied" && st.Observer:
		return say("observer", "me")
	case f.Key == "dialogue.denied":
		return say("neutral")
	case strings.HasPrefix(f.Key, "dialogue.stage."):
		return say(strings.TrimPrefix(f.Key, "dialogue.stage."))
	}
	return nil
}

// neutral reports whether the reader serves all sides and so answers nothing.
func (h *hall) neutral() bool {
	return slices.ContainsFunc(h.Entrance.Standing.Grants, func(g dialogue.Grant) bool { return g.Role.Neutral() })
}

// answers reports whether the reader is somebody who can answer statements, as
// far as their standing tells.
func (h *hall) answers() bool { return h.may(dialogue.Vote) && !h.neutral() }

// otherSides are those of which the reader may say what they expect: all but
// their own.
func (h *hall) otherSides() []Side {
	return slices.DeleteFunc(slices.Clone(h.sides), func(s Side) bool { return slices.Contains(h.Entrance.Standing.Sides, s.ID) })
}

// opinionSaid is the word about what was just done.
func (h *hall) opinionSaid(r *http.Request) string {
	key := "opinion.said." + r.URL.Query().Get("said")
	if !h.words.Has(key) {
		return ""
	}
	return h.words.T(key)
}
