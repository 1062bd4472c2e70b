// Command mentorrelay relays mail between mentors and mentees under masked
// addresses.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"text/tabwriter"
	"time"
	_ "time/tzdata" // time zones must be known on machines without any, too

	"github.com/alecthomas/kong"

	"mentorrelay/relay/mask"
	"mentorrelay/storage"
)

// The exit statuses.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	m := &Main{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Environ: os.Environ(), Now: time.Now}
	os.Exit(m.Run(ctx, os.Args[1:]))
}

// Main is the program with what it needs of its surroundings.
type Main struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Environ        []string // as os.Environ gives it
	Now            func() time.Time

	configFile string // as --config says
}

// commands is the command line.
type commands struct {
	Config string `help:"The configuration file ($MENTORRELAY_CONFIG, or else mentorrelay.toml)." placeholder:"FILE"`

	Demo      demoCommand      `cmd:"" help:"Show a whole programme on loopback, with nothing to set up."`
	Init      initCommand      `cmd:"" help:"Write the configuration, the secret, the DKIM key and the database."`
	Check     checkCommand     `cmd:"" help:"Check configuration, database, DNS and clock; with --live the logins too."`
	Serve     serveCommand     `cmd:"" help:"Run everything until SIGTERM."`
	Programme programmeCommand `cmd:"" help:"Programmes: add, list, show, set."`
	Person    personCommand    `cmd:"" help:"People: add, list, show, pause, resume, import, export, forget."`
	Pair      pairCommand      `cmd:"" help:"Pairs: add, suggest, list, show, pause, resume, end."`
	Hold      holdCommand      `cmd:"" help:"Messages that wait for a decision: list, show, allow, redact, refuse."`
	Survey    surveyCommand    `cmd:"" help:"Surveys: show, send."`
	Summary   summaryCommand   `cmd:"" help:"Monthly summaries: send."`
	Report    reportCommand    `cmd:"" help:"The programme at a glance."`
	Tick      tickCommand      `cmd:"" help:"Do once what is due, then exit."`
	Parse     parseCommand     `cmd:"" help:"Say what the parser finds in a message."`
	Queue     queueCommand     `cmd:"" help:"Mail to be sent: list, show, retry, drop."`
	Version   versionCommand   `cmd:"" help:"Say which version this is."`
}

// Run does what args ask for and returns the exit status.
func (m *Main) Run(ctx context.Context, args []string) int {
	var line commands
	helped := false
	parser, err := kong.New(&line,
		kong.Name("mentorrelay"),
		kong.Description("Relays mail between mentors and mentees under masked addresses."),
		kong.Writers(m.Stdout, m.Stderr),
		kong.Exit(func(int) { helped = true }), // called once --help has printed
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true}),
	)
	if err != nil {
		return m.fail(exitFailed, err)
	}
	command, err := parser.Parse(args)
	if helped {
		return exitDone
	}
	if err != nil {
		return m.fail(exitUsage, fmt.Errorf("%w (mentorrelay --help says more)", err))
	}
	m.configFile = line.Config
	if err := m.do(ctx, command); err != nil {
		return m.fail(exitFailed, err)
	}
	return exitDone
}

// do runs a command, with the arguments that its Run has: ctx, m, and the
// installation, which is opened if there is need for it.
func (m *Main) do(ctx context.Context, command *kong.Context) error {
	command.BindTo(ctx, (*context.Context)(nil))
	var opened *installation
	err := command.BindToProvider(func() (*installation, error) {
		i, err := m.open(ctx)
		opened = i
		return i, err
	})
	if err != nil {
		return err
	}
	err = command.Run(m)
	if opened != nil {
		err = errors.Join(err, opened.Close())
	}
	return err
}

// fail says what went wrong, in one line.
func (m *Main) fail(status int, err error) int {
	fmt.Fprintln(m.Stderr, "mentorrelay:", strings.Join(strings.Fields(err.Error()), " "))
	return status
}

// An installation is a configuration and the records it leads to, as most
// commands need them. They work beside a running server: each change is one
// transaction.
type installation struct {
	config *Config
	*storage.Storage
	masks *mask.Scheme
}

// open opens the installation that the command line names.
func (m *Main) open(ctx context.Context) (*installation, error) {
	c, err := m.config()
	if err != nil {
		return nil, err
	}
	masks, err := c.scheme()
	if err != nil {
		return nil, err
	}
	s, err := storage.Open(ctx, c.Storage.URL)
	if err != nil {
		return nil, err
	}
	return &installation{c, s, masks}, nil
}

// config reads the configuration.
func (m *Main) config() (*Config, error) { return readConfig(m.file(), m.Environ) }

// file is the configuration file that the command line or the environment
// names.
func (m *Main) file() string {
	if m.configFile != "" {
		return m.configFile
	}
	if file := m.variable("MENTORRELAY_CONFIG"); file != "" {
		return file
	}
	return configName
}

// configured tells whether there is a configuration.
func (m *Main) configured() bool {
	_, err := os.Stat(m.file())
	return !errors.Is(err, fs.ErrNotExist)
}

// variable returns the value of an environment variable, or "".
func (m *Main) variable(name string) string {
	for _, v := range m.Environ {
		if value, ok := strings.CutPrefix(v, name+"="); ok {
			return value
		}
	}
	return ""
}

// output is the flag of the commands that print records.
type output struct {
	JSON bool `help:"Print JSON."`
}

// print prints value as JSON if that is wanted, and else the lines that text
// writes, whose tabs make columns.
func (o output) print(m *Main, value any, text func(w io.Writer)) error {
	if o.JSON {
		return writeJSON(m.Stdout, value)
	}
	w := tabwriter.NewWriter(m.Stdout, 0, 0, 2, ' ', 0)
	text(w)
	return w.Flush()
}

// orDash stands for what is empty in a column.
func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// writeJSON writes value on one line, its addresses and signs as they are.
func writeJSON(w io.Writer, value any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(value)
}
