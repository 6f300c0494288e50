package api

import (
	"encoding/json"
	"errors"
	"reflect"
	"regexp"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"parley/account"
	"parley/deal"
	"parley/dialogue"
	"parley/i18n"
	"parley/interest"
)

// schemas is where the document keeps what is used in several places.
const schemas = "#/components/schemas/"

// define adds a schema to the document under its name, once, and refers to it.
func define(r huma.Registry, name string, make func() *huma.Schema) *huma.Schema {
	if _, ok := r.Map()[name]; !ok {
		s := make()
		s.PrecomputeMessages()
		r.Map()[name] = s
	}
	return &huma.Schema{Ref: schemas + name}
}

// enum is a word out of a list that a concept keeps.
func enum[T ~string](r huma.Registry, name, about string, list []T) *huma.Schema {
	return define(r, name, func() *huma.Schema {
		s := &huma.Schema{Type: huma.TypeString, Description: about}
		for _, w := range list {
			if w != "" {
				s.Enum = append(s.Enum, string(w))
			}
		}
		return s
	})
}

// name is the id of something.
func name(r huma.Registry, kind, about, example string) *huma.Schema {
	return define(r, kind, func() *huma.Schema {
		least, most := 1, 100
		return &huma.Schema{
			Type: huma.TypeString, Description: about, MinLength: &least, MaxLength: &most, Pattern: `^[A-Za-z0-9][A-Za-z0-9._-]*$`,
			Examples: []any{example},
		}
	})
}

// The types below stand in the document for those of the concepts.
type (
	stageWord     struct{}
	ruleWord      struct{}
	kindWord      struct{}
	admissionWord struct{}
	rosterWord    struct{}
	roleWord      struct{}
	stateWord     struct{}
	sectorWord    struct{}
	tickWord      struct{}
	scopeWord     struct{}
	stakesWord    struct{}
	baselineWord  struct{}
	sideName      struct{}
	memberName    struct{}
	interestName  struct{}
	topicName     struct{}
	dialogueName  struct{}
	shareNumber   struct{}
	decimalNumber struct{}
	countNumber   struct{}
	pointsNumbers struct{}
)

var states = []dialogue.State{dialogue.Asked, dialogue.Admitted, dialogue.Refused, dialogue.Left, dialogue.Removed}

