package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"parley/dialogue"
	"parley/i18n"
	"parley/interest"
)

func texts(s *goquery.Selection) []string {
	return s.Map(func(_ int, e *goquery.Selection) string { return words(e) })
}

func TestTheRootIsTheListInTheReadersLanguage(t *testing.T) {
	s := fullServer(t)
	for header, want := range map[string]string{
		"": "en", "ru": "ru", "ru-RU,ru;q=0.9,en;q=0.8": "ru", "de,fr": "en", "en-GB,ru;q=0.5": "en", "uk,ru;q=0.7": "ru",
		";;;": "en", strings.Repeat("ru,", 200): "en", "*": "en",
	} {
		rec := ask(s, "GET", "/", "Accept-Language", header)
		doc, _ := goquery.NewDocumentFromReader(rec.Body)
		if got := doc.Find("html").AttrOr("lang", ""); rec.Code != http.StatusOK || got != want {
			t.Errorf("%.20q: %d in %q, want %q", header, rec.Code, got, want)
		}
		for _, l := range i18n.Languages {
			if doc.Find(`main a[href="/`+l+`"]`).Length() != 1 {
				t.Errorf("%.20q: no link to %s", header, l)
			}
		}
		if !slices.Contains(rec.Header().Values("Vary"), "Accept-Language") {
			t.Errorf("%.20q: Vary %v", header, rec.Header().Values("Vary"))
		}
	}
}

func TestTheListSaysWhatEachDialogueIs(t *testing.T) {
	doc := page(t, fullServer(t), "/en")
	first := doc.Find(".dialogues > li").First()
	for _, want := range []string{"Russia and the United States, 2009", "Historical example", "Situation of June 2009.", "It says nothing about today."} {
		if !strings.Contains(words(first), want) {
			t.Errorf("the list does not say %q: %s", want, words(first))
		}
	}
	if got := words(doc.Find(".dialogues > li").Eq(1).Find(".kind")); got != "Invented" {
		t.Errorf("the towns are %q", got)
	}
	if got := words(page(t, testServer(t), "/ru").Find("main .invitation")); got != "Здесь пока нет ни одного диалога." {
		t.Errorf("an empty list says %q", got)
	}
}

// unregistered are the pages on which nothing of a register stands.
var unregistered = []string{
	"join", "declaration", "contact", "moderation", "problems", "actions", "comments", "search", "statements", "vote", "knowing",
}

func TestEveryPageNamesItsDateItsAuthorsAndItsOtherLanguage(t *testing.T) {
	s := answeredServer(t)
	d, _ := s.Store.Dossier(t.Context(), "us-russia-2009")
	for _, address := range addresses(s, d) {
		rec, doc := fetch(t, s, address)
		if !strings.HasPrefix(rec.Header().Get("Content-Type"), "text/html") || !strings.Contains(address, "us-russia") || strings.Contains(address, "{") || toTakeHome(rec) {
			continue
		}
		lang, other := "en", "ru"
		when, who, absent := "Situation of June 2009.", "authors from Russia", "United States: this side has not written or checked its register."
		if strings.HasPrefix(address, "/ru") {
			lang, other = "ru", "en"
			when, who, absent = "Положение на июнь 2009 года.", "российские авторы", "США: эта сторона не писала и не проверяла свой реестр."
		}
		for _, part := range []string{"header .provenance", "footer .provenance"} {
			text := words(doc.Find(part))
			if slices.Contains(unregistered, address[strings.LastIndex(address, "/")+1:]) {
				who, absent = "", "" // nothing of a register stands there
			}
			if !strings.Contains(text, when) || !strings.Contains(text, who) || !strings.Contains(text, absent) {
				t.Errorf("%s: %s says %q", address, part, text)
			}
		}
		if got := doc.Find("html").AttrOr("lang", ""); got != lang {
			t.Errorf("%s: lang %q", address, got)
		}
		same := strings.Replace(address, "/"+lang+"/", "/"+other+"/", 1)
		if doc.Find(`.tools a[hreflang="`+other+`"][href="`+same+`"]`).Length() != 1 || doc.Find(`link[hreflang="`+other+`"][href="`+same+`"]`).Length() != 1 {
			t.Errorf("%s: no link to %s", address, same)
		}
		if got, want := words(doc.Find("title")), words(doc.Find("header .masthead h1, header .dialogue")); !strings.Contains(got, want) {
			t.Errorf("%s: the title %q does not name the dialogue", address, got)
		}
		if doc.Find("h1").Length() != 1 || doc.Find("main#main").Length() != 1 || doc.Find("a.skip").Length() != 1 {
			t.Errorf("%s: headings or skip link", address)
		}
		if strings.Contains(doc.Text(), "[web.") || strings.Contains(doc.Text(), "[room.") || strings.Contains(doc.Text(), "<no value>") {
			t.Errorf("%s: a sentence is missing", address)
		}
	}
}

