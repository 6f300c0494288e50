package api

import (
	"sync"

	"golang.org/x/text/language"

	"parley/i18n"
)

var matcher = sync.OnceValue(func() language.Matcher {
	var tags []language.Tag
	for _, l := range i18n.Languages {
		tags = append(tags, language.Make(l))
	}
	return language.NewMatcher(tags)
})

const maxAccept = 200 // bytes of an Accept-Language that are looked at

// readerLanguage is the best of our languages for an Accept-Language, else the
// reader's own, else English.
func readerLanguage(header, own string) string {
	if header != "" && len(header) <= maxAccept {
		wanted, _, err := language.ParseAcceptLanguage(header)
		if err == nil {
			if _, i, confidence := matcher().Match(wanted...); confidence != language.No {
				return i18n.Languages[i]
			}
		}
	}
	if i18n.Speaks(own) {
		return own
	}
	return i18n.Languages[0]
}
