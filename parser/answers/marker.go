package answers

import (
	"strconv"
	"strings"
)

// A piece is the part of a line that answers one question, named by its number
// or by what people call it.
type piece struct {
	question int
	start    int  // octet of the line where the marker begins
	from, to int  // octets of the body
	strong   bool // named in a way that can't be chance: "question 3", "topics:"
	code     bool // number and letter, or number and figure
	sign     bool // a sign such as ":" or ")" follows the number
	colon    bool // and it is one that numbers of lists seldom have
	loose    bool // named in words, and no sign follows: "question 3 was hard"
}

// body returns what the line says to the piece's question.
func (p piece) body(line string) string {
	body := line[p.from:p.to]
	if p.to < len(line) {
		body = strings.TrimRight(body, " \u00a0,;/|&([-–*_")
	}
	return strings.Trim(body, " \u00a0\u202f\t*_")
}

// nameSigns stand between what people call a question and their answer.
var nameSigns = []string{":", "=", "- ", "– ", "— ", "→", "->"}

// namePiece reads a marker by name: "reply time: a week".
func (r *Reader) namePiece(list []token, line string) (piece, bool) {
	n, last, q := &r.words.names, -1, -1
	for i := 0; i < len(list) && (i == 0 || !list[i].ends); i++ {
		if n = n.next[list[i].word]; n == nil {
			break
		}
		if len(n.senses) == 1 {
			last, q = i, n.senses[0].question
		}
	}
	if q < 0 {
		return piece{}, false
	}
	for r.questions[q].Kind == Text && last+1 < len(list) && !list[last+1].ends && fillers[list[last+1].word] {
		last++ // "topics I like: …"
	}
	after := strings.TrimLeft(line[list[last].end:], " \u00a0\u202f*_")
	if body, ok := strings.CutPrefix(after, "?"); ok && strings.HasPrefix(body, " ") { // "How often? Monthly."
		body = strings.TrimLeft(body, " \u00a0\u202f*_")
		if r.isBrief(q, body) {
			return piece{question: q, start: list[0].start, from: len(line) - len(body), to: len(line), strong: true, loose: true}, true
		}
	}
	after = strings.TrimLeft(after, "?")
	for _, sign := range nameSigns {
		if body, ok := strings.CutPrefix(after, sign); ok {
			body = strings.TrimLeft(body, " \u00a0\u202f*_")
			return piece{question: q, start: list[0].start, from: len(line) - len(body), to: len(line), strong: true, sign: true}, true
		}
	}
	return piece{}, false
}

// isBrief tells whether a text behind "topics?" may answer the question.
func (r *Reader) isBrief(q int, body string) bool {
	if r.questions[q].Kind == Text {
		return len(tokens(body)) > 0 && !strings.HasSuffix(body, "?")
	}
	return len(r.judge(q, body, exact).values) > 0
}

// asking words come before a question's number.
var asking = set("question questions q qu quest ques reponse answer rep r numero number nr no n point item")

// marker reads the marker that begins at token i: "3", "3)", "Q3 -", "third
// question:". It returns the first token behind it, and behind the answer where
// that is a letter or a figure.
func (r *Reader) marker(list []token, line string, i int) (piece, int, bool) {
	k, strong := i, false
	for k < len(list) && asking[list[k].word] && (k == i || !list[k].ends) {
		strong = strong || len(list[k].word) > 2 || list[k].word == "q" || list[k].word == "nr"
		k++
	}
	if k >= len(list) || k > i && list[k].ends && strings.TrimSpace(line[list[k-1].end:list[k].start]) != "." { // "No. 3"
		return piece{}, 0, false
	}
	number, to, worded := markerNumber(list, k)
	if finals[list[k].word] && wordAt(list, k+1) == "question" {
		number, to, worded = r.questions[len(r.questions)-1].Number, k+1, true
	}
	q := r.numbered(number)
	if q < 0 {
		return piece{}, 0, false
	}
	if to < len(list) && list[to].word == "question" && !list[to].ends {
		strong, to = true, to+1
	}
	p, lead := newPiece(q, list[i].start, list[to-1].end, line)
	p.strong = strong || (p.colon || worded && ordinals[list[k].word] > 0) && introducedFor(list, i)
	if to == len(list) {
		return p, to, p.strong || p.sign && (!worded || i == 0 || list[i].ends)
	}
	if named, ok := r.namePiece(list[to:], line); ok && named.question == q { // "4. Topics: …"
		p.from, p.sign, p.strong = named.from, true, true
		return p, len(list), true
	}
	p.code = r.isCode(p, list, line, to)
	p.loose = p.strong && !p.sign && !p.code && !(strong && introducedFor(list, i))
	if p.loose && r.questions[q].Kind == Text {
		return piece{}, 0, false
	}
	return r.weighed(p, list, line, i, to, lead, worded)
}

