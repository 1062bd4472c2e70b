package templates

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestPage checks that a page says what the text says, asks nothing of
// anybody else, and can be read by machines that read aloud.
func TestPage(t *testing.T) {
	c, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, tag := range c.tags {
		for key := range c.mails[tag] {
			m, err := c.Render(tag.String(), key, all)
			if err != nil {
				t.Fatal(err)
			}
			page := m.HTML(nil)
			for _, never := range []string{"http:", "https:", "src=", "url(", "<script"} {
				if rest := strings.Replace(page, `xmlns="http://www.w3.org/1999/xhtml"`, "", 1); strings.Contains(rest, never) {
					t.Errorf("%s/%s has %s", tag, key, never)
				}
			}
			if got, want := squeezed(textOf(t, page)), squeezed(strings.Replace(m.Subject+m.Text, "\n-- \n", "\n", 1)); got != want {
				t.Errorf("%s/%s says\n%s\nand not\n%s", tag, key, got, want)
			}
			if !strings.Contains(page, `<html lang="`+tag.String()+`"`) {
				t.Errorf("%s/%s does not say its language", tag, key)
			}
		}
	}
}

// textOf is the text of a page, without its style.
func textOf(t *testing.T, page string) string {
	t.Helper()
	z, text, style := html.NewTokenizer(strings.NewReader(page)), "", false
	for {
		switch z.Next() {
		case html.ErrorToken:
			return text
		case html.TextToken:
			if !style {
				text += string(z.Text())
			}
		case html.StartTagToken:
			name, _ := z.TagName()
			style = string(name) == "style"
		case html.EndTagToken:
			style = false
		}
	}
}

// squeezed is a text without white space and entities.
func squeezed(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(html.UnescapeString(s), "\u00a0", " ")), "")
}

func TestPageLinks(t *testing.T) {
	m := &Mail{Language: "fr", Subject: "Un <mot> & plus", Text: "Écrivez à <ben@relay.test>, ou à x&y@z.\n\n1. Combien ?\n   a) \"peu\"\n   b) trop\n\n-- \nFin."}
	page := m.HTML(map[string]string{`a) "peu"`: "mailto:s+x@relay.test?subject=1&body=1a"})
	for _, want := range []string{
		`<title>Un &lt;mot&gt; &amp; plus</title>`,
		`&lt;<a href="mailto:ben@relay.test" style="color:#1c5bb8;">ben@relay.test</a>&gt;,`,
		`x&amp;y@z.`,
		`&nbsp;&nbsp;&nbsp;<a href="mailto:s+x@relay.test?subject=1&amp;body=1a" style="color:#1c5bb8;">a) &#34;peu&#34;</a><br>`,
		`&nbsp;&nbsp;&nbsp;b) trop</p>`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s in\n%s", want, page)
		}
	}
}
