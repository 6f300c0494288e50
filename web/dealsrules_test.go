package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"parley/deal"
	"parley/dossier"
	"parley/interest"
)

// Three tables of points: one with a rule in the way and a gift, one in which the
// rules leave nothing, one in which both ask for more than there is.
const (
	tableHead = `
sides: [{id: A, name: {en: Upper town, ru: Верхний город}}, {id: B, name: {en: Lower town, ru: Нижний город}}]
table:
  issues:
`
	fares = `    - id: fares
      title: {en: Fares, ru: Плата}
      options:
        - {id: "1", points: {A: 0, B: 4}}
        - {id: "2", points: {A: 1, B: 3}}
        - {id: "3", points: {A: 3, B: 0}}
`
	boats = `    - id: boats
      title: {en: Boats, ru: Лодки}
      options:
        - {id: old, title: {en: old boats, ru: старые лодки}, points: {A: 0, B: 1}}
        - {id: new, title: {en: new boats, ru: новые лодки}, points: {A: 2, B: 0}}
`
	ferries = tableHead + fares + boats + `  rules:
    - {side: B, refuses: fares/2..3, when: boats/new}
    - {together: [fares/2, boats/old], points: {A: 1/2}, note: {en: A gift of the old captain, ru: Подарок старого капитана}}
  disagreement: {A: 0, B: 0}
`
	never = tableHead + boats + `  rules:
    - {side: B, refuses: boats/new}
    - {side: A, refuses: boats/old}
`
	greedy = tableHead + fares + `  disagreement: {A: 1, B: 3.5}
`
)

