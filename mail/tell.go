package mail

import (
	"net/url"
	"strconv"

	"parley/dialogue"
	"parley/i18n"
	"parley/notice"
	"parley/store"
)

// tell writes a letter that says what happened: each thing with its title, a few
// of its words, where it stands, and why the reader hears of it. Of a room that is
// not public there is nothing but that something happened.
func tell(l *store.Letter, words *i18n.Words, origin string) (Written, error) {
	list := origin + "/" + words.Lang + "/notices"
	parts := letterParts{body: []string{words.T("letter."+l.Kind, "Site", origin)}}
	elsewhere := 0
	for _, n := range l.Notices {
		if n.Gone || n.Dialogue.Rule != dialogue.Public {
			elsewhere++
			continue
		}
		parts.body = append(parts.body, told(n, words, origin))
	}
	if more, err := strconv.Atoi(l.Args["More"]); err == nil && more > 0 {
		parts.body = append(parts.body, words.N("notice.letter.more", more)+"\n"+list)
	}
	if elsewhere > 0 || len(l.Notices) == 0 {
		parts.body = append(parts.body, words.N("notice.letter.elsewhere", max(elsewhere, 1))+"\n"+list)
	}
	parts.body = append(parts.body, words.T("notice.letter.change")+"\n"+origin+"/"+words.Lang+"/account/notices")
	if l.Unsubscribe != "" {
		parts.body = append(parts.body, words.T("notice.letter.stop")+"\n"+origin+unsubscribePath(l))
	}
	parts.foot = words.T("letter.foot", "Site", origin)
	subject := words.T("letter.subject")
	return Written{Lang: words.Lang, Subject: subject, Text: parts.text(), HTML: parts.html(words.Lang, subject)}, nil
}

// told is one thing, a paragraph.
func told(n notice.Notice, words *i18n.Words, origin string) string {
	out := words.T(n.Key(), "Title", n.Title)
	if n.Snippet != "" {
		out += "\n" + words.T("notice.snippet", "Words", n.Snippet)
	}
	address := origin + "/" + words.Lang + "/" + url.PathEscape(string(n.Event.Dialogue)) + "/" + n.Address
	return out + "\n" + words.T("notice.why."+string(n.Why), "Item", n.Thing()) + "\n" + address
}
