package mask

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"io"
	"strings"
)

// isChunked tells whether a picture is made of chunks, which may stand behind
// all the image data: PNG (ISO 15948 §5) or WebP (RFC 9649 §2).
func isChunked(head []byte) bool {
	return isPNG(head) || len(head) >= 12 && string(head[:4]) == "RIFF" && string(head[8:12]) == "WEBP"
}

func isPNG(head []byte) bool { return bytes.HasPrefix(head, []byte("\x89PNG\r\n\x1a\n")) }

// A chunk is one of a picture.
type chunk struct {
	kind string
	at   int64 // where its data are
	size int64 // of its data
	rest int64 // of what follows them: a checksum, or what makes the size even
}

// chunkPlaces returns where a picture made of chunks says where it was taken.
func chunkPlaces(r *bufio.Reader) ([]blank, error) {
	head, err := r.Peek(8)
	if err != nil {
		return nil, err
	}
	png, at := isPNG(head), int64(12)
	if png {
		at = 8
	}
	var found []blank
	skip := at
	for told := 0; told < maxExif; {
		c, err := nextChunk(r, skip, at, png)
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		if strings.Contains(" eXIf iTXt tEXt zTXt EXIF XMP  ", " "+c.kind+" ") {
			data, err := r.Peek(int(min(c.size, int64(r.Size()))))
			if err != nil && err != io.EOF {
				return nil, err
			}
			if blanks := c.places(data, png); len(blanks) > 0 {
				found = append(found, blanks...)
				told++
			}
		}
		skip, at = c.size+c.rest, c.at+c.size+c.rest
	}
	return found, nil
}

// nextChunk skips the octets before at and reads the header of the chunk
// there. The error is io.EOF where there is none.
func nextChunk(r *bufio.Reader, skip, at int64, png bool) (chunk, error) {
	for skip > 0 {
		n, err := r.Discard(int(min(skip, imageHead)))
		if err != nil {
			return chunk{}, err
		}
		skip -= int64(n)
	}
	head, err := r.Peek(8)
	if err != nil {
		return chunk{}, err
	}
	size := int64(binary.LittleEndian.Uint32(head[4:]))
	c := chunk{string(head[:4]), at + 8, size, size & 1}
	if png {
		c = chunk{string(head[4:]), at + 8, int64(binary.BigEndian.Uint32(head)), 4}
	}
	_, err = r.Discard(len(head))
	return c, err
}

// places returns what a chunk tells of places, and its new checksum.
func (c chunk) places(data []byte, png bool) []blank {
	found := append(places(data), c.profile(data)...)
	if len(found) == 0 {
		return nil
	}
	after := append([]byte(c.kind), data...)
	for i, b := range found {
		b.apply(after[4:], 0)
		found[i].from += int(c.at)
		found[i].to += int(c.at)
	}
	if png && int64(len(data)) == c.size {
		for i, octet := range binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE(after)) {
			at := int(c.at+c.size) + i
			found = append(found, blank{at, at + 1, octet})
		}
	}
	return found
}

// profile returns all of an Exif or XMP that is written in PNG as a text, in
// hexadecimal digits or compressed: nobody shows it, and nobody misses it.
func (c chunk) profile(data []byte) []blank {
	keyword, text, ok := bytes.Cut(data, []byte{0})
	switch strings.ToLower(string(keyword[:min(len(keyword), 80)])) {
	case "raw profile type exif", "raw profile type app1", "raw profile type xmp": // as ImageMagick has them
	case "xml:com.adobe.xmp":
		ok = ok && len(text) > 0 && (c.kind == "zTXt" || text[0] != 0) // ISO 15948 §11.3.4.5: compressed
	default:
		return nil
	}
	if !ok {
		return nil
	}
	return notZero(data, []blank{{from: len(keyword) + 1, to: len(data)}}, 0)
}
