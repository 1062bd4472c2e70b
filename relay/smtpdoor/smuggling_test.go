package smtpdoor

import (
	"testing"
)

// TestSmuggling sends what some server takes for the end of a message and
// another does not, with a second message behind it: it must never be two.
func TestSmuggling(t *testing.T) {
	const second = "MAIL FROM:<eve@far.test>\r\nRCPT TO:<zoe@relay.test>\r\nDATA\r\nsmuggled\r\n.\r\n"
	const refused = "554 5.6.0 *"
	tests := []struct {
		end, answer, text string
	}{
		{end: "\n.\n", answer: refused},
		{end: "\n.\r\n", answer: refused},
		{end: "\r\n.\n", answer: refused},
		{end: "\r.\r", answer: refused},
		{end: "\r.\r\n", answer: refused},
		{end: "\r\n.\r", answer: "250 *", text: "hello\r\nMAIL FROM:<eve@far.test>\r\nRCPT TO:<zoe@relay.test>\r\nDATA\r\nsmuggled\r\n"},
		{end: "\r\n.\r.\r\n", answer: "250 *", text: "hello\r\n.\r\nMAIL FROM:<eve@far.test>\r\nRCPT TO:<zoe@relay.test>\r\nDATA\r\nsmuggled\r\n"},
		{end: "\r\r\n.\r\n", answer: refused},
		{end: "\r\n.\r\r\n", answer: "250 *", text: "hello\r\n\r\nMAIL FROM:<eve@far.test>\r\nRCPT TO:<zoe@relay.test>\r\nDATA\r\nsmuggled\r\n"},
		{end: "\r\n\x00.\r\n", answer: refused},
		{end: "\r\n.\x00\r\n", answer: refused},
		{end: "\r\n.\r\x00\n", answer: refused},
		{end: "\r\n..\r\n", answer: "250 *", text: "hello\r\n.\r\nMAIL FROM:<eve@far.test>\r\nRCPT TO:<zoe@relay.test>\r\nDATA\r\nsmuggled\r\n"},
		{end: "\r\n. \r\n", answer: "250 *", text: "hello\r\n \r\nMAIL FROM:<eve@far.test>\r\nRCPT TO:<zoe@relay.test>\r\nDATA\r\nsmuggled\r\n"},
	}
	for _, test := range tests {
		f := &fakeRelay{}
		bubble(t, Config{Relay: f}, func(t *testing.T, _ *Server, l *pipeListener) {
			c := l.dial(t, "")
			c.envelope()
			c.say("DATA\r\nhello" + test.end + second + "NOOP\r\n")
			c.expect("354 *", test.answer, "250 2.0.0 I have successfully done nothing")
		})
		got := f.take()
		if test.text == "" && len(got) != 0 || test.text != "" && (len(got) != 1 || got[0].text != test.text) {
			t.Errorf("%q: received %s", test.end, got)
		}
	}
}

// By BDAT there is no end to be disguised, but what is relayed goes on by DATA.
func TestBareNewlinesInChunks(t *testing.T) {
	tests := []struct{ chunks, answer string }{
		{"BDAT 2\r\na\rBDAT 4 LAST\r\n\nb\r\n", "250 *"},
		{"BDAT 2\r\na\rBDAT 4 LAST\r\nbc\r\n", "554 5.6.0 *"},
		{"BDAT 2\r\na\nBDAT 4 LAST\r\nbc\r\n", "554 5.6.0 *"},
		{"BDAT 2\r\naaBDAT 4 LAST\r\nbcd\r", "554 5.6.0 *"},
		{"BDAT 2\r\naaBDAT 4 LAST\r\n\x00bcd", "554 5.6.0 *"},
		{"BDAT 2\r\naaBDAT 4 LAST\r\nabcd", "250 *"},
	}
	for _, test := range tests {
		bubble(t, Config{Relay: &fakeRelay{}}, func(t *testing.T, _ *Server, l *pipeListener) {
			c := l.dial(t, "")
			c.envelope()
			c.say(test.chunks)
			c.expect("250 2.0.0 Continue", test.answer)
		})
	}
}
