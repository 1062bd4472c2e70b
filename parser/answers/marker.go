package answers

import (
	"slices"
	"strconv"
	"strings"
)

func itoa(n int) string { return strconv.Itoa(n) }

// A piece is the part of a line that answers one question, named by its number
// or by what people call it.
type piece struct {
	question int
	start    int  // octet of the line where the marker begins
	from, to int  // octets of the body
	strong   bool // named in a way that can't be chance: "question 3", "topics:"
	code     bool // number and letter, or number and figure
	sign     bool // a sign such as ":" or ")" follows the number
	colon    bool // and it is one that lists seldom have
}

// pieces splits a line at its markers: "1b 2a", "3: calls, 4) sailing",
// "question 2 - b", "frequency: monthly". A line without any gives none.
func (r *Reader) pieces(line string) []piece {
	list := r.words.read(line)
	if p, ok := r.namePiece(list, line); ok {
		return []piece{p}
	}
	var found []piece
	for i := 0; i < len(list); {
		p, to, ok := r.marker(list, line, i)
		if !ok {
			i++
			if m, hit := r.words.phrases.match(list, i-1, nil); hit {
				i = m.to // "every 2 weeks", "1 x a month"
			}
			continue
		}
		if (!p.strong || p.code || list[i].ends || i == 0 || fillers[list[i-1].word]) && r.acceptable(found, p, line) {
			if n := len(found); n > 0 {
				found[n-1].to = p.start
			}
			found = append(found, p)
		}
		i = to
	}
	return r.confirm(found, line)
}

// body returns what the line says to the piece's question.
func (p piece) body(line string) string {
	body := line[p.from:p.to]
	if p.to < len(line) {
		body = strings.TrimRight(body, " \u00a0,;/|&([-–*_")
	}
	return strings.TrimSpace(body)
}

// namePiece reads a marker by name: "reply time: a week".
func (r *Reader) namePiece(list []token, line string) (piece, bool) {
	if len(list) == 0 {
		return piece{}, false
	}
	n, end, q := &r.words.names, 0, -1
	for i := 0; i < len(list) && (i == 0 || !list[i].ends); i++ {
		if n = n.next[list[i].word]; n == nil {
			break
		}
		if len(n.senses) == 1 {
			end, q = list[i].end, n.senses[0].question
		}
	}
	if q < 0 {
		return piece{}, false
	}
	if r.questions[q].Kind == Text { // "topics I like: …"
		for k, t := range list {
			if t.start >= end && k > 0 && !t.ends && fillers[t.word] && list[k-1].end == end {
				end = t.end
			}
		}
	}
	after := strings.TrimLeft(line[end:], " \u00a0\u202f*_?")
	for _, sign := range []string{":", "=", "- ", "– ", "— ", "→", "->"} {
		if strings.HasPrefix(after, sign) {
			body := strings.TrimLeft(after[len(sign):], " \u00a0\u202f*_")
			return piece{question: q, from: len(line) - len(body), to: len(line), strong: true, sign: true}, true
		}
	}
	return piece{}, false
}

var asking = set("question questions q qu quest reponse answer rep r numero number nr no n point item ques")

