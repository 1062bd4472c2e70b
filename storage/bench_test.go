package storage

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
)

// scaleVariable is how many pairs BenchmarkPairs fills in for its larger
// database: 1000000 for the aim of the design, which takes minutes to fill.
const scaleVariable = "MENTORRELAY_BENCH_PAIRS"

// engines runs a benchmark against both.
func engines(b *testing.B, bench func(b *testing.B, address string)) {
	b.Run("sqlite", func(b *testing.B) { bench(b, sqliteAddress(b)) })
	b.Run("postgres", func(b *testing.B) { bench(b, postgresAddress(b)) })
}

// BenchmarkRelay is what one letter of 4 KB asks of the database: its route,
// its acceptance, and the outcome of its delivery.
func BenchmarkRelay(b *testing.B) {
	for _, parallel := range []int{1, 50} {
		b.Run(fmt.Sprint(parallel), func(b *testing.B) {
			engines(b, func(b *testing.B, address string) {
				s := open(b, address)
				c := newCommunity(b, s, 0)
				relayAll(b, s, parallel, func() (string, *community) { return "a0", c })
			})
		})
	}
}

// relayAll relays b.N letters, each by the mask that next gives.
func relayAll(b *testing.B, s *Storage, parallel int, next func() (token string, c *community)) {
	ctx := context.Background()
	feed := s.Feed("bench", 1000, minutes)
	body := bytes.Repeat([]byte("a letter to a mentor, wrapped.\r\n"), 128)
	var n atomic.Int64
	run := randomID()                    // a benchmark is run several times
	b.SetParallelism(max(1, parallel/2)) // times GOMAXPROCS
	b.ReportAllocs()
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			token, c := next()
			if _, err := s.Route(ctx, token); err != nil {
				b.Error(err)
				return
			}
			if fresh, err := s.Accept(ctx, c.letter(s, fmt.Sprint(run, "-", n.Add(1)), body)); err != nil || !fresh {
				b.Error(fresh, err)
				return
			}
			d := <-feed.Mail()
			feed.Took()
			if err := s.Finish(ctx, &Outcome{Delivery: d, State: DeliverySent, Status: "250 2.0.0", At: start()}); err != nil {
				b.Error(err)
				return
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "letters/s")
}

// BenchmarkPairs relays for random pairs out of few and out of many.
func BenchmarkPairs(b *testing.B) {
	many, err := strconv.Atoi(os.Getenv(scaleVariable))
	if err != nil {
		b.Skip("set " + scaleVariable)
	}
	for _, engine := range []struct {
		name    string
		address func(testing.TB) string
	}{{"sqlite", sqliteAddress}, {"postgres", postgresAddress}} {
		b.Run(engine.name, func(b *testing.B) {
			sizes := []int{1000, many}
			var filled []*Storage
			for _, pairs := range sizes {
				s := open(b, engine.address(b))
				fill(b, s, newCommunity(b, s, 0).programme.ID, pairs)
				filled = append(filled, s)
			}
			for range 4 { // in turn, so that what else the machine does meets both
				for i, pairs := range sizes {
					b.Run(fmt.Sprint(pairs), func(b *testing.B) {
						relayAll(b, filled[i], 50, func() (string, *community) {
							k := rand.Int64N(int64(pairs)) + 1
							return fmt.Sprint("a", k), &community{pair: &Pair{ID: k + 1}, mentor: &Person{ID: 2*k + 1}, mentee: &Person{ID: 2*k + 2}}
						})
					})
				}
			}
		})
	}
}

// fill adds pairs beside the one that newCommunity made, up to the one whose
// tokens end in the number, in SQL: a million of them in a minute or so. Pair
// k+1 has the tokens ak and bk, and the people 2k+1 and 2k+2.
func fill(b testing.TB, s *Storage, programme int64, pairs int) {
	b.Helper()
	have := count(b, s, "pair")
	numbers := fmt.Sprintf(" WITH RECURSIVE n(i) AS (SELECT %d UNION ALL SELECT i + 1 FROM n WHERE i < %d) ", have, pairs)
	people := fmt.Sprintf(" WITH RECURSIVE n(i) AS (SELECT %d UNION ALL SELECT i + 1 FROM n WHERE i < %d) ", 2*have+1, 2*pairs+2)
	for _, insert := range []string{
		"INSERT INTO person (id, name, language, timezone, state, created_at)" + people + "SELECT i, 'Alice', 'en', 'Europe/Paris', 'active', ? FROM n",
		"INSERT INTO address (id, person_id, address, canonical, added_at)" + people + "SELECT i + 10, i, 'p' || i || '@corp.example', 'p' || i || '@corp.example', ? FROM n",
		fmt.Sprintf("INSERT INTO enrolment (programme_id, person_id) %s SELECT %d, i FROM n", people, programme),
		fmt.Sprintf("INSERT INTO pair (id, programme_id, mentor_id, mentee_id, state, cadence, created_at) %s SELECT i + 1, %d, 2 * i + 1, 2 * i + 2, 'active', '', ? FROM n", numbers, programme),
		"INSERT INTO mask (id, pair_id, writer_id, reader_id, token, name)" + numbers + "SELECT 2 * i + 1, i + 1, 2 * i + 1, 2 * i + 2, 'a' || i, 'ben' FROM n",
		"INSERT INTO mask (id, pair_id, writer_id, reader_id, token, name)" + numbers + "SELECT 2 * i + 2, i + 1, 2 * i + 2, 2 * i + 1, 'b' || i, 'alice' FROM n",
	} {
		must(b, s.writer.db.Exec(insert, []any{start()}[:strings.Count(insert, "?")]...).Error)
	}
	if !s.engine.alone() {
		must(b, s.writer.db.Exec("ANALYZE").Error)
	}
}
