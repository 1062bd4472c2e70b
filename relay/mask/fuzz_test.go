package mask

import (
	"bytes"
	"errors"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"mentorrelay/parser/message"
)

// FuzzScrub searches text of any kind: no address is left as it was, and nothing
// is found in the result.
func FuzzScrub(f *testing.F) {
	f.Add([]byte("Ask alice@corp.test, or <b>al</b>ice&#64;corp.test."), byte(0))
	f.Add([]byte("mailto:alice%2540corp.test \\u0040 =40 \"alice\"@corp.test"), byte(1))
	f.Add([]byte("EMAIL:ali\r\n ce@corp.test =\r\n=40"), byte(7))
	f.Add([]byte("ali=\r\nce=40corp.test, caf=E9"), byte(24))
	f.Add([]byte(`\61lice\40 corp.test \x61lice\u{40}corp.test &amp;#64; \u64?`), byte(65))
	f.Add([]byte(`{\rtf1{\b al}{ice\'40}corp\u46 ?test\par C:\\alice@corp.test`), byte(7))
	f.Add([]byte("> ali \r\n> ce@ \r\ncorp.test"), byte(128))
	f.Add([]byte("-----BEGIN PGP PUBLIC KEY BLOCK-----\nx\n-----END PGP PUBLIC KEY BLOCK-----\n"), byte(0))
	f.Fuzz(func(t *testing.T, text []byte, kind byte) {
		once := scrubBytes(t, text, kind)
		seen := once
		if kind&2 != 0 && kind&7 != 7 { // a fold and the space behind it are nothing
			seen = fold.ReplaceAll(once, nil)
		}
		if strings.Contains(strings.ToLower(string(seen)), " alice@corp.test ") {
			t.Errorf("a canary is left in %q", once)
		}
		if twice := scrubBytes(t, once, kind); !bytes.Equal(once, twice) {
			t.Errorf("%q became %q, and that %q", text, once, twice)
		}
	})
}

// FuzzWindows searches text that two windows share: as much is found as in one.
func FuzzWindows(f *testing.F) {
	f.Add([]byte("Ask alice@corp.test, or <b>al</b>ice&#64;corp.test."), byte(1))
	f.Add([]byte("\"alice smith\"@corp.test <a title='alice@corp.test b'"), byte(1))
	f.Add([]byte("A -----BEGIN PGP PUBLIC KEY BLOCK-----\n-----BEGIN PGP MESSAGE-----"), byte(0))
	f.Fuzz(func(t *testing.T, text []byte, kind byte) {
		one := scrubBytes(t, text, kind)
		if two := scrubBytes(t, append(lead(len(text)), text...), kind); !bytes.HasSuffix(two, one) {
			t.Errorf("%q became %q, and in two windows %q", text, one, bytes.TrimLeft(two, "x"))
		}
	})
}

// lead returns a line to stand before a text of this size, so that its middle is
// where a window ends.
func lead(size int) []byte {
	return append(bytes.Repeat([]byte("x"), max(0, scrubWindow-scrubHold-size/2)), ",\n\n"...)
}

