package outbox

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// A failure is why an attempt did not end with the peer's 250.
type failure struct {
	code      int    // the reply's (RFC 5321 §4.2), or one of ours
	status    string // RFC 3463
	smarthost bool   // it concerns all messages, whatever the code
	blameless bool   // and no message may fail for it, however old
	unsent    bool   // the connection ended before any of the message was sent
	text      string // the reply's; it may quote addresses, so it is not logged
	cause     error
}

// Error implements error; it holds no mail address.
func (f *failure) Error() string {
	if f.cause != nil {
		return f.codes() + ": " + f.cause.Error()
	}
	return f.codes()
}

// Unwrap returns the cause.
func (f *failure) Unwrap() error { return f.cause }

// codes is what is stored and logged.
func (f *failure) codes() string { return strconv.Itoa(f.code) + " " + f.status }

// permanent tells whether trying again can't help. Anything that is not
// plainly so is transient.
func (f *failure) permanent() bool { return f.code/100 == 5 && !f.smarthost }

// asFailure turns any error into a failure: what says nothing of itself is a
// fault of ours.
func asFailure(err error) *failure {
	var f *failure
	if errors.As(err, &f) {
		return f
	}
	return &failure{code: 451, status: "4.3.0", cause: err}
}

// broken is a connection that could not be made or that ended.
func broken(status string, err error) *failure {
	return &failure{code: 421, status: status, cause: err}
}

// refused is a reply other than the one that was hoped for.
func refused(code int, text string) *failure {
	if code/100 != 4 && code/100 != 5 {
		return broken("4.5.0", fmt.Errorf("a reply of %d does not belong here", code))
	}
	f := &failure{code: code, status: enhanced(code, text), text: text}
	switch code {
	case 421: // service not available: RFC 5321 §4.2.2
		f.smarthost = true
	case 530, 535, 538: // it is us who must log in, better, or under TLS: RFC 4954 §6
		f.smarthost, f.blameless = true, true
	}
	return f
}

// enhanced returns the status code in a reply's text (RFC 2034), or the one
// that says no more than the reply's code.
func enhanced(code int, text string) string {
	word, _, _ := strings.Cut(text, " ")
	class, rest, ok := strings.Cut(word, ".")
	subject, detail, ok2 := strings.Cut(rest, ".")
	if ok && ok2 && class == strconv.Itoa(code/100) && isNumber(subject) && isNumber(detail) {
		return word
	}
	return fmt.Sprintf("%d.0.0", code/100)
}

// isNumber tells whether s is the subject or detail of a status code: up to
// three digits, RFC 3463 §2.
func isNumber(s string) bool {
	return len(s) >= 1 && len(s) <= 3 && strings.Trim(s, "0123456789") == ""
}
