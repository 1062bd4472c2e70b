//go:build linux

package e2e

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/emersion/go-smtp"
)

// submit hands a message to an SMTP server and returns its answer if that is
// not 250: a *smtp.SMTPError, or the error of the connection.
func submit(server, from, to, message string) error {
	c, err := smtp.Dial(server)
	if err != nil {
		return err
	}
	defer c.Close()
	if err := c.Hello("client.test"); err != nil {
		return err
	}
	if err := c.Mail(from, &smtp.MailOptions{Body: smtp.Body8BitMIME}); err != nil {
		return err
	}
	if err := c.Rcpt(to, nil); err != nil {
		return err
	}
	w, err := c.Data()
	if err != nil {
		return err
	}
	if _, err := w.Write([]byte(strings.ReplaceAll(message, "\n", "\r\n"))); err != nil {
		return errors.Join(err, w.Close())
	}
	return w.Close()
}

// deliver submits a message that is to be accepted.
func deliver(t testing.TB, server, from, to, message string) {
	t.Helper()
	if err := submit(server, from, to, message); err != nil {
		t.Fatalf("the message was answered %v", err)
	}
}

// refusedWith checks an answer, as in "550 5.1.1".
func refusedWith(t testing.TB, err error, codes string) {
	t.Helper()
	var answer *smtp.SMTPError
	if !errors.As(err, &answer) {
		t.Errorf("the answer is %v, not %s", err, codes)
		return
	}
	e := answer.EnhancedCode
	if got := fmt.Sprintf("%d %d.%d.%d", answer.Code, e[0], e[1], e[2]); got != codes {
		t.Errorf("the answer is %s %q, not %s", got, answer.Message, codes)
	}
}

// numbered is the n-th of many letters.
func numbered(from, to string, n int) string {
	return fmt.Sprintf("From: <%s>\nTo: <%s>\nSubject: %d\nMessage-ID: <n%d@corp.test>\n\nLETTER-%d.\n", from, to, n, n, n)
}

// number finds which of them a letter is.
var number = regexp.MustCompile(`LETTER-(\d+)\.`)

// An arrived is what became of many numbered letters: the ids that each came
// with, once for every copy.
type arrived map[int][]string

func arrivals(t testing.TB, letters []*letter) arrived {
	t.Helper()
	a := arrived{}
	for _, l := range letters {
		m := number.FindSubmatch(l.raw)
		if m == nil {
			t.Fatalf("not one of the letters:\n%s", l.raw)
		}
		n, err := strconv.Atoi(string(m[1]))
		if err != nil {
			t.Fatal(err)
		}
		a[n] = append(a[n], l.id())
	}
	return a
}

// check fails the test unless the letters from first up to end came, twice at
// the most that many times, and then as copies with the same id.
func (a arrived) check(t testing.TB, twice, first, end int) {
	t.Helper()
	for n := first; n < end; n++ {
		if len(a[n]) == 0 {
			t.Errorf("letter %d was lost", n)
		}
	}
	if d := a.duplicates(t); d > twice {
		t.Errorf("%d letters came once too often, more than %d", d, twice)
	}
}

// duplicates counts copies, which must have the id of the first.
func (a arrived) duplicates(t testing.TB) int {
	t.Helper()
	more := 0
	for n, ids := range a {
		for _, id := range ids[1:] {
			more++
			if id != ids[0] {
				t.Errorf("letter %d came as %s and as %s", n, ids[0], id)
			}
		}
	}
	return more
}
