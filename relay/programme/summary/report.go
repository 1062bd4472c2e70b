package summary

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// Report writes the overview of a programme for a terminal.
func Report(w io.Writer, programme string, o *Overview) error {
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	title := fmt.Sprintf("%s, %s", programme, o.Month.Format("January 2006"))
	fmt.Fprintf(out, "%s\n%s\n\n", title, strings.Repeat("=", len([]rune(title))))
	fmt.Fprintf(out, "pairs\t%d active, %d paused, %d invited, %d ended\n", o.Active, o.Paused, o.Invited, o.Ended)
	fmt.Fprintf(out, "letters\t%d (writers: %d)\n", o.Letters, o.Writers)
	fmt.Fprintf(out, "quiet\t%d of the active pairs had no letter in the month\n", o.Quiet)
	fmt.Fprintf(out, "mail\tcame back: %d, mailboxes suspended: %d, complaints: %d\n", o.Returned, o.Suspended, o.Complaints)
	if err := out.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(w, "\nPairs that need a human\n")
	if len(o.Cases) == 0 {
		fmt.Fprintf(w, "  none\n")
	}
	for _, c := range o.Cases {
		fmt.Fprintf(w, "  %d. pair %d, %s and %s: %s\n", c.Number, c.Pair, c.Mentor, c.Mentee, c.evidence())
	}
	if len(o.Tips) == 0 {
		return nil
	}
	fmt.Fprintf(w, "\nTips: how often the other wrote within 14 days\n")
	width := 0
	for _, t := range o.Tips {
		width = max(width, len(t.Key))
	}
	fmt.Fprintf(w, "  %*s  %-14s  %-14s  difference, 95%%\n", width, "", "with", "without")
	for _, t := range o.Tips {
		fmt.Fprintf(w, "  %-*s  %-14s  %-14s  %s\n", width, t.Key, of(t.ShareWith, t.With), of(t.ShareWithout, t.Without), t.difference())
	}
	return nil
}

// of is a share of so many.
func of(share float64, n int) string {
	if n == 0 {
		return "–"
	}
	return fmt.Sprintf("%3d%% of %d", percent(share), n)
}

// difference is that of the shares with its interval.
func (t Tip) difference() string {
	said := "–"
	if t.With > 0 && t.Without > 0 {
		said = fmt.Sprintf("%s (%s … %s)", points(t.ShareWith-t.ShareWithout), points(t.Low), points(t.High))
	}
	if t.Off {
		said += ", switched off"
	}
	return said
}

// evidence is why a pair needs a human.
func (c Case) evidence() string {
	said := map[string]string{
		ReasonReported:  fmt.Sprintf("%s wrote REPORT %d days ago", c.Who, c.Days),
		ReasonUnwell:    fmt.Sprintf("%s answered %d of 5", c.Who, c.Pulse),
		ReasonUneasy:    fmt.Sprintf("%s answered %d of 5", c.Who, c.Pulse),
		ReasonSuspended: fmt.Sprintf("the mailbox of %s takes no mail", c.Who),
		ReasonSilent:    fmt.Sprintf("%d letters unanswered for %d days; %s is silent", c.Unanswered, c.Days, c.Who),
		ReasonQuiet:     fmt.Sprintf("no letter in %d days", c.Days),
	}[c.Reason]
	if c.Cadence != "" {
		said += " (" + c.Cadence + ")"
	}
	return said
}
