package message

import "strings"

// unflow joins the lines of a flowed text into its paragraphs, RFC 3676 §4.4.
// If delSp, the space that a joined line ends in was added to it, §4.5. Quote
// marks come out as "> " for each level. An empty line ends a paragraph even
// after a line that flows: clients leave spaces that people typed before it.
func unflow(s string, delSp bool) string {
	var out strings.Builder
	out.Grow(len(s) + len(s)/8)
	flowing, level := false, 0
	for line := range strings.Lines(s) {
		line = strings.TrimSuffix(line, "\n")
		depth := 0
		for depth < len(line) && line[depth] == '>' {
			depth++
		}
		line = strings.TrimPrefix(line[depth:], " ") // space-stuffed
		if flowing && (depth != level || line == separator || line == "") {
			out.WriteByte('\n')
			flowing = false
		}
		if !flowing {
			out.WriteString(quoteMarks(depth, line))
		}
		level = depth
		flowing = strings.HasSuffix(line, " ") && line != separator
		if flowing && delSp {
			line = line[:len(line)-1]
		}
		out.WriteString(line)
		if !flowing {
			out.WriteByte('\n')
		}
	}
	if flowing {
		out.WriteByte('\n')
	}
	return out.String()
}

// quoteMarks returns the marks that stand before a quoted line.
func quoteMarks(depth int, line string) string {
	marks := strings.Repeat("> ", min(depth, maxQuoteMarks))
	if line == "" {
		marks = strings.TrimSuffix(marks, " ")
	}
	return marks
}
