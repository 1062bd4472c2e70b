package report

import "strings"

// answers are the words after which bounces quote the remote server.
var answers = []string{
	"<<< ", "said: ", "remote host said:", "server returned was:", "(reason: ", "delay reason:",
	"the response was:", "the response from the remote server was:", "diagnostic code: smtp;",
	"server message\n", "smtp error from remote mail server", "smtp error from remote mailer",
	"did not like our", "smtp:rcpt host", "responsecode",
}

// answerLines is how many lines of a quoted answer are read: RFC 5321 allows
// more, but what matters comes first.
const answerLines = 8

// findAnswer returns what a text quotes of the remote server, or nothing.
func findAnswer(text string) string {
	lower := lowerASCII(text)
	for _, a := range answers {
		i := strings.Index(lower, a)
		if i < 0 {
			continue
		}
		rest := text[i+len(a):]
		if a == "<<< " {
			return transcript(rest)
		}
		return paragraph(rest)
	}
	return ""
}

// replyLine returns the first line of a text that holds an SMTP reply of
// failure, and the lines that go on with it.
func replyLine(text string) string {
	lines := strings.SplitAfter(text, "\n")
	for i, line := range lines {
		if findCode(lowerASCII(line)) != "" {
			return paragraph(strings.Join(lines[i:min(len(lines), i+answerLines)], ""))
		}
	}
	return ""
}

// lowerASCII lowers the letters of ASCII alone, so that offsets stay.
func lowerASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}, s)
}

// paragraph returns the text up to an empty line, or to what qmail adds, and
// not more than a few lines of it.
func paragraph(s string) string {
	s = strings.TrimLeft(s, "\n ")
	for _, end := range []string{"\n\n", "\nGiving up on ", "\nI'm not going to try again"} {
		if i := strings.Index(s, end); i >= 0 {
			s = s[:i]
		}
	}
	lines := strings.SplitN(s, "\n", answerLines+1)
	return strings.Join(lines[:min(len(lines), answerLines)], "\n")
}

// transcript returns the first answer of a transcript in sendmail's form, all
// of its lines.
func transcript(s string) string {
	var out []string
	for line := range strings.Lines(s) {
		line = strings.TrimRight(line, "\n")
		if len(out) > 0 {
			rest, ok := strings.CutPrefix(line, "<<< ")
			if !ok || len(out) == answerLines {
				break
			}
			line = rest
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}
