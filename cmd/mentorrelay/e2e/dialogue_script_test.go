//go:build linux

package e2e

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A script is one dialogue, read.
type script struct {
	name    string
	doors   []string
	alone   bool
	records [][2]string // names of the DNS, and their TXT
	signers []string    // domains whose key is to be published
	steps   []step
}

// A step is one line of what happens.
type step struct {
	line  int
	text  string // as it stands in the file
	door  string // empty: on all
	verb  string
	arg   string
	times int
}

// The forms of the lines. Between verb and argument stands a space.
var (
	doorLine = regexp.MustCompile(`^\[(smtp|lmtp|imap)\] (.+)$`)
	wireLine = regexp.MustCompile(`^(C|B|S|S-|S!)(?:\*([1-9]\d*))?:(?: (.*))?$`)
	dnsLine  = regexp.MustCompile(`^(\S+) TXT (.+)$`)
	verbs    = map[string]*regexp.Regexp{
		"TLS":      regexp.MustCompile(`^$`),
		"CLOSED":   regexp.MustCompile(`^$`),
		"SIGN":     regexp.MustCompile(`^\S+\.test( [a-z-]+)*$`),
		"ABOVE":    regexp.MustCompile(`^[A-Za-z-]+: .+$`),
		"PROVIDER": regexp.MustCompile(`^.+$`),
		"IMAP":     regexp.MustCompile(`^(Relayed|Refused|INBOX)$`),
		"LOGGED":   regexp.MustCompile(`^.+$`),
		"EARLIER":  regexp.MustCompile(`^(alice|ben|carol|dan) (full|gone)( \d+)+$`),
		"MAIL":     regexp.MustCompile(`^\S+@\S+ .+$`),
		"HAS":      regexp.MustCompile(`^.+$`),
		"LACKS":    regexp.MustCompile(`^.+$`),
		"FIELD":    regexp.MustCompile(`^[A-Za-z-]+: .+$`),
		"WITHOUT":  regexp.MustCompile(`^[A-Za-z-]+$`),
		"NOBODY":   regexp.MustCompile(`^IS WRITTEN TO$`),
		"PAIR":     regexp.MustCompile(`^(alice ben|carol dan) (active|paused|ended)$`),
		"PERSON":   regexp.MustCompile(`^(alice|ben|carol|dan) (active|suspended|muted|unmuted|present|away \S+ \S+)$`),
		"HELD":     regexp.MustCompile(`^\d+$`),
		"KNOWS":    regexp.MustCompile(`^\S+@\S+ (alice|ben|carol|dan|another|nobody)$`),
		"$":        regexp.MustCompile(`^.+$`),
		"SEVEN":    regexp.MustCompile(`^DAYS PASS$`),
		"DISK":     regexp.MustCompile(`^(FULL|FREE)$`),
	}
)

// parseScript reads a script. Whatever it does not know is an error.
func parseScript(name, text string) (*script, error) {
	s := &script{name: name}
	for i, line := range strings.Split(text, "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := s.read(i+1, line); err != nil {
			return nil, fmt.Errorf("line %d, %s: %w", i+1, line, err)
		}
	}
	if len(s.doors) == 0 {
		return nil, errors.New("no DOORS")
	}
	return s, s.complete()
}

// read reads one line.
func (s *script) read(number int, text string) error {
	p := step{line: number, text: text, times: 1}
	line := text
	if m := doorLine.FindStringSubmatch(line); m != nil {
		p.door, line = m[1], m[2]
		if !slices.Contains(s.doors, p.door) {
			return errors.New("not one of its doors")
		}
	}
	p.verb, p.arg, _ = strings.Cut(line, " ")
	if done, err := s.heading(p.verb, p.arg); done {
		return err
	}
	if m := wireLine.FindStringSubmatch(line); m != nil {
		p.verb, p.arg = m[1], m[3]
		if m[2] != "" {
			p.times, _ = strconv.Atoi(m[2]) // it is a number
		}
		s.steps = append(s.steps, p)
		return nil
	}
	form := verbs[p.verb]
	if form == nil || !form.MatchString(p.arg) {
		return errors.New("no such line")
	}
	if p.verb == "SIGN" {
		s.signers = append(s.signers, strings.Fields(p.arg)[0])
	}
	if (p.verb == "SEVEN" || p.verb == "DISK") && !s.alone {
		return errors.New("this is for scripts that are ALONE")
	}
	s.steps = append(s.steps, p)
	return nil
}

