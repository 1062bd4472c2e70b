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

func expectOne(t *testing.T, failed *int, label, text string, questions []Question, q Question, value string) {
	t.Helper()
	got := reader(questions).Read(reply.Split(text))
	if len(got.Answers) != 1 || got.Answers[0].Key != q.Key || got.Answers[0].Value != value || len(got.Contradicted) > 0 {
		if *failed++; *failed <= 4000 {
			t.Errorf("%s: %q gives %v, contradicted %v; want %s %s", label, text, got.Answers, got.Contradicted, q.Key, value)
		}
	}
}

func TestEveryWayToShowAndToSay(t *testing.T) {
	failed, all := 0, 0
	for _, language := range []string{"en", "fr"} {
		questions := intake(t, language, "")
		for _, way := range shown {
			for _, q := range questions {
				asked := way.show(q)
				quoted := "> " + strings.ReplaceAll(strings.TrimSpace(asked), "\n", "\n> ") + "\n"
				for n, o := range q.Options {
					for k, say := range said {
						if (n+k)%2 == 1 && n > 1 { // a half of the combinations is plenty
							continue
						}
						all += 2
						expectOne(t, &failed, way.name, quoted+say(q, o)+"\n", questions, q, o.Key)
						expectOne(t, &failed, "unmarked "+way.name, asked+say(q, o)+"\n", questions, q, o.Key)
					}
				}
			}
		}
	}
	t.Logf("%d of %d not read", failed, all)
}

func TestEveryWayToNumber(t *testing.T) {
	failed, all := 0, 0
	for _, language := range []string{"en", "fr"} {
		questions := intake(t, language, "")
		for _, q := range questions {
			for _, form := range numberings {
				for _, o := range q.Options {
					for k, say := range said[:15] {
						if form == "%d%s" && k > 2 && k != 5 {
							continue // "1every week"
						}
						all++
						expectOne(t, &failed, form, fmt.Sprintf(form, q.Number, say(q, o))+"\n", questions, q, o.Key)
					}
				}
				if q.Kind == Scale {
					for _, n := range []string{"4", "4/5", "4 sur 5", "4 out of 5", "four", "quatre", "quatre sur cinq"} {
						if form == "%d%s" {
							continue
						}
						all++
						expectOne(t, &failed, form, fmt.Sprintf(form, q.Number, n)+"\n", questions, q, "4")
					}
				}
			}
		}
	}
	t.Logf("%d of %d not read", failed, all)
}

var readers = map[string]*Reader{}

func reader(questions []Question) *Reader {
	key := fmt.Sprint(len(questions), questions[0].Text, questions[0].Key)
	if readers[key] == nil {
		readers[key] = NewReader(questions)
	}
	return readers[key]
}
