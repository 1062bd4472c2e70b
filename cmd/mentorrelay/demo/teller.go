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
	t.scenes++
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

// check tells what was looked at, and whether it is as it should be.
func (t *teller) check(held bool, format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	mark := t.paint("32", "ok  ")
	if held {
		t.held++
	} else {
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
