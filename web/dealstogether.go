package web

import "math"

// together says in words how far what suits one side is from what suits the
// others, and whether there is more to gain than in dividing a fixed sum. Each
// side is measured by the best that it could reach itself. It is empty where
// the answer does not say, and where no package leaves every side with what it has
// without one.
func (v *dealsView) together() []string {
	var out []string
	if v.a.Conflict != nil {
		return nil
	}
	if v.a.Opposition != nil {
		out = append(out, v.T("deals.opposition."+opposition(float64(v.a.Opposition.TenThousandths)/10_000, len(v.m.sides))))
	}
	if v.a.Integrative != nil {
		out = append(out, v.T("deals.integrative."+integrative(v.a.Integrative.TenThousandths)))
	}
	return out
}

// opposition names the distance of the nearest package from the best of all at
// once. Where n sides divide a fixed sum evenly it is √n·(1 − 1/n).
func opposition(distance float64, sides int) string {
	n := float64(sides)
	switch part := distance / (math.Sqrt(n) * (1 - 1/n)); {
	case distance == 0:
		return "none"
	case part < 1.0/3:
		return "near"
	case part < 1:
		return "some"
	}
	return "far"
}

// even is how near to zero, in ten-thousandths, the integrative potential still
// reads as mere division.
const even = 500

// integrative names the integrative potential, in ten-thousandths; at 0 a fixed
// sum is divided.
func integrative(potential int64) string {
	switch {
	case potential < -even:
		return "less"
	case potential <= even:
		return "even"
	}
	return "more"
}
