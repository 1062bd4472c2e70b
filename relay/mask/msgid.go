package mask

import "strconv"

// MessageID returns the id by which the reader of a pair knows the message
// that its writer knows by original. It is derived, so that a message that is
// relayed twice has the same id (RFC 5322 §3.6.4), and says nothing of where
// it comes from.
func (s *Scheme) MessageID(pair, writer int64, original string) string {
	number := func(n int64) []byte { return strconv.AppendInt(nil, n, 10) }
	sum := s.sign("message-id", number(pair), number(writer), []byte(original))
	return "<" + tokens.EncodeToString(sum[:20]) + "@" + s.Host() + ">"
}

// Trace returns the id of ours that a copy carries, by which a message that
// comes round again is known.
func (s *Scheme) Trace(key []byte) string {
	id := s.sign("trace-id", key)[:10]
	return tokens.EncodeToString(append(id, s.sign("trace", id)[:10]...))
}

// IsTrace tells whether a trace id is ours.
func (s *Scheme) IsTrace(trace string) bool {
	raw, err := tokens.DecodeString(trace)
	return err == nil && len(raw) == 20 && string(raw[10:]) == string(s.sign("trace", raw[:10])[:10])
}

// TraceField is the field in which a copy carries its trace id.
const TraceField = "X-Mentorrelay-Trace"
