package outbox

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"mentorrelay/storage"
)

// outstanding is how many outcomes of one sender may be on their way into the
// database while it sends on. It is also how many messages of each sender may
// be sent twice if the machine stops dead; a process that is killed leaves
// Sent's note of them.
const outstanding = 4

// How long to wait before an outcome that the database did not take is given
// to it again.
const (
	firstAgain = 100 * time.Millisecond
	lastAgain  = 5 * time.Second
)

// send sends one message after another until ctx ends. What is in flight
// then goes on until sending ends too.
func (o *Outbox) send(ctx, sending context.Context) {
	var buf bytes.Buffer
	var finishing sync.WaitGroup
	defer finishing.Wait()
	slots := make(chan struct{}, outstanding)
	for o.pass(ctx, sending) {
		slots <- struct{}{} // before there is something to record, so that nothing sent waits for it
		d := o.take(ctx)
		if d == nil {
			return
		}
		status, err := o.attempt(sending, d, &buf)
		if err == nil {
			if fault := o.config.Store.Sent(d); fault != nil {
				o.complain("noting what was sent failed", fault)
			}
		}
		finishing.Go(func() {
			o.finish(sending, d, status, err)
			<-slots
		})
	}
}

// take waits for a delivery in hand, or returns nil when ctx ends.
func (o *Outbox) take(ctx context.Context) *storage.Delivery {
	select {
	case <-ctx.Done():
		return nil
	case d := <-o.feed.Mail():
		o.feed.Took()
		return d
	case d := <-o.claimed:
		return d
	}
}

// attempt tries to hand d over, and returns the codes of the peer's 250.
func (o *Outbox) attempt(ctx context.Context, d *storage.Delivery, buf *bytes.Buffer) (status string, err error) {
	began := time.Now()
	c, used, err := o.pool.get(ctx)
	if err != nil {
		return "", o.judge(began, err)
	}
	l, err := o.prepare(ctx, d, buf) // signing is not cheap: only now that somebody is there
	if err != nil {
		o.pool.put(c)
		return "", err
	}
	from := o.config.Scheme.Bounce(d.ID, o.config.Now())
	status, err = c.send(from, d.Recipient, l)
	o.pool.put(c)
	if used && err != nil && asFailure(err).unsent {
		// The server had ended the connection while it was idle, which says
		// nothing of this message; nor of others that idle, so not get.
		if c, err = o.pool.host.connect(ctx); err == nil {
			status, err = c.send(from, d.Recipient, l)
			o.pool.put(c)
		}
	}
	return status, o.judge(began, err)
}

// judge closes the gate if the smarthost as a whole failed an attempt, and
// opens it if the smarthost has dealt with the message. It returns err.
func (o *Outbox) judge(began time.Time, err error) error {
	f := &failure{}
	if err != nil {
		f = asFailure(err)
	}
	switch {
	case f.smarthost || f.unsent:
		if o.gate.shut(began, f) {
			o.config.Log.Error("the smarthost fails as a whole; all mail waits", "status", f.codes(), "error", f.cause)
		}
	case f.cause == nil && o.gate.open():
		o.config.Log.Info("the smarthost takes mail again")
	}
	return err
}

// finish records how an attempt ended, however often that takes: if it were
// not recorded, what was sent would be sent again.
func (o *Outbox) finish(ctx context.Context, d *storage.Delivery, status string, err error) {
	out := o.outcome(ctx, d, status, err)
	if o.config.Attempted != nil {
		o.config.Attempted(d.Kind, out.State)
	}
	for again := firstAgain; ; again = min(2*again, lastAgain) {
		fault := o.config.Store.Finish(context.WithoutCancel(ctx), out)
		if fault == nil {
			o.report(slog.LevelInfo, "attempt ended", out, err)
			return
		}
		if errors.Is(fault, storage.ErrNotFound) {
			o.report(slog.LevelWarn, "attempt ended after the delivery was taken out of our hands", out, err)
			return
		}
		o.complain("recording an attempt failed", fault)
		select {
		case <-ctx.Done():
			o.report(slog.LevelError, "attempt ended and was not recorded", out, err)
			return
		case <-time.After(again):
		}
	}
}

func (o *Outbox) report(level slog.Level, what string, out *storage.Outcome, err error) {
	facts := []any{"delivery", out.Delivery.ID, "state", out.State, "status", out.Status, "attempts", out.Delivery.Attempts}
	if err != nil && asFailure(err).cause != nil {
		facts = append(facts, "error", asFailure(err).cause)
	}
	o.config.Log.Log(context.Background(), level, what, facts...)
}

// outcome decides what becomes of a delivery after an attempt.
func (o *Outbox) outcome(ctx context.Context, d *storage.Delivery, status string, err error) *storage.Outcome {
	now := o.config.Now()
	out := &storage.Outcome{Delivery: d, State: storage.DeliverySent, Status: status, At: now}
	if err == nil {
		return out
	}
	f := asFailure(err)
	out.State, out.Status = storage.DeliveryQueued, f.codes()
	if f.permanent() || !f.blameless && now.Sub(d.CreatedAt) >= life {
		if err := o.fail(ctx, out, f.text); err != nil {
			o.complain("deciding about a failed delivery failed", err)
		}
	}
	if !d.NextAt.After(now) { // the attempt took longer than planned
		d.NextAt = now.Add(o.backoff(d.Attempts))
	}
	return out
}

// fail makes an outcome final, with what follows from it.
func (o *Outbox) fail(ctx context.Context, out *storage.Outcome, reply string) (err error) {
	if o.config.Failed != nil {
		out.Mails, out.Changes, err = o.config.Failed(context.WithoutCancel(ctx), out.Delivery, out.Status, reply)
	}
	if err == nil {
		out.State = storage.DeliveryFailed
	}
	return err
}
