package reply

import "strings"

// blocks returns the lines of one kind together.
func (t *text) blocks() []Block {
	var blocks []Block
	for i := t.nextText(0); i < len(t.lines); {
		kind, end := t.lines[i].kind, i+1
		next := t.nextText(end)
		for next < len(t.lines) && t.lines[next].kind == kind {
			end = next + 1
			next = t.nextText(end)
		}
		b := Block{Kind: kind, Text: t.extract(i, end), Answers: -1}
		if last := len(blocks) - 1; kind == New && last >= 0 && blocks[last].Kind == Quoted {
			b.Answers = last
		}
		blocks = append(blocks, b)
		i = next
	}
	return blocks
}

// extract returns the lines from i up to end as text. What is written keeps
// the marks that are in it; what is quoted loses them.
func (t *text) extract(i, end int) string {
	marked := false
	for _, l := range t.lines[i:end] {
		marked = marked || l.depth > 0
	}
	if !marked || t.lines[i].kind == New {
		return trimRight(t.src[t.lines[i].start:t.lines[end-1].end])
	}
	if end == i+1 {
		return t.lines[i].text
	}
	var b strings.Builder
	b.Grow(t.lines[end-1].end - t.lines[i].start)
	for j := i; j < end; j++ {
		if j > i {
			b.WriteByte('\n')
		}
		rest := t.raw(j)
		if t.lines[j].depth > 0 {
			rest = unbar(rest)
		}
		_, rest = unquote(rest)
		b.WriteString(trimRight(strings.TrimPrefix(rest, " ")))
	}
	return b.String()
}
