package markup_test

import (
	"strings"
	"testing"
	"time"

	"parley/markup"
)

func TestHTML(t *testing.T) {
	const link = ` rel="nofollow ugc noopener"`
	for name, c := range map[string]struct{ in, want string }{
		"nothing":          {"", ""},
		"paragraphs":       {"a\nb\n\nc", "<p>a\nb</p>\n<p>c</p>\n"},
		"hard break":       {"a  \nb", "<p>a<br>\nb</p>\n"},
		"emphasis":         {"*a* **b** ~~c~~ `d`", "<p><em>a</em> <strong>b</strong> <del>c</del> <code>d</code></p>\n"},
		"inside a word":    {"snake_case_word 5*3*2", "<p>snake_case_word 5<em>3</em>2</p>\n"},
		"escapes":          {`\*a\* &amp; &copy;`, "<p>*a* &amp; ©</p>\n"},
		"list":             {"- a\n- b\n  - c", "<ul>\n<li>a</li>\n<li>b\n<ul>\n<li>c</li>\n</ul>\n</li>\n</ul>\n"},
		"numbered list":    {"3. a\n4. b", "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>\n"},
		"tasks":            {"- [ ] a\n- [x] b", "<ul>\n<li>☐ a</li>\n<li>☑ b</li>\n</ul>\n"},
		"quote":            {"> a\n> b", "<blockquote>\n<p>a\nb</p>\n</blockquote>\n"},
		"code":             {"```go\nx < 1\n```", "<pre><code>x &lt; 1\n</code></pre>\n"},
		"indented code":    {"    x", "<pre><code>x\n</code></pre>\n"},
		"rule":             {"a\n\n---\n\nb", "<p>a</p>\n<hr>\n<p>b</p>\n"},
		"headings follow":  {"# a\n\n## b\n\ntext", "<h2>a</h2>\n<h3>b</h3>\n<p>text</p>\n"},
		"from the third":   {"### a\n\n#### b", "<h2>a</h2>\n<h3>b</h3>\n"},
		"and up again":     {"# a\n\n### b\n\n###### c\n\n## d", "<h2>a</h2>\n<h3>b</h3>\n<h4>c</h4>\n<h3>d</h3>\n"},
		"the lowest first": {"### a\n\n# b", "<h2>a</h2>\n<h2>b</h2>\n"},
		"underlined":       {"a\n===\n\nb\n---", "<h2>a</h2>\n<h3>b</h3>\n"},
		"the deepest":      {"# a\n\n###### b", "<h2>a</h2>\n<h3>b</h3>\n"},
		"table": {"a | b\n:-- | --:\n1 | 2", "<table>\n<thead>\n<tr>\n<th class=\"left\">a</th>\n<th class=\"right\">b</th>\n</tr>\n</thead>\n" +
			"<tbody>\n<tr>\n<td class=\"left\">1</td>\n<td class=\"right\">2</td>\n</tr>\n</tbody>\n</table>\n"},
		"link":                {"[a](https://example.org/x?y=1&z \"t\")", `<p><a href="https://example.org/x?y=1&amp;z"` + link + `>a</a></p>` + "\n"},
		"link by reference":   {"[a][r]\n\n[r]: http://example.org", `<p><a href="http://example.org"` + link + `>a</a></p>` + "\n"},
		"bare link":           {"see https://example.org.", `<p>see <a href="https://example.org"` + link + `>https://example.org</a>.</p>` + "\n"},
		"letter":              {"<a@example.org>", `<p><a href="mailto:a@example.org"` + link + `>a@example.org</a></p>` + "\n"},
		"page of this site":   {"[a](/en/river)", `<p><a href="/en/river"` + link + `>a</a></p>` + "\n"},
		"no other place":      {"[a](river) [b](//example.org) [c](ftp://example.org) <d:e>", "<p>a b c &lt;d:e&gt;</p>\n"},
		"no password in it":   {"[a](https://bank.example@evil.example/)", "<p>a</p>\n"},
		"picture":             {"![a *b*](https://example.org/x.png)", "<p>a <em>b</em></p>\n"},
		"markup of their own": {"<b>a</b> <i>b", "<p>&lt;b&gt;a&lt;/b&gt; &lt;i&gt;b</p>\n"},
		"block of markup":     {"<div>\na\n</div>", "<p>&lt;div&gt;\na\n&lt;/div&gt;</p>\n"},
		"Russian":             {"**Россия**: «так»", "<p><strong>Россия</strong>: «так»</p>\n"},
		"no character":        {"a\x00b\xff", "<p>a\uFFFDb\uFFFD</p>\n"},
	} {
		if got := string(markup.HTML(c.in, 2)); got != c.want {
			t.Errorf("%s: %q\ngot  %q\nwant %q", name, c.in, got, c.want)
		}
	}
}

func TestFootnotesOfTwoTextsStayApart(t *testing.T) {
	one, two := string(markup.HTML("a[^1]\n\n[^1]: b", 2)), string(markup.HTML("c[^1]\n\n[^1]: d", 2))
	for _, html := range []string{one, two} {
		if !strings.Contains(html, `role="doc-noteref"`) || !strings.Contains(html, `<li id="t`) || !strings.Contains(html, `role="doc-endnotes"`) {
			t.Errorf("no footnote in %s", html)
		}
	}
	id := func(html string) string { _, after, _ := strings.Cut(html, `<li id="`); return after[:12] }
	if id(one) == id(two) {
		t.Errorf("both have %s", id(one))
	}
}

func TestHeadingsBeginWhereThePageSays(t *testing.T) {
	for top, want := range map[int]string{0: "<h1>a</h1>\n", 1: "<h1>a</h1>\n", 4: "<h4>a</h4>\n", 6: "<h6>a</h6>\n", 9: "<h6>a</h6>\n"} {
		if got := string(markup.HTML("## a", top)); got != want {
			t.Errorf("%d: %s", top, got)
		}
	}
}

// Few bytes may ask for very many, or for very deep ones. Each of these once
// brought some renderer down.
func TestGreedyTextsStaySmallAndQuick(t *testing.T) {
	many := strings.Repeat
	for name, in := range map[string]string{
		"long":            many("слово ", 40_000),
		"brackets":        many("[", 19_000),
		"open links":      many("[a](", 4_900),
		"pictures":        many("![", 9_000),
		"stars":           many("*a ", 6_000) + many("**", 900),
		"mixed emphasis":  many("*_", 9_000),
		"quotes":          many(">", 19_000),
		"quotes apart":    many("> ", 9_000) + "a",
		"lists in lists":  many("- ", 9_000) + "a",
		"backticks":       many("`a``b```", 2_400),
		"wide table":      many("|a", 3_000) + "\n" + many("|-", 3_000) + "\n" + many("|\n", 3_000),
		"one definition":  "[a]: https://example.org/" + many("x", 9_000) + "\n\n" + many("[a] ", 2_500),
		"entities":        many("&#x41;", 3_300),
		"open markup":     many("<a ", 6_600),
		"comments":        many("<!--", 5_000),
		"footnotes":       many("[^a]", 4_000) + "\n\n[^a]: b",
		"nested footnote": many("[^a]: ", 3_000),
		"links":           many("www.a.b ", 2_400),
		"addresses":       many("a@b.", 4_900),
		"tildes":          many("~~a ", 4_900),
	} {
		start := time.Now()
		out := markup.HTML(in, 2)
		if took := time.Since(start); took > 2*time.Second || len(out) > 1<<20 {
			t.Errorf("%s: %d bytes of HTML from %d, in %s", name, len(out), len(in), took)
		}
	}
}
