package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"

	"mentorrelay/parser/message"
	"mentorrelay/relay"
	"mentorrelay/relay/mask"
	"mentorrelay/relay/notice"
	"mentorrelay/relay/outbox"
	"mentorrelay/relay/programme"
	"mentorrelay/relay/trust"
	"mentorrelay/storage"
	"mentorrelay/templates"
)

// serveCommand runs everything.
type serveCommand struct{}

// Run relays until ctx ends.
func (c *serveCommand) Run(ctx context.Context, m *Main) error {
	config, err := m.config()
	if err != nil {
		return err
	}
	s, err := assemble(ctx, config, m.Now, slog.New(slog.NewTextHandler(m.Stderr, nil)))
	if err != nil {
		return err
	}
	return s.Run(ctx)
}

// A service is an installation at work: doors that take mail in, and the
// outbox that sends it.
type service struct {
	store   *storage.Storage
	release func() error // gives up the right to serve the database
	doors   []door
	outbox  *outbox.Outbox
	desk    *programme.Desk
	now     func() time.Time
	log     *slog.Logger
}

// assemble makes the service that a configuration describes, ready to Run.
// Its ports are open once it returns.
func assemble(ctx context.Context, c *Config, now func() time.Time, log *slog.Logger) (*service, error) {
	if err := c.complete(); err != nil {
		return nil, err
	}
	s := &service{now: now, log: log}
	if err := s.assemble(ctx, c); err != nil {
		return nil, errors.Join(err, s.close())
	}
	return s, nil
}

func (s *service) assemble(ctx context.Context, c *Config) (err error) {
	if s.release, err = storage.Serve(c.Storage.URL); err != nil {
		return err
	}
	if s.store, err = storage.Open(ctx, c.Storage.URL); err != nil {
		return err
	}
	masks, err := c.scheme()
	if err != nil {
		return err
	}
	core, desk, err := newRelay(c, s.store, masks, s.now, s.log)
	if err != nil {
		return err
	}
	s.desk = desk
	meters := newMeters(s.store, s.now)
	core.Received = meters.Received
	if s.outbox, err = newOutbox(c, s.store, masks, desk, meters, s.now, s.log); err != nil {
		return err
	}
	if s.doors, err = openDoors(c, core, s.now, s.log); err != nil || c.Service.Metrics == "" {
		return err
	}
	window, err := meters.listen(c.Service.Metrics)
	if err != nil {
		return err
	}
	s.doors = append(s.doors, window)
	return nil
}

// newRelay makes what takes mail in, and the desk that answers for the
// programmes.
func newRelay(c *Config, store *storage.Storage, masks *mask.Scheme, now func() time.Time, log *slog.Logger) (*relay.Relay, *programme.Desk, error) {
	words, err := templates.New()
	if err != nil {
		return nil, nil, err
	}
	notices := &notice.Writer{Words: words, Scheme: masks, Store: store, Now: now}
	surveys, err := templates.NewSurveys()
	if err != nil {
		return nil, nil, err
	}
	desk := &programme.Desk{Store: store, Notices: notices, Surveys: surveys, Now: now, Log: log}
	limits := message.DefaultLimits()
	limits.Size = int64(c.SMTP.MaxSize)
	return relay.New(relay.Config{
		Store:   store,
		Scheme:  masks,
		Trust:   &trust.Checker{Trusted: c.trusted(), AuthservID: c.IMAP.AuthservID, Resolver: c.resolver(), Now: now},
		Notices: notices,
		Service: desk,
		Limits:  limits,
		Quotas:  relay.DefaultQuotas(),
		Now:     now,
		Log:     log,
	}), desk, nil
}

