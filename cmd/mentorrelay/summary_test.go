package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestSummary sends the summaries of a month once, after showing them, and the
// clock sends none of that month again.
func TestSummary(t *testing.T) {
	b := initBox(t, open...)
	b.must(t, "person", "add", "--name", "Alice Martin", "--email", "alice@corp.test")
	b.must(t, "person", "add", "--name", "Ben Durand", "--email", "ben@uni.test")
	b.must(t, "person", "add", "--name", "Dan Petit", "--email", "dan@uni.test") // in no pair
	b.must(t, "pair", "add", "--mentor", "alice@corp.test", "--mentee", "ben@uni.test", "--skip-survey")
	out := filepath.Join(b.dir, "out")
	queued := func(want int) {
		t.Helper()
		if list := decode[[]deliveryView](t, b, "queue", "list"); len(list) != want {
			t.Errorf("%d mails are queued, want %d", len(list), want)
		}
	}
	due := decode[[]dueView](t, b, "summary", "send", "--month", "2026-11", "--dry-run", "--out", out)
	if len(due) != 2 || due[0].Kind != "summary" || due[0].Key != "2026-11" || due[1].Person != "ben@uni.test" {
		t.Errorf("due: %+v", due)
	}
	files, _ := filepath.Glob(filepath.Join(out, "*.eml"))
	if len(files) != 2 {
		t.Fatalf("%d mails in %s", len(files), out)
	}
	raw, err := os.ReadFile(files[0])
	if err != nil || !strings.Contains(string(raw), "To: \"Alice Martin\" <alice@corp.test>") || strings.Contains(string(raw), "uni.test") {
		t.Errorf("%v:\n%s", err, raw)
	}
	queued(0)
	b.must(t, "summary", "send", "--month", "2026-11")
	queued(2)
	b.must(t, "summary", "send", "--month", "2026-11")
	queued(2)
	b.must(t, "tick", "--at", time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC).Format(time.RFC3339))
	queued(3) // the coordinator's
	b.fails(t, exitFailed, "is no month", "summary", "send", "--month", "March")
	b.fails(t, exitFailed, "has not begun", "summary", "send", "--month", "2031-01")
	b.fails(t, exitFailed, "add --dry-run", "summary", "send", "--month", "2026-11", "--out", out)
}

// TestReport shows the programme at a glance.
func TestReport(t *testing.T) {
	b := initBox(t, open...)
	b.must(t, "person", "add", "--name", "Alice Martin", "--email", "alice@corp.test")
	b.must(t, "person", "add", "--name", "Ben Durand", "--email", "ben@uni.test")
	b.must(t, "pair", "add", "--mentor", "alice@corp.test", "--mentee", "ben@uni.test", "--skip-survey")
	if got := b.must(t, "report"); !strings.Contains(got, "1 active, 0 paused") || !strings.Contains(got, "November 2026") {
		t.Error(got)
	}
	v := decode[monthView](t, b, "report", "--month", "2026-10")
	if v.Month != "2026-10" || v.Pairs["active"] != 1 || v.Cases == nil || v.Tips == nil {
		t.Errorf("%+v", v)
	}
}
