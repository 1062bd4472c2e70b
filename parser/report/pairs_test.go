package report

import "testing"

// TestPairs tells a noun and what is said of it from words that only stand
// near each other.
func TestPairs(t *testing.T) {
	for _, c := range []struct {
		text string
		want Class
	}{
		{"this account was closed last year", ClassGone},
		{"the account of the user, which we had for years, was closed", ClassGone},
		{"the mailbox works, but its queue was closed", ""},
		{"write to the user. the port was closed", ""},
		{"closed: the account", ""},
		{"das konto ist geschlossen", ClassGone},
		{"das konto und die verbindung sind geschlossen", ""},
		{"the mailbox has reached its limit", ClassFull},
		{"the unmailbox has reached its limit", ""},
		{"the mailbox has overreached its limit", ""},
		{"the message for this account exceeds the limit", ClassRefusedMessage},
		{"der anhang ist verboten", ClassRefusedMessage},
		{"ihr server wird hier nicht bedient", ClassRefusedUs},
	} {
		var got Class
		for _, row := range reasons {
			if _, ok := row.pairs.in(c.text); ok {
				got = row.class
				break
			}
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.text, got, c.want)
		}
	}
}
