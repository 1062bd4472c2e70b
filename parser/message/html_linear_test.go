package message

import (
	"runtime"
	"strings"
	"testing"
)

// patterns are repeated up to a size. Whatever a page repeats, it is read in
// time and memory in proportion to its length.
var patterns = []string{
	"<div>", "</div>", "<div></div>", "<p>", "<p>x", "<br>", "<br>x", "<blockquote>", "<blockquote>x", "<blockquote>x</blockquote>",
	"<blockquote>1:<br>", "<blockquote type=cite>On 1:<br class=Apple-interchange-newline>", "<b>", "<b><i></b>", "<span><div></span>", "<i></span>", "<span></div>",
	"&amp", "&amp;", "&", "&nbsp;", "&zwj;", "&#", "&#x1F600;", "&CounterClockwiseContourIntegra",
	"<!--", "<!-- -->", "<!-", "--", "<![if !x]>", "<!", "</", "<", "<?", "<a href=", "<a href=x>", `<a href="`, `<a href="http://x.test/"><img>`, "<a a a a a ", "<a =", "<a/", "a=b ", "'", `"`,
	"<table><tr><td>", "<table>", "<tr>", "<td>", "</table>", "<tr></td>", "<ul><li>", "<li>", "<ol>", "<ol><li>x", "</ul>",
	`<div style="display:none">`, `<div style="a:b;a:b;a:b;white-space:pre;">`, ";", `<div style="border-left:solid blue 1.5pt">x`, `<div class="a b c d e f g h">`,
	`<div class="gmail_signature">x`, `<div class="gmail_signature">`, `<div class="yahoo_quoted">x:<br>`, `<span style="mso-list:Ignore">·</span>`,
	"<pre>", "<pre>\n", "<textarea>", "<style>", "<style>p</style>", "<title>", "<title></title", "</style", "<script><", "<svg>", "<hr>", "<img alt=x>", "<img alt=x.png>",
	"\n", " ", "\t", "\x00", "\xff", "\u200b", "\u00a0", "\u200d", "\u2028", "é", "漢", "x", "x ", "x\n", "-- <br>",
}

func TestPlainTextGrowth(t *testing.T) {
	for _, pattern := range patterns {
		small, large := cost(pattern, 32<<10), cost(pattern, 128<<10)
		if large > 8*small+64<<10 {
			t.Errorf("%q: %d octets of memory for 32 KiB, %d for 128 KiB", pattern, small, large)
		}
	}
}

// cost returns how much memory is taken, over time, for a page of this size.
func cost(pattern string, size int) uint64 {
	page := strings.Repeat(pattern, size/len(pattern))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	PlainText(page)
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// BenchmarkPatterns reads 100 KB of each pattern.
func BenchmarkPatterns(b *testing.B) {
	for _, pattern := range patterns {
		b.Run(strings.NewReplacer("/", "∕", " ", "␠").Replace(pattern), func(b *testing.B) {
			page := strings.Repeat(pattern, 100_000/len(pattern))
			b.SetBytes(int64(len(page)))
			for b.Loop() {
				PlainText(page)
			}
		})
	}
}
