package api

import (
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"parley/forum"
	"parley/moderation"
	"parley/notice"
	"parley/opinion"
	"parley/writing"
)

// The types below stand in the document for those of what people write, answer,
// report and follow.
type (
	itemNumber   struct{}
	kindOfItem   struct{}
	stateOfItem  struct{}
	reactionWord struct{}
	statusWord   struct{}
	orderWord    struct{}
	linkWord     struct{}
	horizonWord  struct{}
	choiceWord   struct{}
	reasonWord   struct{}
	caseWord     struct{}
	verdictWord  struct{}
	levelWord    struct{}
	eventWord    struct{}
	noticeWord   struct{}
	rhythmWord   struct{}
)

var (
	itemStates = []writing.State{writing.Held, writing.Shown, writing.Hidden, writing.Withdrawn, writing.Removed}
	linkKinds  = []forum.LinkKind{forum.LinkTopic, forum.LinkInterest, forum.LinkOption}
	horizons   = []forum.Horizon{forum.Immediate, forum.Long}
	caseWhys   = []moderation.Why{moderation.Reported, moderation.Newcomer, moderation.Personal, moderation.Appealed}
	verdicts   = []moderation.Verdict{moderation.Keep, moderation.Hide, moderation.Remove}
	noticeWhys = []notice.Why{notice.BecauseMine, notice.BecauseFollow, notice.BecauseMentioned, notice.BecauseAnswered, notice.BecauseDialogue, notice.BecauseModerator}
	rhythms    = []notice.Rhythm{notice.Daily, notice.Weekly, notice.Never}
	eventKinds = []notice.EventKind{
		notice.Wrote, notice.Edited, notice.Mentioned, notice.Answered, notice.Translated, notice.Moved, notice.ToldTotals, notice.Decided, notice.Queued, notice.Hushed,
	}
)

func (itemNumber) Schema(r huma.Registry) *huma.Schema {
	return define(r, "ItemNumber", func() *huma.Schema {
		one, most := 1.0, float64(1<<53-1)
		return &huma.Schema{
			Type: huma.TypeInteger, Format: "int64", Minimum: &one, Maximum: &most, Examples: []any{12},
			Description: "The number of a contribution inside its dialogue, #12 in texts: one series for all kinds",
		}
	})
}
func (kindOfItem) Schema(r huma.Registry) *huma.Schema {
	return enum(r, "ContributionKind", "What a contribution is; a reason is why somebody answered a statement as they did", writing.Kinds)
}
func (stateOfItem) Schema(r huma.Registry) *huma.Schema {
	return enum(r, "ContributionState", "Where a contribution stands with moderators and its author", itemStates)
}
func (reactionWord) Schema(r huma.Registry) *huma.Schema {
	return enum(r, "Reaction", "A mark that a reader gives", writing.AllReactions)
}
func (statusWord) Schema(r huma.Registry) *huma.Schema {
	return enum(r, "Status", "What became of a problem or an action; common-ground is found by counting and never set by hand", forum.Statuses)
}
func (orderWord) Schema(r huma.Registry) *huma.Schema {
	return enum(r, "Order", "How a list stands: what helped people of different sides first, by time, or what needs attention first", forum.Orders)
}
func (linkWord) Schema(r huma.Registry) *huma.Schema {
	return enum(r, "LinkKind", "What of registers and table something is tied to", linkKinds)
}
func (horizonWord) Schema(r huma.Registry) *huma.Schema {
	return enum(r, "ActionHorizon", "When an action could bear fruit: within a year, or later", horizons)
}
func (choiceWord) Schema(r huma.Registry) *huma.Schema {
	return enum(r, "VoteChoice", "An answer to a statement", opinion.Choices)
}
func (reasonWord) Schema(r huma.Registry) *huma.Schema {
	return enum(r, "ModerationReason", "Why something is reported or hidden", moderation.Reasons)
}
func (caseWord) Schema(r huma.Registry) *huma.Schema {
	return enum(r, "CaseWhy", "Why something stands before the moderators", caseWhys)
}
func (verdictWord) Schema(r huma.Registry) *huma.Schema {
	return enum(r, "Verdict", "What moderators do: remove is for a person's safety alone", verdicts)
}
func (levelWord) Schema(r huma.Registry) *huma.Schema {
	return enum(r, "Level", "How closely somebody follows a thing", notice.Levels)
}
func (eventWord) Schema(r huma.Registry) *huma.Schema {
	return enum(r, "EventKind", "What happened", eventKinds)
}
func (noticeWord) Schema(r huma.Registry) *huma.Schema {
	return enum(r, "NoticeWhy", "Why somebody hears of something", noticeWhys)
}
func (rhythmWord) Schema(r huma.Registry) *huma.Schema {
	return enum(r, "Rhythm", "How often the digest goes", rhythms)
}

// wordsOfTheForum says which of them stands for which type.
var wordsOfTheForum = map[reflect.Type]reflect.Type{
	reflect.TypeFor[writing.ID]():         reflect.TypeFor[itemNumber](),
	reflect.TypeFor[writing.Kind]():       reflect.TypeFor[kindOfItem](),
	reflect.TypeFor[writing.State]():      reflect.TypeFor[stateOfItem](),
	reflect.TypeFor[writing.Reaction]():   reflect.TypeFor[reactionWord](),
	reflect.TypeFor[forum.Status]():       reflect.TypeFor[statusWord](),
	reflect.TypeFor[forum.Order]():        reflect.TypeFor[orderWord](),
	reflect.TypeFor[forum.LinkKind]():     reflect.TypeFor[linkWord](),
	reflect.TypeFor[forum.Horizon]():      reflect.TypeFor[horizonWord](),
	reflect.TypeFor[opinion.Choice]():     reflect.TypeFor[choiceWord](),
	reflect.TypeFor[moderation.Reason]():  reflect.TypeFor[reasonWord](),
	reflect.TypeFor[moderation.Why]():     reflect.TypeFor[caseWord](),
	reflect.TypeFor[moderation.Verdict](): reflect.TypeFor[verdictWord](),
	reflect.TypeFor[notice.Level]():       reflect.TypeFor[levelWord](),
	reflect.TypeFor[notice.EventKind]():   reflect.TypeFor[eventWord](),
	reflect.TypeFor[notice.Why]():         reflect.TypeFor[noticeWord](),
	reflect.TypeFor[notice.Rhythm]():      reflect.TypeFor[rhythmWord](),
}
