package outbox

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestBackoff(t *testing.T) {
	for _, test := range []struct {
		attempts int64
		want     time.Duration
	}{
		{1, time.Minute},
		{2, 2 * time.Minute},
		{3, 4 * time.Minute},
		{4, 8 * time.Minute},
		{5, 16 * time.Minute},
		{6, 32 * time.Minute},
		{7, 64 * time.Minute},
		{8, 128 * time.Minute},
		{9, 3 * time.Hour},
		{10, 3 * time.Hour},
		{1 << 62, 3 * time.Hour},
		{0, time.Minute},
	} {
		least := &Outbox{config: Config{Random: func(int64) int64 { return 0 }}}
		most := &Outbox{config: Config{Random: func(n int64) int64 { return n - 1 }}}
		if got, want := least.backoff(test.attempts), test.want*7/8; got != want {
			t.Errorf("after %d attempts at least %v, want %v", test.attempts, got, want)
		}
		if got, want := most.backoff(test.attempts), test.want*9/8-1; got != want {
			t.Errorf("after %d attempts at most %v, want %v", test.attempts, got, want)
		}
	}
}

func TestGate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g gate
		if g.wait() > 0 {
			t.Error("a new gate is closed")
		}
		for i, want := range []time.Duration{1, 2, 4, 8, 16, 32, 60, 60} {
			want *= time.Second
			began := time.Now()
			time.Sleep(time.Millisecond)
			if logged := g.shut(began, &failure{code: 421}); logged != (i == 0 || i >= 6) {
				t.Errorf("failure %d: logged is %v", i, logged)
			}
			g.shut(began, &failure{code: 421}) // another attempt that met the same failure
			if got := g.wait(); got != want {
				t.Errorf("failure %d: closed for %v, want %v", i, got, want)
			}
			time.Sleep(g.wait())
			if g.wait() > 0 {
				t.Error("still closed")
			}
			time.Sleep(time.Millisecond)
		}
		g.shut(time.Now(), &failure{code: 421})
		if !g.open() || g.open() || g.wait() > 0 {
			t.Error("closed after a success")
		}
		time.Sleep(time.Millisecond)
		g.shut(time.Now(), &failure{code: 421})
		if got := g.wait(); got != firstPause {
			t.Errorf("closed for %v after a success, want %v", got, firstPause)
		}
	})
}

func TestSmarthostURL(t *testing.T) {
	for _, test := range []struct{ url, password, want string }{
		{"smtp://mx.example", "", "mx.example 587 false  false"},
		{"smtp://mx.example:2525/", "", "mx.example 2525 false  false"},
		{"smtps://ann@mx.example", "secret", "mx.example 465 true ann false"},
		{"smtps://ann%40corp.test@mx.example:4650", "secret", "mx.example 4650 true ann@corp.test false"},
		{"smtps://ann@corp.test@mx.example", "secret", "mx.example 465 true ann@corp.test false"},
		{"smtp://localhost:25", "", "localhost 25 false  true"},
		{"smtp://127.0.0.1:25", "", "127.0.0.1 25 false  true"},
		{"smtp://[::1]:25", "", "::1 25 false  true"},
		{"smtp://192.0.2.1", "", "192.0.2.1 587 false  false"},
		{"", "", "must be smtp://"},
		{"mx.example:25", "", "must be smtp://"},
		{"http://mx.example", "", "must be smtp://"},
		{"smtp://", "", "must be smtp://"},
		{"smtp://mx.example/path", "", "must be smtp://"},
		{"smtp://ann:secret@mx.example", "secret", "a file of its own"},
		{"smtp://ann@mx.example", "", "a user in the url and a password"},
		{"smtp://mx.example", "secret", "a user in the url and a password"},
	} {
		h, err := newSmarthost(&Config{URL: test.url, Password: test.password})
		var got string
		if err != nil {
			got = err.Error()
		} else {
			got = fmt.Sprintln(h.host, h.port, h.implicit, h.user, h.loopback())
		}
		if !strings.Contains(got, test.want) {
			t.Errorf("%s: %q, want %q", test.url, got, test.want)
		}
	}
}

func TestNewRefuses(t *testing.T) {
	if _, err := New(Config{URL: "smtp://localhost:25"}); err == nil {
		t.Error("nothing to send from, and no error")
	}
}

func TestEnhancedStatus(t *testing.T) {
	for _, test := range []struct {
		code       int
		text, want string
	}{
		{550, "5.1.1 no such user", "5.1.1"},
		{550, "5.1.1", "5.1.1"},
		{550, "no such user", "5.0.0"},
		{550, "", "5.0.0"},
		{550, "4.1.1 of another class", "5.0.0"},
		{451, "4.7.650 greylisted\nwait", "4.7.650"},
		{550, "5.1.1234 too long", "5.0.0"},
		{550, "5.1.+1 no number", "5.0.0"},
		{550, "5..1 empty", "5.0.0"},
		{550, "5.1.1.1 too many", "5.0.0"},
		{250, "2.0.0 ok", "2.0.0"},
	} {
		if got := enhanced(test.code, test.text); got != test.want {
			t.Errorf("%d %s: %s, want %s", test.code, test.text, got, test.want)
		}
	}
}

