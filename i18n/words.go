// Package i18n holds every word that people read, in every language parley
// speaks: sentences with places to fill, plural forms, numbers and dates. The
// sentences live in message/*.LANG.yaml, one file for each part of the product.
package i18n

import (
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"
	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

//go:embed message/*.yaml
var messages embed.FS

// Languages are those that the interface speaks; English is the first and the
// one that fills gaps.
var Languages = []string{"en", "ru"}

// Speaks reports whether the interface has the language.
func Speaks(lang string) bool { return slices.Contains(Languages, lang) }

// Args are the values for the places of a sentence.
type Args = map[string]any

// Words speaks one language.
type Words struct {
	Lang string
	loc  *goi18n.Localizer
	keys map[string]bool
}

// spoken loads each language when it is first spoken, for reading the sentences
// is a good part of the time that parley takes to start.
var spoken = func() map[string]func() *Words {
	out := map[string]func() *Words{}
	for _, l := range Languages {
		out[l] = sync.OnceValue(func() *Words { return load(l) })
	}
	return out
}()

// load reads all sentences of a language, several files at once.
func load(lang string) *Words {
	files, err := fs.Glob(messages, "message/*."+lang+".yaml")
	if err != nil || len(files) == 0 {
		panic(fmt.Sprintf("i18n: no sentences in %s: %v", lang, err)) // the files are part of the binary
	}
	parsed := make([]*goi18n.MessageFile, len(files))
	var all sync.WaitGroup
	for i, name := range files {
		all.Go(func() { parsed[i] = parse(name) })
	}
	all.Wait()
	bundle := goi18n.NewBundle(language.Make(lang))
	keys := map[string]bool{}
	for i, f := range parsed {
		for _, m := range f.Messages {
			if keys[m.ID] {
				panic(fmt.Sprintf("i18n: %s: %s stands twice in %s", files[i], m.ID, lang))
			}
			keys[m.ID] = true
		}
		if err := bundle.AddMessages(f.Tag, f.Messages...); err != nil {
			panic(fmt.Sprintf("i18n: %s: %v", files[i], err))
		}
	}
	return &Words{Lang: lang, loc: goi18n.NewLocalizer(bundle, lang), keys: keys}
}

func parse(name string) *goi18n.MessageFile {
	data, err := messages.ReadFile(name)
	if err != nil {
		panic(err)
	}
	f, err := goi18n.ParseMessageFileBytes(data, name, map[string]goi18n.UnmarshalFunc{"yaml": func(b []byte, v any) error { return yaml.Unmarshal(b, v) }})
	if err != nil {
		panic(fmt.Sprintf("i18n: %s: %v", name, err))
	}
	return f
}

// For returns the words of a language, or the English ones.
func For(lang string) *Words {
	if w, ok := spoken[lang]; ok {
		return w()
	}
	return spoken["en"]()
}

// Keys lists the keys of the language in alphabetical order.
func (w *Words) Keys() []string {
	out := make([]string, 0, len(w.keys))
	for k := range w.keys {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// Has reports whether the language has the key.
func (w *Words) Has(key string) bool { return w.keys[key] }

// T returns the sentence under key. Places are filled from pairs of a name and
// a value: T("deal.moves", "Side", "Russia"). An unknown key comes back in
// brackets, so that it is seen.
func (w *Words) T(key string, pairs ...any) string {
	return w.say(&goi18n.LocalizeConfig{MessageID: key, TemplateData: w.args(pairs)})
}

// N returns the sentence under key in the plural form that n asks for; the
// sentence may use {{.N}}.
func (w *Words) N(key string, n int, pairs ...any) string {
	data := w.args(pairs)
	data["N"] = w.Number(n)
	return w.say(&goi18n.LocalizeConfig{MessageID: key, PluralCount: n, TemplateData: data})
}

// HTML is T for a sentence of the catalogue that holds markup of our own; the
// values are escaped.
func (w *Words) HTML(key string, pairs ...any) template.HTML {
	for i := 1; i < len(pairs); i += 2 {
		if _, safe := pairs[i].(template.HTML); !safe {
			pairs[i] = template.HTML(template.HTMLEscapeString(fmt.Sprint(pairs[i])))
		}
	}
	return template.HTML(w.T(key, pairs...))
}

func (w *Words) say(c *goi18n.LocalizeConfig) string {
	s, err := w.loc.Localize(c)
	if err != nil && s == "" {
		return "[" + c.MessageID + "]"
	}
	return s
}

// args fills the places of a sentence; a value that is a sentence itself is said.
func (w *Words) args(pairs []any) Args {
	out := Args{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v := pairs[i+1]
		if s, ok := v.(Sentence); ok {
			v = w.Say(s)
		}
		out[pairs[i].(string)] = v
	}
	return out
}

// Number groups a whole number as the language does: 12,345 or 12 345.
func (w *Words) Number(n int) string { return w.BigNumber(strconv.Itoa(n)) }

// BigNumber groups the digits of an integer of any length.
func (w *Words) BigNumber(digits string) string {
	sign := ""
	if strings.HasPrefix(digits, "-") {
		sign, digits = "−", digits[1:]
	}
	sep := ","
	if w.Lang == "ru" {
		sep = "\u00a0"
		if len(digits) <= 4 {
			return sign + digits
		}
	}
	var parts []string
	for len(digits) > 3 {
		parts = append(parts, digits[len(digits)-3:])
		digits = digits[:len(digits)-3]
	}
	parts = append(parts, digits)
	slices.Reverse(parts)
	return sign + strings.Join(parts, sep)
}

// Decimal writes a number that may have a fraction, given with a point.
func (w *Words) Decimal(digits string) string {
	whole, part, fraction := strings.Cut(digits, ".")
	whole = w.BigNumber(whole)
	switch {
	case !fraction:
		return whole
	case w.Lang == "ru":
		return whole + "," + part
	}
	return whole + "." + part
}

// Date writes a date of one of the forms 2009, 2009-06 and 2009-06-15 in words;
// any other text comes back as it is.
func (w *Words) Date(iso string) string {
	parts := strings.Split(iso, "-")
	if len(parts) < 2 || len(parts) > 3 {
		return iso
	}
	month, err := strconv.Atoi(parts[1])
	if err != nil || month < 1 || month > 12 {
		return iso
	}
	if len(parts) == 2 {
		return w.T("i18n.month-year", "Month", w.T(fmt.Sprintf("i18n.month.%d", month)), "Year", parts[0])
	}
	day, err := strconv.Atoi(parts[2])
	if err != nil || day < 1 || day > 31 {
		return iso
	}
	return w.T("i18n.day-month-year", "Day", day, "Month", w.T(fmt.Sprintf("i18n.month-of.%d", month)), "Year", parts[0])
}

// Sort orders things by their words, as the alphabet of the language has them;
// equal words keep their order.
func Sort[T any](lang string, things []T, words func(T) string) {
	c := collate.New(language.Make(lang), collate.IgnoreCase)
	slices.SortStableFunc(things, func(a, b T) int { return c.CompareString(words(a), words(b)) })
}

// List joins words with commas: "Georgia, Poland, Ukraine".
func List(words []string) string { return strings.Join(words, ", ") }
