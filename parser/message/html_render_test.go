package message

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestPlainText(t *testing.T) {
	tests := []struct{ name, page, want string }{
		{"empty", "", ""},
		{"no tags", "Hello", "Hello\n"},
		{"white space", " a \t\n b<b> c</b> <i>d </i> e ", "a b c d e\n"},
		{"words across tags", "un<b>believ</b>able", "unbelievable\n"},
		{"paragraphs", "<p>a</p><p>b</p>c", "a\n\nb\n\nc\n"},
		{"paragraph without margin", `<p style="margin:0">a</p><p style="MARGIN: 0px 0px">b</p>`, "a\nb\n"},
		{"margins by style sheet", "<style>p { margin: 0 }</style><p>a</p><p>b</p>", "a\nb\n"},
		{"divs", "<div>a<div>b</div>c</div>", "a\nb\nc\n"},
		{"break at the end of a block", "<div>a<br></div><div>b</div>", "a\nb\n"},
		{"blank line", "<div>a</div><div><br></div><div>b</div>", "a\n\nb\n"},
		{"many blank lines", "a<br><br><br><br>b", "a\n\nb\n"},
		{"blank line of a space", "a<p class=MsoNormal>&nbsp;</p>b", "a\n\nb\n"},
		{"break in XHTML", "a<br/>b<br />c</br>d", "a\nb\nc\nd\n"},
		{"headings", "<h1>a</h1>b<h2>c</h2>", "a\n\nb\n\nc\n"},
		{"rule", "a<hr>b", "a\n" + ruleLine + "\nb\n"},

		{"entities", "&lt;a&gt; &amp;amp; &eacute;&#233;&#xE9; &quot;x&quot; &unknown; &copy", "<a> &amp; ééé \"x\" &unknown; ©\n"},
		{"bare ampersands", "R&D & so on &", "R&D & so on &\n"},
		{"spaces that do not break", "12\u00a0h&nbsp;30\u202f!", "12 h 30 !\n"},
		{"without width", "a\u200bb\u00adc\ufeff&zwnj;d&shy;", "abcd\n"},
		{"joiners that mean something", "👩\u200d🔬 می\u200cشود", "👩\u200d🔬 می\u200cشود\n"},
		{"joiner after a blank quoted line", "<blockquote>&nbsp;<br>\u200da", "> a\n"},
		{"preview filler", "a&#847;&zwnj;&nbsp;&#8199;&zwnj;", "a\n"},
		{"control characters", "a\x00b\x07c\u0085d", "abc\nd\n"},
		{"invalid UTF-8", "caf\xe9", "caf\ufffd\n"},

		{"list", "a<ul><li>b<li>c</ul>d", "a\n- b\n- c\nd\n"},
		{"numbered list", "<ol><li>a</li><li value=5>b</li><li>c</li></ol>", "1. a\n5. b\n6. c\n"},
		{"number to start with", "<ol start=3><li>a<li>b</ol>", "3. a\n4. b\n"},
		{"nested lists", "<ul><li>a<ol><li>b<li>c</ol><li>d</ul>", "- a\n  1. b\n  2. c\n- d\n"},
		{"paragraph in an item", "<ul><li><p>a</p></li></ul>", "- a\n"},
		{"empty item", "<ul><li></li><li>b</li></ul>", "- b\n"},
		{"item without a list", "<li>a", "- a\n"},
		{"list in a quotation", "<blockquote><ul><li>a</ul></blockquote>", "> - a\n"},

		{"table", "<table><tr><td>a<td>b<tr><td>c<td>d</table>e", "a b\nc d\ne\n"},
		{"blocks in cells", "<table><tr><td><p>a</p></td><td><p>b</p></td></tr></table>", "a\n\nb\n"},

		{"link", `<a href="https://x.test/">here</a>`, "here\n"},
		{"link that shows its address", `<a href="https://x.test/">https://x.test/</a>`, "https://x.test/\n"},
		{"link without a text", `<a href="https://x.test/?a=1&amp;b=2&copy=3"><img src=x></a>`, "https://x.test/?a=1&b=2&copy=3\n"},
		{"anchor", `<a name=top></a>a`, "a\n"},
		{"image", `<img src=x alt="a photo">`, "a photo\n"},
		{"image with the name of a file", `<img alt="image001.png">`, "[image001.png]\n"},
		{"emoji as an image", `Hi <img alt="🎉" src=x>!`, "Hi 🎉!\n"},

		{"preformatted", "<pre>a  b\n\tc\n\nd</pre>", "a  b\n\tc\n\nd\n"},
		{"preformatted by style", `<div style="white-space: pre-wrap">a  b` + "\nc</div>", "a  b\nc\n"},
		{"not preformatted inside", `<pre>a <span style="white-space:normal">b   c</span></pre>`, "a b c\n"},
		{"typed spaces", "<div>&nbsp;&nbsp;a</div>", "  a\n"},

		{"hidden", `<div style="display:none">a</div>b<span hidden>c</span><p style="DISPLAY : none!important">d`, "b\n"},
		{"hidden in hidden", `<div style="display:none">a<div>b</div>c</div>d`, "d\n"},
		{"shown after all", `<div style="display:none;display:block">a</div>`, "a\n"},
		{"hidden by one of two", `<div style="display:none;visibility:visible">a</div><div style="max-height:0;display:block">b</div>c`, "c\n"},
		{"almost transparent", `<div style="opacity:0.5">a</div><div style="opacity:0">b</div>`, "a\n"},
		{"head, style and script", "<head><title>a</title><style>b</style></head><script>c<p>d</script>e", "e\n"},
		{"comments", "a<!-- b --><!--> c<!----><!--[if mso]>d<![endif]-->e<![if !x]>f<![endif]><!-- g", "a cef\n"},
		{"processing instruction", `<?xml version="1.0"?>a`, "a\n"},

		{"quotation", "a<blockquote>b<blockquote>c</blockquote>d</blockquote>e", "a\n> b\n> > c\n>\n> d\n\ne\n"},
		{"blank line in a quotation", "<blockquote>a<br><br>b</blockquote>", "> a\n>\n> b\n"},
		{"quotation that only indents", `<blockquote style="margin:0 0 0 40px;border:none">a</blockquote>`, "a\n"},
		{"cited all the same", `<blockquote type=cite style="border:none">a</blockquote>`, "> a\n"},
		{"bordered all the same", `<blockquote style="border:none;border-left:solid #ccc 1pt">a</blockquote>`, "> a\n"},
		{"attribution in the quotation", "<blockquote type=cite>On 1 May, Sam wrote:<br><br></blockquote><blockquote type=cite>a</blockquote>", "On 1 May, Sam wrote:\n\n> a\n"},
		{"attribution of the quoted message", "On 2 May, Ruth wrote:<blockquote>On 1 May, Sam wrote:<blockquote>a</blockquote>b</blockquote>", "On 2 May, Ruth wrote:\n> On 1 May, Sam wrote:\n> > a\n>\n> b\n"},
		{"blocks too deep to be followed", strings.Repeat("<b>", 2000) + "<p>a</p><p>b</p>", "a\nb\n"},
		{"very deep", strings.Repeat("<blockquote>", 1e5) + "a", strings.Repeat("> ", maxQuoteMarks) + "a\n"},
		{"marks in the text", "&gt; a<br>b", "> a\nb\n"},

		{"signature", `a<div class="gmail_signature">Sam</div>b`, "a\n-- \nSam\nb\n"},
		{"signature with its separator", `a<br>--&nbsp;<br><div class="gmail_signature">Sam</div>`, "a\n-- \nSam\n"},
		{"separator in the signature", `a<div class="moz-signature">-- <br>Sam</div>`, "a\n-- \nSam\n"},
		{"all in the signature", `<div id=Signature>Yes, on Monday.<br>Sam</div>`, "Yes, on Monday.\nSam\n"},
		{"empty signature", `a<div id=Signature><br></div><p>b`, "a\n\nb\n"},
		{"signature in a quotation", `<blockquote>a<div id=Signature>Sam</div></blockquote>`, "> a\n> -- \n> Sam\n"},

		{"unclosed", "<div><b>a<p>b<table><tr><td>c", "a\n\nb\n\nc\n"},
		{"wrongly nested", "<b><div>a</b>b</div><span><div>c</span>d</div></div>e", "ab\ncd\ne\n"},
		{"end tag out of a table", "<div>a<table><tr><td>b</div>c</table>d", "a\nbc\nd\n"},
		{"end tag of a paragraph alone", "a</p>b", "a\n\nb\n"},
		{"block closes a hidden paragraph", `<p style="display:none">a<div>b</div>`, "b\n"},
		{"tag that never ends", "a<b c=\"d", "a\n"},
		{"less than", "1 < 2 <3 and <", "1 < 2 <3 and <\n"},
		{"huge attribute", "<p title='" + strings.Repeat("x", 1e6) + "'>a", "a\n"},
		{"many attributes", "<p" + strings.Repeat(" a=b", 1e5) + ">a", "a\n"},
		{"unknown elements", "<o:p>a</o:p><x-y>b</x-y>", "ab\n"},
		{"upper case", "<DIV>a</DIV><SCRIPT>x</script ><BR>b", "a\n\nb\n"},
	}
	for _, tt := range tests {
		if got := PlainText(tt.page); got != tt.want {
			t.Errorf("%s: %.300q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestTokenizer compares the tokenizer with that of x/net.
func TestTokenizer(t *testing.T) {
	pages := append(fuzzPages(), "a<!-->b--><!--c--!>d<!---->e<!--->f", "<a b='>' c=\">\" d=>e/f>g</a h='>'>i",
		"<title>a<b></Title >c", "<script>a</scripts></script>b", "</ a>b</>c<//>d", "<a b=1 B=2>c</")
	for _, page := range pages {
		if got, want := tokens(page), netTokens(page); got != want {
			t.Errorf("%.80q\n got %s\nwant %s", page, got, want)
		}
	}
}

func tokens(page string) string {
	var out strings.Builder
	for z := (tokenizer{src: page}); z.next() != endOfPage; {
		switch z.kind {
		case textToken:
			out.WriteString(z.text)
		case startToken:
			out.WriteString("<" + z.name.String())
			for _, a := range z.attrs {
				out.WriteString(" " + string(appendLower(make([]byte, 0, len(a.name)), a.name)) + "=" + html.UnescapeString(a.value))
			}
			out.WriteString(">")
		case endToken:
			out.WriteString("</" + z.name.String() + ">")
		}
	}
	return out.String()
}

func netTokens(page string) string {
	var out strings.Builder
	for z := html.NewTokenizer(strings.NewReader(page)); ; {
		switch z.Next() {
		case html.ErrorToken:
			return out.String()
		case html.TextToken:
			out.Write(z.Raw())
		case html.StartTagToken, html.SelfClosingTagToken:
			token := z.Token()
			out.WriteString("<" + token.DataAtom.String())
			for _, a := range token.Attr {
				out.WriteString(" " + a.Key + "=" + a.Val)
			}
			out.WriteString(">")
		case html.EndTagToken:
			out.WriteString("</" + z.Token().DataAtom.String() + ">")
		}
	}
}
