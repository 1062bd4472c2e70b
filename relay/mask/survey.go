package mask

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/transform"

	"mentorrelay/parser/message"
)

// work is what is to be done with the body of a leaf.
type work int

const (
	keep    work = iota // copied byte for byte
	recode              // encoded anew: its lines are too long, or octets are blanked
	scrub               // text that holds an address
	report              // header fields, as in a delivery status
	headers             // the header of a message
	nested              // a message that was encoded for transfer
	leave               // left out
)

// A plan is what the survey decided for one leaf.
type plan struct {
	work
	text     text
	encoding string // of the copy, if it is not that of the original
	raw      bool   // said to be in base64, and read as it stands
	coded    bool   // holds uuencoded files with addresses
	blank    []blank
	from, to int       // of rewriter.early, where the text is written already
	inner    *rewriter // of a message that was encoded for transfer
	root     *message.Part
}

// survey decides for every leaf below p what is to be done, so that nothing is
// written of a message that must be refused.
func (rw *rewriter) survey(p *message.Part) error {
	p = rw.signed(p)
	if kind := opaqueKind(p); kind != "" && rw.letter.Opaque == Refuse {
		return &OpaqueError{kind}
	}
	for _, child := range p.Children {
		if err := rw.survey(child); err != nil {
			return err
		}
	}
	if len(p.Children) > 0 {
		return nil
	}
	pl, err := rw.planLeaf(p)
	if err != nil {
		return err
	}
	switch pl.work {
	case keep:
		return nil
	case leave:
	default:
		rw.result.Changed++
	}
	rw.plans[p] = pl
	return nil
}

// signed returns what a multipart/signed (RFC 1847) is about: its signature is
// broken by the new header, and its certificate names the sender.
func (rw *rewriter) signed(p *message.Part) *message.Part {
	for p.MediaType == "multipart/signed" && len(p.Children) > 0 {
		rw.result.SignatureDropped = true
		p = p.Children[0]
	}
	return p
}

// planLeaf decides for one leaf.
func (rw *rewriter) planLeaf(p *message.Part) (*plan, error) {
	switch p.MediaType {
	case "application/pgp-keys":
		rw.result.KeyDropped = true
		return &plan{work: leave}, nil
	case "application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature":
		rw.result.SignatureDropped = true
		return &plan{work: leave}, nil
	case "message/rfc822", "message/global", "message/news", "message/external-body":
		return rw.planMessage(p)
	case "message/delivery-status", "message/global-delivery-status",
		"message/disposition-notification", "message/global-disposition-notification", "message/feedback-report":
		return &plan{work: report}, nil
	case "text/rfc822-headers", "message/global-headers":
		return &plan{work: headers}, nil
	}
	t, ok, err := rw.textOf(p)
	if err != nil {
		return nil, err
	}
	if ok {
		return rw.planText(p, t)
	}
	if strings.HasPrefix(p.MediaType, "image/") || p.MediaType == "application/octet-stream" && !rw.isUnencoded(p) {
		return rw.planImage(p)
	}
	return rw.planFile(p)
}

// recodeLong plans a leaf that is touched only if its lines are longer than
// mail allows.
func recodeLong(p *message.Part, encoding string) *plan {
	switch {
	case !p.LongLines:
		return &plan{}
	case p.Encoding == "base64":
		encoding = "base64"
	}
	return &plan{work: recode, encoding: encoding}
}

// planMessage reads a message that was encoded for transfer, against
// RFC 2046 §5.2.1.
func (rw *rewriter) planMessage(p *message.Part) (*plan, error) {
	data, err := io.ReadAll(p.Open(rw.src))
	if err != nil {
		return nil, fmt.Errorf("reading a nested message: %w", err)
	}
	root, err := message.Scan(bytes.NewReader(data), int64(len(data)), rw.limits)
	if err != nil {
		return nil, err
	}
	inner := rw.inside(data)
	if err := inner.survey(root); err != nil {
		return nil, err
	}
	rw.result.SignatureDropped = rw.result.SignatureDropped || inner.result.SignatureDropped
	rw.result.KeyDropped = rw.result.KeyDropped || inner.result.KeyDropped
	return &plan{work: nested, inner: inner, root: root}, nil
}

