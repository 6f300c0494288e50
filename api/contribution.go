package api

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"parley/dialogue"
	"parley/fault"
	"parley/writing"
)

// Contribution is what all kinds of contributions have in common.
type Contribution struct {
	Number       writing.ID    `json:"number"`
	Kind         writing.Kind  `json:"kind"`
	State        writing.State `json:"state"`
	Author       *writer       `json:"author,omitempty" doc:"Absent where the rule of the room names nobody, of reasons, and of who left"`
	Own          bool          `json:"own" doc:"The reader wrote it"`
	Lang         string        `json:"lang" example:"en"`
	Title        string        `json:"title,omitempty" example:"The ferry stops at dusk" doc:"One line, of a statement its sentence; comments and reasons have none"`
	Body         string        `json:"body,omitempty" doc:"Markdown; lists leave it out"`
	HTML         string        `json:"html,omitempty" doc:"The body as it was rendered when it was written, references as links to pages"`
	Revision     int           `json:"revision" minimum:"1"`
	MadeAt       time.Time     `json:"made_at"`
	EditedAt     time.Time     `json:"edited_at,omitzero"`
	Tags         []string      `json:"tags" example:"ferry"`
	Reactions    reactions     `json:"reactions"`
	Translations []translation `json:"translations" doc:"Those that are shown, by language"`
	Verdict      *hidden       `json:"verdict,omitempty" doc:"Why moderators hid it; absent where they never did"`
}

// writer is who wrote something, as others may see it.
type writer struct {
	Member    dialogue.MemberID `json:"member"`
	Pseudonym string            `json:"pseudonym" example:"Heron"`
	Sides     []dialogue.SideID `json:"sides" doc:"That they declare now: none, one or several"`
	Role      dialogue.Role     `json:"role,omitempty" doc:"A neutral role that they hold, or convener"`
}

// reactions are marks, by kind and never by person or side.
type reactions struct {
	Helpful     int                `json:"helpful"`
	Unclear     int                `json:"unclear"`
	NeedsSource int                `json:"needs_source"`
	Own         []writing.Reaction `json:"own" doc:"Those of the reader"`
}

// translation is a contribution in another language.
type translation struct {
	Lang   string    `json:"lang" example:"ru"`
	Title  string    `json:"title,omitempty" example:"Паром не ходит после заката"`
	Body   string    `json:"body,omitempty"`
	HTML   string    `json:"html,omitempty"`
	By     *writer   `json:"by,omitempty"`
	Own    bool      `json:"own" doc:"The reader made it"`
	Of     int       `json:"of" doc:"The revision of the original that it translates"`
	Stale  bool      `json:"stale" doc:"The original has changed since"`
	Good   int       `json:"good" doc:"How many found it true to the original"`
	Bad    int       `json:"bad" doc:"How many did not"`
	Rating int       `json:"rating" minimum:"-1" maximum:"1" doc:"What the reader found; 0 is nothing"`
	At     time.Time `json:"at"`
	Hidden bool      `json:"hidden,omitempty" doc:"Moderators hid it; its translator still reads it"`
}

// hidden is why moderators hid something.
type hidden struct {
	Reason string    `json:"reason" example:"insult"`
	Case   int64     `json:"case" doc:"The line of the public log of moderation"`
	At     time.Time `json:"at"`
}

// reader is how contributions are told in one room to one reader.
type reader struct {
	lang  string
	names bool   // the rule of the room names people
	items string // before the number in the address of a contribution's page
}

func (v *visit) reader() reader {
	return reader{v.lang, v.Entrance.Rule.NamesPeople(), v.origin + "/" + v.lang + "/" + string(v.dialogue()) + "/item/"}
}

// author is who wrote something. Where the rule of the room names nobody it is
// left out with sides and role, for those can tell who it was.
func (r reader) author(a writing.Author) *writer {
	if !r.names || a.Member == "" {
		return nil
	}
	return &writer{a.Member, a.Pseudonym.In(r.lang), a.Sides, a.Role}
}

