package answers

import (
	"regexp"
	"slices"
	"strings"
)

// A form is what stands under a question where it is asked: the options shown,
// those marked, and what was typed between.
type form struct {
	question int
	known    bool
	shown    []int
	marked   []int
	ticked   []string // the rows with the marks
	typed    []string
	leftover string // the one option shown, as it stands
}

var (
	ticked   = regexp.MustCompile(`^[-*•·\s]*(?:\[\s*(?:[xX*✓✔☑☒v])\s*\]|\(\s*[xX✓✔]\s*\)|[xX](?:\s|$)|[✓✔☑☒➔➜→►▶]|[-=]*>+|\*{1,2}[^*]+\*{1,2}$)\s*`)
	boxed    = regexp.MustCompile(`^[-*•·\s]*(?:\[\s*\]|\(\s*\)|[☐□◻○])\s*`)
	tickedBy = regexp.MustCompile(`\s*(?:\[\s*[xX✓✔☑]\s*\]|\(\s*[xX✓✔]\s*\)|\s[xX]|[✓✔☑☒]|<[-=]*|←|⇐|\s(?i:oui|yes|ok))[\s.!]*$`)
	lettered = regexp.MustCompile(`^[-*•·_\s]*\(?([a-zA-Z])\s*[.):–-]\)?\s*`)
	inline   = regexp.MustCompile(`(?:^|[\s,;/|(\[])([a-z])[.):]\s`)
)

// take reads one row of a form.
func (f *form) take(r *Reader, text string) {
	q := r.questions[f.question]
	if strings.TrimSpace(text) == "" {
		f.typed = append(f.typed, "")
		return
	}
	if options := inlineOptions(q, text); len(options) > 1 {
		f.shown = append(f.shown, options...)
		return
	}
	o, mark := r.optionRow(f, text)
	switch {
	case o < 0:
		f.typed = append(f.typed, text)
	case mark:
		f.marked, f.ticked = appendNew(f.marked, o), append(f.ticked, text)
		f.shown = appendNew(f.shown, o)
	case slices.Contains(f.shown, o):
		f.typed = append(f.typed, text) // shown above: this one was typed
	default:
		f.shown, f.leftover = append(f.shown, o), text
	}
}

// inlineOptions reads options that are shown in one row: "a) weekly b) monthly".
func inlineOptions(q Question, text string) []int {
	var options []int
	for _, m := range inline.FindAllStringSubmatch(text, -1) {
		o := optionOf(q, m[1])
		if o < 0 || len(options) > 0 && o <= options[len(options)-1] {
			return nil
		}
		options = append(options, o)
	}
	return options
}

// optionRow recognises a row that shows an option in its own words, and whether
// it is marked. It returns -1 for any other row.
func (r *Reader) optionRow(f *form, text string) (option int, marked bool) {
	bare := text
	if m := ticked.FindString(bare); m != "" {
		marked = true
		if strings.HasSuffix(strings.TrimSpace(m), "*") {
			bare = strings.Trim(bare, "* ")
		} else {
			bare = bare[len(m):]
		}
	} else {
		bare = bare[len(boxed.FindString(bare)):]
	}
	if m := tickedBy.FindString(bare); m != "" {
		marked, bare = true, bare[:len(bare)-len(m)]
	}
	q, letter := r.questions[f.question], -1
	if m := lettered.FindStringSubmatch(bare); m != nil {
		if letter = optionOf(q, strings.ToLower(m[1])); letter >= 0 {
			bare = bare[len(m[0]):]
		}
	}
	if o := r.countedRow(q, bare); o >= 0 {
		return o, marked
	}
	words := r.words.read(bare)
	for o, opt := range q.Options {
		if (letter < 0 || letter == o) && r.words.shows(words, f.question, o) {
			if letter >= 0 || marked || sameWords(words, opt.Text) {
				return o, marked
			}
		}
	}
	if letter >= 0 && len(words) == 0 && marked {
		return letter, true
	}
	if letter >= 0 && len(words) > 0 && !f.known {
		return letter, marked // options in words that we do not know
	}
	return -1, false
}

var counted = regexp.MustCompile(`^(\d{1,2})\s*[.)]\s*`)

// countedRow recognises an option that a client numbered, as it does with an
// HTML list whose letters it does not draw: "2. every two weeks".
func (r *Reader) countedRow(q Question, text string) int {
	m := counted.FindStringSubmatch(text)
	if m == nil {
		return -1
	}
	words := tokens(text[len(m[0]):])
	return slices.IndexFunc(q.Options, func(o Option) bool { return sameWords(words, o.Text) })
}

