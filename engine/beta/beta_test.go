package beta_test

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"

	"parley/engine/beta"
)

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) {
		t.Errorf("%s: got %.15g, want %.15g", what, got, want)
	}
}

// Whole parameters have closed forms: I_x(a, b) is the chance of a hits or more
// in a + b - 1 throws.
func TestAgainstTheBinomialSum(t *testing.T) {
	for _, c := range []struct {
		x    float64
		a, b int
	}{{0.5, 1, 1}, {0.3, 2, 3}, {0.9, 5, 2}, {0.01, 1, 40}, {0.5, 30, 30}, {0.62, 61, 40}, {0.999, 3, 1}} {
		n, sum := c.a+c.b-1, 0.0
		for k := c.a; k <= n; k++ {
			l1, _ := math.Lgamma(float64(n + 1))
			l2, _ := math.Lgamma(float64(k + 1))
			l3, _ := math.Lgamma(float64(n - k + 1))
			sum += math.Exp(l1 - l2 - l3 + float64(k)*math.Log(c.x) + float64(n-k)*math.Log1p(-c.x))
		}
		near(t, fmt.Sprint(c), beta.CDF(c.x, float64(c.a), float64(c.b)), sum, 1e-12)
	}
}

// Beta(1/2, 1/2) is the arcsine law.
func TestAgainstTheArcsine(t *testing.T) {
	for _, p := range []float64{0.001, 0.05, 0.25, 0.5, 0.9, 0.9999} {
		x := math.Pow(math.Sin(p*math.Pi/2), 2)
		near(t, "CDF", beta.CDF(x, 0.5, 0.5), p, 1e-12)
		near(t, "Quantile", beta.Quantile(p, 0.5, 0.5), x, 1e-12)
	}
}

// With one and with two degrees of freedom t has closed forms, with many it is
// the normal law; the others stand in every printed table.
func TestStudent(t *testing.T) {
	near(t, "df 1", beta.Student(0.95, 1), math.Tan(0.45*math.Pi), 1e-10)
	p := 0.95
	near(t, "df 2", beta.Student(p, 2), (2*p-1)/math.Sqrt(2*p*(1-p)), 1e-12)
	near(t, "df 9", beta.Student(0.95, 9), 1.8331, 5e-5)
	near(t, "df 30", beta.Student(0.95, 30), 1.6973, 5e-5)
	near(t, "df 1e6", beta.Student(0.95, 1e6), 1.6449, 5e-5)
	near(t, "left", beta.Student(0.05, 9), -1.8331, 5e-5)
	near(t, "middle", beta.Student(0.5, 9), 0, 0)
}

func TestQuantileUndoesCDF(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Float64Range(0.5, 3000).Draw(t, "a"), rapid.Float64Range(0.5, 3000).Draw(t, "b")
		p := rapid.Float64Range(0.001, 0.999).Draw(t, "p")
		x := beta.Quantile(p, a, b)
		if got := beta.CDF(x, a, b); math.Abs(got-p) > 1e-9 {
			t.Errorf("CDF(Quantile(%v)) = %v", p, got)
		}
		if mirrored := 1 - beta.Quantile(1-p, b, a); math.Abs(mirrored-x) > 1e-9 {
			t.Errorf("%v from the left, %v from the right", x, mirrored)
		}
	})
}

func TestShareReachesTheEnds(t *testing.T) {
	if low, high := beta.Share(0, 10, 0.9); low != 0 || high <= 0 || high >= 0.3 {
		t.Errorf("nobody of ten: %v to %v", low, high)
	}
	if low, high := beta.Share(10, 10, 0.9); high != 1 || low <= 0.7 {
		t.Errorf("all of ten: %v to %v", low, high)
	}
	if q := beta.Quantile(0, 2, 3); q != 0 {
		t.Errorf("got %v", q)
	}
	if q := beta.Quantile(1, 2, 3); q != 1 {
		t.Errorf("got %v", q)
	}
}

// Twelve people of a side answered and nine agree.
func ExampleShare() {
	low, high := beta.Share(9, 12, 0.9)
	fmt.Printf("%.3f to %.3f, at least %.3f\n", low, high, beta.AtLeast(9, 12, 0.9))
	// Output: 0.516 to 0.904, at least 0.569
}