func (r reader) contribution(c writing.Contribution) Contribution {
	out := Contribution{
		Number: c.ID, Kind: c.Kind, State: c.State, Own: c.Mine, Lang: c.Lang, Title: c.Title, Body: c.Body, HTML: writing.Place(c.HTML, r.items),
		Revision: c.Revision, MadeAt: c.MadeAt, EditedAt: c.EditedAt, Tags: c.Tags,
		Reactions: reactions{c.Counts[writing.Helpful], c.Counts[writing.Unclear], c.Counts[writing.NeedsSource], c.Reactions.Own},
	}
	if c.Kind == writing.Reason {
		// To the minute it would tell when somebody answered.
		out.MadeAt, out.EditedAt = day(c.MadeAt), day(c.EditedAt)
	} else {
		out.Author = r.author(c.Author)
	}
	for _, t := range c.Translations {
		out.Translations = append(out.Translations, translation{
			t.Lang, t.Title, t.Body, writing.Place(t.HTML, r.items), r.author(t.By), t.Mine, t.Of, t.Stale, t.Good, t.Bad, t.Own, t.At, t.Hid,
		})
	}
	if c.Verdict != nil {
		out.Verdict = &hidden{c.Verdict.Reason, c.Verdict.Case, c.Verdict.At}
	}
	return out
}

// day is a moment without its minute; the zero time stays.
func day(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }

// InItem is part of what is asked with about one contribution.
type InItem struct {
	InDialogue
	Item writing.ID `path:"item"`
}

// tagged is an answer with a tag for If-Match.
type tagged[T any] struct {
	ETag string `header:"ETag" doc:"For If-Match and If-None-Match"`
	Body T
}

// revised is an answer about something that is edited by revision. Marks and
// translations change the answer and not the revision, so the tag holds both.
func revised[T any](revision int, body T) (*tagged[T], error) {
	sum, err := digest(body)
	return &tagged[T]{`"` + strconv.Itoa(revision) + "." + sum + `"`, body}, err
}

// digest stands for all of an answer.
func digest(body any) (string, error) {
	b, err := json.Marshal(body)
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:12]), err
}

// item is the revision of a contribution that the edit started from.
func (m IfMatchTag) item(v *visit) (int, error) {
	if number, _, ok := strings.Cut(m.IfMatch, "."); ok {
		m.IfMatch = number + `"`
	}
	n, err := m.revision(v)
	return int(n), err
}

// from is the revision that the edit of settings started from, of which none is 0.
func (m IfMatchTag) from(v *visit) (int64, error) {
	n, err := m.revision(v)
	if err == nil && n == 0 {
		err = problemWith(http.StatusPreconditionFailed, "api.if-match.old", v.lang)
	}
	return n, err
}

// written is a contribution that was sent in, and where it is read.
type written struct {
	Location string `header:"Location" doc:"Where it is read"`
	Body     receipt
}

// receipt says what became of words that were sent in. It repeats none of them.
type receipt struct {
	Number   writing.ID    `json:"number"`
	Kind     writing.Kind  `json:"kind"`
	State    writing.State `json:"state" doc:"held: a moderator reads it before others do"`
	Revision int           `json:"revision" minimum:"1"`
}

// below is an address in the dialogue.
func (v *visit) below(format string, args ...any) string {
	return prefix + "/dialogues/" + string(v.dialogue()) + fmt.Sprintf(format, args...)
}

// number is what the cursor of a list by numbers stands for; 0 is the beginning.
func (p Paging) number() (int64, error) {
	cursor, err := p.after()
	if err != nil || cursor == "" {
		return 0, err
	}
	n, err := strconv.ParseInt(cursor, 10, 64)
	if err != nil || n < 1 {
		return 0, fault.New(fault.Invalid, "api.cursor", "the cursor is not one of ours")
	}
	return n, nil
}

// cursorOf is the cursor of a list by numbers.
func cursorOf[N ~int64 | ~int](n N) string { return strconv.FormatInt(int64(n), 10) }
