package message

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzPlainText reads whatever comes as a page.
func FuzzPlainText(f *testing.F) {
	for _, page := range fuzzPages() {
		f.Add(page)
	}
	f.Fuzz(checkText)
}

// TestPlainTextPairs reads all patterns next to each other.
func TestPlainTextPairs(t *testing.T) {
	for _, a := range patterns {
		for _, b := range patterns {
			checkText(t, a+b+a+"x")
		}
	}
}

// growth is how much longer a text can be than its page: a line takes a break
// and a character at least, and has quote marks and the indentation of lists.
const growth = 16

// checkText tests what holds for the text of every page.
func checkText(t *testing.T, page string) {
	text := PlainText(page)
	if !utf8.ValidString(text) {
		t.Errorf("%q: not UTF-8: %q", page, text)
	}
	if len(text) > growth*(len(page)+len(ruleLine)) {
		t.Errorf("%d octets of %d", len(text), len(page))
	}
	if strings.Contains(text, "\n\n\n") || strings.HasPrefix(text, "\n") || strings.ContainsRune(text, 0) {
		t.Errorf("%q: blank lines or NUL: %q", page, text)
	}
	for line := range strings.Lines(text) {
		if trimmed := strings.TrimRight(line, " \t\n"); trimmed+"\n" != line && !strings.HasSuffix(line, separator+"\n") {
			t.Errorf("%q: line %q", page, line)
		}
	}
	if again := PlainText("<pre>" + escape(text)); again != text {
		t.Errorf("%q: %q, preformatted %q", page, text, again)
	}
}

// escape makes a page of a text.
func escape(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;").Replace(text)
}

// fuzzPages returns the pages that fuzzing starts from.
func fuzzPages() []string {
	var pages []string
	for _, pattern := range patterns {
		pages = append(pages, strings.Repeat(pattern, 3)+"text")
	}
	names, _ := filepath.Glob("testdata/html/*.html")
	for _, name := range names {
		if page, err := os.ReadFile(name); err == nil {
			pages = append(pages, string(page))
		}
	}
	return pages
}

// FuzzTokenizer compares the tokenizer with that of x/net, but for what is
// left out on purpose: the escapes of scripts, plaintext elements, the rules of
// entities in attributes, and attributes beyond the first few.
func FuzzTokenizer(f *testing.F) {
	for _, page := range fuzzPages() {
		f.Add(page)
	}
	f.Fuzz(func(t *testing.T, page string) {
		lower := strings.ToLower(page)
		if strings.Contains(lower, "<script") || strings.Contains(lower, "<plaintext") ||
			strings.ContainsAny(page, "&\x00\r") || strings.Count(page, " ") > maxAttributes || !utf8.ValidString(page) {
			return
		}
		if got, want := tokens(page), netTokens(page); got != want {
			t.Errorf("%q\n got %s\nwant %s", page, got, want)
		}
	})
}
