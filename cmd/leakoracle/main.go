// Command leakoracle tells whether a relay that masks addresses gives the
// sender away: it sends letters through the relay with canaries wherever
// something can hide, and searches what arrives.
package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"mentorrelay/cmd/leakoracle/oracle"
)

// The exit statuses.
const (
	exitClean = 0
	exitLeaks = 1 // something leaked, or was lost or damaged
	exitUsage = 2
	exitFault = 3 // no verdict: the relay could not be reached, or the like
)

// options is the command line.
type options struct {
	SMTP   string   `name:"smtp" help:"Where the relay takes mail." placeholder:"HOST:PORT"`
	From   string   `help:"The sender's real address." placeholder:"REAL"`
	Mask   string   `help:"The masked address that the sender writes to." placeholder:"ADDRESS"`
	To     string   `help:"The real address of whom that reaches." placeholder:"REAL"`
	Listen string   `help:"Where this program takes what the relay sends to both." placeholder:"HOST:PORT"`
	Also   []string `help:"Another address of the sender that the relay knows." placeholder:"ADDR" sep:"none"`

	Vector []string `help:"Only these, or these families." placeholder:"NAME" sep:"none"`
	Skip   []string `help:"All but these, or these families." placeholder:"NAME" sep:"none"`
	Strict bool     `help:"Count as leaks what is known to be found by design."`
	List   bool     `help:"Name the vectors, send nothing."`

	JSON   bool          `name:"json" help:"Print one JSON object a vector."`
	Out    string        `help:"Leave every letter and what arrived of it here, as .eml." placeholder:"DIR"`
	Helo   string        `help:"What to say in EHLO; a name that no masked mail may hold." default:"laptop.oracle.example"`
	Wait   time.Duration `help:"How long to wait for the next letter to arrive." default:"30s"`
	Settle time.Duration `help:"How long to wait for what may not arrive, after all others have." default:"2s"`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	context.AfterFunc(ctx, stop)
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run does what args ask for and returns the exit status.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var o options
	helped := false
	parser, err := kong.New(&o, kong.Name("leakoracle"),
		kong.Description("Searches for leaks in what a mail relay makes of letters with canaries in them."),
		kong.Writers(stdout, stderr), kong.Exit(func(int) { helped = true }))
	if err == nil {
		_, err = parser.Parse(args)
	}
	if helped {
		return exitClean
	}
	if err == nil {
		err = o.check()
	}
	if err != nil {
		fmt.Fprintln(stderr, "leakoracle:", err)
		return exitUsage
	}
	if o.List {
		list(stdout, o.vectors())
		return exitClean
	}
	results, err := o.test(ctx)
	if err != nil {
		fmt.Fprintln(stderr, "leakoracle:", err)
		return exitFault
	}
	if err := o.print(stdout, results); err != nil {
		fmt.Fprintln(stderr, "leakoracle:", err)
		return exitFault
	}
	if count(results).bad() {
		return exitLeaks
	}
	return exitClean
}

// check tells what is missing.
func (o *options) check() error {
	if o.List {
		return nil
	}
	for _, f := range []struct{ flag, value string }{
		{"--smtp", o.SMTP}, {"--from", o.From}, {"--mask", o.Mask}, {"--to", o.To}, {"--listen", o.Listen},
	} {
		if f.value == "" {
			return fmt.Errorf("%s is missing (leakoracle --help says more)", f.flag)
		}
	}
	for _, a := range append([]string{o.From, o.Mask, o.To}, o.Also...) {
		if local, domain, ok := strings.Cut(a, "@"); !ok || len(local) < 3 || !strings.Contains(domain, ".") {
			return fmt.Errorf("%s is no address, or too short to be told from chance", a)
		}
	}
	if len(o.vectors()) == 0 {
		return errors.New("no vector is of that name; --list names them")
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

func list(w io.Writer, vectors []*oracle.Vector) {
	for _, v := range vectors {
		line := v.Name
		if v.Optional {
			line += " (may be refused)"
		}
		if v.Known != "" {
			line += " (known: " + v.Known + ")"
		}
		fmt.Fprintln(w, line)
	}
}

// test makes the pass.
func (o *options) test(ctx context.Context) ([]*result, error) {
	p := &pass{
		options: o,
		run: &oracle.Run{
			People: oracle.People{From: o.From, Also: o.Also, Mask: o.Mask, Reader: o.To},
			At:     time.Now(), Helo: o.Helo,
		},
	}
	if _, err := rand.Read(p.run.Seed[:]); err != nil {
		return nil, err
	}
	return p.do(ctx)
}

// print writes the results, as a table or as JSON.
func (o *options) print(w io.Writer, results []*result) error {
	if !o.JSON {
		return printTable(w, results)
	}
	enc := json.NewEncoder(w)
	for _, r := range results {
		if err := enc.Encode(r); err != nil {
			return err
		}
	}
	return nil
}
