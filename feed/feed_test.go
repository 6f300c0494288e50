package feed

import (
	"encoding/json"
	"encoding/xml"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// sample is a small feed with everything in it that may stand in one.
func sample() *Feed {
	at := time.Date(2026, 7, 1, 12, 0, 0, 123, time.UTC)
	return &Feed{
		ID: "tag:parley.example,2026:towns/feed/en", Lang: "en", Title: "Three <towns> & a river", Subtitle: "What is new", Updated: at.Add(time.Hour),
		Self: Addresses{"https://parley.example/en/towns/feed.atom", "https://parley.example/en/towns/feed.json"}, Home: "https://parley.example/en/towns",
		Prev: Addresses{"https://parley.example/en/towns/feed.atom?before=7&key=k", "https://parley.example/en/towns/feed.json?before=7&key=k"},
		Entries: []Entry{
			{
				ID: "tag:parley.example,2026:towns/12", Address: "https://parley.example/ru/towns/problem/12", Lang: "ru", Title: "Мост <закрыт> & точка",
				Summary: "С мая. \x00\x01", HTML: "<p>С <em>мая</em> &amp; дальше.</p>\n", Author: "Участник 7", Tags: []string{"вода", "a&b"}, Published: at, Updated: at.Add(time.Hour),
			},
			{ID: "tag:parley.example,2026:towns/8", Address: "https://parley.example/en/towns/statement/8", Lang: "en", Title: "A ferry is enough", Published: at, Updated: at},
		},
	}
}

// read is what a program finds in an Atom document, by the names of the standard.
type read struct {
	XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string   `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
	ID      string   `xml:"http://www.w3.org/2005/Atom id"`
	Title   string   `xml:"http://www.w3.org/2005/Atom title"`
	Updated string   `xml:"http://www.w3.org/2005/Atom updated"`
	Archive *string  `xml:"http://purl.org/syndication/history/1.0 archive"`
	Author  string   `xml:"http://www.w3.org/2005/Atom author>name"`
	Links   []struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	} `xml:"http://www.w3.org/2005/Atom link"`
	Entries []struct {
		Lang    string  `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
		ID      string  `xml:"http://www.w3.org/2005/Atom id"`
		Title   string  `xml:"http://www.w3.org/2005/Atom title"`
		Author  *string `xml:"http://www.w3.org/2005/Atom author>name"`
		Summary string  `xml:"http://www.w3.org/2005/Atom summary"`
		Content struct {
			Type  string `xml:"type,attr"`
			Words string `xml:",chardata"`
		} `xml:"http://www.w3.org/2005/Atom content"`
		Tags []struct {
			Term string `xml:"term,attr"`
		} `xml:"http://www.w3.org/2005/Atom category"`
	} `xml:"http://www.w3.org/2005/Atom entry"`
}

func readAtom(t *testing.T, f *Feed) (r read) {
	t.Helper()
	doc, err := Atom(f)
	if err != nil {
		t.Fatal(err)
	}
	if err := xml.Unmarshal(doc, &r); err != nil {
		t.Fatalf("%s: %v", doc, err)
	}
	return r
}

func TestAtomHoldsWhatTheFeedHolds(t *testing.T) {
	f := sample()
	r := readAtom(t, f)
	if r.Lang != "en" || r.ID != f.ID || r.Title != f.Title || r.Updated != "2026-07-01T13:00:00Z" || r.Author != f.Title || r.Archive != nil {
		t.Errorf("got %+v", r)
	}
	links := map[string]string{}
	for _, l := range r.Links {
		links[l.Rel] = l.Href
	}
	if links["self"] != f.Self.Atom || links["prev-archive"] != f.Prev.Atom || links["current"] != "" {
		t.Errorf("got %+v", links)
	}
	e := r.Entries[0]
	if e.Lang != "ru" || e.Title != f.Entries[0].Title || *e.Author != "Участник 7" || e.Content.Type != "html" || e.Content.Words != f.Entries[0].HTML || len(e.Tags) != 2 {
		t.Errorf("got %+v", e)
	}
	if strings.ContainsAny(e.Summary, "\x00\x01") || !strings.HasPrefix(e.Summary, "С мая.") {
		t.Errorf("got %q", e.Summary)
	}
	if r.Entries[1].Author != nil {
		t.Error("nobody wrote it, and yet there is an author")
	}
}

func TestAnArchiveSaysSo(t *testing.T) {
	f := sample()
	f.Current = Addresses{"https://parley.example/en/towns/feed.atom", "https://parley.example/en/towns/feed.json"}
	if r := readAtom(t, f); r.Archive == nil {
		t.Error("an archive without its mark")
	}
}

func TestJSONHoldsWhatTheFeedHolds(t *testing.T) {
	f := sample()
	doc, err := JSON(f)
	if err != nil {
		t.Fatal(err)
	}
	var r struct {
		Version, Title, Language string
		FeedURL                  string `json:"feed_url"`
		NextURL                  string `json:"next_url"`
		Items                    []struct {
			ID, URL, Title, Language string
			HTML                     string `json:"content_html"`
			Text                     string `json:"content_text"`
			Published                string `json:"date_published"`
			Authors                  []struct{ Name string }
			Tags                     []string
		}
	}
	if err := json.Unmarshal(doc, &r); err != nil {
		t.Fatal(err)
	}
	if r.Version != "https://jsonfeed.org/version/1.1" || r.FeedURL != f.Self.JSON || r.NextURL != f.Prev.JSON || r.Language != "en" {
		t.Errorf("got %+v", r)
	}
	first, second := r.Items[0], r.Items[1]
	if first.HTML != f.Entries[0].HTML || first.Authors[0].Name != "Участник 7" || first.Language != "ru" || first.Published != "2026-07-01T12:00:00Z" || !slices.Equal(first.Tags, f.Entries[0].Tags) {
		t.Errorf("got %+v", first)
	}
	if second.HTML != "" || second.Text != "A ferry is enough" || second.Authors != nil {
		t.Errorf("got %+v: what has no text says its title", second)
	}
	if strings.ContainsAny(string(doc), "<>&") {
		t.Error("signs that act in HTML stand in it")
	}
}

// The same feed gives the same bytes, and those do not change from one version of
// parley to the next unasked.
func TestTheBytesOfAFeed(t *testing.T) {
	for name, write := range map[string]func(*Feed) ([]byte, error){"feed.atom": Atom, "feed.json": JSON} {
		got, err := write(sample())
		if err != nil {
			t.Fatal(err)
		}
		file := "testdata/" + name
		if os.Getenv("UPDATE") != "" {
			if err := os.WriteFile(file, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != string(want) {
			t.Errorf("%s: got\n%s", name, got)
		}
	}
}

func TestAnEmptyFeedIsAFeed(t *testing.T) {
	doc, err := JSON(&Feed{Title: "Nothing"})
	if err != nil || !strings.Contains(string(doc), `"items": []`) {
		t.Errorf("got %s, %v", doc, err)
	}
}
