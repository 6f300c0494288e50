package deal_test

import (
	"fmt"
	"slices"
	"testing"

	"parley/deal"
)

func ExampleOptionRef_Among() {
	levels := []string{"none", "low", "middle", "high", "full"}
	at, _, _ := deal.OptionRef{Topic: "fees", Option: "none|middle..full"}.Among(levels)
	fmt.Println(at)
	_, unknown, ok := deal.OptionRef{Topic: "fees", Option: "none|top"}.Among(levels)
	fmt.Println(unknown, ok)
	// Output:
	// [0 2 3 4]
	// top false
}

func TestSeveralOptions(t *testing.T) {
	ids := []string{"0", "1", "2", "a..b", "a", "b", "2..b"}
	for _, c := range []struct {
		option  string
		at      []int
		unknown string
	}{
		{"1", []int{1}, ""},
		{"0..2", []int{0, 1, 2}, ""},
		{"2|0|2", []int{0, 2}, ""},
		{"a..b", []int{3}, ""}, // the id goes before the interval
		{"0|a..b", []int{0, 3}, ""},
		{"0..a..b", []int{0, 1, 2, 3}, ""}, // the end is the option with two dots
		{"a..b..a", []int{3, 4}, ""},       // and here the beginning
		{"2..b|1..2", []int{1, 2, 6}, ""},
		{"2..1", nil, "2..1"},
		{"1..1", nil, "1..1"},
		{"0|", nil, ""},
		{"..2", nil, "..2"},
		{"x|0", nil, "x"},
	} {
		at, unknown, ok := deal.OptionRef{Option: c.option}.Among(ids)
		if !slices.Equal(at, c.at) || unknown != c.unknown || ok != (c.at != nil) {
			t.Errorf("%s: got %v, %q, %t, want %v, %q", c.option, at, unknown, ok, c.at, c.unknown)
		}
	}
}
