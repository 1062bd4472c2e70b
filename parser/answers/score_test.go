package answers

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"mentorrelay/parser/message"
	"mentorrelay/parser/reply"
	"mentorrelay/templates"
)

var surveys = sync.OnceValues(templates.NewSurveys)

// intake returns the survey's questions as the relay hands them over.
func intake(t testing.TB, language, role string) []Question {
	t.Helper()
	all, err := surveys()
	if err != nil {
		t.Fatal(err)
	}
	s, err := all.Survey("intake", language)
	if err != nil {
		t.Fatal(err)
	}
	var list []Question
	for _, q := range s.For(role).Questions {
		own := Question{Key: q.Key, Number: q.Number, Kind: Kind(q.Kind), Text: q.Text, Wordings: q.Wordings,
			Names: q.Names, About: q.About, Other: q.Other, Min: q.Min, Max: q.Max}
		for _, o := range q.Options {
			own.Options = append(own.Options, Option(o))
		}
		list = append(list, own)
	}
	return list
}

// A letterCase is a reply of testdata/replies, with what it says.
type letterCase struct {
	file, name string // name begins with the way of answering
	language   string
	role       string
	text       string
	questions  []Question
	want       map[string]string // "" for a question to be asked again
}

func (c letterCase) way() string { way, _, _ := strings.Cut(c.name, ":"); return way }

// asked names the language, the role and the questions of a case.
func (c letterCase) asked() string {
	list := []string{c.language, c.role}
	for _, q := range c.questions {
		list = append(list, q.Key)
	}
	return strings.Join(list, " ")
}

// cases reads the files of testdata/replies. See the README there.
func cases(t testing.TB, pattern string) []letterCase {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", "replies", pattern))
	if err != nil || len(files) == 0 {
		t.Fatalf("no replies %s: %v", pattern, err)
	}
	var list []letterCase
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		language := filepath.Base(file)[:2]
		for _, part := range strings.Split("\n"+string(raw), "\n== ")[1:] {
			list = append(list, readCase(t, filepath.Base(file), language, part))
		}
	}
	return list
}

func readCase(t testing.TB, file, language, part string) letterCase {
	name, body, _ := strings.Cut(part, "\n")
	c := letterCase{file: file, name: name, language: language, want: map[string]string{}}
	var only []string
	var text []string
	html := false
	for _, line := range strings.Split(strings.TrimRight(body, "\n"), "\n") {
		switch {
		case strings.HasPrefix(line, "@only "):
			only = strings.Fields(line[6:])
		case strings.HasPrefix(line, "@as "):
			c.role = line[4:]
		case line == "@html":
			html = true
		case strings.HasPrefix(line, "=> "):
			c.expect(line[3:])
		case strings.HasPrefix(line, "{{"):
			text = append(text, survey(t, strings.Trim(line, "{} "), intake(t, language, c.role))...)
		default:
			text = append(text, line)
		}
	}
	c.text = strings.Join(text, "\n") + "\n"
	if html {
		c.text = message.PlainText(c.text)
	}
	for _, q := range intake(t, language, c.role) {
		if only == nil || slices.Contains(only, q.Key) {
			c.questions = append(c.questions, q)
		}
	}
	return c
}

func (c letterCase) expect(line string) {
	if key, text, ok := strings.Cut(line, ": "); ok && key != "again" {
		c.want[key] = strings.Join(strings.Fields(text), " ")
		return
	} else if ok {
		for _, key := range strings.Split(text, ", ") {
			c.want[key] = ""
		}
		return
	}
	for _, pair := range strings.Split(line, ", ") {
		key, value, _ := strings.Cut(pair, " ")
		c.want[key] = value
	}
}

