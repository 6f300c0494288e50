// Package beta is the beta distribution, and Student's t, which is made of it:
// as much of both as an interval of a share or of a mean needs.
package beta

import "math"

// CDF is the regularised incomplete beta function I_x(a, b): the chance that a
// variable of Beta(a, b) is at most x. a and b are positive. The error is below
// 1e-12 for a + b up to a million. Continued fraction: DLMF 8.17.22, evaluated
// from the top as by Lentz; the symmetry of 8.17.4 keeps it where it converges fast.
func CDF(x, a, b float64) float64 {
	switch {
	case x <= 0:
		return 0
	case x >= 1:
		return 1
	case x > (a+1)/(a+b+2):
		return 1 - below(1-x, b, a)
	}
	return below(x, a, b)
}

// below is CDF for x up to about the mean.
func below(x, a, b float64) float64 {
	return math.Exp(a*math.Log(x)+b*math.Log1p(-x)-logBeta(a, b)) / a * fraction(x, a, b)
}

// tiny stands for 0 in denominators, terms is where a fraction is given up that
// has long converged for every use here.
const (
	tiny  = 1e-300
	terms = 10_000
)

func fraction(x, a, b float64) float64 {
	c, d := 1.0, 1/apart(1-(a+b)*x/(a+1))
	f := d
	for m := 1.0; m < terms; m++ {
		even := m * (b - m) * x / ((a + 2*m - 1) * (a + 2*m))
		odd := -(a + m) * (a + b + m) * x / ((a + 2*m) * (a + 2*m + 1))
		d, c = 1/apart(1+even*d), apart(1+even/c)
		f *= c * d
		d, c = 1/apart(1+odd*d), apart(1+odd/c)
		step := c * d
		f *= step
		if math.Abs(step-1) < 1e-15 {
			break
		}
	}
	return f
}

func apart(x float64) float64 {
	if math.Abs(x) < tiny {
		return tiny
	}
	return x
}

func logBeta(a, b float64) float64 {
	la, _ := math.Lgamma(a)
	lb, _ := math.Lgamma(b)
	lab, _ := math.Lgamma(a + b)
	return la + lb - lab
}

// Quantile is the x in [0, 1] with CDF(x, a, b) = p: Newton's steps, halved
// wherever they would leave what still holds the answer.
func Quantile(p, a, b float64) float64 {
	if p <= 0 {
		return 0
	}
	if p >= 1 {
		return 1
	}
	low, high, x := 0.0, 1.0, a/(a+b)
	scale := logBeta(a, b)
	for range 200 {
		miss := CDF(x, a, b) - p
		if miss > 0 {
			high = x
		} else {
			low = x
		}
		next := x - miss/math.Exp((a-1)*math.Log(x)+(b-1)*math.Log1p(-x)-scale)
		if !(next > low && next < high) {
			next = (low + high) / 2
		}
		if math.Abs(next-x) <= 1e-15*x {
			return next
		}
		x = next
	}
	return x
}

// Student is the quantile at p of Student's t with so many degrees of freedom,
// which need not be whole. With t² = df (1 - x) / x, x has Beta(df/2, 1/2).
func Student(p, df float64) float64 {
	if p == 0.5 {
		return 0
	}
	if p < 0.5 {
		return -Student(1-p, df)
	}
	x := Quantile(2*(1-p), df/2, 0.5)
	return math.Sqrt(df * (1 - x) / x)
}

// Share is the central interval of a share of which hits of n were seen, by the
// prior of Jeffreys: the quantiles of Beta(hits + 1/2, n - hits + 1/2) that leave
// half of 1 - level on each side; where nobody or everybody did, it reaches to
// the end (Brown, Cai and DasGupta, "Interval Estimation for a Binomial
// Proportion", 2001).
func Share(hits, n int, level float64) (low, high float64) {
	a, b := float64(hits)+0.5, float64(n-hits)+0.5
	low, high = Quantile((1-level)/2, a, b), Quantile((1+level)/2, a, b)
	if hits == 0 {
		low = 0
	}
	if hits == n {
		high = 1
	}
	return low, high
}

// AtLeast is the bound above which the share lies with the chance level, by the
// same prior.
func AtLeast(hits, n int, level float64) float64 {
	return Quantile(1-level, float64(hits)+0.5, float64(n-hits)+0.5)
}
