package demo

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
)

// years is how much Alice enjoyed her work, of ten; the negative ones are the
// years after a promotion.
var years = []int{5, 6, 7, 8, -4, 6, 7, 8, 9, -5, 7, 8, 8, -3, 7, 9}

// picture draws the years as bars.
func picture() ([]byte, error) {
	const width, height, step, unit = 480, 180, 30, 18
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	fill := func(r image.Rectangle, c color.Color) {
		draw.Draw(img, r, image.NewUniform(c), image.Point{}, draw.Src)
	}
	fill(img.Bounds(), color.RGBA{0xfb, 0xf8, 0xf1, 0xff})
	for i, n := range years {
		ink := color.RGBA{0x2f, 0x5d, 0x62, 0xff}
		if n < 0 {
			n, ink = -n, color.RGBA{0xb8, 0x4a, 0x3a, 0xff}
		}
		fill(image.Rect(i*step+4, height-n*unit, (i+1)*step-4, height), ink)
	}
	var b bytes.Buffer
	err := png.Encode(&b, img)
	return b.Bytes(), err
}

// questions is the page that Alice gives to everyone who joins her team.
var questions = []string{
	"Before choosing: a page of questions",
	"",
	"1. What does an ordinary Tuesday look like, in the second year?",
	"2. Whom would I learn from, and how do they disagree?",
	"3. If I am wrong, what does it cost to turn round?",
	"4. What would I be sorry never to have tried?",
	"5. Who left, and would they have lunch with me?",
}

// paper is a page of text in the simplest PDF that readers take: five objects,
// and the table of where each begins (ISO 32000-1 §7.5).
func paper(lines []string) []byte {
	var text bytes.Buffer
	text.WriteString("BT /F1 13 Tf 24 TL 72 760 Td\n")
	for _, l := range lines {
		fmt.Fprintf(&text, "(%s) Tj T*\n", l)
	}
	text.WriteString("ET")
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", text.Len(), &text),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
	}
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var table bytes.Buffer
	for i, o := range objects {
		fmt.Fprintf(&table, "%010d 00000 n \n", b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	at := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n%s", len(objects)+1, &table)
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, at)
	return b.Bytes()
}
