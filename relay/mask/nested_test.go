package mask

import (
	"bytes"
	"strings"
	"testing"
)

// TestNested rewrites what other messages say of themselves, in a digest and
// of a body that is elsewhere.
func TestNested(t *testing.T) {
	const letter = "Received: from laptop.corp.test\r\nFrom: Alice <alice@corp.test>\r\nSubject: alice@corp.test\r\nX-Mailer: c4n4ry\r\n\r\nalice@corp.test\r\n"
	const masked = "From: Alice <alice.k7f3q9x2@relay.test>\r\nSubject: alice.k7f3q9x2@relay.test\r\n\r\nalice.k7f3q9x2@relay.test"
	tests := []struct{ name, source, want string }{
		{"digest", "Content-Type: multipart/digest; boundary=b\r\n\r\n--b\r\n\r\n" + letter + "--b--\r\n", "\r\n\r\n" + masked + "\r\n--="},
		{"digest that names the type", "Content-Type: multipart/digest; boundary=b\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n" + letter + "--b--\r\n", "Content-Type: message/rfc822\r\n\r\n" + masked + "\r\n--="},
		{"external body", "Content-Type: message/external-body; access-type=local-file; site=laptop.corp.test\r\n\r\nContent-Type: text/plain\r\nX-Mailer: c4n4ry\r\nContent-ID: <c4n4ry@laptop.corp.test>\r\n\r\nalice@corp.test\r\n",
			"Content-Type: message/external-body\r\n\r\nContent-Type: text/plain\r\nContent-ID: <part.355cc72c79cb8506bf3e2c71@relay.test>\r\n\r\nalice.k7f3q9x2@relay.test\r\n"},
		{"external body in base64", string(build("message/external-body; access-type=x", "base64", []byte("Content-ID: <c4n4ry@laptop.corp.test>\r\n\r\nalice@corp.test\r\n"))), "Content-Type: message/external-body\r\nContent-Transfer-Encoding: base64"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := checkLeaks(t, []byte(tt.source))
			if !bytes.Contains(got, []byte(tt.want)) {
				t.Errorf("got\n%s\nwant in it\n%s", got, tt.want)
			}
			for _, canary := range []string{"laptop", "c4n4ry"} {
				if strings.Contains(string(got), canary) {
					t.Errorf("%s is in\n%s", canary, got)
				}
			}
		})
	}
}
