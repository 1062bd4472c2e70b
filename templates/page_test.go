package templates

import (
	"regexp"
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
			page := m.HTML(nil, nil)
			for _, never := range []string{"http:", "https:", "src=", "url(", "<script"} {
				if rest := strings.Replace(page, `xmlns="http://www.w3.org/1999/xhtml"`, "", 1); strings.Contains(rest, never) {
					t.Errorf("%s/%s has %s", tag, key, never)
				}
			}
			if got, want := squeezed(textOf(t, page)), squeezed(underline.ReplaceAllString(strings.Replace(m.Subject+m.Text, "\n-- \n", "\n", 1), "\n\n")); got != want {
				t.Errorf("%s/%s says\n%s\nand not\n%s", tag, key, got, want)
			}
			if !strings.Contains(page, `<html lang="`+tag.String()+`"`) {
				t.Errorf("%s/%s does not say its language", tag, key)
			}
		}
	}
}

// underline is what makes a heading of a line of text.
var underline = regexp.MustCompile(`\n-{3,}\n\n`)

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
	page := m.HTML(map[string]string{`a) "peu"`: "mailto:s+x@relay.test?subject=1&body=1a"}, nil)
	for _, want := range []string{
		`<title>Un &lt;mot&gt; &amp; plus</title>`,
		`&lt;<a href="mailto:ben@relay.test" style="color:#1c5bb8;">ben@relay.test</a>&gt;,`,
		`x&amp;y@z.`,
		`<span style="display:inline-block;padding-left:1.5em;"><a href="mailto:s+x@relay.test?subject=1&amp;body=1a" style="color:#1c5bb8;">a) &#34;peu&#34;</a></span><br>`,
		`padding-left:1.5em;">b) trop</span></p>`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s in\n%s", want, page)
		}
	}
}

func TestPageImages(t *testing.T) {
	m := &Mail{Language: "en", Subject: "May", Text: "Before.\n\n[chart 1]\n\nWith Ben\n--------\n\nA [chart 1] in a line.\n\n---\n\n-- \nEnd.\n"}
	images := map[string]Image{"[chart 1]": {Type: "image/png", Bytes: []byte("png"), Width: 560, Height: 220, Text: `"1" < 2`, ContentID: "a@relay.test"}}
	page := m.HTML(nil, images)
	for _, want := range []string{
		`<img src="cid:a@relay.test" alt="&#34;1&#34; &lt; 2" width="560" height="220" style="`,
		`>With Ben</h2>`, `>A [chart 1] in a line.</p>`, `>---</p>`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s in\n%s", want, page)
		}
	}
	if got, want := m.Plain(images), "Before.\n\n\"1\" < 2\n\nWith Ben\n--------\n\nA [chart 1] in a line.\n\n---\n\n-- \nEnd.\n"; got != want {
		t.Errorf("%q", got)
	}
	images["[chart 1]"] = Image{Type: "image/png", Bytes: []byte("png")}
	if page := m.HTML(nil, images); !strings.Contains(page, `src="data:image/png;base64,cG5n"`) {
		t.Errorf("the page does not hold its image:\n%s", page)
	}
}

func TestPageButtons(t *testing.T) {
	m := &Mail{Language: "en", Subject: "May", Text: "How?\n\n1\n2\n\n1\nno\n"}
	page := m.HTML(map[string]string{"1": "mailto:a@b.test?body=1", "2": "mailto:a@b.test?body=2"}, nil)
	if n := strings.Count(page, `<a class="button" href="mailto:a@b.test?body=`); n != 2 {
		t.Errorf("%d buttons in\n%s", n, page)
	}
	if !strings.Contains(page, `">1</a><br>`+"\nno</p>") {
		t.Errorf("a line that is no link became a button:\n%s", page)
	}
}