// scrubBytes replaces the addresses in a text of the kind that the bits of
// kind choose.
func scrubBytes(t *testing.T, text []byte, kind byte) []byte {
	t.Helper()
	var out bytes.Buffer
	m := newMatcher(aliceToBen())
	s := scrubber{match: m, w: &out}
	s.rtf, s.coded = kind&7 == 7, kind&7 == 5
	if !s.rtf && !s.coded {
		s.markup, s.folded, s.vcard = kind&1 != 0, kind&2 != 0, kind&4 != 0
	}
	s.styled, s.delSp = kind&64 != 0, kind&128 != 0
	s.prepare()
	s.source.quoted = kind&8 != 0
	s.source.script = scriptOf([]string{"", "iso-8859-1", "shift_jis", "iso-2022-jp"}[kind>>4&3], m)
	if _, err := s.Write(text); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// FuzzRewrite holds the rewriter to its promises, for any message.
func FuzzRewrite(f *testing.F) {
	names, _ := filepath.Glob("testdata/*.in.eml")
	for _, name := range names {
		f.Add(crlf(readFile(f, name)))
	}
	f.Fuzz(func(t *testing.T, source []byte) {
		limits := message.DefaultLimits()
		limits.Parts = 50
		root, err := message.Scan(bytes.NewReader(source), int64(len(source)), limits)
		if err != nil {
			return
		}
		l := aliceToBen()
		l.Opaque = Pass
		var out bytes.Buffer
		if _, err := Rewrite(&out, bytes.NewReader(source), root, l); err != nil {
			if !errors.As(err, new(*message.LimitError)) {
				t.Fatal(err)
			}
			return
		}
		checkCopy(t, source, out.Bytes(), l)
		checkUntouched(t, source, root)
	})
}

// checkUntouched relays a message between people who are not in it, and
// compares its parts.
func checkUntouched(t *testing.T, source []byte, root *message.Part) {
	t.Helper()
	l := aliceToBen()
	l.Opaque, l.Replace, l.Own = Pass, nil, ""
	got, _ := rewrite(t, source, l)
	before, after := leaves(root), leaves(scan(t, got))
	if len(before) == 0 { // all of it was left out, or written by rule
		return
	}
	if control.Match(source) {
		return // they are passed over when reading, and may stand anywhere, as inside a "cid:"
	}
	if len(before) != len(after) {
		t.Fatalf("%d parts became %d:\n%q\n%q", len(before), len(after), source, got)
	}
	for i, p := range before {
		text := strings.ToLower(string(decoded(t, source, p)) + string(body(t, source, p))) // what is base64 in part may say it in either
		if p.LongLines || strings.Contains(text, "cid") || strings.Contains(text, "begin pgp") || strings.Contains(text, "key") {
			continue
		}
		if newID.Match(decoded(t, got, after[i])) && !newID.Match(decoded(t, source, p)) {
			continue // "cid:" may be written with escapes, which are passed over
		}
		if !bytes.Equal(body(t, source, p), body(t, got, after[i])) {
			t.Errorf("part %d: %q became %q", i, body(t, source, p), body(t, got, after[i]))
		}
	}
}

// fold is where a line goes on, RFC 5545 §3.1, however it is broken.
var fold = regexp.MustCompile(`(\r\n|\r|\n)[ \t]`)

// newID is a content id that was given to a copy.
var newID = regexp.MustCompile(`part\.[0-9a-f]{24}@relay\.test`)

// control is a character that is no part of any text.
var control = regexp.MustCompile(`[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]`)

// bareCR is a CR that ends no line. Where a text is encoded anew it becomes a
// line break, after which properties of a calendar are others than before.
var bareCR = regexp.MustCompile(`\r[^\n]`)

// checkCopy holds a copy to what is true of all of them.
func checkCopy(t *testing.T, source, got []byte, l Letter) {
	t.Helper()
	root := scan(t, got)
	for name, want := range map[string]string{
		"From":       "Alice <alice.k7f3q9x2@relay.test>",
		"To":         "Ben <ben@uni.test>",
		"Message-ID": l.MessageID,
		"References": strings.Join(l.References, " "),
	} {
		if diff := cmp.Diff([]string{want}, root.Header.All(name)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	for _, f := range root.Header.Fields() {
		if f.Name != "To" { // names its reader
			checkHeaderCanaries(t, f)
		}
	}
	doubtful := bareCR.Match(source) || control.Match(source)
	for _, p := range leaves(root) {
		checkLeaf(t, got, p)
		doubtful = doubtful || p.Encoding == "base64" && bytes.ContainsFunc(body(t, got, p), isNoBase64)
	}
	if doubtful { // an edit of a text that is base64 in part moves what is, too, so that it says something else
		return
	}
	var again bytes.Buffer
	if _, err := Rewrite(&again, bytes.NewReader(got), root, l); err != nil {
		t.Fatalf("rewriting the copy: %v", err)
	}
	if !bytes.Equal(got, again.Bytes()) {
		t.Errorf("the copy of the copy differs: %s\ncopy:\n%q\ncopy of copy:\n%q", cmp.Diff(string(got), again.String()), got, again.Bytes())
	}
}

// isNoBase64 tells whether a character has no place in base64.
func isNoBase64(r rune) bool {
	return r >= utf8.RuneSelf || r != '\r' && r != '\n' && r != '+' && r != '/' && r != '=' && !isAlnum(lower(byte(r)))
}

// plainCanary is an address as nobody can fail to see it.
var plainCanary = regexp.MustCompile(`(?i)(^|[\s<(,;:])alice@corp\.test($|[\s>),;])`)

// checkLeaf looks for real addresses in a part of the copy.
func checkLeaf(t *testing.T, got []byte, p *message.Part) {
	t.Helper()
	for _, f := range p.Header.Fields() {
		if strings.HasPrefix(strings.ToLower(f.Name), "content-") {
			checkHeaderCanaries(t, f)
		}
	}
	if text := decoded(t, got, p); (p.MediaType == "text/plain" || p.MediaType == "text/html") && plainCanary.Match(text) {
		t.Errorf("an address is left in the text %q", text)
	}
}

// checkHeaderCanaries looks for real addresses in a field of the copy.
func checkHeaderCanaries(t *testing.T, f message.Field) {
	t.Helper()
	texts := []string{f.Value(), message.DecodeHeader(f.Value())}
	_, params := message.ParseParams(f.Value())
	for _, p := range params {
		texts = append(texts, p.Value)
	}
	m := newMatcher(aliceToBen())
	for _, text := range texts {
		if m.scrub(text) != text && !strings.Contains(strings.ToLower(text), "cid") { // whose ids are replaced too
			t.Errorf("the field %s holds an address: %q", f.Name, text)
		}
	}
}
