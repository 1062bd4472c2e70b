package report

import "strings"

// A verdict is a class and why.
type verdict struct {
	class  Class
	reason string
}

// details are the status codes, RFC 3463 §3 and the IANA registry of enhanced
// status codes, that decide a class by themselves: subject and detail, without
// the class digit.
var details = map[string]verdict{
	"1.1":  {ClassGone, "no such mailbox"},
	"1.2":  {ClassGone, "no such host"},
	"1.3":  {ClassGone, "bad address"},
	"1.4":  {ClassGone, "ambiguous address"},
	"1.6":  {ClassGone, "moved"},
	"1.7":  {ClassRefusedUs, "bad sender address"},
	"1.8":  {ClassRefusedUs, "bad sender host"},
	"1.9":  {ClassRefusedUs, "relayed to a non-compliant mailer"},
	"1.10": {ClassGone, "the host takes no mail"}, // RFC 7505 §4.2
	"2.1":  {ClassGone, "disabled"},
	"2.2":  {ClassFull, "mailbox full"},
	"2.3":  {ClassRefusedMessage, "too large"},
	"3.1":  {ClassTemporary, "mail system full"},
	"3.2":  {ClassTemporary, "not accepting now"},
	"3.4":  {ClassRefusedMessage, "too large"},
	"4.1":  {ClassTemporary, "no answer from the host"},
	"4.2":  {ClassTemporary, "bad connection"},
	"4.3":  {ClassTemporary, "directory failure"},
	"4.4":  {ClassGone, "no route to the host"},
	"4.5":  {ClassTemporary, "congestion"},
	"4.6":  {ClassTemporary, "routing loop"},
	"4.7":  {ClassTemporary, "gave up after its time"},
	"5.1":  {ClassRefusedMessage, "the dialogue was not understood"},
	"5.2":  {ClassRefusedMessage, "the dialogue was not understood"},
	"5.4":  {ClassRefusedMessage, "the dialogue was not understood"},
	"6.0":  {ClassRefusedMessage, "content"},
	"6.1":  {ClassRefusedMessage, "media not supported"},
	"6.2":  {ClassRefusedMessage, "conversion prohibited"},
	"6.3":  {ClassRefusedMessage, "conversion required"},
	"6.5":  {ClassRefusedMessage, "conversion failed"},
	"6.7":  {ClassRefusedMessage, "addresses need SMTPUTF8"}, // RFC 6531 §3.5
	"6.8":  {ClassRefusedMessage, "reply needs SMTPUTF8"},
	"6.9":  {ClassRefusedMessage, "header needs SMTPUTF8"},
	"7.9":  {ClassRefusedUs, "policy"},
	"7.13": {ClassGone, "disabled"},                      // RFC 5248 §2.4
	"7.16": {ClassRefusedMessage, "too large"},           // for its priority, RFC 6710 §9
	"7.17": {ClassGone, "moved"},                         // the mailbox has another owner, RFC 7293 §14
	"7.18": {ClassGone, "moved"},                         // the domain has another owner
	"7.20": {ClassRefusedUs, "no DKIM signature passed"}, // RFC 7372 §3.1
	"7.21": {ClassRefusedUs, "no acceptable DKIM signature"},
	"7.22": {ClassRefusedUs, "no DKIM signature of the author's domain"},
	"7.23": {ClassRefusedUs, "SPF failed"}, // RFC 7372 §3.2
	"7.24": {ClassRefusedUs, "SPF error"},
	"7.25": {ClassRefusedUs, "no reverse DNS"}, // RFC 7372 §3.3
	"7.26": {ClassRefusedUs, "authentication failed"},
	"7.27": {ClassRefusedUs, "the sender takes no mail"}, // RFC 7505 §4.2
}

