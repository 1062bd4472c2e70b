package demo

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"fmt"
	"html/template"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

//go:embed pages
var pages embed.FS

// An archive is the folder that the mails are left in: each as it is, and as
// a page to look at.
type archive struct {
	dir     string
	pages   *template.Template
	heading string // of the next mail
	entries []*entry
}

// An entry is one mail of the archive.
type entry struct {
	Number   int
	Heading  string // above the first mail of a scene
	What     string // who did what with it
	File     string // without what follows the dot
	Date     string
	From     string
	Subject  string
	Language string
	Fields   []field
	Text     string
	HTML     template.HTML
	Parts    []enclosure
	Pictures []string // the files that the pictures are left in
	Header   string

	mail *received
}

type field struct{ Name, Value string }

type enclosure struct {
	Name, Type string
	Size       int
	Sum        string
}

func newArchive(dir string) (*archive, error) {
	t, err := template.ParseFS(pages, "pages/*.html")
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, fmt.Errorf("the mails have no place, name another folder with --out: %w", err)
	}
	return &archive{dir: dir, pages: t}, nil
}

// add leaves a mail in the archive; who and did make "Ben" "wrote".
func (a *archive) add(who, did string, r *received) error {
	e := &entry{Number: len(a.entries) + 1, Heading: a.heading, What: who + " " + did, mail: r}
	a.heading = ""
	e.File = fmt.Sprintf("%02d-%s-%s", e.Number, slug(e.What), slug(r.GetHeader("Subject")))
	if err := e.describe(r); err != nil {
		return err
	}
	a.entries = append(a.entries, e)
	for _, p := range r.enclosed() {
		if p.ContentType != "image/png" {
			continue
		}
		name := e.File + ".png"
		if n := len(e.Pictures) + 1; n > 1 {
			name = fmt.Sprintf("%s-%d.png", e.File, n)
		}
		if err := os.WriteFile(a.path(name), p.Content, 0o666); err != nil {
			return err
		}
		e.Pictures = append(e.Pictures, name)
	}
	if err := os.WriteFile(a.path(e.File+".eml"), r.raw, 0o666); err != nil {
		return err
	}
	return a.write(e.File+".html", "letter.html", e)
}

// pictures are the files that those of a mail are left in.
func (a *archive) pictures(r *received) []string {
	for _, e := range a.entries {
		if e.mail == r {
			return e.Pictures
		}
	}
	return nil
}

// index writes the page that lists all others.
func (a *archive) index() error { return a.write("index.html", "index.html", a.entries) }

func (a *archive) write(file, page string, data any) error {
	var b bytes.Buffer
	if err := a.pages.ExecuteTemplate(&b, page, data); err != nil {
		return err
	}
	return os.WriteFile(a.path(file), b.Bytes(), 0o666)
}

func (a *archive) path(file string) string { return filepath.Join(a.dir, file) }

// describe fills in what the pages show of a mail.
func (e *entry) describe(r *received) (err error) {
	e.Date, e.From, e.Subject = r.GetHeader("Date"), r.GetHeader("From"), r.GetHeader("Subject")
	e.Language = r.GetHeader("Content-Language")
	if e.Language == "" {
		e.Language = "en"
	}
	for _, name := range []string{"Date", "From", "To", "Reply-To", "Subject", "Message-ID", "In-Reply-To", "References"} {
		if value := r.GetHeader(name); value != "" {
			e.Fields = append(e.Fields, field{name, value})
		}
	}
	header, _, _ := bytes.Cut(r.raw, []byte("\r\n\r\n"))
	e.Header, e.Text = strings.ToValidUTF8(string(header), "\uFFFD"), r.Text
	for _, p := range r.enclosed() {
		e.Parts = append(e.Parts, enclosure{p.FileName, p.ContentType, len(p.Content), fmt.Sprintf("%x", sha256.Sum256(p.Content))})
	}
	if r.HTML != "" {
		e.HTML, err = r.sanitised()
	}
	return err
}

// slug is text in letters that every file system takes.
func slug(text string) string {
	words := strings.FieldsFunc(norm.NFKD.String(strings.ToLower(text)), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r)
	})
	name := strings.Map(func(r rune) rune {
		if r > unicode.MaxASCII {
			return -1
		}
		return r
	}, strings.Join(words, "-"))
	return strings.Trim(name[:min(len(name), 48)], "-")
}