func (stageWord) Schema(r huma.Registry) *huma.Schema {
	return enum(r, "Stage", "How far the dialogue has come", dialogue.Stages)
}
func (ruleWord) Schema(r huma.Registry) *huma.Schema {
	return enum(r, "Rule", "The rule of the room: who may learn what is said", dialogue.Rules)
}
func (kindWord) Schema(r huma.Registry) *huma.Schema {
	return enum(r, "Kind", "What sort of dialogue it is", dialogue.Kinds)
}
func (admissionWord) Schema(r huma.Registry) *huma.Schema {
	return enum(r, "Admission", "How people come in", dialogue.Admissions)
}
func (rosterWord) Schema(r huma.Registry) *huma.Schema {
	return enum(r, "Roster", "Who sees the list of members, beside those who admit", dialogue.Rosters)
}
func (roleWord) Schema(r huma.Registry) *huma.Schema {
	return enum(r, "Role", "What somebody may do in a dialogue", dialogue.Roles)
}
func (stateWord) Schema(r huma.Registry) *huma.Schema {
	return enum(r, "State", "How far somebody has come in", states)
}
func (sectorWord) Schema(r huma.Registry) *huma.Schema {
	return enum(r, "Sector", "Where an office stands in society", dialogue.Sectors)
}
func (tickWord) Schema(r huma.Registry) *huma.Schema {
	return enum(r, "Tick", "One thing to which a person consents, apart from all others", dialogue.Ticks)
}
func (scopeWord) Schema(r huma.Registry) *huma.Schema {
	return enum(r, "Scope", "What a token may do", account.Scopes)
}
func (stakesWord) Schema(r huma.Registry) *huma.Schema {
	return enum(r, "Stakes", "How an interest counts that several topics touch", []deal.Stakes{deal.Split, deal.Full})
}
func (baselineWord) Schema(r huma.Registry) *huma.Schema {
	return enum(r, "Baseline", "What every gain is measured from", []deal.Baseline{deal.Free, deal.StatusQuo})
}
func (sideName) Schema(r huma.Registry) *huma.Schema {
	return name(r, "SideID", "A side of the dialogue", "KE")
}
func (memberName) Schema(r huma.Registry) *huma.Schema {
	return name(r, "MemberID", "Somebody who takes part, inside one dialogue", "MZXW6YTBOI")
}
func (interestName) Schema(r huma.Registry) *huma.Schema {
	return name(r, "InterestID", "An interest, unique in the dialogue", "KE-01")
}
func (topicName) Schema(r huma.Registry) *huma.Schema {
	return name(r, "TopicID", "A topic of the dialogue", "T-01")
}
func (dialogueName) Schema(r huma.Registry) *huma.Schema {
	return define(r, "DialogueID", func() *huma.Schema {
		least, most := 1, 100
		return &huma.Schema{
			Type: huma.TypeString, Description: "A dialogue, as it stands in addresses", MinLength: &least, MaxLength: &most,
			Pattern: dialogueForm.String(), Examples: []any{"three-towns"},
		}
	})
}
func (shareNumber) Schema(huma.Registry) *huma.Schema {
	least, most := 0.0, 1.0
	return &huma.Schema{Type: huma.TypeNumber, Nullable: true, Minimum: &least, Maximum: &most, Description: "A share of the sampled weightings, never a chance; null where nothing was sampled"}
}
func (decimalNumber) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeNumber, Nullable: true, Description: "Rounded to four decimals; null where it means nothing"}
}
func (countNumber) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Description: "An exact number: an integer, or a string of digits beyond 2^53; null where nothing was counted, as at a table with rules", OneOf: []*huma.Schema{{Type: huma.TypeInteger, Nullable: true}, {Type: huma.TypeString, Pattern: "^[0-9]+$"}}}
}
func (pointsNumbers) Schema(r huma.Registry) *huma.Schema {
	number := define(r, "GreatNumber", func() *huma.Schema {
		return &huma.Schema{Description: "An integer, or a string of digits beyond 2^53", OneOf: []*huma.Schema{{Type: huma.TypeInteger}, {Type: huma.TypeString, Pattern: "^-?[0-9]+$"}}}
	})
	return define(r, "Points", func() *huma.Schema {
		return &huma.Schema{Type: huma.TypeObject, Description: "Points by side", AdditionalProperties: number}
	})
}

// standIns says which of them stands for which type.
var standIns = map[reflect.Type]reflect.Type{
	reflect.TypeFor[dialogue.Stage]():     reflect.TypeFor[stageWord](),
	reflect.TypeFor[dialogue.Rule]():      reflect.TypeFor[ruleWord](),
	reflect.TypeFor[dialogue.Kind]():      reflect.TypeFor[kindWord](),
	reflect.TypeFor[dialogue.Admission](): reflect.TypeFor[admissionWord](),
	reflect.TypeFor[dialogue.Roster]():    reflect.TypeFor[rosterWord](),
	reflect.TypeFor[dialogue.Role]():      reflect.TypeFor[roleWord](),
	reflect.TypeFor[dialogue.State]():     reflect.TypeFor[stateWord](),
	reflect.TypeFor[dialogue.Sector]():    reflect.TypeFor[sectorWord](),
	reflect.TypeFor[dialogue.Tick]():      reflect.TypeFor[tickWord](),
	reflect.TypeFor[account.Scope]():      reflect.TypeFor[scopeWord](),
	reflect.TypeFor[deal.Stakes]():        reflect.TypeFor[stakesWord](),
	reflect.TypeFor[deal.Baseline]():      reflect.TypeFor[baselineWord](),
	reflect.TypeFor[dialogue.ID]():        reflect.TypeFor[dialogueName](),
	reflect.TypeFor[dialogue.SideID]():    reflect.TypeFor[sideName](),
	reflect.TypeFor[dialogue.MemberID]():  reflect.TypeFor[memberName](),
	reflect.TypeFor[interest.ID]():        reflect.TypeFor[interestName](),
	reflect.TypeFor[interest.TopicID]():   reflect.TypeFor[topicName](),
	reflect.TypeFor[deal.Share]():         reflect.TypeFor[shareNumber](),
	reflect.TypeFor[deal.Decimal]():       reflect.TypeFor[decimalNumber](),
	reflect.TypeFor[deal.Count]():         reflect.TypeFor[countNumber](),
	reflect.TypeFor[deal.Points]():        reflect.TypeFor[pointsNumbers](),
}