// survey writes the survey, or one question of it, as a mail shows it. The sign
// ">" quotes it, "-" sets the options in one line.
func survey(t testing.TB, what string, questions []Question) []string {
	quote := ""
	for strings.HasPrefix(what, ">") {
		quote, what = quote+"> ", what[1:]
	}
	flat := strings.HasPrefix(what, "-")
	what = strings.TrimPrefix(what, "-")
	var lines []string
	for _, q := range questions {
		if what != "survey" && what != fmt.Sprint(q.Number) {
			continue
		}
		lines = append(lines, fmt.Sprintf("%d. %s", q.Number, q.Text))
		options := ""
		for _, o := range q.Options {
			options += fmt.Sprintf("   %s) %s\n", o.Letter, o.Text)
		}
		if flat {
			options = strings.ReplaceAll(options, "\n", "")
		}
		if options != "" {
			lines = append(lines, strings.Split(strings.TrimSuffix(options, "\n"), "\n")...)
		}
		if what == "survey" {
			lines = append(lines, "")
		}
	}
	if len(lines) == 0 {
		t.Fatalf("{{%s}} is nothing", what)
	}
	for i, line := range lines {
		lines[i] = strings.TrimRight(quote+line, " ")
	}
	return lines
}

// A score counts fields.
type score struct{ right, all, invented int }

func (s score) String() string {
	if s.all == 0 {
		return fmt.Sprintf("%13s %d made up", "no field,", s.invented)
	}
	return fmt.Sprintf("%3d/%3d %3.0f %%, %d made up", s.right, s.all, 100*float64(s.right)/float64(s.all), s.invented)
}

// read scores one reply, and tells what is wrong with it.
func (c letterCase) read(r *Reader) (s score, wrong []string) {
	got := r.Read(reply.Split(c.text))
	values := map[string]string{}
	for _, a := range got.Answers {
		values[a.Key] = strings.Join(strings.Fields(a.Value), " ")
	}
	for _, key := range got.Contradicted {
		values[key] = ""
	}
	for _, q := range c.questions {
		want, answered := c.want[q.Key]
		have, found := values[q.Key]
		if answered {
			s.all++
		}
		switch {
		case answered == found && have == want:
			if answered {
				s.right++
			}
			continue
		case have != "": // a value that the reply does not hold
			s.invented++
		}
		wrong = append(wrong, fmt.Sprintf("%s: got %q (%t), want %q (%t)", q.Key, have, found, want, answered))
	}
	return s, wrong
}

func (s score) plus(o score) score {
	return score{s.right + o.right, s.all + o.all, s.invented + o.invented}
}

// floor is the least share of right fields, in percent, of each language.
const floor = 97

// TestReplies reads the replies and prints the score by language and way of
// answering. No field may be made up.
func TestReplies(t *testing.T) {
	table, order, replies := map[string]score{}, []string{}, map[string]int{}
	readers := map[string]*Reader{}
	for _, c := range cases(t, "*.txt") {
		key := c.asked()
		if readers[key] == nil {
			readers[key] = NewReaderFor(c.questions, c.role)
		}
		s, wrong := c.read(readers[key])
		for _, w := range wrong {
			t.Logf("%s %q: %s", c.file, c.name, w)
		}
		if s.invented > 0 {
			t.Errorf("%s %q: fields are made up", c.file, c.name)
		}
		way := c.language + " " + c.way()
		if !slices.Contains(order, way) {
			order = append(order, way)
		}
		for _, key := range []string{way, c.language, c.file} {
			table[key] = table[key].plus(s)
			replies[key]++
		}
	}
	files := slices.DeleteFunc(slices.Sorted(maps.Keys(table)), func(key string) bool { return !strings.HasSuffix(key, ".txt") })
	for _, key := range append(append(order, files...), "en", "fr") {
		t.Logf("%-18s %3d replies %v", key, replies[key], table[key])
	}
	for _, language := range []string{"en", "fr"} {
		if s := table[language]; s.right*100 < floor*s.all || replies[language] < 75 {
			t.Errorf("%s: %v over %d replies, want %d %% over 75", language, s, replies[language], floor)
		}
	}
}
