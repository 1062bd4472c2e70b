package rulebook

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// book compiles rules; what is not given is empty.
func book(t *testing.T, rules string) (*Book, error) {
	t.Helper()
	files := fstest.MapFS{}
	for _, part := range parts {
		files[part.file+".rules"] = &fstest.MapFile{}
	}
	files["ask.rules"] = &fstest.MapFile{Data: []byte(rules)}
	return compile(files)
}

func TestPatterns(t *testing.T) {
	const yes, no = true, false
	for _, c := range []struct {
		rules, sentence string
		want            bool
	}{
		{"ask : could you", "Could you come", yes},
		{"ask : could you", "could, you", no},
		{"ask : pourriez/pourrais vous/tu", "Merci ! POURRAIS-TU venir", yes},
		{"ask : étiez vous", "etiez vous là, é\u0301tiez", yes},
		{"ask : don_t/do_not go", "don’t go", yes},
		{"ask : don_t/do_not go", "do go", no},
		{"ask : œuvre", "l'œuvre", yes},
		{"who = i we\nask : <who> ask", "we ask", yes},
		{"who = i\nwho = we\nask : <who>/they ask", "they ask", yes},
		{"did + read/saw the/a_new\nask : i <did> book", "I saw a new book", yes},
		{"did + read/saw the/a_new\nask : i <did> book", "I saw a book", no},
		{"ask : conseil* utile", "conseillers utile", yes},
		{"ask : conseil* utile", "conse utile", no},
		{"ask : i *ed", "I finished", yes},
		{"ask : i *ed\nask : red", "I red", yes},
		{"ask : je fin* *ais", "je finissais", no},
		{"ask : je *ais\noffer : fin*", "je finissais", yes},
		{"ask : in # days", "in 15 days", yes},
		{"ask : in # days\noffer : 15", "in 15 days", yes},
		{"ask : in 15 days", "in 16 days", no},
		{"ask : in 20*", "in 2015", yes},
		{"ask : in 20*\noffer : in #", "in 2015", yes},
		{"ask : in #\noffer : in 20*", "in 2015", yes},
		{"ask : go [to] [the] sea", "go the sea", yes},
		{"ask : [please] come", "come", yes},
		{"ask : [if_you/so] come", "if you come", yes},
		{"ask : i !never/do_not go", "I go", yes},
		{"ask : i !never/do_not .. go", "I do not go", no},
		{"ask : i !never/do_not .. go", "I do go", yes},
		{"ask : if .. help", "if you really need help", yes},
		{"ask : if .. help", "if you really need some help", no},
		{"ask : if .. help", "if so, help", no},
		{"ask : if ... help", "if you really need a bit, of help", yes},
		{"ask : if ... help", "if a a a a a a a a a a a a a help", no},
		{"ask : come $", "do come!", yes},
		{"ask : come $/home", "come home now", yes},
		{"ask : come $/home", "come on", no},
		{"lead = and\nask : ^ go", "stay, and go", yes},
		{"lead = and\nask : ^ go", "you go", no},
		{"lead = and\nask : ^^ go", "and go", yes},
		{"lead = and\nask : ^^ go", "stay, go", no},
		{"ask : hi ,", "hi, you", yes},
		{"ask : so\n-ask : so what", "so what", no},
		{"ask! : so\n-ask : so what", "so what", yes},
		{"offer : x", "Really?", yes},
		{"offer : x", "« Vraiment\u00a0?\u00a0»", yes},
		{"offer : x", "see a.test/b?c=d", no},
		{"-ask : really", "Really?", no},
	} {
		b, err := book(t, c.rules)
		if err != nil {
			t.Errorf("%q: %v", c.rules, err)
			continue
		}
		if got := b.Read(b.Scan(c.sentence, nil)).Kinds()&Ask != 0; got != c.want {
			t.Errorf("%q in %q: %v, want %v", c.rules, c.sentence, got, c.want)
		}
	}
}

func TestSpans(t *testing.T) {
	const rules = "pace : talk\npace! : less often\nspan:week : next week\nspan:month : next month"
	b, err := book(t, rules)
	if err != nil {
		t.Fatal(err)
	}
	for sentence, want := range map[string]Findings{
		"talk next month":           {Plain: Pace, Span: "month"},
		"talk next week, not month": {Plain: Pace, Span: "week"},
		"talk":                      {},
		"less often":                {Strong: Pace},
		"next week":                 {Span: "week"},
	} {
		if got := b.Read(b.Scan(sentence, nil)); got != want {
			t.Errorf("%q: %+v, want %+v", sentence, got, want)
		}
	}
}