// heading reads the lines that say how the script is to be run.
func (s *script) heading(verb, arg string) (done bool, err error) {
	switch {
	case verb == "DOORS" && s.doors == nil:
		s.doors = strings.Fields(arg)
		for i, door := range s.doors {
			if !slices.Contains([]string{"smtp", "lmtp", "imap"}, door) || slices.Contains(s.doors[:i], door) {
				return true, errors.New("no such door")
			}
		}
	case s.doors == nil:
		return true, errors.New("DOORS comes first")
	case verb == "ALONE" && arg == "":
		s.alone = true
	case verb == "DNS":
		m := dnsLine.FindStringSubmatch(arg)
		if m == nil {
			return true, errors.New("no such record")
		}
		s.records = append(s.records, [2]string{m[1], m[2]})
	default:
		return false, nil
	}
	return true, nil
}

// complete checks that where there is an IMAP door, it is said of each message
// what becomes of it there.
func (s *script) complete() error {
	if !slices.Contains(s.doors, "imap") {
		return nil
	}
	open := 0
	for _, p := range s.steps {
		switch {
		case p.door != "" && p.door != "imap":
		case p.verb == "C" && p.arg == "." && open != 0:
			return fmt.Errorf("line %d: it is not said where this message is in the end", open)
		case p.verb == "C" && p.arg == ".":
			open = p.line
		case p.verb == "IMAP":
			open = 0
		}
	}
	if open != 0 {
		return fmt.Errorf("line %d: it is not said where this message is in the end", open)
	}
	return nil
}

// own matches the domains that each run has for itself.
var own = regexp.MustCompile(`\b([a-z]+)\.test\b`)

// rename puts a run's own domains in place of those of the script.
func (r *performance) rename(text string) string {
	return own.ReplaceAllStringFunc(text, func(domain string) string {
		if domain == "relay.test" || domain == "client.test" {
			return domain
		}
		return strings.TrimSuffix(domain, ".test") + "-" + r.tag + ".test"
	})
}

// TestDialogueScripts checks that a script with a slip in it is not run as if
// it said less.
func TestDialogueScripts(t *testing.T) {
	for _, c := range []struct{ name, text, says string }{
		{"nothing", "", "no DOORS"},
		{"no doors", "# x\nC: NOOP\n", "DOORS comes first"},
		{"a door there is not", "DOORS smtp pop3\n", "no such door"},
		{"a door twice", "DOORS smtp smtp\n", "no such door"},
		{"a line that is none", "DOORS smtp\nNOTHING LEAVES\n", "no such line"},
		{"a verb in lower case", "DOORS smtp\nnobody IS WRITTEN TO\n", "no such line"},
		{"more than there is to say", "DOORS smtp\nNOBODY IS WRITTEN TO AT ALL\n", "no such line"},
		{"a folder there is not", "DOORS imap\nIMAP Junk\n", "no such line"},
		{"a state there is not", "DOORS smtp\nPERSON ben gone\n", "no such line"},
		{"another door's line", "DOORS smtp\n[imap] IMAP Relayed\n", "not one of its doors"},
		{"a record of another kind", "DOORS smtp\nDNS corp.test MX 10 corp.test\n", "no such record"},
		{"a disk that others use", "DOORS smtp\nDISK FULL\n", "ALONE"},
		{"a message that is lost sight of", "DOORS imap\nC: .\nC: .\nIMAP Relayed\n", "line 2: it is not said"},
		{"a last message that is", "DOORS smtp imap\n[smtp] C: .\nC: .\n", "line 3: it is not said"},
	} {
		if _, err := parseScript("x", c.text); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	s, err := parseScript("x", "# a remark\nDOORS smtp imap\nDNS corp.test TXT v=spf1 -all\n\nC*3: NOOP\nS: 250 *\n[smtp] S!: *AUTH*\nC:\n")
	if err != nil || len(s.steps) != 4 || len(s.records) != 1 || s.steps[0].times != 3 || s.steps[2].verb != "S!" || s.steps[3].arg != "" {
		t.Errorf("read as %+v, %v", s, err)
	}
	r := performance{tag: "07s"}
	if got := r.rename("<alice@unit.corp.test> mx.relay.test"); got != "<alice@unit.corp-07s.test> mx.relay.test" {
		t.Errorf("renamed to %s", got)
	}
}
