package web

import (
	"html/template"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/jba/templatecheck"

	"parley/i18n"
)

// structs is the struct of each page's template.
var structs = map[string]any{
	"about": aboutPage{}, "comparison": comparisonPage{}, "deals": dealsPage{}, "disagreements": disagreementsPage{}, "home": homePage{},
	"interest": interestPage{}, "list": listPage{}, "problem": problemPage{}, "registers": registersPage{}, "suppose": supposePage{}, "whynot": whyNotPage{}, "strength": strengthPage{}, "roadmap": roadmapPage{}, "formats": formatsPage{},
	"topic": topicPage{},

	"join": joinPage{}, "declaration": declarationPage{}, "me": mePage{}, "leave": leavePage{}, "exit": exitPage{}, "members": membersPage{},
	"contact": contactPage{}, "legal": legalPage{}, "register-own": ownRegisterPage{}, "register-edit": editInterestPage{},
	"register-remove": removeInterestPage{}, "register-weigh": weighPage{}, "desk": deskPage{}, "desk-settings": settingsPage{}, "desk-declaration": declarationsPage{},
	"desk-admissions": admissionsPage{}, "desk-invitations": invitationsPage{}, "desk-members": deskMembersPage{}, "desk-member": deskMemberPage{},
	"desk-journal": journalPage{}, "desk-letters": lettersPage{}, "desk-messages": messagesPage{}, "server": serverPage{}, "server-legal": editLegalPage{},
	"server-dialogue": newDialoguePage{},
	"vote":            votePage{}, "statements": statementsPage{}, "statement": statementPage{}, "answers": answersPage{}, "knowing": knowingPage{},

	"lines": linesPage{}, "item": itemPage{}, "comments": commentsPage{}, "compose": composePage{}, "history": historyPage{}, "translate": translatePage{},
	"drafts": draftsPage{}, "search": searchPage{}, "status": statusPage{}, "links": linksPage{},

	"report-form": reportFormPage{}, "appeal": appealPage{}, "moderation": moderationPage{}, "desk-moderation": queuePage{}, "desk-case": casePage{},
	"notices": noticesPage{}, "following": followingPage{}, "notice-settings": noticeSettingsPage{}, "unsubscribe": unsubscribePage{},
}

func TestTemplatesFitTheirStructs(t *testing.T) {
	for name := range pages() {
		tmpl, err := pageNamed(name)
		if err != nil {
			t.Fatal(err)
		}
		data, known := structs[name]
		if !known {
			t.Errorf("page %s has no struct in this test", name)
			continue
		}
		if err := templatecheck.CheckHTML(tmpl.Lookup("layout.html"), data); err != nil {
			t.Errorf("page %s: %v", name, err)
		}
	}
	for name := range structs {
		if _, err := pageNamed(name); err != nil {
			t.Errorf("there is no page %s", name)
		}
	}
}

// TestTemplateCheckSees is the control of the test above.
func TestTemplateCheckSees(t *testing.T) {
	broken := template.Must(template.New("x").Parse(`{{range .Parts}}{{.Nothing}}{{end}}`))
	if templatecheck.CheckHTML(broken, homePage{}) == nil {
		t.Error("a field that does not exist was not noticed")
	}
}