func TestHomeHasItsSixPartsInOrderWithCountsFromTheData(t *testing.T) {
	s := fullServer(t)
	doc := page(t, s, "/en/us-russia-2009")
	want := []string{"What both want", "What they dispute", "What concerns one", "What might be done", "Where the source disagrees with itself", "Not at this table"}
	if got := texts(doc.Find(".contents strong")); !slices.Equal(got, want) {
		t.Errorf("parts %q", got)
	}
	if got := texts(doc.Find(".contents .numeral")); !slices.Equal(got, []string{"1", "2", "3", "4", "5", "6"}) {
		t.Errorf("numbers %q", got)
	}
	d := readDossier(t, "us-russia-2009.yaml")
	count := map[interest.Relation]int{}
	for _, topic := range d.Topics {
		count[topic.Relation]++
	}
	matters := func(n int) string { return fmt.Sprintf("%d matters", n) }
	tally := texts(doc.Find(".contents .tally"))
	if got, want := tally[:3], []string{matters(count[interest.Shared]), matters(count[interest.Opposed]), matters(count[interest.OneSided])}; !slices.Equal(got, want) {
		t.Errorf("counts %q, want %q", got, want)
	}
	if got := words(doc.Find(".contents .detail").Eq(1)); !strings.HasPrefix(got, "3 vital to both: Missile defence and space") {
		t.Errorf("what is hard: %q", got)
	}
	if got := texts(doc.Find(".column .count")); !slices.Equal(got, []string{"register: 32 interests (11 vital)", "register: 28 interests (10 vital)"}) {
		t.Errorf("registers %q", got)
	}
	if got := words(doc.Find(".column").Eq(1).Find(".invitation")); got != "Own register: not yet written." {
		t.Errorf("an empty place says %q", got)
	}

	d.Topics, d.Named = nil, nil
	d.Registers[0].Interests = d.Registers[0].Interests[:1]
	doc = page(t, testServer(t, d), "/en/us-russia-2009")
	if got := words(doc.Find(".contents .tally").Eq(1)); got != "0 matters" {
		t.Errorf("without disputes: %q", got)
	}
	if got := words(doc.Find(".column .count").First()); got != "register: 1 interest (1 vital)" {
		t.Errorf("one interest: %q", got)
	}
}

// A list cut short by the alphabet would leave out Ukraine in one language and
// not in the other.
func TestHomeNamesAllWhoAreAbsent(t *testing.T) {
	for _, lang := range []string{"en", "ru"} {
		doc := page(t, fullServer(t), "/"+lang+"/us-russia-2009")
		got := words(doc.Find(".contents .detail").Last())
		if strings.Count(got, ",") != 20 || !strings.Contains(got, map[string]string{"en": "Ukraine", "ru": "Украина"}[lang]) {
			t.Errorf("%s: %q", lang, got)
		}
	}
}

func TestHomeSpeaksOfMoreThanTwo(t *testing.T) {
	doc := page(t, fullServer(t), "/ru/three-towns")
	if got := words(doc.Find(".contents strong").First()); got != "Чего хотят несколько сторон" {
		t.Errorf("%q", got)
	}
	if got := doc.Find(".columns .column").Length(); got != 3 {
		t.Errorf("%d columns", got)
	}
	if got := words(doc.Find(".column").First()); !strings.Contains(got, "другое описание; кто составил: Управление порта Остемара") {
		t.Errorf("the other description is not told: %q", got)
	}
	if got := words(doc.Find("header .provenance")); !strings.Contains(got, "Каждая сторона написала свой реестр сама.") {
		t.Errorf("%q", got)
	}
}

func TestAYearStandsInASentence(t *testing.T) {
	s := fullServer(t)
	for address, want := range map[string]string{"/en/four-sides": "Situation of 2025.", "/ru/four-sides": "Положение на 2025 год."} {
		if got := words(page(t, s, address).Find("header .provenance")); !strings.Contains(got, want) {
			t.Errorf("%s: %q", address, got)
		}
	}
}

