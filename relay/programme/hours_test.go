package programme

import (
	"testing"
	"time"
)

// TestBothAwake checks when mail goes out to two people who live far apart.
func TestBothAwake(t *testing.T) {
	for _, x := range []struct{ now, one, other, want string }{
		{"2026-01-20T10:00:00Z", "Europe/Paris", "Africa/Abidjan", "2026-01-20T10:00:00Z"},
		{"2026-01-20T08:00:00Z", "Europe/Paris", "Africa/Abidjan", "2026-01-20T09:00:00Z"},
		{"2026-01-20T08:00:05Z", "Europe/Paris", "America/New_York", "2026-01-20T14:00:00Z"},
		{"2026-01-20T03:30:00Z", "Asia/Kolkata", "America/New_York", "2026-01-20T14:00:00Z"},
		{"2026-01-20T08:00:00Z", "Europe/Paris", "Pacific/Auckland", "2026-01-20T19:00:00Z"}, // twelve hours apart: eight in the evening, and in the morning
		{"2026-07-20T08:00:00Z", "Europe/Paris", "Pacific/Auckland", "2026-07-21T07:00:00Z"}, // ten
		{"2026-01-20T19:30:00Z", "Europe/Paris", "Pacific/Auckland", "2026-01-20T19:30:00Z"},
		{"2026-01-20T20:00:00Z", "Europe/Paris", "Pacific/Auckland", "2026-01-21T07:00:00Z"},
		{"2026-01-20T08:00:00Z", "Asia/Kathmandu", "America/New_York", "2026-01-20T14:00:00Z"},
		{"2026-01-20T08:00:00Z", "Pacific/Kiritimati", "Pacific/Pago_Pago", "2026-01-20T20:00:00Z"}, // more than a day apart
		{"2026-03-28T23:30:00Z", "Europe/Paris", "Europe/Paris", "2026-03-29T07:00:00Z"},            // the clocks change in this night
	} {
		now, err := time.Parse(time.RFC3339, x.now)
		if err != nil {
			t.Fatal(err)
		}
		one, _ := time.LoadLocation(x.one)
		other, _ := time.LoadLocation(x.other)
		at := now
		if !bothAwake(now, one, other) {
			at = nextBothAwake(now, one, other)
		}
		if got := at.UTC().Format(time.RFC3339); got != x.want {
			t.Errorf("%s, %s and %s: %s, want %s", x.now, x.one, x.other, got, x.want)
		}
	}
}
