package mail

import (
	"errors"
	"fmt"
	"html"
	"strings"

	"parley/i18n"
	"parley/store"
)

// Written is a letter in words.
type Written struct {
	Lang    string
	Subject string // the same for all letters
	Text    string // plain, lines end in \n
	HTML    string // a whole page without script, style sheet or picture
}

// Write puts a letter into the reader's language. origin is the public address
// of the site, without a slash at the end; the letter's link is put behind it.
func Write(l *store.Letter, origin string) (Written, error) {
	words := i18n.For(l.Lang)
	key := "letter." + l.Kind
	if !words.Has(key) {
		return Written{}, fmt.Errorf("there are no words for a letter of the kind %q", l.Kind)
	}
	link, err := absolute(l.Args["Link"], origin)
	if err != nil {
		return Written{}, err
	}
	if l.Kind == store.NoticeLetter || l.Kind == store.DigestLetter {
		return tell(l, words, origin)
	}
	pairs := []any{"Site", origin}
	for name, value := range l.Args {
		pairs = append(pairs, name, value)
	}
	parts := letterParts{body: paragraphs(words.T(key, pairs...)), link: link, foot: words.T("letter.foot", "Site", origin)}
	return Written{Lang: words.Lang, Subject: words.T("letter.subject"), Text: parts.text(), HTML: parts.html(words.Lang, words.T("letter.subject"))}, nil
}

// absolute is a path of the site as an address. Nothing else may stand in a
// letter.
func absolute(path, origin string) (string, error) {
	if path == "" {
		return "", nil
	}
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\"<> \t\r\n") {
		return "", errors.New("the link of a letter is no path of this site")
	}
	return origin + path, nil
}

type letterParts struct {
	body []string
	link string
	foot string
}

func (p letterParts) text() string {
	all := append([]string{}, p.body...)
	if p.link != "" {
		all = append(all, p.link)
	}
	return strings.Join(append(all, "-- \n"+p.foot), "\n\n") + "\n"
}

func (p letterParts) html(lang, title string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<!doctype html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\"><title>%s</title></head><body>\n", lang, html.EscapeString(title))
	for _, paragraph := range p.body {
		fmt.Fprintf(&b, "<p>%s</p>\n", linked(paragraph))
	}
	if p.link != "" {
		link := html.EscapeString(p.link)
		fmt.Fprintf(&b, "<p><a href=\"%s\">%s</a></p>\n", link, link)
	}
	fmt.Fprintf(&b, "<p><small>%s</small></p>\n</body></html>\n", html.EscapeString(p.foot))
	return b.String()
}

// linked is a paragraph as HTML; a line that is an address is a link.
func linked(paragraph string) string {
	var out []string
	for _, line := range strings.Split(paragraph, "\n") {
		safe := html.EscapeString(line)
		if strings.HasPrefix(line, "https://") || strings.HasPrefix(line, "http://") {
			safe = `<a href="` + safe + `">` + safe + `</a>`
		}
		out = append(out, safe)
	}
	return strings.Join(out, "<br>\n")
}

// paragraphs are parted by empty lines.
func paragraphs(words string) []string {
	words = strings.ReplaceAll(strings.ReplaceAll(words, "\r\n", "\n"), "\r", "\n")
	var out []string
	for _, p := range strings.Split(words, "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}
