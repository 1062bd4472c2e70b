package mask

import (
	"bytes"
	"io"
	"strings"
)

// beginsFile tells whether text may hold the line that a uuencoded file begins
// with, as uuencode(1p) of POSIX has it: begin 644 notes.txt.
func beginsFile(text []byte) bool {
	mark := []byte("begin ")
	for {
		i := bytes.Index(text, mark)
		if i < 0 {
			return false
		}
		if text = text[i+len(mark):]; len(text) > 0 && text[0] >= '0' && text[0] <= '7' {
			return true
		}
	}
}

// cutBegin returns the name of the file that begins with line.
func cutBegin(line []byte) (name string, ok bool) {
	mode, name, ok := strings.Cut(strings.TrimPrefix(string(line), "begin "), " ")
	return name, ok && bytes.HasPrefix(line, []byte("begin ")) && mode != "" && strings.Trim(mode, "01234567") == ""
}

// uudecoder hands text to a scrubber, and the files that are uuencoded in it,
// if they are text, to another one behind it. What is no text is passed on.
type uudecoder struct {
	*scrubber
	line []byte // the one that is being read
	long bool   // it is longer than any that means something
	name string // of the file
	file bool   // the lines are those of a file
	data bool   // that is no text
	text *scrubber
	out  *uuencoder
}

// maxBegin is more than the first line of a uuencoded file has.
const maxBegin = 998

// Write implements io.Writer.
func (u *uudecoder) Write(p []byte) (int, error) {
	for rest := p; len(rest) > 0; {
		n := bytes.IndexByte(rest, '\n') + 1
		ended := n > 0
		if !ended {
			n = len(rest)
		}
		u.line, rest = append(u.line, rest[:n]...), rest[n:]
		if !ended && len(u.line) <= maxBegin {
			continue
		}
		if u.long {
			u.plain()
		} else {
			u.take()
		}
		u.line, u.long = u.line[:0], !ended
	}
	return len(p), u.err
}

// Close writes what was held back.
func (u *uudecoder) Close() error {
	if len(u.line) > 0 {
		u.take()
	}
	u.end()
	return u.scrubber.Close()
}

// take deals with a line.
func (u *uudecoder) take() {
	line := bytes.TrimRight(u.line, "\r\n")
	data, ok := uuLine(line)
	switch {
	case !u.file:
		u.name, u.file = cutBegin(line)
		u.data = false
	case !ok: // the last line, or none of a file
		u.end()
		u.file = false
	case len(data) == 0: // the one before it
		u.end()
	case u.text == nil && (u.data || !isText(data)):
		u.data = true
	default:
		u.begin()
		_, u.err = u.text.Write(data)
		return
	}
	u.plain()
}

// plain passes a line on.
func (u *uudecoder) plain() {
	if u.err == nil {
		_, u.err = u.scrubber.Write(u.line)
	}
}

// begin makes a scrubber for a file, whatever is before it being written.
func (u *uudecoder) begin() {
	if u.text != nil {
		return
	}
	u.err = u.scrubber.Close()
	end := "\n"
	if bytes.HasSuffix(u.line, []byte("\r\n")) {
		end = "\r\n"
	}
	u.out = &uuencoder{w: u.w, end: end}
	u.text = &scrubber{match: u.match, w: u.out}
	name := strings.ToLower(u.name)
	u.text.markup = u.markup || strings.HasSuffix(name, ".html") || strings.HasSuffix(name, ".htm")
	u.text.styled = u.text.markup
	u.text.prepare()
}

// end writes the rest of a file.
func (u *uudecoder) end() {
	if u.text == nil {
		return
	}
	if err := u.text.Close(); u.err == nil {
		u.err = err
	}
	if err := u.out.flush(); u.err == nil {
		u.err = err
	}
	u.findings.edits += u.text.findings.edits
	u.findings.inside += u.text.findings.edits
	u.text = nil
}

// uuLine decodes a line of a file: the number of its octets, and four
// characters for three octets. Spaces at its end may be lost, and a checksum
// may come after.
func uuLine(line []byte) ([]byte, bool) {
	if len(line) == 0 {
		return nil, true
	}
	for _, c := range line {
		if c < ' ' || c > '`' {
			return nil, false
		}
	}
	size := int(line[0]-' ') & 0x3f
	if len(line)-1 > (size+2)/3*4+2 {
		return nil, false
	}
	data := make([]byte, 0, size+2)
	for at := 1; len(data) < size; at += 4 {
		var v [4]byte
		for i := range v {
			if at+i < len(line) {
				v[i] = (line[at+i] - ' ') & 0x3f
			}
		}
		data = append(data, v[0]<<2|v[1]>>4, v[1]<<4|v[2]>>2, v[2]<<6|v[3])
	}
	return data[:size], true
}

// uuencoder writes a file in lines of 45 octets.
type uuencoder struct {
	w    io.Writer
	end  string // of a line
	open []byte
	line []byte
}

// maxUU is how many octets a line of a uuencoded file holds.
const maxUU = 45

// Write implements io.Writer.
func (e *uuencoder) Write(p []byte) (int, error) {
	e.open = append(e.open, p...)
	done := 0
	for ; len(e.open)-done >= maxUU; done += maxUU {
		if err := e.write(e.open[done : done+maxUU]); err != nil {
			return 0, err
		}
	}
	e.open = e.open[:copy(e.open, e.open[done:])]
	return len(p), nil
}

// flush writes the last line.
func (e *uuencoder) flush() error {
	if len(e.open) == 0 {
		return nil
	}
	return e.write(e.open)
}

func (e *uuencoder) write(data []byte) error {
	char := func(c byte) byte {
		if c &= 0x3f; c == 0 {
			return '`' // a space may be lost at the end of a line
		}
		return c + ' '
	}
	e.line = append(e.line[:0], char(byte(len(data))))
	for len(data) > 0 {
		var three [3]byte
		data = data[copy(three[:], data):]
		e.line = append(e.line, char(three[0]>>2), char(three[0]<<4|three[1]>>4), char(three[1]<<2|three[2]>>6), char(three[2]))
	}
	_, err := e.w.Write(append(e.line, e.end...))
	return err
}
