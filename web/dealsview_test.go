package web

import (
	"html/template"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"parley/deal"
	"parley/dialogue"
	"parley/dossier"
	"parley/i18n"
	"parley/interest"
)

// bench is a small dialogue of n sides with one interest each, one disputed
// topic and one written issue, with which views of answers are tried.
func bench(n int) *dossier.Dossier {
	d := &dossier.Dossier{Dialogue: dialogue.Dialogue{ID: "bench", Title: both("Bench", "Скамья"), AsOf: "2030", Languages: []string{"en"}}}
	topic := interest.Topic{ID: "river", Title: both("River", "Река"), Relation: interest.Opposed}
	for i := range n {
		id := dialogue.SideID(string(rune('A' + i)))
		d.Dialogue.Sides = append(d.Dialogue.Sides, dialogue.Side{ID: id, Name: both("Side "+string(id), "Сторона "+string(id))})
		one := interest.Interest{ID: interest.ID(id + "-1"), Title: both("Wish of "+string(id), "Желание "+string(id)), Tier: interest.Vital}
		d.Registers = append(d.Registers, interest.Register{Subject: id, Author: interest.Author{Side: id}, Interests: []interest.Interest{one}})
		topic.Interests = append(topic.Interests, one.ID)
	}
	d.Topics = []interest.Topic{topic}
	d.Table = &deal.Written{Issues: []deal.WrittenIssue{{
		Topic: "bridge", Title: both("Bridge", "Мост"),
		Options: []deal.WrittenOption{{ID: "keep"}, {ID: "open", Title: both("open at night", "открыт ночью")}},
	}}}
	return d
}

// benchAnswer is an answer about the bench, in which every kind of cell occurs.
func benchAnswer(n int) *deal.Answer {
	points := func(v ...int64) map[string]int64 {
		out := map[string]int64{}
		for i := range n {
			out[string(rune('A'+i))] = v[min(i, len(v)-1)]
		}
		return out
	}
	scale := map[string]string{}
	for i := range n {
		scale[string(rune('A'+i))] = "1000"
	}
	return &deal.Answer{
		Question: deal.QuestionInfo{SHA256: "f00", Engine: "e", Seed: 3, Samples: 100, Stakes: "full", Baseline: "status-quo", Scale: scale, Roles: map[string]string{"key": "1", "none": "0"}},
		Space:    deal.Space{Issues: 2, Packages: "12345678901234567890"},
		Baseline: deal.Package{Choices: map[string]string{"river": "keep", "bridge": "keep"}, Points: points(0)},
		Frontier: []deal.Point{
			{Points: points(-100, 500), Count: deal.Count{N: big.NewInt(2)}}, {Points: points(600, -4), Count: deal.Count{}}, {Points: points(300, 300)},
		},
		FrontierComplete: true,
		Solutions:        deal.Solutions{Nash: []int{2}, KalaiSmorodinsky: []int{2}, Utilitarian: []int{1}},
		Deals: []deal.Deal{{
			Core: map[string]string{"river": "A-yields-half"}, Choices: map[string]string{"river": "A-yields-half", "bridge": "open"},
			Acceptable: map[string]deal.Share{"all": {Num: 45, Den: 100}, "A": {Num: 45, Den: 100}, "B": {Num: 100, Den: 100}},
			CoreShare:  deal.Share{Num: 100, Den: 100}, CoreAcceptable: map[string]deal.Share{"all": {Num: 0, Den: 100}},
		}, {
			Core: map[string]string{"river": "A-yields-half"}, Choices: map[string]string{"river": "A-yields-half", "bridge": "keep"},
			Acceptable: map[string]deal.Share{"all": {Num: 10, Den: 100}},
		}},
		Swaps: []deal.Swap{{
			Moves: []deal.Move{{Topic: "river", Option: "A-yields-half", Side: "A"}, {Topic: "bridge", Option: "open", Side: "B"}},
			FlipsIf: []deal.Flip{
				{Kind: "tier", Interest: "A-1", From: "vital", To: "unplaced", Steps: 1},
				{Kind: "role", Interest: "A-1", Side: "B", From: "none-key", To: "none", Steps: 1},
				{Kind: "role", Interest: "B-1", Side: "A", From: "unknown", To: "minor", Steps: 1}, {Kind: "tier", Interest: "B-1", From: "vital", To: "important", Steps: 2},
			},
		}},
		Undecided: []string{"river", "bridge"}, UndecidedWhy: map[string]string{"river": "vital-to-both", "bridge": "no-option-prevails"},
		Issues: []deal.IssueInfo{
			{Topic: "river", Options: []deal.OptionInfo{{Option: "keep", Baseline: true, Points: points(0)}, {Option: "A-yields-half", Movers: []string{"A"}, Points: points(-50, 70)}}},
			{Topic: "bridge", Written: true, Options: []deal.OptionInfo{{Option: "keep", Baseline: true, Points: points(0)}, {Option: "open", Title: both("open at night", "открыт ночью"), Movers: []string{"B"}, Points: points(9, 5)}}},
		},
		ChangesWithStakes: []deal.StakesChange{
			{Kind: "undecided", Stakes: "split", Topic: "river"},
			{Kind: "core", Stakes: "full", Topic: "bridge", Option: "open"},
			{Kind: "swap", Stakes: "full", Moves: []deal.Move{{Topic: "river", Side: "A"}, {Topic: "bridge", Side: "B"}}},
		},
		Warnings: []string{"bare words"},
	}
}

