package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"mentorrelay/cmd/leakoracle/oracle"
)

// The verdicts.
const (
	clean    = "clean"
	leaked   = "leak"
	known    = "known"     // found, by design
	damaged  = "damaged"   // arrived without something that was to survive
	lost     = "lost"      // did not arrive
	refused  = "refused"   // as it may be
	keptBack = "kept back" // as it may be
)

// A result is what became of one vector.
type result struct {
	Vector  string   `json:"vector"`
	Verdict string   `json:"verdict"`
	Answer  string   `json:"answer,omitempty"` // of the relay, if it refused
	Why     string   `json:"why,omitempty"`    // a leak is known
	Leaks   []leak   `json:"leaks,omitempty"`
	Missing []string `json:"missing,omitempty"`

	letter  *oracle.Letter
	dropped bool // the relay left the connection without an answer
	arrived int  // times
}

// A leak is a canary that arrived.
type leak struct {
	Place   string `json:"place"`   // where it was planted
	Canary  string `json:"canary"`  // what was
	Where   string `json:"where"`   // it was found
	How     string `json:"how"`     // decoded
	Excerpt string `json:"excerpt"` // what is around it
}

func (l leak) String() string {
	return fmt.Sprintf("%s of %s is in %s, %s: %q", l.Canary, l.Place, l.Where, l.How, l.Excerpt)
}

func newResult(l *oracle.Letter) *result { return &result{Vector: l.Vector.Name, letter: l} }

// isDue tells whether a letter must arrive and has not.
func (r *result) isDue() bool {
	return r.arrived == 0 && r.Answer == "" && !r.letter.Vector.Optional
}

// add takes in the report on one arrival. A letter that comes twice must be
// good each time.
func (r *result) add(report *oracle.Report) {
	for _, l := range report.Leaks {
		found := leak{l.Canary.Place, l.Canary.Text, l.Where, l.How, l.Excerpt}
		if !slices.Contains(r.Leaks, found) {
			r.Leaks = append(r.Leaks, found)
		}
	}
	for _, m := range report.Missing {
		if !slices.Contains(r.Missing, m) {
			r.Missing = append(r.Missing, m)
		}
	}
}

// judge comes to the verdict.
func (r *result) judge(strict bool) {
	v := r.letter.Vector
	switch {
	case len(r.Leaks) > 0 && v.Known != "" && !strict:
		r.Verdict, r.Why = known, v.Known
	case len(r.Leaks) > 0:
		r.Verdict = leaked
	case len(r.Missing) > 0 && r.arrived > 0:
		r.Verdict = damaged
	case r.arrived > 0:
		r.Verdict = clean
	case !v.Optional || r.dropped:
		r.Verdict = lost
	case r.Answer != "":
		r.Verdict = refused
	default:
		r.Verdict = keptBack
	}
}

// details are lines for a person.
func (r *result) details() []string {
	var lines []string
	for _, l := range r.Leaks {
		lines = append(lines, l.String())
	}
	for _, m := range r.Missing {
		lines = append(lines, "missing: "+m)
	}
	if r.Answer != "" {
		lines = append(lines, r.Answer)
	}
	if r.Why != "" {
		lines = append(lines, r.Why)
	}
	return lines
}

// printTable writes a line a vector, more where there is more to say, and the
// totals.
func printTable(w io.Writer, results []*result) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, r := range results {
		lines := append(r.details(), "")
		if len(lines) > 1 {
			lines = lines[:len(lines)-1]
		}
		fmt.Fprintf(t, "%s\t%s\t%s\n", r.Vector, r.Verdict, lines[0])
		for _, l := range lines[1:] {
			fmt.Fprintf(t, "\t\t%s\n", l)
		}
	}
	fmt.Fprintln(t, count(results))
	return t.Flush()
}

// totals counts verdicts.
type totals map[string]int

func count(results []*result) totals {
	t := totals{}
	for _, r := range results {
		t[r.Verdict]++
	}
	return t
}

// bad tells whether the relay fails.
func (t totals) bad() bool { return t[leaked]+t[lost]+t[damaged] > 0 }

func (t totals) String() string {
	all := 0
	var parts []string
	for _, verdict := range []string{clean, leaked, lost, damaged, refused, keptBack, known} {
		all += t[verdict]
		parts = append(parts, fmt.Sprintf("%d %s", t[verdict], verdict))
	}
	return fmt.Sprintf("%d results: %s", all, strings.Join(parts, ", "))
}
