package demo

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/emersion/go-smtp"
)

// A scene is one moment of the story.
type scene struct {
	at    string
	title string
	play  func(context.Context) error
}

// sceneFormat is how the story dates its scenes, in the time of Grenoble.
const sceneFormat = "2006-01-02 15:04"

// Beginning is when the story starts; it is past, so that a mail client that
// comes later shows what it writes itself on top.
func Beginning() time.Time { return time.Date(2025, time.September, 8, 6, 0, 0, 0, time.UTC) }

func (p *programme) introduce() {
	fmt.Fprintln(p.out, p.paint("1", "mentorrelay demo: a mentor and a mentee write to each other for eleven weeks"))
	fmt.Fprintln(p.out)
	p.say("All of it happens on this machine: their mail provider (IMAP and SMTP, in memory), and mentorrelay with its database in a temporary folder.")
	fmt.Fprintln(p.out)
	for _, who := range []*person{p.mentor, p.mentee} {
		p.field(who.first, fmt.Sprintf("%s <%s>, %s", who.Name, who.Address, who.about))
	}
	p.field("IMAP", p.office.IMAP())
	p.field("SMTP", p.office.SMTP())
	p.field("relay", p.door+" (SMTP), for "+relayDomain)
	fmt.Fprintln(p.out)
}

// play tells the story.
func (p *programme) play(ctx context.Context) error {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		return err
	}
	pause, resume := p.enters("pair", "pause", fmt.Sprint(p.pair)), p.enters("pair", "resume", fmt.Sprint(p.pair))
	for _, s := range []scene{
		{"2025-09-08 20:14", "Ben writes a first letter, in French; his address is in the signature", p.crosses("1.eml", p.mentee)},
		{"2025-09-12 18:40", "Alice answers in English, with a drawing in the text and a page in PDF", p.crosses("2.eml", p.mentor)},
		{"2025-09-23 21:05", "Ben answers her questions one by one, between the quoted lines", p.crosses("3.eml", p.mentee)},
		{"2025-10-06 12:31", "Alice writes from her telephone: HTML, ISO-8859-1, her address in a link", p.crosses("4.eml", p.mentor)},
		{"2025-10-08 03:12", "A stranger has come upon Alice’s mask", p.stranger},
		{"2025-10-17 09:00", "Alice goes walking for a fortnight: the coordinator pauses the pair", pause},
		{"2025-10-21 22:48", "Ben has forgotten the pause, and writes", p.waits("5.eml", p.mentee)},
		{"2025-11-03 09:00", "Alice is back: the coordinator lets the letters pass again", resume},
		{"2025-11-04 19:20", "Ben sends his letter again, with the route as a GPX file", p.crosses("5.eml", p.mentee)},
		{"2025-11-23 10:02", "Alice has run the route, and answers", p.crosses("6.eml", p.mentor)},
		{"2025-11-23 11:00", "What is left of it all", p.remains},
	} {
		at, err := time.ParseInLocation(sceneFormat, s.at, paris)
		if err != nil {
			return err
		}
		p.Clock.Set(at)
		p.scene(at, s.title)
		if err := s.play(ctx); err != nil {
			return fmt.Errorf("scene %d: %w", p.scenes, err)
		}
	}
	return nil
}

// enters is the scene in which the coordinator types a command.
func (p *programme) enters(args ...string) func(context.Context) error {
	return func(ctx context.Context) error { return p.enter(ctx, nil, args...) }
}

// other is the one whom a person writes to.
func (p *programme) other(who *person) *person {
	if who == p.mentor {
		return p.mentee
	}
	return p.mentor
}

// write composes a letter and sends it.
func (p *programme) write(file string, writer *person) (*received, error) {
	raw, err := p.compose(file, writer.Account, writer.mask, p.Clock.Now(), writer.last)
	if err != nil {
		return nil, err
	}
	letter, err := read(raw)
	if err != nil {
		return nil, err
	}
	p.quote(opening(letter.Text), 3)
	p.field(writer.first+" writes to", writer.mask)
	if err := writer.send(writer.mask, raw); err != nil {
		return nil, fmt.Errorf("%s could not send: %w", writer.first, err)
	}
	return letter, p.archive.add(writer.first, "wrote", letter)
}

// opening is the first paragraph of a letter that is neither a greeting nor
// quoted.
func opening(text string) string {
	for _, p := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n") {
		if p = strings.TrimSpace(p); len(p) > 60 && !strings.HasPrefix(p, ">") && !strings.HasSuffix(p, ":") {
			return p
		}
	}
	return text
}

