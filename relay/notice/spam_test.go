package notice

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"mentorrelay/storage"
	"mentorrelay/templates"
	"mentorrelay/templates/chart"
)

// mostSpam is what the local tests of SpamAssassin may say at the most; from
// 5.0 on they call a mail spam.
const mostSpam = 2.0

// TestNoMailLooksLikeSpam writes every mail in every language, and asks
// SpamAssassin.
func TestNoMailLooksLikeSpam(t *testing.T) {
	if _, err := exec.LookPath("spamassassin"); err != nil {
		t.Skip("SpamAssassin is not here")
	}
	var mbox bytes.Buffer
	names := everyMail(t, func(name, raw string) {
		fmt.Fprintf(&mbox, "From relay@relay.test Sun Mar  1 08:00:00 2026\n%s\n\n", strings.ReplaceAll(raw, "\r\n", "\n"))
	})
	home := t.TempDir()
	cmd := exec.Command("spamassassin", "--local", "--mbox", "--prefspath="+filepath.Join(home, "prefs"))
	cmd.Env = append(os.Environ(), "HOME="+home)
	var complaints bytes.Buffer
	cmd.Stdin, cmd.Stderr = &mbox, &complaints
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, complaints.String())
	}
	status := regexp.MustCompile(`(?m)^X-Spam-Status: \w+, score=(-?[0-9.]+) (?:.*\n[\t ])*.*tests=((?:.*\n[\t ])*.*?)\s(?:shortcircuit|autolearn)=`)
	found := status.FindAllStringSubmatch(string(out), -1)
	if len(found) != len(names) {
		t.Fatalf("%d of %d mails were weighed", len(found), len(names))
	}
	worst := 0.0
	for i, f := range found {
		score, err := strconv.ParseFloat(f[1], 64)
		if err != nil || score >= mostSpam {
			t.Errorf("%s: %s, for %s", names[i], f[1], strings.Join(strings.Fields(f[2]), " "))
		}
		worst = max(worst, score)
	}
	t.Logf("%d mails, the worst has %.1f points", len(names), worst)
}

// everyMail writes each mail in each language.
func everyMail(t *testing.T, each func(name, raw string)) (names []string) {
	t.Helper()
	raw, err := os.ReadFile("../../templates/testdata/sample.yaml")
	if err != nil {
		t.Fatal(err)
	}
	data := map[string]any{}
	if err := yaml.Unmarshal(raw, &data); err != nil {
		t.Fatal(err)
	}
	picture, err := chart.Chart{Title: "Letters", Names: [2]string{"you", "Ben"}, Labels: []string{"1", "8"}, Counts: [2][]int{{1, 0}, {0, 2}}}.PNG()
	if err != nil {
		t.Fatal(err)
	}
	w, store := newWriter(t)
	files, _ := filepath.Glob("../../templates/en/*.txt")
	for _, file := range files {
		for _, to := range []*storage.Person{alice, zoe} {
			key := strings.TrimSuffix(filepath.Base(file), ".txt")
			s := Subject{To: to, Other: alice, Programme: horizon, PairID: 1, ReplyTo: w.Scheme.Survey(7, w.Now()), Data: data, Links: map[string]string{}}
			if key == "summary" {
				s.Images = map[string]templates.Image{"[chart 1]": {Type: "image/png", Bytes: picture, Width: chart.Width, Height: chart.Height, Text: "1, 0, 0, 2"}}
				for _, n := range []string{"1", "2", "3", "4", "5"} {
					s.Links[n] = "mailto:" + s.ReplyTo + "?subject=1&body=" + n
				}
			}
			if key == string(Introduction) {
				s.Attach = []Attachment{{Name: "Alice.vcf", Type: "text/vcard; charset=utf-8", Bytes: []byte("BEGIN:VCARD\r\nEND:VCARD\r\n")}}
			}
			out, err := w.Compose(t.Context(), Kind(key), s)
			if err != nil {
				t.Fatal(err)
			}
			each(key+", "+to.Language, queued(t, store, out))
			names = append(names, key+", "+to.Language)
		}
	}
	return names
}
