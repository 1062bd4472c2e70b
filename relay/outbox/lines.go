package outbox

import "io"

// A lineWriter writes text in the lines that SMTP wants. A lone CR or LF must
// not be sent (RFC 5321 §2.3.8), since some servers take it for the end of a
// line and could then be made to see the end of the message where we see
// none; so it becomes a CRLF.
type lineWriter struct {
	w     io.Writer
	stuff bool // double a dot that begins a line: RFC 5321 §4.5.2
	inner bool // within a line
	cr    bool // a CR was held back to see what follows
}

// Write implements io.Writer.
func (l *lineWriter) Write(p []byte) (int, error) {
	n := len(p)
	for len(p) > 0 {
		if l.cr {
			if p[0] == '\n' {
				p = p[1:]
			}
			if err := l.endLine(); err != nil {
				return n - len(p), err
			}
			continue
		}
		if p[0] == '.' && !l.inner && l.stuff {
			if _, err := io.WriteString(l.w, "."); err != nil {
				return n - len(p), err
			}
		}
		k, err := l.writeLine(p)
		if err != nil {
			return n - len(p), err
		}
		p = p[k:]
	}
	return n, nil
}

// writeLine writes p up to the end of its first line and returns how much of
// it that was.
func (l *lineWriter) writeLine(p []byte) (int, error) {
	i := 0
	for i < len(p) && p[i] != '\r' && p[i] != '\n' {
		i++
	}
	l.inner = l.inner || i > 0
	if i+1 < len(p) && p[i] == '\r' && p[i+1] == '\n' {
		l.inner = false
		return l.w.Write(p[:i+2])
	}
	if _, err := l.w.Write(p[:i]); err != nil || i == len(p) {
		return i, err
	}
	if p[i] == '\r' {
		l.cr = true
		return i + 1, nil
	}
	return i + 1, l.endLine()
}

func (l *lineWriter) endLine() error {
	l.cr, l.inner = false, false
	_, err := io.WriteString(l.w, "\r\n")
	return err
}

// end completes the last line.
func (l *lineWriter) end() error {
	if l.inner || l.cr {
		return l.endLine()
	}
	return nil
}
