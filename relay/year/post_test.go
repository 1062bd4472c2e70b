package year

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"fmt"
	"io"
	"maps"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"mentorrelay/parser/message"
	"mentorrelay/storage"
)

// A mail is one that left the service.
type mail struct {
	at      time.Time // when it was queued
	to      *person   // nil for the coordinator
	kind    string    // "letter", or the name of its template
	pair    *pair     // nil for none
	letter  *letter   // that it brings
	header  netmail.Header
	subject string
	text    string // its plain text
	raw     string
	decoded string // all of it that can be read, decoded
	address string // the envelope sender
	number  int64
	reader  int64 // ids
	about   int64
	due     bool // the clock did it, nobody asked
}

// kinds tells a mail's template by its subject.
type kinds struct {
	names    []string
	patterns []*regexp.Regexp
}

// readKinds reads the subjects of all templates.
func readKinds(t testing.TB) *kinds {
	t.Helper()
	files, err := filepath.Glob("../../templates/*/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no templates", err)
	}
	k := &kinds{}
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		subject, _, _ := strings.Cut(string(raw), "\n")
		k.names = append(k.names, strings.TrimSuffix(filepath.Base(f), ".txt"))
		k.patterns = append(k.patterns, regexp.MustCompile("^"+pattern(subject)+"$"))
	}
	return k
}

// pattern is what a subject looks like, whatever its actions come to.
func pattern(subject string) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(subject, "{{")
		b.WriteString(regexp.QuoteMeta(before))
		if !ok {
			return b.String()
		}
		inside, after, _ := strings.Cut(rest, "}}")
		if strings.HasPrefix(inside, "if ") {
			_, after, _ = strings.Cut(rest, "{{end}}")
		}
		b.WriteString(".+")
		subject = after
	}
}

// of finds the kind of a subject; those for a coordinator are named so.
func (k *kinds) of(subject string, coordinator bool) string {
	best, length := "", -1
	for i, p := range k.patterns {
		if p.MatchString(subject) && strings.HasPrefix(k.names[i], "coordinator-") == coordinator && len(p.String()) > length {
			best, length = k.names[i], len(p.String())
		}
	}
	return best
}

var reference = regexp.MustCompile(`ref\d{5}`)

// deliver brings mails that left the service to their readers, in an order that
// does not depend on which was stored first.
func (w *world) deliver(due []storage.Delivery, raws [][]byte) {
	var list []*mail
	for i := range due {
		if m := w.open(&due[i], raws[i]); m != nil {
			list = append(list, m)
		}
	}
	slices.SortStableFunc(list, func(a, b *mail) int {
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.reader, b.reader), cmp.Compare(a.about, b.about), cmp.Compare(a.kind+a.subject, b.kind+b.subject))
	})
	w.mails = append(w.mails, list...)
	for _, m := range list {
		w.arrive(m)
	}
}

// open reads a mail.
func (w *world) open(d *storage.Delivery, raw []byte) *mail {
	parsed, err := netmail.ReadMessage(bytes.NewReader(raw))
	w.must(err)
	m := &mail{
		at: d.CreatedAt, header: parsed.Header, raw: string(raw), subject: message.DecodeHeader(parsed.Header.Get("Subject")), number: d.ID,
		address: w.scheme.Bounce(d.ID, w.now), reader: d.PersonID, about: d.PairID,
	}
	if d.PersonID != 0 {
		if m.to = w.personByID(d.PersonID); m.to == nil || m.to.address != d.Recipient {
			w.fault("a mail to %s is for person %d", d.Recipient, d.PersonID)
			return nil
		}
	} else if d.Recipient != coordinator {
		w.fault("a mail to nobody: %s", d.Recipient)
		return nil
	}
	m.pair = w.pairByID(d.PairID)
	var text, all strings.Builder
	for _, name := range slices.Sorted(maps.Keys(parsed.Header)) {
		for _, v := range parsed.Header[name] {
			fmt.Fprintf(&all, "%s: %s\n", name, message.DecodeHeader(v))
		}
	}
	w.must(readable(parsed.Header.Get("Content-Type"), parsed.Header.Get("Content-Transfer-Encoding"), parsed.Body, &text, &all))
	m.text, m.decoded = strings.ReplaceAll(text.String(), "\r\n", "\n"), all.String()
	m.kind = "letter"
	if d.Kind == storage.DeliveryNotice {
		m.kind = w.kinds.of(m.subject, m.to == nil)
	}
	return m
}

// readable writes what can be read of an entity: the first plain text, and all.
func readable(contentType, encoding string, body io.Reader, text, all *strings.Builder) error {
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		kind = "text/plain"
	}
	if strings.HasPrefix(kind, "multipart/") {
		parts := multipart.NewReader(body, params["boundary"])
		for {
			p, err := parts.NextRawPart()
			if err == io.EOF {
				return nil
			}
			if err != nil {
				return err
			}
			for _, name := range slices.Sorted(maps.Keys(p.Header)) {
				fmt.Fprintf(all, "%s: %s\n", name, p.Header[name])
			}
			if err := readable(p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), p, text, all); err != nil {
				return err
			}
		}
	}
	switch strings.ToLower(encoding) {
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	}
	raw, err := io.ReadAll(body)
	if err != nil {
		return err
	}
	all.Write(raw)
	if kind == "text/plain" && text.Len() == 0 {
		text.Write(raw)
	}
	return nil
}

