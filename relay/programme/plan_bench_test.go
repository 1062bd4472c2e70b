package programme

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"testing"
	"time"

	"mentorrelay/storage"
)

// pairsVariable is how many pairs BenchmarkPlanning plans for: 50000 for the
// aim of 100,000 people, which takes a minute to write. fileVariable names a
// database of so many that a run before left; a run keeps one there if there is none.
const (
	pairsVariable = "MENTORRELAY_BENCH_PAIRS"
	fileVariable  = "MENTORRELAY_BENCH_FILE"
)

// BenchmarkPlanning is what it takes to look at everybody of a large
// installation, when all are due at once, and when few are.
func BenchmarkPlanning(b *testing.B) {
	pairs, err := strconv.Atoi(os.Getenv(pairsVariable))
	if err != nil {
		pairs = 1000
	}
	file := crowded(b, pairs)
	b.Run("foresee", func(b *testing.B) { benchForesee(b, file, plannedAt) })
	b.Run("foresee-month", func(b *testing.B) { benchForesee(b, file, monthAt) })
	kept := copied(b, file)
	b.Run("accept", func(b *testing.B) { benchAccept(b, kept) })
	b.Run("stop", func(b *testing.B) { benchStop(b, kept) })
	b.Run("keep", func(b *testing.B) { benchKeep(b, kept, plannedAt) })
	b.Run("idle", func(b *testing.B) { benchIdle(b, kept) })
	b.Run("thousand", func(b *testing.B) { benchThousand(b, kept) })
	b.Run("keep-month", func(b *testing.B) { benchKeep(b, kept, monthAt) })
}

// crowded is a crowd's database, not to be changed.
func crowded(b *testing.B, pairs int) string {
	name := os.Getenv(fileVariable)
	if _, err := os.Stat(name); name != "" && err == nil {
		return name
	}
	file := crowd(b, pairs)
	if name == "" {
		return file
	}
	if err := os.Rename(file, name); err != nil {
		b.Fatal(err)
	}
	return name
}

// monthAt is nine o'clock in Paris, on the first of the next month: in summer.
var monthAt = time.Date(2026, time.April, 1, 7, 0, 0, 0, time.UTC)

// benchForesee is what a dry run takes when everybody is to be looked at, or to
// get a summary.
func benchForesee(b *testing.B, file string, now time.Time) {
	d, s := plannedDesk(b, file)
	d.Now = func() time.Time { return now }
	appointments, err := s.CountDue(b.Context(), now)
	if err != nil {
		b.Fatal(err)
	}
	found := 0
	report := watch()
	b.ResetTimer()
	for range b.N {
		found = 0
		if err := d.Foresee(b.Context(), func([]Due, func() ([]storage.Outgoing, error)) error { found++; return nil }); err != nil {
			b.Fatal(err)
		}
	}
	report(b)
	b.ReportMetric(float64(found), "due")
	b.ReportMetric(float64(int(appointments)*b.N)/b.Elapsed().Seconds(), "appointments/s")
}

// benchKeep does it, while letters come in.
func benchKeep(b *testing.B, file string, now time.Time) {
	if b.N > 1 {
		b.Skip("all is done once")
	}
	d, s := plannedDesk(b, file)
	d.Now, d.Notices.Now = func() time.Time { return now }, func() time.Time { return now }
	ctx, stop := context.WithCancel(b.Context())
	waits := make(chan []time.Duration)
	go func() { waits <- acceptLetters(b, ctx, s, 5*time.Millisecond) }()
	report := watch()
	mails, looked := 0, 0
	d.Looked = func(n int) { looked += n }
	b.ResetTimer()
	err := d.Keep(b.Context(), func(due Due) {
		if !due.Withheld {
			mails++
		}
	})
	b.StopTimer()
	stop()
	all := <-waits
	if err != nil {
		b.Fatal(err)
	}
	report(b)
	reportWaits(b, all)
	b.ReportMetric(float64(mails)/b.Elapsed().Seconds(), "mails/s")
	b.ReportMetric(float64(mails), "mails")
	b.ReportMetric(float64(looked)/b.Elapsed().Seconds(), "appointments/s")
}

// benchStop is how long it takes to end before all is done.
func benchStop(b *testing.B, file string) {
	d, _ := plannedDesk(b, file)
	var longest time.Duration
	for range b.N {
		ctx, stop := context.WithCancel(b.Context())
		var stopped time.Time
		d.Looked = func(int) { time.AfterFunc(10*time.Millisecond, func() { stopped = time.Now(); stop() }) }
		if err := d.Keep(ctx, func(Due) {}); !errors.Is(err, context.Canceled) {
			b.Fatal(err)
		}
		longest = max(longest, time.Since(stopped))
		stop()
	}
	b.ReportMetric(float64(longest.Microseconds())/1000, "ms-longest")
}