func TestSidesStandInTheAlphabetOfTheReaderAndSwap(t *testing.T) {
	s := testServer(t, river())
	for address, want := range map[string][]string{
		"/en/river": {"A Easton", "B Weston"}, "/en/river?swap=1": {"B Weston", "A Easton"},
		"/ru/river": {"А Берег", "Б Остров"}, "/ru/river?swap=1": {"Б Остров", "А Берег"},
	} {
		doc := page(t, s, address)
		got := texts(doc.Find(".column h2 .side"))
		for i := range got {
			letter := words(doc.Find(".column h2 .mark text").Eq(i))
			got[i] = letter + " " + strings.TrimPrefix(got[i], letter)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
		swapped := strings.Contains(address, "swap")
		doc.Find(".pages a, .contents a").Each(func(_ int, a *goquery.Selection) {
			if strings.Contains(a.AttrOr("href", ""), "swap=1") != swapped {
				t.Errorf("%s: link to %s", address, a.AttrOr("href", ""))
			}
		})
		if back := page(t, s, doc.Find(`.tools a:not([hreflang]):not([data-search])`).AttrOr("href", "")); len(back.Find(".column").Nodes) != 2 {
			t.Errorf("%s: cannot swap back", address)
		}
	}
}

func TestRegistersStandLevelAndSpellOutSilence(t *testing.T) {
	s := testServer(t, river())
	doc := page(t, s, "/en/river/registers")
	if got := texts(doc.Find(".tier > h2")); !slices.Equal(got, []string{"Vital", "Important", "Third rank", "Rank not stated"}) {
		t.Errorf("bands %q", got)
	}
	met := doc.Find(".level.met")
	if got := words(met.Find(".joint")); met.Length() != 1 || got != "These meet in: Water" {
		t.Errorf("%d rows meet: %q", met.Length(), got)
	}
	if got := texts(met.Find(".cell h4 a")); !slices.Equal(got, []string{"Water for mills", "Water for fields"}) {
		t.Errorf("level: %q", got)
	}
	if got := words(doc.Find("#i-W-1 .regard")); got != "Easton: key part, works against · ranks it low to medium* · direction: opposed" {
		t.Errorf("W-1: %q", got)
	}
	if got := words(doc.Find("#i-E-1 .regard")); got != "Weston: part: not stated · its rank*: not stated · direction: not stated · colouring: negative" {
		t.Errorf("E-1: %q", got)
	}
	if got := words(page(t, s, "/ru/river/registers").Find("#i-E-1 .regard")); got != "Берег: роль: не указана · приоритет*: не указан · направление: не указано · окраска: негативная" {
		t.Errorf("E-1: %q", got)
	}
	if got := words(doc.Find("#i-W-2 .meets")); got != "The bridge · shared · Easton: third rank" {
		t.Errorf("a link to another rank: %q", got)
	}
	if got := words(doc.Find(".heads .column").First()); !strings.Contains(got, "By: A traveller (a view about it)") || !strings.Contains(got, "Own register: not yet written.") {
		t.Errorf("authorship: %q", got)
	}
}

func TestRegistersCanBeFiltered(t *testing.T) {
	s := testServer(t, river())
	for query, want := range map[string][]string{
		"tier=vital": {"Water for mills", "Water for fields"}, "tier=unplaced": {"Quiet nights"},
		"relation=shared": {"A bridge", "The bridge, too"}, "relation=none": {"Quiet nights"}, "relation=shared&tier=important": {"A bridge"},
		"horizon=long": nil, "tier=nonsense&horizon=without&relation=none": {"Quiet nights"},
	} {
		doc := page(t, s, "/en/river/registers?"+query)
		if got := texts(doc.Find(".ledger h4 a")); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
		if want == nil && words(doc.Find("main > .invitation")) != "No interest answers to this choice." {
			t.Errorf("%s: nothing is said", query)
		}
	}
	doc := page(t, s, "/en/river/registers?tier=vital&swap=1")
	if doc.Find(`form input[name=swap]`).Length() != 1 || doc.Find(`option[value=vital][selected]`).Length() != 1 {
		t.Error("the form forgets what was chosen")
	}
}

func TestTopicPage(t *testing.T) {
	s := testServer(t, river())
	doc := page(t, s, "/en/river/topic/water")
	text := words(doc.Find("main"))
	for _, want := range []string{"Matter · disputed", "both alike", "A clerk, May 2030", "Fishers", "Water for mills", "Water for fields"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %s", want, text)
		}
	}
	if got := words(page(t, s, "/en/river/topic/bridge").Find("main")); !strings.Contains(got, "A survey of the banks") || !strings.Contains(got, "Weighs more forWeston") {
		t.Errorf("bridge: %s", got)
	}
	flood := words(page(t, fullServer(t), "/en/three-towns/topic/flood-release").Find("main"))
	if !strings.Contains(flood, "Kelvara × Brennit, Ostemar") {
		t.Errorf("camps: %s", flood)
	}
	boat := words(page(t, fullServer(t), "/en/three-towns/topic/rescue-boat").Find("main"))
	if !strings.Contains(boat, "Brennit, Kelvara: no interest in this matter in the register.") {
		t.Errorf("those who are silent: %s", boat)
	}
}

