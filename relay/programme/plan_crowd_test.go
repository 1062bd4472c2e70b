package programme

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"mentorrelay/relay/mask"
	"mentorrelay/relay/notice"
	"mentorrelay/storage"
	"mentorrelay/templates"
)

// plannedAt is when all is due in the benchmarks: nine o'clock in Paris, on a
// Tuesday in the middle of a month.
var plannedAt = time.Date(2026, time.March, 17, 8, 0, 0, 0, time.UTC)

const (
	// crowdDays is for how long the crowd has been writing: 14 months.
	crowdDays = 425
	// crowdSpread is the number that pairs' habits repeat after: a prime, so that
	// one habit does not go with another.
	crowdSpread = 10007
)

// crowd writes a database with so many active pairs, whose letters lie in the
// order in which they came, as in real life, and returns its file.
func crowd(b testing.TB, pairs int) string {
	b.Helper()
	file := filepath.Join(b.TempDir(), fmt.Sprintf("crowd-%d.db", pairs))
	s, err := storage.Open(b.Context(), "sqlite:"+file)
	if err != nil {
		b.Fatal(err)
	}
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	db, err := sql.Open("sqlite", "file:"+file+"?_pragma=synchronous(OFF)&_pragma=cache_size(-200000)&_pragma=temp_store(MEMORY)")
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	c := &crowding{b: b, db: db, pairs: pairs}
	c.run("BEGIN")
	c.people()
	indexes := c.dropIndexes("message")
	c.letters()
	for _, create := range indexes {
		c.run(create)
	}
	c.run(`INSERT INTO ask (message_id, pair_id, writer_id, text, at, expires_at)
		SELECT id, pair_id, writer_id, 'What did you read lately that changed how you look at your work, and why?', at, at + 60 * {day} FROM message
		WHERE asks > 0 AND at > {now} - 60 * {day} ORDER BY id`)
	c.run("COMMIT")
	c.run("PRAGMA wal_checkpoint(TRUNCATE)")
	return file
}

type crowding struct {
	b     testing.TB
	db    *sql.DB
	pairs int
}

// run runs a statement in which {pairs}, {now} and {day} stand for numbers, and
// {numbers} for those from 1 to the number of pairs.
func (c *crowding) run(statement string, args ...any) {
	c.b.Helper()
	statement = strings.NewReplacer(
		"{pairs}", fmt.Sprint(c.pairs), "{now}", fmt.Sprint(plannedAt.UnixMicro()), "{day}", fmt.Sprint(day.Microseconds()),
		"{numbers}", fmt.Sprintf("(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) SELECT i, i %% %d AS r FROM n)", c.pairs, crowdSpread),
	).Replace(statement)
	if _, err := c.db.ExecContext(c.b.Context(), statement, args...); err != nil {
		c.b.Fatalf("%s: %v", statement, err)
	}
}

