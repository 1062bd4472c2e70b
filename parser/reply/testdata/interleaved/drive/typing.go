package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
)

// An answer is what is typed below a quoted passage.
type answer struct {
	top   bool     // it is typed above or below the attribution, before all that is quoted
	below string   // the last words of the passage; "" for all the letter
	lines []string // what is typed
}

// readPlan reads the answers to a letter, in the form of the golden files.
func readPlan(file string) ([]answer, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var plan []answer
	for l := range strings.Lines(strings.TrimRight(string(data), "\n")) {
		l = strings.TrimSuffix(l, "\n")
		if passage, ok := strings.CutPrefix(l, "--- answers:"); ok {
			plan = append(plan, answer{below: squeeze(passage)})
		} else if l == "--- new" {
			plan = append(plan, answer{top: true})
		} else if last := &plan[max(0, len(plan)-1)]; l == "--- closing" {
			if len(last.lines) > 0 {
				last.lines = append(last.lines, "")
			}
		} else {
			last.lines = append(last.lines, l)
		}
	}
	return plan, nil
}

// A style is how a person types.
type style struct {
	header bool // the draft begins with header fields
	below  bool // the greeting stands below the attribution
	before bool // a blank line goes before an answer
	after  bool // a blank line goes after it
	soft   bool // lines of a paragraph end in a space, for format=flowed
	long   bool // a paragraph is one line
	trim   bool // what is not answered is taken out
}

// parseStyle reads words such as "before after trim".
func parseStyle(s string) style {
	words := strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' })
	has := func(word string) bool { return slices.Contains(words, word) }
	return style{
		header: has("header"), below: has("below"), before: has("before"), after: has("after"),
		soft: has("soft"), long: has("long"), trim: has("trim"),
	}
}

// typed returns the lines of an answer as they are typed.
func (s style) typed(a answer) []string {
	lines := slices.Clone(a.lines)
	for i := 0; i+1 < len(lines); i++ {
		if !joins(lines[i], lines[i+1]) {
			continue
		}
		if s.soft {
			lines[i] += " "
		} else if s.long {
			lines[i+1] = lines[i] + " " + lines[i+1]
			lines = slices.Delete(lines, i, i+1)
			i--
		}
	}
	return lines
}

// joins tells whether a line goes on in the next one, in the same paragraph.
func joins(line, next string) bool {
	return len([]rune(line)) > 48 && next != "" && !strings.HasPrefix(next, " ") && !strings.HasPrefix(next, "-")
}

var marks = regexp.MustCompile(`^(?:[ \t]*[>|]+)+ ?`)

// weave types the answers into a draft.
func weave(draft string, plan []answer, s style) (string, error) {
	lines := strings.Split(strings.TrimRight(draft, "\n"), "\n")
	var out []string
	if s.header {
		end := slices.IndexFunc(lines, func(l string) bool { return strings.Trim(l, "-") == "" })
		out, lines = append(out, lines[:end+1]...), lines[end+1:]
	}
	first := slices.IndexFunc(lines, marks.MatchString)
	if first < 0 {
		return "", fmt.Errorf("nothing is quoted in:\n%s", draft)
	}
	if plan[0].top {
		top := s.typed(plan[0])
		if s.below {
			if strings.TrimSpace(lines[max(0, first-1)]) != "" {
				top = append([]string{""}, top...)
			}
			lines = slices.Insert(lines, first, append(top, "")...)
			first += len(top) + 1
		} else {
			lines = slices.Insert(lines, 0, append(top, "")...)
			first += len(top) + 1
		}
		plan = plan[1:]
	}
	out, lines = append(out, lines[:first]...), lines[first:]
	for _, a := range plan {
		n, rest, err := passage(lines, a.below)
		if err != nil {
			return "", err
		}
		if s.trim && a.below != "" {
			out = append(out, lines[paragraph(lines, n):n]...)
		} else {
			out = append(out, lines[:n]...)
		}
		if rest != "" {
			mark := marks.FindString(lines[n-1])
			out[len(out)-1] = strings.TrimRight(strings.TrimSuffix(out[len(out)-1], rest), " ")
			lines = slices.Insert(slices.Clone(lines), n, mark+strings.TrimLeft(rest, " "))
		}
		lines = lines[n:]
		if s.before {
			out = append(out, "")
		}
		out = append(out, s.typed(a)...)
		if s.after && len(lines) > 0 && lines[0] != "" {
			out = append(out, "")
		}
	}
	return strings.Join(append(out, lines...), "\n") + "\n", nil
}

// passage returns how many lines there are up to the one that has the last of
// some quoted words, and what follows them in it.
func passage(lines []string, words string) (n int, rest string, err error) {
	if words == "" {
		for i, l := range lines {
			if marks.MatchString(l) {
				n = i + 1
			}
		}
		return n, "", nil
	}
	read := ""
	for i, l := range lines {
		text := marks.ReplaceAllString(l, "")
		read = squeeze(read + " " + text)
		_, after, ok := strings.Cut(read, words)
		if !ok {
			continue
		}
		for at := len(text); at >= 0; at-- {
			if squeeze(text[at:]) == squeeze(after) && after != "" {
				return i + 1, text[at:], nil
			}
		}
		return i + 1, "", nil
	}
	return 0, "", fmt.Errorf("%q is not quoted in:\n%s", words, strings.Join(lines, "\n"))
}

// paragraph returns the first line of the quoted paragraph that ends before
// line n.
func paragraph(lines []string, n int) int {
	for n--; n > 0 && marks.MatchString(lines[n-1]) && marks.ReplaceAllString(lines[n-1], "") != ""; n-- {
	}
	return n
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

// typeAnswers is the editor.
func typeAnswers(answers, style, file string) error {
	plan, err := readPlan(answers)
	if err != nil {
		return err
	}
	draft, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	text, err := weave(string(draft), plan, parseStyle(style))
	if err != nil {
		return err
	}
	return os.WriteFile(file, []byte(text), 0o600)
}

// keep is sendmail: it writes its standard input to a file, but for the name
// of this machine.
func keep(file string) error {
	mail, err := io.ReadAll(os.Stdin)
	if err != nil {
		return err
	}
	host, err := os.Hostname()
	if err != nil {
		return err
	}
	mail = bytes.ReplaceAll(mail, []byte("\r\n"), []byte("\n"))
	mail = bytes.ReplaceAll(mail, []byte("@"+host+">"), []byte("@uni.test>")) // in aerc's Message-ID
	return os.WriteFile(file, mail, 0o666)
}
