package rhythm

import (
	"math"
	"slices"
	"time"
)

// durations are sorted, so that their quantiles are at hand.
type durations []time.Duration

func (d *durations) add(x time.Duration) {
	i, _ := slices.BinarySearch(*d, x)
	*d = slices.Insert(*d, i, x)
}

func (d *durations) remove(x time.Duration) {
	if i, ok := slices.BinarySearch(*d, x); ok {
		*d = slices.Delete(*d, i, i+1)
	}
}

// median is the middle one, or the mean of the two.
func (d durations) median() time.Duration {
	n := len(d)
	if n%2 == 1 {
		return d[n/2]
	}
	return d[n/2-1] + (d[n/2]-d[n/2-1])/2
}

// above tells how many are longer than x.
func (d durations) above(x time.Duration) int {
	i, _ := slices.BinarySearch(d, x+1)
	return len(d) - i
}

// quantile is the time by which a share q of all answers has come, where one
// more is still awaited since open (negative: none is): the estimate by Kaplan
// and Meier, “Nonparametric Estimation from Incomplete Observations”, Journal
// of the American Statistical Association 53 (1958), of which only the last
// observation can be censored here. It is false if so large a share cannot be
// told yet.
func (d durations) quantile(q float64, open time.Duration) (time.Duration, bool) {
	survival, atRisk := 1.0, len(d)
	if open >= 0 {
		atRisk++
	}
	for i, x := range d {
		if open >= 0 && x > open {
			atRisk-- // the one that is awaited is seen no longer
			open = -1
		}
		survival *= 1 - 1/float64(atRisk)
		atRisk--
		if survival <= 1-q+1e-9 && (i+1 == len(d) || d[i+1] > x) {
			return x, true
		}
	}
	return 0, false
}

// burstiness is 1 for events that all come at once, 0 for such as come at
// random and -1 for regular ones, whatever their number: formula (22) of Kim
// and Jo, “Measuring burstiness for finite event sequences”, Physical Review E
// 94, 032311 (2016), arXiv:1604.01125.
func (d durations) burstiness() (float64, bool) {
	n := float64(len(d))
	var sum, squares float64
	for _, x := range d {
		sum += x.Seconds()
	}
	mean := sum / n
	if mean == 0 {
		return 0, false
	}
	for _, x := range d {
		squares += (x.Seconds() - mean) * (x.Seconds() - mean)
	}
	r := math.Sqrt(squares/n) / mean
	return (math.Sqrt(n+1)*r - math.Sqrt(n-1)) / ((math.Sqrt(n+1)-2)*r + math.Sqrt(n-1)), true
}