// tableDossier is a dossier of one of the tables.
func tableDossier(t *testing.T, id, text string) *dossier.Dossier {
	t.Helper()
	d, err := dossier.Read(id, []byte("dossier: 1\ndialogue: {id: "+id+", title: {en: Two ferries, ru: Две переправы}, languages: [en, ru], as_of: 2025-03, kind: invented, rule: public}"+text))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// tableServer serves the tables with their answers.
func tableServer(t *testing.T) *Server {
	t.Helper()
	st := testStore(t)
	for id, text := range map[string]string{"ferries": ferries, "never": never, "greedy": greedy} {
		d := tableDossier(t, id, text)
		load(t, st, d)
		j := askedJob(t, st, d.Dialogue.ID, fewRankings(0))
		a, err := answerFor(d, 0)
		if err != nil {
			t.Fatal(err)
		}
		if err := st.AnswerDeals(t.Context(), j, a, time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	return newServer(t, Config{Store: st})
}

// said checks what stands where on a page.
func said(t *testing.T, doc *goquery.Document, want map[string]string) {
	t.Helper()
	for selector, w := range want {
		if got := words(doc.Find(selector)); !strings.Contains(got, w) {
			t.Errorf("%s: got %q, want %q in it", selector, got, w)
		}
	}
}

// Of a table of points the page has what its sides wrote down, in letters without a
// gap; a conflict comes before them and is told once.
func TestSectionsOfATableOfPoints(t *testing.T) {
	s := tableServer(t)
	for address, want := range map[string]string{
		"/en/ferries/deals": "packages A; picture B; made C",
		"/ru/greedy/deals":  "picture А; made Б",
		"/en/never/deals":   "made A",
	} {
		doc := page(t, s, address)
		var got []string
		doc.Find("section:has(h2 .letter)").Each(func(_ int, e *goquery.Selection) {
			got = append(got, e.AttrOr("id", "")+" "+words(e.Find("h2 .letter")))
		})
		if list := strings.Join(got, "; "); list != want {
			t.Errorf("%s: got %s, want %s", address, list, want)
		}
		doc.Find(".letters a").Each(func(_ int, a *goquery.Selection) {
			if doc.Find(a.AttrOr("href", "")).Length() != 1 {
				t.Errorf("%s: %s leads nowhere", address, a.AttrOr("href", ""))
			}
		})
	}
	doc := page(t, s, "/en/greedy/deals")
	if doc.Find(".conflict ~ .letters").Length() != 1 || doc.Find(".remarks").Length() != 0 {
		t.Errorf("the conflict does not stand first and alone: %s", words(doc.Find(".conflict, .remarks")))
	}
	if got := words(doc.Find("#picture")); strings.Contains(got, "its own best") || strings.Contains(got, "ranking") {
		t.Errorf("where nothing can be had the page says %q", got)
	}
	if got := words(page(t, s, "/en/never/deals").Find(".remarks li")); got != "Things as they are break a rule of the table." {
		t.Errorf("remarks: %q", got)
	}
}

// Where values stand in place of today, nothing is said of groups and of order, and
// no page promises it.
func TestWhatATableOfPointsCannotSay(t *testing.T) {
	s := tableServer(t)
	said(t, page(t, s, "/en/ferries/deals/roadmap"), map[string]string{".invitation": "No swap or package was found"})
	var got []string
	page(t, s, "/en/ferries/deals").Find(".further a").Each(func(_ int, a *goquery.Selection) { got = append(got, words(a)) })
	if want := []string{"Why not another package?", "Suppose …"}; !slices.Equal(got, want) {
		t.Errorf("the page leads on to %q, want %q", got, want)
	}
}

func TestATableOfPointsHasNoRegisters(t *testing.T) {
	s := tableServer(t)
	for _, address := range []string{"/en/ferries/registers", "/en/ferries/comparison"} {
		doc := page(t, s, address)
		said(t, doc, map[string]string{"main .invitation": "a table states in points"})
		if n := doc.Find("main form, main table, main .legend, main section").Length(); n != 0 {
			t.Errorf("%s has %d parts that need a register", address, n)
		}
		if got := doc.Find("main .invitation a").AttrOr("href", ""); got != "/en/ferries/deals" {
			t.Errorf("%s leads on to %q", address, got)
		}
	}
}

func TestRulesOfTheTable(t *testing.T) {
	s := tableServer(t)
	doc := page(t, s, "/en/ferries/deals")
	said(t, doc, map[string]string{
		"#rules h2":                        "Rules of the table",
		"#rules .note":                     "Only packages that keep all of these are looked at.",
		"#rules li[value='1']":             "Lower town: will not accept these together: “Fares”: 2 or 3; “Boats”: new boats.",
		"#rules li[value='2']":             "Chosen together: “Fares”: 2; “Boats”: old boats. Then:",
		"#rules li[value='2'] p + p":       "Upper town: +1/2 points.",
		"#rules li[value='2'] .note":       "A gift of the old captain",
		"#rules li[value='1'] a .unseen":   "(rule 1)",
		"#picture summary":                 "in the points of each side",
		"#packages .invitation":            "This table states points.",
		"#picture tr.marked .stands-for":   "stands for",
		"#picture tr.marked td:last-child": "largest product of gains (Nash)",
	})
	if href := doc.Find("#rules li[value='1'] a").AttrOr("href", ""); href != "/en/ferries/suppose?without=1" {
		t.Errorf("a rule is dropped at %q", href)
	}
	if n := doc.Find("#conflict").Length(); n != 0 {
		t.Error("something stands, and a conflict is told")
	}
	said(t, page(t, s, "/ru/ferries/deals"), map[string]string{
		"#rules h2": "Правила стола", "#rules li[value='1']": "Нижний город: неприемлемо вместе",
	})
}

// A table of points states no rankings and needs no register, so its page speaks
// of none but to say so.
func TestTablesOfPointsSpeakOfNoRankings(t *testing.T) {
	s := tableServer(t)
	for address, words0 := range map[string][]string{"/en/ferries/deals": {"ranking", "rank ", "No register", "their registers"}, "/ru/ferries/deals": {"расстанов", "Ни один реестр"}} {
		doc := page(t, s, address)
		if lead := words(doc.Find("body")); !strings.Contains(lead, "All figures are points") && !strings.Contains(lead, "Все числа — баллы") {
			t.Errorf("%s does not say where its figures come from", address)
		}
		doc.Find("#swaps .invitation").Remove()
		text := words(doc.Find("article.deals"))
		for _, w := range words0 {
			if strings.Contains(text, w) {
				t.Errorf("%s says %q", address, w)
			}
		}
	}
}

func TestWhyNothingCanBeProposed(t *testing.T) {
	s := tableServer(t)
	doc := page(t, s, "/en/never/deals")
	said(t, doc, map[string]string{
		"#conflict h2": "Why nothing can be proposed", "#conflict .lead": "No package keeps all of these rules. Without any one of them the others listed here can be kept together",
		"#conflict li:nth-child(1)": "Lower town: will not accept “Boats”: new boats.", "#conflict li:nth-child(2)": "Upper town: will not accept “Boats”: old boats.",
	})
	for _, idle := range []string{"#steps", "#swaps", "#packages", "#undecided", "#picture"} {
		if doc.Find(idle).Length() > 0 {
			t.Errorf("%s stands where no package keeps every rule", idle)
		}
	}
	doc.Find(".letters a").Each(func(_ int, a *goquery.Selection) {
		if doc.Find(a.AttrOr("href", "")).Length() != 1 {
			t.Errorf("%s leads nowhere", a.AttrOr("href", ""))
		}
	})
	doc = page(t, s, "/en/greedy/deals")
	said(t, doc, map[string]string{
		"#conflict .lead": "No package leaves all of these sides at or above what each has without agreement",
		"#conflict ul":    "Upper town: at most 0 while the others have theirs; 1 without agreement.",
		"#conflict .note": "What follows shows what can be had all the same",
	})
	if doc.Find("#picture .figure").Length() == 0 {
		t.Error("what can be had all the same is not drawn")
	}
	said(t, page(t, s, "/ru/greedy/deals"), map[string]string{"#conflict h2": "Почему ничего нельзя предложить"})
}

// What cannot be drawn is not offered, and all that is offered is there.
func TestEveryFileOfADealsPageIsThere(t *testing.T) {
	s := tableServer(t)
	for table, pictured := range map[string]bool{"ferries": true, "never": false, "greedy": true} {
		doc := page(t, s, "/en/"+table+"/deals")
		links := doc.Find("p.files a")
		if links.Length() < 4 {
			t.Errorf("%s offers %d files", table, links.Length())
		}
		links.Each(func(_ int, a *goquery.Selection) {
			to := a.AttrOr("href", "")
			if rec, _ := fetch(t, s, to); rec.Code != http.StatusOK {
				t.Errorf("%s answers %d", to, rec.Code)
			}
		})
		if got := doc.Find("p.files a[href$='deals.svg']").Length() == 1; got != pictured {
			t.Errorf("%s offers a picture: %v", table, got)
		}
	}
	text := words(page(t, s, "/en/never/deals").Find("article.deals"))
	if strings.Contains(text, "could have anyway") {
		t.Error("a table of points speaks of what everybody could have anyway")
	}
}

func TestSupposeDropsARule(t *testing.T) {
	s := tableServer(t)
	doc := page(t, s, "/en/ferries/suppose")
	form := doc.Find("form.choose-changes")
	if form.Find("select[name=interest]").Length() != 0 || form.Find("select[name=rule] option").Length() != 3 {
		t.Errorf("the form offers %d interests and %d rules", form.Find("select[name=interest]").Length(), form.Find("select[name=rule] option").Length())
	}
	said(t, doc, map[string]string{"select[name=rule] option[value='1']": "1. Lower town: will not accept these together"})
	unasked := newServer(t, Config{Store: testStore(t, tableDossier(t, "ferries", ferries))})
	said(t, page(t, unasked, "/ru/ferries/suppose"), map[string]string{"select[name=rule] option[value='1']": "1. Нижний город: неприемлемо вместе — «Плата»: 2 или 3"})
	rec, _ := fetch(t, s, "/en/ferries/suppose?rule=1")
	if got := rec.Header().Get("Location"); got != "/en/ferries/suppose?without=1" {
		t.Errorf("the form leads to %q", got)
	}
	// Without the first rule 3+new gives 5 and 0, 2+new 3 and 3: three points of
	// the curve become four, 3+old (3 and 1) falls.
	doc = page(t, s, "/en/ferries/suppose?without=1")
	said(t, doc, map[string]string{
		".supposition":   "Suppose rule 1 of the table did not hold",
		".now":           "(the rule says: Lower town: will not accept these together",
		".result p.gone": "1 outcome could be bettered that cannot be bettered now",
		".result p.new":  "2 outcomes that cannot be bettered would appear",
		".result":        "Upper town: at most 5 points instead of 3.",
		".command":       "parley deals ferries.yaml --without-rule 1",
		".result .note":  "The table states points, so all of this is exact.",
	})
	if got := doc.Find("select[name=rule] option[selected]").AttrOr("value", ""); got != "1" {
		t.Errorf("the form has forgotten rule 1: %q", got)
	}
	said(t, page(t, s, "/en/never/suppose?without=2"), map[string]string{".result p.new": "Something could be proposed: what stood in the way is gone."})
	said(t, page(t, s, "/ru/never/suppose?without=2"), map[string]string{".result p.new": "Стало бы возможно что-то предложить", ".supposition": "Предположим, что правила 2 нет"})
	rec, doc = fetch(t, s, "/en/ferries/suppose?without=9")
	if rec.Code != 400 || !strings.Contains(words(doc.Find("[role=alert]")), "no rule of this number") {
		t.Errorf("rule 9: %d %q", rec.Code, words(doc.Find("[role=alert]")))
	}
	rec, _ = fetch(t, s, "/en/greedy/suppose?without=1")
	if rec.Code != 400 {
		t.Errorf("a table without rules: %d", rec.Code)
	}
}

func TestNumbersOfRules(t *testing.T) {
	if got := numbers([]string{"3", "", "x", "1", "3"}); !slices.Equal(got, []int{1, 3}) {
		t.Errorf("got %v", got)
	}
	if got := drops([]int{1, 3}, 5); !slices.Equal(got, []supposeDrop{{1, 1}, {2, 3}}) {
		t.Errorf("got %v", got)
	}
	if got := drops(nil, 5); !slices.Equal(got, []supposeDrop{{1, 0}}) || len(drops(nil, 0)) != 0 {
		t.Errorf("got %v", got)
	}
}

// What a curve can lack is a bound: it is rounded up and never called a guess.
func TestWhatACurveCanLack(t *testing.T) {
	a := benchAnswer(2)
	a.FrontierComplete, a.FrontierGap = false, deal.Points{"A": 1, "B": 0}
	a.Question.Scale = map[string]string{"A": "300", "B": "100"}
	v := newDealsView(newRoom(bench(2), "en", false), a, true)
	if want := []string{"Side A: 1 (in hundredths of all that its register names).",
		"Side B: nothing."}; !slices.Equal(v.Bounds, want) {
		t.Errorf("got %q", v.Bounds)
	}
	if got := strings.Join(v.Picture.Notes, " "); !strings.Contains(got, "ended at its limit") || strings.Contains(got, "only the balanced") {
		t.Errorf("got %q", got)
	}
	if got := string(v.Picture.Drawings[0]); !strings.Contains(got, "than which none found is better") {
		t.Error("the picture claims that no package is better")
	}
	a.Cover = &deal.Cover{Because: map[string][]string{"en": {"Near enough."}}}
	v = newDealsView(newRoom(bench(2), "en", false), a, true)
	if !slices.Equal(v.Bounds, []string{"Near enough."}) {
		t.Errorf("got %q", v.Bounds)
	}
}

func TestPointsThatStandForOthers(t *testing.T) {
	a := benchAnswer(2)
	a.Representatives = []deal.Representative{{Point: 0, Rule: "nash", For: 1}, {Point: 1, Rule: "cluster", For: 2}}
	v := newDealsView(newRoom(bench(2), "en", false), a, true)
	var got []string
	for _, r := range v.Picture.Rows {
		if r.Stands != "" {
			got = append(got, r.Stands)
		}
	}
	slices.Sort(got)
	if want := []string{"stands for 2 dots, itself and those near it", "stands for itself alone"}; !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestStatementsAboutWeights(t *testing.T) {
	d := bench(2)
	r := &d.Registers[0]
	first := r.Interests[0]
	other := first
	other.ID, other.Title = "A-2", both("Second wish of A", "Второе")
	r.Interests = append(r.Interests, other)
	whole := []interest.Part{{Interest: "A-1", Of: interest.FractionOf(1, 2)}}
	r.Weights = []interest.Weighing{
		{More: "A-1", Than: "A-2"}, {More: "A-1", Than: "A-2", Times: interest.FractionOf(2, 1)}, {More: "A-1", Than: "A-2", Times: interest.FractionOf(3, 2)},
		{Gain: whole, Outweighs: []interest.Part{{Interest: "A-2", Of: interest.FractionOf(1, 1)}}},
	}
	v := newDealsView(newRoom(d, "en", false), benchAnswer(2), true)
	if len(v.Weights) != 1 || v.Weights[0].By == "" {
		t.Fatalf("got %+v", v.Weights)
	}
	if want := []string{
		"Side A: “Wish of A” matters at least as much as “Second wish of A”.",
		"Side A: “Wish of A” matters at least twice as much as “Second wish of A”.",
		"Side A: “Wish of A” matters at least 3/2 times as much as “Second wish of A”.",
		"Side A: to gain 1/2 of “Wish of A” is worth giving up “Second wish of A”.",
	}; !slices.Equal(v.Weights[0].Says, want) {
		t.Errorf("got %q", v.Weights[0].Says)
	}
	covers := v.covers(deal.SideProof{
		Covers:     []deal.ProofCover{{Gain: "A-1", Loss: "A-2", Amount: "1/2"}},
		Statements: []deal.ProofUse{{Statement: "2 A-1 >= A-2 + B-1", Times: "1/4"}},
	})
	if want := []string{
		"The gain on “Wish of A”, ranked higher, covers the loss on “Second wish of A” (1/2).",
		"As the side says, 2 × “Wish of A” matters at least as much as “Second wish of A” + “Wish of B” (this is used 1/4 times).",
	}; !slices.Equal(covers, want) {
		t.Errorf("got %q", covers)
	}
}

func TestFurtherPagesAndWhyNot(t *testing.T) {
	s := answeredServer(t)
	doc := page(t, s, states+"deals")
	var got []string
	doc.Find("nav.further a").Each(func(_ int, a *goquery.Selection) {
		got = append(got, words(a))
		page(t, s, a.AttrOr("href", ""))
	})
	if want := []string{"What this rests on", "In which order", "Why not another package?", "Suppose …"}; !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	for selector, want := range map[string]string{
		"#swap-1 .checks > p a[href*='why-not']":           "/en/us-russia-2009/deals/why-not?swap-card=1",
		".bundle:has(#package-2) .onward a:nth-child(1)":   "/en/us-russia-2009/deals/why-not?package=2",
		".bundle:has(#package-2) .onward a[href*='#pack']": "/en/us-russia-2009/deals/strength#package-2",
	} {
		if got := doc.Find(selector).AttrOr("href", ""); got != want {
			t.Errorf("%s leads to %q, want %q", selector, got, want)
		}
	}
	rec, _ := fetch(t, s, "/en/us-russia-2009/deals/why-not?swap-card=1")
	said(t, page(t, s, rec.Header().Get("Location")), map[string]string{".result .label": "Answer"})
	report := newDealsView(newRoom(bench(2), "en", false), benchAnswer(2), false)
	if len(report.Onwards()) != 0 || report.WhyNot("swap", 1) != "" || report.Rests(1) != "" {
		t.Error("a report leads to the site")
	}
}
