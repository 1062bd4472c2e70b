package report

import "testing"

type header map[string]string

func (h header) Get(name string) string { return h[name] }

func TestAutomatic(t *testing.T) {
	for _, c := range []struct {
		name   string
		header header
		sender string
		want   Kind
	}{
		{"a letter", header{"Content-Type": "text/plain"}, "ben@uni.test", ""},
		{"said not to be", header{"Auto-Submitted": "no"}, "ben@uni.test", ""},
		{"said not to be, with a comment", header{"Auto-Submitted": "No (really)"}, "ben@uni.test", ""},
		{"vacation", header{"Auto-Submitted": "auto-replied; owner-email=\"x\""}, "ben@uni.test", AutoReply},
		{"generated", header{"Auto-Submitted": "auto-generated"}, "ben@uni.test", AutoReply},
		{"null sender", header{}, "", Bounce},
		{"daemon", header{}, "MAILER-DAEMON@uni.test", Bounce},
		{"DSN", header{"Content-Type": "multipart/report; report-type=delivery-status; boundary=x"}, "ben@uni.test", Bounce},
		{"ARF", header{"Content-Type": "Multipart/Report; report-type=feedback-report"}, "ben@uni.test", Complaint},
		{"MDN", header{"Content-Type": "multipart/report; report-type=\"disposition-notification\""}, "ben@uni.test", Receipt},
		{"list", header{"Precedence": "LIST"}, "ben@uni.test", Bulk},
		{"a precedence of no matter", header{"Precedence": "first-class"}, "ben@uni.test", ""},
		{"Exchange", header{"X-Auto-Response-Suppress": "All"}, "ben@uni.test", AutoReply},
	} {
		if got := Automatic(c.header, c.sender); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