// marker reads the marker that begins at token i, and returns the first token
// after it.
func (r *Reader) marker(list []token, line string, i int) (piece, int, bool) {
	k, strong := i, false
	for k < len(list) && asking[list[k].word] && (k == i || !list[k].ends) {
		strong = strong || len(list[k].word) > 2 || list[k].word == "q" || list[k].word == "nr"
		k++
	}
	if k >= len(list) || k > i && list[k].ends {
		return piece{}, 0, false
	}
	number, to, worded := markerNumber(list, k)
	q := r.numbered(number)
	if q < 0 {
		return piece{}, 0, false
	}
	if to < len(list) && list[to].word == "question" && !list[to].ends {
		strong, to = true, to+1
	}
	p := piece{question: q, start: list[i].start, strong: strong}
	after := line[list[to-1].end:]
	body := strings.TrimLeft(after, " \u00a0\u202f\t.):/=-–—→]>|*_")
	lead := after[:len(after)-len(body)]
	p.from, p.to = len(line)-len(body), len(line)
	p.sign = strings.ContainsAny(lead, ".):/=→]>|") || strings.Contains(lead, " - ") || strings.ContainsAny(lead, "–—-")
	p.colon = strings.ContainsAny(lead, ":=→|")
	if to < len(list) && list[to].glued && !r.isCode(p, list, line, to) {
		return piece{}, 0, false // "24h", "1st"
	}
	if lead != "" && !strings.ContainsAny(lead, " \u00a0\u202f\t") && to < len(list) && r.isDigit(list[to]) && !r.isFigure(list, line, to, q) {
		return piece{}, 0, false // "8:30", "4.5"
	}
	if to < len(list) {
		if named, ok := r.namePiece(list[to:], line); ok && named.question == q { // "4. Topics: …"
			p.from, p.sign, p.strong = named.from, true, true
			return p, len(list), true
		}
	}
	p.code = r.isCode(p, list, line, to)
	if worded && !(strong || p.sign && (i == 0 || list[i].ends)) {
		return piece{}, 0, false
	}
	if !p.code && !p.sign && !strong {
		m, ok := r.words.phrases.match(list, i, nil)
		if ok && m.to > to || !r.saysOnly(list, line, to, q) {
			return piece{}, 0, false // "1 x a month", "4", "2 calls a month"
		}
	}
	if p.code {
		to++
	}
	return p, to, true
}

// saysOnly tells whether the clause from a token on, up to the next number of a
// question, is an answer to question q and nothing else.
func (r *Reader) saysOnly(list []token, line string, from, q int) bool {
	if from >= len(list) || r.questions[q].Kind == Text {
		return r.questions[q].Kind == Text && from < len(list)
	}
	to := from + 1
	for to < len(list) && !list[to].ends && !(r.isDigit(list[to]) && r.isAfter(list[to].word, q)) {
		to++
	}
	return len(r.judge(q, line[list[from].start:list[to-1].end], exact).values) > 0
}

// isAfter tells whether a number is one of a question after q.
func (r *Reader) isAfter(word string, q int) bool {
	n, err := strconv.Atoi(word)
	return err == nil && r.numbered(n) > q
}

// markerNumber reads the number of a question at token k: "3", "3rd", "three",
// "third". It returns the token after it, and whether it was a word.
func markerNumber(list []token, k int) (number, to int, worded bool) {
	word := list[k].word
	if n, ok := numbers[word]; ok {
		return n, k + 1, true
	}
	if n, ok := ordinals[word]; ok {
		return n, k + 1, true
	}
	n, err := strconv.Atoi(word)
	if err != nil || len(word) > 2 {
		return 0, k, false
	}
	if k+1 < len(list) && list[k+1].glued && suffixes[list[k+1].word] && !(list[k+1].word == "e" && !wordIs(list, k+2, "question")) {
		return n, k + 2, true
	}
	return n, k + 1, false
}

func wordIs(list []token, i int, word string) bool { return wordAt(list, i) == word }

// numbered returns the question with this number, or -1.
func (r *Reader) numbered(number int) int {
	for i, q := range r.questions {
		if q.Number == number {
			return i
		}
	}
	return -1
}

func (r *Reader) isDigit(t token) bool { return t.word[0] >= '0' && t.word[0] <= '9' }

// isCode tells whether the token behind a number is an option's letter, or a
// number of the scale.
func (r *Reader) isCode(p piece, list []token, line string, to int) bool {
	if to >= len(list) {
		return false
	}
	q := r.questions[p.question]
	switch q.Kind {
	case Scale:
		return r.isDigit(list[to]) && r.isFigure(list, line, to, p.question)
	case Choice:
		if list[to].glued || p.sign {
			options, _ := letterAt(list[to:], line, 0, q)
			if options == nil && list[to].glued && len(list[to].word) == 1 {
				return optionOf(q, list[to].word) >= 0 && !endsApostrophe(line, list[to])
			}
			return options != nil
		}
		if len(list[to].word) == 1 && optionOf(q, list[to].word) >= 0 && !endsApostrophe(line, list[to]) && isASCII(line[list[to].start:list[to].end]) {
			next := to + 1
			return next >= len(list) || list[next].ends || r.isDigit(list[next]) || connects(list[next].word)
		}
	}
	return false
}