// shows tells whether the words are one phrase for an option.
func (v *vocabulary) shows(words []token, q, option int) bool {
	n := &v.phrases
	for _, w := range words {
		if n = n.next[w.word]; n == nil {
			return false
		}
	}
	for _, s := range n.senses {
		if s.question == q && s.option == option {
			return true
		}
	}
	return false
}

func sameWords(words []token, text string) bool {
	want := wordsOf(text)
	if len(words) != len(want) {
		return false
	}
	for i, w := range words {
		if w.word != want[i] {
			return false
		}
	}
	return true
}

// readQuoted finds what was marked or typed inside the quotation, and the
// options left where the others were deleted. A text between two questions may
// be our own mail's: it counts where a choice or a number was typed, too.
func (p *page) readQuoted(f *findings) {
	typed, texts := false, []form(nil)
	for i := 0; i < len(p.rows); i++ {
		h := p.rows[i].head
		if h == nil || !p.rows[i].quoted {
			continue
		}
		form, next := p.formAt(i)
		typed = p.typedChoice(f, form) || typed
		if next < len(p.rows) && p.rows[next].head != nil && p.rows[next].quoted { // nothing is cut off
			texts = append(texts, form)
			p.leftOver(f, form)
		}
		i = next - 1
	}
	for _, form := range texts {
		if typed {
			p.typedText(f, form)
		}
	}
}

// leftOver reads the one option that was left where several were shown.
func (p *page) leftOver(f *findings, form form) {
	options := p.reader.questions[form.question].Options
	if form.known && len(form.shown) == 1 && len(form.marked) == 0 && len(options) > 1 {
		f.add(form.question, verdict{values: []string{options[form.shown[0]].Key}}, form.leftover, inQuote)
	}
}

// formAt reads the rows from a heading on, up to the next heading or the end of
// the quotation. It returns the row after them.
func (p *page) formAt(i int) (form, int) {
	h := p.rows[i].head
	f := form{question: h.question, known: h.known}
	if h.tail != "" {
		f.take(p.reader, h.tail)
	}
	j := i + h.rows
	for j < len(p.rows) && p.rows[j].head == nil && p.rows[j].quoted == p.rows[i].quoted {
		text, rows := p.unwrap(&f, j)
		f.take(p.reader, text)
		j += rows
	}
	return f, j
}

// unwrap joins an option that runs over several rows, so that its second half
// is not taken for an answer. It returns how many rows that is.
func (p *page) unwrap(f *form, j int) (text string, rows int) {
	text, rows = p.rows[j].text, 1
	joined := text
	for k := j + 1; k < len(p.rows) && k < j+maxWrapped && !p.rows[k].blank && p.rows[k].head == nil && p.rows[k].quoted == p.rows[j].quoted; k++ {
		if lettered.MatchString(boxless(p.rows[k].text)) {
			break
		}
		joined += " " + p.rows[k].text
		if o, _ := p.reader.optionRow(f, joined); o >= 0 && f.known && lettered.MatchString(boxless(joined)) {
			text, rows = joined, k-j+1
		}
	}
	return text, rows
}

func boxless(text string) string {
	text = text[len(ticked.FindString(text)):]
	return text[len(boxed.FindString(text)):]
}

// typedChoice reads the marks of a form, and the choice or number typed in it.
// It tells whether there were any.
func (p *page) typedChoice(f *findings, form form) bool {
	q := p.reader.questions[form.question]
	if f.add(form.question, form.ticks(q), strings.Join(form.ticked, "\n"), inQuote) {
		return true
	}
	if q.Kind == Text || !form.known {
		return false
	}
	return slices.ContainsFunc(form.typed, func(line string) bool {
		return f.add(form.question, p.reader.judge(form.question, line, exact), line, inQuote)
	})
}

// ticks returns the options that are marked.
func (f *form) ticks(q Question) (v verdict) {
	for _, o := range f.marked {
		v.values = append(v.values, q.Options[o].Key)
	}
	return v
}

// typedText reads the free text typed between two questions.
func (p *page) typedText(f *findings, form form) {
	if p.reader.questions[form.question].Kind != Text || !form.known {
		return
	}
	var lines []string
	for _, line := range form.typed {
		if !isHint(line) || strings.TrimSpace(line) == "" {
			lines = append(lines, line)
		}
	}
	f.add(form.question, p.reader.freeText(lines), strings.Join(trimLines(lines), "\n"), inQuote)
}

// judge reads a text about a choice or a scale.
func (r *Reader) judge(q int, text string, how bearing) verdict {
	switch r.questions[q].Kind {
	case Choice:
		return r.choice(q, text, how)
	case Scale:
		return r.scale(q, text, how)
	}
	return verdict{}
}