// people makes mentors, numbered from 1, mentees, numbered from pairs + 1, and
// all that is known of them beside their letters.
func (c *crowding) people() {
	began := "{now} - 430 * {day}"
	c.run(`INSERT INTO programme (id, key, name, coordinator, language, timezone, policy, opaque, display, created_at)
		VALUES (1, 'alumni', 'Alumni', 'carol@alumni.test', 'fr', 'Europe/Paris', 'private', 'refuse', 'first', ` + began + `)`)
	for _, side := range []struct{ first, tips string }{{"0", "CASE WHEN r % 5 = 0 THEN 'wanted' ELSE '' END"}, {"{pairs}", "CASE WHEN r % 23 = 0 THEN 'fewer' ELSE '' END"}} {
		c.run(`INSERT INTO person (id, name, language, timezone, state, created_at, muted, tips)
			SELECT i + ` + side.first + `, 'Camille Martin-Durand', CASE WHEN r % 2 = 0 THEN 'fr' ELSE 'en' END, 'Europe/Paris', 'active', ` + began + `, 0, ` + side.tips + ` FROM {numbers}`)
	}
	c.run(`INSERT INTO address (person_id, address, canonical, added_at) SELECT id, 'person' || id || '@uni.test', 'person' || id || '@uni.test', created_at FROM person`)
	c.run(`INSERT INTO enrolment (programme_id, person_id) SELECT 1, id FROM person`)
	c.run(`INSERT INTO pair (id, programme_id, mentor_id, mentee_id, state, cadence, created_at, began_at)
		SELECT i, 1, i, i + {pairs}, 'active', CASE r % 5 WHEN 0 THEN 'weekly' WHEN 1 THEN 'fortnightly' WHEN 2 THEN 'monthly' WHEN 3 THEN 'quarterly' ELSE 'as-needed' END,
			` + began + `, ` + began + ` FROM {numbers}`)
	c.run(`INSERT INTO mask (pair_id, writer_id, reader_id, token, name) SELECT id, mentor_id, mentee_id, 'a' || id, 'camille' FROM pair`)
	c.run(`INSERT INTO mask (pair_id, writer_id, reader_id, token, name) SELECT id, mentee_id, mentor_id, 'b' || id, 'camille' FROM pair`)
	c.run(`INSERT INTO answer (person_id, survey, question, value, source, at)
		SELECT p.id, 'intake', q.column1, q.column2, q.column2, p.created_at FROM person p, (VALUES ('how-often', 'monthly'), ('how', 'mail'), ('why', 'field'),
			('topics', 'languages, running, how one reads a balance sheet'), ('offer', 'a route along the river'), ('reply-time', 'week'), ('writing', '4'), ('if-quiet', 'mentee-first')) q`)
	// A tip each two months or so to each mentee, one to a mentor now and then.
	c.run(`INSERT INTO nudge (person_id, pair_id, key, moment, at, judged_at, withheld, facts)
		SELECT i + {pairs}, i, CASE k WHEN 1 THEN 'slow-down' WHEN 2 THEN 'keep-warm' WHEN 3 THEN 'give-back' WHEN 4 THEN 'say-thanks' WHEN 5 THEN 'echo-the-rhythm' ELSE 'close-the-loop' END,
			i || ' 2025-0' || k, at, at + 14 * {day}, (r / 5 + k) % 5 = 0, '{"Days":12,"Every":9}'
		FROM (SELECT i, r, k, {now} - (k * 60 + r % 61) * {day} AS at FROM {numbers}, (SELECT column1 AS k FROM (VALUES (1), (2), (3), (4), (5), (6)))) ORDER BY at`)
	c.run(`INSERT INTO absence (person_id, "from", until, noted_at)
		SELECT i + {pairs}, '2025-08-01', '2025-08-20', {now} - 230 * {day} FROM {numbers} WHERE r % 3 = 0`)
	c.run(`INSERT INTO absence (person_id, "from", until, noted_at)
		SELECT i, '2026-03-10', '2026-03-20', {now} - 8 * {day} FROM {numbers} WHERE r % 19 = 0`)
	c.run(`INSERT INTO appointment (kind, subject_id, at) SELECT 'look', id, {now} FROM person`)
	c.run(`INSERT INTO appointment (kind, subject_id, at) SELECT 'summary', id, {now} + 15 * {day} - {day} / 24 FROM person`)
}

// dropIndexes drops the indexes of a table, and returns what makes them anew:
// faster than filling the table with them.
func (c *crowding) dropIndexes(table string) []string {
	rows, err := c.db.Query("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL", table)
	if err != nil {
		c.b.Fatal(err)
	}
	var names, list []string
	for rows.Next() {
		var name, create string
		if err := rows.Scan(&name, &create); err != nil {
			c.b.Fatal(err)
		}
		names, list = append(names, name), append(list, create)
	}
	if err := rows.Err(); err != nil {
		c.b.Fatal(err)
	}
	for _, name := range names {
		c.run("DROP INDEX " + name)
	}
	return list
}