func benchView(n int, lang string) *dealsView {
	return newDealsView(newRoom(bench(n), lang, false), benchAnswer(n), true)
}

func TestMovesOfEveryKind(t *testing.T) {
	for _, c := range []struct {
		sides int
		lang  string
		want  []string
	}{
		{2, "en", []string{"moves half way toward the other side's interest on River", "moves toward the other side's interest on Bridge (open at night)"}},
		{3, "en", []string{"moves half way toward the others' interest on River", "moves toward the others' interest on Bridge (open at night)"}},
		{2, "ru", []string{"шаг навстречу другой стороне наполовину по теме «Река»", "шаг навстречу другой стороне по теме «Мост» (открыт ночью)"}},
	} {
		var got []string
		for _, m := range benchView(c.sides, c.lang).Swaps[0].Moves {
			got = append(got, bare(m.Words))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%d sides: got %q, want %q", c.sides, got, c.want)
		}
	}
}

func TestConditionsOfEveryKind(t *testing.T) {
	card := benchView(2, "en").Swaps[0]
	var got []string
	for _, f := range slices.Concat(card.Falls, card.MoreFalls) {
		got = append(got, f.Words+" "+f.Try)
	}
	want := []string{
		"Side A: “Wish of A” ranked not placed instead of vital /en/bench/suppose?assume=A-1%3Dunplaced",
		"Side B: its part in “Wish of A” were none instead of none to key /en/bench/suppose?assume=A-1%3AB%3Dnone",
		"Side A: its part in “Wish of B” were minor instead of not stated /en/bench/suppose?assume=B-1%3AA%3Dminor",
		"Side B: “Wish of B” ranked important instead of vital /en/bench/suppose?assume=B-1%3Dimportant",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if len(card.Falls) != shownFalls {
		t.Errorf("%d conditions stand open", len(card.Falls))
	}
}

func TestPartsInAPackage(t *testing.T) {
	v := benchView(3, "en")
	first, second := v.Packages[0], v.Packages[1]
	var got []string
	for _, r := range first.Rows {
		line := r.Matter.Title.Words + "/" + r.Option + "/" + r.Hold
		for _, c := range r.Cells {
			line += " " + c.Kind
		}
		got = append(got, line)
	}
	if want := []string{"River//core half receives receives", "Bridge/open at night/open receives both receives"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if second.Like != 1 || len(second.Rows) != 1 || second.Rows[0].Cells[0].Kind != "still" || len(second.Rest) != 1 {
		t.Errorf("the second package does not show where it differs: %+v", second)
	}
	if second.CoreHold != "" || first.CoreHold == "" {
		t.Error("the core is not told once")
	}
}

func TestPartOfASide(t *testing.T) {
	v := benchView(2, "en")
	base := deal.OptionInfo{Points: map[string]int64{"A": 0}}
	for _, c := range []struct {
		option string
		movers []string
		points int64
		want   string
	}{
		{"A-yields", []string{"A"}, -5, "moves"}, {"A-yields-half", []string{"A"}, -5, "half"}, {"A-yields", []string{"A"}, 5, "both"},
		{"B-yields", nil, 5, "receives"}, {"B-yields", nil, -5, "bears"}, {"B-yields", nil, 0, "apart"},
	} {
		o := deal.OptionInfo{Option: c.option, Movers: c.movers, Points: map[string]int64{"A": c.points}}
		if got := v.part(o, base, "A"); got != c.want {
			t.Errorf("%+v: got %s", c, got)
		}
	}
}

func TestStrengthInWords(t *testing.T) {
	two, three := benchView(2, "en"), benchView(3, "ru")
	for share, want := range map[deal.Share]string{
		{}:                   "",
		{Num: 100, Den: 100}: "As described here, it serves both sides under every ranking tried.",
		{Num: 99, Den: 100}:  "As described here, it serves both sides under nearly every ranking tried (9 of 10).",
		{Num: 90, Den: 100}:  "As described here, it serves both sides under nearly every ranking tried (9 of 10).",
		{Num: 89, Den: 100}:  "As described here, it serves both sides under most of the rankings tried (8 of 10).",
		{Num: 59, Den: 100}:  "As described here, it serves both sides under about half of the rankings tried.",
		{Num: 39, Den: 100}:  "As described here, it serves both sides under fewer than half of the rankings tried (3 of 10).",
		{Num: 0, Den: 100}:   "As described here, it serves both sides under none of the rankings tried.",
	} {
		if got := two.strength(share, "deals.strength"); got != want {
			t.Errorf("%v: got %q, want %q", share, got, want)
		}
	}
	if got := three.strength(deal.Share{Num: 95, Den: 100}, "deals.strength"); got != "По этому описанию выгодно всем сторонам почти при всех проверенных расстановках (9 из 10)." {
		t.Errorf("got %q", got)
	}
}

func TestGainsAreMeasuredFromToday(t *testing.T) {
	v := benchView(2, "en")
	var got []string
	for _, r := range v.Picture.Rows {
		got = append(got, strings.Join(append([]string{r.N}, r.Gains...), " ")+" "+r.Packages+" "+r.Marks)
	}
	want := []string{
		"× 0 0  nothing changes",
		"1 60 0  largest sum of gains (utilitarian)",
		"2 30 30  most balanced: largest product of gains (Nash); each equally near its own best (Kalai–Smorodinsky)",
		"3 −10 50 2 ",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestTableOfPointsKeepsItsPoints(t *testing.T) {
	d := bench(2)
	d.Table.Issues[0].Options[1].Points = []deal.SidePoints{{Side: "A", Value: interest.FractionOf(1, 2)}}
	a := benchAnswer(2)
	a.Question.Scale = map[string]string{"A": "4", "B": "1"}
	v := newDealsView(newRoom(d, "en", false), a, true)
	if !v.Exact {
		t.Fatal("points are not seen")
	}
	if got := v.Picture.Rows[3].Gains; !slices.Equal(got, []string{"−25", "500"}) {
		t.Errorf("got %q", got)
	}
	if got := v.Picture.Rows[1].Gains; !slices.Equal(got, []string{"150", "−4"}) {
		t.Errorf("got %q", got)
	}
}

func TestShortest(t *testing.T) {
	for _, c := range []struct {
		num, den int64
		want     string
	}{{3, 1, "3"}, {-7, 2, "-3.5"}, {1, 3, "0.33"}, {0, 1, "0"}, {100, 1, "100"}} {
		if got := shortest(big.NewRat(c.num, c.den)); got != c.want {
			t.Errorf("%d/%d: got %s", c.num, c.den, got)
		}
	}
}

func TestPairsOfSides(t *testing.T) {
	for sides, drawings := range map[int]int{2: 1, 3: 3, 4: 6} {
		v := benchView(sides, "en")
		if got := len(v.Picture.Drawings); got != drawings {
			t.Errorf("%d sides: %d drawings", sides, got)
		}
		for _, d := range v.Picture.Drawings {
			if said := strings.Contains(string(d), "lighter dots are bettered"); said != (sides > 2) {
				t.Errorf("%d sides: that it is a projection is said: %v", sides, said)
			}
		}
	}
}

func TestBetteredInTheEyesOfTwo(t *testing.T) {
	s := &scene{}
	for _, g := range [][]int64{{5, 0, 1}, {3, 3, 0}, {3, 3, 2}, {2, 3, 9}, {0, 5, 0}, {5, 0, 0}, {0, 0, 9}} {
		s.points = append(s.points, scenePoint{gains: g})
	}
	if got, want := s.dominated(0, 1), []bool{false, false, false, true, false, false, true}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestLongFrontiersAreThinned(t *testing.T) {
	a := benchAnswer(2)
	for i := range int64(3000) {
		a.Frontier = append(a.Frontier, deal.Point{Points: map[string]int64{"A": i, "B": 3000 - i}})
	}
	a.FrontierComplete = false
	v := newDealsView(newRoom(bench(2), "en", false), a, true)
	if n := len(v.Picture.Rows); n > shownRows+1 {
		t.Errorf("%d rows", n)
	}
	if n := strings.Count(string(v.Picture.Drawings[0]), "chart-dot"); n > shownDots {
		t.Errorf("%d dots", n)
	}
	if !v.Picture.Thinned || v.Picture.Complete {
		t.Error("nothing says that points are left out")
	}
}

// No option is torn from its hyphens where a line ends.
func TestCommandsKeepTheirWordsWhole(t *testing.T) {
	if got, want := command("parley deals a&b.yaml --seed 1").HTML(), template.HTML("<span>parley</span> <span>deals</span> <span>a&amp;b.yaml</span> <span>--seed</span> <span>1</span>"); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Ticks are named in words, nearer together where a side has little to gain.
func TestTicksInWords(t *testing.T) {
	v := benchView(2, "ru")
	for _, c := range []struct {
		k, parts int64
		want     string
	}{
		{1, 4, "четверть"}, {-2, 4, "−половина"}, {5, 4, "125 сотых"}, {3, 10, "3 десятых"}, {-1, 10, "−1 десятая"}, {3, 50, "6 сотых"},
	} {
		if got := v.tick(c.k, c.parts); got != c.want {
			t.Errorf("%d of %d: got %q, want %q", c.k, c.parts, got, c.want)
		}
	}
}

func TestHowItWasMadeInWords(t *testing.T) {
	v := benchView(2, "en")
	if got, want := v.Made.Command, command("parley deals bench.yaml --seed 3 --samples 100 --stakes full --baseline status-quo"); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := v.Made.Changes, []string{
		"Undecided, only when counted once: River", "Part of a core, only when counted whole: Side B on “Bridge”",
		"Swap, only when counted whole: Side A on “River”; Side B on “Bridge”",
	}; !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if got := v.Made.Facts[0].Words; got != "2 matters, 12,345,678,901,234,567,890 packages" {
		t.Errorf("got %q", got)
	}
	if got := v.Made.Roles; !slices.Equal(got, []fact{{"none", "0"}, {"key", "1"}}) {
		t.Errorf("got %v", got)
	}
	a := benchAnswer(2)
	a.Question.Baseline = "disagreement"
	stated := newDealsView(newRoom(bench(2), "en", false), a, true)
	if strings.Contains(string(stated.Made.Command), "--baseline") {
		t.Error("a baseline that the table states is no flag")
	}
}

func TestReasonsForWhatStaysOpen(t *testing.T) {
	for sides, want := range map[int]string{2: "vital to both sides, which pull in opposite directions", 3: "vital to sides that pull in opposite directions"} {
		v := benchView(sides, "en")
		if got := v.Undecided[0].Why; got != want {
			t.Errorf("%d sides: %q", sides, got)
		}
		if got := v.Undecided[1]; got.Matter.Title.Words != "Bridge" || got.Matter.Address != "" || !strings.Contains(got.Why, "no way to settle it prevails") {
			t.Errorf("%d sides: %+v", sides, got)
		}
	}
}

func TestWarningsInTheLanguageOrBare(t *testing.T) {
	a := benchAnswer(2)
	m := newRoom(bench(2), "ru", false)
	if got := newDealsView(m, a, true).Warnings; !slices.Equal(got, []string{"bare words"}) {
		t.Errorf("got %q", got)
	}
	a.WarningText = map[string][]string{"en": {"In English."}, "ru": {"По-русски."}}
	if got := newDealsView(m, a, true).Warnings; !slices.Equal(got, []string{"По-русски."}) {
		t.Errorf("got %q", got)
	}
}

func TestNamedMattersOfEveryKind(t *testing.T) {
	d := bench(2)
	for _, as := range []interest.NamedAs{interest.AsQuickWin, interest.AsPrerequisite, interest.AsSphere, interest.AsSphere, interest.AsAsk} {
		d.Named = append(d.Named, interest.Named{ID: "x", Title: both("Matter", "Дело"), As: as, Of: "B", By: interest.Author{Name: i18n.Text{"en": "Somebody"}},
			Act: &interest.Act{Title: both("Do it", "Сделать")}})
	}
	v := newDealsView(newRoom(d, "en", false), benchAnswer(2), true)
	if len(v.NamedSteps) != 1 || v.NamedSteps[0].Act.Words != "Do it" {
		t.Errorf("named first steps: %+v", v.NamedSteps)
	}
	var got []string
	for _, g := range v.AlsoNamed {
		got = append(got, g.Words)
	}
	want := []string{"Named as a prerequisite, in no register: 1 matter", "Named as fields for joint work, in no register: 2 matters", "Named as an ask, in no register: 1 matter"}
	if !slices.Equal(got, want) || v.AlsoNamed[2].Matters[0].Of.ID != "B" {
		t.Errorf("got %q", got)
	}
}

func TestSentencesStandInTheOrderOfTheColumns(t *testing.T) {
	v := benchView(2, "en")
	sentences := []string{"Side A: a step.", "Side B: a step.", "Side B: why.", "Side A: why."}
	if got := v.bySide(sentences); !slices.Equal(got, []string{"Side A: why.", "Side B: why."}) {
		t.Errorf("got %q", got)
	}
	if got := v.bySide([]string{"Of nobody."}); !slices.Equal(got, []string{"Of nobody."}) {
		t.Errorf("got %q", got)
	}
}

func TestSigned(t *testing.T) {
	for fraction, want := range map[string]string{"0": "0", "": "0", "1/2": "+1/2", "-1/4": "−1/4", "+1": "+1"} {
		if got := signed(fraction); got != want {
			t.Errorf("%q: got %q, want %q", fraction, got, want)
		}
	}
}

func TestReportsHaveNoLinks(t *testing.T) {
	v := newDealsView(newRoom(bench(2), "en", false), benchAnswer(2), false)
	if v.Undecided[0].Matter.Address != "" || v.Swaps[0].Falls[0].Try != "" {
		t.Error("something leads to the site")
	}
}

// TestKeysOfTheseParts looks up every key that stands in the templates and the
// code of these pages; one that is put together must begin some key.
func TestKeysOfTheseParts(t *testing.T) {
	key := regexp.MustCompile(`"((?:deals|suppose|report)\.[a-z0-9.-]+)"`)
	files := []string{"page/deals.html", "page/suppose.html", "page/part/deals.html", "page/report/report.html"}
	for _, pattern := range []string{"deals*.go", "suppose*.go", "report*.go"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	notKeys := []string{"deals.svg", "deals.csv", "deals.json", "report.html"}
	n := 0
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range key.FindAllStringSubmatch(string(text), -1) {
			if slices.Contains(notKeys, m[1]) {
				continue
			}
			n++
			for _, lang := range i18n.Languages {
				if !known(i18n.For(lang), m[1]) {
					t.Errorf("%s: %s lacks %s", f, lang, m[1])
				}
			}
		}
	}
	if n < 100 {
		t.Errorf("only %d keys were found: the test looks in the wrong place", n)
	}
}

func TestEveryWordThatIsPutTogetherExists(t *testing.T) {
	for _, lang := range i18n.Languages {
		w := i18n.For(lang)
		for prefix, endings := range map[string]string{
			"deals.tier.": "vital important secondary unplaced", "deals.role.": "none minor medium important key unknown range",
			"deals.cell.": "moves moves.many half both receives bears apart still", "deals.base.": "free status-quo disagreement",
			"deals.rule.": "nash kalai-smorodinsky leximin utilitarian", "deals.stakes.": "split full",
			"deals.rankings.": "every nearly-every most half few none", "deals.named.": "prerequisite sphere ask",
			"deals.change.swap.": "split full", "deals.change.quick-win.": "split full", "deals.change.core.": "split full", "deals.change.undecided.": "split full",
		} {
			for _, e := range strings.Fields(endings) {
				if !w.Has(prefix + e) {
					t.Errorf("%s lacks %s", lang, prefix+e)
				}
			}
		}
	}
}
