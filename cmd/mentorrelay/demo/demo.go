package demo

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
)

// A Demo is one showing.
type Demo struct {
	Out    io.Writer
	Colour bool
	Dir    string // where the mails are left
	Stay   bool   // keep the servers up afterwards, until the context ends
	Clock  *Clock // what Command and Serve take the time from

	// Command runs mentorrelay with an environment and arguments, and returns
	// what it prints.
	Command func(ctx context.Context, environ []string, args ...string) ([]byte, error)
	// Serve opens the doors as `mentorrelay serve` does.
	Serve func(ctx context.Context, environ []string) (*Server, error)
}

// A Server is mentorrelay with its doors open.
type Server struct {
	// Run serves until its context ends.
	Run func(context.Context) error
	// Keep does what is due by the clock, as a server looks for each minute,
	// and tells of what was done.
	Keep func(context.Context) ([]Done, error)
}

// Done is something that the clock gave rise to.
type Done struct {
	Kind, Key string
	Withheld  bool // it was not done, to see what happens without
}

// relayDomain is where the masks of the demo live.
const relayDomain = "relay.test"

// A programme is the mentoring programme on show.
type programme struct {
	*Demo
	*teller
	*composer
	archive *archive
	office  *PostOffice
	door    string   // the relay's, as host:port
	environ []string // of every command
	dns     map[string]string
	pair    int64
	mentor  *person
	mentee  *person
	// The coordinator has a mail client, too.
	coordinator *person
	asked       map[*person]*received // the mail that each is yet to answer
	keep        func(context.Context) ([]Done, error)
	crossed     int           // letters
	stopped     chan struct{} // closed once the relay has ended
	failure     error         // why it ended
}

// A person is someone of the pair or their coordinator, with a mail client.
type person struct {
	*client
	first    string // how they are called
	about    string
	language string
	mask     string            // whom they write to
	last     *received         // the other's last letter
	twins    map[string]string // of each message id that they know, the one that the other knows
}

// Run shows the programme. It fails if anything was not as it is told.
func (d *Demo) Run(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "mentorrelay-demo-")
	if err != nil {
		return err
	}
	return errors.Join(d.run(ctx, dir), os.RemoveAll(dir))
}

func (d *Demo) run(ctx context.Context, dir string) (err error) {
	p := &programme{Demo: d, teller: &teller{out: &spaced{Writer: d.Out}, colour: d.Colour}, stopped: make(chan struct{})}
	if p.composer, err = newComposer(); err != nil {
		return err
	}
	if p.archive, err = newArchive(d.Dir); err != nil {
		return err
	}
	if err := p.openOffice(); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.office.Close()) }()
	p.introduce()
	if err := p.install(ctx, dir); err != nil {
		return err
	}
	stop, err := p.serve(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	if err := p.play(ctx); err != nil {
		return err
	}
	if err := p.conclude(); err != nil || !d.Stay {
		return err
	}
	return p.stay(ctx)
}

// openOffice opens the post office and gives the two their mail clients.
func (p *programme) openOffice() (err error) {
	if p.door, err = freePort(); err != nil {
		return err
	}
	mentor := Account{"Alice Martin", "alice.martin@corp.test", newPassword()}
	mentee := Account{"Ben Durand", "ben.durand@uni.test", newPassword()}
	coordinator := Account{"Coordination Passerelle", "coordination@passerelle.test", newPassword()}
	if p.office, err = OpenPostOffice(p.Clock.Now, map[string]string{relayDomain: p.door}, mentor, mentee, coordinator); err != nil {
		return err
	}
	p.asked = map[*person]*received{}
	open := func(a Account) *client {
		return &client{Account: a, imap: p.office.IMAP(), smtp: p.office.SMTP(), now: p.Clock.Now}
	}
	p.mentor = &person{client: open(mentor), first: "Alice", about: "mentor, in operations research", language: "en", twins: map[string]string{}}
	p.mentee = &person{client: open(mentee), first: "Ben", about: "mentee, student of statistics", language: "fr", twins: map[string]string{}}
	p.coordinator = &person{client: open(coordinator), first: "Coordinator", language: "fr"}
	return nil
}

// everyone is who gets mail.
func (p *programme) everyone() []*person { return []*person{p.coordinator, p.mentor, p.mentee} }

// freePort finds a port of the loopback interface that nobody listens on.
func freePort() (address string, err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// install makes the programme with the commands that a coordinator types.
func (p *programme) install(ctx context.Context, dir string) error {
	p.environ = []string{
		"MENTORRELAY_CONFIG=" + filepath.Join(dir, "mentorrelay.toml"),
		"MENTORRELAY_SMTP_LISTEN=" + p.door,
		"MENTORRELAY_SMTP_TRUSTED=127.0.0.0/8", // the post office has seen to who writes
		"MENTORRELAY_SEND_URL=smtp://" + p.office.SMTP(),
	}
	for _, variable := range p.environ {
		p.command("export", variable)
	}
	var made struct {
		Records []struct{ Name, Type, Value string }
	}
	if err := p.enter(ctx, &made, "init", "--domain", relayDomain, "--programme", "Passerelle", "--coordinator", p.coordinator.Address,
		"--language", "fr", "--timezone", "Europe/Paris", "--dir", dir); err != nil {
		return err
	}
	p.dns = map[string]string{}
	for _, r := range made.Records {
		if r.Type == "TXT" {
			p.dns[r.Name] = r.Value
		}
	}
	for _, who := range []*person{p.mentor, p.mentee} {
		if err := p.enter(ctx, nil, "person", "add", "--name", who.Name, "--email", who.Address, "--language", who.language); err != nil {
			return err
		}
	}
	// Draws are made with the secret: with this one they fall as the story has
	// them, each time.
	return os.WriteFile(filepath.Join(dir, "secret.key"), []byte(base64.StdEncoding.EncodeToString(secret)+"\n"), 0o600)
}

// secret is that of the demo, which has nothing to hide.
var secret = []byte("mentorrelay demo: secret no. 001")

// enter shows a command, runs it, and reads the JSON it prints.
func (p *programme) enter(ctx context.Context, into any, args ...string) error {
	p.command(append([]string{"mentorrelay"}, args...)...)
	return p.ask(ctx, into, args...)
}

// ask is enter without the showing.
func (p *programme) ask(ctx context.Context, into any, args ...string) error {
	out, err := p.Command(ctx, p.environ, append(args, "--json")...)
	if err != nil || into == nil {
		return err
	}
	if err := json.Unmarshal(out, into); err != nil {
		return fmt.Errorf("reading what mentorrelay %s prints: %w", args[0], err)
	}
	return nil
}

// serve starts the relay; stop ends it.
func (p *programme) serve(ctx context.Context) (stop func() error, err error) {
	p.command("mentorrelay", "serve")
	server, err := p.Serve(ctx, p.environ)
	if err != nil {
		return nil, err
	}
	p.keep = server.Keep
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx)) // until stop: what ends the demo, ends the story first
	go func() {
		defer close(p.stopped)
		p.failure = server.Run(ctx)
	}()
	return func() error {
		cancel()
		<-p.stopped
		return p.failure
	}, nil
}