// crosses is the scene in which a letter is written and reaches the other.
func (p *programme) crosses(file string, writer *person) func(context.Context) error {
	return func(ctx context.Context) error {
		reader := p.other(writer)
		letter, err := p.write(file, writer)
		if err != nil {
			return err
		}
		came, err := p.arrives(ctx, reader)
		if err != nil {
			return err
		}
		got := came[0]
		p.head(reader, got, "From", "To", "Subject", "In-Reply-To")
		p.compare(writer, reader, letter, got)
		writer.twins[letter.id()], reader.twins[got.id()] = got.id(), letter.id()
		reader.last = got
		return p.archive.add(reader.first, "got", got)
	}
}

// head shows fields of what a person got.
func (p *programme) head(reader *person, r *received, fields ...string) {
	p.field(reader.first+" gets", "")
	for _, name := range fields {
		value := r.GetHeader(name)
		if value == "" {
			value = "none"
		}
		p.field("  "+name, value)
	}
	fmt.Fprintln(p.out)
}

// compare checks what became of a letter on its way.
func (p *programme) compare(writer, reader *person, letter, got *received) {
	from, to := got.correspondent("From"), got.correspondent("To")
	p.check(from.Address == reader.mask && from.Name == writer.first, "from %s, at the address that reaches %s", writer.first, writer.first)
	p.check(to.Address == reader.Address && got.GetHeader("Subject") == letter.GetHeader("Subject"), "to %s, under the same subject", reader.first)
	p.threads(writer, letter, got)
	p.check(!got.mentions(writer.Address) && !got.mentions(domainOf(writer.Address)), "%s appears nowhere in what %s got, nor does %s",
		writer.Address, reader.first, domainOf(writer.Address))
	masked := strings.NewReplacer(writer.Address, reader.mask, strings.Replace(writer.Address, "@", "%40", 1), strings.Replace(reader.mask, "@", "%40", 1))
	n := strings.Count(letter.words(), writer.Address)
	p.check(got.words() == strings.TrimSpace(masked.Replace(letter.words())), "the text is the same, letter for letter%s", masks(n))
	for _, part := range letter.enclosed() {
		p.check(got.has(part), "%s: %d octets, the same SHA-256 (%.6x…)", part.FileName, len(part.Content), sha256.Sum256(part.Content))
	}
	if strings.Contains(letter.HTML, "cid:") {
		p.check(got.shows(), "the drawing shows in the text")
	}
	p.check(got.signedBy(relayDomain, p.dns), "signed by %s (DKIM), as its DNS record has it", relayDomain)
}

func masks(n int) string {
	if n == 0 {
		return ""
	}
	return ", but for a mask where the address stood"
}

// threads checks that a letter answers, for its reader, what it answers for
// its writer.
func (p *programme) threads(writer *person, letter, got *received) {
	if letter.GetHeader("In-Reply-To") == "" {
		p.check(got.GetHeader("In-Reply-To") == "" && got.GetHeader("References") == "", "it begins a thread")
		return
	}
	same := func(field string) bool {
		var want []string
		for _, id := range strings.Fields(letter.GetHeader(field)) {
			want = append(want, p.twin(writer, id))
		}
		return strings.Join(strings.Fields(got.GetHeader(field)), " ") == strings.Join(want, " ")
	}
	p.check(same("In-Reply-To") && same("References"), "it answers the same letter, by the ids that %s knows", p.other(writer).first)
}

// twin is the id by which the other knows a message.
func (p *programme) twin(who *person, id string) string {
	if twin := who.twins[id]; twin != "" {
		return twin
	}
	return "unknown"
}

// waits is the scene in which a letter is not passed on, and its writer told.
func (p *programme) waits(file string, writer *person) func(context.Context) error {
	return func(ctx context.Context) error {
		reader := p.other(writer)
		if _, err := p.write(file, writer); err != nil {
			return err
		}
		came, err := p.arrives(ctx, writer)
		if err != nil {
			return err
		}
		notice := came[0]
		p.head(writer, notice, "From", "To", "Subject", "Auto-Submitted")
		p.quote(opening(notice.Text), 4)
		p.check(notice.GetHeader("Content-Language") == writer.language, "%s is told why, in the language that %[1]s reads (%[2]s)", writer.first, writer.language)
		p.check(!notice.mentions(reader.Address), "%s appears nowhere in it", reader.Address)
		passed, err := reader.fetch()
		p.check(err == nil && len(passed) == 0, "nothing came for %s", reader.first)
		return errors.Join(err, p.archive.add(writer.first, "was told", notice))
	}
}

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
