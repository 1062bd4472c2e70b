package answers

import (
	"bufio"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mentorrelay/parser/reply"
)

// TestLettersAnswerNothing reads letters of mentors and mentees, full of what
// answers are made of, that went to the survey's address: alone, above the
// survey as most clients quote it, and above it as Outlook leaves it.
func TestLettersAnswerNothing(t *testing.T) {
	n := 0
	for language, top := range map[string]string{
		"en": "On Mon, 2 Mar 2026 at 09:03, Horizon <survey@relay.test> wrote:",
		"fr": "Le lun. 2 mars 2026 à 09:03, Horizon <survey@relay.test> a écrit :",
	} {
		questions := intake(t, language, "mentee")
		r := NewReaderFor(questions, "mentee")
		quoted := top + "\n" + strings.Join(survey(t, ">survey", questions), "\n") + "\n"
		bare := "From: Horizon <survey@relay.test>\nSent: Monday, 2 March 2026 09:03\nTo: Mia <mia@home.test>\nSubject: before you begin\n\n" +
			strings.Join(survey(t, "survey", questions), "\n") + "\n"
		for _, letter := range letters(t, language) {
			n++
			for _, below := range []string{"", "\n\n" + quoted, "\n\n" + bare} {
				got := r.Read(reply.Split(letter + below))
				if len(got.Answers)+len(got.Contradicted) > 0 {
					t.Errorf("%q above %.20q gives %v, contradicted %v", letter, below, got.Answers, got.Contradicted)
					break
				}
			}
		}
	}
	if n < 200 {
		t.Errorf("only %d letters", n)
	}
}

// letters reads those of testdata/letters, and makes some of the sentences that
// the signals package learns from, three to a letter.
func letters(t *testing.T, language string) []string {
	raw, err := os.ReadFile(filepath.Join("testdata", "letters", language+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	list := strings.Split(strings.TrimSpace(string(raw)), "\n%%\n")
	file, err := os.Open(filepath.Join("..", "signals", "testdata", language+"_dev.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var three []string
	for s := bufio.NewScanner(file); s.Scan(); {
		kinds, sentence, _ := strings.Cut(s.Text(), "\t")
		if strings.Contains(kinds, "pace") { // says how often to write, and so may answer
			continue
		}
		if three = append(three, sentence); len(three) == 3 {
			list, three = append(list, strings.Join(three, " ")), nil
		}
	}
	return list
}
