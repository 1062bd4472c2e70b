package demo

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"html"
	"net/mail"
	"slices"
	"strings"

	"github.com/emersion/go-msgauth/dkim"
	"github.com/jhillyerd/enmime/v2"
)

// A received is a message as a mail client reads it.
type received struct {
	*enmime.Envelope
	raw []byte
}

// reader believes what a message says of its charset: short texts are easily
// taken for another.
var reader = enmime.NewParser(enmime.DisableCharacterDetection(true))

func read(raw []byte) (*received, error) {
	envelope, err := reader.ReadEnvelope(bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("reading a message: %w", err)
	}
	return &received{envelope, raw}, nil
}

func (r *received) id() string { return r.GetHeader("Message-ID") }

// correspondent is the one address in a field, or none.
func (r *received) correspondent(field string) mail.Address {
	list, err := r.AddressList(field)
	if err != nil || len(list) != 1 {
		return mail.Address{}
	}
	return *list[0]
}

// enclosed lists what comes with the text: attachments and pictures.
func (r *received) enclosed() []*enmime.Part {
	return slices.Concat(r.Inlines, r.OtherParts, r.Attachments)
}

// has tells whether the message holds a part with the same name and the same
// octets.
func (r *received) has(part *enmime.Part) bool {
	return slices.ContainsFunc(r.enclosed(), func(p *enmime.Part) bool {
		return p.FileName == part.FileName && sha256.Sum256(p.Content) == sha256.Sum256(part.Content)
	})
}

// shows tells whether every picture that the HTML refers to is enclosed.
func (r *received) shows() bool {
	for _, link := range strings.Split(r.HTML, "cid:")[1:] {
		id, _, _ := strings.Cut(link, `"`)
		if !slices.ContainsFunc(r.enclosed(), func(p *enmime.Part) bool { return p.ContentID == id }) {
			return false
		}
	}
	return true
}

// words is what a reader sees, with one spelling for a line's end.
func (r *received) words() string {
	text := r.Text
	if r.HTML != "" {
		text += "\n" + visible(r.HTML)
	}
	return strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
}

// mentions tells whether a word stands anywhere in the message: in the bytes
// as they are, or in what any client makes of a field, a part or a link.
func (r *received) mentions(word string) bool {
	texts := []string{string(r.raw), r.Text, r.HTML}
	for _, name := range r.GetHeaderKeys() {
		texts = append(texts, r.GetHeaderValues(name)...)
	}
	r.Root.DepthMatchAll(func(p *enmime.Part) bool {
		texts = append(texts, string(p.Content), p.FileName, p.ContentID, p.Boundary)
		return false
	})
	percents := strings.NewReplacer("%40", "@", "%2E", ".", "%2e", ".")
	return slices.ContainsFunc(texts, func(text string) bool {
		forms := []string{text, html.UnescapeString(text), percents.Replace(text)}
		return slices.ContainsFunc(forms, func(form string) bool { return strings.Contains(strings.ToLower(form), word) })
	})
}

// signedBy tells whether the message has a valid DKIM signature of a domain
// whose DNS has these TXT records.
func (r *received) signedBy(domain string, records map[string]string) bool {
	found, err := dkim.VerifyWithOptions(bytes.NewReader(r.raw), &dkim.VerifyOptions{
		LookupTXT: func(name string) ([]string, error) { return []string{records[name]}, nil },
	})
	return err == nil && slices.ContainsFunc(found, func(v *dkim.Verification) bool { return v.Domain == domain && v.Err == nil })
}
