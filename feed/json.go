package feed

import (
	"bytes"
	"encoding/json"
)

type jsonFeed struct {
	Version     string     `json:"version"`
	Title       string     `json:"title"`
	Home        string     `json:"home_page_url,omitempty"`
	Self        string     `json:"feed_url,omitempty"`
	Description string     `json:"description,omitempty"`
	Next        string     `json:"next_url,omitempty"`
	Language    string     `json:"language,omitempty"`
	Items       []jsonItem `json:"items"`
}

type jsonItem struct {
	ID        string       `json:"id"`
	URL       string       `json:"url"`
	Title     string       `json:"title,omitempty"`
	HTML      string       `json:"content_html,omitempty"`
	Text      string       `json:"content_text,omitempty"`
	Summary   string       `json:"summary,omitempty"`
	Published string       `json:"date_published"`
	Modified  string       `json:"date_modified"`
	Authors   []jsonPerson `json:"authors,omitempty"`
	Tags      []string     `json:"tags,omitempty"`
	Language  string       `json:"language,omitempty"`
}

type jsonPerson struct {
	Name string `json:"name"`
}

// JSON writes the feed as JSON Feed 1.1. Signs that act in HTML are escaped, so
// that nothing acts where the document is taken for a page.
func JSON(f *Feed) ([]byte, error) {
	doc := jsonFeed{
		Version: "https://jsonfeed.org/version/1.1", Title: f.Title, Home: f.Home, Self: f.Self.JSON, Description: f.Subtitle,
		Next: f.Prev.JSON, Language: f.Lang, Items: []jsonItem{},
	}
	for _, e := range f.Entries {
		item := jsonItem{
			ID: e.ID, URL: e.Address, Title: e.Title, HTML: e.HTML, Summary: e.Summary,
			Published: stamp(e.Published), Modified: stamp(e.Updated), Tags: e.Tags, Language: e.Lang,
		}
		if item.HTML == "" {
			item.Text = e.Title // an item has words of its own, one way or the other
		}
		if e.Author != "" {
			item.Authors = []jsonPerson{{e.Author}}
		}
		doc.Items = append(doc.Items, item)
	}
	var b bytes.Buffer
	w := json.NewEncoder(&b)
	w.SetIndent("", " ")
	if err := w.Encode(doc); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