// arrive is what a mail does to who reads it.
func (w *world) arrive(m *mail) {
	x := m.to
	if x == nil {
		w.coordinate(m)
		return
	}
	if x.dead {
		w.bounce(m)
		return
	}
	if within(x.holidays, w.now) {
		w.machine(m)
	}
	if m.kind != "letter" {
		w.serve(m)
		return
	}
	l := w.byRef[reference.FindString(m.subject)]
	if l == nil || l.pair != m.pair || l.reader() != x {
		w.fault("a letter for %s (%s) is none that was written", x.first, m.subject)
		return
	}
	m.letter = l
	l.arrived = append(l.arrived, w.now)
	if len(l.arrived) > 1 {
		w.fault("%s arrived twice", l.ref)
		return
	}
	l.pair.letters = append(l.pair.letters, l)
	l.author().wrote = append(l.author().wrote, l.at)
	l.pair.last[l.pair.side(x)] = m
	if l.pair.nature.answer != nil && !x.gone && !within(x.holidays, w.now) {
		l.pair.nature.answer(w, l.pair, l)
	}
}

var absences = map[string]string{
	"en": "I am out of the office until %s and will read your message when I am back.",
	"fr": "Je suis absent jusqu’au %s et lirai votre message à mon retour.",
}

var months = map[string][]string{
	"en": {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
	"fr": {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"},
}

// machine is what an answering machine does: to a letter it answers where the
// letter says, or where mail comes back to; the sloppy answer every mail.
func (w *world) machine(m *mail) {
	x := m.to
	if m.kind != "letter" && !x.sloppy {
		return // RFC 3834 §2: no answer to what is automatic
	}
	var away span
	for _, s := range x.holidays {
		if s.has(w.now) {
			away = s
		}
	}
	last := away.until.In(x.zone).AddDate(0, 0, -1)
	date := fmt.Sprintf("%d %s %d", last.Day(), months[x.language][last.Month()-1], last.Year())
	to := m.address
	if m.kind == "letter" && !x.sloppy {
		to = m.pair.masks[m.pair.side(x)]
	}
	raw := fmt.Sprintf("From: %s <%s>\nTo: %s\nSubject: Re: %s\nDate: %s\nMessage-ID: <auto%d@%s.test>\nIn-Reply-To: %s\nAuto-Submitted: auto-replied\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n%s\n",
		x.first, x.address, to, reference.ReplaceAllString(m.subject, ""), w.now.Format(time.RFC1123Z), w.count, mark('h', x.number), m.header.Get("Message-ID"),
		fmt.Sprintf(absences[x.language], date))
	w.count++
	w.hand("", raw, to, func(err error) {
		if err != nil {
			w.fault("the machine of %s was refused: %v", x.first, err)
			return
		}
		x.away = append(x.away, span{w.now, time.Date(last.Year(), last.Month(), last.Day()+1, 0, 0, 0, 0, x.zone)}) // as it was said
	})
}

// bounce is the report that a mailbox is gone (RFC 3464).
func (w *world) bounce(m *mail) {
	x := m.to
	raw := fmt.Sprintf("From: MAILER-DAEMON@mx.test\nTo: %s\nSubject: Undelivered Mail Returned to Sender\nAuto-Submitted: auto-replied\nMessage-ID: <dsn%d@mx.test>\nMIME-Version: 1.0\n"+
		"Content-Type: multipart/report; report-type=delivery-status; boundary=dsn\n\n--dsn\nContent-Type: text/plain\n\nThe mail system could not deliver your message: user unknown.\n\n"+
		"--dsn\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.test\n\nFinal-Recipient: rfc822; %s\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 user unknown\n\n--dsn--\n",
		m.address, w.count, x.address)
	w.count++
	w.hand("", raw, m.address, func(err error) {
		if err != nil {
			w.fault("a report was refused: %v", err)
		}
		since(&x.suspend, w.now)
	})
}

// complain is the report that somebody marked a mail as spam (RFC 5965).
func (w *world) complain(m *mail) {
	x := m.to
	raw := fmt.Sprintf("From: fbl@mx.test\nTo: %s\nSubject: FW: spam\nMessage-ID: <arf%d@mx.test>\nMIME-Version: 1.0\n"+
		"Content-Type: multipart/report; report-type=feedback-report; boundary=arf\n\n--arf\nContent-Type: text/plain\n\nThis is an email abuse report.\n\n"+
		"--arf\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nUser-Agent: Box/1.0\nVersion: 1\n\n--arf\nContent-Type: message/rfc822\n\nSubject: x\n\nx\n\n--arf--\n",
		m.address, w.count)
	w.count++
	w.hand("", raw, m.address, func(err error) {
		if err != nil {
			w.fault("a complaint was refused: %v", err)
		}
		since(&x.muted, w.now)
	})
}
