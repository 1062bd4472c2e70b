package oracle

import (
	"bytes"
	"encoding/base64"
	"regexp"
	"unicode/utf8"
)

// minRun is the shortest run of base64 that is decoded, and minText the
// shortest text in it that is looked at.
const (
	minRun  = 16
	minText = 6
)

// islands decodes every run of base64 characters (RFC 4648 §4 and §5), broken
// in lines or not, from each of the four positions that it may begin at. Of
// what comes out it keeps what can be text.
func islands(b []byte) []byte {
	var out []byte
	for len(b) > 0 {
		run := base64Run(b)
		if run >= minRun {
			text := pureBase64(b[:run])
			for shift := range 4 {
				out = appendText(out, decodeRun(text[min(shift, len(text)):]))
			}
		}
		b = b[min(run+1, len(b)):]
	}
	return out
}

// base64Run returns the length of the run that b begins with. Line breaks,
// with white space or marks of quotation after them, do not end it.
func base64Run(b []byte) int {
	end := 0
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case isBase64(c):
			end = i + 1
		case c == '\r' || c == '\n':
		case (c == ' ' || c == '\t' || c == '>') && i > 0 && !isBase64(b[i-1]):
		default:
			return end
		}
	}
	return end
}

func isBase64(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '+' || c == '/' || c == '-' || c == '_'
}

func decodeRun(text []byte) []byte {
	if len(text)%4 == 1 {
		text = text[:len(text)-1]
	}
	decoded := make([]byte, base64.RawStdEncoding.DecodedLen(len(text)))
	n, _ := base64.RawStdEncoding.Decode(decoded, text) // up to what is broken
	return decoded[:n]
}

// appendText appends octets that are UTF-8, or the runs of ASCII in them;
// NULs are those of UTF-16.
func appendText(out, b []byte) []byte {
	if utf8.Valid(b) {
		return append(append(out, b...), '\n')
	}
	start := 0
	for i := 0; i <= len(b); i++ {
		if i < len(b) && (b[i] >= ' ' && b[i] < 0x7f || b[i] == 0 || b[i] == '\r' || b[i] == '\n') {
			continue
		}
		if i-start >= minText {
			out = append(append(out, b[start:i]...), '\n')
		}
		start = i + 1
	}
	return out
}

// pureBase64 keeps what is base64, in the standard alphabet.
func pureBase64(b []byte) []byte {
	out := make([]byte, 0, len(b))
	for _, c := range b {
		switch {
		case c == '-':
			out = append(out, '+')
		case c == '_':
			out = append(out, '/')
		case isBase64(c):
			out = append(out, c)
		}
	}
	return out
}

// looseBase64 decodes a body, whatever stands between its characters, and
// past padding inside it.
func looseBase64(b []byte) []byte {
	var out []byte
	for piece := range bytes.SplitSeq(b, []byte("=")) {
		text := pureBase64(piece)
		decoded := make([]byte, base64.RawStdEncoding.DecodedLen(len(text)))
		n, _ := base64.RawStdEncoding.Decode(decoded, text) // up to what is broken
		out = append(out, decoded[:n]...)
	}
	return out
}

var uuBegin = regexp.MustCompile(`(?m)^begin(?:-base64)? [0-7]{3,4} .*$`)

// uudecode decodes what follows a begin line.
func uudecode(b []byte) []byte {
	if !bytes.Contains(b, []byte("begin")) {
		return nil
	}
	at := uuBegin.FindIndex(b)
	if at == nil {
		return nil
	}
	var out []byte
	for line := range bytes.SplitSeq(b[at[1]:], []byte("\n")) {
		line = bytes.TrimRight(line, "\r")
		if len(line) == 0 {
			continue
		}
		if string(line) == "end" {
			break
		}
		out = append(out, uuLine(line)...)
	}
	return out
}

func uuLine(line []byte) []byte {
	var out []byte
	size := int(line[0]-' ') & 0x3f
	for i := 1; i+3 < len(line); i += 4 {
		var v [4]byte
		for j := range v {
			v[j] = (line[i+j] - ' ') & 0x3f
		}
		out = append(out, v[0]<<2|v[1]>>4, v[1]<<4|v[2]>>2, v[2]<<6|v[3])
	}
	return out[:min(size, len(out))]
}
