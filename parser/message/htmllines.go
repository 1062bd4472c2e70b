package message

import (
	"bytes"
	"html"
	"unicode/utf8"
)

// lines writes text line by line, with the quote marks of each.
type lines struct {
	out   []byte
	from  int  // where the open line starts, with the blank line before it
	line  int  // where it starts itself
	text  int  // where its text starts, after the quote marks
	begun bool // a line is open
	gap   bool // white space stands before what comes next on the line
	blank bool // a blank line stands before the next line

	depth  int    // quote levels around the next text
	low    int    // the least since the last line ended
	indent int    // of nested lists, in columns
	marker string // of a list item, before its first text

	awaited   int  // lines in which an attribution may end, after which all is quoted
	separated bool // the last line is a signature's separator
	signature bool // the next line starts a signature, which may lack its separator
}

const (
	separator     = "-- " // of a signature, RFC 3676 §4.3
	maxQuoteMarks = 10    // written before a line; deeper levels look alike
)

// begin starts a line unless one is open.
func (w *lines) begin() {
	if w.begun {
		return
	}
	w.from = len(w.out)
	if w.blank && len(w.out) > 0 {
		w.out = append(w.marks(w.low), '\n')
	}
	w.line = len(w.out)
	w.out = w.marks(w.depth)
	if w.depth > 0 {
		w.out = append(w.out, ' ')
	}
	w.text = len(w.out)
	for range w.indent {
		w.out = append(w.out, ' ')
	}
	w.out = append(w.out, w.marker...)
	w.begun, w.blank, w.gap, w.marker = true, false, false, ""
}

// marks appends the quote marks of a line, without the space after the last.
func (w *lines) marks(depth int) []byte {
	for i := range min(depth, maxQuoteMarks) {
		if i > 0 {
			w.out = append(w.out, ' ')
		}
		w.out = append(w.out, '>')
	}
	return w.out
}

// end ends the open line, if any. One that shows nothing is a blank line.
func (w *lines) end() {
	if !w.begun {
		return
	}
	w.begun, w.gap = false, false
	text := bytes.TrimRight(w.out[w.text:], " \t")
	w.out = w.out[:w.text+len(text)]
	if len(bytes.TrimLeft(text, " \t")) == 0 {
		w.out = w.out[:w.from]
		w.blank = true
		return
	}
	isSeparator := string(bytes.TrimLeft(text, "> ")) == "--"
	if isSeparator {
		w.out = append(w.out, ' ')
	} else if w.signature && !w.separated && w.line > 0 { // some write their whole letter into it
		w.insertSeparator()
	}
	w.separated, w.signature = isSeparator, false
	w.out = append(w.out, '\n')
	w.low = w.depth
	if w.awaited > 0 {
		if w.awaited--; text[len(text)-1] == ':' {
			w.awaited = 0
			w.depth++
		}
	}
}

// insertSeparator puts a signature's separator before the line just written.
func (w *lines) insertSeparator() {
	line := string(w.out[w.line:])
	w.out = append(w.out[:w.text], separator...)
	w.out = append(w.out, '\n')
	w.out = append(w.out, line...)
}

// lineBreak ends the line, or leaves a line blank.
func (w *lines) lineBreak() {
	if !w.begun {
		w.blank = true
	}
	w.end()
}

// paragraph ends the line and leaves a blank one.
func (w *lines) paragraph() {
	w.end()
	w.blank = true
}

// quote changes the quote level.
func (w *lines) quote(depth int) {
	w.end()
	w.depth = depth
	w.low = min(w.low, depth)
}

// write appends text with its entities read. White space is collapsed unless
// the text is preformatted.
func (w *lines) write(s string, pre bool) {
	for i := 0; i < len(s); {
		start := i
		for i < len(s) && s[i] > ' ' && s[i] < 0x7f && s[i] != '&' {
			i++
		}
		if i > start {
			w.word(s[start:i])
			continue
		}
		switch c := s[i]; {
		case c == '&':
			i += w.entity(s[i:], pre)
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRuneInString(s[i:])
			w.char(r)
			i += n
		default:
			w.control(c, pre)
			i++
		}
	}
}

// word appends characters of a line.
func (w *lines) word(s string) {
	w.begin()
	w.space()
	w.out = append(w.out, s...)
}

// space writes the white space that stands before what comes next.
func (w *lines) space() {
	if w.gap && len(w.out) > w.text {
		w.out = append(w.out, ' ')
	}
	w.gap = false
}

// control writes white space or leaves out a control character.
func (w *lines) control(c byte, pre bool) {
	switch {
	case !pre && isSpace(c):
		w.gap = w.begun
	case c == '\n':
		w.lineBreak()
	case c == ' ' || c == '\t':
		w.begin()
		w.out = append(w.out, c)
	}
}

// longestEntity is how far an entity is looked for; the longest name is
// CounterClockwiseContourIntegral.
const longestEntity = 34

// entity writes the character reference that s starts with, or the ampersand
// if there is none, and returns its length.
func (w *lines) entity(s string, pre bool) int {
	end := 1
	for end < min(len(s), longestEntity) && (isAlphanumeric(s[end]) || end == 1 && s[end] == '#') {
		end++
	}
	if end < len(s) && s[end] == ';' {
		end++
	}
	if end == 1 {
		w.word("&")
		return 1
	}
	if s[:end] == "&nbsp;" {
		w.char('\u00a0')
		return end
	}
	for _, r := range html.UnescapeString(s[:end]) {
		if r < utf8.RuneSelf && (r <= ' ' || r == 0x7f) {
			w.control(byte(r), pre)
		} else {
			w.char(r)
		}
	}
	return end
}

func isAlphanumeric(c byte) bool { return isLetter(c) || c >= '0' && c <= '9' }

// char appends one character. Spaces that do not break or have a width of
// their own are plain ones in a text; what has no width goes.
func (w *lines) char(r rune) {
	switch {
	case r == '\u00a0' || r == '\u202f' || r >= '\u2000' && r <= '\u200a' || r == '\u3000':
		w.begin()
		w.space()
		w.out = append(w.out, ' ')
	case r == '\u2028' || r == '\u2029' || r == '\u0085':
		w.lineBreak()
	case r == '\u200c' || r == '\u200d':
		if w.begun && !w.gap && joins(w.last()) {
			w.out = utf8.AppendRune(w.out, r)
		}
	case isInvisible(r):
	default:
		w.begin()
		w.space()
		w.out = utf8.AppendRune(w.out, r)
	}
}

// last returns the last character of the open line's text.
func (w *lines) last() rune {
	r, _ := utf8.DecodeLastRune(w.out[w.text:])
	return r
}

// joins tells whether a joiner or non-joiner after r can mean something:
// Arabic and Indic scripts, and emoji.
func joins(r rune) bool {
	return r >= 0x0600 && r != utf8.RuneError && !(r >= 0x2000 && r <= 0x206f)
}

// isInvisible tells of characters without width: marks of direction, soft
// hyphens, what newsletters fill the preview with, byte order marks and the
// control characters.
func isInvisible(r rune) bool {
	switch {
	case r < ' ', r >= 0x7f && r <= 0x9f, r == 0xad:
		return true
	case r < 0x2000:
		return r == 0x34f || r == 0x61c || r == 0x180e
	case r < 0x2070:
		return r >= 0x200b && r <= 0x200f || r >= 0x202a && r <= 0x202e || r >= 0x2060
	}
	return r == 0xfeff || r >= 0xfff9 && r <= 0xfffb
}
