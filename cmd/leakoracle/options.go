package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"mentorrelay/cmd/leakoracle/oracle"
)

// options is the command line.
type options struct {
	From   string   `group:"Who writes to whom:" help:"The sender's real address, which nobody else may learn." placeholder:"ADDRESS"`
	Also   []string `group:"Who writes to whom:" help:"Another address of the sender that the relay knows; may be repeated." placeholder:"ADDRESS" sep:"none"`
	Mask   string   `group:"Who writes to whom:" help:"The masked address that the sender writes to." placeholder:"ADDRESS"`
	To     string   `group:"Who writes to whom:" help:"The real address of the reader whom that reaches." placeholder:"ADDRESS"`
	Listen string   `group:"Who writes to whom:" help:"Listen here for what the relay sends to the reader and to the sender: by SMTP, without TLS." placeholder:"HOST:PORT"`

	SMTP string `group:"How letters reach the relay, one of:" name:"smtp" help:"It takes them here, or a server that passes them on to it." placeholder:"HOST:PORT"`
	IMAP string `group:"How letters reach the relay, one of:" name:"imap" help:"It fetches them from this mailbox; they are laid in as if delivered there. imaps://USER@HOST/INBOX, or imap:// for STARTTLS, which only loopback may lack." placeholder:"URL"`

	PasswordFile string   `group:"With --imap:" help:"The first line is the mailbox's password." placeholder:"FILE"`
	Field        []string `group:"With --imap:" help:"A header field that the provider puts on top of mail from the sender, such as the Authentication-Results that the relay believes; may be repeated." placeholder:"'NAME: VALUE'" sep:"none"`

	Vector []string `group:"Which letters:" help:"Only this one, or this family, such as html; may be repeated." placeholder:"NAME" sep:"none"`
	Skip   []string `group:"Which letters:" help:"Not this one, or this family; may be repeated." placeholder:"NAME" sep:"none"`
	List   bool     `group:"Which letters:" help:"Name them and send nothing."`

	Helo   string        `group:"How to test:" help:"The name of the sender's machine, for EHLO or the last hop; no masked mail may hold it." placeholder:"NAME" default:"laptop.oracle.example"`
	Wait   time.Duration `group:"How to test:" help:"How long to wait for an answer, or for one more letter to arrive (${default}). A relay that polls needs more than its interval." placeholder:"TIME" default:"90s"`
	Settle time.Duration `group:"How to test:" help:"How long to wait for what need not arrive, once all else has (${default})." placeholder:"TIME" default:"2s"`
	Strict bool          `group:"How to test:" help:"Count what is known to be found by design as leaks."`

	JSON bool   `group:"What to report:" name:"json" help:"Print one JSON object a letter."`
	Out  string `group:"What to report:" help:"Leave every letter here, and what arrived of it, as .eml." placeholder:"DIR"`
}

// description is what --help says first.
const description = `Sends letters with canaries in them through a mail relay that masks addresses, and searches what arrives.

Each letter is clean, leak (a canary arrived), lost, damaged (something that must survive did not), refused or kept back (as such a letter may be), or known (a leak that no relay is expected to stop). The exit status is 0 if nothing leaked, was lost or damaged, 1 if something was, 2 for wrong usage, and 3 if there is no verdict.`

// pass prepares what was asked for, or tells what is missing.
func (o *options) pass() (*pass, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	p := &pass{
		options: o,
		run: &oracle.Run{
			People: oracle.People{From: o.From, Also: o.Also, Mask: o.Mask, Reader: o.To},
			At:     time.Now(), Helo: o.Helo,
		},
		carrier: func() carrier { return &submission{address: o.SMTP, helo: o.Helo, patience: o.Wait} },
	}
	rand.Read(p.run.Seed[:]) // never fails: crypto/rand
	if o.IMAP == "" {
		return p, nil
	}
	m, err := o.mailbox()
	if err != nil {
		return nil, err
	}
	p.carrier = func() carrier { another := *m; return &another }
	return p, nil
}

// mailbox is the one that --imap names.
func (o *options) mailbox() (*mailbox, error) {
	u, err := parseMailbox(o.IMAP)
	if err != nil {
		return nil, err
	}
	password, err := os.ReadFile(o.PasswordFile)
	if err != nil {
		return nil, fmt.Errorf("--password-file: %w", err)
	}
	line, _, _ := strings.Cut(string(password), "\n")
	return &mailbox{url: u, password: strings.TrimSuffix(line, "\r"), fields: o.Field, helo: o.Helo, patience: o.Wait}, nil
}

// check tells what is missing or cannot be.
func (o *options) check() error {
	for _, f := range []struct{ flag, value string }{
		{"--from", o.From}, {"--mask", o.Mask}, {"--to", o.To}, {"--listen", o.Listen}, {"--smtp or --imap", o.SMTP + o.IMAP},
	} {
		if f.value == "" {
			return fmt.Errorf("%s is missing (leakoracle --help says more)", f.flag)
		}
	}
	if o.SMTP != "" && o.IMAP != "" {
		return errors.New("letters go in by --smtp or by --imap, not by both")
	}
	if o.IMAP == "" && (o.PasswordFile != "" || len(o.Field) > 0) {
		return errors.New("--password-file and --field are for --imap")
	}
	for _, a := range append([]string{o.From, o.Mask, o.To}, o.Also...) {
		if local, domain, ok := strings.Cut(a, "@"); !ok || len(local) < 3 || !strings.Contains(domain, ".") {
			return fmt.Errorf("%s is no address, or too short to be told from chance", a)
		}
	}
	for _, f := range o.Field {
		if name, _, ok := strings.Cut(f, ":"); !ok || name == "" || strings.ContainsAny(name, " \t") || strings.ContainsAny(f, "\r\n") {
			return fmt.Errorf("%q is no header field; write 'Name: value'", f)
		}
	}
	return o.checkNames()
}

// checkNames makes sure that all vectors that were named exist, and that some
// are left.
func (o *options) checkNames() error {
	all := oracle.Vectors()
	for _, name := range slices.Concat(o.Vector, o.Skip) {
		if !slices.ContainsFunc(all, func(v *oracle.Vector) bool { return named(v.Name, []string{name}) }) {
			return fmt.Errorf("no vector is called %q; --list names them", name)
		}
	}
	if len(o.vectors()) == 0 {
		return errors.New("no vector is left; those of other addresses of the sender need --also")
	}
	return nil
}

// vectors returns those that were asked for.
func (o *options) vectors() []*oracle.Vector {
	var list []*oracle.Vector
	for _, v := range oracle.Vectors() {
		wanted := len(o.Vector) == 0 || named(v.Name, o.Vector)
		if wanted && !named(v.Name, o.Skip) && (!v.NeedsAlso() || len(o.Also) > 0 || o.List) {
			list = append(list, v)
		}
	}
	return list
}

// named tells whether a vector, or a family it is of, is among names.
func named(vector string, names []string) bool {
	for _, n := range names {
		if vector == n || strings.HasPrefix(vector, strings.TrimSuffix(n, "/")+"/") {
			return true
		}
	}
	return false
}
