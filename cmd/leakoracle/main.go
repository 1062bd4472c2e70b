// Command leakoracle tells whether a relay that masks addresses gives the
// sender away: it sends letters through the relay with canaries wherever
// something can hide, and searches what arrives.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/signal"

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

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	context.AfterFunc(ctx, stop) // a second interrupt ends the program at once
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run does what args ask for and returns the exit status.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	fail := func(status int, err error) int {
		fmt.Fprintln(stderr, "leakoracle:", err)
		return status
	}
	var o options
	helped := false
	parser, err := kong.New(&o, kong.Name("leakoracle"), kong.Description(description),
		kong.Writers(stdout, stderr), kong.Exit(func(int) { helped = true }))
	if err == nil {
		_, err = parser.Parse(args)
	}
	switch {
	case helped:
		return exitClean
	case err != nil:
		return fail(exitUsage, err)
	case o.List:
		if err := o.checkNames(); err != nil {
			return fail(exitUsage, err)
		}
		list(stdout, o.vectors())
		return exitClean
	}
	p, err := o.pass()
	if err != nil {
		return fail(exitUsage, err)
	}
	results, err := p.do(ctx)
	if err == nil {
		err = o.print(stdout, results)
	}
	switch {
	case err != nil:
		return fail(exitFault, err)
	case count(results).bad():
		return exitLeaks
	}
	return exitClean
}

// list names vectors, a line each.
func list(w io.Writer, vectors []*oracle.Vector) {
	for _, v := range vectors {
		line := v.Name
		if v.Optional {
			line += " (may be refused or kept back)"
		}
		if v.Known != "" {
			line += " (known: " + v.Known + ")"
		}
		fmt.Fprintln(w, line)
	}
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
