package web

import (
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"parley/deal"
	"parley/store"
)

const (
	states = "/en/us-russia-2009/"
	towns  = "/en/three-towns/"
)

// fetch asks for an address and reads the answer as a page.
func fetch(t *testing.T, s *Server, address string) (*httptest.ResponseRecorder, *goquery.Document) {
	t.Helper()
	rec := httptest.NewRecorder()
	s.Handler().ServeHTTP(rec, httptest.NewRequest("GET", address, nil))
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(rec.Body.String()))
	if err != nil {
		t.Fatal(err)
	}
	return rec, doc
}

func page(t *testing.T, s *Server, address string) *goquery.Document {
	t.Helper()
	rec, doc := fetch(t, s, address)
	if rec.Code != http.StatusOK {
		t.Fatalf("%s: %d\n%s", address, rec.Code, rec.Body)
	}
	return doc
}

// answeredServer serves both examples with their answers; all tests share it.
func answeredServer(t *testing.T) *Server {
	t.Helper()
	shared.Do(func() { shared.server = freshServer(t) })
	return shared.server
}

var shared struct {
	sync.Once
	server *Server
}

func freshServer(t *testing.T) *Server {
	t.Helper()
	return newServer(t, Config{Store: answeredStore(t), Demo: true})
}

// words is a selection's text with single spaces.
func words(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }

func TestDealsBeginWithTheirCondition(t *testing.T) {
	s := answeredServer(t)
	for address, want := range map[string][]string{
		states + "deals":               {"If these descriptions were right", "authors from Russia", "United States: this side has not written"},
		"/ru/us-russia-2009/deals":     {"Если бы эти описания были верны", "российские авторы", "США: эта сторона не писала"},
		"/en/three-towns/deals":        {"If these descriptions were right", "Each side wrote its own register"},
		"/ru/three-towns/deals?swap=1": {"Если бы эти описания были верны"},
	} {
		doc := page(t, s, address)
		condition := doc.Find("h1").Next()
		if !condition.Is(".if") {
			t.Errorf("%s: the title is followed by %q", address, words(condition))
		}
		for _, w := range want {
			if !strings.Contains(words(condition), w) {
				t.Errorf("%s: %q does not say %q", address, words(condition), w)
			}
		}
	}
}

