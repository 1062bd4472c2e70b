package main

import (
	"io"
	"os"
	"time"

	"github.com/cheggaaa/pb/v3"
	"github.com/mattn/go-isatty"
)

// progressAfter is how long a command may take before whoever waits for it is
// shown how far it is.
const progressAfter = 2 * time.Second

// A progress shows a person at a terminal how far a command is: a bar, which is
// gone when the command is done.
type progress struct {
	bar   *pb.ProgressBar
	timer *time.Timer // until there is a bar
}

// barLayout is what the bar is like.
const barLayout = `{{counters . }} {{bar . "[" "=" ">" " " "]"}} {{percent . }} {{rtime . "%s left" "" " "}}`

// newProgress begins to show on w how much of a total is done.
func newProgress(w io.Writer, total int64) *progress {
	bar := pb.New64(total).SetTemplateString(barLayout).SetWriter(w).SetRefreshRate(time.Second / 2)
	bar.Set(pb.Terminal, true).Set(pb.ReturnSymbol, "\r").Set(pb.Color, false).Set(pb.CleanOnFinish, true)
	return &progress{bar, time.AfterFunc(progressAfter, func() { bar.Start() })}
}

// add tells that so much more is done.
func (p *progress) add(n int) { p.bar.Add(n) }

// end takes the bar away.
func (p *progress) end() {
	if !p.timer.Stop() {
		p.bar.Start().Finish() // it may be about to begin
	}
}

// watched tells whether a person waits at the terminal: not where a program
// reads what is printed.
func (m *Main) watched(o output) bool {
	return terminal(m.Stderr) && (!o.JSON || terminal(m.Stdout))
}

// terminal tells whether somebody sits at what is read from or written to.
func terminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && isatty.IsTerminal(f.Fd())
}
