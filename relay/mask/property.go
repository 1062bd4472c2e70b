package mask

import (
	"bytes"
	"slices"
	"strings"
)

// A care is what becomes of a property of a calendar or vCard.
type care int

const (
	unread      care = iota // its name is not known yet
	plainValue              // passed on: it is searched with the rest of the text
	leftOut                 // a key, which names its owner
	uidValue                // to be mapped
	octetsValue             // base64, or a data: link
	htmlValue               // HTML, RFC 9073 §6.5
	quotedValue             // quoted-printable, vCalendar 1.0 §2.1.3
	personValue             // passed on: it names who takes part
)

// Of a property no more is held than maxProperty; a longer one is passed on if
// it is of octets that hold nothing to hide so far, and left out otherwise.
// What has no colon within maxHead is no property.
const (
	maxProperty = 4 << 20
	maxHead     = 1 << 10
)

// properties passes the lines of a calendar (RFC 5545 §3.1) or vCard
// (RFC 6350 §3.2) on to a scrubber. Where their text is not what they say, it
// is made the reader's before.
type properties struct {
	*scrubber
	care
	all    *matcher // of all but people
	line   []byte   // of what is not passed on at once, as it stands
	broken bool     // the last octet was a line break
}

func newProperties(s *scrubber) *properties { return &properties{scrubber: s, all: s.match} }

// Write implements io.Writer.
func (p *properties) Write(b []byte) (int, error) {
	for rest := b; len(rest) > 0; {
		if p.broken && rest[0] != ' ' && rest[0] != '\t' && !p.isSoft() {
			p.end()
		}
		n := bytes.IndexByte(rest, '\n') + 1
		if p.broken = n > 0; n == 0 {
			n = len(rest)
		}
		p.take(rest[:n])
		rest = rest[n:]
	}
	return len(b), p.err
}

// Close passes on what was held back.
func (p *properties) Close() error {
	p.end()
	return p.scrubber.Close()
}

// take reads the next octets of a property.
func (p *properties) take(b []byte) {
	switch p.care {
	case leftOut:
		return
	case plainValue, personValue:
		p.pass(b)
		return
	}
	p.line = append(p.line, b...)
	if p.care == unread && bytes.IndexByte(b, ':') >= 0 {
		if head := unfolded(p.line[:min(len(p.line), maxHead)]); endOfHead(head) >= 0 {
			p.treat(p.careFor(head))
		}
	}
	switch {
	case p.care == leftOut:
		p.line = p.line[:0]
	case p.care == unread && len(p.line) > maxHead:
		p.care = plainValue
		fallthrough
	case p.care == plainValue, p.care == personValue:
		p.pass(p.line)
		p.line = p.line[:0]
	case len(p.line) > maxProperty:
		p.overflow()
	}
}

// treat sets what becomes of the property, and with it who is searched for.
func (p *properties) treat(c care) {
	match := p.all
	if c == personValue {
		match = p.all.forPeople()
	}
	if match != p.match && len(p.buf) > 0 {
		p.flush(len(p.buf))
	}
	p.care, p.match = c, match
}

// pass hands text on to the scrubber, which keeps the error.
func (p *properties) pass(b []byte) { _, _ = p.scrubber.Write(b) }

// passBy writes text that is not to be searched.
func (p *properties) passBy(b []byte) {
	if len(p.buf) > 0 {
		p.flush(len(p.buf))
	}
	p.findings.edits++
	p.emit(b)
}

// careFor chooses what becomes of a property by its name and parameters.
func (p *properties) careFor(line []byte) care {
	head, _, _ := cutProperty(line)
	name, params, more := strings.Cut(strings.ToLower(string(head)), ";")
	if p.vcard {
		name = name[strings.LastIndexByte(name, '.')+1:] // without its group, RFC 6350 §3.3
	}
	if more {
		params = ";" + strings.ReplaceAll(params, `"`, "") + ";"
	}
	has := func(param string) bool { return strings.Contains(params, ";"+param+";") }
	switch {
	case name == "key" && p.vcard:
		p.findings.edits++
		p.findings.key = true
		return leftOut
	case name == "uid", name == "related-to":
		return uidValue
	case has("encoding=base64"), has("encoding=b"), has("base64"),
		name == "attach", name == "image", name == "photo", name == "logo", name == "sound":
		return octetsValue
	case name == "x-alt-desc", has("fmttype=text/html"):
		return htmlValue
	case has("encoding=quoted-printable") && !p.vcard: // vCards are searched so anyway
		return quotedValue
	case (name == "attendee" || name == "organizer") && !p.vcard:
		return personValue
	}
	return plainValue
}

