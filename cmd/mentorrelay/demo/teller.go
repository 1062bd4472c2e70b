package demo

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"
)

// width is how many columns the narration takes.
const width = 80

// A teller narrates, and counts what it was told to check.
type teller struct {
	out    io.Writer
	colour bool
	scenes int
	held   int
	failed []string

	told  map[string]bool // the checks that have been
	again int             // those of this scene that are not told again

	between bool // what follows is not the first line after a scene
}

// paint dresses text in a colour (ECMA-48 SGR), where there are colours.
func (t *teller) paint(sgr, text string) string {
	if !t.colour {
		return text
	}
	return "\x1b[" + sgr + "m" + text + "\x1b[0m"
}

// scene begins the next scene.
func (t *teller) scene(at time.Time, title string) {
	t.rest()
	t.scenes++
	t.between = false
	fmt.Fprintf(t.out, "\n%s\n", t.paint("1", fmt.Sprintf("%2d  %s", t.scenes, title)))
	fmt.Fprintf(t.out, "    %s\n\n", t.paint("2", at.Format("Monday 2 January 2006, 15:04")))
}

// say tells something in a paragraph.
func (t *teller) say(format string, args ...any) {
	for _, line := range wrap(fmt.Sprintf(format, args...), width-4) {
		fmt.Fprintf(t.out, "    %s\n", line)
	}
}

// quote shows the beginning of a text, in lines of its own.
func (t *teller) quote(text string, lines int) {
	list := wrap(text, width-8)
	if len(list) > lines {
		list = append(list[:lines-1], list[lines-1]+" …")
	}
	for _, line := range list {
		fmt.Fprintf(t.out, "    %s %s\n", t.paint("2", "│"), t.paint("3", line))
	}
	fmt.Fprintln(t.out)
}

// command shows what is typed.
func (t *teller) command(words ...string) {
	line := ""
	for _, w := range words {
		if strings.Contains(w, " ") {
			w = `"` + w + `"`
		}
		line += w + " "
	}
	parts := wrap(line, width-12)
	for i, part := range parts {
		lead, end := "$ ", ""
		if i > 0 {
			lead = "    "
		}
		if i < len(parts)-1 {
			end = " \\"
		}
		fmt.Fprintf(t.out, "    %s\n", t.paint("36", lead+part+end))
	}
}

// field shows one field of something.
func (t *teller) field(name, value string) {
	lines := wrap(value, width-24)
	if len(lines) == 0 {
		lines = []string{""}
	}
	for _, line := range lines {
		fmt.Fprintln(t.out, strings.TrimRight(fmt.Sprintf("      %-16s  %s", name, line), " "))
		name = ""
	}
}

// aside tells in a line of something that happened between the scenes.
func (t *teller) aside(at time.Time, format string, args ...any) {
	lead := at.Format("    2 January  ")
	for i, line := range wrap(fmt.Sprintf(format, args...), width-20) {
		if i > 0 {
			lead = ""
		}
		fmt.Fprintf(t.out, "%-18s%s\n", lead, line)
	}
}

// lines shows a text as it is broken, its first lines if there are more.
func (t *teller) lines(text string, most int) {
	var list []string
	for line := range strings.SplitSeq(strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n")), "\n") {
		indent := line[:len(line)-len(strings.TrimLeft(line, " "))]
		broken := wrap(line, width-8-len(indent))
		if len(broken) == 0 {
			broken = []string{""}
		}
		for _, part := range broken {
			list = append(list, indent+part)
		}
	}
	if len(list) > most {
		list = append(list[:most-1], "…")
	}
	for _, line := range list {
		fmt.Fprintln(t.out, strings.TrimRight(fmt.Sprintf("    %s %s", t.paint("2", "│"), t.paint("3", line)), " "))
	}
	fmt.Fprintln(t.out)
}

// A spaced writer never leaves more than one line empty.
type spaced struct {
	io.Writer
	ends int // line ends that were written last
}

// Write implements io.Writer.
func (s *spaced) Write(p []byte) (int, error) {
	var kept []byte
	for _, c := range p {
		if c != '\n' {
			s.ends = 0
		} else if s.ends++; s.ends > 2 {
			continue
		}
		kept = append(kept, c)
	}
	_, err := s.Writer.Write(kept)
	return len(p), err
}

// rest tells how many checks were not told.
func (t *teller) rest() {
	if t.again > 0 {
		fmt.Fprintf(t.out, "    %s%s\n", t.paint("32", "ok  "), counted(t.again, "check more, as above", "checks more, as above"))
	}
	t.again = 0
}

func counted(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, more)
}

// check tells what was looked at, and whether it is as it should be; what was
// told before, and holds again, is only counted.
func (t *teller) check(held bool, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	mark := t.paint("32", "ok  ")
	if t.told == nil {
		t.told = map[string]bool{}
	}
	before := t.told[text]
	t.told[text] = true
	switch {
	case held && before:
		t.held++
		t.again++
		return
	case held:
		t.held++
	default:
		mark = t.paint("31", "NO  ")
		t.failed = append(t.failed, fmt.Sprintf("scene %d: %s", t.scenes, text))
	}
	for _, line := range wrap(text, width-8) {
		fmt.Fprintf(t.out, "    %s%s\n", mark, line)
		mark = "    "
	}
}

// wrap breaks text at its spaces into lines of at most columns; words that
// are longer stand alone.
func wrap(text string, columns int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Split(strings.Join(strings.Split(text, "\n"), " "), " ") {
		switch {
		case word == "":
		case line == "":
			line = word
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) <= columns:
			line += " " + word
		default:
			lines = append(lines, line)
			line = word
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}
