package templates

import (
	"html"
	"strings"
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
.sheet a { color: #9cc4ff !important; }
}
</style>
</head>
<body class="page" style="margin:0;padding:0;background:#f4f2ee;">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" style="background:#f4f2ee;"><tr><td align="center" style="padding:16px 8px;">
<table role="presentation" class="sheet" width="600" cellpadding="0" cellspacing="0" style="width:100%;max-width:600px;background:#ffffff;color:#22252a;"><tr><td style="padding:24px;font-family:Georgia,'Times New Roman',serif;font-size:17px;line-height:1.5;text-align:left;">
`

const foot = `</td></tr></table>
</td></tr></table>
</body>
</html>
`

// HTML is the mail as a page that says the same. Links holds, for lines of the
// text without the white space around them, where they lead; addresses lead to
// themselves.
func (m *Mail) HTML(links map[string]string) string {
	var b strings.Builder
	b.WriteString(strings.NewReplacer("LANG", html.EscapeString(m.Language), "TITLE", html.EscapeString(m.Subject)).Replace(head))
	body, footer, _ := strings.Cut(m.Text, "\n-- \n")
	for paragraph := range strings.SplitSeq(strings.TrimSpace(body), "\n\n") {
		b.WriteString(`<p style="margin:0 0 16px;">`)
		for i, line := range strings.Split(paragraph, "\n") {
			if i > 0 {
				b.WriteString("<br>\n")
			}
			writeLine(&b, line, links)
		}
		b.WriteString("</p>\n")
	}
	if footer = strings.TrimSpace(footer); footer != "" {
		b.WriteString(`<p class="foot" style="margin:24px 0 0;padding-top:12px;border-top:1px solid #d8d4cc;font-size:14px;color:#6b675f;">`)
		writeLine(&b, footer, links)
		b.WriteString("</p>\n")
	}
	b.WriteString(foot)
	return b.String()
}

// writeLine writes a line of text, set in as far as its spaces say.
func writeLine(b *strings.Builder, line string, links map[string]string) {
	text := strings.TrimLeft(line, " ")
	b.WriteString(strings.Repeat("&nbsp;", len(line)-len(text)))
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
