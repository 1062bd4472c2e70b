package mask

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"

	"mentorrelay/parser/message"
)

// imageHead is how much of a picture is searched for where it was taken:
// cameras write that first.
const imageHead = 256 << 10

// planImage plans a picture: its bytes stay, but those that say where it was
// taken, which are blanked.
func (rw *rewriter) planImage(p *message.Part) (*plan, error) {
	pl := recodeLong(p, "base64")
	head := make([]byte, min(imageHead, p.End-p.Body))
	n, err := io.ReadFull(p.Open(rw.src), head)
	if err != nil && err != io.EOF && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, fmt.Errorf("reading a picture: %w", err)
	}
	if !strings.HasPrefix(p.MediaType, "image/") && !bytes.HasPrefix(head[:n], []byte("\xff\xd8\xff")) {
		return pl, nil // neither said to be a picture nor a JPEG
	}
	if pl.blank = places(head[:n]); len(pl.blank) > 0 {
		pl.work = recode
		if p.Encoding == "quoted-printable" { // is for text
			pl.encoding = "base64"
		}
	}
	return pl, nil
}

// A blank is a range of octets to be overwritten with one octet.
type blank struct {
	from, to int
	with     byte
}

// maxExif is how many Exif structures are read: one for the picture, one for
// its thumbnail, and some more.
const maxExif = 4

// places returns where a picture says where it was taken: in its Exif (CIPA
// DC-008 §4.6.6, as in JPEG, HEIF and WebP) and in its XMP.
func places(head []byte) []blank {
	var found []blank
	mark := []byte("Exif\x00\x00")
	at := bytes.Index(head, mark)
	for range maxExif {
		if at < 0 {
			break
		}
		start := at + len(mark)
		for _, b := range exifPlaces(head[start:]) {
			if !isZero(head[start+b.from : start+b.to]) {
				found = append(found, blank{start + b.from, start + b.to, 0})
			}
		}
		next := bytes.Index(head[start:], mark)
		if next < 0 {
			break
		}
		at = start + next
	}
	return append(found, xmpPlaces(head)...)
}

func isZero(b []byte) bool { return len(bytes.Trim(b, "\x00")) == 0 }

// gpsPointer is the tag that leads to the GPS directory of a TIFF structure.
const gpsPointer = 0x8825

// exifPlaces returns the GPS directory of a TIFF structure and the values it
// leads to. A directory of zeros is an empty one.
func exifPlaces(tiff []byte) []blank {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(tiff, []byte("II*\x00")):
		order = binary.LittleEndian
	case bytes.HasPrefix(tiff, []byte("MM\x00*")):
		order = binary.BigEndian
	default:
		return nil
	}
	if len(tiff) < 8 {
		return nil
	}
	for _, entry := range directory(tiff, order, order.Uint32(tiff[4:])) {
		if order.Uint16(entry) == gpsPointer {
			return gpsPlaces(tiff, order, order.Uint32(entry[8:]))
		}
	}
	return nil
}

// directory returns the entries of the directory at offset, TIFF 6.0 §2.
func directory(tiff []byte, order binary.ByteOrder, offset uint32) [][]byte {
	if int64(offset)+2 > int64(len(tiff)) {
		return nil
	}
	var entries [][]byte
	rest := tiff[offset+2:]
	for range order.Uint16(tiff[offset:]) {
		if len(rest) < 12 {
			break
		}
		entries = append(entries, rest[:12])
		rest = rest[12:]
	}
	return entries
}

func gpsPlaces(tiff []byte, order binary.ByteOrder, offset uint32) []blank {
	entries := directory(tiff, order, offset)
	if len(entries) == 0 {
		return nil
	}
	found := []blank{{from: int(offset), to: int(offset) + 2 + 12*len(entries)}}
	sizes := [...]int64{1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
	for _, entry := range entries {
		kind := int(order.Uint16(entry[2:]))
		if kind >= len(sizes) {
			continue
		}
		size, at := sizes[kind]*int64(order.Uint32(entry[4:])), int64(order.Uint32(entry[8:]))
		if size > 4 && at+size <= int64(len(tiff)) {
			found = append(found, blank{from: int(at), to: int(at + size)})
		}
	}
	return found
}

// xmpPlaces returns the values of the GPS properties of XMP, ISO 16684-1,
// whether they are attributes or elements.
func xmpPlaces(head []byte) []blank {
	var found []blank
	name := []byte("exif:GPS")
	for at := bytes.Index(head, name); at >= 0; {
		from := at + len(name)
		for from < len(head) && isAlnum(lower(head[from])) {
			from++
		}
		end := -1
		switch {
		case bytes.HasPrefix(head[from:], []byte(`="`)):
			from += 2
			end = bytes.IndexByte(head[from:], '"')
		case bytes.HasPrefix(head[from:], []byte(">")):
			from++
			end = bytes.IndexByte(head[from:], '<')
		}
		if end > 0 && len(bytes.Trim(head[from:from+end], " ")) > 0 {
			found = append(found, blank{from, from + end, ' '})
		}
		next := bytes.Index(head[from:], name)
		if next < 0 {
			break
		}
		at = from + next
	}
	return found
}

// blanker passes on what it reads with some ranges overwritten.
type blanker struct {
	r     io.Reader
	at    int
	blank []blank
}

// Read implements io.Reader.
func (b *blanker) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	for _, r := range b.blank {
		for i := max(r.from, b.at); i < min(r.to, b.at+n); i++ {
			p[i-b.at] = r.with
		}
	}
	b.at += n
	return n, err
}
