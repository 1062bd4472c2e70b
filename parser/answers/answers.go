// Package answers reads a survey's answers out of a reply, however they are
// written, and leaves open what it does not understand.
package answers

import (
	"fmt"
	"strings"

	"mentorrelay/parser/reply"
)

// A Kind is what a question wants for an answer.
type Kind string

// The kinds of questions.
const (
	Choice Kind = "choice" // one of its options
	Text   Kind = "text"   // whatever is written
	Scale  Kind = "scale"  // a whole number from Min to Max
)

// A Question is one that was asked. The lists hold what people write about it;
// they may use (a|b) for either and (a|) for what can be left out, and neither
// case nor accents matter in them. "[mentor] I write first" is only a mentor's.
type Question struct {
	Key      string
	Number   int // as shown; people answer "1b"
	Kind     Kind
	Text     string   // as asked
	Wordings []string // other texts it is asked in: other roles, other languages
	Names    []string // what people call it: "frequency: monthly"
	About    []string // words of a sentence that speaks of it
	Other    []string // looks like an option and is none: "every two months"
	Options  []Option // of a choice
	Min, Max int      // of a scale
}

// An Option is one of a choice.
type Option struct {
	Key    string
	Letter string   // as shown, a to z
	Text   string   // as shown
	Words  []string // what people write for it, wherever they write it
	Alone  []string // says it as an answer by itself, not inside just any sentence
	Under  []string // says it only where its question is known
}

// An Answer is what was understood.
type Answer struct {
	Key    string // the question's
	Value  string // an option's key, a number of the scale, or the text
	Source string // the line or lines it was read from
}

// A Result is what a reply says.
type Result struct {
	Answers      []Answer // in the order of the questions, at most one for each
	Contradicted []string // keys of questions answered in two ways: to be asked again
	Unread       []string // new lines that look like an answer but were not understood
}

// Line is the text with which a one-tap link answers a question: "2b: by phone
// or video". It stands on a line of its own, so that a signature or a quotation
// added by the client does no harm, and a person can see what it says.
func Line(q Question, o Option) string {
	return fmt.Sprintf("%d%s: %s", q.Number, o.Letter, o.Text)
}

// Read reads the answers to the questions from a reply. To read many replies
// to the same questions, make a Reader once.
func Read(r reply.Reply, questions []Question) Result { return NewReader(questions).Read(r) }

// A Reader reads replies to one set of questions. It may be used by several
// goroutines at once.
type Reader struct {
	questions []Question
	words     *vocabulary
}

// NewReader prepares to read replies to these questions: all those the person
// was asked. Where it is only one, its answer needs no number.
func NewReader(questions []Question) *Reader { return NewReaderFor(questions, "") }

// NewReaderFor prepares to read the replies of people with a role, such as
// "mentor": to them, "I write first" means that the mentor does. The role picks
// the phrases that begin with it in brackets; without one, none of these count.
func NewReaderFor(questions []Question, role string) *Reader {
	return &Reader{questions, newVocabulary(questions, role)}
}

// Read returns what the reply answers. Nothing is guessed: what could be meant
// in two ways, or sits in a sentence about something else, stays open; so does
// what stands beyond the first 16 KiB.
func (r *Reader) Read(re reply.Reply) Result {
	p := r.newPage(start(re))
	if p.elsewhere() {
		return Result{}
	}
	f := &findings{reader: r}
	p.readQuoted(f)
	p.readNew(f)
	return f.result()
}

// maxRead is how much of a reply is read, in octets: a survey with all its
// answers takes a third.
const maxRead = 16 << 10

// start returns the blocks of a reply as far as they are read, the last of
// them to the end of a line: half a line might say something else.
func start(re reply.Reply) reply.Reply {
	left := maxRead
	for i, b := range re.Blocks {
		if len(b.Text) <= left {
			left -= len(b.Text)
			continue
		}
		kept := append([]reply.Block(nil), re.Blocks[:i]...)
		if end := strings.LastIndexByte(b.Text[:left], '\n'); end > 0 {
			b.Text = b.Text[:end]
			kept = append(kept, b)
		}
		return reply.Reply{Blocks: kept}
	}
	return re
}

// A place is how near to its question an answer stands. The nearer wins.
type place int

const (
	inQuote place = iota // typed or marked inside the quotation
	inProse              // said in passing
	inReply              // under its question, or with its number
	amended              // in words that take back what was said before
)

// A finding is an answer as it was met.
type finding struct {
	question int
	value    string
	source   string
	place    place
}

// findings gathers what a reply says.
type findings struct {
	reader *Reader
	list   []finding
	unread []string
}

// add records a verdict on a question and tells whether it holds anything.
func (f *findings) add(q int, v verdict, source string, at place) bool {
	for _, value := range v.values {
		f.list = append(f.list, finding{q, value, source, at})
	}
	return len(v.values) > 0
}

// result sorts the findings out: for each question those nearest to it count,
// and two of those that differ contradict each other.
func (f *findings) result() Result {
	res := Result{Unread: f.unread}
	for i, q := range f.reader.questions {
		best, answer, differ := inQuote-1, finding{}, false
		for _, x := range f.list {
			if x.question != i || x.place < best {
				continue
			}
			if x.place > best {
				best, answer, differ = x.place, x, false
			}
			differ = differ || x.value != answer.value
		}
		switch {
		case best < inQuote:
		case differ:
			res.Contradicted = append(res.Contradicted, q.Key)
		default:
			res.Answers = append(res.Answers, Answer{q.Key, answer.value, answer.source})
		}
	}
	return res
}