func TestInterestPage(t *testing.T) {
	s := testServer(t, river())
	doc := page(t, s, "/en/river/interest/E-1")
	told := map[string]string{}
	doc.Find("dl.facts dt").Each(func(_ int, dt *goquery.Selection) { told[words(dt)] = words(dt.Next()) })
	for key, want := range map[string]string{
		"Written by": "A traveller (a view about it), April 2030 Wrong? Say what your side would write", "Rank": "vital",
		"Horizon": "not stated", "part": "not stated", "rank it gives the matter*": "not stated", "direction": "not stated", "colouring": "negative",
	} {
		if told[key] != want {
			t.Errorf("%s: %q, want %q", key, told[key], want)
		}
	}
	if got := words(doc.Find(".meets")); got != "Water · disputed · Weston: vital" {
		t.Errorf("meets %q", got)
	}
	if got := words(page(t, s, "/en/river/interest/W-3").Find("main")); !strings.Contains(got, "No link has been drawn from it.") {
		t.Errorf("%s", got)
	}
	other := words(page(t, fullServer(t), "/en/three-towns/interest/BR-OS-02").Find("main"))
	if !strings.Contains(other, "For comparison only") {
		t.Errorf("a description by others: %s", other)
	}
}

func TestAboutTellsWhoWroteWhatAndHowToObject(t *testing.T) {
	doc := page(t, fullServer(t), "/en/three-towns/about")
	for _, id := range []string{"authors", "privacy", "object", "words", "files"} {
		if doc.Find("main h2#"+id).Length() != 1 {
			t.Errorf("no section %s", id)
		}
	}
	if got := doc.Find(".authors > li").Length(); got != 4 {
		t.Errorf("%d registers", got)
	}
	if got := words(doc.Find(".facts")); !strings.Contains(got, "Public: everybody may read.") || !strings.Contains(got, "open") {
		t.Errorf("facts %q", got)
	}
	bare := page(t, testServer(t, river()), "/ru/river/about")
	if got := bare.Find(".facts .unstated").Length(); got < 3 {
		t.Errorf("%d things are said to be unstated", got)
	}
}

func TestFilesAreTakenHomeOnlyWhereTheRoomIsOpen(t *testing.T) {
	d := river()
	for _, rule := range dialogue.Rules {
		d.Dialogue.Rule = rule
		s := testServer(t, d)
		want := http.StatusSeeOther
		if rule == dialogue.Public {
			want = http.StatusOK
		}
		for _, file := range []string{"dossier.yaml", "comparison.csv", "comparison.json", "comparison"} {
			if rec := ask(s, "GET", "/en/river/"+file); rec.Code != want {
				t.Errorf("%q: %s answers %d", rule, file, rec.Code)
			}
		}
	}
	if n := page(t, testServer(t, river()), "/en/river/comparison").Find(`.files a`).Length(); n == 0 {
		t.Error("no links to files")
	}
	for _, file := range []string{"comparison.csv", "comparison.json"} {
		rec := ask(testServer(t, river()), "GET", "/ru/river/"+file)
		if !strings.Contains(rec.Body.String(), "2030-05") || !strings.Contains(rec.Body.String(), "Путешественник") {
			t.Errorf("%s travels without its date or authors:\n%s", file, rec.Body)
		}
		if got := rec.Header().Get("Content-Disposition"); got != `attachment; filename="river.`+file+`"` {
			t.Errorf("%s: %q", file, got)
		}
		if got := strings.HasPrefix(rec.Body.String(), "\ufeff"); got != strings.HasSuffix(file, ".csv") {
			t.Errorf("%s: marked as UTF-8 for spreadsheets: %v", file, got)
		}
	}
}

