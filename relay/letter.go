package relay

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"mentorrelay/parser/message"
	"mentorrelay/parser/reply"
	"mentorrelay/parser/report"
	"mentorrelay/relay/mask"
	"mentorrelay/relay/trust"
)

// A letter is what is read of a message once, whoever it is for.
type letter struct {
	msg    *Spool
	header message.Header
	root   *message.Part // nil if it exceeds a limit
	limit  *Refusal      // which one
	from   string        // the author's address in canonical form; empty if there is not exactly one
	sender string        // the envelope sender; empty for null
	key    []byte        // of the message, without its recipient
	kind   report.Kind   // what automatic mail it is, if it is
	err    error         // of our own disk: nothing of the above is known
	plain  *string       // its text; nil until it was asked for
	words  *reply.Reply  // in blocks; nil until they were asked for

	weighed bool
	opinion trust.Opinion
}

// maxReferences bounds how many ids of a thread are translated: the first,
// which names the thread, and the last ones.
const maxReferences = 50

// read scans a message, before anything parses it whole.
func (r *Relay) read(env Envelope, msg *Spool) *letter {
	l := &letter{msg: msg}
	limits := r.Limits
	root, err := message.Scan(msg, msg.Size(), limits)
	var over *message.LimitError
	switch {
	case errors.As(err, &over):
		l.limit = errTooMany
		if over.What == "size" {
			l.limit = errTooLarge
		}
		l.header, l.err = r.headerOnly(msg)
	case err != nil:
		l.err = fmt.Errorf("reading a message: %w", err)
	default:
		l.root, l.header = root, root.Header
		if env.Size > limits.Size {
			l.root, l.limit = nil, errTooLarge
		}
	}
	if l.err != nil {
		return l
	}
	l.from = author(l.header)
	l.sender = env.MailFrom
	if env.Door == IMAP && !l.header.Has("Return-Path") {
		l.sender = l.from // not null, but unknown
	}
	l.kind = report.Automatic(l.header, l.sender)
	switch {
	case l.root == nil:
	case l.kind == report.AutoReply && report.Invites(l.root):
		l.kind = ""
	case l.kind == "" && report.Absent(l.msg, l.root):
		l.kind = report.AutoReply
	}
	l.key, l.err = l.digest(env)
	return l
}

// headerOnly reads the header of a message that exceeds a limit, as far as
// the limit goes.
func (r *Relay) headerOnly(msg *Spool) (message.Header, error) {
	block := make([]byte, min(msg.Size(), int64(r.Limits.Header)))
	if _, err := msg.ReadAt(block, 0); err != nil && len(block) > 0 && int64(len(block)) != msg.Size() {
		return message.Header{}, fmt.Errorf("reading a header: %w", err)
	}
	for _, end := range []string{"\r\n\r\n", "\n\n"} {
		if i := strings.Index(string(block), end); i >= 0 {
			return message.ParseHeader(block[:i+len(end)/2]), nil
		}
	}
	return message.ParseHeader(block), nil
}

// author is the one address of the one From field (RFC 5322 §3.6.2); several
// would let each reader see another.
func author(h message.Header) string {
	fields := h.All("From")
	if len(fields) != 1 {
		return ""
	}
	list := message.ParseAddressList(fields[0])
	if len(list) != 1 {
		return ""
	}
	canonical, _ := mask.Canonical(list[0].Addr)
	return canonical
}

// traces are the fields that differ between two transfers of one message
// (RFC 5321 §4.4, RFC 8601, RFC 7208 §9.1, RFC 8617).
var traces = []string{"received", "return-path", "delivered-to", "x-original-to", "envelope-to", "x-received",
	"authentication-results", "received-spf", "arc-seal", "arc-message-signature", "arc-authentication-results"}

// digest gives the key by which a message that comes again is known: the
// door's own, or the hash of the whole message but its traces. The envelope
// sender is not in it: whoever got hold of a signed message could send it once
// more under another.
func (l *letter) digest(env Envelope) ([]byte, error) {
	h := sha256.New()
	if env.Key != "" {
		h.Write([]byte(env.Key))
		return h.Sum(nil), nil
	}
	if l.root == nil {
		return h.Sum(nil), l.msg.copyFrom(h, 0)
	}
	for _, f := range l.header.Fields() {
		if !slices.Contains(traces, strings.ToLower(f.Name)) {
			fmt.Fprintf(h, "%s:%s\n", f.Name, f.Raw)
		}
	}
	err := l.msg.copyFrom(h, l.root.Body)
	return h.Sum(nil), err
}

// keyFor is the key of a message for one recipient.
func (l *letter) keyFor(token string) []byte {
	sum := sha256.Sum256(append(slices.Clip(l.key), token...))
	return sum[:]
}

// logKey names the message in the log.
func (l *letter) logKey() string { return hex.EncodeToString(l.key[:min(4, len(l.key))]) }

// weigh tells whether the message comes from its author, asking once.
func (r *Relay) weigh(ctx context.Context, env Envelope, l *letter) trust.Verdict {
	if !l.weighed {
		l.opinion = r.Trust.Check(ctx, trust.Evidence{
			Domain:   l.from[strings.LastIndexByte(l.from, '@')+1:],
			PeerIP:   env.PeerIP,
			Helo:     env.Helo,
			MailFrom: env.MailFrom,
			Header:   l.header,
			Message:  l.msg.Reader(),
		})
		l.weighed = true
		r.Log.InfoContext(ctx, "weighed", "door", string(env.Door), "key", l.logKey(), "verdict", l.opinion.Verdict.String(), "reason", l.opinion.Reason)
	}
	return l.opinion.Verdict
}

// text returns the words of the message in their blocks, reading them once.
func (l *letter) text() (reply.Reply, error) {
	if l.words != nil {
		return *l.words, nil
	}
	words, err := l.split(message.DecodeHeader(l.header.Get("Subject")))
	if err == nil {
		l.words = &words
	}
	return words, err
}

// split returns the words of the message as those of one with this subject.
func (l *letter) split(subject string) (reply.Reply, error) {
	if l.root == nil {
		return reply.Reply{}, nil
	}
	if l.plain == nil {
		text, err := message.ReadText(l.msg, l.root)
		if err != nil {
			return reply.Reply{}, fmt.Errorf("reading a message's text: %w", err)
		}
		l.plain = &text.Plain
	}
	return reply.SplitMail(subject, *l.plain), nil
}

// messageID is the id by which the author knows the message, or empty.
func (l *letter) messageID() string {
	if ids := message.ParseMessageIDs(l.header.Get("Message-ID")); len(ids) > 0 {
		return ids[0]
	}
	return ""
}

// thread lists the ids that the message refers to.
func (l *letter) thread() (inReplyTo, references []string) {
	inReplyTo = message.ParseMessageIDs(l.header.Get("In-Reply-To"))
	references = message.ParseMessageIDs(l.header.Get("References"))
	return bounded(inReplyTo), bounded(references)
}

func bounded(ids []string) []string {
	if len(ids) <= maxReferences {
		return ids
	}
	return append([]string{ids[0]}, ids[len(ids)-maxReferences+1:]...)
}
