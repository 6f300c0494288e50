package genius_test

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"parley/genius"
)

// own is a scenario in the manner of the published families, with what Genius
// would say of every package worked out apart from the reader.
type own struct {
	domain   string
	profiles []string
	sizes    []int                         // values of each issue
	worth    []func(choice []int) *big.Rat // by side
	cap      []int64                       // by side; 0 where there is none
	reserve  []*big.Rat                    // by side, in its own points
}

// ownIssue is a discrete or an integer issue.
type ownIssue struct {
	size int
	low  int
	line bool
}

func ownIssues(t *rapid.T, line func(i int) bool) (list []ownIssue, tags []string) {
	for i := range rapid.IntRange(2, 3).Draw(t, "issues") {
		is := ownIssue{size: rapid.IntRange(2, 4).Draw(t, "values"), line: line(i)}
		var b strings.Builder
		if is.line {
			is.low = rapid.IntRange(-2, 5).Draw(t, "low")
			fmt.Fprintf(&b, `<issue index="%d" name="i%d" type="integer" lowerbound="%d" upperbound="%d">%%s</issue>`, i+1, i, is.low, is.low+is.size-1)
		} else {
			fmt.Fprintf(&b, `<issue index="%d" name="i%d" type="discrete">%%s</issue>`, i+1, i)
		}
		list, tags = append(list, is), append(tags, b.String())
	}
	return list, tags
}

func ownSpace(kind, inside string) string {
	return fmt.Sprintf("<utility_space type=%q>\n<objective index=\"0\" name=\"root\">\n%s\n</objective>\n%%s</utility_space>", kind, inside)
}

// additive draws evaluations that no largest one is 1 of, weights that do not
// sum to 1, lines that leave 0 to 1, and reservation values.
func additive(t *rapid.T) own {
	issues, tags := ownIssues(t, func(int) bool { return rapid.Bool().Draw(t, "line") })
	var items []string
	o := own{}
	for _, is := range issues {
		o.sizes = append(o.sizes, is.size)
		var b strings.Builder
		for k := range is.size {
			if !is.line {
				fmt.Fprintf(&b, `<item value="v%d"/>`, k)
			}
		}
		items = append(items, b.String())
	}
	lay := func(inside []string) string {
		var out []string
		for i, tag := range tags {
			out = append(out, fmt.Sprintf(tag, inside[i]))
		}
		return strings.Join(out, "\n")
	}
	o.domain = fmt.Sprintf(ownSpace("", lay(items)), "")
	for range rapid.IntRange(2, 3).Draw(t, "sides") {
		var inside []string
		var worth [][]*big.Rat
		var weights []*big.Rat
		sum := new(big.Rat)
		var tail strings.Builder
		for i, is := range issues {
			w := rapid.IntRange(1, 9).Draw(t, "weight")
			weights = append(weights, big.NewRat(int64(w), 1))
			sum.Add(sum, weights[i])
			fmt.Fprintf(&tail, `<weight index="%d" value="%d"/>`, i+1, w)
			row := make([]*big.Rat, is.size)
			var b strings.Builder
			if is.line {
				offset, slope := int64(rapid.IntRange(-5, 15).Draw(t, "offset")), int64(rapid.IntRange(-7, 7).Draw(t, "slope"))
				fmt.Fprintf(&b, `<evaluator ftype="linear" offset="%s" slope="%s"/>`, big.NewRat(offset, 10).FloatString(1), big.NewRat(slope, 10).FloatString(1))
				for k := range row {
					row[k] = big.NewRat(min(10, max(0, offset+slope*int64(k))), 10)
				}
			} else {
				var marks []int64
				for range is.size {
					marks = append(marks, int64(rapid.IntRange(0, 12).Draw(t, "evaluation")))
				}
				most := slices.Max(marks)
				for k, m := range marks {
					fmt.Fprintf(&b, `<item value="v%d" evaluation="%d"/>`, k, m)
					row[k] = big.NewRat(m, max(most, 1))
				}
			}
			inside, worth = append(inside, b.String()), append(worth, row)
		}
		r := int64(rapid.IntRange(0, 9).Draw(t, "reservation"))
		o.reserve = append(o.reserve, big.NewRat(r, 10))
		o.profiles = append(o.profiles, fmt.Sprintf(ownSpace("", lay(inside)+tail.String()), fmt.Sprintf(`<reservation value="0.%d"/>`, r)))
		o.cap = append(o.cap, 0)
		o.worth = append(o.worth, func(choice []int) *big.Rat {
			v := new(big.Rat)
			for i, k := range choice {
				x := new(big.Rat).Mul(worth[i][k], weights[i])
				v.Add(v, x.Quo(x, sum))
			}
			return v
		})
	}
	return o
}

