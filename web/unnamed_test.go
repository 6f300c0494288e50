package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"parley/deal"
	"parley/dialogue"
	"parley/dossier"
	"parley/i18n"
	"parley/interest"
)

// signedRiver is the river with a name under everything that has an author.
func signedRiver() *dossier.Dossier {
	d := river()
	by := interest.Author{Name: both("Ada Zyxwv", "Ада Зюксв")}
	for i := range d.Registers {
		if !d.Registers[i].Declared() {
			d.Registers[i].Author = by
		} else {
			d.Registers[i].Author.Name = by.Name
		}
		d.Registers[i].Date = "2030-04"
		d.Registers[i].Source = both("Zyxwv, Works", "Зюксв, Труды")
	}
	d.Registers = append(d.Registers, interest.Register{Subject: "W", Date: "2030-04", Author: interest.Author{Name: both("Bo Zyxwv", "Бо Зюксв")}, Interests: []interest.Interest{
		{ID: "W-9", Title: both("Sluices", "Шлюзы"), Tier: interest.Secondary},
	}})
	d.Topics[0].Interests = append(d.Topics[0].Interests, "W-9")
	for i := range d.Topics {
		d.Topics[i].Author = by
		if act := d.Topics[i].Act; act != nil {
			act.By = by
		}
	}
	for i := range d.Named {
		d.Named[i].By = by
		d.Named[i].Act = &interest.Act{Title: both("A timetable", "Расписание"), Actors: []dialogue.SideID{"W"}, By: by}
	}
	return d
}

// crawl opens all that a member can reach by links in the dialogue.
func crawl(t *testing.T, b *browser, visit func(address, body string)) {
	t.Helper()
	waiting, seen := []string{"/en/river", "/ru/river"}, map[string]bool{}
	for len(waiting) > 0 {
		address := waiting[0]
		waiting = waiting[1:]
		if seen[address] {
			continue
		}
		seen[address] = true
		rec := b.send(address, nil)
		if rec.Code != http.StatusOK {
			continue
		}
		body := rec.Body.String()
		visit(address, body)
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		doc.Find("a[href]").Each(func(_ int, a *goquery.Selection) {
			to, _, _ := strings.Cut(a.AttrOr("href", ""), "#")
			if strings.HasPrefix(to, "/en/river") || strings.HasPrefix(to, "/ru/river") {
				waiting = append(waiting, to)
			}
		})
	}
	if len(seen) < 40 {
		t.Errorf("only %d pages", len(seen))
	}
}

// TestRoomsWithoutAttributionNameNobody reads every page of a room as a member:
// prints and screenshots are quotes, too.
func TestRoomsWithoutAttributionNameNobody(t *testing.T) {
	for rule, named := range map[dialogue.Rule]bool{dialogue.Members: true, dialogue.NonAttribution: false, dialogue.OffTheRecord: false} {
		d := signedRiver()
		d.Dialogue.Rule = rule
		x := newSociety(t, Config{Store: testStore(t, d)}, func(n *dialogue.Dialogue) { *n = d.Dialogue })
		j := askedJob(t, x.Store, x.dialogue, fewRankings(20))
		q, err := x.Store.DealQuestion(t.Context(), j.Subject)
		x.must(err)
		made, err := deal.NewQuestion(q.Dossier.Input(), q.Settings)
		x.must(err)
		a, err := deal.Search(t.Context(), made, deal.Run{Workers: 1})
		x.must(err)
		x.must(x.Store.AnswerDeals(t.Context(), j, a, time.Now()))
		found := map[string]bool{}
		crawl(t, x.as(dialogue.Participant), func(address, body string) {
			for _, name := range []string{"Zyxwv", "Зюксв"} {
				if strings.Contains(body, name) {
					found[strings.TrimPrefix(strings.TrimPrefix(address, "/en"), "/ru")] = true
					if !named {
						t.Errorf("%s: %s names an author", rule, address)
					}
				}
			}
			if !named && strings.HasSuffix(address, "/registers") && !strings.Contains(body, i18n.For(address[1:3]).T("written.unnamed")) {
				t.Errorf("%s: %s does not say why nobody is named", rule, address)
			}
		})
		for _, page := range []string{"", "/registers", "/comparison", "/disagreements", "/deals", "/about", "/topic/water", "/interest/E-1"} {
			if named && !found["/river"+page] {
				t.Errorf("the test is blind: %q names nobody under the rule %s", page, rule)
			}
		}
	}
}
