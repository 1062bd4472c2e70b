package chart

import (
	"bytes"
	"flag"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

var charts = map[string]Chart{
	"lively": {
		Title: "Lettres par semaine", Names: [2]string{"vous", "Zoé"},
		Labels: []string{"1er déc.", "8 déc.", "15 déc.", "22 déc.", "29 déc.", "5 janv.", "12 janv.", "19 janv.", "26 janv.", "2 févr.", "9 févr.", "16 févr.", "23 févr."},
		Counts: [2][]int{{1, 0, 2, 1, 0, 0, 1, 3, 1, 0, 2, 1, 0}, {0, 1, 1, 1, 0, 0, 0, 2, 1, 1, 1, 0, 1}},
	},
	"one-sided": {
		Title: "Letters a week", Names: [2]string{"you", "Wilhelmina-Alexandrine"},
		Labels: []string{"1 Dec", "8 Dec", "15 Dec", "22 Dec", "29 Dec", "5 Jan", "12 Jan", "19 Jan", "26 Jan", "2 Feb", "9 Feb", "16 Feb", "23 Feb"},
		Counts: [2][]int{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 12, 7, 11}, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}},
	},
	"half-a-year": {
		Title: "Letters a week", Names: [2]string{"you", "Ανδρέας"}, Labels: make([]string, 26),
		Counts: [2][]int{append(make([]int, 25), 1), append([]int{1}, make([]int, 25)...)},
	},
}

// TestPictures compares the pixels, since Go may come to compress otherwise.
func TestPictures(t *testing.T) {
	for name, c := range charts {
		t.Run(name, func(t *testing.T) {
			raw, err := c.PNG()
			if err != nil {
				t.Fatal(err)
			}
			if len(raw) > 20<<10 {
				t.Errorf("%d octets", len(raw))
			}
			file := filepath.Join("testdata", name+".png")
			if *update {
				if err := os.WriteFile(file, raw, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if n := differing(t, raw, want); n > 50 {
				t.Errorf("%d pixels are not as in %s", n, file)
			}
		})
	}
}

// differing counts the pixels of which a channel is more than 8 of 255 off:
// machines may round otherwise where colours blend.
func differing(t *testing.T, one, other []byte) int {
	a, b := decoded(t, one), decoded(t, other)
	if a.Bounds() != b.Bounds() || a.Bounds() != image.Rect(0, 0, 2*Width, 2*Height) {
		t.Fatalf("%v and %v", a.Bounds(), b.Bounds())
	}
	n := 0
	for y := range 2 * Height {
		for x := range 2 * Width {
			r, g, b1, _ := a.At(x, y).RGBA()
			s, h, b2, _ := b.At(x, y).RGBA()
			if max(r, s)-min(r, s)|(max(g, h)-min(g, h))|(max(b1, b2)-min(b1, b2)) >= 8<<8 {
				n++
			}
		}
	}
	return n
}

func decoded(t *testing.T, raw []byte) image.Image {
	t.Helper()
	m, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestAnotherBarIsSeen proves that the comparison can fail.
func TestAnotherBarIsSeen(t *testing.T) {
	c := charts["lively"]
	a, err := c.PNG()
	if err != nil {
		t.Fatal(err)
	}
	c.Counts[0] = append([]int{2}, c.Counts[0][1:]...)
	b, err := c.PNG()
	if err != nil {
		t.Fatal(err)
	}
	if n := differing(t, a, b); n < 1000 {
		t.Errorf("a letter more changes %d pixels", n)
	}
}

func TestOddCharts(t *testing.T) {
	for name, c := range map[string]Chart{
		"nothing": {},
		"zeros":   {Counts: [2][]int{{0}, {0}}},
		"many":    {Counts: [2][]int{make([]int, 600), make([]int, 600)}, Labels: make([]string, 600)},
		"high":    {Counts: [2][]int{{1 << 40}, {1}}, Labels: []string{"x"}},
		"long":    {Title: string(bytes.Repeat([]byte("words "), 100)), Names: [2]string{"", string(bytes.Repeat([]byte("W"), 500))}},
	} {
		if raw, err := c.PNG(); err != nil || len(raw) == 0 {
			t.Errorf("%s: %d octets, %v", name, len(raw), err)
		}
	}
}

func TestShows(t *testing.T) {
	for text, want := range map[string]bool{"Zoé Œuvrard": true, "Ανδρέας": true, "Жанна": true, "李明": false, "علي": false, "": true} {
		if Shows(text) != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
}

func BenchmarkPNG(b *testing.B) {
	for range b.N {
		if _, err := charts["lively"].PNG(); err != nil {
			b.Fatal(err)
		}
	}
}
