package mask

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"mentorrelay/parser/message"
)

// opaqueKind tells what p is if no one on the way can read it.
func opaqueKind(p *message.Part) string {
	switch p.MediaType {
	case "multipart/encrypted": // RFC 1847, RFC 3156
		return "pgp"
	case "application/pkcs7-mime", "application/x-pkcs7-mime": // RFC 8551
		return "smime"
	case "application/ms-tnef", "application/vnd.ms-tnef":
		return "tnef"
	case "application/octet-stream":
		switch name := strings.ToLower(fileName(p)); {
		case name == "winmail.dat":
			return "tnef"
		case strings.HasSuffix(name, ".p7m"):
			return "smime"
		}
	}
	return ""
}

func fileName(p *message.Part) string {
	_, params := message.ParseParams(p.Header.Get("Content-Disposition"))
	for _, param := range params {
		if param.Name == "filename" {
			return param.Value
		}
	}
	return p.Params["name"]
}

// text is how a leaf is read as text.
type text struct {
	script
	markup, folded, vcard, rtf, coded bool
}

// textOf tells whether a leaf is text, and of which kind.
func (rw *rewriter) textOf(p *message.Part) (text, bool, error) {
	var t text
	known := true
	kind, sub, _ := strings.Cut(p.MediaType, "/")
	switch {
	case sub == "html", sub == "x-amp-html", sub == "watch-html", sub == "xml", strings.HasSuffix(sub, "+xml"), sub == "enriched", sub == "richtext":
		t.markup = true
	case sub == "calendar", sub == "ics":
		t.folded = true
	case sub == "vcard", sub == "x-vcard", sub == "directory":
		t.folded, t.vcard = true, true
	case sub == "rtf":
		t.rtf = true
	case sub == "json", strings.HasSuffix(sub, "+json"), sub == "javascript":
		t.coded = true
	case kind == "text", kind == "message", kind == "multipart":
	case kind == "image", kind == "audio", kind == "video", kind == "font":
		return t, false, nil
	default:
		known = false
	}
	label := p.Params["charset"]
	if known && label != "" && !isUTF16(label) {
		t.guess(fileName(p), nil)
		t.script = scriptOf(label, rw.match)
		return t, true, nil
	}
	var buf [sniffed]byte
	n, err := io.ReadFull(p.Open(rw.src), buf[:])
	if err != nil && err != io.EOF && !errors.Is(err, io.ErrUnexpectedEOF) {
		return t, false, fmt.Errorf("reading a part: %w", err)
	}
	guess, isText := sniff(buf[:n])
	t.guess(fileName(p), buf[:n])
	t.script = guess
	if known && t.recode == nil && label != "" {
		t.script = scriptOf(label, rw.match)
	}
	return t, known || isText, nil
}

// guess chooses by the name of a file, and by how it begins, what its type
// does not say.
func (t *text) guess(name string, head []byte) {
	if t.markup || t.folded {
		return
	}
	ext := strings.ToLower(path.Ext(name))
	head = bytes.ToUpper(bytes.TrimLeft(head[:min(len(head), sniffed)], "\ufeff \t\r\n"))
	begins := func(mark string) bool { return bytes.HasPrefix(head, []byte(mark)) }
	switch {
	case ext == ".ics", ext == ".vcs", begins("BEGIN:VCALENDAR"):
		t.folded = true
	case ext == ".vcf", begins("BEGIN:VCARD"):
		t.folded, t.vcard = true, true
	case ext == ".rtf", begins("{\\RTF"):
		t.rtf = true
	case ext == ".html", ext == ".htm", begins("<!DOCTYPE HTML"), begins("<HTML"):
		t.markup = true
	}
}

// sniffed is how much of a file is looked at to tell what it is.
const sniffed = 512

// sniff tells whether a file that begins with head is text, and in which
// script.
func sniff(head []byte) (script, bool) {
	if e := utf16Of(head); e != nil {
		return script{recode: e}, true
	}
	return script{}, isText(head)
}

// isText tells whether a file that begins with head is text.
func isText(head []byte) bool {
	return !bytes.HasPrefix(head, []byte("%PDF-")) && !bytes.ContainsFunc(head, func(r rune) bool {
		return r < ' ' && r != '\t' && r != '\r' && r != '\n' && r != '\f' && r != 0x1b
	})
}
