package mask

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mentorrelay/parser/message"
)

// corpus returns the messages that come with enmime, by file name, and those
// of this package's own.
func corpus(t testing.TB) map[string][]byte {
	t.Helper()
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/jhillyerd/enmime/v2").Output()
	if err != nil {
		t.Skipf("enmime's test data: %v", err)
	}
	files := map[string][]byte{}
	for _, pattern := range []string{"testdata/*/*.raw", "testdata/*/*.eml", "dsn/testdata/*.eml", "dsn/testdata/*.raw"} {
		names, _ := filepath.Glob(filepath.Join(strings.TrimSpace(string(out)), pattern))
		for _, name := range names {
			files["enmime/"+filepath.Base(name)] = readFile(t, name)
		}
	}
	names, _ := filepath.Glob("testdata/*.in.eml")
	for _, name := range names {
		if strings.Contains(name, "armor") { // left out whatever the addresses are
			continue
		}
		files["own/"+filepath.Base(name)] = crlf(readFile(t, name))
	}
	return files
}

func readFile(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestFidelity relays every message of the corpora between two people whose
// addresses are in none of them. Whatever is not dropped by rule must arrive
// with equal bytes, in the same structure, under the same names.
func TestFidelity(t *testing.T) {
	l := aliceToBen()
	l.Opaque = Pass
	l.Replace = []Replacement{{"nobody@nowhere.test", "nobody.k7f3q9x2@relay.test"}}
	var messages, parts, equal, encoded int
	for name, source := range corpus(t) {
		got, _ := rewrite(t, source, l)
		messages++
		before, after := leaves(scan(t, source)), leaves(scan(t, got))
		if len(before) != len(after) {
			t.Errorf("%s: %d parts became %d", name, len(before), len(after))
			continue
		}
		for i, p := range before {
			parts++
			q := after[i]
			if diff := cmp.Diff(describe(p), describe(q)); diff != "" {
				t.Errorf("%s, part %d (-original +copy):\n%s", name, i, diff)
			}
			switch {
			case bytes.Equal(body(t, source, p), body(t, got, q)):
				equal++
			case p.LongLines && bytes.Equal(decoded(t, source, p), decoded(t, got, q)):
				encoded++
			case strings.HasPrefix(p.MediaType, "text/") && bytes.Contains(decoded(t, source, p), []byte("cid:")):
				encoded++
			default:
				t.Errorf("%s, part %d (%s) differs", name, i, p.MediaType)
			}
		}
	}
	t.Logf("%d messages, %d parts: %d equal, %d with other bytes by rule (lines over 998 octets, renamed content ids)", messages, parts, equal, encoded)
}

// leaves returns the parts that a copy of p has, but those that are made of
// header fields and so are rewritten by rule.
func leaves(p *message.Part) []*message.Part {
	for p.MediaType == "multipart/signed" && len(p.Children) > 0 {
		p = p.Children[0]
	}
	if isLeft(p.MediaType) {
		return nil
	}
	switch p.MediaType {
	case "message/delivery-status", "message/disposition-notification", "text/rfc822-headers", "message/feedback-report":
		return nil
	}
	if len(p.Children) == 0 {
		if strings.HasPrefix(p.MediaType, "message/rfc822") {
			return nil
		}
		return []*message.Part{p}
	}
	var all []*message.Part
	left := 0
	for _, child := range p.Children {
		all = append(all, leaves(child)...)
		if isLeft(child.MediaType) {
			left++
		}
	}
	if left == len(p.Children) { // a multipart has one part at the least (RFC 2046 §5.1.1), so it gets an empty one
		return []*message.Part{{MediaType: "text/plain"}}
	}
	return all
}

// isLeft tells whether a part of this type is left out of a copy.
func isLeft(mediaType string) bool {
	switch mediaType {
	case "application/pgp-keys", "application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature":
		return true
	}
	return false
}

// describe is what must be the same in the copy of a part.
func describe(p *message.Part) map[string]string {
	kind, params := message.ParseParams(p.Header.Get("Content-Disposition"))
	d := map[string]string{"type": p.MediaType, "charset": p.Params["charset"], "name": p.Params["name"], "disposition": kind}
	if !p.LongLines {
		d["encoding"] = p.Encoding
	}
	for _, param := range params {
		if param.Name == "filename" {
			d["filename"] = param.Value
		}
	}
	return d
}

func body(t testing.TB, source []byte, p *message.Part) []byte {
	t.Helper()
	return source[p.Body:p.End]
}

func decoded(t testing.TB, source []byte, p *message.Part) []byte {
	t.Helper()
	data, err := io.ReadAll(p.Open(bytes.NewReader(source)))
	if err != nil {
		t.Fatal(err)
	}
	return data
}