func endsApostrophe(line string, t token) bool {
	return strings.HasPrefix(line[t.end:], "'") || strings.HasPrefix(line[t.end:], "’")
}

// isFigure tells whether the number at token i is one of the scale, and not the
// beginning of a time, a date or a fraction.
func (r *Reader) isFigure(list []token, line string, i, q int) bool {
	n, err := strconv.Atoi(list[i].word)
	if err != nil || r.questions[q].Kind != Scale || n < r.questions[q].Min || n > r.questions[q].Max {
		return false
	}
	if i+1 < len(list) && r.isDigit(list[i+1]) {
		gap := line[list[i].end:list[i+1].start]
		return strings.ContainsAny(gap, " /;") || gap == ", "
	}
	return true
}

// acceptable tells whether a marker may stand where it does: at the beginning
// of the line, behind a lead-in, or behind another piece.
func (r *Reader) acceptable(before []piece, p piece, line string) bool {
	if p.strong {
		return true
	}
	if len(before) > 0 {
		last := before[len(before)-1]
		switch {
		case p.code:
			return r.questions[last.question].Kind != Text || p.question > last.question
		case p.sign:
			return p.question > last.question && spaced(line, p.start)
		}
		return p.question == last.question+1 && (len(before) > 1 || r.questions[p.question].Kind != Text) ||
			p.question > last.question && r.questions[p.question].Kind != Text
	}
	if !p.sign && !p.code && r.questions[p.question].Kind == Text {
		return false
	}
	lead := leadOf(line, p)
	return lead == "" || strings.HasSuffix(lead, ":") || p.code
}

// spaced tells whether a marker in the middle of a line stands apart.
func spaced(line string, at int) bool {
	before := strings.TrimRight(line[:at], " ([")
	return before == "" || at > len(before) && strings.ContainsAny(before[len(before)-1:], ",;.|/)") ||
		strings.HasSuffix(line[:at], "  ") || at > len(before)
}

// leadOf returns what stands before the first marker of a line.
func leadOf(line string, p piece) string {
	return strings.TrimSpace(strings.Trim(line[:p.start], "-*•·#([ \t"))
}

// introduces tells whether a lead may come before answers: a sentence of its
// own, "my answers", or nothing. "Order 1b-2a" is something else.
func introduces(lead string) bool {
	if lead == "" || strings.ContainsAny(lead[len(lead)-1:], ":.!?,;") {
		return true
	}
	for _, t := range tokens(lead) {
		if !fillers[t.word] && t.word != "answers" && t.word != "reponses" && t.word != "responses" {
			return false
		}
	}
	return true
}

// confirm drops markers that turn out to be none: a lone code in the middle of
// a line, and numbers inside a text that do not answer their questions.
func (r *Reader) confirm(found []piece, line string) []piece {
	if len(found) == 0 {
		return nil
	}
	if lead := leadOf(line, found[0]); !found[0].strong && !introduces(lead) {
		return nil
	} else if lead != "" && !found[0].strong && !strings.HasSuffix(lead, ":") && (len(found) < 2 || slices.ContainsFunc(found, func(p piece) bool { return !p.code })) {
		return nil
	}
	kept := found[:1]
	for _, p := range found[1:] {
		body := p.body(line)
		inText := r.questions[kept[len(kept)-1].question].Kind == Text
		if inText && r.questions[p.question].Kind != Text && !p.strong && body != "" {
			if v := r.judge(p.question, body, direct); len(v.values) == 0 && !v.doubt {
				kept[len(kept)-1].to = p.to
				continue
			}
		}
		kept = append(kept, p)
	}
	return kept
}
