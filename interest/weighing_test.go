package interest_test

import (
	"fmt"
	"testing"

	"parley/interest"
)

func TestWeighingHasTwoSides(t *testing.T) {
	half := []interest.Part{{Interest: "RU-11", Of: interest.FractionOf(1, 2)}}
	whole := []interest.Part{{Interest: "RU-24", Of: interest.FractionOf(1, 1)}, {Interest: "RU-25", Of: interest.FractionOf(1, 3)}}
	for _, c := range []struct {
		w    interest.Weighing
		want string
		as   string
	}{
		{interest.Weighing{More: "RU-11", Than: "RU-24"}, "[{RU-11 1}] [{RU-24 1}]", "RU-11 >= RU-24"},
		{interest.Weighing{More: "RU-11", Than: "RU-24", Times: interest.FractionOf(3, 2)}, "[{RU-11 1}] [{RU-24 3/2}]", "RU-11 >= 3/2 RU-24"},
		{interest.Weighing{Gain: half, Outweighs: whole}, "[{RU-11 1/2}] [{RU-24 1} {RU-25 1/3}]", "1/2 RU-11 >= RU-24 + 1/3 RU-25"},
	} {
		more, than := c.w.Sides()
		if got := fmt.Sprint(more, " ", than); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
		if got := c.w.Inequality(); got != c.as {
			t.Errorf("got %s, want %s", got, c.as)
		}
		if !c.w.Names("RU-11") || !c.w.Names("RU-24") || c.w.Names("RU-1") {
			t.Errorf("%+v names something else", c.w)
		}
	}
}
