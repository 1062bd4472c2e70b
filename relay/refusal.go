package relay

import (
	"errors"
	"fmt"
)

// A Refusal is the answer to a message or recipient that the relay does not
// take, now (4xx) or ever (5xx). Text is safe to show to whoever is at the
// other end; Err is for the log only.
type Refusal struct {
	Code   int    // RFC 5321 §4.2
	Status [3]int // RFC 3463
	Text   string
	Err    error
}

// Error implements error; it holds no address and no text of a message.
func (r *Refusal) Error() string {
	s := fmt.Sprintf("%d %d.%d.%d %s", r.Code, r.Status[0], r.Status[1], r.Status[2], r.Text)
	if r.Err != nil {
		return s + ": " + r.Err.Error()
	}
	return s
}

// Unwrap returns the cause.
func (r *Refusal) Unwrap() error { return r.Err }

// Temporary tells whether the same message may be taken later.
func (r *Refusal) Temporary() bool { return r.Code < 500 }

// AsRefusal turns any error into the answer to give: an error that says
// nothing of itself is transient, so that nothing is lost by a fault of ours.
func AsRefusal(err error) *Refusal {
	var r *Refusal
	if errors.As(err, &r) {
		return r
	}
	return &Refusal{451, [3]int{4, 3, 0}, "A fault on our side, please try again later", err}
}

func refuse(code int, status [3]int, text string) *Refusal {
	return &Refusal{Code: code, Status: status, Text: text}
}

// The answers of the relay, by the tables of the design.
var (
	errUnknown  = refuse(550, [3]int{5, 1, 1}, "No such address here")
	errNotYours = refuse(550, [3]int{5, 7, 1}, "This address is not yours to write to")
	errUnproven = refuse(550, [3]int{5, 7, 1}, "The sender could not be verified; please write from your registered address, through its own mail provider")
	errFailed   = refuse(550, [3]int{5, 7, 1}, "The message fails the DMARC policy of its From domain")
	errWaiting  = refuse(450, [3]int{4, 7, 1}, "Too many messages wait for their sender to confirm them; please try again later")
	errQuota    = refuse(450, [3]int{4, 7, 1}, "Too many messages to this address for now; please try again later")
	errTooLarge = refuse(552, [3]int{5, 3, 4}, "The message is too large")
	errTooMany  = refuse(554, [3]int{5, 6, 0}, "The message has too many parts or too long a header")
	errOpaque   = refuse(554, [3]int{5, 6, 0}, "Encrypted mail cannot be relayed under a masked address; please send it in clear")
)
