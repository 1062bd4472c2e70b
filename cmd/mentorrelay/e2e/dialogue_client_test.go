//go:build linux

package e2e

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-msgauth/dkim"
)

// A player is the client of one run, and all that it has seen.
type player struct {
	t *testing.T
	*parlour
	*company
	run  *performance
	vars map[string]string // what stands in braces

	conn   net.Conn
	reader *bufio.Reader
	answer []string // the lines of the last one

	from     string // the envelope of the message to come
	to       []string
	sign     string // what was said of it in the lines of these names
	above    string
	provider string
	copies   map[string][]byte // messages as they were signed: sent again they are copies, with the same time in the signature
	begun    bool              // DATA was said
	inData   bool              // and answered
	data     bytes.Buffer      // the message so far

	box  *mailbox // the provider's, opened for the IMAP door
	uid  imap.UID // of the message that lies there
	sent int      // messages so far

	left []*departed // mails that are not yet named
	last *departed   // the one named last
}

func newPlayer(t *testing.T, w *parlour, r *performance) *player {
	t.Helper()
	if r.door == "imap" && w.boxes == nil {
		t.Skip("dovecot is not installed, or this is not root")
	}
	c, err := w.enrol(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	p := &player{t: t, parlour: w, company: c, run: r, vars: map[string]string{"help": "help@relay.test"}}
	for between, address := range c.masks {
		p.vars[between] = address
	}
	p.vars["programme"] = programmeKey(r)
	p.vars["pair"] = strconv.FormatInt(c.pairs["alice ben"].ID, 10)
	return p
}

// braces is a name that stands for an address.
var braces = regexp.MustCompile(`\{([a-z>-]+)\}`)

// fill puts addresses in place of the names for them, and the run's domains in
// place of those of the script.
func (p *player) fill(text string) (string, error) {
	var err error
	text = braces.ReplaceAllStringFunc(p.run.rename(text), func(name string) string {
		if name == "{mail}" {
			return name
		}
		value, known := p.vars[name[1:len(name)-1]]
		if !known {
			err = fmt.Errorf("%s stands for nothing", name)
		}
		return value
	})
	return text, err
}

// The commands that a message's envelope is read from.
var (
	mailFrom = regexp.MustCompile(`^MAIL FROM:<(.*?)>`)
	rcptTo   = regexp.MustCompile(`^RCPT TO:<(.*?)>`)
)

// say has the client send a line, or octets.
func (p *player) say(verb, text string) error {
	raw := text + "\r\n"
	if verb == "B" {
		var err error
		if raw, err = strconv.Unquote(`"` + text + `"`); err != nil {
			return err
		}
	}
	switch {
	case p.inData && text == "." && verb == "C":
		return p.end()
	case p.inData && text == "{mail}":
		return p.again()
	case p.inData:
		p.data.WriteString(raw)
		return nil
	}
	if m := mailFrom.FindStringSubmatch(text); m != nil {
		if err := p.nobodyElse(); err != nil {
			return err
		}
		p.from, p.to = m[1], nil
	} else if m := rcptTo.FindStringSubmatch(text); m != nil {
		p.to = append(p.to, m[1])
	}
	p.begun = text == "DATA"
	if p.run.door == "imap" {
		return nil
	}
	if err := p.greet(false); err != nil {
		return err
	}
	_, err := io.WriteString(p.conn, raw)
	return err
}

// hear reads an answer.
func (p *player) hear(pattern string) error {
	goesOn := p.begun && strings.HasPrefix(pattern, "354")
	p.begun = false
	if p.run.door != "imap" {
		if err := p.greet(true); err != nil {
			return err
		}
		if err := p.listen(); err != nil {
			return err
		}
		if last := p.answer[len(p.answer)-1]; !like(pattern, last) {
			return unlike(last)
		}
	}
	if goesOn {
		p.inData = true
		p.data.Reset()
	}
	return nil
}

// heard looks for a line of the last answer.
func (p *player) heard(pattern string, wanted bool) error {
	if p.run.door == "imap" {
		return nil
	}
	for _, line := range p.answer {
		if like(pattern, line) {
			if wanted {
				return nil
			}
			return unlike(line)
		}
	}
	if wanted {
		return unlike(strings.Join(p.answer, "\n"))
	}
	return nil
}

// listen reads the lines of an answer.
func (p *player) listen() error {
	p.answer = nil
	for {
		line, err := p.reader.ReadString('\n')
		if err != nil {
			return fmt.Errorf("after %q: %w", line, err)
		}
		p.answer = append(p.answer, strings.TrimSuffix(line, "\r\n"))
		if len(line) < 4 || line[3] != '-' {
			return nil
		}
	}
}

// greet connects, if need be. Unless the script does it itself, it says hello.
func (p *player) greet(itself bool) error {
	if p.conn != nil {
		return p.conn.SetDeadline(time.Now().Add(patience))
	}
	address, hello := p.relay.smtp, "EHLO"
	if p.run.door == "lmtp" {
		address, hello = p.relay.lmtp, "LHLO"
	}
	var err error
	if p.conn, err = net.Dial("tcp", address); err != nil {
		return err
	}
	p.reader = bufio.NewReader(p.conn)
	if err := p.conn.SetDeadline(time.Now().Add(patience)); err != nil || itself {
		return err
	}
	if err := p.listen(); err != nil {
		return err
	}
	if _, err := io.WriteString(p.conn, hello+" client.test\r\n"); err != nil {
		return err
	}
	return p.listen()
}

// line changes what the client speaks over.
func (p *player) line(verb string) error {
	if p.run.door == "imap" {
		return nil
	}
	if verb == "CLOSED" {
		b, err := p.reader.ReadByte()
		if err == nil {
			return fmt.Errorf("still there: %q", b)
		}
		err = p.conn.Close()
		p.conn = nil
		return err
	}
	c := tls.Client(p.conn, &tls.Config{InsecureSkipVerify: true}) // whose certificate it is, is not the question here
	p.conn, p.reader = c, bufio.NewReader(c)
	return c.Handshake()
}

func (p *player) hangUp() {
	if p.conn != nil {
		_ = p.conn.Close() // it may be gone already
	}
}

// again puts the whole of the mail last named into a message.
func (p *player) again() error {
	if p.last == nil {
		return errors.New("no mail was named")
	}
	text := string(p.last.raw)
	if p.run.door != "imap" { // RFC 5321 §4.5.2
		text = strings.ReplaceAll(text, "\r\n.", "\r\n..")
	}
	p.data.WriteString(text)
	return nil
}

// end sends the message: to the door, or into the provider's mailbox.
func (p *player) end() error {
	p.inData = false
	message, err := p.signed(bytes.Clone(p.data.Bytes()))
	if err != nil {
		return err
	}
	message, p.above = append([]byte(p.above), message...), ""
	if p.run.door == "imap" {
		return p.lay(message)
	}
	_, err = p.conn.Write(append(message, ".\r\n"...))
	return err
}

// signed signs a message, if it is to be.
func (p *player) signed(message []byte) ([]byte, error) {
	by := strings.Fields(p.sign)
	if p.sign = ""; len(by) == 0 {
		return message, nil
	}
	name := strings.Join(by, " ") + "\n" + string(message)
	if same := p.copies[name]; same != nil {
		return same, nil
	}
	options := &dkim.SignOptions{
		Domain: by[0], Selector: selector, Signer: p.key,
		HeaderCanonicalization: dkim.CanonicalizationRelaxed, BodyCanonicalization: dkim.CanonicalizationRelaxed,
	}
	if len(by) > 1 { // none means all to the library
		options.HeaderKeys = by[1:]
	}
	var b bytes.Buffer
	err := dkim.Sign(&b, bytes.NewReader(message), options)
	if p.copies == nil {
		p.copies = map[string][]byte{}
	}
	p.copies[name] = b.Bytes()
	return b.Bytes(), err
}
