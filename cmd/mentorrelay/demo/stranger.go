package demo

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/emersion/go-smtp"
)

// stranger is the scene in which somebody writes who is not of the pair.
func (p *programme) stranger(ctx context.Context) error {
	p.say("It came with a screenshot, and from a server of his own he writes to it; then he tries whether the relay sends mail for just anybody.")
	fmt.Fprintln(p.out)
	const from = "offers@elsewhere.test"
	for _, try := range []struct {
		to     string
		refuse int
		status smtp.EnhancedCode
		ok     string
	}{
		{p.mentee.mask, 550, smtp.EnhancedCode{5, 7, 1}, "a mask is for one writer only"},
		{"someone@elsewhere.test", 550, smtp.EnhancedCode{5, 1, 1}, "it is no open relay"},
	} {
		message := fmt.Sprintf("From: %s\r\nTo: %s\r\nSubject: An offer\r\nDate: %s\r\nMessage-ID: <offer@elsewhere.test>\r\n\r\nYou have been chosen.\r\n",
			from, try.to, p.Clock.Now().Format(dateFormat))
		answer, err := handIn(p.door, from, try.to, message)
		if err != nil {
			return err
		}
		p.field("to", try.to)
		p.field("answer", fmt.Sprintf("%d %s %s", answer.Code, status(answer.EnhancedCode), answer.Message))
		p.check(answer.Code == try.refuse && answer.EnhancedCode == try.status, "%s", try.ok)
	}
	for _, who := range []*person{p.mentor, p.mentee} {
		came, err := who.fetch()
		if err != nil {
			return err
		}
		p.check(len(came) == 0, "nothing came for %s", who.first)
	}
	return ctx.Err()
}

// handIn brings a message to a server, and returns its answer.
func handIn(server, from, to, message string) (*smtp.SMTPError, error) {
	c, err := smtp.Dial(server)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	c.CommandTimeout, c.SubmissionTimeout = patience, patience
	var answer *smtp.SMTPError
	if err := c.SendMail(from, []string{to}, strings.NewReader(message)); err == nil {
		answer = &smtp.SMTPError{Code: 250, EnhancedCode: smtp.EnhancedCode{2, 0, 0}, Message: "Taken"}
	} else if !errors.As(err, &answer) {
		return nil, err
	}
	return answer, nil
}

// status is written as in an answer (RFC 2034 §4).
func status(c smtp.EnhancedCode) string { return fmt.Sprintf("%d.%d.%d", c[0], c[1], c[2]) }
