package answers

import (
	"fmt"
	"strings"
	"testing"

	"mentorrelay/parser/reply"
)

// shown are the ways in which a mail program, or another writer's mail, may
// show a question.
var shown = []struct {
	name string
	show func(q Question) string
}{
	{"1. a)", func(q Question) string { return list(q, "%d. %s\n", "   %s) %s\n", false) }},
	{"1) a.", func(q Question) string { return list(q, "%d) %s\n", "%s. %s\n", false) }},
	{"Question 1: (a)", func(q Question) string { return list(q, "Question %d: %s\n", "(%s) %s\n", false) }},
	{"1 - a -", func(q Question) string { return list(q, "%d - %s\n", "%s - %s\n", false) }},
	{"*1. - a)", func(q Question) string { return list(q, "*%d. %s*\n", "- %s) %s\n", false) }},
	{"**1.** *", func(q Question) string { return list(q, "**%d.** %s\n", "  * %s) %s\n", false) }},
	{"1/ A)", func(q Question) string { return list(q, "%d/ %s\n", "%s) %s\n", true) }},
	{"boxes", func(q Question) string { return list(q, "%d. %s\n", "[ ] %s) %s\n", false) }},
	{"a :", func(q Question) string { return list(q, "%d. %s\n", "%s : %s\n", false) }},
	{"inline ()", func(q Question) string { return flat(q, "%d. %s ", "(%s) %s, ") }},
	{"inline )", func(q Question) string { return flat(q, "%d. %s\n", "%s) %s  ") }},
	{"inline a.", func(q Question) string { return flat(q, "%d. %s\n", "%s. %s; ") }},
	{"inline []", func(q Question) string { return strings.TrimSpace(flat(q, "%d. %s [", "%s: %s / ")) + "]\n" }},
	{"wrapped", func(q Question) string { return wrap(list(q, "%d. %s\n", "   %s) %s\n", false), 34) }},
	{"counted", func(q Question) string {
		text := fmt.Sprintf("%d. %s\n", q.Number, q.Text)
		for i, o := range q.Options {
			text += fmt.Sprintf("  %d. %s\n", i+1, o.Text)
		}
		return text
	}},
	{"bare", func(q Question) string {
		text := q.Text + "\n"
		for _, o := range q.Options {
			text += "- " + o.Text + "\n"
		}
		return text
	}},
}

func list(q Question, head, row string, capitals bool) string {
	text := fmt.Sprintf(head, q.Number, q.Text)
	for _, o := range q.Options {
		letter := o.Letter
		if capitals {
			letter = strings.ToUpper(letter)
		}
		text += fmt.Sprintf(row, letter, o.Text)
	}
	return text
}

func flat(q Question, head, row string) string {
	return strings.TrimSpace(list(q, head, row, false)) + "\n"
}

