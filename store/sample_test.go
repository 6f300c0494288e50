package store_test

import (
	"encoding/json"
	"testing"
	"time"

	"parley/deal"
	"parley/dialogue"
	"parley/dossier"
	"parley/i18n"
	"parley/interest"
)

var now = time.Date(2026, 11, 22, 12, 0, 0, 123456000, time.UTC)

func both(en, ru string) i18n.Text { return i18n.Text{"en": en, "ru": ru} }

// sample is a dossier that uses everything a dossier has, in an order that is
// nobody's alphabet.
func sample(id dialogue.ID) *dossier.Dossier {
	mill := interest.Act{
		Title: both("Meter the mill", "Поставить счётчик на мельнице"), Actors: []dialogue.SideID{"S", "N"},
		By: interest.Author{Side: "N", Name: both("Council of the north", "Совет севера")},
	}
	return &dossier.Dossier{
		Dialogue: dialogue.Dialogue{
			ID: id, Title: both("Three towns <on> one river", "Три города на одной реке"), Purpose: both("Water & peace", "Вода и мир"),
			Source: i18n.Text{"ru": "Выдумано"}, Languages: []string{"ru", "en"}, AsOf: "2026-11",
			Kind: dialogue.Invented, Rule: dialogue.NonAttribution, Stage: dialogue.Open,
			Sides: []dialogue.Side{
				{ID: "S", Name: both("South", "Юг")}, {ID: "N", Name: both("North", "Север")}, {ID: "E", Name: both("East", "Восток")},
			},
		},
		Registers: []interest.Register{
			{Subject: "S", Author: interest.Author{Side: "S"}, Date: "2026-10", Source: both("Meeting", "Встреча"), Interests: []interest.Interest{
				{ID: "S-2", Title: both("Drinking water", "Питьевая вода"), Tier: interest.Vital, Horizon: interest.Immediate, Counterparts: []interest.Counterpart{
					{Side: "E", Role: interest.RoleRange{Low: interest.None, High: interest.Major}, Effect: interest.Potential},
					{Side: "N", Role: interest.RoleRange{Low: interest.Key, High: interest.Key}, Effect: interest.Hinders,
						Priority: interest.LevelRange{Low: interest.Low, High: interest.Top}, Tone: interest.Negative,
						Alignment: interest.OpposedTo, Note: both("as we hear", "как мы слышим")},
				}},
				{ID: "S-1", Title: both("Trade", "Торговля"), Note: both("contested at home", "спорно дома")},
			}},
			{Subject: "N", Author: interest.Author{Name: both("A university", "Университет")}, Date: "2025", Interests: []interest.Interest{
				{ID: "N-1", Title: both("The mill", "Мельница"), Tier: interest.Important, Horizon: interest.Long},
				{ID: "N-2", Title: both("Clean banks", "Чистые берега"), Tier: interest.Secondary},
			}},
			{Subject: "E", Author: interest.Author{Side: "E"}, Date: "2026", Interests: []interest.Interest{
				{ID: "E-1", Title: both("Fishing", "Рыбалка"), Tier: interest.Vital},
			}},
		},
		Topics: []interest.Topic{
			{ID: "water", Title: both("Water", "Вода"), Interests: []interest.ID{"N-1", "S-2", "E-1"}, Relation: interest.Opposed,
				Author: interest.Author{Side: "E", Name: both("Elders", "Старейшины")}, Date: "2026-10-01",
				Affects: []i18n.Text{both("Delta villages", "Сёла дельты"), both("Birds", "Птицы")},
				Camps:   [][]interest.ID{{"S-2", "E-1"}, {"N-1"}}, Divisible: true,
				Share: []interest.Share{{Interest: "S-2", Part: interest.FractionOf(3, 4)}, {Interest: "N-1", Part: interest.FractionOf(1, 2)}}},
			{ID: "banks", Title: both("Banks", "Берега"), Interests: []interest.ID{"S-2", "N-2", "E-1"}, Relation: interest.Shared,
				Minimum: 2, Act: &mill},
		},
		Named: []interest.Named{
			{ID: "bridge", Title: both("The bridge", "Мост"), As: interest.AsQuickWin, By: interest.Author{Side: "S"},
				Act: &interest.Act{Title: both("Paint it", "Покрасить"), Actors: []dialogue.SideID{"E"}}},
			{ID: "apology", Title: both("An apology", "Извинение"), As: interest.AsAsk, By: interest.Author{Name: both("A priest", "Священник")},
				Of: "N", Detail: both("For 1911", "За 1911 год")},
		},
		Table: &deal.Written{
			Issues: []deal.WrittenIssue{
				{Topic: "water", Options: []deal.WrittenOption{
					{ID: "keep", Title: both("As it is", "Как есть")},
					{ID: "half", Title: both("Half", "Половина"), Act: &mill, Effects: []deal.WrittenEffect{
						{Interest: "S-2", Value: interest.FractionOf(1, 2)}, {Interest: "N-1", Value: interest.FractionOf(-1, 3)}}},
				}},
				{Topic: "tax", Title: both("Tax", "Налог"), Options: []deal.WrittenOption{
					{ID: "z", Points: []deal.SidePoints{{Side: "S", Value: interest.FractionOf(3, 7)}, {Side: "E", Value: interest.FractionOf(12, 1)}}},
					{ID: "a"},
				}},
			},
			Rules: []deal.Rule{
				{Option: deal.OptionRef{Topic: "water", Option: "half"}, AtLeast: 1,
					Requires: []deal.OptionRef{{Topic: "tax", Option: "z"}, {Topic: "banks", Option: "together"}},
					Excludes: []deal.OptionRef{{Topic: "tax", Option: "a"}}, Note: both("no half without", "без этого никак")},
				{Side: "N", Refuses: deal.OptionRef{Topic: "water", Option: "keep"}, When: []deal.OptionRef{{Topic: "tax", Option: "a"}, {Topic: "banks", Option: "keep|together"}}},
				{Side: "S", NotBelow: "S-2"},
				{Together: []deal.OptionRef{{Topic: "water", Option: "half"}, {Topic: "tax", Option: "a"}},
					Effects: []deal.WrittenEffect{{Interest: "E-1", Value: interest.FractionOf(1, 8)}}},
				{Together: []deal.OptionRef{{Topic: "water", Option: "keep..half"}, {Topic: "tax", Option: "z|a"}},
					Points: []deal.SidePoints{{Side: "N", Value: interest.FractionOf(-5, 7)}, {Side: "S", Value: interest.FractionOf(3, 1)}}},
			},
			Cap:          []deal.SidePoints{{Side: "E", Value: interest.FractionOf(100, 3)}},
			Disagreement: []deal.SidePoints{{Side: "N", Value: interest.FractionOf(4, 1)}, {Side: "E", Value: interest.FractionOf(-1, 2)}},
			Roles: deal.RoleNumbers{
				Minor: interest.FractionOf(1, 5), Medium: interest.FractionOf(2, 5), Important: interest.FractionOf(3, 5),
				Key: interest.FractionOf(1, 1), UnknownLow: interest.FractionOf(1, 10), UnknownHigh: interest.FractionOf(9, 10), Set: true,
			},
		},
	}
}

// asJSON shows a value in a form in which equal values are equal.
func asJSON(t testing.TB, v any) string {
	t.Helper()
	b, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
