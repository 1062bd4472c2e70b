package demo

import (
	"strings"
	"testing"
)

// TestSpaced checks that no more than one line is left empty, however the text
// comes in.
func TestSpaced(t *testing.T) {
	for in, want := range map[string]string{
		"a\nb\n":            "a\nb\n",
		"a\n\nb\n":          "a\n\nb\n",
		"a\n|\n|\nb":        "a\n\nb",
		"a\n\n\n|\n\nb\n\n": "a\n\nb\n\n",
	} {
		var out strings.Builder
		s := &spaced{Writer: &out}
		for part := range strings.SplitSeq(in, "|") {
			if n, err := s.Write([]byte(part)); n != len(part) || err != nil {
				t.Errorf("%q: wrote %d, %v", in, n, err)
			}
		}
		if out.String() != want {
			t.Errorf("%q: got %q, want %q", in, &out, want)
		}
	}
}

// TestChecksAreToldOnce checks that what is so each time is counted, and what
// is not is told.
func TestChecksAreToldOnce(t *testing.T) {
	var out strings.Builder
	p := &teller{out: &out}
	for range 5 {
		p.check(true, "it %s", "holds")
	}
	p.check(true, "it %s", "shows")
	p.check(false, "it %s", "holds")
	p.rest()
	const want = "    ok  it holds\n    ok  it shows\n    NO  it holds\n    ok  4 checks more, as above\n"
	if out.String() != want || p.held != 6 || len(p.failed) != 1 {
		t.Errorf("%d held, %q failed:\n%s", p.held, p.failed, &out)
	}
}

func TestLines(t *testing.T) {
	var out strings.Builder
	(&teller{out: &out}).lines("\r\none\r\n   "+strings.Repeat("long ", 15)+"\r\n\r\ntwo\r\nthree\r\n", 5)
	const want = "    │ one\n    │    long long long long long long long long long long long long long long\n    │    long\n    │\n    │ …\n\n"
	if out.String() != want {
		t.Errorf("got\n%s", &out)
	}
}
