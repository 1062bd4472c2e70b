package mask

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"strings"

	"mentorrelay/parser/message"
)

// imageHead is how much of a picture is searched for where it was taken:
// cameras write that first. Of a picture made of chunks it is how much of each.
const imageHead = 256 << 10

// planImage plans a picture: its bytes stay, but those that say where it was
// taken, which are blanked.
func (rw *rewriter) planImage(p *message.Part) (*plan, error) {
	pl := recodeLong(p, "base64")
	r := bufio.NewReaderSize(p.Open(rw.src), int(min(imageHead, max(16, p.End-p.Body))))
	head, err := r.Peek(r.Size())
	if err != nil && err != io.EOF {
		return nil, fmt.Errorf("reading a picture: %w", err)
	}
	switch {
	case isChunked(head):
		if pl.blank, err = chunkPlaces(r); err != nil {
			return nil, fmt.Errorf("reading a picture: %w", err)
		}
	case isHEIF(head):
		if pl.blank, err = placesAnywhere(r); err != nil {
			return nil, fmt.Errorf("reading a picture: %w", err)
		}
	case strings.HasPrefix(p.MediaType, "image/"), bytes.HasPrefix(head, []byte("\xff\xd8\xff")), isTIFF(head):
		pl.blank = places(head)
	}
	if len(pl.blank) > 0 {
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

// apply overwrites what of the range is in octets, the first of which is at.
func (b blank) apply(octets []byte, at int) {
	for i := max(b.from, at); i < min(b.to, at+len(octets)); i++ {
		octets[i-at] = b.with
	}
}

// isHEIF tells whether a picture is made of boxes (ISO/IEC 23008-12), of which
// the one with the Exif may stand behind the image data, as telephones write it.
func isHEIF(head []byte) bool {
	if len(head) < 12 || string(head[4:8]) != "ftyp" {
		return false
	}
	brand := string(head[8:11])
	return brand == "hei" || brand == "hev" || brand == "mif" || brand == "msf" || brand == "avi"
}

// maxPlaces is how many ranges are blanked in one picture.
const maxPlaces = 1 << 10

// placesAnywhere returns where a whole picture says where it was taken. It is
// read in windows that share a quarter, which is as much as an Exif may have.
func placesAnywhere(r *bufio.Reader) ([]blank, error) {
	var found []blank
	for at := 0; ; {
		window, err := r.Peek(r.Size())
		if err != nil && err != io.EOF {
			return nil, err
		}
		for _, b := range places(window) {
			found = append(found, blank{b.from + at, b.to + at, b.with})
		}
		if len(window) < r.Size() || len(found) > maxPlaces {
			return found, nil
		}
		n, err := r.Discard(len(window) * 3 / 4)
		if err != nil {
			return nil, err
		}
		at += n
	}
}

// maxExif is how many Exif structures are read: one for the picture, one for
// its thumbnail, and some more.
const maxExif = 8

// places returns where a picture says where it was taken: in its Exif (CIPA
// DC-008 §4.6.6, as in JPEG and HEIF), which a TIFF is as a whole, and in its
// XMP. What is blanked may have hidden another one, where the two overlap.
func places(head []byte) []blank {
	var found []blank
	for range maxExif {
		more := placesOnce(head)
		if len(more) == 0 {
			break
		}
		if len(found) == 0 {
			head = bytes.Clone(head)
		}
		for _, b := range more {
			b.apply(head, 0)
		}
		found = append(found, more...)
	}
	return found
}

func placesOnce(head []byte) []blank {
	found := notZero(head, exifPlaces(head), 0)
	mark := []byte("Exif\x00\x00")
	at := bytes.Index(head, mark)
	for range maxExif {
		if at < 0 {
			break
		}
		start := at + len(mark)
		found = append(found, notZero(head[start:], exifPlaces(head[start:]), start)...)
		next := bytes.Index(head[start:], mark)
		if next < 0 {
			break
		}
		at = start + next
	}
	return append(found, xmpPlaces(head)...)
}

// notZero returns those of the ranges of b that hold anything, moved by start.
func notZero(b []byte, ranges []blank, start int) []blank {
	var found []blank
	for _, r := range ranges {
		if len(bytes.Trim(b[r.from:r.to], "\x00")) > 0 {
			found = append(found, blank{start + r.from, start + r.to, 0})
		}
	}
	return found
}

func isTIFF(head []byte) bool {
	return bytes.HasPrefix(head, []byte("II*\x00")) || bytes.HasPrefix(head, []byte("MM\x00*"))
}

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
	for entry := range slices.Chunk(directory(tiff, order, order.Uint32(tiff[4:])), entrySize) {
		if order.Uint16(entry) == gpsPointer {
			return gpsPlaces(tiff, order, order.Uint32(entry[8:]))
		}
	}
	return nil
}

// entrySize is that of an entry of a directory, TIFF 6.0 §2.
const entrySize = 12

// directory returns the entries of the directory at offset, one after the
// other, as far as there are any.
func directory(tiff []byte, order binary.ByteOrder, offset uint32) []byte {
	if int64(offset)+2 > int64(len(tiff)) {
		return nil
	}
	entries := tiff[offset+2:]
	return entries[:min(int(order.Uint16(tiff[offset:])), len(entries)/entrySize)*entrySize]
}

func gpsPlaces(tiff []byte, order binary.ByteOrder, offset uint32) []blank {
	entries := directory(tiff, order, offset)
	if len(entries) == 0 {
		return nil
	}
	found := []blank{{from: int(offset), to: int(offset) + 2 + len(entries)}}
	sizes := [...]int64{1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
	for entry := range slices.Chunk(entries, entrySize) {
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
		r.apply(p[:n], b.at)
	}
	b.at += n
	return n, err
}
