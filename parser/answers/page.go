package answers

import (
	"regexp"
	"strconv"
	"strings"

	"mentorrelay/parser/reply"
)

// A row is a line of the reply.
type row struct {
	text   string
	words  []token
	quoted bool
	blank  bool
	head   *heading // where one of the questions is asked
}

// A heading is a place where a question is asked.
type heading struct {
	question int
	known    bool   // in words that we know, and not just by its number
	rows     int    // how many it takes up
	tail     string // what follows on its last row
}

// A page is a reply as rows, with the survey's own words in it recognised.
type page struct {
	reader   *Reader
	rows     []row
	dialogue bool // questions and answers stand in turn
	column   bool // new rows begin with the numbers of questions, without a sign
	foreign  int  // numbered questions that are not ours
	ours     int
}

func (r *Reader) newPage(re reply.Reply) *page {
	p := &page{reader: r}
	for _, b := range re.Blocks {
		if b.Kind == reply.New || b.Kind == reply.Quoted {
			for line := range strings.SplitSeq(b.Text, "\n") {
				p.add(line, b.Kind == reply.Quoted)
			}
		}
		p.add("", b.Kind == reply.Quoted)
	}
	p.undress()
	p.unprefix()
	for i := 0; i < len(p.rows); i++ {
		if h, ok := p.headingAt(i); ok {
			p.rows[i].head = &h
			p.ours++
			i += h.rows - 1
		} else if p.rows[i].quoted && p.isForeign(i) {
			p.foreign++
		}
	}
	p.reclaim()
	p.column = p.isColumn()
	return p
}

// reclaim counts the options that stand under a quoted question as quoted, even
// where they were taken for new: a client may show them as a list of its own.
func (p *page) reclaim() {
	for i := range p.rows {
		h := p.rows[i].head
		if h == nil || !p.rows[i].quoted || !h.known {
			continue
		}
		f, shown, j := form{question: h.question, known: true}, 0, i+h.rows
		for ; j < len(p.rows) && p.rows[j].head == nil; j++ {
			if p.rows[j].quoted || p.rows[j].blank {
				continue
			}
			if o, _ := p.reader.optionRow(&f, p.rows[j].text); o < 0 {
				break
			}
			shown++
		}
		for k := i; k < j && shown > 1; k++ {
			p.rows[k].quoted = true
		}
	}
}

// add adds a line. A quotation that was not told apart still has its marks.
func (p *page) add(line string, quoted bool) {
	text := strings.TrimSpace(line)
	for strings.HasPrefix(text, ">") {
		text, quoted = strings.TrimSpace(text[1:]), true
	}
	if bare := strings.Trim(text, "| \u00a0\t"); strings.HasPrefix(text, "|") && bare != "" {
		text = bare // a row of a table
	}
	p.rows = append(p.rows, row{text: text, words: p.reader.words.read(text), quoted: quoted, blank: text == ""})
}

// elsewhere tells whether the reply answers another survey than ours.
func (p *page) elsewhere() bool { return p.ours == 0 && p.foreign > 0 }

// headingAt recognises a question that is asked at row i: by its wording, which
// may run over several rows, or in a quotation by its number.
func (p *page) headingAt(i int) (heading, bool) {
	words, from, number := p.rows[i].words, 0, -1
	if q, to, ok := p.reader.leadingNumber(p.rows[i]); ok {
		number, from = q, to
	}
	if from >= len(words) {
		return heading{}, false
	}
	if h, ok := p.wordingAt(i, from); ok {
		return h, true
	}
	if number < 0 || !p.rows[i].quoted || len(words)-from < 2 {
		return heading{}, false
	}
	for _, w := range words[from:] {
		if p.reader.words.about[number][w.word] {
			return heading{question: number, rows: 1}, true
		}
	}
	if m, ok := p.reader.words.names.match(words, from, func(s sense) bool { return s.question == number }); ok && m.to > 0 {
		return heading{question: number, rows: 1}, true
	}
	return heading{}, false
}

// maxWrapped is over how many rows a question may be wrapped.
const maxWrapped = 4

// wordingAt looks for a question's own words from a token of row i on.
func (p *page) wordingAt(i, from int) (heading, bool) {
	n, best, found := &p.reader.words.wordings, heading{}, false
	for r := i; r < len(p.rows) && r < i+maxWrapped && !p.rows[r].blank && p.rows[r].quoted == p.rows[i].quoted; r++ {
		for k := from; k < len(p.rows[r].words); k++ {
			w := p.rows[r].words[k]
			if n = n.next[w.word]; n == nil {
				return best, found
			}
			if len(n.senses) > 0 {
				tail := strings.TrimLeft(p.rows[r].text[w.end:], " \u00a0\u202f?.:!)\"»”*_")
				best, found = heading{n.senses[0].question, true, r - i + 1, tail}, true
			}
		}
		from = 0
	}
	return best, found
}

var leading = regexp.MustCompile(`^(?:[-*•·#\s]*)(?:(?i:question|q)\s*)?(?:n°\s*)?(\d{1,2})\s*[.):/–-]`)

// leadingNumber reads the number a row begins with, as "3." or "Question 3 :",
// and how many tokens that takes.
func (r *Reader) leadingNumber(row row) (question, to int, ok bool) {
	m := leading.FindStringSubmatchIndex(row.text)
	if m == nil {
		return 0, 0, false
	}
	number := row.text[m[2]:m[3]]
	for _, w := range row.words {
		to++
		if w.start >= m[2] {
			break
		}
	}
	for i, q := range r.questions {
		if strconv.Itoa(q.Number) == number {
			return i, to, true
		}
	}
	return 0, 0, false
}

var option = regexp.MustCompile(`^(?:[-*•·]\s*)?[a-zA-Z]\s*[.)]\s*\S`)

// isForeign tells whether row i asks a numbered question that is none of ours:
// it ends in a question mark, or options follow.
func (p *page) isForeign(i int) bool {
	m := leading.FindString(p.rows[i].text)
	if m == "" || len(p.rows[i].words) < 3 {
		return false
	}
	next := i + 1
	for next < len(p.rows) && p.rows[next].blank {
		next++
	}
	return strings.HasSuffix(p.rows[i].text, "?") || next < len(p.rows) && option.MatchString(p.rows[next].text)
}
