package templates

import (
	"encoding/base64"
	"fmt"
	"html"
	"slices"
	"strings"
	"unicode/utf8"
)

// head begins a page: nothing from outside, a table of 600 pixels that narrow
// screens shrink, colours for light and dark.
const head = `<!DOCTYPE html>
<html lang="LANG" xmlns="http://www.w3.org/1999/xhtml">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>TITLE</title>
<style>
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
.page { background: #1b1c1e !important; }
.sheet { background: #26282b !important; color: #e8e6e3 !important; }
.foot { color: #a9a6a1 !important; border-color: #45484c !important; }
.sheet a { color: #9cc4ff !important; border-color: #9cc4ff !important; }
}
@media (max-width: 480px) {
.inside { padding: 20px 16px !important; }
}
</style>
</head>
<body class="page" style="margin:0;padding:0;background:#f4f2ee;">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" style="background:#f4f2ee;"><tr><td align="center" style="padding:16px 8px;">
<table role="presentation" class="sheet" width="600" cellpadding="0" cellspacing="0" style="width:100%;max-width:600px;background:#ffffff;color:#22252a;"><tr><td class="inside" style="padding:24px;font-family:Georgia,'Times New Roman',serif;font-size:17px;line-height:1.5;text-align:left;">
`

const foot = `</td></tr></table>
</td></tr></table>
</body>
</html>
`

// An Image stands in the page where the text has a line of its own for it.
type Image struct {
	Type          string // Content-Type
	Bytes         []byte
	Width, Height int    // in CSS pixels
	Text          string // says what it shows: in the plain text instead of it
	ContentID     string // of the part that holds it (RFC 2392); empty: the page holds it itself
}

// source is where the image of a page comes from.
func (i Image) source() string {
	if i.ContentID != "" {
		return "cid:" + i.ContentID
	}
	return "data:" + i.Type + ";base64," + base64.StdEncoding.EncodeToString(i.Bytes)
}

// Plain is the text with what the images show in words, by the lines that
// stand for them.
func (m *Mail) Plain(images map[string]Image) string {
	if len(images) == 0 {
		return m.Text
	}
	lines := strings.Split(m.Text, "\n")
	for i, line := range lines {
		if image, ok := images[line]; ok {
			lines[i] = image.Text
		}
	}
	return strings.Join(lines, "\n")
}

// HTML is the mail as a page that says the same. Links holds, for lines of the
// text without the white space around them, where they lead; addresses lead to
// themselves. Images holds what lines stand for. A line that is underlined is
// a heading.
func (m *Mail) HTML(links map[string]string, images map[string]Image) string {
	var b strings.Builder
	b.WriteString(strings.NewReplacer("LANG", html.EscapeString(m.Language), "TITLE", html.EscapeString(m.Subject)).Replace(head))
	body, footer, _ := strings.Cut(m.Text, "\n-- \n")
	for paragraph := range strings.SplitSeq(strings.TrimSpace(body), "\n\n") {
		image, isImage := images[paragraph]
		lines := strings.Split(paragraph, "\n")
		switch {
		case isImage:
			writeImage(&b, image)
		case len(lines) == 2 && len(lines[1]) >= 3 && strings.Trim(lines[1], "-") == "":
			b.WriteString(`<h2 style="margin:32px 0 12px;font-size:20px;line-height:1.3;font-weight:bold;">` + html.EscapeString(lines[0]) + "</h2>\n")
		case areButtons(lines, links):
			writeButtons(&b, lines, links)
		default:
			writeParagraph(&b, lines, links)
		}
	}
	if footer = strings.TrimSpace(footer); footer != "" {
		b.WriteString(`<p class="foot" style="margin:24px 0 0;padding-top:12px;border-top:1px solid #d8d4cc;font-size:14px;color:#6b675f;">`)
		writeLine(&b, footer, links)
		b.WriteString("</p>\n")
	}
	b.WriteString(foot)
	return b.String()
}

func writeImage(b *strings.Builder, i Image) {
	fmt.Fprintf(b, `<p style="margin:0 0 16px;"><img src="%s" alt="%s" width="%d" height="%d" style="display:block;width:100%%;max-width:%dpx;height:auto;border:0;border-radius:6px;font-size:14px;"></p>`+"\n",
		html.EscapeString(i.source()), html.EscapeString(i.Text), i.Width, i.Height, i.Width)
}

func writeParagraph(b *strings.Builder, lines []string, links map[string]string) {
	b.WriteString(`<p style="margin:0 0 16px;">`)
	for i, line := range lines {
		if i > 0 {
			b.WriteString("<br>\n")
		}
		writeLine(b, line, links)
	}
	b.WriteString("</p>\n")
}

// areButtons tells whether all lines are links of a letter or two: a finger
// would miss them.
func areButtons(lines []string, links map[string]string) bool {
	return !slices.ContainsFunc(lines, func(line string) bool { return links[line] == "" || utf8.RuneCountInString(line) > 2 })
}

// writeButtons writes links side by side, large enough for a finger (44 pixels:
// WCAG 2.1 §2.5.5).
func writeButtons(b *strings.Builder, lines []string, links map[string]string) {
	b.WriteString(`<p style="margin:0 0 16px;">`)
	for _, line := range lines {
		fmt.Fprintf(b, `<a class="button" href="%s" style="display:inline-block;margin:0 8px 8px 0;padding:10px 0;width:44px;border:1px solid #1c5bb8;border-radius:6px;color:#1c5bb8;text-align:center;text-decoration:none;">%s</a>`+"\n",
			html.EscapeString(links[line]), html.EscapeString(line))
	}
	b.WriteString("</p>\n")
}

// writeLine writes a line of text, set in as far as its spaces say: all of it,
// where a narrow screen makes two lines of it.
func writeLine(b *strings.Builder, line string, links map[string]string) {
	text := strings.TrimLeft(line, " ")
	if in := len(line) - len(text); in > 0 && text != "" {
		fmt.Fprintf(b, `<span style="display:inline-block;padding-left:%gem;">`, float64(in)/2)
		defer b.WriteString("</span>")
	}
	if to := links[text]; to != "" {
		b.WriteString(`<a href="` + html.EscapeString(to) + `" style="color:#1c5bb8;">` + html.EscapeString(text) + `</a>`)
		return
	}
	for i, word := range strings.Split(text, " ") {
		if i > 0 {
			b.WriteByte(' ')
		}
		address := strings.Trim(word, "<>(),;:.")
		before, after, _ := strings.Cut(word, address)
		if !isAddress(address) {
			b.WriteString(html.EscapeString(word))
			continue
		}
		b.WriteString(html.EscapeString(before) + `<a href="mailto:` + html.EscapeString(address) + `" style="color:#1c5bb8;">` +
			html.EscapeString(address) + `</a>` + html.EscapeString(after))
	}
}

// isAddress tells whether a word is a plain mail address.
func isAddress(word string) bool {
	local, domain, ok := strings.Cut(word, "@")
	return ok && local != "" && strings.Contains(domain, ".") && !strings.ContainsAny(word, "\"'\\/?&%\u00a0")
}
