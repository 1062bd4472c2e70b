package storage

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"gorm.io/gorm"
)

// batch is how many writes one transaction takes at the most: enough that
// the price of a commit (one fsync) no longer counts, few enough that nobody
// waits long for it.
const batch = 128

var errClosed = errors.New("the database is being closed")

// A writer turns writes that come in side by side into few transactions
// (group commit): while one commits, the next ones gather.
type writer struct {
	db   *gorm.DB
	ops  chan *op
	done sync.WaitGroup
	mu   sync.RWMutex // guards closing ops
	shut bool
}

type op struct {
	ctx    context.Context
	run    func(tx *gorm.DB) error
	result chan error
}

func newWriter(db *gorm.DB, loops int) *writer {
	w := &writer{db: db, ops: make(chan *op, batch)}
	for range loops {
		w.done.Go(w.loop)
	}
	return w
}

// do runs fn in a transaction, with others, and returns once it is durable.
// If any of the group fails, the others are run again, so fn may run twice
// and must not leave traces outside tx. A context that ends before fn runs
// keeps it from running; after that the outcome is waited for, because what
// was cancelled may be durable all the same.
func (w *writer) do(ctx context.Context, fn func(tx *gorm.DB) error) error {
	o := &op{ctx: ctx, run: fn, result: make(chan error, 1)}
	if err := w.submit(o); err != nil {
		return err
	}
	return <-o.result
}

func (w *writer) submit(o *op) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if w.shut {
		return errClosed
	}
	select {
	case w.ops <- o:
		return nil
	case <-o.ctx.Done():
		return o.ctx.Err()
	}
}

// close refuses further writes and waits for those that were submitted.
func (w *writer) close() {
	w.mu.Lock()
	if !w.shut {
		w.shut = true
		close(w.ops)
	}
	w.mu.Unlock()
	w.done.Wait()
}

func (w *writer) loop() {
	group := make([]*op, 0, batch)
	for o := range w.ops {
		group = w.gather(append(group[:0], o))
		w.commit(group)
	}
}

// gather adds what waits already.
func (w *writer) gather(group []*op) []*op {
	for len(group) < batch {
		select {
		case o, ok := <-w.ops:
			if !ok {
				return group
			}
			group = append(group, o)
		default:
			return group
		}
	}
	return group
}

// commit runs the group in one transaction. One that fails is taken out, so
// that the others go through, and gets another try alone, because what it
// met may have been the group's doing (a deadlock with another group).
func (w *writer) commit(group []*op) {
	group = slices.DeleteFunc(group, func(o *op) bool {
		err := o.ctx.Err()
		if err != nil {
			o.result <- err
		}
		return err != nil
	})
	var alone []*op
	for len(group) > 0 {
		failed, err := w.transact(group)
		if failed == nil || len(group) == 1 {
			for _, o := range group {
				o.result <- err
			}
			break
		}
		alone = append(alone, failed)
		group = slices.DeleteFunc(group, func(o *op) bool { return o == failed })
	}
	for _, o := range alone {
		_, err := w.transact([]*op{o})
		o.result <- err
	}
}

// transact tells which of the group failed; nil with an error means that the
// transaction itself did, and may have become durable for all one knows.
func (w *writer) transact(group []*op) (failed *op, err error) {
	err = w.db.Transaction(func(tx *gorm.DB) error {
		for _, o := range group {
			if err := o.apply(tx); err != nil {
				failed = o
				return err
			}
		}
		return nil
	})
	return failed, err
}

func (o *op) apply(tx *gorm.DB) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic in a write: %v", p)
		}
	}()
	return o.run(tx)
}

// write runs fn in the next transaction of a writer and maps broken
// uniqueness to ErrExists.
func (s *Storage) write(ctx context.Context, fn func(tx *gorm.DB) error) error {
	err := s.writer.do(ctx, fn)
	if err != nil && s.engine.unique(err) {
		return fmt.Errorf("%w: %w", ErrExists, err)
	}
	return err
}
