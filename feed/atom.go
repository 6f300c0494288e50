package feed

import (
	"bytes"
	"encoding/xml"
	"time"
)

type atomFeed struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang     string      `xml:"xml:lang,attr"`
	History  string      `xml:"xmlns:fh,attr,omitempty"`
	ID       string      `xml:"id"`
	Title    string      `xml:"title"`
	Subtitle string      `xml:"subtitle,omitempty"`
	Updated  string      `xml:"updated"`
	Links    []atomLink  `xml:"link"`
	Archive  *struct{}   `xml:"fh:archive"`
	Author   *atomPerson `xml:"author"`
	Entries  []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type atomPerson struct {
	Name string `xml:"name"`
}

type atomEntry struct {
	Lang       string         `xml:"xml:lang,attr"`
	ID         string         `xml:"id"`
	Title      atomText       `xml:"title"`
	Published  string         `xml:"published"`
	Updated    string         `xml:"updated"`
	Link       atomLink       `xml:"link"`
	Author     *atomPerson    `xml:"author"`
	Categories []atomCategory `xml:"category"`
	Summary    *atomText      `xml:"summary"`
	Content    *atomText      `xml:"content"`
}

type atomText struct {
	Type  string `xml:"type,attr"`
	Words string `xml:",chardata"`
}

type atomCategory struct {
	Term string `xml:"term,attr"`
}

// Atom writes the feed as an Atom document. Where an entry names nobody, the feed
// itself is the author, since Atom wants one.
func Atom(f *Feed) ([]byte, error) {
	doc := atomFeed{
		Lang: f.Lang, ID: f.ID, Title: f.Title, Subtitle: f.Subtitle, Updated: stamp(f.Updated), Author: &atomPerson{f.Title},
	}
	link := func(rel, kind, to string) {
		if to != "" {
			doc.Links = append(doc.Links, atomLink{rel, kind, to})
		}
	}
	const kind = "application/atom+xml"
	link("self", kind, f.Self.Atom)
	link("alternate", "text/html", f.Home)
	link("alternate", "application/feed+json", f.Self.JSON)
	link("current", kind, f.Current.Atom)
	link("prev-archive", kind, f.Prev.Atom)
	link("next-archive", kind, f.Next.Atom)
	if f.Current.Atom != "" {
		doc.History, doc.Archive = "http://purl.org/syndication/history/1.0", &struct{}{}
	}
	for _, e := range f.Entries {
		doc.Entries = append(doc.Entries, atomOf(e))
	}
	var b bytes.Buffer
	b.WriteString(xml.Header)
	w := xml.NewEncoder(&b)
	w.Indent("", " ")
	if err := w.Encode(doc); err != nil {
		return nil, err
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

func atomOf(e Entry) atomEntry {
	out := atomEntry{
		Lang: e.Lang, ID: e.ID, Title: atomText{"text", e.Title}, Published: stamp(e.Published), Updated: stamp(e.Updated),
		Link: atomLink{"alternate", "text/html", e.Address},
	}
	if e.Author != "" {
		out.Author = &atomPerson{e.Author}
	}
	for _, tag := range e.Tags {
		out.Categories = append(out.Categories, atomCategory{tag})
	}
	if e.Summary != "" {
		out.Summary = &atomText{"text", e.Summary}
	}
	if e.HTML != "" {
		out.Content = &atomText{"html", e.HTML}
	}
	return out
}

// stamp is a moment to the second, which is what feeds compare.
func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
