package message

import (
	"html"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"
)

// sheet reads a style sheet for the one rule that matters here: whether
// paragraphs are lines, as in Outlook on the web and Zimbra.
func (r *renderer) sheet(s string) {
	if len(r.stack) == 0 || r.stack[len(r.stack)-1].name != atom.Style {
		return
	}
	var rule [64]byte
	for i := 0; i < len(s) && i < 4096; i++ {
		if (s[i] == 'p' || s[i] == 'P') && (i == 0 || isSpace(s[i-1]) || s[i-1] == '}' || s[i-1] == '>') {
			text := strings.Join(strings.Fields(string(appendLower(rule[:0], s[i:]))), "")
			r.pNoGaps = r.pNoGaps || strings.HasPrefix(text, "p{margin:0") || strings.HasPrefix(text, "p{margin-top:0")
		}
	}
}

// wordBullet writes the bullet or number that Word puts before a list item; a
// bullet is a letter of a symbol font.
func (r *renderer) wordBullet(s string) {
	s = strings.TrimSpace(strings.ReplaceAll(s, "&nbsp;", " "))
	s = strings.Trim(html.UnescapeString(s[:min(len(s), longestEntity)]), " \u00a0\t\r\n")
	switch {
	case s == "":
	case utf8.RuneCountInString(s) == 1 && !(s[0] >= '0' && s[0] <= '9'):
		r.write("- ", false)
	default:
		r.write(html.EscapeString(s)+" ", false)
	}
}

// br breaks the line. Apple Mail sets the line that introduces a quotation
// inside of it, with a break of its own after it.
func (r *renderer) br(attrs []attribute) {
	if r.hidden {
		return
	}
	r.lineBreak()
	for _, a := range attrs {
		if a.value == "Apple-interchange-newline" {
			r.liftAttribution(r.innermostQuote())
		}
	}
}

// ruleLine stands for a horizontal rule, as Outlook writes it.
const ruleLine = "________________________________"

func (r *renderer) rule() {
	r.closeImplied(atom.Hr)
	if r.hidden {
		return
	}
	r.end()
	r.write(ruleLine, false)
	r.end()
}

// image writes the text that stands for an image; the name of a file says no
// more than that there is one.
func (r *renderer) image(attrs []attribute) {
	if r.hidden || effectOf(attrs).hidden {
		return
	}
	for _, a := range attrs {
		if !sameName(a.name, "alt") || strings.TrimSpace(a.value) == "" {
			continue
		}
		if isFileName(a.value) {
			r.write("["+a.value+"]", false)
		} else {
			r.write(a.value, false)
		}
		return
	}
	if r.link != "" && r.linkAt == len(r.out) {
		address := strings.ReplaceAll(r.link, "&amp;", "&")
		r.write(strings.ReplaceAll(address, "&", "&amp;"), false) // &copy=1 is no entity there
		r.link = ""
	}
}

// isFileName tells whether s ends like image001.png.
func isFileName(s string) bool {
	i := strings.LastIndexByte(s, '.')
	if i <= 0 || i+1 == len(s) || len(s)-i > len(".jpeg") {
		return false
	}
	for _, c := range []byte(s[i+1:]) {
		if !isAlphanumeric(c) {
			return false
		}
	}
	return true
}
