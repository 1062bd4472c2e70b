package demo

import (
	"context"
	"crypto/sha256"
	"fmt"
	"strings"
)

// other is the one whom a person writes to.
func (p *programme) other(who *person) *person {
	if who == p.mentor {
		return p.mentee
	}
	return p.mentor
}

// letter is what a person writes to the other, from a file of the letters or of
// the notes.
func (p *programme) letter(name string, writer *person) ([]byte, error) {
	d := draft{Account: writer.Account, To: writer.mask, At: p.Clock.Now(), Language: writer.language}
	if strings.HasSuffix(name, ".eml") {
		return p.compose(name, d, writer.last)
	}
	text, err := p.words(name)
	if err != nil {
		return nil, err
	}
	d.Text, d.Subject = text, "Re: "+strings.TrimPrefix(writer.last.GetHeader("Subject"), "Re: ")
	return p.compose(note, d, writer.last)
}

// write composes a letter and sends it.
func (p *programme) write(name string, writer *person) (*received, error) {
	raw, err := p.letter(name, writer)
	if err != nil {
		return nil, err
	}
	return p.submit(writer, writer.mask, raw)
}

// submit sends what a person wrote.
func (p *programme) submit(writer *person, to string, raw []byte) (*received, error) {
	letter, err := read(raw)
	if err != nil {
		return nil, err
	}
	if err := writer.send(to, raw); err != nil {
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
func (p *programme) crosses(name string, writer *person) func(context.Context) error {
	return func(ctx context.Context) error {
		letter, got, err := p.cross(ctx, name, writer)
		if err != nil {
			return err
		}
		reader := p.other(writer)
		p.quote(opening(letter.Text), 3)
		if p.crossed == 1 { // the others' fields are alike
			p.field(writer.first+" writes to", writer.mask)
			p.head(reader, got, "From", "To", "Subject", "In-Reply-To")
		}
		p.compare(writer, reader, letter, got)
		return nil
	}
}

// cross has a letter written and looks for it at the other's.
func (p *programme) cross(ctx context.Context, name string, writer *person) (letter, got *received, err error) {
	if letter, err = p.write(name, writer); err != nil {
		return nil, nil, err
	}
	reader := p.other(writer)
	came, err := p.post(ctx)
	if err != nil {
		return nil, nil, err
	}
	if got, err = came.letter(reader); err != nil {
		return nil, nil, err
	}
	p.crossed++
	writer.twins[letter.id()], reader.twins[got.id()] = got.id(), letter.id()
	reader.last = got
	return letter, got, nil
}

// A sheet is a short letter, and when it is written.
type sheet struct {
	at, name string
	writer   *person
}

// several is the scene in which short letters cross one after another.
func (p *programme) several(sheets ...sheet) func(context.Context) error {
	return func(ctx context.Context) error {
		p.between = true
		for _, s := range sheets {
			at, err := p.date(s.at)
			if err != nil {
				return err
			}
			if err := p.until(ctx, at); err != nil {
				return err
			}
			letter, got, err := p.cross(ctx, s.name, s.writer)
			if err != nil {
				return err
			}
			p.aside(at, "%s: “%s”", s.writer.first, firstWords(letter.Text))
			p.compare(s.writer, p.other(s.writer), letter, got)
		}
		return nil
	}
}

// firstWords are those of a letter, after the greeting, in a line.
func firstWords(text string) string {
	lines := wrap(opening(text), width-34)
	if len(lines) > 1 {
		return lines[0] + " …"
	}
	return lines[0]
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
func (p *programme) waits(name string, writer *person) func(context.Context) error {
	return func(ctx context.Context) error {
		reader := p.other(writer)
		if _, err := p.write(name, writer); err != nil {
			return err
		}
		came, err := p.post(ctx)
		if err != nil {
			return err
		}
		notice, err := came.one(writer)
		if err != nil {
			return err
		}
		p.tellMail(writer, notice, 3)
		p.check(len(came[reader]) == 0, "nothing came for %s", reader.first)
		return nil
	}
}