func wrap(text string, width int) string {
	var out []string
	for _, line := range strings.Split(text, "\n") {
		for len(line) > width {
			at := strings.LastIndex(line[:width], " ")
			if at < 1 {
				break
			}
			out, line = append(out, line[:at]), line[at+1:]
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}

// said are ways to say an option under its question, or behind its number.
var said = []func(q Question, o Option) string{
	func(q Question, o Option) string { return o.Letter },
	func(q Question, o Option) string { return strings.ToUpper(o.Letter) },
	func(q Question, o Option) string { return o.Letter + ")" },
	func(q Question, o Option) string { return o.Letter + "." },
	func(q Question, o Option) string { return "(" + o.Letter + ")" },
	func(q Question, o Option) string { return o.Letter + ") " + o.Text },
	func(q Question, o Option) string { return strings.ToUpper(o.Letter) + ". " + o.Text },
	func(q Question, o Option) string { return o.Letter + " - " + o.Text },
	func(q Question, o Option) string { return o.Letter + " : " + o.Text },
	func(q Question, o Option) string { return o.Letter + " (" + o.Text + ")" },
	func(q Question, o Option) string { return o.Letter + ", " + o.Text },
	func(q Question, o Option) string { return o.Text },
	func(q Question, o Option) string { return strings.ToUpper(o.Text) },
	func(q Question, o Option) string { return fold(o.Text) },
	func(q Question, o Option) string { return strings.ToUpper(o.Text[:1]) + o.Text[1:] + "." },
	func(q Question, o Option) string { return "- " + o.Letter },
	func(q Question, o Option) string { return "→ " + o.Letter },
	func(q Question, o Option) string { return "=> " + o.Letter },
	func(q Question, o Option) string { return "*" + o.Letter + "*" },
	func(q Question, o Option) string { return "option " + o.Letter },
	func(q Question, o Option) string { return "Option " + strings.ToUpper(o.Letter) + ", please" },
	func(q Question, o Option) string { return "réponse " + o.Letter },
	func(q Question, o Option) string { return "Réponse : " + o.Letter },
	func(q Question, o Option) string { return "Answer: " + o.Letter },
	func(q Question, o Option) string { return "I'd choose " + o.Letter },
	func(q Question, o Option) string { return "je choisis " + o.Letter + "." },
	func(q Question, o Option) string { return "ma réponse est la " + o.Letter },
	func(q Question, o Option) string { return o.Letter + ", merci" },
	func(q Question, o Option) string { return o.Letter + " please" },
	func(q Question, o Option) string { return "plutôt " + o.Letter },
	func(q Question, o Option) string { return o.Letter + "!" },
	func(q Question, o Option) string { return "\"" + o.Letter + "\"" },
	func(q Question, o Option) string { return "« " + o.Text + " »" },
	func(q Question, o Option) string { return o.Key },
}

// numberings are ways to name the question.
var numberings = []string{
	"%d%s", "%d %s", "%d)%s", "%d) %s", "%d. %s", "%d.%s", "%d: %s", "%d : %s", "%d-%s", "%d - %s", "%d=%s", "%d = %s", "%d/%s", "%d / %s",
	"Q%d: %s", "Q%d %s", "q%d. %s", "Q%d - %s", "Question %d: %s", "question %d - %s", "Question n° %d : %s", "#%d: %s", "n°%d : %s", "N° %d - %s",
	"%d → %s", "%d -> %s", "%d => %s", "(%d) %s", "[%d] %s", "*%d.* %s", "**%d)** %s", "- %d: %s", "• %d. %s", "%d | %s", "%d, %s", "%d° %s", "R%d : %s", "Réponse %d : %s", "%d.\n%s", "%d)\n\n%s",
}

// expectOne checks that a text answers one question, and how.
func expectOne(t *testing.T, r *Reader, way, text string, q Question, value string) {
	t.Helper()
	got := r.Read(reply.Split(text))
	if len(got.Answers) != 1 || got.Answers[0].Key != q.Key || got.Answers[0].Value != value || len(got.Contradicted) > 0 {
		t.Errorf("%s: %q gives %v, contradicted %v; want %s %s", way, text, got.Answers, got.Contradicted, q.Key, value)
	}
}

// TestEveryWayToShowAndToSay says an option in every way under a question shown
// in every way, quoted and unmarked. The options take turns.
func TestEveryWayToShowAndToSay(t *testing.T) {
	for _, language := range []string{"en", "fr"} {
		questions := intake(t, language, "")
		r := NewReader(questions)
		for n, way := range shown {
			for _, q := range questions {
				asked := way.show(q)
				quoted := "> " + strings.ReplaceAll(strings.TrimSpace(asked), "\n", "\n> ") + "\n"
				for k, say := range said {
					if q.Kind == Choice {
						o := q.Options[(n+k)%len(q.Options)]
						expectOne(t, r, way.name, quoted+say(q, o)+"\n", q, o.Key)
						expectOne(t, r, "unmarked "+way.name, asked+say(q, o)+"\n", q, o.Key)
					}
				}
			}
		}
	}
}

// TestEveryWayToNumber says an option or a figure behind its number in every way.
func TestEveryWayToNumber(t *testing.T) {
	figures := []string{"4", "4/5", "4 sur 5", "4 out of 5", "four", "quatre", "quatre sur cinq"}
	for _, language := range []string{"en", "fr"} {
		questions := intake(t, language, "")
		r := NewReader(questions)
		for n, form := range numberings {
			for _, q := range questions {
				for k, say := range said[:15] {
					if q.Kind == Choice && (form != "%d%s" || k < 3) { // "1every week"
						o := q.Options[(n+k)%len(q.Options)]
						expectOne(t, r, form, fmt.Sprintf(form, q.Number, say(q, o))+"\n", q, o.Key)
					}
				}
				for _, figure := range figures {
					if q.Kind == Scale && form != "%d%s" {
						expectOne(t, r, form, fmt.Sprintf(form, q.Number, figure)+"\n", q, "4")
					}
				}
			}
		}
	}
}
