package mask

import (
	"bytes"
	"encoding/binary"
	"testing"
)

// photo is the head of a JPEG with an Exif of one GPS position, an XMP with
// another, and image data.
func photo(order binary.AppendByteOrder, data []byte) []byte {
	tiff := []byte("II*\x00")
	if order == binary.BigEndian {
		tiff = []byte("MM\x00*")
	}
	entry := func(tag, kind uint16, count, value uint32) {
		tiff = order.AppendUint16(tiff, tag)
		tiff = order.AppendUint16(tiff, kind)
		tiff = order.AppendUint32(tiff, count)
		tiff = order.AppendUint32(tiff, value)
	}
	tiff = order.AppendUint32(tiff, 8)
	tiff = order.AppendUint16(tiff, 2)
	entry(0x0112, 3, 1, 6)            // orientation
	entry(gpsPointer, 4, 1, 8+2+24+4) // the GPS directory follows
	tiff = order.AppendUint32(tiff, 0)
	tiff = order.AppendUint16(tiff, 2)
	entry(1, 2, 2, 'N')
	entry(2, 5, 3, uint32(len(tiff))+12+4)
	tiff = order.AppendUint32(tiff, 0)
	tiff = append(tiff, "latitude-48-51-24-NESW--"...)
	exif := append([]byte("Exif\x00\x00"), tiff...)
	xmp := []byte("http://ns.adobe.com/xap/1.0/\x00<x exif:GPSLatitude=\"48,51N\" tiff:Make=\"Camera\"><exif:GPSLongitude>2,21E</exif:GPSLongitude></x>")
	jpeg := []byte("\xff\xd8")
	for _, segment := range [][]byte{exif, xmp} {
		jpeg = append(jpeg, 0xff, 0xe1)
		jpeg = binary.BigEndian.AppendUint16(jpeg, uint16(len(segment)+2))
		jpeg = append(jpeg, segment...)
	}
	return append(append(jpeg, "\xff\xda"...), data...)
}

// TestPlaces blanks where a picture was taken and nothing else.
func TestPlaces(t *testing.T) {
	data := bytes.Repeat([]byte("\x00\x01pixels\xff\xfe"), 50_000)
	for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
		for _, cte := range []string{"base64", "8bit", "quoted-printable"} {
			for _, contentType := range []string{"image/jpeg", "application/octet-stream"} {
				picture := photo(order, data)
				source := build(contentType, cte, picture)
				if cte == "quoted-printable" {
					source = build(contentType, "base64", picture)
				}
				got, result := rewrite(t, source, aliceToBen())
				after := decoded(t, got, scan(t, got))
				if result.Changed != 1 || len(after) != len(picture) {
					t.Fatalf("%d octets became %d, %+v", len(picture), len(after), result)
				}
				for _, place := range []string{"latitude", "48,51N", "2,21E"} {
					if bytes.Contains(after, []byte(place)) {
						t.Errorf("%q is in the copy", place)
					}
				}
				for _, kept := range []string{"tiff:Make=\"Camera\"", "\xff\xda", "exif:GPSLatitude"} {
					if !bytes.Contains(after, []byte(kept)) {
						t.Errorf("%q is not in the copy", kept)
					}
				}
				if !bytes.HasSuffix(after, data) {
					t.Error("the image data differs")
				}
				again, result := rewrite(t, got, aliceToBen())
				if result.Changed != 0 || !bytes.Equal(again, got) {
					t.Error("the copy of the copy differs")
				}
			}
		}
	}
}

// TestPlacesAnywhere has the Exif of a HEIF behind its image data.
func TestPlacesAnywhere(t *testing.T) {
	for _, size := range []int{100, imageHead - 200, imageHead + 10, 3 * imageHead} {
		source := []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic")
		source = append(source, bytes.Repeat([]byte("\x00\x01pixels\xff\xfe"), size/10)...)
		at := len(source)
		source = append(source, photo(binary.BigEndian, bytes.Repeat([]byte{7}, 300_000))...)
		got, result := rewrite(t, build("image/heic", "base64", source), aliceToBen())
		after := decoded(t, got, scan(t, got))
		if result.Changed != 1 || len(after) != len(source) || !bytes.Equal(after[:at], source[:at]) || !bytes.HasSuffix(after, source[len(source)-300_000:]) {
			t.Fatalf("%d: the image data differs", size)
		}
		for _, place := range []string{"latitude", "48,51N", "2,21E"} {
			if bytes.Contains(after, []byte(place)) {
				t.Errorf("%d: %q is in the copy", size, place)
			}
		}
		if again, result := rewrite(t, got, aliceToBen()); result.Changed != 0 || !bytes.Equal(again, got) {
			t.Errorf("%d: the copy of the copy differs", size)
		}
	}
}

// FuzzPlaces blanks what tells places: octets of the picture, once for all.
func FuzzPlaces(f *testing.F) {
	f.Add(photo(binary.LittleEndian, nil))
	f.Add(photo(binary.BigEndian, nil))
	f.Fuzz(func(t *testing.T, head []byte) {
		blanked := bytes.Clone(head)
		for _, b := range places(head) {
			if b.from < 0 || b.from >= b.to || b.to > len(head) {
				t.Fatalf("a range from %d to %d of %d", b.from, b.to, len(head))
			}
			b.apply(blanked, 0)
		}
		if more := places(blanked); len(more) > 0 {
			t.Errorf("%q became %q, where %v is a place", head, blanked, more)
		}
	})
}