// Run relays until ctx ends or a part fails, finishes what is in hand, and
// closes the service.
func (s *service) Run(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	sending, stopSending := context.WithCancel(context.WithoutCancel(ctx))
	defer stopSending()

	failures := make(chan error, len(s.doors)+3)
	start := func(group *sync.WaitGroup, ctx context.Context, name string, run func(context.Context) error) {
		group.Go(func() {
			err := run(ctx)
			if stopped := ctx.Err() != nil && errors.Is(err, context.Canceled); err != nil && !stopped {
				s.log.Error("stopping, for a part failed", "part", name, "err", err)
				failures <- fmt.Errorf("%s: %w", name, err)
				stop()
			}
		})
	}
	var doors, rest sync.WaitGroup
	start(&rest, sending, "outbox", s.outbox.Run)
	start(&rest, sending, "housekeeping", s.keepHouse)
	start(&rest, sending, "clock", func(ctx context.Context) error { return keepTime(ctx, s.desk, s.log) })
	for _, d := range s.doors {
		start(&doors, ctx, d.name, d.run)
	}
	s.log.Info("serving")

	<-ctx.Done()
	s.log.Info("stopping")
	s.await(&doors)
	stopSending() // after the doors, so that what they took last goes out, too
	rest.Wait()
	doors.Wait()
	close(failures)
	err := <-failures
	return errors.Join(err, s.close())
}

// await gives the doors their time.
func (s *service) await(doors *sync.WaitGroup) {
	done := make(chan struct{})
	go func() {
		doors.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(doorGrace):
	}
}

// close lets go of the database.
func (s *service) close() error {
	var errs []error
	if s.store != nil {
		errs = append(errs, s.store.Close())
	}
	if s.release != nil {
		errs = append(errs, s.release())
	}
	return errors.Join(errs...)
}

const (
	// receiptLife is how long a message that comes again is known: clients
	// and servers give up after five days (RFC 5321 §4.5.4.1), and somebody
	// may move mail back into an IMAP mailbox.
	receiptLife = 30 * 24 * time.Hour
	// stagedLife is longer than any message takes to be received.
	stagedLife = 24 * time.Hour
	// holdFactsLife is how long it is known what was held: who answers late
	// is told so.
	holdFactsLife = 60 * 24 * time.Hour
	// requestLife is how long after its time a request is known: who confirms
	// it late is asked anew.
	requestLife = 60 * 24 * time.Hour
	// cleaningEvery is how often what is past these is looked for.
	cleaningEvery = time.Hour
)

// keepHouse removes what is no longer needed, until ctx ends.
func (s *service) keepHouse(ctx context.Context) error {
	ticker := time.NewTicker(cleaningEvery)
	defer ticker.Stop()
	for {
		_, err := s.store.ForgetReceipts(ctx, s.now().Add(-receiptLife))
		if err == nil {
			_, err = s.store.SweepBodies(ctx, s.now().Add(-stagedLife))
		}
		if err == nil {
			_, err = s.store.ExpireHolds(ctx, s.now())
		}
		if err == nil {
			err = s.store.ExpireAsks(ctx, s.now())
		}
		if err == nil {
			err = errors.Join(s.store.ForgetHolds(ctx, s.now().Add(-holdFactsLife)), s.store.ForgetRequests(ctx, s.now().Add(-requestLife)))
		}
		if err != nil && ctx.Err() == nil {
			s.log.Error("housekeeping failed, and will be tried again", "err", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
	}
}

// newOutbox makes the outbox.
func newOutbox(c *Config, store *storage.Storage, masks *mask.Scheme, desk *programme.Desk, meters *meters, now func() time.Time, log *slog.Logger) (*outbox.Outbox, error) {
	config, err := outboxConfig(c)
	if err != nil {
		return nil, err
	}
	if c.DKIM.KeyFile != "" {
		if config.Signers, err = c.signers(); err != nil {
			return nil, err
		}
		config.LookupTXT = c.resolver().LookupTXT
	}
	host, err := os.Hostname()
	if err != nil {
		return nil, err
	}
	config.Instance = host + "-" + rand.Text()
	config.Store, config.Scheme, config.Failed, config.Attempted = store, masks, desk.Failed, meters.Attempted
	config.Now, config.Log = now, log
	return outbox.New(config)
}

// outboxConfig is how to reach the server that mail goes out by.
func outboxConfig(c *Config) (outbox.Config, error) {
	config := outbox.Config{URL: c.Send.URL, Connections: c.Send.Connections, Hostname: c.Service.Domain}
	var err error
	if c.Send.PasswordFile != "" {
		config.Password, err = readPassword(c.Send.PasswordFile)
	}
	if err != nil {
		err = fmt.Errorf("send.password_file: %w", err)
	}
	return config, err
}
