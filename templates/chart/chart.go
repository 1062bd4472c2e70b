// Package chart draws the bars of a monthly summary.
package chart

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"slices"
	"strconv"
)

// The size at which a chart is shown, in CSS pixels. The image has twice as
// many each way, for dense screens.
const (
	Width  = 560
	Height = 220
	dense  = 2
)

// A Chart is two rows of numbers, drawn as bars side by side.
type Chart struct {
	Title  string
	Names  [2]string // of the rows
	Labels []string  // under the bars, one for each of a row; where they are too close, some are left out
	Counts [2][]int  // of the same length, none below 0
}

// Empty tells whether there is nothing to draw.
func (c Chart) Empty() bool { return len(c.Counts[0]) == 0 }

// The colours. The chart is an opaque light card, so that it looks the same on
// a light page and a dark one, whatever a mail client makes of colours. The
// bars differ in lightness, too, for those who tell colours apart badly; text
// contrasts 7:1 at the least (WCAG 2.1 §1.4.6).
var (
	card  = color.RGBA{0xf4, 0xf1, 0xea, 0xff}
	ink   = color.RGBA{0x3a, 0x3d, 0x42, 0xff}
	rule  = color.RGBA{0xd6, 0xd1, 0xc6, 0xff}
	first = color.RGBA{0x1f, 0x4e, 0x8c, 0xff}
	other = color.RGBA{0xe0, 0x9a, 0x3e, 0xff}
)

// The places, in pixels of the image.
const (
	margin   = 28
	left     = 84 // where bars begin
	ground   = dense*Height - 82
	top      = 116 // of the highest bar
	baseline = dense*Height - 26
	heading  = 56
)

// PNG draws the chart. The same chart gives the same pixels.
func (c Chart) PNG() ([]byte, error) {
	p, err := newPen(image.Rect(0, 0, dense*Width, dense*Height), card)
	if err != nil {
		return nil, err
	}
	c.head(p)
	highest := 1
	for _, row := range c.Counts {
		highest = max(highest, slices.Max(append([]int{1}, row...)))
	}
	c.scale(p, highest)
	c.bars(p, highest)
	c.labels(p)
	var b bytes.Buffer
	err = (&png.Encoder{CompressionLevel: png.DefaultCompression}).Encode(&b, reduced(p.RGBA))
	return b.Bytes(), err
}

// head writes the title on the left and the names with their colours on the
// right, as long as they fit: the names come first.
func (c Chart) head(p *pen) {
	const square, space = 26, 12
	x := dense*Width - margin
	for i := len(c.Names) - 1; i >= 0; i-- {
		name := p.fit(c.Names[i], dense*Width/4)
		x -= p.width(name)
		p.text(name, x, heading)
		x -= square + space
		p.bar(image.Rect(x, heading-square+2, x+square, heading+2), [...]color.RGBA{first, other}[i], 4)
		x -= 3 * space
	}
	p.text(p.fit(c.Title, x-margin), margin, heading)
}

// scale draws a line for the ground and one or two above, with their numbers.
func (c Chart) scale(p *pen, highest int) {
	steps := []int{0, highest}
	if highest%2 == 0 {
		steps = []int{0, highest / 2, highest}
	}
	for _, n := range steps {
		y := ground - (ground-top)*n/highest
		p.fill(image.Rect(left, y, dense*Width-margin, y+2), rule)
		number := strconv.Itoa(n)
		p.text(number, left-16-p.width(number), y+14)
	}
}

func (c Chart) bars(p *pen, highest int) {
	for i := range c.Counts[0] {
		begin, end := c.slot(i)
		wide := min((end-begin)*38/100, 44)
		middle := (begin + end) / 2
		for row, fill := range [...]color.RGBA{first, other} {
			if n := c.Counts[row][i]; n > 0 {
				x := middle - wide - 1 + row*(wide+2)
				p.bar(image.Rect(x, ground-(ground-top)*n/highest, x+wide, ground), fill, 5)
			}
		}
	}
}

// slot is the place of the bars at one index.
func (c Chart) slot(i int) (begin, end int) {
	n, span := len(c.Counts[0]), dense*Width-margin-left
	return left + span*i/n, left + span*(i+1)/n
}

// labels writes as many labels as fit, evenly, the last one included.
func (c Chart) labels(p *pen) {
	if len(c.Labels) == 0 {
		return
	}
	widest := 0
	for _, l := range c.Labels {
		widest = max(widest, p.width(l))
	}
	begin, end := c.slot(0)
	step := (widest+40)/max(1, end-begin) + 1
	for i := len(c.Labels) - 1; i >= 0; i -= step {
		begin, end := c.slot(i)
		x := (begin+end)/2 - p.width(c.Labels[i])/2
		p.text(c.Labels[i], max(margin/2, min(x, dense*Width-margin/2-p.width(c.Labels[i]))), baseline)
	}
}

// reduced has the colours of an image in a palette, which makes it a third of
// the size. Shades of one text colour are few, so that nothing is lost.
func reduced(from *image.RGBA) image.Image {
	index, to := map[color.RGBA]uint8{}, image.NewPaletted(from.Bounds(), nil)
	var last color.RGBA
	var at uint8
	for i := range to.Pix {
		c := color.RGBA{from.Pix[4*i], from.Pix[4*i+1], from.Pix[4*i+2], 0xff}
		if c != last {
			last = c
			var known bool
			if at, known = index[c]; !known {
				if len(to.Palette) < 256 {
					to.Palette = append(to.Palette, c)
				}
				at = uint8(to.Palette.Index(c))
				index[c] = at
			}
		}
		to.Pix[i] = at
	}
	return to
}
