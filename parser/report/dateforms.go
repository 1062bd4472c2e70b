package report

import (
	"strconv"
	"strings"
	"time"
)

// dateAt reads one date. Its year is 0 if it has none.
func dateAt(ws []string, ref Date, american bool) (Date, int) {
	for _, read := range []func() (Date, int){
		func() (Date, int) { return isoAt(ws) },
		func() (Date, int) { return numericAt(ws, american) },
		func() (Date, int) { return namedAt(ws) },
	} {
		if d, n := read(); n > 0 && (d.Year != 0 && d.valid() || d.Year == 0 && d.near(ref).valid()) {
			return d, n
		}
	}
	return Date{}, 0
}

// isoAt reads 2026-07-31.
func isoAt(ws []string) (Date, int) {
	if len(ws) < 5 || len(ws[0]) != 4 || ws[1] != ws[3] || ws[1] != "-" && ws[1] != "/" && ws[1] != "." {
		return Date{}, 0
	}
	y, m, d := number(ws[0]), number(ws[2]), number(ws[4])
	if y < 1990 || m < 1 || m > 12 || d < 1 || d > 31 {
		return Date{}, 0
	}
	return Date{y, time.Month(m), d}, 5
}

// numericAt reads 31.7.2026, 31/07 and the like. In English the month may
// come first: where both readings are possible, neither is taken.
func numericAt(ws []string, american bool) (Date, int) {
	if len(ws) < 3 || !strings.Contains("/.-", ws[1]) || len(ws[0]) > 2 || len(ws[2]) > 2 {
		return Date{}, 0
	}
	d, m, n, year := number(ws[0]), number(ws[2]), 3, 0
	if d < 1 || m < 1 {
		return Date{}, 0
	}
	if len(ws) >= 5 && ws[3] == ws[1] && (len(ws[4]) == 2 || len(ws[4]) == 4) && number(ws[4]) > 0 {
		if year, n = number(ws[4]), 5; year < 100 {
			year += 2000
		}
	} else if ws[1] == "-" || ws[1] == "." && (len(ws) < 4 || ws[3] != ".") {
		return Date{}, 0 // a range of days, or a time of day
	}
	if ws[1] == "/" && (american || m > 12) {
		if d <= 12 && m <= 12 && d != m {
			return Date{}, 0
		}
		if m > 12 {
			d, m = m, d
		}
	}
	if n == 3 && ws[1] == "." {
		n++ // the full stop of 31.7.
	}
	return Date{year, time.Month(m), d}, n
}

// namedAt reads a date with the name of its month, on either side of the day.
func namedAt(ws []string) (Date, int) {
	if m := monthAt(ws); m > 0 {
		rest := skip(ws[1:], []string{".", "the"})
		d, k := dayAt(rest)
		if k == 0 {
			return Date{}, 0
		}
		n := len(ws) - len(rest) + k
		y, l := yearAt(ws[n:])
		return Date{y, m, d}, n + l
	}
	d, k := dayAt(ws)
	if k == 0 {
		return Date{}, 0
	}
	rest := skip(ws[k:], fillers)
	m := monthAt(rest)
	if m == 0 {
		return Date{}, 0
	}
	n := len(ws) - len(rest) + 1
	y, l := yearAt(ws[n:])
	return Date{y, m, d}, n + l
}

// dayAt reads the day of a month, with the ending of an ordinal.
func dayAt(ws []string) (int, int) {
	if len(ws) == 0 || len(ws[0]) > 2 {
		return 0, 0
	}
	d := number(ws[0])
	if d < 1 || d > 31 {
		return 0, 0
	}
	if len(ws) > 1 && among(ws[1], ordinals) {
		return d, 2
	}
	return d, 1
}

// yearAt reads a year of four digits, after what may stand before it.
func yearAt(ws []string) (int, int) {
	rest := skip(ws, []string{",", ".", "de", "del", "of"})
	if len(rest) == 0 || len(rest[0]) != 4 {
		return 0, 0
	}
	if y := number(rest[0]); y > 0 {
		return y, len(ws) - len(rest) + 1 // valid or not: a street has dates too
	}
	return 0, 0
}

// monthAt reads the name of a month in any of the languages.
func monthAt(ws []string) time.Month {
	if len(ws) == 0 || len(ws[0]) < 3 {
		return 0
	}
	return months[ws[0]]
}

// number reads a short number; 0 if it is none.
func number(s string) int {
	if len(s) > 4 {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}