// weighed tells whether a piece whose marker begins at token i and ends before
// token to is one, and where it ends.
func (r *Reader) weighed(p piece, list []token, line string, i, to int, lead string, worded bool) (piece, int, bool) {
	q := p.question
	tight := lead != "" && !strings.ContainsAny(lead, " \u00a0\u202f\t") && isFigure(list[to].word) // "8:30", "4.5"
	switch {
	case p.code && worded && !p.strong && !p.sign && !standsAlone(list, i, to), !p.code && (list[to].glued || tight), tight && !r.onScale(list, line, to, q):
		return piece{}, 0, false
	case worded && !p.strong && !(p.sign && (i == 0 || list[i].ends)):
		return piece{}, 0, false
	case p.code:
		return p, to + 1, true
	case p.sign || p.strong:
		return p, to, true
	}
	// A number and nothing else: "1 monthly", but not "1 x a month" or "2 calls a month".
	m, ok := r.words.phrases.longest(list, i, nil)
	return p, to, !(ok && m.from == i && m.to > to) && r.saysOnly(list, line, to, q)
}

// finals name the last question.
var finals = set("last final derniere ultime")

// introducedFor tells whether "for" stands before token i: "for 4: chess",
// "pour la deuxième : a".
func introducedFor(list []token, i int) bool {
	if article := wordAt(list, i-1); article == "the" || article == "la" || article == "le" {
		i--
	}
	before := wordAt(list, i-1)
	return before == "for" || before == "pour"
}

// standsAlone tells whether tokens i to to are a clause of their own: "two b".
func standsAlone(list []token, i, to int) bool {
	return (i == 0 || list[i].ends) && len(list[to].word) == 1 && (to+1 == len(list) || list[to+1].ends)
}

// newPiece begins a piece whose marker runs from one octet of the line to
// another, and returns the signs behind it.
func newPiece(q, start, end int, line string) (p piece, lead string) {
	after := line[end:]
	body := strings.TrimLeft(after, " \u00a0\u202f\t.):/=-–—→]>|*_\ufe0f\u20e3")
	lead = after[:len(after)-len(body)]
	return piece{
		question: q, start: start, from: len(line) - len(body), to: len(line),
		sign:  strings.ContainsAny(lead, ".):/=→]>|-–—*"),
		colon: strings.ContainsAny(lead, ":=→|"),
	}, lead
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
	if k+1 < len(list) && list[k+1].glued && suffixes[list[k+1].word] && (list[k+1].word != "e" || wordAt(list, k+2) == "question") {
		return n, k + 2, true
	}
	return n, k + 1, false
}

// numbered returns the question with this number, or -1.
func (r *Reader) numbered(number int) int {
	for i, q := range r.questions {
		if q.Number == number {
			return i
		}
	}
	return -1
}

// isCode tells whether the token behind a number is an option's letter, or a
// number of the scale.
func (r *Reader) isCode(p piece, list []token, line string, to int) bool {
	q, t := r.questions[p.question], list[to]
	switch q.Kind {
	case Scale:
		return r.onScale(list, line, to, p.question)
	case Choice:
		if p.sign && newPassage(line, list[to:]).letters(0, q) != nil {
			return true
		}
		rest := line[t.end:]
		if r.isWrong(list, line, to) {
			return true
		}
		if len(t.word) != 1 || optionOf(q, t.word) < 0 || elides("", rest) || !isASCII(line[t.start:t.end]) {
			return t.glued && newPassage(line, list[to:]).letters(0, q) != nil // "1cd"
		}
		return t.glued || p.strong && to+1 < len(list) && trailing[list[to+1].word] || to+1 == len(list) || list[to+1].ends || isFigure(list[to+1].word) || connecting[list[to+1].word]
	}
	return false
}

// isWrong tells whether the token behind a number is a letter that no option
// has, written as one: "1f 2b".
func (r *Reader) isWrong(list []token, line string, to int) bool {
	t := list[to]
	return t.glued && len(t.word) == 1 && isASCII(line[t.start:t.end]) && !elides("", line[t.end:]) && t.word != "x" &&
		(to+1 == len(list) || isFigure(list[to+1].word) || list[to+1].ends)
}

// onScale tells whether token i is a number of the scale, and not the beginning
// of a time, a date or a fraction.
func (r *Reader) onScale(list []token, line string, i, q int) bool {
	n, err := strconv.Atoi(list[i].word)
	if err != nil || r.questions[q].Kind != Scale || n < r.questions[q].Min || n > r.questions[q].Max {
		return false
	}
	if i+1 == len(list) || !isFigure(list[i+1].word) {
		return true
	}
	code := i+2 < len(list) && list[i+2].glued && !isFigure(list[i+2].word) // "4,8c"
	return code || strings.ContainsAny(line[list[i].end:list[i+1].start], " /;")
}

// saysOnly tells whether the clause from a token on, up to the number of a later
// question, is an answer to question q and nothing else.
func (r *Reader) saysOnly(list []token, line string, from, q int) bool {
	if r.questions[q].Kind == Text {
		return true
	}
	to := from + 1
	for to < len(list) && !list[to].ends && !r.isAfter(list[to].word, q) {
		if to++; to-from > maxWords {
			return false // nobody answers so long; and each marker would read it again
		}
	}
	return len(r.judge(q, line[list[from].start:list[to-1].end], exact).values) > 0
}

// isAfter tells whether a word is the number of a question after q.
func (r *Reader) isAfter(word string, q int) bool {
	n, err := strconv.Atoi(word)
	return err == nil && r.numbered(n) > q
}