func TestFailures(t *testing.T) {
	for _, test := range []struct {
		err                             error
		codes                           string
		permanent, smarthost, blameless bool
	}{
		{errors.New("disk failure"), "451 4.3.0", false, false, false},
		{refused(451, "4.2.2 full"), "451 4.2.2", false, false, false},
		{refused(550, "5.1.1 ben@uni.test"), "550 5.1.1", true, false, false},
		{refused(421, "bye"), "421 4.0.0", false, true, false},
		{refused(530, "5.7.0 log in"), "530 5.7.0", false, true, true},
		{refused(535, "5.7.8 wrong"), "535 5.7.8", false, true, true},
		{refused(538, "5.7.11 encrypt"), "538 5.7.11", false, true, true},
		{refused(250, "2.0.0 what?"), "421 4.5.0", false, false, false},
		{refused(0, ""), "421 4.5.0", false, false, false},
		{unavailable(refused(554, "5.7.1 no service")), "554 5.7.1", false, true, true},
		{fmt.Errorf("wrapped: %w", refused(550, "5.1.1")), "550 5.1.1", true, false, false},
	} {
		f := asFailure(test.err)
		if f.codes() != test.codes || f.permanent() != test.permanent || f.smarthost != test.smarthost || f.blameless != test.blameless {
			t.Errorf("%v: %+v, permanent %v", test.err, *f, f.permanent())
		}
		if strings.Contains(f.Error(), "ben@") {
			t.Error("an address is in", f.Error())
		}
	}
}

func TestPath(t *testing.T) {
	var c client
	for _, test := range []struct{ address, want string }{
		{"ben@uni.test", "ben@uni.test"},
		{"o'hara+x@uni.test", "o'hara+x@uni.test"},
		{"zoé@exämple.test", "zoé@xn--exmple-cua.test"},
		{"ben", ""},
		{"@uni.test", ""},
		{"", ""},
		{"ben@uni.test\r\nDATA", ""},
		{"ben@uni.test> SIZE=1", ""},
		{"ben\x00@uni.test", ""},
		{"<ben@uni.test", ""},
	} {
		got, err := c.path(test.address)
		if got != test.want || (err == nil) != (test.want != "") {
			t.Errorf("%q: %q, %v", test.address, got, err)
		}
	}
}

func TestInternational(t *testing.T) {
	for text, want := range map[string]bool{"": false, "Subject: Ou": false, "Subject: Où": true, "Subject: O\xf9": false} {
		if international(text) != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
	for message, want := range map[string]string{
		"a: b\r\nc: d\r\n\r\nbody\r\n\r\n": "a: b\r\nc: d",
		"a: b\nc: d\n\nbody\n\n":           "a: b\nc: d",
		"a: b\r\n":                         "a: b\r\n",
		"":                                 "",
	} {
		if got := string(header([]byte(message))); got != want {
			t.Errorf("%q: %q", message, got)
		}
	}
}

// FuzzLines checks what no message may do to the dialogue: to end its text
// before its end, or to send a line that does not end in CRLF.
func FuzzLines(f *testing.F) {
	for _, text := range []string{"", ".", "\r", "\n.\r\n", ".\r.\n.", "a\r\r\n.b\r\n", "\r\n.\r\nMAIL FROM:<>\r\n", "x\n.\nQUIT\n"} {
		for _, n := range []int{1, 2, 100} {
			f.Add([]byte(text), n)
		}
	}
	f.Fuzz(func(t *testing.T, text []byte, n int) {
		plain, stuffed := written(t, text, n, false), written(t, text, n, true)
		if !bytes.Equal(plain, written(t, text, len(text), false)) {
			t.Error("it matters how the text comes in")
		}
		rest := strings.ReplaceAll(string(stuffed), "\r\n", "")
		if strings.ContainsAny(rest, "\r\n") {
			t.Errorf("a lone CR or LF in %q", stuffed)
		}
		if len(stuffed) > 0 && !bytes.HasSuffix(stuffed, []byte("\r\n")) {
			t.Errorf("the last line of %q has no end", stuffed)
		}
		var undone []byte
		for line := range bytes.Lines(stuffed) {
			if string(line) == ".\r\n" {
				t.Errorf("the text ends within %q", stuffed)
			}
			undone = append(undone, bytes.TrimPrefix(line, []byte("."))...)
		}
		if !bytes.Equal(undone, plain) {
			t.Errorf("%q arrives as %q", plain, undone)
		}
	})
}

func written(t *testing.T, text []byte, n int, stuff bool) []byte {
	var b bytes.Buffer
	l := &lineWriter{w: &b, stuff: stuff}
	n = max(n, 1)
	for len(text) > 0 {
		k := min(n, len(text))
		if m, err := l.Write(text[:k]); m != k || err != nil {
			t.Fatal(m, err)
		}
		text = text[k:]
	}
	if err := l.end(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
