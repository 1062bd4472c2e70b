package main

import (
	"testing"
	"time"
)

// TestTick asks two people the survey, and sees what becomes due later.
func TestTick(t *testing.T) {
	b := initBox(t, open...)
	b.must(t, "person", "add", "--name", "Alice Martin", "--email", "alice@corp.test")
	b.must(t, "person", "add", "--name", "Ben Durand", "--email", "ben@uni.test")
	p := decode[pairView](t, b, "pair", "add", "--mentor", "alice@corp.test", "--mentee", "ben@uni.test")
	if p.State != "invited" {
		t.Errorf("the pair is %s", p.State)
	}
	queued := func(want int) {
		t.Helper()
		if list := decode[[]deliveryView](t, b, "queue", "list"); len(list) != want {
			t.Errorf("%d mails are queued, want %d", len(list), want)
		}
	}
	queued(2)
	b.must(t, "survey", "send", "intake")
	queued(2) // nobody is asked twice

	at := noon.Add(8 * 24 * time.Hour).Format(time.RFC3339)
	for _, test := range []struct {
		args   []string
		due    int
		queued int
	}{
		{[]string{"tick"}, 0, 2},
		{[]string{"tick", "--at", at, "--dry-run"}, 2, 2},
		{[]string{"tick", "--at", at}, 2, 4},
		{[]string{"tick", "--at", at}, 0, 4},
	} {
		due := decode[[]dueView](t, b, test.args...)
		if len(due) != test.due {
			t.Errorf("%v: %+v", test.args, due)
		}
		for _, v := range due {
			if v.Kind != "survey-reminder" || v.Key != "intake" || v.Withheld || !v.At.Equal(time.Date(2026, 11, 30, 8, 0, 0, 0, time.UTC)) {
				t.Errorf("%+v", v)
			}
		}
		queued(test.queued)
	}
}
