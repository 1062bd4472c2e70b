package outbox

import (
	"bufio"
	"crypto/sha256"
	"hash"
	"strings"
)

// A canonical takes a message, in lines that end in CRLF and with no lone CR
// or LF (see lineWriter), and hashes its relaxed form: RFC 6376 §3.4.
type canonical struct {
	head   strings.Builder // the header, as it comes
	fresh  bool            // head is at the start of a line
	inBody bool

	hash   hash.Hash
	body   *bufio.Writer // before hash
	ends   int           // ends of lines held back: those at the end count for nothing
	space  bool          // a run of white space, held back for the same reason
	filled bool          // the body has something in it
}

func newCanonical() *canonical {
	h := sha256.New()
	return &canonical{fresh: true, hash: h, body: bufio.NewWriterSize(h, 4096)}
}

// Write implements io.Writer; it takes at most the rest of one line at a time.
func (c *canonical) Write(p []byte) (int, error) {
	switch {
	case c.inBody:
		c.writeBody(p)
	case c.fresh && string(p) == "\r\n":
		c.inBody = true
	case len(p) > 0:
		c.head.Write(p)
		c.fresh = p[len(p)-1] == '\n'
	}
	return len(p), nil
}

func (c *canonical) writeBody(p []byte) {
	for _, octet := range p {
		switch octet {
		case ' ', '\t':
			c.space = true
		case '\r':
		case '\n':
			c.space = false
			c.ends++
		default:
			for ; c.ends > 0; c.ends-- {
				c.body.WriteString("\r\n")
			}
			if c.space {
				c.body.WriteByte(' ')
				c.space = false
			}
			c.body.WriteByte(octet)
			c.filled = true
		}
	}
}

// bodyHash ends the body and returns its hash: §3.7.
func (c *canonical) bodyHash() []byte {
	if c.filled {
		c.body.WriteString("\r\n")
	}
	c.body.Flush()
	return c.hash.Sum(nil)
}

// headerHash returns the hash of the named fields and of the signature's own,
// as yet without its value. Of fields that occur more than once the last is
// taken first, and one that does not occur is as good as empty: §5.4.2.
func (c *canonical) headerHash(names []string, signature string) []byte {
	fields := make(map[string][]string)
	for _, f := range splitFields(c.head.String()) {
		name, value := relaxed(f)
		fields[name] = append(fields[name], value)
	}
	h := sha256.New()
	for _, name := range names {
		name = strings.ToLower(strings.TrimSpace(name))
		if n := len(fields[name]); n > 0 {
			h.Write([]byte(name + ":" + fields[name][n-1] + "\r\n"))
			fields[name] = fields[name][:n-1]
		}
	}
	name, value := relaxed(signature)
	h.Write([]byte(name + ":" + value)) // without the end of its line: §3.7
	return h.Sum(nil)
}

// splitFields splits a header into its fields, each with all its lines.
func splitFields(header string) (fields []string) {
	for header != "" {
		end := 0
		for folded := true; folded; {
			i := strings.Index(header[end:], "\r\n")
			if i < 0 {
				end = len(header)
				break
			}
			end += i + 2
			folded = end < len(header) && (header[end] == ' ' || header[end] == '\t')
		}
		fields = append(fields, header[:end])
		header = header[end:]
	}
	return fields
}

// relaxed returns a field's name and value as §3.4.2 has them.
func relaxed(field string) (name, value string) {
	name, value, _ = strings.Cut(field, ":")
	words := strings.FieldsFunc(value, func(r rune) bool { return r == ' ' || r == '\t' || r == '\r' || r == '\n' })
	return strings.ToLower(strings.TrimRight(name, " \t\r\n")), strings.Join(words, " ")
}