// planText searches a text part.
func (rw *rewriter) planText(p *message.Part, t text) (*plan, error) {
	encoding := "quoted-printable"
	if t.recode != nil { // its line breaks are none to quoted-printable
		encoding = "base64"
	}
	pl := recodeLong(p, encoding)
	if t.folded && p.Encoding == "quoted-printable" && pl.encoding == "" {
		pl.encoding = p.Encoding // a property is put together beneath it
	}
	pl.text, pl.from = t, rw.early.Len()
	found, err := rw.searchAs(p, pl)
	if err == nil {
		found, err = rw.searchMore(p, pl, found)
	}
	if err != nil {
		return nil, fmt.Errorf("searching a text: %w", err)
	}
	if found.encrypted && rw.letter.Opaque == Refuse {
		return nil, &OpaqueError{"pgp"}
	}
	rw.result.SignatureDropped = rw.result.SignatureDropped || found.signature
	rw.result.KeyDropped = rw.result.KeyDropped || found.key
	if found.edits > 0 {
		pl.work, pl.to = scrub, rw.early.Len()
	} else {
		rw.early.Truncate(pl.from)
	}
	return pl, nil
}

// searchAs searches a text in its charset. One in which an octet may be half a
// character is searched octet by octet too, since many texts are in another
// charset than they are said to be; the reading that finds more is kept.
func (rw *rewriter) searchAs(p *message.Part, pl *plan) (findings, error) {
	if pl.text.isSingle() {
		if pl.inPlace(p) && p.End-p.Body <= earlyPart && pl.from < earlyAll {
			return rw.search(p, pl, &rw.early)
		}
		return rw.search(p, pl, io.Discard)
	}
	found, err := rw.search(p, pl, io.Discard)
	octets := *pl
	octets.text.script = script{}
	other, otherErr := rw.search(p, &octets, io.Discard)
	if otherErr == nil && (err != nil || other.edits > found.edits) {
		*pl = octets
		return other, nil
	}
	return found, err
}

// Text that is small, as nearly all is, is written while it is searched.
const (
	earlyPart = 32 << 10
	earlyAll  = 256 << 10
)

// search reads all of a text part and returns what was found in it. What is to
// be written of it goes to w.
func (rw *rewriter) search(p *message.Part, pl *plan, w io.Writer) (findings, error) {
	s := rw.scrubber(pl, p, w)
	err := rw.feed(s, p, pl)
	return s.findings, err
}

// scrubber returns the scrubber for a leaf, writing to w.
func (rw *rewriter) scrubber(pl *plan, p *message.Part, w io.Writer) *scrubber {
	s := &rw.scrub
	s.reset()
	s.match, s.w = rw.match, w
	s.markup, s.folded, s.vcard = pl.text.markup, pl.text.folded, pl.text.vcard
	s.rtf, s.coded = pl.text.rtf, pl.text.coded
	s.styled = s.markup || p.MediaType == "text/css"
	s.delSp = strings.EqualFold(p.Params["format"], "flowed") && strings.EqualFold(p.Params["delsp"], "yes")
	s.prepare()
	s.source.script = pl.text.script
	s.source.quoted = pl.inPlace(p) && p.Encoding == "quoted-printable"
	return s
}

// inPlace tells whether edits can be made in the octets of the source: what is
// not in base64, nor to be encoded anew, nor in a charset that hides ASCII.
func (pl *plan) inPlace(p *message.Part) bool {
	return pl.raw || pl.encoding == "" && p.Encoding != "base64" && pl.text.recode == nil
}

// feed writes a leaf to the scrubber, decoded as far as it must be.
func (rw *rewriter) feed(s *scrubber, p *message.Part, pl *plan) error {
	r := p.Open(rw.src)
	if pl.inPlace(p) {
		r = p.Raw(rw.src)
	} else if pl.text.recode != nil {
		r = transform.NewReader(r, pl.text.recode.NewDecoder())
	}
	w := io.WriteCloser(s)
	if pl.text.folded {
		w = newProperties(s)
	} else if pl.coded {
		w = &uudecoder{scrubber: s}
	}
	if _, err := io.CopyBuffer(onlyWriter{w}, onlyReader{r}, rw.buffer()); err != nil {
		return err
	}
	return w.Close()
}

// onlyWriter and onlyReader keep io.CopyBuffer to the buffer it is given.
type (
	onlyWriter struct{ io.Writer }
	onlyReader struct{ io.Reader }
)

// encodeCharset returns w behind the charset of a text that was decoded.
func encodeCharset(e encoding.Encoding, w io.Writer) io.WriteCloser {
	return transform.NewWriter(w, encoding.ReplaceUnsupported(e.NewEncoder()))
}