// letters writes 14 months of letters, day by day: from 10 of a pair to 120, 46 in the
// mean. One pair in twenty falls silent after a year.
func (c *crowding) letters() {
	random := rand.New(rand.NewPCG(1, 2))
	next := make([]float64, c.pairs) // the day of a pair's next letter
	mentor := make([]bool, c.pairs)  // who wrote last
	for i := range next {
		next[i] = random.Float64() * 15
	}
	gaps := [...]float64{3.5, 7, 15, 45, 20}
	const columns, rows = 19, 40
	insert := `INSERT INTO message (pair_id, writer_id, at, size, words, language, original_id, masked_id, asks, offers, thanks, commits, reports, pace,
		asks_help, asks_wishes, asks_after, links, events) VALUES `
	row := "(" + strings.TrimSuffix(strings.Repeat("?,", columns), ",") + ")"
	many, err := c.db.Prepare(insert + strings.TrimSuffix(strings.Repeat(row+",", rows), ","))
	if err != nil {
		c.b.Fatal(err)
	}
	defer many.Close()
	values := make([]any, 0, columns*rows)
	n := 0
	for today := range crowdDays {
		for i := range next {
			for next[i] < float64(today+1) {
				at := plannedAt.Add(time.Duration((next[i] - crowdDays) * float64(day))).UnixMicro()
				if random.IntN(10) < 8 { // an answer, mostly
					mentor[i] = !mentor[i]
				}
				writer := i + 1
				if !mentor[i] {
					writer += c.pairs
				}
				n++
				values = append(values, i+1, writer, at, 6000, 20+random.IntN(250), [...]string{"fr", "en"}[i%crowdSpread%2],
					fmt.Sprintf("CAF%07d.%010d+zQ9kLmWx2rT@mail.uni.test", i, n), fmt.Sprintf("%010d.k7f3q9x2m4d8v6h1%04d@relay.test", n, i%crowdSpread),
					random.IntN(7)/4, random.IntN(6)/5, random.IntN(3)/2, random.IntN(8)/7, random.IntN(8)/7, [...]string{"", "", "", "", "", "month"}[random.IntN(6)],
					random.IntN(15)/14, random.IntN(15)/14, random.IntN(15)/14, random.IntN(5)/4, random.IntN(20)/19)
				if len(values) == cap(values) {
					if _, err := many.Exec(values...); err != nil {
						c.b.Fatal(err)
					}
					values = values[:0]
				}
				next[i] += gaps[i%crowdSpread%5] * (0.3 + 1.4*random.Float64())
				if today > 365 && i%20 == 7 {
					next[i] = crowdDays
				}
			}
		}
	}
	if len(values) > 0 {
		c.run(insert+strings.TrimSuffix(strings.Repeat(row+",", len(values)/columns), ","), values...)
	}
	c.b.Logf("%d letters of %d pairs", n, c.pairs)
}

// plannedDesk opens a database of a crowd.
func plannedDesk(b testing.TB, file string) (*Desk, *storage.Storage) {
	b.Helper()
	s, err := storage.Open(context.WithoutCancel(b.Context()), "sqlite:"+file)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := s.Close(); err != nil {
			b.Error(err)
		}
	})
	words, err := templates.New()
	surveys, err2 := templates.NewSurveys()
	if err := cmp.Or(err, err2); err != nil {
		b.Fatal(err)
	}
	now := func() time.Time { return plannedAt }
	scheme := &mask.Scheme{Domain: "relay.test", Secret: []byte("a secret for benchmarks alone")}
	return &Desk{
		Store: s, Notices: &notice.Writer{Words: words, Scheme: scheme, Store: s, Now: now}, Surveys: surveys,
		Now: now, Log: slog.New(slog.DiscardHandler),
	}, s
}

// copied is another file with the same.
func copied(b testing.TB, file string) string {
	b.Helper()
	from, err := os.Open(file)
	if err != nil {
		b.Fatal(err)
	}
	defer from.Close()
	to, err := os.CreateTemp(b.TempDir(), "*.db")
	if err != nil {
		b.Fatal(err)
	}
	defer to.Close()
	if _, err := io.Copy(to, from); err != nil {
		b.Fatal(err)
	}
	return to.Name()
}
