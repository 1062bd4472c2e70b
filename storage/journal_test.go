package storage

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestTheJournalOfWhatWasSent kills a process, as it were, between the peer's
// answer and the commit: what was taken is not sent again, all else is.
func TestTheJournalOfWhatWasSent(t *testing.T) {
	file := filepath.Join(t.TempDir(), "j.db")
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	hour := func(int64) time.Duration { return time.Hour }
	s := open(t, "sqlite:"+file)
	for range 4 {
		b := s.NewBody(t.Context(), now)
		b.Write([]byte("x"))
		if _, err := s.Accept(t.Context(), &Acceptance{At: now, Mails: []Outgoing{{Delivery: Delivery{Recipient: "ben@uni.test"}, Body: b}}}); err != nil {
			t.Fatal(err)
		}
	}
	claimed, err := s.Claim(t.Context(), "first", now, 10, hour)
	if err != nil || len(claimed) != 4 {
		t.Fatal(len(claimed), err)
	}
	for i := range claimed[:3] {
		if err := s.Sent(&claimed[i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Finish(t.Context(), &Outcome{Delivery: &claimed[0], State: DeliverySent, Status: "250 2.0.0", At: now}); err != nil {
		t.Fatal(err)
	}
	journal, err := os.ReadFile(file + "-sent")
	if err != nil || strings.Count(string(journal), "\n") != 3 {
		t.Fatalf("the journal is %q, %v", journal, err)
	}
	journal = append(journal, "4 somebody-else\n4 fir"...) // of another database; broken off

	again := open(t, "sqlite:"+file)
	if err := os.WriteFile(file+"-sent", journal, 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 { // as a heart does
		if err := again.Reap(t.Context(), "second", now, now); err != nil {
			t.Fatal(err)
		}
	}
	left, err := again.Claim(t.Context(), "second", now, 10, hour)
	if err != nil || len(left) != 1 || left[0].ID != claimed[3].ID {
		t.Errorf("%d are sent again, %v; want only the one that was not sent", len(left), err)
	}
	for _, d := range claimed[:3] {
		if d, err := again.DeliveryByID(t.Context(), d.ID); err != nil || d.State != DeliverySent || d.Recipient != "" {
			t.Errorf("%+v, %v", d, err)
		}
	}
	if _, err := os.Stat(file + "-sent"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the journal is still there: %v", err)
	}
}

func TestTheJournalDoesNotGrow(t *testing.T) {
	j := &journal{name: filepath.Join(t.TempDir(), "j")}
	for i := range int64(10_000) {
		if err := j.note(i, "somebody"); err != nil {
			t.Fatal(err)
		}
		j.settled(i)
	}
	if info, err := os.Stat(j.name); err != nil || info.Size() > journalLimit {
		t.Errorf("%v, %v", info, err)
	}
	if err := j.close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(j.name); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a clean stop leaves the journal: %v", err)
	}
}
