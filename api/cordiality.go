package api

import (
	"context"
	"net/http"

	"parley/dialogue"
	"parley/i18n"
	"parley/moderation"
)

// drafted are the texts of a form before they are sent in.
type drafted struct {
	Texts []string `json:"texts" minItems:"1" maxItems:"5" maxLength:"10000" example:"You people never listen!!!"`
}

// hint is what could be said more calmly.
type hint struct {
	Text  int    `json:"text" minimum:"0" doc:"Which of the texts, from 0"`
	Key   string `json:"key" example:"group" doc:"What sort of words they are"`
	Words string `json:"words" example:"You people"`
	Start int    `json:"start" minimum:"0" doc:"Where in the text they begin, in Unicode characters from 0"`
	End   int    `json:"end" minimum:"0" doc:"The character behind them"`
	About string `json:"about" doc:"The hint as a sentence"`
}

type hints struct {
	Items []hint `json:"items" doc:"None: nothing was found"`
}

func (s *server) registerCordiality() {
	register(s, operation{
		id: "look-over", method: http.MethodPost, path: "/dialogues/{dialogue}/cordiality", verb: dialogue.Write, tag: tagForum,
		summary: "Look over a draft for what could be said more calmly",
		about: "By rules, in English and Russian, as the pages do before something is sent. They block nothing, and neither the texts nor the hints are kept. " +
			"Lines that begin with > are somebody else's words.",
	}, s.lookOver)
}

func (s *server) lookOver(_ context.Context, v *visit, in *struct {
	InDialogue
	Body drafted
}) (*outBody[hints], error) {
	words := i18n.For(v.lang)
	var out hints
	for n, text := range in.Body.Texts {
		for _, h := range moderation.Heat(text) {
			start, end, _ := h.Span(text)
			out.Items = append(out.Items, hint{n, h.Key, h.Words, start, end, words.T("moderation.hint."+h.Key, "Words", h.Words)})
		}
	}
	out.Items = out.Items[:min(len(out.Items), moderation.MostHints)]
	return &outBody[hints]{out}, nil
}