// benchAccept is how long letters wait while nothing is due.
func benchAccept(b *testing.B, file string) {
	_, s := plannedDesk(b, file)
	ctx, stop := context.WithTimeout(b.Context(), time.Duration(b.N)*2*time.Second)
	defer stop()
	reportWaits(b, acceptLetters(b, ctx, s, 5*time.Millisecond))
}

// benchIdle is a minute's tick when nothing is due.
func benchIdle(b *testing.B, file string) {
	d, _ := plannedDesk(b, file)
	for b.Loop() {
		if err := d.Keep(b.Context(), func(due Due) { b.Errorf("%+v was due", due) }); err != nil {
			b.Fatal(err)
		}
	}
}

// benchThousand is one where a thousand people are to be looked at, of whom
// most got a tip the day before.
func benchThousand(b *testing.B, file string) {
	d, s := plannedDesk(b, file)
	day := 0
	d.Now = func() time.Time { return plannedAt.AddDate(0, 0, day).Add(-time.Minute) }
	for b.Loop() {
		b.StopTimer()
		day++
		due, err := s.AppointmentsDue(b.Context(), plannedAt.AddDate(1, 0, 0), storage.Appointment{}, 1000)
		if err != nil {
			b.Fatal(err)
		}
		var list []storage.Moved
		for _, a := range due {
			list = append(list, storage.Moved{Appointment: a, Next: d.Now()})
		}
		if err := s.MoveAppointments(b.Context(), list); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		if err := d.Keep(b.Context(), func(Due) {}); err != nil {
			b.Fatal(err)
		}
	}
}

// acceptLetters accepts a letter every so often, and returns how long each
// took until it was durable.
func acceptLetters(b *testing.B, ctx context.Context, s *storage.Storage, every time.Duration) []time.Duration {
	var waits []time.Duration
	text := bytes.Repeat([]byte("a letter to a mentor, wrapped.\r\n"), 128)
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for i := int64(1); ; i++ {
		select {
		case <-ctx.Done():
			return waits
		case <-ticker.C:
		}
		begun := time.Now()
		body := s.NewBody(ctx, begun)
		body.Write(text)
		_, err := s.Accept(ctx, &storage.Acceptance{
			Key: fmt.Append(nil, b.Name(), begun.UnixNano()), At: begun,
			Message: &storage.Message{PairID: i%1000 + 1, WriterID: i%1000 + 1, At: begun, Words: 12, Language: "en", OriginalID: fmt.Sprint(i, "@corp.test"), MaskedID: fmt.Sprint(i, "@relay.test")},
			Mails:   []storage.Outgoing{{Delivery: storage.Delivery{Kind: storage.DeliveryRelay, SenderID: i%1000 + 1, PairID: i%1000 + 1, Recipient: "ben@uni.test"}, Body: body}},
		})
		if err != nil && !errors.Is(err, context.Canceled) && ctx.Err() == nil {
			b.Error(err)
		}
		waits = append(waits, time.Since(begun))
	}
}

func reportWaits(b *testing.B, waits []time.Duration) {
	slices.Sort(waits)
	for _, q := range []int{50, 99} {
		b.ReportMetric(float64(waits[len(waits)*q/100].Microseconds())/1000, fmt.Sprintf("ms-p%d-accept", q))
	}
}

// watch begins to watch how much memory and how much of its processors the
// process needs; what it returns reports both, where the system tells.
func watch() func(b *testing.B) {
	runtime.GC()
	debug.FreeOSMemory()
	os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) // begins the peak anew, on Linux
	before := processorTime()
	return func(b *testing.B) {
		b.ReportMetric(processorTime()-before, "cpu-s")
		status, err := os.ReadFile("/proc/self/status")
		if err != nil {
			return
		}
		_, after, _ := bytes.Cut(status, []byte("VmHWM:"))
		var kib float64
		if _, err := fmt.Sscan(string(after), &kib); err == nil {
			b.ReportMetric(kib/1024, "MiB-peak")
		}
	}
}

// processorTime is the process's so far, in seconds: on a busy machine it tells
// more than the clock.
func processorTime() float64 {
	stat, err := os.ReadFile("/proc/self/stat")
	_, after, _ := bytes.Cut(stat, []byte(") "))
	fields := bytes.Fields(after)
	if err != nil || len(fields) < 13 {
		return 0
	}
	user, _ := strconv.ParseFloat(string(fields[11]), 64)
	system, _ := strconv.ParseFloat(string(fields[12]), 64)
	return (user + system) / 100 // of a second, on Linux
}