// text is a piece of writing in several languages.
type text map[string]string

// How long texts are in one language, in runes.
const (
	maxText  = 100_000
	maxTitle = 1_000
)

// languageForm is what a tag of a language looks like here.
var languageForm = regexp.MustCompile(`^[a-z]{2,3}(-[a-z0-9]{2,8})*$`)

func (text) Schema(r huma.Registry) *huma.Schema {
	return define(r, "Text", func() *huma.Schema {
		words, languages := maxText, 20
		return &huma.Schema{
			Type: huma.TypeObject, Description: "The same words in several languages: tag of the language to words. Longer texts are Markdown",
			AdditionalProperties: &huma.Schema{Type: huma.TypeString, MaxLength: &words}, MaxProperties: &languages,
			Extensions: map[string]any{"propertyNames": map[string]any{"pattern": languageForm.String()}},
			Examples:   []any{map[string]any{"en": "Three towns on one river", "ru": "Три города на одной реке"}},
		}
	})
}

// title is a text that is short and has words in one language at least.
type title map[string]string

func (title) Schema(r huma.Registry) *huma.Schema {
	return define(r, "Title", func() *huma.Schema {
		one, most, languages := 1, maxTitle, 20
		return &huma.Schema{
			Type: huma.TypeObject, Description: "A line of words in several languages: tag of the language to words",
			AdditionalProperties: &huma.Schema{Type: huma.TypeString, MinLength: &one, MaxLength: &most},
			MinProperties:        &one, MaxProperties: &languages,
			Extensions: map[string]any{"propertyNames": map[string]any{"pattern": languageForm.String()}},
			Examples:   []any{map[string]any{"en": "Three towns on one river", "ru": "Три города на одной реке"}},
		}
	})
}

func (t *title) UnmarshalJSON(b []byte) error { return (*text)(t).UnmarshalJSON(b) }

func (t title) words() i18n.Text { return text(t).words() }

var errLanguage = errors.New(ownMessage + "api.field.language")

// UnmarshalJSON refuses what is no tag of a language.
func (t *text) UnmarshalJSON(b []byte) error {
	var words map[string]string
	if err := json.Unmarshal(b, &words); err != nil {
		return err
	}
	for lang := range words {
		if !languageForm.MatchString(lang) {
			return errLanguage
		}
	}
	*t = words
	return nil
}

func (t text) words() i18n.Text {
	out := i18n.Text{}
	for lang, s := range t {
		if s != "" {
			out[lang] = s
		}
	}
	return out
}

// wordOf is a word of a scale, and its place there; false where it is none.
func wordOf[T ~uint8](list []string, word string) (T, bool) {
	for i, w := range list {
		if w == word {
			return T(i), true
		}
	}
	return 0, false
}

// distinct keeps the first of equal words.
func distinct[T comparable](list []T) []T {
	var out []T
	for _, w := range list {
		if !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}