// TestKeysExist looks up every key that stands whole in a template or in Go, and
// sees that at least one key begins with each that is put together.
func TestKeysExist(t *testing.T) {
	key := regexp.MustCompile(`"((?:web|room|forum|search|moderation)\.[a-z0-9.-]+)"`)
	n := 0
	check := func(path string, text []byte) {
		for _, m := range key.FindAllSubmatch(text, -1) {
			n++
			for _, lang := range i18n.Languages {
				if !known(i18n.For(lang), string(m[1])) {
					t.Errorf("%s: %s lacks %s", path, lang, m[1])
				}
			}
		}
	}
	err := fs.WalkDir(pageFiles, "page", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := pageFiles.ReadFile(path)
		check(path, text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob("*.go")
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		check(f, text)
	}
	if n < 150 {
		t.Errorf("only %d keys were found: the test looks in the wrong place", n)
	}
}

// known reports whether the key exists, or begins or is continued by others.
func known(w *i18n.Words, key string) bool {
	if w.Has(key) {
		return true
	}
	for _, k := range w.Keys() {
		if strings.HasPrefix(k, key) && (strings.HasSuffix(key, ".") || strings.HasPrefix(k[len(key):], ".")) {
			return true
		}
	}
	return false
}

// TestEveryWordOfEveryScaleHasAName walks what pages put together.
func TestEveryWordOfEveryScaleHasAName(t *testing.T) {
	for _, lang := range i18n.Languages {
		for prefix, values := range map[string]string{
			"web.tier.": "vital important secondary unplaced", "web.band.": "vital important secondary unplaced",
			"web.horizon.": "immediate long without", "web.part.": "none minor medium important key",
			"web.part.from.": "none minor medium important key", "web.role.": "none minor medium important key",
			"web.part.only.": "helps hinders potential", "web.effect.": "helps hinders", "web.level.": "low medium high top",
			"web.level.from.": "low medium high top", "web.direction.": "parallel opposed mixed", "web.tone.": "neutral negative positive",
			"web.relation.": "opposed shared complementary one-sided none", "web.meaning.": "opposed shared complementary one-sided",
			"web.group.": "opposed shared complementary one-sided", "web.every.": "opposed shared complementary",
			"web.grid.hint.": "opposed shared complementary", "web.named.": "quick-win prerequisite sphere ask",
			"web.kind.": "historical invented", "web.stage.": "preparing open paused closed",
			"web.rule.": "public members non-attribution off-the-record", "web.perception.title.": "within between mixed authors",
			"web.perception.lead.": "within between authors", "web.belief.": "within-one-source between-sides between-authors",
			"web.nav.": "home problems actions statements registers comparison disagreements deals suppose about", "web.problem.": "400 403 404 405 409 412 429 500 503 denied",
		} {
			for value := range strings.FieldsSeq(values) {
				if !i18n.For(lang).Has(prefix + value) {
					t.Errorf("%s lacks %s%s", lang, prefix, value)
				}
			}
		}
	}
}

// TestNoNumberIsTyped keeps counts out of the words and out of the pages: they
// are computed.
func TestNoNumberIsTyped(t *testing.T) {
	digit := regexp.MustCompile(`[0-9]`)
	for _, lang := range i18n.Languages {
		text, err := os.ReadFile("../i18n/message/web." + lang + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		var words map[string]any
		if err := yaml.Unmarshal(text, &words); err != nil {
			t.Fatal(err)
		}
		for key, value := range words {
			forms, plural := value.(map[string]any)
			if !plural {
				forms = map[string]any{"": value}
			}
			for _, form := range forms {
				if s, _ := form.(string); digit.MatchString(s) {
					t.Errorf("%s %s: %q", lang, key, s)
				}
			}
		}
	}
	markup := regexp.MustCompile(`<[^>]*>|\{\{[^}]*\}\}`)
	for name := range structs {
		text, err := pageFiles.ReadFile("page/" + name + ".html")
		if err != nil {
			t.Fatal(err)
		}
		if bare := markup.ReplaceAll(text, nil); digit.Match(bare) {
			t.Errorf("page %s has a number of its own: %s", name, digit.Find(bare))
		}
	}
}

// TestWordsAreThoseAgreedOn keeps out what hurts or misleads.
func TestWordsAreThoseAgreedOn(t *testing.T) {
	avoid := map[string]*regexp.Regexp{
		"en": regexp.MustCompile(`(?i)quick win|concession|red line|\bdeals?\b|yield|attributed|secondary interest|near abroad|ratif|vouch|\bguess|stereotyp|brigad`),
		"ru": regexp.MustCompile(`(?i)приписан|сделк|уступ|угадай|поручительств|бригад|делегат|протокол|разрыв восприятия|общая почва|русск(ие|их|им)`),
	}
	for _, lang := range i18n.Languages {
		w := i18n.For(lang)
		for _, key := range w.Keys() {
			part, _, _ := strings.Cut(key, ".")
			if slices.Contains([]string{"web", "room", "forum", "opinion", "moderation", "notice", "search", "writing", "feed"}, part) {
				if s := w.T(key); avoid[lang].MatchString(s) {
					t.Errorf("%s %s: %q", lang, key, s)
				}
			}
		}
	}
}
