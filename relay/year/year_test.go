package year

import (
	"path/filepath"
	"testing"
	"time"
)

// zones are where people live: both hemispheres, with and without summer time,
// and half an hour off.
var zones = []string{"Europe/Paris", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "Africa/Abidjan"}

// TestYear is a year of some two hundred pairs. With -short, and where races are
// looked for, which makes it ten times as slow, it is a few months of some
// thirty. With -v it shows what each temperament got.
func TestYear(t *testing.T) {
	share, months := 0.8, 12
	if testing.Short() || raced {
		share, months = 0.1, 4
	}
	live(t, "sqlite:"+filepath.Join(t.TempDir(), "year.db"), share, months)
}

// live has time pass, and looks at what was sent.
func live(t *testing.T, url string, share float64, months int) {
	start := time.Date(2026, 1, 5, 6, 0, 0, 0, time.UTC)
	w := newWorld(t, url, 1, start, start.AddDate(0, months, 0))
	w.asleep = []span{
		{time.Date(2026, 6, 27, 3, 0, 0, 0, time.UTC), time.Date(2026, 7, 4, 13, 0, 0, 0, time.UTC)}, // over the first of a month
		{time.Date(2026, 11, 10, 20, 0, 0, 0, time.UTC), time.Date(2026, 11, 17, 5, 0, 0, 0, time.UTC)},
	}
	w.populate(natures(), share, zones)
	w.clockwork(zones)
	began := time.Now()
	w.run()
	t.Logf("the year took %s: %v", time.Since(began).Round(time.Millisecond), w.spent)
	w.check()
	for _, f := range w.faults {
		t.Error(f)
	}
}
