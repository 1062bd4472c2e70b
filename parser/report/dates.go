package report

import (
	"strconv"
	"strings"
	"time"
)

// words splits a folded text into words, numbers and single marks.
func words(s string) []string {
	var out []string
	start := -1
	class := 0
	end := func(i int) {
		if start >= 0 {
			out = append(out, s[start:i])
			start = -1
		}
	}
	for i, r := range s {
		c := 3
		switch {
		case r >= '0' && r <= '9':
			c = 1
		case r >= 'a' && r <= 'z' || r > 0x7f && r != '°' && r != 'º':
			c = 2
		}
		if c == 3 || c != class {
			end(i)
		}
		class = c
		switch {
		case r == ' ':
		case c == 3:
			out = append(out, string(r))
		case start < 0:
			start = i
		}
	}
	end(len(s))
	return out
}

// spanAt reads a date, or two that are joined, at the start of ws. It returns
// how many words they take; without a date, none.
func spanAt(ws []string, ref Date, american bool) (from, until Date, n int) {
	if from, until, n = sharedMonth(ws, ref); n > 0 {
		return from, until, n
	}
	a, n := dateAt(ws, ref, american)
	if n == 0 {
		return Date{}, Date{}, 0
	}
	if j := joinAt(ws[n:]); j > 0 {
		if b, m := dateAt(ws[n+j:], ref, american); m > 0 {
			a, b = a.near(ref), b.near(a.near(ref))
			if b.days(a) < 0 && b.Year == a.Year {
				b.Year++
			}
			if b.valid() {
				return a, b, n + j + m
			}
		}
	}
	return a.near(ref), Date{}, n
}

// sharedMonth reads two days of one month: "10 to 31 July", "July 10-31".
func sharedMonth(ws []string, ref Date) (from, until Date, n int) {
	if m := monthAt(ws); m > 0 {
		first, k := dayAt(ws[1:])
		j := joinAt(ws[1+k:])
		if k == 0 || j == 0 {
			return Date{}, Date{}, 0
		}
		last, l := dayAt(ws[1+k+j:])
		n = 1 + k + j + l
		if l == 0 || monthAt(skip(ws[n:], fillers)) > 0 {
			return Date{}, Date{}, 0
		}
		year, y := yearAt(ws[n:])
		return pairOf(year, m, first, last, ref, n+y)
	}
	first, k := dayAt(ws)
	j := joinAt(ws[k:])
	if k == 0 || j == 0 {
		return Date{}, Date{}, 0
	}
	last, l := dayAt(ws[k+j:])
	if l == 0 {
		return Date{}, Date{}, 0
	}
	rest := skip(ws[k+j+l:], fillers)
	m := monthAt(rest)
	if m == 0 {
		return Date{}, Date{}, 0
	}
	year, y := yearAt(rest[1:])
	return pairOf(year, m, first, last, ref, len(ws)-len(rest)+1+y)
}

func pairOf(year int, m time.Month, first, last int, ref Date, n int) (from, until Date, size int) {
	from, until = Date{year, m, first}, Date{year, m, last}
	until = until.near(ref)
	from.Year = until.Year
	if !from.valid() || !until.valid() || last < first {
		return Date{}, Date{}, 0
	}
	return from, until, n
}

// dateAt reads one date. Its year is 0 if it has none.
func dateAt(ws []string, ref Date, american bool) (Date, int) {
	for _, read := range []func() (Date, int){
		func() (Date, int) { return isoAt(ws) },
		func() (Date, int) { return numericAt(ws, ref, american) },
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
func numericAt(ws []string, ref Date, american bool) (Date, int) {
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
	if american && ws[1] == "/" || m > 12 {
		if d <= 12 && m <= 12 && d != m {
			return Date{}, 0
		}
		if m > 12 {
			d, m = m, d
		}
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
	if y := number(rest[0]); y >= 1990 && y < 2200 {
		return y, len(ws) - len(rest) + 1
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

// joinAt is the number of words that join two dates: up to three, as in "bis
// einschliesslich zum".
func joinAt(ws []string) int {
	n := 0
	ws = ws[:min(len(ws), 8)]
	rest := skip(ws, append([]string{".", ","}, weekdays...))
	for _, j := range joins {
		parts := strings.Fields(j)
		if len(rest) < len(parts) || strings.Join(rest[:len(parts)], " ") != j {
			continue
		}
		rest = skip(rest[len(parts):], append(append([]string{".", ","}, articles...), weekdays...))
		n = len(ws) - len(rest)
		break
	}
	return n
}

// cueOf reads what the date in ws[start:end] is from the words around it.
func cueOf(ws []string, start, end int) cue {
	for _, w := range ws[end:min(len(ws), end+3)] {
		if among(w, agains) {
			return cueBack
		}
	}
	return cueBefore(ws[:start])
}

// cueBefore reads what a date is from the words before it.
func cueBefore(ws []string) cue {
	for i, steps := len(ws)-1, 0; i >= 0 && steps < cueWords; i, steps = i-1, steps+1 {
		for _, c := range cues {
			n := len(c.words)
			if i+1 >= n && equal(ws[i+1-n:i+1], c.words) {
				return c.cue
			}
		}
		if ws[i] == "." && steps > 0 {
			break
		}
	}
	return cueNone
}

// cueWords is how many words before a date may say what it is.
const cueWords = 6

func equal(a, b []string) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return len(a) == len(b)
}

// skip returns ws without the words of a set at its start.
func skip(ws, set []string) []string {
	for len(ws) > 0 && among(ws[0], set) {
		ws = ws[1:]
	}
	return ws
}

func among(w string, set []string) bool {
	for _, s := range set {
		if s == w {
			return true
		}
	}
	return false
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