// isSoft tells whether the line break is one of quoted-printable.
func (p *properties) isSoft() bool {
	return p.care == quotedValue && bytes.HasSuffix(bytes.TrimRight(p.line, "\r\n"), []byte("="))
}

// end ends a property.
func (p *properties) end() {
	if p.care == unread && bytes.IndexByte(p.line, ':') >= 0 { // after a quote that never closes
		p.treat(p.careFor(unfolded(p.line)))
	}
	if len(p.line) > 0 && p.care != leftOut {
		switch changed := p.changed(); {
		case changed == nil:
			p.pass(p.line)
		case p.care == uidValue: // it may name an address now, of its reader
			p.passBy(changed)
		default:
			p.findings.edits++
			p.pass(changed)
		}
	}
	p.line = p.line[:0]
	p.treat(unread)
}

// overflow ends the holding of a property that is too long.
func (p *properties) overflow() {
	if p.care != octetsValue || p.changed() != nil {
		p.findings.edits++
		p.care = leftOut
		p.line = p.line[:0]
		return
	}
	p.pass(p.line)
	p.care, p.line = plainValue, nil
}

// changed returns what the copy has for a property, or nil if it is the same.
func (p *properties) changed() []byte {
	switch p.care {
	case uidValue:
		return p.changedID()
	case octetsValue:
		return p.changedOctets()
	case htmlValue:
		return p.scrubbed(p.line, text{script: p.source.script, folded: true, markup: true})
	case quotedValue:
		return p.scrubbed(p.line, text{script: p.source.script, folded: true, vcard: true})
	}
	return nil
}

// scrubbed returns b as a text of this kind with its addresses replaced, or
// nil if there are none.
func (p *properties) scrubbed(b []byte, t text) []byte {
	var out bytes.Buffer
	s := p.match.scrubber(&out)
	s.markup, s.styled, s.folded, s.vcard = t.markup, t.markup, t.folded, t.vcard
	s.prepare()
	s.source.script = t.script
	if _, err := s.Write(b); err != nil || s.Close() != nil || s.findings.edits == 0 {
		return nil // a bytes.Buffer takes everything
	}
	p.findings.key = p.findings.key || s.findings.key
	return out.Bytes()
}

// changedID maps a UID.
func (p *properties) changedID() []byte {
	line := unfolded(p.line)
	head, value, _ := cutProperty(line)
	old := strings.TrimRight(string(value), "\r\n")
	mapped := p.match.uid(old)
	if mapped == old {
		return nil
	}
	return p.folded75(line[:len(head)+1], []byte(mapped))
}

// unfolded returns a property on one line, as it was before it was folded.
func unfolded(line []byte) []byte {
	if i := bytes.IndexByte(line, '\n'); i < 0 || i+1 == len(line) {
		return line
	}
	out := make([]byte, 0, len(line))
	for {
		i := bytes.IndexByte(line, '\n')
		if i < 0 || i+1 == len(line) {
			return append(out, line...)
		}
		out = append(out, bytes.TrimSuffix(line[:i], []byte("\r"))...)
		line = line[min(i+2, len(line)):]
	}
}

// cutProperty splits a property at the colon that ends its parameters: the
// first one of all, if a quote never closes.
func cutProperty(line []byte) (head, value []byte, ok bool) {
	if i := endOfHead(line); i >= 0 {
		return line[:i], line[i+1:], true
	}
	return bytes.Cut(line, []byte(":"))
}

// endOfHead returns where the first colon outside quotes is, or -1.
func endOfHead(line []byte) int {
	inQuotes := false
	for i, c := range line {
		if c == '"' {
			inQuotes = !inQuotes
		} else if c == ':' && !inQuotes {
			return i
		}
	}
	return -1
}

// maxOctets is the longest line of a calendar or vCard without its line break,
// RFC 5545 §3.1 and RFC 6350 §3.2.
const maxOctets = 75

// folded75 returns a property, of the two parts that it is made of, in lines
// of at most that many octets.
func (p *properties) folded75(head, value []byte) []byte {
	eol := "\r\n"
	if p.broken && !bytes.HasSuffix(p.line, []byte("\r\n")) {
		eol = "\n"
	}
	text := slices.Concat(head, value)
	out := make([]byte, 0, len(text)+len(text)/maxOctets*3+5)
	for room := maxOctets; len(text) > room; room = maxOctets - 1 {
		n := room
		for n > 1 && text[n]&0xc0 == 0x80 { // not inside a character of UTF-8
			n--
		}
		out = append(append(append(out, text[:n]...), eol...), ' ')
		text = text[n:]
	}
	if out = append(out, text...); p.broken {
		out = append(out, eol...)
	}
	return out
}
