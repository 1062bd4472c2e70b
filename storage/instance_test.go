package storage

import (
	"context"
	"fmt"
	"testing"
	"time"
)

func TestTheDeadLeaveTheirMail(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		ctx := context.Background()
		now := start().Add(time.Minute)
		for i, name := range []string{"me", "living", "dead", "unknown"} {
			accept(t, s, c.letter(s, name, []byte(name)))
			if name != "unknown" {
				must(t, s.Beat(ctx, name, start()))
			}
			if n := len(claim(t, s, name, start(), 1)); n != 1 {
				t.Fatalf("%s claimed %d", name, n)
			}
			if i < 2 {
				must(t, s.Beat(ctx, name, now)) // again, later
			}
		}
		must(t, s.Reap(ctx, "me", now, now))
		due := claim(t, s, "me", now, 10)
		freed := make(map[string]bool)
		for _, d := range due {
			freed[string(read(t, s, &d))] = true
			if d.Attempts != 2 {
				t.Errorf("attempts: %d", d.Attempts)
			}
		}
		want := map[string]bool{"dead": true, "unknown": true}
		if s.engine.alone() {
			want["living"] = true // there can be only one server
		}
		if fmt.Sprint(freed) != fmt.Sprint(want) {
			t.Errorf("freed %v, want %v", freed, want)
		}
	})
}

// A mail that was in hand at every crash waits its turn.
func TestCrashesRule(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		ctx := context.Background()
		accept(t, s, c.letter(s, "letter", []byte("x")))
		now := start()
		for attempt := range crashes + 1 {
			due := claim(t, s, fmt.Sprint("run-", attempt), now, 1)
			if len(due) != 1 {
				t.Fatalf("attempt %d: not due at once", attempt+1)
			}
			must(t, s.Reap(ctx, "next", now, now))
		}
		if due := claim(t, s, "last", now, 1); len(due) != 0 {
			t.Errorf("taken up at once for the %dth time", crashes+1)
		}
		if due := claim(t, s, "last", now.Add(minutes(crashes+1)), 1); len(due) != 1 {
			t.Error("not due at its next time either")
		}
	})
}

func TestReleaseGivesBackOnlyOnesOwn(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		ctx := context.Background()
		for _, name := range []string{"one", "two"} {
			accept(t, s, c.letter(s, name, []byte(name)))
			must(t, s.Beat(ctx, name, start()))
			claim(t, s, name, start(), 1)
		}
		must(t, s.Release(ctx, "one", start()))
		due := claim(t, s, "three", start(), 5)
		if len(due) != 1 || string(read(t, s, &due[0])) != "one" {
			t.Errorf("%+v", due)
		}
		var left []Instance
		must(t, s.read.Find(&left).Error)
		if len(left) != 1 || left[0].Name != "two" || !left[0].BeatAt.Equal(stored(start())) {
			t.Errorf("instances: %+v", left)
		}
	})
}
