package report

import "strings"

// returnMarks begin the lines with which servers announce the message that
// they return; what follows says nothing about its fate.
var returnMarks = []string{
	"below this line is a copy", "this is a copy of", "this is a copy of your", "original message",
	"unsent message", "message headers follow", "message header follow", "the header of the original",
	"original mail", "included is a copy", "returned message", "enclosed is a copy",
	"below is a copy", "copy of the original", "message follows", "original headers", "old message",
	"a summary of the undelivered", "header of the source",
	"failed message", "undelivered message", "your message reads",
	"a copy of your message", "here is your returned mail", "the original message follows",
	"urspruengliche nachricht", "ursprungliche nachricht", "message d'origine", "message original",
	"mensaje original", "messaggio originale", "mensagem original", "oorspronkelijk bericht",
}

// subjectLabels begin the lines in which servers repeat the subject of the
// message: its author's words, which may be about mailboxes too.
var subjectLabels = []string{
	"subject:", "objet:", "objet :", "sujet:", "sujet :", "betreff:", "asunto:", "oggetto:", "assunto:", "onderwerp:",
}

// told returns what a report says in its own words: the lines above the
// returned message, without quotation marks and without its subject.
func told(text string) string { return linesOf(text, returns) }

// linesOf returns the lines of a text up to the first that ends it, without
// quotation marks and subjects.
func linesOf(text string, ends func(line string) bool) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		line = strings.TrimLeft(unquote(line), " \t")
		if out.Len() > 0 && ends(line) {
			break
		}
		if begins(lowerASCII(line[:min(len(line), 16)]), subjectLabels) {
			continue
		}
		out.WriteString(line)
	}
	return out.String()
}

// returns tells whether a line begins the returned message.
func returns(line string) bool {
	if h, _, ok := strings.Cut(line, ":"); ok && len(h) < 30 {
		switch strings.ToLower(h) {
		case "received", "return-path", "x-received", "dkim-signature", "arc-seal":
			return true
		}
	}
	if len(line) > 120 {
		return false
	}
	l := strings.TrimLeft(fold(line), "-=*_ ")
	for _, m := range returnMarks {
		if strings.HasPrefix(l, m) {
			return !strings.HasPrefix(l, "original message was") && !strings.HasPrefix(l, "the original message was")
		}
	}
	return false
}

// unquoted returns a text without quotation marks at the start of its lines.
func unquoted(text string) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		out.WriteString(unquote(line))
	}
	return out.String()
}

// unquote takes one level of quotation off a line. A line of a transcript in
// sendmail's form is not quoted by its three marks.
func unquote(line string) string {
	if strings.HasPrefix(line, ">") && !strings.HasPrefix(line, ">>> ") {
		line = strings.TrimPrefix(line[1:], " ")
	}
	return line
}
