//go:build linux

package e2e

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"text/template"

	"github.com/emersion/go-message"
	_ "github.com/emersion/go-message/charset" // parts in ISO-8859-1
	"github.com/emersion/go-message/mail"
)

// A letter is a message as it lies in a mailbox.
type letter struct {
	t      testing.TB
	raw    []byte
	header mail.Header
	parts  []part
}

// A part is one leaf of a message, its content decoded.
type part struct {
	mediaType string
	header    message.Header
	content   []byte
}

func parse(t testing.TB, raw []byte) *letter {
	t.Helper()
	m, err := message.Read(bytes.NewReader(raw))
	if err != nil {
		t.Fatalf("a message that does not parse: %v\n%s", err, raw)
	}
	l := &letter{t: t, raw: raw, header: mail.Header{Header: m.Header}}
	err = m.Walk(func(_ []int, e *message.Entity, err error) error {
		if err != nil || e.MultipartReader() != nil {
			return err
		}
		p := part{header: e.Header}
		if p.mediaType, _, err = e.Header.ContentType(); err != nil {
			return err
		}
		p.content, err = io.ReadAll(e.Body)
		l.parts = append(l.parts, p)
		return err
	})
	if err != nil {
		t.Fatalf("a message that does not parse: %v\n%s", err, raw)
	}
	return l
}

// part returns the first part of this type.
func (l *letter) part(mediaType string) *part {
	l.t.Helper()
	for i := range l.parts {
		if l.parts[i].mediaType == mediaType {
			return &l.parts[i]
		}
	}
	l.t.Fatalf("no part is %s in\n%s", mediaType, l.raw)
	return nil
}

// text returns the decoded content of the first part of this type.
func (l *letter) text(mediaType string) string {
	l.t.Helper()
	return string(l.part(mediaType).content)
}

// subject returns the decoded subject.
func (l *letter) subject() string {
	s, err := l.header.Subject()
	if err != nil {
		l.t.Error(err)
	}
	return s
}

// address returns the one address of a header field, in lower case.
func (l *letter) address(field string) string {
	l.t.Helper()
	list, err := l.header.AddressList(field)
	if err != nil || len(list) != 1 {
		l.t.Fatalf("%s is %q (%v), not one address", field, l.header.Get(field), err)
	}
	return strings.ToLower(list[0].Address)
}

// id returns the message's own id, with its brackets.
func (l *letter) id() string { return strings.TrimSpace(l.header.Get("Message-Id")) }

// threaded checks the thread as the reader's client sees it.
func (l *letter) threaded(inReplyTo string, references ...string) {
	l.t.Helper()
	if got := strings.TrimSpace(l.header.Get("In-Reply-To")); got != inReplyTo {
		l.t.Errorf("In-Reply-To is %s, not %s", got, inReplyTo)
	}
	if got := strings.Fields(l.header.Get("References")); strings.Join(got, " ") != strings.Join(references, " ") {
		l.t.Errorf("References are %s, not %s", got, references)
	}
}

// hides checks that none of these strings stands in the message, in any
// letter case, in its raw bytes or its decoded parts. What the reader's own
// server added on arrival, above the relay's first field, is not looked at.
func (l *letter) hides(secrets ...string) {
	l.t.Helper()
	raw := l.asSent()
	for _, s := range secrets {
		if bytes.Contains(bytes.ToLower(raw), []byte(strings.ToLower(s))) {
			l.t.Errorf("%s can be read in\n%s", s, raw)
			continue
		}
		for _, p := range l.parts {
			if bytes.Contains(bytes.ToLower(p.content), []byte(strings.ToLower(s))) {
				l.t.Errorf("%s can be read in a %s part:\n%s", s, p.mediaType, p.content)
			}
		}
	}
}

// asSent returns the message without the trace fields that servers prepended
// after it left the relay: everything from its own signature or From on.
func (l *letter) asSent() []byte {
	raw := l.raw
	for {
		name, _, _ := bytes.Cut(raw, []byte(":"))
		switch strings.ToLower(string(name)) {
		case "return-path", "delivered-to", "received", "x-original-to", "authentication-results":
		default:
			return raw
		}
		for {
			i := bytes.IndexByte(raw, '\n')
			if i < 0 {
				return nil
			}
			raw = raw[i+1:]
			if len(raw) == 0 || raw[0] != ' ' && raw[0] != '\t' {
				break
			}
		}
	}
}

// compose fills in a letter of testdata.
func compose(t testing.TB, name string, fields map[string]string) string {
	t.Helper()
	tmpl, err := template.New(name).Option("missingkey=error").Parse(read(t, "testdata/"+name))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := tmpl.Execute(&b, fields); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// note is a short letter.
func note(t testing.TB, from, to, id, words string) string {
	t.Helper()
	return compose(t, "note.eml", map[string]string{"From": from, "To": to, "Subject": words, "ID": "<" + id + ">", "Words": words})
}