// boxes draws sums of rectangles, EXCLUDES among them, with a largest utility.
func boxes(t *rapid.T) own {
	issues, tags := ownIssues(t, func(int) bool { return true })
	o := own{}
	var lines []string
	for i, is := range issues {
		o.sizes = append(o.sizes, is.size)
		lines = append(lines, fmt.Sprintf(tags[i], ""))
	}
	o.domain = fmt.Sprintf(ownSpace("nonlinear", strings.Join(lines, "\n")), "")
	for range 2 {
		var list []drawn
		var b strings.Builder
		for range rapid.IntRange(1, 5).Draw(t, "rectangles") {
			d := drawn{utility: rapid.IntRange(-5, 20).Draw(t, "utility"), excludes: rapid.Bool().Draw(t, "excludes")}
			tag := map[bool]string{true: "EXCLUDES", false: "INCLUDES"}[d.excludes]
			fmt.Fprintf(&b, `<hyperRectangle utility="%d">`, d.utility)
			for range rapid.IntRange(1, 3).Draw(t, "bounds") {
				i := rapid.IntRange(0, len(issues)-1).Draw(t, "issue")
				low := issues[i].low + rapid.IntRange(-1, 3).Draw(t, "from")
				bd := drawnBound{i + 1, low, low + rapid.IntRange(0, 2).Draw(t, "width")}
				d.bounds = append(d.bounds, bd)
				fmt.Fprintf(&b, `<%s index="%d" min="%d" max="%d"/>`, tag, bd.index, bd.low, bd.high)
			}
			b.WriteString("</hyperRectangle>\n")
			list = append(list, d)
		}
		most := int64(rapid.IntRange(1, 30).Draw(t, "maxutility"))
		o.cap, o.reserve = append(o.cap, most), append(o.reserve, big.NewRat(most, 5))
		o.profiles = append(o.profiles, fmt.Sprintf(ownSpace("nonlinear", strings.Join(lines, "\n")+
			fmt.Sprintf(`<utility maxutility="%d"><ufun type="PlainUfun" weight="1" aggregation="sum">%s</ufun></utility>`, most, b.String())),
			`<reservation value="0.2"/>`))
		o.worth = append(o.worth, func(choice []int) *big.Rat {
			values := make([]int, len(choice))
			for i, k := range choice {
				values[i] = issues[i].low + k
			}
			return big.NewRat(int64(together("sum", list, values)), 1)
		})
	}
	return o
}

// unbeaten looks at every package, and keeps the points that nobody beats.
func (o own) unbeaten(capped bool) []string {
	var all [][]*big.Rat
	choice := make([]int, len(o.sizes))
	for {
		var v []*big.Rat
		for s, worth := range o.worth {
			x := worth(choice)
			if most := big.NewRat(o.cap[s], 1); capped && o.cap[s] > 0 && x.Cmp(most) > 0 {
				x = most
			}
			v = append(v, x)
		}
		all = append(all, v)
		i := 0
		for ; i < len(choice); i++ {
			if choice[i]++; choice[i] < o.sizes[i] {
				break
			}
			choice[i] = 0
		}
		if i == len(choice) {
			break
		}
	}
	covers := func(a, b []*big.Rat) bool {
		return slices.EqualFunc(a, b, func(x, y *big.Rat) bool { return x.Cmp(y) >= 0 })
	}
	var out []string
	for _, v := range all {
		beaten := slices.ContainsFunc(all, func(w []*big.Rat) bool { return covers(w, v) && !covers(v, w) })
		if words := fmt.Sprint(v); !beaten && !slices.Contains(out, words) {
			out = append(out, words)
		}
	}
	slices.Sort(out)
	return out
}

// TestScenariosOfTheFamilies goes the whole way, from files to the frontier, and
// compares it with all packages looked at one by one.
func TestScenariosOfTheFamilies(t *testing.T) {
	for name, draw := range map[string]func(*rapid.T) own{"additive": additive, "rectangles": boxes} {
		t.Run(name, rapid.MakeCheck(func(t *rapid.T) {
			o := draw(t)
			set := genius.Settings{AsOf: "2026", Cap: rapid.Bool().Draw(t, "cap"), Reservation: rapid.Bool().Draw(t, "reserved")}
			var files []genius.File
			for k, p := range o.profiles {
				files = append(files, genius.File{Name: string(rune('a'+k)) + ".xml", Data: []byte(p)})
			}
			made, err := genius.Read(genius.File{Name: "domain.xml", Data: []byte(o.domain)}, files, set)
			if err != nil {
				t.Fatal(err)
			}
			a := found(t, made)
			scale := func(s int) *big.Rat {
				v, _ := new(big.Rat).SetString(a.Question.Scale[string(rune('a'+s))])
				return v
			}
			var got []string
			for _, p := range a.Frontier {
				var v []*big.Rat
				for s := range o.worth {
					x := new(big.Rat).SetInt64(p.Points[string(rune('a'+s))])
					v = append(v, x.Quo(x, scale(s)))
				}
				got = append(got, fmt.Sprint(v))
			}
			slices.SortFunc(got, cmp.Compare)
			if want := o.unbeaten(set.Cap); !slices.Equal(got, want) {
				t.Fatalf("got %v, want %v", got, want)
			}
			for s := range o.worth {
				want := new(big.Rat)
				if set.Reservation {
					want = o.reserve[s]
				}
				x := new(big.Rat).SetInt64(a.Baseline.Points[string(rune('a'+s))])
				if x.Quo(x, scale(s)).Cmp(want) != 0 {
					t.Fatalf("without agreement: got %v, want %v", x, want)
				}
			}
		}))
	}
}
