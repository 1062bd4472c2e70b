package demo

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestSanitised(t *testing.T) {
	const head = "Content-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n"
	const tail = "\r\n--b\r\nContent-Type: image/png; name=dot.png\r\nContent-ID: <dot@corp.test>\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--b--\r\n"
	for in, want := range map[string]string{
		`<p onclick="x()">a &amp; b</p>`:                      `<p>a &amp; b</p>`,
		`<script>x()</script><style>p{}</style>a`:             `a`,
		`<form action="x"><b>a</b></form>`:                    `<b>a</b>`,
		`<p style="color:red" class="x">a</p>`:                `<p style="color:red">a</p>`,
		`<a href="javascript:x()">a</a>`:                      `<a>a</a>`,
		`<a href=" JavaScript:x()">a</a>`:                     `<a>a</a>`,
		`<a href="https://example.test/?a=&quot;">a</a>`:      `<a href="https://example.test/?a=&#34;">a</a>`,
		`<img src="https://example.test/spy.png">`:            `<img/>`,
		`<img src="cid:dot@corp.test" alt="a" onerror="x()">`: `<img src="data:image/png;base64,AAAA" alt="a"/>`,
		`<img src="cid:other@corp.test">`:                     `<img/>`,
		`<svg><a href="https://x.test">a</a></svg>b`:          `b`,
		`<noscript><p>a</p></noscript>b<!-- c -->`:            `b`,
		`<xmp><script>x()</script></xmp>a`:                    `a`,
		`<iframe srcdoc="x"></iframe><object>a</object>b`:     `b`,
	} {
		r, err := read([]byte(head + in + tail))
		if err != nil {
			t.Fatal(err)
		}
		got, err := r.sanitised()
		if text := strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(string(got), "<div>"), "</div>")); err != nil || text != want {
			t.Errorf("%s: got %s (%v), want %s", in, text, err, want)
		}
	}
}

func TestArchive(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	a, err := newArchive(dir)
	if err != nil {
		t.Fatal(err)
	}
	r, err := read([]byte("From: <x>\r\nSubject: =?utf-8?Q?=C3=89t=C3=A9_<script>?= ../x\r\n\r\na <b> & c\r\n"))
	if err != nil {
		t.Fatal(err)
	}
	a.heading = "A day"
	if err := a.add("Ben", "was told", r); err != nil {
		t.Fatal(err)
	}
	drawn, err := read([]byte("Subject: x\r\nContent-Type: image/png; name=dot.png\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\nZG90\r\n"))
	if err != nil {
		t.Fatal(err)
	}
	if err := a.add("Ben", "got", drawn); err != nil {
		t.Fatal(err)
	}
	if got := a.pictures(drawn); !slices.Equal(got, []string{"02-ben-got-x.png"}) {
		t.Errorf("pictures are left in %q", got)
	}
	if err := a.index(); err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]string{
		"01-ben-was-told-ete-script-x.eml":  "a <b> & c",
		"01-ben-was-told-ete-script-x.html": "<pre>a &lt;b&gt; &amp; c",
		"02-ben-got-x.png":                  "dot",
		"index.html":                        `<a href="01-ben-was-told-ete-script-x.html">Été &lt;script&gt; ../x</a>`,
	} {
		text, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil || !strings.Contains(string(text), want) {
			t.Errorf("%s (%v) lacks %s:\n%s", file, err, want, text)
		}
	}
}

func TestWrap(t *testing.T) {
	for in, want := range map[string]string{
		"":                  "",
		"a b c d":           "a b|c d",
		"aé bç":             "aé|bç",
		"a\nb longer  c":    "a b|longer|c",
		"one\u00a0» a":      "one\u00a0»|a",
		"something a b c d": "something|a b|c d",
	} {
		if got := strings.Join(wrap(in, 4), "|"); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}
