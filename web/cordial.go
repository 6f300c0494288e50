package web

import (
	"net/http"

	"parley/i18n"
	"parley/moderation"
)

// cordial is what a draft could say more calmly, for the part "cordial" inside
// its form. It keeps nobody from sending the words as they are.
type cordial struct {
	Title, Lead string
	Hints       []string
	Send        string
}

// cordialOf looks at the words of a form before they are kept. It is nil where
// there is nothing to say, or where the person has read it and sends the words as
// they are.
func cordialOf(r *http.Request, texts ...string) *cordial {
	if r.PostFormValue("calm") == "1" {
		return nil
	}
	w := i18n.For(r.PathValue("lang"))
	c := &cordial{Title: w.T("moderation.cordial.title"), Lead: w.T("moderation.cordial.lead"), Send: w.T("moderation.cordial.send")}
	for _, text := range texts {
		for _, h := range moderation.Heat(text) {
			if len(c.Hints) < moderation.MostHints {
				c.Hints = append(c.Hints, w.T("moderation.hint."+h.Key, "Words", h.Words))
			}
		}
	}
	if len(c.Hints) == 0 {
		return nil
	}
	return c
}
