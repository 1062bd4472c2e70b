package templates

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"html"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"mentorrelay/templates/chart"
)

var (
	screens = flag.String("screens", "", "write screenshots of the mails to this directory")
	shown   = flag.String("shown", "", "of the mails with this in their names, such as \"summary, fr\"")
)

// phone is a narrow screen, in CSS pixels.
const phone = 360

// TestMailsFitATelephone lays all mails out in Chromium, and checks that none
// is wider than the screen, that images are shown, and that nothing is too small
// to be read or tapped.
func TestMailsFitATelephone(t *testing.T) {
	browser := chromium(t)
	pages := allPages(t)
	dom := run(t, browser, "--dump-dom", sheetOf(t, pages, phone))
	_, found, ok := strings.Cut(dom, `<pre id="found">`)
	found, _, closed := strings.Cut(found, "</pre>")
	if !ok || !closed {
		t.Fatalf("no findings in %.2000s", dom)
	}
	var looks []struct {
		Name                string
		Width, Font, Button float64
		Images, Broken      int
	}
	if err := json.Unmarshal([]byte(html.UnescapeString(found)), &looks); err != nil {
		t.Fatal(err)
	}
	if len(looks) != len(pages) {
		t.Errorf("%d pages were looked at, of %d", len(looks), len(pages))
	}
	images := 0
	for _, p := range looks {
		images += p.Images
		if p.Width > phone || p.Broken > 0 || p.Font < 14 || p.Button < 44 {
			t.Errorf("%s: %g pixels wide, %d of %d images broken, letters of %g and buttons of %g pixels", p.Name, p.Width, p.Broken, p.Images, p.Font, p.Button)
		}
	}
	if images == 0 {
		t.Error("no page has an image")
	}
}

// TestScreenshots writes pictures to look at, if asked to.
func TestScreenshots(t *testing.T) {
	if *screens == "" {
		return
	}
	browser, pages := chromium(t), allPages(t)
	maps.DeleteFunc(pages, func(name, _ string) bool { return !strings.Contains(name, *shown) })
	across := min(columns, len(pages))
	rows := (len(pages) + columns - 1) / columns
	for _, width := range []int{phone, 700} {
		for scheme, number := range map[string]int{"dark": 0, "light": 1} {
			run(t, browser, fmt.Sprintf("--blink-settings=preferredColorScheme=%d", number),
				fmt.Sprintf("--window-size=%d,%d", across*(width+20)+20, rows*(frameHeight+50)+20),
				"--screenshot="+filepath.Join(*screens, fmt.Sprintf("%d-%s.png", width, scheme)), sheetOf(t, pages, width))
		}
	}
}

func chromium(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("chromium is not installed")
	}
	return path
}

// run has the browser do something with a page, and returns what it prints.
func run(t *testing.T, browser string, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	args = append([]string{"--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--user-data-dir=" + t.TempDir()}, args...)
	command := exec.CommandContext(ctx, browser, args...)
	var errors strings.Builder
	command.Stderr = &errors
	out, err := command.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s", args, err, errors.String())
	}
	return string(out)
}

// allPages is every mail in every language as a page, by what it is.
func allPages(t *testing.T) map[string]string {
	t.Helper()
	c, err := New()
	if err != nil {
		t.Fatal(err)
	}
	bars := chart.Chart{Title: "Lettres par semaine", Names: [2]string{"vous", "Ben"}, Labels: strings.Split("1er déc.|8 déc.|15 déc.|22 déc.|29 déc.|5 janv.|12 janv.", "|"),
		Counts: [2][]int{{1, 0, 2, 1, 0, 0, 1}, {0, 1, 1, 1, 0, 0, 0}}}
	raw, err := bars.PNG()
	if err != nil {
		t.Fatal(err)
	}
	images := map[string]Image{"[chart 1]": {Type: "image/png", Bytes: raw, Width: chart.Width, Height: chart.Height, Text: "vous : 1, 0, 2, 1"}}
	links := map[string]string{}
	for n := range 5 {
		links[fmt.Sprint(n+1)] = "mailto:s+k7f3q9x2@relay.test"
	}
	pages := map[string]string{}
	for _, tag := range c.tags {
		for key := range c.mails[tag] {
			m, err := c.Render(tag.String(), key, all)
			if err != nil {
				t.Fatal(err)
			}
			pages[key+", "+tag.String()] = m.HTML(links, images)
		}
	}
	return pages
}

const (
	columns     = 8
	frameHeight = 1400
)

// sheetOf writes a page that shows all mails side by side, each as wide as a
// screen, and says what it finds of each.
func sheetOf(t *testing.T, pages map[string]string, width int) string {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, `<!DOCTYPE html><meta charset="utf-8"><meta name="color-scheme" content="light dark"><style>
		body { display: grid; grid-template-columns: repeat(%d, %dpx); gap: 20px; margin: 20px; font: 14px sans-serif; }
		iframe { width: %dpx; height: %dpx; border: 0; }</style>`, columns, width, width, frameHeight)
	for _, name := range slices.Sorted(maps.Keys(pages)) {
		fmt.Fprintf(&b, `<div>%s<iframe name="%s" srcdoc="%s"></iframe></div>`, name, name, html.EscapeString(pages[name]))
	}
	b.WriteString(`<pre id="found"></pre><script>
		addEventListener("load", () => {
			const found = [...document.querySelectorAll("iframe")].map(frame => {
				const page = frame.contentDocument, of = query => [...page.querySelectorAll(query)];
				return {
					Name: frame.name,
					Width: Math.max(page.documentElement.scrollWidth, ...of("body *").map(e => e.getBoundingClientRect().right)),
					Font: Math.min(...of("p").map(e => parseFloat(page.defaultView.getComputedStyle(e).fontSize))),
					Button: Math.min(1000, ...of("a.button").map(e => Math.min(e.getBoundingClientRect().width, e.getBoundingClientRect().height))),
					Images: of("img").length,
					Broken: of("img").filter(i => !i.complete || i.naturalWidth === 0 || i.getBoundingClientRect().width < 200).length,
				};
			});
			document.getElementById("found").textContent = JSON.stringify(found);
		});</script>`)
	file := filepath.Join(t.TempDir(), "sheet.html")
	if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	return "file://" + file
}
