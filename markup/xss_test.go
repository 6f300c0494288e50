package markup_test

import (
	_ "embed"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"parley/markup"
)

//go:embed testdata/xss.txt
var corpus string

// payloads reads the corpus.
func payloads(t testing.TB) []string {
	t.Helper()
	var out []string
	for line := range strings.Lines(corpus) {
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(line, "# One payload") || strings.HasPrefix(line, "# address in") {
			continue
		}
		s, err := strconv.Unquote(`"` + line + `"`)
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		out = append(out, s)
	}
	return out
}

// harmless lists what may stand in rendered text, apart from the package's own
// list: the attributes of every element, each with the shape of its value.
var harmless = map[string]map[string]*regexp.Regexp{
	"p": nil, "br": nil, "hr": nil, "em": nil, "strong": nil, "del": nil, "code": nil, "pre": nil, "blockquote": nil, "ul": nil,
	"h2": nil, "h3": nil, "h4": nil, "h5": nil, "h6": nil, "table": nil, "thead": nil, "tbody": nil, "tr": nil,
	"ol":  {"start": regexp.MustCompile(`^\d+$`)},
	"li":  {"id": regexp.MustCompile(`^t[0-9a-f]{8}-fn:\d+$`)},
	"sup": {"id": regexp.MustCompile(`^t[0-9a-f]{8}-fnref\d*:\d+$`)},
	"th":  {"class": regexp.MustCompile(`^(left|right|center)$`)},
	"td":  {"class": regexp.MustCompile(`^(left|right|center)$`)},
	"div": {"class": regexp.MustCompile(`^footnotes$`), "role": regexp.MustCompile(`^doc-endnotes$`)},
	"a": {
		"class": regexp.MustCompile(`^footnote-(back)?ref$`), "role": regexp.MustCompile(`^doc-(noteref|backlink)$`),
		"rel":  regexp.MustCompile(`^nofollow ugc noopener$`),
		"href": regexp.MustCompile(`^(#t[0-9a-f]{8}-fn(ref\d*)?:\d+|(?i:https?)://[^\s/?#@\\]+([/?#]\S*)?|(?i:mailto):[^\s:?]+@[^\s:?]+|/([^/\\]\S*)?)$`),
	},
}

// harm says what in the HTML could act, load or lead astray; nil is nothing.
func harm(out string) error {
	nodes, err := html.ParseFragment(strings.NewReader(out), &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div})
	if err != nil {
		return err
	}
	var walk func(n *html.Node) error
	walk = func(n *html.Node) error {
		switch n.Type {
		case html.TextNode:
		case html.ElementNode:
			known, ok := harmless[n.Data]
			if !ok || n.Namespace != "" {
				return fmt.Errorf("element %s %s", n.Namespace, n.Data)
			}
			link := map[string]string{}
			for _, a := range n.Attr {
				if want := known[a.Key]; want == nil || !want.MatchString(a.Val) || a.Namespace != "" {
					return fmt.Errorf("attribute %s=%q of %s", a.Key, a.Val, n.Data)
				}
				link[a.Key] = a.Val
			}
			if to, ok := link["href"]; ok && !strings.HasPrefix(to, "#") && link["rel"] == "" {
				return fmt.Errorf("link to %q without rel", to)
			}
		default:
			return fmt.Errorf("node of kind %d: %q", n.Type, n.Data)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if err := walk(c); err != nil {
				return err
			}
		}
		return nil
	}
	for _, n := range nodes {
		if err := walk(n); err != nil {
			return err
		}
	}
	return nil
}

func TestNothingThatActsComesThrough(t *testing.T) {
	all := payloads(t)
	if len(all) < 150 {
		t.Fatalf("only %d payloads", len(all))
	}
	around := []string{"%s", "a %s b", "# %s", "> %s", "- %s\n  %s", "a | b\n--|--\n%s | %s", "x[^1]\n\n[^1]: %s", "*%s*", "[%s](https://example.org)", "<b>%s"}
	for _, p := range all {
		for _, shape := range around {
			in := strings.ReplaceAll(shape, "%s", p)
			if err := harm(string(markup.HTML(in, 2))); err != nil {
				t.Errorf("%q: %v\n%s", in, err, markup.HTML(in, 2))
			}
		}
	}
}

// TestHarmIsSeen is the control of the tests around it.
func TestHarmIsSeen(t *testing.T) {
	for _, out := range []string{
		"<script>x</script>", "<p onclick=x>a</p>", "<a href=javascript:x rel='nofollow ugc noopener'>a</a>", "<img src=x>", "<!-- a -->",
		"<a href='//example.org' rel='nofollow ugc noopener'>a</a>", "<a href='https://example.org'>a</a>", "<p id=a>a</p>", "<svg></svg>",
		"<p class=badge>a</p>", "<h1>a</h1>", "<a href='/\\example.org' rel='nofollow ugc noopener'>a</a>",
	} {
		if harm(out) == nil {
			t.Errorf("not seen: %s", out)
		}
	}
}

func FuzzHTML(f *testing.F) {
	for _, p := range payloads(f) {
		f.Add(p, 2)
	}
	f.Add("a | b\n--|--\nc | [d](https://example.org)[^1]\n\n[^1]: e", 3)
	f.Fuzz(func(t *testing.T, in string, top int) {
		out := string(markup.HTML(in, 2+int(uint(top)%5)))
		if err := harm(out); err != nil {
			t.Fatalf("%q: %v\n%s", in, err, out)
		}
		if again := string(markup.HTML(in, 2+int(uint(top)%5))); again != out {
			t.Fatalf("%q: two answers", in)
		}
	})
}
