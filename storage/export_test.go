package storage

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write the exports in testdata")

// naming is how the tests name things.
func naming() Naming {
	return Naming{
		Mask: func(name, token string) string { return name + "." + token + "@relay.example" },
		Other: func(p *Person, in *Programme) string {
			first, _, _ := strings.Cut(p.Name, " ")
			return first
		},
	}
}

func exportOf(t *testing.T, s *Storage, id int64) string {
	t.Helper()
	var b bytes.Buffer
	must(t, s.Export(t.Context(), id, naming(), &b))
	if !json.Valid(b.Bytes()) {
		t.Fatalf("not JSON: %s", b.String())
	}
	return b.String()
}

// Each export is what it was when somebody last read it: all of the person, and
// of the other what they know anyway.
func TestExport(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		words := biography(t, s, c)
		for name, id := range map[string]int64{"mentee": c.mentee.ID, "mentor": c.mentor.ID} {
			file := "testdata/export-" + name + ".json"
			got := exportOf(t, s, id)
			if *update {
				must(t, os.WriteFile(file, []byte(got), 0o644))
			}
			want, err := os.ReadFile(file)
			must(t, err)
			if got != string(want) {
				t.Errorf("%s differs (-update writes it), got:\n%s", file, got)
			}
		}
		theirs := exportOf(t, s, c.mentee.ID)
		for _, word := range words {
			if !strings.Contains(strings.ToLower(theirs), word) {
				t.Errorf("%q is stored about them and is not exported", word)
			}
		}
		for _, word := range []string{"alice0@", "that waits@corp.example", "negotiating", "open-question", AuditReported, "<secret@"} {
			if strings.Contains(theirs, word) {
				t.Errorf("%q is not the person's to know", word)
			}
		}
		_, err := s.Forget(t.Context(), c.mentee.ID, start())
		must(t, err)
		for _, id := range []int64{c.mentee.ID, c.mentor.ID} {
			if left := strings.ToLower(exportOf(t, s, id)); strings.Contains(left, "ben") || strings.Contains(left, "lichens") {
				t.Errorf("after they were forgotten: %s", left)
			}
		}
		if err := s.Export(t.Context(), 99, naming(), &bytes.Buffer{}); !errors.Is(err, ErrNotFound) {
			t.Error(err)
		}
	})
}

// Every table whose rows belong to people is exported, or said not to be.
func TestExportThinksOfAllTables(t *testing.T) {
	s := open(t, sqliteAddress(t))
	sections := map[string]string{
		"person": "person", "address": "addresses", "enrolment": "programmes", "pair": "pairs", "mask": "pairs", "message": "letters", "ask": "questions",
		"survey": "surveys", "answer": "answers", "nudge": "tips", "notice": "notices", "absence": "absences", "bounce": "bounces",
		"delivery": "mails", "hold": "held", "audit": "decisions", "appointment": "appointments", "request": "requests",
	}
	written := map[string]bool{}
	for _, e := range exported {
		written[e.key] = true
	}
	var tables []string
	must(t, s.read.Raw("SELECT DISTINCT t.name FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' AND (t.name = 'person' OR c.name IN ('person_id', 'writer_id', 'reader_id', 'sender_id', 'mentor_id', 'subject_id'))").Scan(&tables).Error)
	for _, table := range tables {
		if !written[sections[table]] {
			t.Errorf("%s is in no section of an export", table)
		}
	}
	if len(tables) != len(sections) {
		t.Errorf("the schema has %d tables that belong to people, and %d are thought of", len(tables), len(sections))
	}
}

// Each letter of a long life is exported once, in its order, and memory does not
// grow with them.
func TestExportMuch(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := newCommunity(t, s, 0)
		second := newPair(c.programme.ID, c.mentor.ID, c.mentee.ID, "1")
		second.State = PairEnded
		must(t, s.CreatePair(t.Context(), second))
		const letters = 20 * pageSize
		must(t, s.writer.db.Exec("INSERT INTO message (pair_id, writer_id, at, size, words, language, original_id, masked_id)"+
			" WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) SELECT 1 + i % 2, 2, ?, 1, i, '', i || '@laptop', 'm' || i FROM n",
			letters, start()).Error) // all at one moment
		r := &counter{}
		must(t, s.Export(t.Context(), c.mentee.ID, naming(), r))
		if r.written < 100*letters || r.highest > 64<<20 {
			t.Errorf("%d octets written, with up to %d MiB of memory", r.written, r.highest>>20)
		}
		var got struct {
			Letters []struct {
				Pair, Words int64
				At          time.Time
			}
		}
		must(t, json.Unmarshal([]byte(exportOf(t, s, c.mentee.ID)), &got))
		if len(got.Letters) != letters {
			t.Fatalf("%d letters, want %d", len(got.Letters), letters)
		}
		seen := map[int64]bool{}
		for i, m := range got.Letters {
			if seen[m.Words] || i > 0 && m.Pair < got.Letters[i-1].Pair || !m.At.Equal(stored(start())) {
				t.Fatalf("letter %d: %+v", i, m)
			}
			seen[m.Words] = true
		}
	})
}

// A counter counts what is written, and looks at the memory in use.
type counter struct {
	written int
	highest uint64
}

func (c *counter) Write(p []byte) (int, error) {
	if c.written += len(p); c.written>>20 > (c.written-len(p))>>20 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		c.highest = max(c.highest, m.HeapAlloc)
	}
	return len(p), nil
}
