package outbox

import (
	"io"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/net/idna"
)

// send hands over one message and returns the status of the peer's 250. From
// then on the message is the peer's to deliver.
func (c *client) send(from, to string, l *letter) (status string, err error) {
	to, err = c.path(to)
	if err != nil {
		return "", err
	}
	mail, err := c.mail(from, to, l)
	if err != nil {
		return "", err
	}
	if err := c.envelope(mail, "RCPT TO:<"+to+">"); err != nil {
		return "", c.reset(asFailure(err))
	}
	if err := c.data(l); err != nil {
		return "", err
	}
	text, err := c.expect(250, endTimeout)
	if err != nil {
		return "", err
	}
	c.used++
	return "250 " + enhanced(250, text), nil
}

// reset leaves a transaction that failed in its envelope.
func (c *client) reset(f *failure) error {
	f.unsent = f.cause != nil || f.code == 421
	if !c.dead {
		if _, err := c.command(250, commandTimeout, "RSET"); err != nil {
			c.dead = true
		}
	}
	return f
}

// data sends the message itself, up to and with the final dot.
func (c *client) data(l *letter) error {
	c.out.WriteString(l.signature)
	lines := &lineWriter{w: c.out, stuff: true}
	_, err := io.Copy(lines, l.open())
	if err == nil {
		err = lines.end()
	}
	if err != nil {
		c.dead = true // without the dot, what was sent so far counts for nothing
		if ended := c.out.Flush(); ended != nil {
			return broken("4.4.2", ended)
		}
		return err
	}
	c.write(".")
	return nil
}

// path returns the recipient as it goes into a command.
func (c *client) path(address string) (string, error) {
	at := strings.LastIndexByte(address, '@')
	if at <= 0 || strings.ContainsFunc(address, func(r rune) bool {
		return r == '<' || r == '>' || unicode.IsSpace(r) || unicode.IsControl(r)
	}) {
		return "", &failure{code: 553, status: "5.1.3"} // it would say something else to the server
	}
	local, domain := address[:at], address[at+1:]
	if international(domain) { // with A-labels it may do without SMTPUTF8
		if ascii, err := idna.Lookup.ToASCII(domain); err == nil {
			domain = ascii
		}
	}
	return local + "@" + domain, nil
}

// mail returns the MAIL command. 8BITMIME is asked for wherever it is offered,
// and where it is not, 8-bit text is sent all the same: to convert it, as RFC
// 6152 §3 has it, would break signatures within, and the last server that
// minds is long gone.
func (c *client) mail(from, to string, l *letter) (string, error) {
	line := "MAIL FROM:<" + from + ">"
	if c.offers("SIZE") {
		line += " SIZE=" + strconv.FormatInt(l.size, 10)
	}
	if c.offers("8BITMIME") {
		line += " BODY=8BITMIME"
	}
	if l.utf8 || international(from) || international(to) {
		if !c.offers("SMTPUTF8") {
			return "", &failure{code: 553, status: "5.6.7"} // RFC 6531 §3.5
		}
		line += " SMTPUTF8"
	}
	return line, nil
}

// envelope runs a transaction up to the 354. The first failure counts, for
// those after it only follow from it.
func (c *client) envelope(mail, rcpt string) error {
	commands := []struct {
		line    string
		want    int
		timeout time.Duration
	}{
		{mail, 250, commandTimeout},
		{rcpt, 25, commandTimeout}, // 250, 251 or 252
		{"DATA", 354, dataTimeout},
	}
	together := c.offers("PIPELINING")
	if together {
		for _, cmd := range commands {
			c.write(cmd.line)
		}
	}
	var first error
	for _, cmd := range commands {
		if !together {
			c.write(cmd.line)
		}
		_, err := c.expect(cmd.want, cmd.timeout)
		if err == nil && cmd.want == 354 && first != nil {
			// It waits for a message to nobody: RFC 2920 §3.1.
			_, err = c.command(25, endTimeout, ".")
		}
		if first == nil {
			first = err
		}
		if first != nil && (c.dead || !together) {
			break
		}
	}
	return first
}
