package moderation

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write testdata/personal.txt anew")

// invented makes personal data of nobody: numbers are drawn, with the check
// digits that their form has.
type invented struct{ *rand.Rand }

func (r invented) digits(n int) string {
	var b strings.Builder
	for range n {
		b.WriteByte(byte('0' + r.IntN(10)))
	}
	return b.String()
}

// fill replaces every "#" by a digit.
func (r invented) fill(form string) string {
	return strings.Map(func(c rune) rune {
		if c == '#' {
			return rune('0' + r.IntN(10))
		}
		return c
	}, form)
}

func (r invented) of(words ...string) string { return words[r.IntN(len(words))] }

func (r invented) phone() string {
	return r.fill(r.of("+7 9## ###-##-##", "8 (9##) ###-##-##", "89#########", "+79#########", "8-9##-###-##-##", "+44 20 7### ####", "+1 (###) ###-####", "###-###-####",
		"+49 17# #######", "0#7# ### ####", "тел. ###-##-##", "тел.: ##-##-##", "tel. 0## ### ## ##", "call me on 07### ######", "00 49 30 #######", "(0##) ###-##-##", "+380 ## ### ## ##"))
}

func (r invented) email() string {
	name := r.of("anna.k", "petrov", "j_smith", "nils", "m.weber", "ольга", "sara99")
	return name + r.of("@", "@", " @ ", " (at) ", "[at]", " собака ") + r.of("mail", "post-office", "yandex", "example") + r.of(".com", ".ru", ".org", ".co.uk", ".рф")
}

func (r invented) address() string {
	n, flat := 1+r.IntN(180), 1+r.IntN(300)
	return r.of(
		fmt.Sprintf("ул. %s, д. %d, кв. %d", r.of("Ленина", "Садовая", "Новый Арбат", "Пушкина", "8 Марта"), n, flat),
		fmt.Sprintf("улица %s, дом %d", r.of("Мира", "Гагарина", "Большая Морская"), n),
		fmt.Sprintf("%s улица, %d", r.of("Тверская", "Садовая", "Лесная"), n),
		fmt.Sprintf("%s проспект, %d", r.of("Невский", "Ленинский"), n),
		fmt.Sprintf("пр-т %s, %d, кв. %d", r.of("Мира", "Победы", "Славы"), n, flat),
		fmt.Sprintf("пер. %s, д.%d", r.of("Кривой", "Столярный"), n),
		fmt.Sprintf("д. %d, корп. 2, кв. %d", n, flat),
		fmt.Sprintf("%d %s %s", n, r.of("Baker", "Church", "Old Mill", "St. John's", "Elm"), r.of("Street", "Road", "Lane", "Avenue", "Close")),
		fmt.Sprintf("%d %s Street, Flat %d", n, r.of("High", "Park"), flat),
		fmt.Sprintf("%sstraße %d", r.of("Haupt", "Garten", "Linden"), n),
		fmt.Sprintf("%s Road, house %d", r.of("Station", "Mill"), n),
	)
}

func (r invented) document() string {
	switch r.IntN(8) {
	case 0:
		return r.of("паспорт ", "passport ", "паспорт серия ") + r.fill(r.of("45 ## ######", "46## ######", "45## № ######"))
	case 1:
		return "passport no. " + r.of("C", "FA", "") + r.fill("#########")
	case 2:
		return r.of("СНИЛС ", "") + r.fill("###-###-### ##")
	case 3:
		return "ИНН " + r.digits(12)
	case 4:
		return r.fill("###-##-####")
	case 5:
		return "QQ"[:0] + "AB " + r.fill("## ## ##") + " C"
	case 6:
		return r.iban()
	}
	return r.card()
}

// iban draws one whose check is right.
func (r invented) iban() string {
	body := r.digits(18)
	for check := range 97 {
		if whole := fmt.Sprintf("DE%02d%s", check+2, body); iban(whole) {
			if r.IntN(2) == 0 {
				return whole
			}
			return whole[:4] + " " + whole[4:8] + " " + whole[8:12] + " " + whole[12:16] + " " + whole[16:20] + " " + whole[20:]
		}
	}
	panic("no check digits fit")
}

// card draws one whose check is right.
func (r invented) card() string {
	body := r.of("4", "52", "2204") + r.digits(15)
	for last := range 10 {
		if n := body[:15] + fmt.Sprint(last); luhn(n) {
			return r.of(n, n[:4]+" "+n[4:8]+" "+n[8:12]+" "+n[12:], n[:4]+"-"+n[4:8]+"-"+n[8:12]+"-"+n[12:])
		}
	}
	panic("no check digit fits")
}

func (r invented) plate() string {
	return r.fill(r.of("А###ВС77", "К ### ММ 199", "о###хх178", "AB## CDE", "M-AB ####", "ABC-3###", "#ABC###", "AA####BB", "номер машины а ### вс ##", "number plate KX#7 HTR"))
}

// corpus are sentences in which somebody's data stand.
func corpus() []string {
	r := invented{rand.New(rand.NewPCG(4, 2009))}
	frames := []string{
		"He lives here: %s, go and see.", "Вот его данные: %s, пишите все.", "%s", "If you want to tell her what you think: %s.", "Спросите сами (%s), он ответит.",
		"In 2009 it was different, now it is %s; that is all.", "Записывайте: %s!", "«%s» — и делайте выводы.", "My contact is %s. Write any time.", "Найдёте по адресу %s",
	}
	var out []string
	for i := range 1000 {
		one := [](func() string){r.phone, r.email, r.address, r.document, r.plate}[i%5]()
		out = append(out, fmt.Sprintf(r.of(frames...), one))
	}
	return out
}

func TestPersonalDataAreHeldAndCleanTextsAreNot(t *testing.T) {
	held := corpus()
	const file = "testdata/personal.txt"
	if *update {
		if err := os.WriteFile(file, []byte(strings.Join(held, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	missed := 0
	for _, text := range lines(t, file) {
		if len(Contains(text)) == 0 {
			missed++
			if testing.Verbose() {
				t.Logf("not held: %s", text)
			}
		}
	}
	if all := len(lines(t, file)); all < 1000 || missed*100 > all*5 {
		t.Errorf("%d of %d texts with personal data are not held", missed, all)
	}
	clean := append(lines(t, "testdata/clean.en.txt"), lines(t, "testdata/clean.ru.txt")...)
	wrong := 0
	for _, text := range clean {
		if found := Contains(text); len(found) > 0 {
			wrong++
			t.Logf("held: %s: %v", text, found)
		}
	}
	if len(clean) < 110 || wrong*100 > len(clean)*2 {
		t.Errorf("%d of %d clean texts are held", wrong, len(clean))
	}
	for _, text := range clean {
		if hints := Heat(text); len(hints) > 0 {
			t.Errorf("%q gets hints: %v", text, hints)
		}
	}
}

// The file is what the generator makes, so that nobody edits it by hand.
func TestCorpusIsGenerated(t *testing.T) {
	if got := strings.Join(lines(t, "testdata/personal.txt"), "\n"); got != strings.Join(corpus(), "\n") {
		t.Error("testdata/personal.txt is not what the generator makes: go test ./moderation -update")
	}
}

func lines(t *testing.T, file string) []string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(data)), "\n")
}
