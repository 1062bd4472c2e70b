package report

import (
	"testing"
	"time"
)

// TestDay checks how people say until when they want no mail.
func TestDay(t *testing.T) {
	now := time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	for text, want := range map[string]string{
		"until 3 April": "2026-04-03", "jusqu’au 1er mai": "2026-05-01", "jusqu'au 1er mai 2026.": "2026-05-01",
		"2026-12-24": "2026-12-24", "until January 5th": "2027-01-05", "au 5 janvier": "2027-01-05",
		"for three weeks": "2026-03-31", "deux semaines": "2026-03-24", "un mois": "2026-04-10", "10 jours": "2026-03-20",
		"jusqu'au 25/04": "2026-04-25", "jusqu'au 25/04/2026": "2026-04-25", "for a week, please": "2026-03-17",
		"31 février": "", "until 30 February": "", "until 1 March 2026": "", "please": "", "": "", "until 2031-01-01": "", "for 900 weeks": "",
		"999999999999999999999 weeks": "", "4 years": "", "jusqu’à l’été": "",
	} {
		got, ok := Day(text, now)
		if !ok {
			got = Date{}
		}
		if got.String() != want || ok != (want != "") {
			t.Errorf("%q: %q %v, want %q", text, got, ok, want)
		}
	}
}
