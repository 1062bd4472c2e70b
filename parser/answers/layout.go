package answers

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var (
	asker    = regexp.MustCompile(`^[Qq]\s*[:.]\s*`)
	answerer = regexp.MustCompile(`^(?:[AaRr]|Rép|rép)\s*[:.]\s*`)
)

// undress takes "Q:" and "A:" off the rows of a dialogue, where "A" is no
// option's letter.
func (p *page) undress() {
	dialogue := slices.ContainsFunc(p.rows, func(row row) bool { return !row.quoted && asker.MatchString(row.text) })
	for i, row := range p.rows {
		if dialogue && !row.quoted {
			text := row.text[len(asker.FindString(row.text)):]
			text = text[len(answerer.FindString(text)):]
			p.rows[i].text, p.rows[i].words = text, p.reader.words.read(text)
		}
	}
	p.dialogue = dialogue
}

var prefixed = regexp.MustCompile(`^[-*•\s]*(\pL{1,12})\.?\s*(\d{1,2})\s*[:.)=–-]`)

// unprefix takes off a word that stands before the numbers of at least three
// new rows, in order, whatever it is: "Ad 1: monthly".
func (p *page) unprefix() {
	for i, row := range p.rows {
		if row.quoted || len(row.words) == 0 || asking[row.words[0].word] {
			continue
		}
		if m := prefixed.FindStringSubmatch(row.text); m != nil {
			p.unprefixFrom(i, m[1])
			return
		}
	}
}

// unprefixFrom takes a word off the rows from i on.
func (p *page) unprefixFrom(i int, word string) {
	var rows []int
	last := 0
	for k := i; k < len(p.rows); k++ {
		if m := prefixed.FindStringSubmatch(p.rows[k].text); m != nil && m[1] == word && !p.rows[k].quoted {
			if n, _ := strconv.Atoi(m[2]); n > last {
				rows, last = append(rows, k), n
			}
		}
	}
	for _, k := range rows {
		if len(rows) >= minColumn {
			text := p.rows[k].text
			p.rows[k].text = strings.TrimLeft(text[strings.Index(text, word)+len(word):], ". \u00a0")
			p.rows[k].words = p.reader.words.read(p.rows[k].text)
		}
	}
}

// minColumn is how many rows make a column of answers, and how many of them
// must answer beyond doubt.
const (
	minColumn  = 3
	minCertain = 2
)

// isColumn tells whether new rows begin with the numbers of questions, in
// order, and most of those that can be checked are answers.
func (p *page) isColumn() bool {
	rows, certain, open, last := 0, 0, 0, -1
	for _, row := range p.rows {
		q, body := p.reader.columnRow(row)
		if q < 0 {
			continue
		}
		if q <= last {
			return false
		}
		rows, last = rows+1, q
		switch {
		case p.reader.questions[q].Kind == Text:
		case len(p.reader.judge(q, body, exact).values) > 0:
			certain++
		default:
			open++
		}
	}
	return rows >= minColumn && certain >= minCertain && open <= certain
}

// columnRow splits a new row that begins with the number of a question; it
// returns -1 for any other.
func (r *Reader) columnRow(row row) (question int, body string) {
	if row.quoted || row.head != nil || len(row.words) < 2 || row.words[0].start > 0 || row.words[1].glued || !isFigure(row.words[0].word) {
		return -1, ""
	}
	body, spaced := strings.CutPrefix(row.text[row.words[0].end:], " ")
	n, err := strconv.Atoi(row.words[0].word)
	if err != nil || !spaced || row.words[1].ends {
		return -1, ""
	}
	return r.numbered(n), body
}