func TestTitlesAreWordsAndNeverMarkup(t *testing.T) {
	const evil = `"><script>alert(1)</script><b onclick='x'>&amp;{{.}}`
	d := river()
	text := i18n.Text{"en": evil}
	d.Dialogue.Title, d.Dialogue.Purpose, d.Dialogue.Source, d.Dialogue.Host = text, text, text, text
	for i := range d.Dialogue.Sides {
		d.Dialogue.Sides[i].Name = text
	}
	for r := range d.Registers {
		d.Registers[r].Author.Name, d.Registers[r].Source, d.Registers[r].Date = text, text, evil
		for i := range d.Registers[r].Interests {
			e := &d.Registers[r].Interests[i]
			e.Title, e.Note, e.Counterparts[0].Note = text, text, text
		}
	}
	for i := range d.Topics {
		topic := &d.Topics[i]
		topic.Title, topic.Affects, topic.Author.Name, topic.Date = text, []i18n.Text{text}, text, evil
	}
	d.Topics[1].Act.Title = text
	d.Named[0].Title, d.Named[0].Detail = text, text
	s := testServer(t, d)
	for _, address := range addresses(s, d) {
		rec, doc := fetch(t, s, address)
		if !strings.HasPrefix(rec.Header().Get("Content-Type"), "text/html") {
			continue
		}
		missing := strings.Contains(address, "/deals.") // nobody has asked what might be done
		if (rec.Code != http.StatusOK && !missing) || doc.Find("script:not([src]), b[onclick]").Length() > 0 {
			t.Errorf("%s: %d, or a title became markup", address, rec.Code)
		}
		if strings.HasPrefix(address, "/ru/") && doc.Find(`span[lang="en"]`).Length() == 0 && strings.Contains(doc.Text(), "alert(1)") {
			t.Errorf("%s: English words are not marked as English", address)
		}
	}
}

func TestIdsOfAnyShapeKeepTheirPages(t *testing.T) {
	d := river()
	d.Topics[0].ID = "a/b ?#%"
	d.Registers[0].Interests[2].ID = "Ж/1 &x"
	s := testServer(t, d)
	doc := page(t, s, "/en/river/registers")
	n := 0
	doc.Find(".ledger a").Each(func(_ int, a *goquery.Selection) {
		n++
		if rec := ask(s, "GET", a.AttrOr("href", "")); rec.Code != http.StatusOK {
			t.Errorf("%s: %d", a.AttrOr("href", ""), rec.Code)
		}
	})
	if n == 0 {
		t.Error("no links")
	}
}

func TestEmptyDialoguesHavePages(t *testing.T) {
	d := river()
	d.Registers, d.Topics, d.Named = nil, nil, nil
	s := testServer(t, d)
	for _, address := range []string{"", "/registers", "/comparison", "/disagreements", "/about", "/comparison.csv", "/comparison.json"} {
		if rec := ask(s, "GET", "/ru/river"+address); rec.Code != http.StatusOK {
			t.Errorf("%s: %d\n%s", address, rec.Code, rec.Body)
		}
	}
	if got := words(page(t, s, "/en/river").Find("header .provenance")); !strings.Contains(got, "No register has been written yet.") {
		t.Errorf("%q", got)
	}
}

func TestTwelveSidesAreToldApart(t *testing.T) {
	seen := map[string]bool{}
	for _, lang := range i18n.Languages {
		for i := range MaxSides {
			m := markOf(i, lang)
			for _, trait := range []string{lang + m.Letter, lang + m.Shape, lang + fmt.Sprint(m.Pattern)} {
				if seen[trait] {
					t.Errorf("%s: side %d shares %q with another", lang, i, trait)
				}
				seen[trait] = true
			}
		}
	}
	patterns, err := pageFiles.ReadFile("page/part/patterns.html")
	if err != nil {
		t.Fatal(err)
	}
	for i := range MaxSides {
		if !strings.Contains(string(patterns), fmt.Sprintf(`id="pattern-%d"`, i)) {
			t.Errorf("pattern %d is not drawn", i)
		}
	}
}

func TestKnotsJoinWhatTopicsTie(t *testing.T) {
	a, b, c := &interest.Topic{ID: "a"}, &interest.Topic{ID: "b"}, &interest.Topic{ID: "c"}
	ks := newKnots()
	ks.tie(a, []interest.ID{"1", "2"})
	ks.tie(b, []interest.ID{"3", "4"})
	ks.tie(c, []interest.ID{"2", "3", "2"})
	if len(ks.list) != 1 || len(ks.list[0].topics) != 3 || len(ks.list[0].interests) != 4 {
		t.Fatalf("%+v", ks.list)
	}
	for _, id := range []interest.ID{"1", "2", "3", "4"} {
		if ks.of[id] != ks.list[0] {
			t.Errorf("%s is lost", id)
		}
	}
}

func BenchmarkRegisters(b *testing.B) {
	d := readDossier(b, "us-russia-2009.yaml")
	s := testServer(b, d)
	for b.Loop() {
		ask(s, "GET", "/en/us-russia-2009/registers")
	}
}
