package storage

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"gorm.io/gorm"
)

// note is the smallest write.
func note(kind string) func(tx *gorm.DB) error {
	return func(tx *gorm.DB) error { return tx.Create(&Notice{Kind: kind}).Error }
}

func notes(t *testing.T, s *Storage) []string {
	t.Helper()
	var kinds []string
	must(t, s.read.Model(&Notice{}).Order("kind").Pluck("kind", &kinds).Error)
	return kinds
}

// together has the writer take the writes as one group, by giving them to a
// writer that does not run yet.
func together(s *Storage, ctx context.Context, writes ...func(tx *gorm.DB) error) []error {
	group := make([]*op, len(writes))
	for i, w := range writes {
		group[i] = &op{ctx: ctx, run: w, result: make(chan error, 1)}
	}
	s.writer.commit(slices.Clone(group))
	errs := make([]error, len(group))
	for i, o := range group {
		errs[i] = <-o.result
	}
	return errs
}

func TestOneThatFailsSparesTheGroup(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		must(t, s.write(context.Background(), note("old")))
		broken := errors.New("broken")
		errs := together(s, context.Background(),
			note("a"),
			note("old"), // breaks uniqueness, which aborts PostgreSQL's transaction
			note("b"),
			func(tx *gorm.DB) error { return errors.Join(note("c")(tx), broken) },
			func(*gorm.DB) error { panic("a fault of ours") },
			note("d"),
			note("d"),
		)
		failed := []bool{false, true, false, true, true, false, true}
		for i, err := range errs {
			if (err != nil) != failed[i] {
				t.Errorf("write %d: %v", i, err)
			}
		}
		if !s.engine.unique(errs[1]) || !s.engine.unique(errs[6]) || !errors.Is(errs[3], broken) {
			t.Errorf("the errors are not each write's own: %v", errs)
		}
		if got, want := notes(t, s), []string{"a", "b", "d", "old"}; !slices.Equal(got, want) {
			t.Errorf("stored %v, want %v", got, want)
		}
	})
}

// A transaction that fails as such is not tried again: it may be durable.
func TestAFailedTransactionFailsTheGroup(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s, err := Open(context.Background(), address)
		must(t, err)
		must(t, closePool(s.writer.db))
		for i, err := range together(s, context.Background(), note("a"), note("b")) {
			if err == nil {
				t.Errorf("write %d went through a closed pool", i)
			}
		}
		s.writer.close()
		must(t, closePool(s.read))
	})
}

func TestACancelledWriteDoesNotRun(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		ended, cancel := context.WithCancel(context.Background())
		cancel()
		cancelled := &op{ctx: ended, run: note("cancelled"), result: make(chan error, 1)}
		other := &op{ctx: context.Background(), run: note("other"), result: make(chan error, 1)}
		s.writer.commit([]*op{cancelled, other})
		if err := <-cancelled.result; !errors.Is(err, context.Canceled) {
			t.Errorf("the cancelled one: %v", err)
		}
		if err := <-other.result; err != nil {
			t.Errorf("the other: %v", err)
		}
		if err := s.write(ended, note("late")); !errors.Is(err, context.Canceled) {
			t.Errorf("a write after its context ended: %v", err)
		}
		if got := notes(t, s); !slices.Equal(got, []string{"other"}) {
			t.Errorf("stored %v", got)
		}
	})
}

// While the writers are held up and the queue is full, a context that ends
// frees the one who waits.
func TestACancelledWriteDoesNotWait(t *testing.T) {
	w := &writer{ops: make(chan *op)} // nobody takes from it
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error)
	go func() { done <- w.do(ctx, nil) }()
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestManyWritesAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s := open(t, address)
		var wg sync.WaitGroup
		for i := range 1000 {
			wg.Go(func() {
				if err := s.write(context.Background(), note(fmt.Sprint(i%900))); (err != nil) != (errors.Is(err, ErrExists)) {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if got := len(notes(t, s)); got != 900 {
			t.Errorf("%d stored", got)
		}
	})
}

// Close carries out what was submitted, refuses the rest, and hangs nobody.
func TestCloseWhileWritesWait(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		s, err := Open(context.Background(), address)
		must(t, err)
		started, hold := make(chan struct{}), make(chan struct{})
		var once sync.Once
		var wg sync.WaitGroup
		errs := make([]error, 300)
		for i := range errs {
			wg.Go(func() {
				errs[i] = s.write(context.Background(), func(tx *gorm.DB) error {
					once.Do(func() { close(started) })
					<-hold
					return note(fmt.Sprint(i))(tx)
				})
			})
		}
		<-started
		closed := make(chan error)
		go func() { closed <- s.Close() }()
		close(hold)
		wg.Wait()
		must(t, <-closed)
		if err := s.write(context.Background(), note("late")); !errors.Is(err, errClosed) {
			t.Errorf("a write after Close: %v", err)
		}
		again := open(t, address)
		acknowledged := 0
		for _, err := range errs {
			if err == nil {
				acknowledged++
			} else if !errors.Is(err, errClosed) {
				t.Error(err)
			}
		}
		if got := len(notes(t, again)); got != acknowledged || got == 0 {
			t.Errorf("%d stored, %d acknowledged", got, acknowledged)
		}
	})
}

// Two groups that take the same rows in opposite orders: PostgreSQL ends the
// deadlock by failing one write, which then goes through alone.
func TestADeadlockIsTriedAgain(t *testing.T) {
	onBoth(t, func(t *testing.T, address string) {
		one, two := open(t, address), open(t, address)
		ctx := context.Background()
		must(t, one.Beat(ctx, "a", start()))
		must(t, one.Beat(ctx, "b", start()))
		touch := func(name string) func(tx *gorm.DB) error {
			return func(tx *gorm.DB) error {
				return changed(tx.Model(&Instance{}).Where("name = ?", name).Update("beat_at", start()))
			}
		}
		var met sync.WaitGroup // both hold their first row
		meet := func() func(tx *gorm.DB) error {
			met.Add(1)
			once := sync.OnceFunc(func() { met.Done(); met.Wait() })
			return func(*gorm.DB) error {
				if one.engine.alone() {
					return nil // SQLite: the second has not begun yet
				}
				once()
				return nil
			}
		}
		first, second := meet(), meet()
		var wg sync.WaitGroup
		var errs [2][]error
		wg.Go(func() { errs[0] = together(one, ctx, touch("a"), first, touch("b")) })
		wg.Go(func() { errs[1] = together(two, ctx, touch("b"), second, touch("a")) })
		wg.Wait()
		must(t, errors.Join(append(errs[0], errs[1]...)...))
	})
}
