package report

import (
	"slices"
	"strconv"
	"time"
)

// Day finds the first day that a text names, such as "until 3 April",
// "jusqu’au 1er mai", "2026-12-24" or "for three weeks", as somebody writes it
// who means the time to come. One without a year is the next of its kind. It is
// false if the text names none, none that is in the calendar, or one that has
// passed.
func Day(text string, now time.Time) (Date, bool) {
	today := Date{now.Year(), now.Month(), now.Day()}
	ws := words(fold(upTo(text, maxAbsence)))
	american := language(ws) == "en"
	for i := range ws {
		if day, ok := spanFrom(ws[i:], today); ok {
			return day, true
		}
		day, n := dateAt(ws[i:], today, american)
		if n == 0 {
			continue
		}
		if day.Year == 0 {
			day.Year = today.Year
			if day.days(today) < 0 || !day.valid() {
				day.Year++
			}
		}
		return day, day.valid() && day.days(today) > 0 && day.days(today) <= maxFuture
	}
	return Date{}, false
}

// units are how many days a word counts, in French and English.
var units = map[string]int{
	"day": 1, "days": 1, "jour": 1, "jours": 1, "week": 7, "weeks": 7, "semaine": 7, "semaines": 7,
	"fortnight": 14, "quinzaine": 15, "month": 30, "months": 30, "mois": 30,
}

// numbers are how many a word stands for, in French and English.
var numbers = []string{"", "one un une a", "two deux", "three trois", "four quatre", "five cinq", "six", "seven sept", "eight huit", "nine neuf", "ten dix"}

// spanFrom reads "three weeks" as the day that long after today.
func spanFrom(ws []string, today Date) (Date, bool) {
	if len(ws) < 2 || units[ws[1]] == 0 {
		return Date{}, false
	}
	n, err := strconv.Atoi(ws[0])
	if err != nil {
		n = slices.IndexFunc(numbers, func(s string) bool { return slices.Contains(words(s), ws[0]) })
	}
	if days := n * units[ws[1]]; n > 0 && days <= maxFuture {
		if units[ws[1]] == 30 {
			t := today.time().AddDate(0, n, 0)
			return Date{t.Year(), t.Month(), t.Day()}, true
		}
		return today.add(days), true
	}
	return Date{}, false
}
