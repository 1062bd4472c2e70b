package chart

import (
	"image"
	"image/color"
	"image/draw"
	"strings"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// textSize is in pixels of the image: on a telephone, which shows the chart at
// half its width, it is still 11 pixels high.
const textSize = 42

// letters is Go Regular, which has Latin, Greek and Cyrillic letters.
var letters = sync.OnceValues(func() (*sfnt.Font, error) { return opentype.Parse(goregular.TTF) })

// Shows tells whether a chart has all letters of a text.
func Shows(text string) bool {
	f, err := letters()
	if err != nil {
		return false
	}
	var b sfnt.Buffer
	for _, r := range text {
		if i, err := f.GlyphIndex(&b, r); err != nil || i == 0 {
			return false
		}
	}
	return true
}

// A pen draws on an image.
type pen struct {
	*image.RGBA
	face font.Face
}

func newPen(size image.Rectangle, paper color.RGBA) (*pen, error) {
	f, err := letters()
	if err != nil {
		return nil, err
	}
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: textSize, DPI: 72})
	if err != nil {
		return nil, err
	}
	p := &pen{image.NewRGBA(size), face}
	p.fill(size, paper)
	return p, nil
}

func (p *pen) fill(at image.Rectangle, with color.RGBA) {
	draw.Draw(p.RGBA, at, image.NewUniform(with), image.Point{}, draw.Src)
}

// text writes from x on, upon a baseline.
func (p *pen) text(text string, x, baseline int) {
	(&font.Drawer{Dst: p.RGBA, Src: image.NewUniform(ink), Face: p.face, Dot: fixed.P(x, baseline)}).DrawString(text)
}

func (p *pen) width(text string) int { return font.MeasureString(p.face, text).Ceil() }

// fit cuts a text to a width.
func (p *pen) fit(text string, width int) string {
	if p.width(text) <= width {
		return text
	}
	for runes := []rune(text); len(runes) > 1; {
		runes = runes[:len(runes)-1]
		if cut := strings.TrimRight(string(runes), " ") + "…"; p.width(cut) <= width {
			return cut
		}
	}
	return ""
}

// bar draws a rectangle whose upper corners are round.
func (p *pen) bar(at image.Rectangle, with color.RGBA, round float32) {
	w, h := float32(at.Dx()), float32(at.Dy())
	round = min(round, w/2, h)
	z := vector.NewRasterizer(at.Dx(), at.Dy())
	z.MoveTo(0, h)
	z.LineTo(0, round)
	z.QuadTo(0, 0, round, 0)
	z.LineTo(w-round, 0)
	z.QuadTo(w, 0, w, round)
	z.LineTo(w, h)
	z.ClosePath()
	z.Draw(p.RGBA, at, image.NewUniform(with), image.Point{})
}