func TestRefused(t *testing.T) {
	for rules, want := range map[string]string{
		"could you":             "ask.rules:1: neither a rule nor a name",
		"\nask : ":              "ask.rules:2: neither a rule nor a name",
		"maybe : could":         `unknown effect "maybe"`,
		"ask : <who> could":     `"<who>" is no word`,
		"ask : can$t you":       `"can$t" is no word`,
		"ask : .. you":          "begins with a word",
		"ask : ^":               "begins with a word",
		"ask : $":               "begins with a word",
		"who = a//b\nask : <w>": "ask.rules:2",
	} {
		if _, err := book(t, rules); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", rules, err, want)
		}
	}
}

// TestBooks holds the rules that are part of the program to what no compiler
// needs: every name is used, and rules stay under their headings.
func TestBooks(t *testing.T) {
	French()
	English()
	defined, rule := regexp.MustCompile(`^(\w+) [=+] `), regexp.MustCompile(`^([\w!: -]+?) : `)
	for _, language := range []string{"fr", "en"} {
		var all strings.Builder
		var words []string
		for _, part := range parts {
			kind := part.file
			text, err := files.ReadFile(language + "/" + kind + ".rules")
			if err != nil {
				t.Fatal(err)
			}
			all.Write(text)
			for line := range strings.Lines(string(text)) {
				if m := defined.FindStringSubmatch(line); m != nil {
					words = append(words, m[1])
				}
				if m := rule.FindStringSubmatch(line); m != nil && part.chapter == kinds && !strings.Contains(m[1], kind) && !(kind == "pace" && strings.HasPrefix(m[1], "span:")) {
					t.Errorf("%s/%s.rules: a rule for %s", language, kind, m[1])
				}
			}
		}
		slices.Sort(words)
		for _, name := range slices.Compact(words) {
			if name != "lead" && !strings.Contains(all.String(), "<"+name+">") {
				t.Errorf("%s: <%s> is never used", language, name)
			}
		}
	}
}

func TestOtherChapters(t *testing.T) {
	files := fstest.MapFS{}
	for _, part := range parts {
		files[part.file+".rules"] = &fstest.MapFile{}
	}
	files["ask.rules"] = &fstest.MapFile{Data: []byte("ask : tell me")}
	files["topics.rules"] = &fstest.MapFile{Data: []byte("after : how ... went\nhelp : how can i help\n-after : my\nwishes : you like")}
	files["events.rules"] = &fstest.MapFile{Data: []byte("event : talk\nevent! : come to\nwhen : monday/this_week\n-when : was\n-event : ?")}
	files["answers.rules"] = &fstest.MapFile{Data: []byte("reader : you\nanswer : ^^ yes ,")}
	b, err := compile(files)
	if err != nil {
		t.Fatal(err)
	}
	for sentence, want := range map[string]Topic{
		"tell me how it went":               After,
		"tell me how my talk went":          NoTopic,
		"how it went, and how can i help":   Help,
		"how can i do what you like":        Wishes,
		"tell me":                           NoTopic,
		"":                                  NoTopic,
		"how can i help, since that's what": Help,
	} {
		if got := b.Topic(b.Scan(sentence, nil)); got != want {
			t.Errorf("%q: topic %d, want %d", sentence, got, want)
		}
	}
	for sentence, want := range map[string]bool{
		"a talk on Monday":         true,
		"a talk this week":         true,
		"a talk":                   false,
		"Monday":                   false,
		"the talk was on Monday":   false,
		"is the talk on Monday?":   false,
		"come to us this week?":    true,
		"":                         false,
		"come to the talk, Monday": true,
	} {
		if got := b.Event(b.Scan(sentence, nil)); got != want {
			t.Errorf("%q: event %v, want %v", sentence, got, want)
		}
	}
	for sentence, want := range map[string][2]bool{
		"is it good":      {false, false},
		"is it for you":   {true, false},
		"yes, it is":      {false, true},
		"he said yes, so": {false, false},
	} {
		tokens := b.Scan(sentence, nil)
		if got := [2]bool{b.AsksReader(tokens), b.Answers(tokens)}; got != want {
			t.Errorf("%q: to the reader, an answer: %v, want %v", sentence, got, want)
		}
	}
	if got := b.Known(b.Scan("tell me how Monday was", nil)); got != 2 {
		t.Errorf("%d known words, want those of the rules for kinds alone, 2", got)
	}
}