// subjects decide where nothing said more: the subject of the status alone.
var subjects = map[string]verdict{
	"1": {ClassGone, "address"},
	"3": {ClassTemporary, "mail system"},
	"4": {ClassTemporary, "network or routing"},
	"6": {ClassRefusedMessage, "content"},
	"7": {ClassRefusedUs, "policy or authentication"},
}

// byDetail is what a status says by itself.
func byDetail(status string) verdict {
	if len(status) < 5 {
		return verdict{}
	}
	if status[0] == '4' && status[2] == '1' {
		return verdict{} // an address is not wrong for a while: the words decide
	}
	v := details[status[2:]]
	if v.class == ClassGone && status[0] == '4' && status[2] == '4' {
		return verdict{ClassTemporary, v.reason}
	}
	return v
}

// bySubject is what a status says at least, if it is permanent.
func bySubject(status string) verdict {
	if len(status) < 5 || status[0] != '5' || strings.HasSuffix(status, ".0.0") {
		return verdict{}
	}
	return subjects[status[2:3]]
}

// findStatus returns the first enhanced status code of a folded text, RFC 3463
// §2, that tells anything; else the first of all. A version number or an
// IP address is none.
func findStatus(s string) string {
	var first string
	for i := 0; i+5 <= len(s); i++ {
		if s[i+1] != '.' || !strings.ContainsRune("245", rune(s[i])) || i > 0 && (digit(s[i-1]) || s[i-1] == '.' || letter(s[i-1])) {
			continue
		}
		n := statusLen(s[i:])
		if n == 0 {
			continue
		}
		code := s[i : i+n]
		if first == "" {
			first = code
		}
		if !strings.HasSuffix(code, ".0.0") {
			return code
		}
		i += n
	}
	return first
}

// statusLen is the length of the status code that s starts with.
func statusLen(s string) int {
	i := 2
	for part := range 2 {
		start := i
		for i < len(s) && i-start < 3 && digit(s[i]) {
			i++
		}
		if i == start {
			return 0
		}
		if part == 0 {
			if i == len(s) || s[i] != '.' {
				return 0
			}
			i++
		}
	}
	if i < len(s) && (digit(s[i]) || letter(s[i])) || i+1 < len(s) && s[i] == '.' && digit(s[i+1]) {
		return 0
	}
	return i
}

// findCode returns the first SMTP reply code of a failure, RFC 5321 §4.2, that
// a folded text holds.
func findCode(s string) string {
	for i := 0; i+3 <= len(s); i++ {
		if (s[i] == '4' || s[i] == '5') && s[i+1] >= '0' && s[i+1] <= '7' && digit(s[i+2]) &&
			(i == 0 || strings.IndexByte(" :;('\"#", s[i-1]) >= 0) &&
			(i+3 == len(s) || strings.IndexByte(" -:,<", s[i+3]) >= 0) {
			return s[i : i+3]
		}
	}
	return ""
}

// afterSentence returns the reply that IronPort quotes after a status and a
// sentence of its own, which says less: "5.3.0 - Other mail system problem
// 550-'…'".
func afterSentence(s string) string {
	i := strings.Index(s, "-'")
	if i < 3 || !strings.Contains(s[:i], " - ") || findCode(s[i-3:i]) == "" {
		return s
	}
	return s[i-3:i] + " " + s[i+2:]
}

// unbroken returns an answer as one sentence: the code, and the status with it,
// stand at the start of each of its lines (RFC 5321 §4.2.1), of which only
// the first matters.
func unbroken(s, code string) string {
	if code == "" {
		return s
	}
	i := strings.Index(s, code) + len(code)
	rest := s[i:]
	if status := findStatus(upTo(rest, len("-5.777.777 "))); status != "" {
		rest = strings.ReplaceAll(rest, " "+code+"-"+status+" ", " ")
		rest = strings.ReplaceAll(rest, " "+code+" "+status+" ", " ")
	}
	return s[:i] + strings.ReplaceAll(rest, " "+code+"-", " ")
}

func digit(c byte) bool  { return c >= '0' && c <= '9' }
func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