func TestDealsComeInTheirOrder(t *testing.T) {
	doc := page(t, answeredServer(t), states+"deals")
	var got []string
	doc.Find(".deals > section").Each(func(_ int, s *goquery.Selection) {
		got = append(got, s.AttrOr("id", "")+" "+words(s.Find("h2 .letter")))
	})
	if want := []string{"steps A", "swaps B", "packages C", "undecided D", "picture E", "made F"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := words(page(t, answeredServer(t), "/ru/us-russia-2009/deals").Find("section h2 .letter").First()); got != "А" {
		t.Errorf("the first letter in Russian is %q", got)
	}
	doc.Find(".letters a").Each(func(_ int, a *goquery.Selection) {
		if doc.Find(a.AttrOr("href", "")).Length() != 1 {
			t.Errorf("%s leads nowhere", a.AttrOr("href", ""))
		}
	})
}

func TestFirstSteps(t *testing.T) {
	doc := page(t, answeredServer(t), states+"deals")
	var got []string
	doc.Find("#steps .step h3").Each(func(_ int, h *goquery.Selection) { got = append(got, words(h)) })
	slices.Sort(got)
	if want := []string{"Afghanistan", "North Korea", "Transdniestrian settlement"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	loose := doc.Find("#steps .unregistered")
	if words(loose.Find("h3")) != "Transdniestrian settlement" || !strings.Contains(words(loose), "It stands in no register") {
		t.Errorf("the step in no register says %q", words(loose))
	}
	if loose.Find(".because, .proof").Length() > 0 {
		t.Error("something is proved about a matter that stands in no register")
	}
	same := doc.Find("#steps summary").FilterFunction(func(_ int, s *goquery.Selection) bool { return strings.Contains(words(s), "Same direction") })
	if !strings.Contains(words(same), "13 matters") || same.Next().Find("li").Length() != 13 {
		t.Errorf("got %q with %d matters", words(same), same.Next().Find("li").Length())
	}
	for _, dear := range []string{"Military superiority", "Kosovo"} {
		if strings.Contains(words(doc.Find("#steps")), dear) {
			t.Errorf("%s, whose price nobody stated, stands among the first steps", dear)
		}
	}
}

func TestSwapCards(t *testing.T) {
	doc := page(t, answeredServer(t), states+"deals")
	cards := doc.Find("#swaps .swap")
	if cards.Length() != 2 {
		t.Fatalf("got %d swaps, want 2", cards.Length())
	}
	nato := cards.FilterFunction(func(_ int, c *goquery.Selection) bool { return strings.Contains(words(c.Find("h3")), "NATO") })
	for selector, want := range map[string]string{
		".turns li:nth-child(1)":   "ARussia moves toward the other side's interest on Iran",
		".turns li:nth-child(2)":   "BUnited States moves toward the other side's interest on NATO enlargement",
		".because li:nth-child(1)": "Russia: ",
		".because li:nth-child(2)": "United States: ",
		".missing":                 "Georgia",
		".limits":                  "Silent on:",
		".falls dt":                "It would fall if",
		".proof summary":           "The proof",
		".check .command":          "parley deals us-russia-2009.yaml --seed 1 --samples 500",
		".fingerprint":             exampleHash(t, "us-russia-2009"),
	} {
		if got := words(nato.Find(selector)); !strings.Contains(got, want) {
			t.Errorf("%s: got %q, want %q in it", selector, got, want)
		}
	}
	if got := strings.Count(words(nato.Find(".because")), "moves on"); got != 2 {
		t.Errorf("%d sentences say what a side moves on, want one a side", got)
	}
	for _, claim := range []string{"button", "form"} {
		if cards.Find(claim).Length() > 0 {
			t.Errorf("a card has a %s that does nothing yet", claim)
		}
	}
}

func exampleHash(t *testing.T, id string) string {
	t.Helper()
	for d, asked := range answeredShelf(t).asked {
		if string(d) == id {
			return asked.Answer.Question.SHA256
		}
	}
	t.Fatalf("no answer for %s", id)
	return ""
}

// What is exchanged are steps: a card never reads as if countries were.
func TestSwapsAreOfStepsAndCanBeContested(t *testing.T) {
	s := answeredServer(t)
	for address, want := range map[string]string{states + "deals": "Steps on: Iran", "/ru/us-russia-2009/deals": "Шаги по темам: Иран"} {
		page(t, s, address).Find(".swap").Each(func(_ int, card *goquery.Selection) {
			if got := words(card.Find("h3")); !strings.HasPrefix(got, want) {
				t.Errorf("%s: %q, want %q", address, got, want)
			}
			if card.Find(`.checks > p a[href$="/about#object"]`).Length() != 1 {
				t.Errorf("%s: %s cannot be contested", address, card.AttrOr("id", ""))
			}
		})
	}
}

// A side for which nothing certain changes is named, so that nobody looks for
// its sums in vain.
func TestProofsNameEverySide(t *testing.T) {
	doc := page(t, answeredServer(t), states+"deals")
	doc.Find(".proof").Each(func(i int, p *goquery.Selection) {
		for _, side := range []string{"Russia", "United States"} {
			if !strings.Contains(words(p.Find("caption, details > p")), side) {
				t.Errorf("proof %d is silent about: %s", i+1, side)
			}
		}
	})
	if got := doc.Find("#steps .proof").Text(); !strings.Contains(got, "Nothing that is certain changes for this side.") {
		t.Error("the step on Afghanistan does not say that its gain for the United States is only possible")
	}
}

func TestProofsNeverFallBelowZero(t *testing.T) {
	s := answeredServer(t)
	for _, address := range []string{states + "deals", towns + "deals"} {
		doc := page(t, s, address)
		rows := doc.Find(".swap .sums tbody tr")
		if rows.Length() == 0 {
			t.Errorf("%s has no proof", address)
		}
		rows.Each(func(_ int, r *goquery.Selection) {
			if sum := words(r.Find("td").Last()); strings.HasPrefix(sum, "−") || sum == "" {
				t.Errorf("%s: a sum is %q", address, sum)
			}
		})
	}
}

func TestTryingOutLeadsToTheFall(t *testing.T) {
	s := answeredServer(t)
	doc := page(t, s, states+"deals")
	links := doc.Find(".falls li:first-child a")
	if links.Length() == 0 {
		t.Fatal("nothing can be tried")
	}
	links.Each(func(_ int, a *goquery.Selection) {
		tried := page(t, s, a.AttrOr("href", ""))
		if tried.Find(".result .gone").Length() == 0 {
			t.Errorf("%s breaks nothing", a.AttrOr("href", ""))
		}
	})
}

func TestPackagesHaveTheSameRowsForAll(t *testing.T) {
	s := answeredServer(t)
	for address, sides := range map[string]int{states + "deals": 2, towns + "deals": 3} {
		doc := page(t, s, address)
		cards := doc.Find("#packages .bundle")
		if n := cards.Length(); n == 0 || n > 5 {
			t.Errorf("%s: %d packages", address, n)
		}
		cards.Each(func(_ int, c *goquery.Selection) {
			if !strings.Contains(words(c.Find(".strength")), "As described here, it serves") {
				t.Errorf("%s: the strength reads %q", address, words(c.Find(".strength")))
			}
			c.Find("table").Each(func(_ int, table *goquery.Selection) {
				if n := table.Find("thead th").Length(); n != sides+1 {
					t.Errorf("%s: %d columns", address, n)
				}
				table.Find("tbody tr").Each(func(_ int, r *goquery.Selection) {
					if r.Find("td").Length() != sides || words(r.Find("td")) == "" {
						t.Errorf("%s: a row says %q", address, words(r))
					}
				})
			})
		})
		if !strings.Contains(words(doc.Find("#packages")), "A share of rankings is not a chance") {
			t.Errorf("%s does not say what a share is", address)
		}
	}
}

func TestUndecidedHasReasonsAndNoShares(t *testing.T) {
	doc := page(t, answeredServer(t), states+"deals")
	open := doc.Find("#undecided .open")
	if n := open.Find("dt").Length(); n != 3 {
		t.Errorf("%d matters are undecided, want 3", n)
	}
	open.Find("dd").Each(func(_ int, d *goquery.Selection) {
		if words(d) != "vital to both sides, which pull in opposite directions" {
			t.Errorf("the reason is %q", words(d))
		}
	})
	if got := words(open); regexp.MustCompile(`\d`).MatchString(got) {
		t.Errorf("numbers in %q", got)
	}
	asked := doc.Find("#undecided details")
	if asked.Length() != 2 || !strings.Contains(words(asked.First().Find("summary")), "Asked of: Russia (3 matters)") {
		t.Errorf("asks: %q", words(asked.Find("summary")))
	}
}

func TestPictureHasATableThatPointsIntoIt(t *testing.T) {
	s := answeredServer(t)
	for address, drawings := range map[string]int{states + "deals": 1, towns + "deals": 3} {
		doc := page(t, s, address)
		if got := doc.Find("#picture svg[role=img]").Length(); got != drawings {
			t.Errorf("%s: %d drawings, want %d", address, got, drawings)
		}
		links := doc.Find("#picture tbody th a")
		if n := links.Length(); n < 10 || n > 60 {
			t.Errorf("%s: %d points can be focused", address, n)
		}
		links.Each(func(_ int, a *goquery.Selection) {
			if target := a.AttrOr("href", ""); doc.Find("#picture svg "+target).Length() != 1 {
				t.Errorf("%s: %s leads nowhere", address, target)
			}
		})
	}
}

func TestHowItWasMade(t *testing.T) {
	doc := page(t, answeredServer(t), states+"deals")
	got := words(doc.Find("#made"))
	for _, want := range []string{exampleHash(t, "us-russia-2009"), "not a chance", "52,242,776,064 packages", "Rankings tried 500", "key: 1", "Swap, only when counted whole: Russia on “Iran”; United States on “European security order”"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing", want)
		}
	}
}

// Words that people must never read here (reference: words on pages). What a side
// says that it will not accept is «неприемлемо».
var unwanted = map[string]*regexp.Regexp{
	"en": regexp.MustCompile(`(?i)\b(deals?|yields?|quick win|concession|acceptable|probab\w*|likely|secondary|red line)\b|\[\w+\.`),
	"ru": regexp.MustCompile(`(?i)сделк|уступ|(?:^|[^е])приемлем|вероятн[оы] |русски|красн\S+ лини|второстепенн|\[\w+\.`),
}

func TestPagesUseTheWordsOfTheHouse(t *testing.T) {
	s := answeredServer(t)
	for lang, bad := range unwanted {
		for _, path := range []string{"us-russia-2009/deals", "three-towns/deals", "us-russia-2009/suppose", "us-russia-2009/suppose?assume=US-23%3Dvital"} {
			doc := page(t, s, "/"+lang+"/"+path)
			doc.Find("code").Remove()
			if got := bad.FindString(doc.Find("main").Text()); got != "" {
				t.Errorf("%s %s says %q", lang, path, got)
			}
		}
	}
}

func TestSwappedColumnsSwapNothingElse(t *testing.T) {
	s := answeredServer(t)
	first := func(address string) string { return words(page(t, s, address).Find("#packages thead th").Eq(1)) }
	a, b := first(states+"deals"), first(states+"deals?swap=1")
	if !strings.HasSuffix(a, "Russia") || !strings.HasSuffix(b, "United States") {
		t.Errorf("the first columns are %q and %q", a, b)
	}
}

// stateServer has a dialogue whose question has come as far as the state says.
func stateServer(t *testing.T, asked store.Asked) *Server {
	t.Helper()
	st := testStore(t, readDossier(t, "us-russia-2009.yaml"))
	var err error
	var known string
	if asked.Known != nil {
		b, err := json.Marshal(asked.Known)
		if err != nil {
			t.Fatal(err)
		}
		known = string(b)
	}
	switch asked.State {
	case store.Waiting:
		_, err = st.AskDeals(t.Context(), "us-russia-2009", fewRankings(500), time.Now())
	case store.Running:
		err = st.KeepJob(t.Context(), askedJob(t, st, "us-russia-2009", fewRankings(500)), store.Progress{Done: asked.Done, Total: asked.Total, Known: known}, time.Now(), time.Hour)
	case store.Failed:
		err = st.FailJob(t.Context(), askedJob(t, st, "us-russia-2009", fewRankings(500)), asked.Error, time.Time{})
	}
	if err != nil {
		t.Fatal(err)
	}
	return newServer(t, Config{Store: st})
}

func TestSearchUnderWay(t *testing.T) {
	for _, c := range []struct {
		asked   store.Asked
		refresh string
		says    string
		button  string
	}{
		{store.Asked{State: store.NotAsked}, "", "Nobody has asked yet", "Search for first steps, swaps and packages"},
		{store.Asked{State: store.Waiting}, "3", "The question waits for its turn", ""},
		{store.Asked{State: store.Running}, "3", "the rankings come after that", ""},
		{store.Asked{State: store.Running, Known: &deal.Known{Points: 12, Gap: map[string]int64{"RU": 21, "US": 0}, Scale: map[string]string{"RU": "1000", "US": "1000"}}},
			"3", "So far 12 points of the trade-off curve are found. It is proved that no other package goes beyond one of them by more than this: Russia: 3 (in hundredths of all that its register names).United States: nothing.", ""},
		{store.Asked{State: store.Running, Done: 2500, Total: 10000}, "3", "2,500 of 10,000 rankings tried", ""},
		{store.Asked{State: store.Failed, Error: "panic: secret"}, "", "could not be finished", "Try again"},
	} {
		rec, doc := fetch(t, stateServer(t, c.asked), states+"deals")
		if rec.Code != http.StatusOK || rec.Header().Get("Refresh") != c.refresh {
			t.Errorf("%s: %d, refresh %q", c.asked.State, rec.Code, rec.Header().Get("Refresh"))
		}
		if got := words(doc.Find(".deals")); !strings.Contains(got, c.says) || strings.Contains(got, "secret") {
			t.Errorf("%s: %q", c.asked.State, got)
		}
		if got := words(doc.Find(".deals form[method=post] button")); got != c.button {
			t.Errorf("%s: the button says %q", c.asked.State, got)
		}
		if c.asked.Total > 0 {
			bar := doc.Find("progress")
			if bar.AttrOr("value", "") != "2500" || bar.AttrOr("max", "") != "10000" || doc.Find("label[for=progress]").Length() != 1 {
				t.Error("the progress bar is wrong or has no label")
			}
		}
	}
}

func TestAskingForDeals(t *testing.T) {
	s := stateServer(t, store.Asked{State: store.NotAsked})
	post := func(site string) *httptest.ResponseRecorder {
		r := httptest.NewRequest("POST", states+"deals", nil)
		r.Header.Set("Sec-Fetch-Site", site)
		rec := httptest.NewRecorder()
		s.Handler().ServeHTTP(rec, r)
		return rec
	}
	if rec := post("same-origin"); rec.Code != http.StatusSeeOther || rec.Header().Get("Location") != states+"deals" {
		t.Errorf("got %d to %q", rec.Code, rec.Header().Get("Location"))
	}
	if rec := post("cross-site"); rec.Code != http.StatusForbidden {
		t.Errorf("from another site: got %d", rec.Code)
	}
}

func TestFilesOfAnAnswer(t *testing.T) {
	s := answeredServer(t)
	for file, kind := range map[string]string{
		"deals.svg": "image/svg+xml", "deals.csv": "text/csv; charset=utf-8", "deals.json": "application/json", "dossier.yaml": "application/yaml; charset=utf-8",
	} {
		rec, _ := fetch(t, s, "/ru/us-russia-2009/"+file)
		if rec.Code != http.StatusOK || rec.Header().Get("Content-Type") != kind {
			t.Errorf("%s: %d %q", file, rec.Code, rec.Header().Get("Content-Type"))
		}
		if !strings.HasPrefix(rec.Header().Get("Content-Disposition"), `attachment; filename="us-russia-2009`) {
			t.Errorf("%s: %q", file, rec.Header().Get("Content-Disposition"))
		}
		body := rec.Body.String()
		switch file {
		case "deals.svg":
			for d := xml.NewDecoder(strings.NewReader(body)); ; {
				if _, err := d.Token(); errors.Is(err, io.EOF) {
					break
				} else if err != nil {
					t.Fatal(err)
				}
			}
			mustSay(t, file, body, "июнь 2009", "российские авторы")
		case "deals.csv":
			rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff"))).ReadAll()
			if err != nil || len(rows) < 100 {
				t.Errorf("%d rows, %v", len(rows), err)
			}
			mustSay(t, file, body, "2009-06", "российские авторы")
		case "deals.json":
			var a deal.Answer
			if err := json.Unmarshal([]byte(body), &a); err != nil || len(a.Swaps) != 2 {
				t.Errorf("%d swaps, %v", len(a.Swaps), err)
			}
		}
		if rec, _ := fetch(t, stateServer(t, store.Asked{State: store.Waiting}), states+file); file != "dossier.yaml" && rec.Code != http.StatusNotFound {
			t.Errorf("%s without an answer: %d", file, rec.Code)
		}
	}
}

func mustSay(t *testing.T, name, text string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(text, w) {
			t.Errorf("%s does not say %q", name, w)
		}
	}
}

func TestThreeSidesAreNeverBoth(t *testing.T) {
	doc := page(t, answeredServer(t), towns+"deals")
	if got := words(doc.Find("#swaps > .note")); !strings.Contains(got, "every side that takes part") {
		t.Errorf("three sides are told %q", got)
	}
	if strings.Contains(words(doc.Find("main")), "both sides") {
		t.Error("three sides are called both")
	}
}
