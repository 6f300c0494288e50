package markup

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strings"
	"sync"
	"unicode"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// rel is what every link says about itself: we do not vouch for it, and it
// learns nothing of who followed it.
const rel = "nofollow ugc noopener"

// tame makes a parsed text fit into a page: its headings follow the page's, and
// its links lead to no scheme but the few that are meant for people.
type tame struct{ top int }

func (t tame) Transform(doc *ast.Document, r text.Reader, _ parser.Context) {
	sum := sha256.Sum256(r.Source())
	doc.SetMeta(map[string]any{"prefix": "t" + hex.EncodeToString(sum[:4]) + "-"})
	highest, above := 6, t.top-1
	var links []ast.Node
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			highest = min(highest, n.Level)
		case *ast.Link, *ast.AutoLink:
			links = append(links, n)
		}
		return ast.WalkContinue, nil
	})
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Heading:
			if entering {
				n.Level = min(n.Level-highest+t.top, above+1, 6) // no level is left out
				above = n.Level
			}
		case *east.TableCell:
			if n.Alignment != east.AlignNone {
				n.SetAttributeString("class", []byte(n.Alignment.String()))
			}
		}
		return ast.WalkContinue, nil
	})
	for _, n := range links {
		if destination(n, r.Source()) {
			n.SetAttributeString("rel", []byte(rel))
		} else {
			unwrap(n, r.Source())
		}
	}
}

// destination reports whether a link may lead where it does.
func destination(n ast.Node, source []byte) bool {
	switch n := n.(type) {
	case *ast.Link:
		n.Title = nil
		return leadsSomewhere(string(n.Destination))
	case *ast.AutoLink:
		if n.AutoLinkType == ast.AutoLinkEmail {
			return true
		}
		return leadsSomewhere(string(n.URL(source)))
	}
	return false
}

var (
	away   = regexp.MustCompile(`^(?i:https?)://[^\s/?#@\\]+([/?#][^\s\\]*)?$`)
	letter = regexp.MustCompile(`^(?i:mailto):[^\s:?&%\\/@]+@[^\s:?&%\\/@]+$`)
	here   = regexp.MustCompile(`^/([^/\s\\][^\s\\]*)?$`)
)

// leadsSomewhere allows other sites, letters, and pages of this site.
func leadsSomewhere(to string) bool {
	if strings.ContainsFunc(to, unicode.IsControl) {
		return false
	}
	return away.MatchString(to) || letter.MatchString(to) || here.MatchString(to)
}

// unwrap leaves the words of a link and takes the link away.
func unwrap(n ast.Node, source []byte) {
	parent := n.Parent()
	if auto, ok := n.(*ast.AutoLink); ok {
		parent.InsertBefore(parent, n, ast.NewString(auto.Label(source)))
	}
	for c := n.FirstChild(); c != nil; {
		next := c.NextSibling()
		parent.InsertBefore(parent, n, c)
		c = next
	}
	parent.RemoveChild(parent, n)
}

// prefixOf keeps the footnotes of two texts on one page apart.
func prefixOf(n ast.Node) []byte {
	if doc := n.OwnerDocument(); doc != nil {
		if p, ok := doc.Meta()["prefix"].(string); ok {
			return []byte(p)
		}
	}
	return nil
}

// plainNodes renders what pages show otherwise than Markdown does: of a picture
// its words, of a box that is ticked a sign, of the writer's own HTML the text.
type plainNodes struct{}

func (plainNodes) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(ast.KindImage, func(util.BufWriter, []byte, ast.Node, bool) (ast.WalkStatus, error) { return ast.WalkContinue, nil })
	reg.Register(east.KindTaskCheckBox, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		sign := "☐ "
		if n.(*east.TaskCheckBox).IsChecked {
			sign = "☑ "
		}
		_, err := w.WriteString(sign)
		return ast.WalkContinue, err
	})
	reg.Register(ast.KindRawHTML, func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			writeSegments(w, source, n.(*ast.RawHTML).Segments)
		}
		return ast.WalkSkipChildren, nil
	})
	reg.Register(ast.KindHTMLBlock, func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		block := n.(*ast.HTMLBlock)
		if entering {
			_, _ = w.WriteString("<p>")
			writeSegments(w, source, block.Lines())
			return ast.WalkContinue, nil
		}
		if block.HasClosure() {
			_, _ = w.Write(util.EscapeHTML(block.ClosureLine.Value(source)))
		}
		_, err := w.WriteString("</p>\n")
		return ast.WalkContinue, err
	})
}

func writeSegments(w util.BufWriter, source []byte, parts *text.Segments) {
	for i := range parts.Len() {
		s := parts.At(i)
		_, _ = w.Write(util.EscapeHTML(s.Value(source)))
	}
}

// allowed is everything that may stand in a rendered text.
var allowed = sync.OnceValue(func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "em", "strong", "del", "code", "pre", "blockquote",
		"ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "sup", "div")
	p.AllowAttrs("start").Matching(regexp.MustCompile(`^[0-9]{1,9}$`)).OnElements("ol")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^(left|right|center)$`)).OnElements("th", "td")
	p.AllowAttrs("href").OnElements("a")
	p.AllowAttrs("rel").Matching(regexp.MustCompile("^" + rel + "$")).OnElements("a")
	p.AllowAttrs("id").Matching(regexp.MustCompile(`^t[0-9a-f]{8}-fn(ref[0-9]*)?:[0-9]+$`)).OnElements("li", "sup")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^footnotes$`)).OnElements("div")
	p.AllowAttrs("class").Matching(regexp.MustCompile(`^footnote-(ref|backref)$`)).OnElements("a")
	p.AllowAttrs("role").Matching(regexp.MustCompile(`^doc-(noteref|backlink|endnotes)$`)).OnElements("a", "div")
	p.AllowURLSchemes("http", "https", "mailto")
	p.AllowRelativeURLs(true)
	p.RequireParseableURLs(true)
	return p
})
