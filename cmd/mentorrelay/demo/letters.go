package demo

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base32"
	"encoding/base64"
	"fmt"
	"mime"
	"net/mail"
	"net/url"
	"strings"
	"text/template"
	"time"
)

// letters holds what the two write, as their mail clients compose it.
//
//go:embed letters
var letters embed.FS

// A composer fills in the letters.
type composer struct {
	eml *template.Template
	gpx []byte
}

func newComposer() (*composer, error) {
	eml, err := template.New("").Option("missingkey=error").ParseFS(letters, "letters/*.eml")
	if err != nil {
		return nil, err
	}
	gpx, err := letters.ReadFile("letters/jalla.gpx")
	return &composer{eml, gpx}, err
}

// A draft is what the letters name beside their words.
type draft struct {
	*composer
	Account
	To                        string
	At                        time.Time
	ID, InReplyTo, References string

	// What a note says; the other letters have words of their own.
	Subject, Text, Language string
}

// note is the letter that says what it is told to.
const note = "note.eml"

// words are those of a note.
func (c *composer) words(name string) (string, error) {
	text, err := letters.ReadFile("letters/notes/" + name + ".txt")
	return strings.TrimSpace(string(text)), err
}

// compose writes a letter; it answers what its writer got as `to`, if that is
// not nil.
func (c *composer) compose(file string, d draft, to *received) ([]byte, error) {
	sum := sha256.Sum256([]byte(d.Address + d.At.String() + d.To + d.Text))
	d.composer = c
	d.ID = "<" + base32.StdEncoding.EncodeToString(sum[:10]) + "@" + d.Host() + ">"
	if to != nil {
		d.InReplyTo = to.id()
		d.References = strings.TrimSpace(to.GetHeader("References") + " " + to.id()) // RFC 5322 §3.6.4
	}
	var b bytes.Buffer
	if err := c.eml.ExecuteTemplate(&b, file, d); err != nil {
		return nil, fmt.Errorf("composing a letter: %w", err)
	}
	return bytes.ReplaceAll(b.Bytes(), []byte("\n"), []byte("\r\n")), nil
}

// From is the author, as the client writes it.
func (d draft) From() string {
	return (&mail.Address{Name: d.Name, Address: d.Address}).String()
}

// EncodedSubject is the subject as a field holds it (RFC 2047).
func (d draft) EncodedSubject() string {
	return strings.ReplaceAll(mime.QEncoding.Encode("utf-8", d.Subject), "\r\n", "\n")
}

// Host is the writer's domain.
func (d draft) Host() string { return domainOf(d.Address) }

// Date is the date of writing, in the writer's time zone.
func (d draft) Date() string { return d.At.Format(dateFormat) }

// EncodedAddress is the address as some clients write it in links.
func (d draft) EncodedAddress() string { return url.QueryEscape(d.Address) }

// SplitAddress is the address with a soft line break in it (RFC 2045 §6.7).
func (d draft) SplitAddress() string { return d.Address[:8] + "=\n" + d.Address[8:] }

// Picture, Paper and Route are what is enclosed.
func (d draft) Picture() (string, error) {
	p, err := picture()
	return encode(p), err
}

// Paper is a page in PDF.
func (d draft) Paper() string { return encode(paper(questions)) }

// Route is a file that a runner's watch reads.
func (d draft) Route() string { return encode(d.gpx) }

// encode is base64 in lines of 76 (RFC 2045 §6.8).
func encode(data []byte) string {
	var b strings.Builder
	for rest := base64.StdEncoding.EncodeToString(data); len(rest) > 0; {
		n := min(76, len(rest))
		b.WriteString(rest[:n] + "\n")
		rest = rest[n:]
	}
	return strings.TrimSuffix(b.String(), "\n")
}
