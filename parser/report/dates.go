package report

import (
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
	if from, until, n = sharedMonth(ws, ref, american); n > 0 {
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

// sharedMonth reads two days of one month: "10 to 31 July", "July 10-31",
// "10.-31.7.".
func sharedMonth(ws []string, ref Date, american bool) (from, until Date, n int) {
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
	if d, m := numericAt(ws[k+j:], american); m > 0 {
		return pairOf(d.Year, d.Month, first, d.Day, ref, k+j+m)
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
