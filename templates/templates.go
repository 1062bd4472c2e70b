// Package templates holds the words that people read: the mails of each
// language, embedded, and how they are rendered.
package templates

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"text/template"

	"golang.org/x/text/language"
)

// words has a folder for each language, and in it the commands that people
// write, the phrases of several mails, and a file for each mail: the subject on
// its first line, an empty line, then the text.
//
//go:embed en fr
var words embed.FS

// A Catalogue is the mails in every language served.
type Catalogue struct {
	mails    map[language.Tag]map[string]*template.Template
	commands map[string]string // by their folded word
	messages *messages
	tags     []language.Tag // English first: what is used when nothing fits
	matcher  language.Matcher
}

// A Mail is what a person gets to read.
type Mail struct {
	Language string // BCP 47
	Subject  string
	Text     string // lines end in \n
}

// ErrNoMail is the error for a mail that no language has.
var ErrNoMail = errors.New("templates: no such mail")

// New reads the embedded catalogue. It fails where a language lacks a mail
// that another has, or a mail cannot be read.
func New() (*Catalogue, error) { return read(words) }

func read(files fs.FS) (*Catalogue, error) {
	folders, err := fs.ReadDir(files, ".")
	if err != nil {
		return nil, err
	}
	c := &Catalogue{mails: map[language.Tag]map[string]*template.Template{}, commands: map[string]string{}, messages: newMessages()}
	var has []map[string]bool
	for _, f := range folders {
		tag, err := language.Parse(f.Name())
		if err != nil {
			return nil, fmt.Errorf("templates: folder %s is not named after a language: %w", f.Name(), err)
		}
		if err := c.messages.read(files, f.Name(), tag); err != nil {
			return nil, err
		}
		if c.mails[tag], err = readLanguage(files, f.Name(), c.messages.functions(tag)); err != nil {
			return nil, err
		}
		commands, err := c.readCommands(files, f.Name())
		if err != nil {
			return nil, err
		}
		if has = append(has, commands); !maps.Equal(has[0], commands) {
			return nil, fmt.Errorf("templates: %s has other commands than %s", tag, c.tags[0])
		}
		c.tags = append(c.tags, tag)
	}
	slices.SortStableFunc(c.tags, func(a, b language.Tag) int { return rank(a) - rank(b) })
	c.matcher = language.NewMatcher(c.tags)
	return c, c.parity()
}

func rank(t language.Tag) int {
	if t == language.English {
		return 0
	}
	return 1
}

func readLanguage(files fs.FS, folder string, functions template.FuncMap) (map[string]*template.Template, error) {
	names, err := fs.Glob(files, folder+"/*.txt")
	if err != nil {
		return nil, err
	}
	mails := map[string]*template.Template{}
	for _, name := range names {
		raw, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		t, err := template.New(name).Option("missingkey=error").Funcs(functions).Parse(string(raw))
		if err != nil {
			return nil, fmt.Errorf("templates: %w", err)
		}
		mails[strings.TrimSuffix(path.Base(name), ".txt")] = t
	}
	return mails, nil
}

// parity checks that every language has every mail and phrase.
func (c *Catalogue) parity() error {
	for _, tag := range c.tags {
		for key := range c.mails[c.tags[0]] {
			if c.mails[tag][key] == nil {
				return fmt.Errorf("templates: %s lacks %s.txt", tag, key)
			}
		}
		if err := errors.Join(c.messages.parity(tag, c.tags[0]), c.messages.parity(c.tags[0], tag)); err != nil {
			return err
		}
		if n, all := len(c.mails[tag]), len(c.mails[c.tags[0]]); n != all {
			return fmt.Errorf("templates: %s has %d mails, %s has %d", tag, n, c.tags[0], all)
		}
	}
	return nil
}

// Languages lists the languages served.
func (c *Catalogue) Languages() []string {
	var list []string
	for _, t := range c.tags {
		list = append(list, t.String())
	}
	return list
}

// nearest is the language served that is nearest to the one wanted.
func (c *Catalogue) nearest(wanted string) language.Tag {
	want, err := language.Parse(wanted)
	if err != nil {
		return c.tags[0]
	}
	_, i, _ := c.matcher.Match(want)
	return c.tags[i]
}

var (
	ends = regexp.MustCompile(` +\n`)
	gaps = regexp.MustCompile(`\n{3,}`)
)

// Render writes the mail in the language served that is nearest to the one
// wanted (a BCP 47 tag). A value that the mail names and data lacks is an error.
func (c *Catalogue) Render(wanted, key string, data map[string]any) (*Mail, error) {
	tag := c.nearest(wanted)
	t := c.mails[tag][key]
	if t == nil {
		return nil, fmt.Errorf("%w: %s", ErrNoMail, key)
	}
	var b strings.Builder
	if err := t.Execute(&b, data); err != nil {
		return nil, fmt.Errorf("templates: %w", err)
	}
	subject, text, ok := strings.Cut(b.String(), "\n\n")
	if !ok || strings.ContainsAny(subject, "\r\n") {
		return nil, fmt.Errorf("templates: %s in %s does not begin with a subject and an empty line", key, tag)
	}
	text = ends.ReplaceAllString(text, "\n")             // what is left out leaves a space
	text = gaps.ReplaceAllString(text, "\n\n")           // or its empty lines
	text = strings.Replace(text, "\n--\n", "\n-- \n", 1) // RFC 3676 §4.3; editors drop a space at the end of a line
	return &Mail{Language: tag.String(), Subject: subject, Text: text}, nil
}
