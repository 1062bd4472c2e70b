package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"

	"mentorrelay/cmd/mentorrelay/demo"
	"mentorrelay/relay/programme"
)

// demoCommand shows a whole programme on loopback.
type demoCommand struct {
	Out  string `default:"demo-out" help:"Where to leave the mails." placeholder:"DIR"`
	Stay bool   `help:"Keep the servers up, so that a mail client can log in."`
}

// Run runs the demo. It uses this program as anybody would: by its commands,
// and by the environment twins of its configuration.
func (c *demoCommand) Run(ctx context.Context, m *Main) error {
	clock := demo.NewClock(demo.Beginning())
	d := &demo.Demo{
		Out: m.Stdout, Colour: m.colours(), Dir: c.Out, Stay: c.Stay, Clock: clock,
		Command: func(ctx context.Context, environ []string, args ...string) ([]byte, error) {
			var out, errs bytes.Buffer
			inner := &Main{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &errs, Environ: environ, Now: clock.Now}
			if inner.Run(ctx, args) != exitDone {
				return nil, fmt.Errorf("mentorrelay %s: %s", strings.Join(args, " "), strings.TrimSpace(errs.String()))
			}
			return out.Bytes(), nil
		},
		Serve: func(ctx context.Context, environ []string) (*demo.Server, error) {
			config, err := (&Main{Environ: environ}).config()
			if err != nil {
				return nil, err
			}
			log := slog.New(slog.NewTextHandler(m.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
			s, err := assemble(ctx, config, clock.Now, log)
			if err != nil {
				return nil, err
			}
			return &demo.Server{Run: s.Run, Keep: func(ctx context.Context) (done []demo.Done, err error) {
				err = s.desk.Keep(ctx, func(x programme.Due) { done = append(done, demo.Done{Kind: x.Kind, Key: x.Key, Withheld: x.Withheld}) })
				return done, errors.Join(err, s.store.ExpireAsks(ctx, clock.Now())) // which a server does each hour
			}}, nil
		},
	}
	return d.Run(ctx)
}

// colours tells whether to write in colours: on a terminal, unless NO_COLOR
// is set (https://no-color.org).
func (m *Main) colours() bool {
	file, ok := m.Stdout.(*os.File)
	if !ok || m.variable("NO_COLOR") != "" {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
