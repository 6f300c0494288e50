// Package markup turns what people write, CommonMark with tables, strikethrough,
// bare links, task lists and footnotes, into HTML that may stand inside a page.
// Markup of the writer's own, pictures and scripts never come through: what is
// rendered passes an allow-list afterwards, so that a mistake of the renderer
// alone opens nothing.
package markup

import (
	"bytes"
	"errors"
	"html/template"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// MaxLength is the length in runes of a text that is rendered; what is longer is
// shown up to here, as plain lines.
const MaxLength = 20_000

// maxOutput is how many bytes a rendered text may take. Few lines of Markdown
// can ask for very many: a link that is defined once and used everywhere, a
// table whose head is wide and whose rows are empty.
const maxOutput = 512 << 10

// maxCells is how many cells of a table, and maxDepth how many blocks inside
// blocks, a text may ask for.
const (
	maxCells = 20_000
	maxDepth = 40
)

var errLong = errors.New("markup: too much")

var renderers = sync.OnceValue(func() [7]goldmark.Markdown {
	var out [7]goldmark.Markdown
	for top := 1; top < len(out); top++ {
		out[top] = goldmark.New(
			goldmark.WithExtensions(
				extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignNone)), extension.Strikethrough,
				extension.NewLinkify(extension.WithLinkifyAllowedProtocols([]string{"http:", "https:"})), extension.TaskList,
				extension.NewFootnote(extension.WithFootnoteIDPrefixFunction(prefixOf)),
			),
			goldmark.WithParserOptions(parser.WithASTTransformers(util.Prioritized(tame{top}, 1000))),
			goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(plainNodes{}, 1))),
		)
	}
	return out
})

// HTML renders a text. Its highest headings become headings of the level top, 1
// to 6, the others follow; links carry rel="nofollow ugc noopener". The same
// text always gives the same HTML.
func HTML(text string, top int) template.HTML {
	text, whole := clip(text)
	if !whole || greedy(text) {
		return lines(text)
	}
	var b limited
	if err := renderers()[min(max(top, 1), 6)].Convert([]byte(text), &b); err != nil {
		return lines(text)
	}
	return template.HTML(allowed().SanitizeBytes(b.Bytes()))
}

// clip makes a text valid UTF-8 without NUL, of at most MaxLength runes, and
// reports whether it was short enough.
func clip(text string) (string, bool) {
	text = strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\x00", "\uFFFD")
	if utf8.RuneCountInString(text) <= MaxLength {
		return text, true
	}
	return string([]rune(text)[:MaxLength]), false
}

// greedy reports whether a text asks for more cells or deeper nesting than any
// honest one.
func greedy(text string) bool {
	widest, rows := 0, 0
	for line := range strings.Lines(text) {
		if n := strings.Count(line, "|"); n > 0 {
			widest, rows = max(widest, n), rows+1
		}
		if nesting(line) > maxDepth {
			return true
		}
	}
	return widest*rows > maxCells
}

// nesting is how many quotes and list items a line may open, at most.
func nesting(line string) int {
	n := 0
	for _, c := range line {
		switch {
		case strings.ContainsRune(" \t", c):
		case strings.ContainsRune(">-+*0123456789.)", c):
			n++
		default:
			return n
		}
	}
	if bare := strings.Trim(line, " \t\r\n"); bare != "" && strings.Trim(bare, bare[:1]) == "" && bare[0] != '>' {
		return 0 // a rule, or the line under a heading
	}
	return n
}

// lines is the text as it was typed, for what cannot be rendered.
func lines(text string) template.HTML {
	var b strings.Builder
	for i, p := range strings.Split(text, "\n\n") {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString("<p>" + template.HTMLEscapeString(p) + "</p>")
	}
	return template.HTML(b.String())
}

// limited is a buffer that refuses to grow for ever.
type limited struct{ bytes.Buffer }

func (l *limited) Write(p []byte) (int, error) {
	if l.Len()+len(p) > maxOutput {
		return 0, errLong
	}
	return l.Buffer.Write(p)
}
