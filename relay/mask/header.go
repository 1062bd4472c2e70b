package mask

import (
	"io"
	"strings"
	"time"

	"mentorrelay/parser/message"
)

// topHeader appends the header of the copy: what the letter says, and of the
// original only what is on the list here.
func (rw *rewriter) topHeader(b []byte, p, content *message.Part) []byte {
	l := &rw.letter
	b = appendField(b, "From", rw.mailbox(l.From))
	b = appendField(b, "To", rw.mailbox(l.To))
	if l.ReplyTo != "" {
		b = appendField(b, "Reply-To", formatAddress(Address{Addr: l.ReplyTo}))
	}
	b = rw.date(b, p.Header, l.Date)
	if f, ok := p.Header.Field("Subject"); ok {
		b = rw.textField(b, f, rw.match.scrub)
	}
	b = appendIDs(b, "Message-ID", []string{l.MessageID})
	b = appendIDs(b, "In-Reply-To", l.InReplyTo)
	b = appendIDs(b, "References", l.References)
	if l.AutoSubmitted != "" {
		b = appendField(b, "Auto-Submitted", l.AutoSubmitted)
	}
	b = appendWord(b, p.Header, "Importance", "high", "normal", "low")        // RFC 2156
	b = appendWord(b, p.Header, "Priority", "normal", "urgent", "non-urgent") // RFC 2156
	if l.TraceID != "" {
		b = appendField(b, TraceField, l.TraceID)
	}
	return append(rw.mimeHeader(b, p, content), '\r', '\n')
}

// nestedHeader appends the header of a message inside the message: who wrote
// what to whom, and nothing of the ways it came.
func (rw *rewriter) nestedHeader(b []byte, p, content *message.Part) []byte {
	b = rw.letterFields(b, p.Header)
	return append(rw.mimeHeader(b, p, content), '\r', '\n')
}

// phantomHeader appends the header of a body that is elsewhere, RFC 2046
// §5.2.3: of it only the Content fields mean anything.
func (rw *rewriter) phantomHeader(b []byte, _, content *message.Part) []byte {
	return append(rw.contentHeader(b, content), '\r', '\n')
}

// letterFields appends what a nested header keeps beside MIME.
func (rw *rewriter) letterFields(b []byte, h message.Header) []byte {
	for _, name := range []string{"From", "To", "Cc"} {
		if f, ok := h.Field(name); ok {
			b = rw.addressField(b, f)
		}
	}
	b = rw.date(b, h, time.Time{})
	if f, ok := h.Field("Subject"); ok {
		b = rw.textField(b, f, rw.match.scrub)
	}
	return b
}

// mimeHeader appends MIME-Version and the Content fields of a message, the
// latter from content, which is p without its signature.
func (rw *rewriter) mimeHeader(b []byte, p, content *message.Part) []byte {
	fields := rw.contentHeader(nil, content)
	if len(fields) > 0 || p.Header.Has("MIME-Version") {
		b = appendField(b, "MIME-Version", "1.0")
	}
	return append(b, fields...)
}

func (rw *rewriter) mailbox(a Address) string {
	return formatAddress(Address{Name: rw.match.scrub(clean(a.Name)), Addr: a.Addr})
}

// date appends the Date field in UTC: the zone tells where the sender is.
func (rw *rewriter) date(b []byte, h message.Header, fallback time.Time) []byte {
	t, ok := message.ParseDate(h.Get("Date"))
	if !ok {
		t = fallback
	}
	if t.IsZero() {
		return b
	}
	return appendField(b, "Date", t.UTC().Format("Mon, 2 Jan 2006 15:04:05 -0700"))
}

// appendIDs appends a list of message ids. One that does not fit on a line is
// left out.
func appendIDs(b []byte, name string, ids []string) []byte {
	var fit []string
	for _, id := range ids {
		if id != "" && len(id) < maxLine-len(name) {
			fit = append(fit, id)
		}
	}
	if len(fit) == 0 {
		return b
	}
	return appendField(b, name, strings.Join(fit, " "))
}

// appendWord appends a field whose value is one of a few words.
func appendWord(b []byte, h message.Header, name string, words ...string) []byte {
	value := h.Get(name)
	for _, word := range words {
		if strings.EqualFold(value, word) {
			return appendField(b, name, value)
		}
	}
	return b
}

// textField appends an unstructured field: as it stands if it holds no
// address and is fit to be sent.
func (rw *rewriter) textField(b []byte, f message.Field, scrub func(string) string) []byte {
	value := f.Value()
	scrubbed := scrub(strings.TrimSpace(clean(message.DecodeHeader(value))))
	switch {
	case isWritable(f) && !rw.holdsAddress(value, scrub):
		return appendRaw(b, f)
	case scrubbed == "":
		return b
	}
	return appendField(b, f.Name, encodeText(scrubbed))
}

// addressField appends a list of addresses, each of the real ones replaced.
func (rw *rewriter) addressField(b []byte, f message.Field) []byte {
	value := f.Value()
	list := message.ParseAddressList(value)
	dirty := !isWritable(f) || rw.holdsAddress(value, rw.match.scrub)
	var items []string
	for _, a := range list {
		masked := Address{rw.match.scrub(clean(a.Name)), rw.match.scrub(formatAddr(a.Addr))}
		dirty = dirty || masked != Address(a)
		if item := formatAddress(masked); len(item) < maxLine && isMailbox(item) {
			items = append(items, item)
		}
	}
	switch {
	case !dirty:
		return appendRaw(b, f)
	case len(items) == 0:
		return rw.textField(b, f, rw.match.scrub)
	}
	return appendField(b, f.Name, strings.Join(items, ", "))
}

// isMailbox tells whether a mailbox that was written reads back as the same. One
// that does not, such as <\uFFFD@>, is none.
func isMailbox(item string) bool {
	list := message.ParseAddressList(item)
	return len(list) == 1 && formatAddress(Address{clean(list[0].Name), list[0].Addr}) == item
}

// holdsAddress tells whether scrub finds anything in the value of a field, as
// it stands or decoded.
func (rw *rewriter) holdsAddress(value string, scrub func(string) string) bool {
	if scrub(value) != value {
		return true
	}
	decoded := clean(message.DecodeHeader(value))
	return decoded != value && scrub(decoded) != decoded
}

// fields writes a leaf that consists of header fields.
func (rw *rewriter) fields(p *message.Part, pl *plan) error {
	data, err := io.ReadAll(io.LimitReader(p.Open(rw.src), int64(rw.limits.Header)))
	if err != nil {
		return err
	}
	enc, err := newEncoder(p.Encoding, rw.w, rw.src, p)
	if err != nil {
		return err
	}
	if pl.work == headers {
		h := message.ParseHeader(data)
		data = rw.letterFields(nil, h)
	} else {
		data = rw.status(data)
	}
	if _, err := enc.Write(data); err != nil {
		return err
	}
	return enc.Close()
}
