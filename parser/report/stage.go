package report

import "strings"

// A stage is how far the dialogue with the remote server had come.
type stage int

const (
	stageUnknown stage = iota
	stageConnect       // greeting, HELO, STARTTLS
	stageMail
	stageRcpt
	stageData // DATA, and the end of the data
)

// stages are the words by which servers tell the stage. Those of the first
// rows are more telling.
var stages = []struct {
	stage   stage
	phrases []string
}{
	{stageRcpt, []string{
		"reply to rcpt to", "after rcpt to", "after pipelined rcpt to", "our rcpt to", "[rcpt_to]",
		"smtp:rcpt", "does not like recipient", "for rcpt to command", "sent: rcpt to", "--> rcpt to", "(state 14)", "unknown address error",
	}},
	{stageMail, []string{
		"reply to mail from", "after mail from", "after pipelined mail from", "our mail from", "[mail_from]",
		"smtp:mail", "does not like sender", "but sender was rejected", "for mail from command", "sent: mail from", "--> mail from", "(state 13)",
	}},
	{stageData, []string{
		"reply to end of data", "reply to data", "after end of data", "after data", "after sending data block",
		"our data", "our final data", "after i sent the message", "[data]", "smtp:data", "smtp command data", "for data command", "other mail system problem",
		"sent: data", "--> data", "(state 15)", "(state 17)", "(state 18)",
	}},
	{stageConnect, []string{
		"reply to ehlo", "reply to helo", "after ehlo", "after helo", "after initial connection",
		"refused to talk to me", "while receiving the initial server greeting", "but my name was rejected",
	}},
}

// findStage returns the stage that a text tells.
func findStage(text string) stage {
	if s := transcriptStage(text); s != stageUnknown {
		return s
	}
	folded := fold(text)
	for _, s := range stages {
		if _, ok := anyOf(folded, s.phrases); ok {
			return s.stage
		}
	}
	return stageUnknown
}

// transcriptStage reads the stage off a transcript in sendmail's form: the
// command before the first answer.
func transcriptStage(text string) stage {
	before, _, ok := strings.Cut(text, "<<< ")
	if !ok {
		return stageUnknown
	}
	i := strings.LastIndex(before, ">>> ")
	if i < 0 {
		return stageUnknown
	}
	command := strings.ToLower(before[i+4:])
	switch {
	case strings.HasPrefix(command, "rcpt"):
		return stageRcpt
	case strings.HasPrefix(command, "mail"):
		return stageMail
	case strings.HasPrefix(command, "data"), strings.HasPrefix(command, "."):
		if _, ok := anyOf(fold(text), pipelined); ok {
			return stageRcpt
		}
		return stageData
	}
	return stageConnect
}

// pipelined are the answers to DATA by which a transcript shows that the
// recipient was refused before: with PIPELINING (RFC 2920) the command stands
// above the answer to RCPT.
var pipelined = []string{"need rcpt", "rcpt before data", "no valid recipients", "<<< 503 ", "no recipients"}
