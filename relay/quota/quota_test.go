package quota

import (
	"fmt"
	"testing"
	"time"
)

var start = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

func TestAllow(t *testing.T) {
	m := &Meter{Burst: 3, Every: time.Minute}
	for _, step := range []struct {
		after time.Duration
		key   string
		want  string // an answer for each try: y or n
	}{
		{0, "ann", "yyynn"},
		{0, "ben", "yyyn"},
		{59 * time.Second, "ann", "n"},
		{time.Minute, "ann", "yn"},
		{3 * time.Minute, "ann", "yyn"},
		{24 * time.Hour, "ann", "yyyn"}, // no more than the burst, however long the rest
	} {
		got := ""
		for range step.want {
			if m.Allow(step.key, start.Add(step.after)) {
				got += "y"
			} else {
				got += "n"
			}
		}
		if got != step.want {
			t.Errorf("%s after %v: %s, want %s", step.key, step.after, got, step.want)
		}
	}
}

func TestNoMeterStopsNothing(t *testing.T) {
	var none *Meter
	for range 1000 {
		if !none.Allow("ann", start) || !new(Meter).Allow("ann", start) {
			t.Fatal("stopped")
		}
	}
}

// TestRoom checks that a meter does not grow without end, and forgets nobody
// whose limit is still of use while it can.
func TestRoom(t *testing.T) {
	m := &Meter{Burst: 1, Every: time.Hour}
	for i := range maxKeys + 10 {
		if !m.Allow(fmt.Sprint(i), start) {
			t.Fatalf("%d was stopped at first sight", i)
		}
	}
	if len(m.full) != maxKeys || m.Allow("0", start) {
		t.Errorf("%d keys, and the first is allowed again", len(m.full))
	}
	if !m.Allow("late", start.Add(time.Hour)) || len(m.full) != 1 {
		t.Errorf("%d keys are left after their time", len(m.full))
	}
}

func BenchmarkAllow(b *testing.B) {
	m := &Meter{Burst: 3, Every: time.Minute}
	b.ReportAllocs()
	for i := range b.N {
		m.Allow("ann", start.Add(time.Duration(i)*time.Second))
	}
}
