package writing_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"parley/dialogue"
	"parley/markup"
	"parley/writing"
)

func TestReferences(t *testing.T) {
	ref := func(n int) string { return fmt.Sprintf(`<a class="ref" href="/go/%d">#%d</a>`, n, n) }
	for body, want := range map[string]string{
		"see #12":                        "<p>see " + ref(12) + "</p>\n",
		"#1, (#2) #3.":                   "<p>" + ref(1) + ", (" + ref(2) + ") " + ref(3) + ".</p>\n",
		"**#4**":                         "<p><strong>" + ref(4) + "</strong></p>\n",
		"#13 is yet to come":             "<p>#13 is yet to come</p>\n",
		"#0 #012 #1a a#1 ##1":            "<p>#0 #012 #1a a#1 ##1</p>\n",
		"it's 'quoted' #1":               "<p>it&#39;s &#39;quoted&#39; " + ref(1) + "</p>\n",
		"`#1` stays":                     "<p><code>#1</code> stays</p>\n",
		"    #1 stays\n":                 "<pre><code>#1 stays\n</code></pre>\n",
		"[the #1](https://a.example/#2)": "<p><a href=\"https://a.example/#2\" rel=\"nofollow ugc noopener\">the #1</a></p>\n",
		"№ #1 и #2":                      "<p>№ " + ref(1) + " и " + ref(2) + "</p>\n",
		"":                               "",
	} {
		if got := writing.Render(body, 12); got != want {
			t.Errorf("%q:\n got %q\nwant %q", body, got, want)
		}
	}
	if got, want := writing.Place(writing.Render("#7", 7), "/ru/towns/item/"), `<p><a class="ref" href="/ru/towns/item/7">#7</a></p>`+"\n"; got != want {
		t.Errorf("got %q", got)
	}
}

// A link that a person writes to the placeholder, in Markdown or in HTML, is not
// taken for one of ours.
func TestNobodyForgesAReference(t *testing.T) {
	for _, body := range []string{
		"[x](/go/1)", `<a class="ref" href="/go/1">x</a>`, `[x](/go/1 "ref")`, `<a href="/go/1" class="ref">x</a>`, "`<a class=\"ref\" href=\"/go/1\">`",
	} {
		if got := writing.Place(writing.Render(body, 0), "/PLACED/"); strings.Contains(got, "/PLACED/") && !strings.Contains(got, "&lt;a") {
			t.Errorf("%q became %q", body, got)
		}
	}
}

// payloads reads the corpus of the package markup.
func payloads(t *testing.T) (out []string) {
	t.Helper()
	b, err := os.ReadFile("../markup/testdata/xss.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(b)) {
		if s, err := strconv.Unquote(`"` + strings.TrimSuffix(line, "\n") + `"`); err == nil && !strings.HasPrefix(line, "# ") {
			out = append(out, s)
		}
	}
	if len(out) < 100 {
		t.Fatalf("only %d payloads", len(out))
	}
	return out
}

var ours = regexp.MustCompile(`<a class="ref" href="/go/[1-9][0-9]*">(#[1-9][0-9]*)</a>`)

// Taking our links out again gives what the allow-list let through, so references
// open nothing that was not open.
func TestReferencesOpenNothing(t *testing.T) {
	check := func(t interface {
		Helper()
		Fatalf(string, ...any)
	}, body string) (links int) {
		t.Helper()
		got, bare := writing.Render(body, 1000), string(markup.HTML(body, 4))
		if back := ours.ReplaceAllString(got, "$1"); back != bare {
			t.Fatalf("%q: without references\n got %q\nwant %q", body, back, bare)
		}
		return len(ours.FindAllString(got, -1))
	}
	for _, p := range payloads(t) {
		for _, around := range []string{"%s", "#1 %s #2", "<#1 %s", "[#1](%s)", "#1%s", "`#1 %s"} {
			check(t, strings.Replace(around, "%s", p, 1))
		}
	}
	if check(t, "#1 <b>#2</b>") != 2 {
		t.Error("the check sees no references")
	}
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOf(rapid.OneOf(rapid.SampledFrom([]string{"#1", "#22", "<a href='/go/1'>", "</a>", "`", "&#39;", "<", ">", "[x](", ")", "\n\n", "    ", "*", "'"}), rapid.String())).Draw(t, "parts")
		check(t, strings.Join(parts, ""))
	})
}

func TestMentions(t *testing.T) {
	names := []dialogue.Pseudonym{"Anna", "Anna Maria", "42", "Пётр Ильич", "Bo"}
	for text, want := range map[string][]int{
		"hello @Anna, hello":          {0},
		"@anna maria!":                {1},
		"@Anna Mariana":               {0},
		"@Annabel":                    {},
		"ask @Participant 42 and @42": {2},
		"спросите @Участник 42":       {2},
		"@Participant 421":            {},
		"(@пётр ильич) @Anna @Anna":   {3, 0},
		"mail anna@Anna.example":      {},
		"@ Anna, @@Bo":                {4},
		"@":                           {},
		"@nobody":                     {},
		"":                            {},
	} {
		got := writing.Mentions(text, names, []string{"en", "ru"})
		if len(got) == 0 && len(want) == 0 {
			continue
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q calls %v, want %v", text, got, want)
		}
	}
	crowd := make([]dialogue.Pseudonym, 50)
	text := ""
	for i := range crowd {
		crowd[i] = dialogue.Pseudonym(strings.Repeat("x", i+2))
		text += " @" + string(crowd[i])
	}
	if got := writing.Mentions(text, crowd, []string{"en"}); len(got) != writing.MaxMentions {
		t.Errorf("%d are called", len(got))
	}
}

// A text of nothing but references does not grow without end.
func TestReferencesAreBounded(t *testing.T) {
	got := writing.Render(strings.Repeat("#1 ", 3*writing.MaxReferences), 9)
	if n := strings.Count(got, "<a "); n != writing.MaxReferences {
		t.Errorf("%d links, want %d", n, writing.MaxReferences)
	}
	if n := strings.Count(got, "#1"); n != 3*writing.MaxReferences {
		t.Errorf("%d references are left, want all", n)
	}
}
