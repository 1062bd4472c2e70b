package storage

import (
	"context"
	"encoding/binary"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// A recorder keeps every statement that runs.
type recorder struct {
	logger.Interface
	mu  sync.Mutex
	ran []string
}

func (r *recorder) Trace(_ context.Context, _ time.Time, statement func() (string, int64), _ error) {
	sql, _ := statement()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ran = append(r.ran, sql)
}

// crowd fills the database as far as a planner needs to make sense of it. Of
// SQLite's nothing is told to the planner: nothing will be in real life.
func crowd(t *testing.T, s *Storage) *community {
	c := newCommunity(t, s, 0)
	fill(t, s, c.programme.ID, 1000)
	blob := "int8send(i)"
	if s.engine.alone() {
		blob = "CAST(i AS BLOB)"
	}
	numbers := " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) "
	for _, statement := range []string{
		"INSERT INTO message (pair_id, writer_id, at, size, words, language, original_id, masked_id)" + numbers +
			"SELECT 1 + i % 1000, 1 + i % 2000, ?, 1, 1, '', 'o' || i, 'm' || i FROM n",
		"INSERT INTO delivery (kind, message_id, sender_id, person_id, pair_id, recipient, state, attempts, owner, next_at, created_at, status, body, size)" + numbers +
			"SELECT 'relay', i, 1, 2, 1, '', 'sent', 1, '', ?, ?, '', i, 1 FROM n",
		"INSERT INTO chunk (body, seq, bytes)" + numbers + "SELECT i, 0, " + blob + " FROM n",
		"INSERT INTO staged (body, at)" + numbers + "SELECT i, ? FROM n",
		"INSERT INTO ask (message_id, pair_id, writer_id, text, at, expires_at)" + numbers + "SELECT i, 1 + i % 1000, 1, '', ?, ? FROM n",
		"INSERT INTO nudge (person_id, pair_id, key, moment, at, judged_at, withheld, facts)" + numbers +
			"SELECT 1 + i % 2000, 1 + i % 1000, 'tip-' || i % 7, i, ?, ?, i % 5 = 0, '{}' FROM n",
		"INSERT INTO absence (person_id, \"from\", until, noted_at)" + numbers + "SELECT 1 + i % 2000, i, '', ? FROM n",
		"INSERT INTO answer (person_id, survey, question, value, source, at)" + numbers + "SELECT 1 + i % 2000, 'intake', i, '', '', ? FROM n",
		"INSERT INTO appointment (kind, subject_id, at)" + numbers + "SELECT 'survey', i, ? FROM n",
	} {
		at := []any{start(), start().Add(time.Hour)}
		must(t, s.writer.db.Exec(statement, at[:strings.Count(statement, "?")]...).Error)
	}
	receipts := make([]Receipt, 100_000)
	for i := range receipts {
		receipts[i] = Receipt{Key: binary.BigEndian.AppendUint64(nil, uint64(i)), At: start().Add(time.Duration(i) * time.Second)}
	}
	must(t, s.writer.db.CreateInBatches(receipts, 5000).Error)
	for i := range 300 {
		accept(t, s, c.letter(s, fmt.Sprint("letter-", i), []byte("x")))
	}
	if !s.engine.alone() {
		must(t, s.writer.db.Exec("ANALYZE").Error)
	}
	return c
}

// Every statement of a letter's way, and of the rounds that are made all the
// time, finds its rows by an index.
func TestIndexesAreUsed(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		c := crowd(t, s)
		ctx := context.Background()
		record := &recorder{Interface: logger.Discard}
		s.read.Logger, s.writer.db.Logger = record, record

		_, err := s.Route(ctx, "a0")
		must(t, err)
		_, err = s.Translate(ctx, c.pair.ID, c.mentor.ID, []string{"letter-1@corp.example", "b", "c"})
		must(t, err)
		_, err = s.PersonByAddress(ctx, "ben0@uni.example")
		must(t, err)
		_, err = s.Messages(ctx, c.pair.ID)
		must(t, err)
		accept(t, s, c.letter(s, "one more", letters(2*chunkSize)))
		due := claim(t, s, "x", start(), 2)
		read(t, s, &due[0])
		must(t, s.Finish(ctx, &Outcome{Delivery: &due[0], State: DeliverySent, At: start()}))
		must(t, s.Reap(ctx, "y", start(), start()))
		must(t, s.Release(ctx, "x", start()))
		_, err = s.ForgetReceipts(ctx, start().Add(10*time.Minute))
		must(t, err)
		_, err = s.PairByID(ctx, c.pair.ID)
		must(t, err)
		_, err = s.MovePair(ctx, c.pair.ID, []string{PairActive}, PairPaused)
		must(t, err)
		appointments, err := s.AppointmentsDue(ctx, start(), Appointment{AppointmentSurvey, 9000, start()}, 2)
		must(t, err)
		var people []int64
		var moves []Moved
		for i, a := range appointments {
			people, moves = append(people, int64(5*i+1)), append(moves, Moved{a, start().Add(time.Hour)})
		}
		_, err = s.Views(ctx, people, "intake", start().Add(-time.Hour))
		must(t, err)
		must(t, s.MoveAppointments(ctx, moves))
		_, err = s.Effects(ctx, c.programme.ID, start())
		must(t, err)

		s.read.Logger, s.writer.db.Logger = logger.Discard, logger.Discard
		explained := 0
		for _, sql := range record.ran {
			if strings.HasPrefix(sql, "INSERT") {
				continue // finds nothing
			}
			explained++
			plan := explain(t, s, sql)
			t.Logf("%s\n%s", sql, plan)
			if strings.HasPrefix(sql, "UPDATE delivery SET state") && strings.Contains(plan, "delivery_owner") {
				t.Errorf("what is in hand is gone through to finish one: %s", plan)
			}
			for _, step := range scan.FindAllString(plan, -1) {
				if !rightly.MatchString(step) {
					t.Errorf("%s: %s", step, sql)
				}
			}
		}
		if explained < 20 {
			t.Errorf("only %d statements were seen", explained)
		}
	})
}

// scan finds the steps that go through a whole table or index; rightly, those
// that are meant to: a few instances and programmes, all tips when what came of
// them is counted, all that is in somebody's hand when the dead are sought, and
// what PostgreSQL prefers to a thousand look-ups when a thousand receipts go.
var (
	scan    = regexp.MustCompile(`SCAN .*|Seq Scan .*`)
	rightly = regexp.MustCompile(`SCAN (instance|g$|n USING COVERING INDEX nudge_effect|delivery USING (COVERING )?INDEX delivery_owner)|Scan on (instance|programme|nudge|pair p$|receipt$)`)
)

func explain(t *testing.T, s *Storage, sql string) string {
	t.Helper()
	var lines []string
	if s.engine.alone() {
		var steps []struct{ Detail string }
		must(t, s.writer.db.Raw("EXPLAIN QUERY PLAN "+strings.ReplaceAll(sql, "?", "??")).Scan(&steps).Error)
		for _, step := range steps {
			lines = append(lines, step.Detail)
		}
	} else {
		must(t, s.writer.db.Transaction(func(tx *gorm.DB) error {
			return tx.Raw("EXPLAIN (COSTS OFF) " + sql).Scan(&lines).Error
		}))
	}
	return "\t" + strings.Join(lines, "\n\t") + "\n"
}
