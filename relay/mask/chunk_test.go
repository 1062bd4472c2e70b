package mask

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/png"
	"testing"
)

// located is a TIFF of one GPS position: the Exif of a photo.
func located(order binary.AppendByteOrder) []byte {
	_, exif, _ := bytes.Cut(photo(order, nil), []byte("Exif\x00\x00"))
	exif, _, _ = bytes.Cut(exif, []byte("\xff\xe1"))
	return exif
}

// pngChunk is a chunk of a PNG.
func pngChunk(kind string, data []byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	b = append(append(b, kind...), data...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

// riffChunk is a chunk of a WebP.
func riffChunk(kind string, data []byte) []byte {
	b := binary.LittleEndian.AppendUint32([]byte(kind), uint32(len(data)))
	return append(append(b, data...), make([]byte, len(data)%2)...)
}

// locatedPNG is a whole PNG that tells a place before and after its image
// data, of which there is more than is looked at elsewhere.
func locatedPNG(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 9, 9))); err != nil {
		t.Fatal(err)
	}
	const signatureAndIHDR, iend = 8 + 25, 12
	head, tail := b.Bytes()[:signatureAndIHDR], b.Bytes()[signatureAndIHDR:b.Len()-iend]
	xmp := []byte("XML:com.adobe.xmp\x00\x00\x00\x00\x00<x exif:GPSLatitude = '48,51N'/>")
	packed := []byte("XML:com.adobe.xmp\x00\x01\x00\x00\x00packed: 48,51N")
	profile := []byte("Raw profile type exif\x00\x00packed: latitude")
	return bytes.Join([][]byte{head, pngChunk("iTXt", packed), pngChunk("zTXt", profile), pngChunk("zTXt", []byte("Comment\x00\x00packed: kept")), pngChunk("eXIf", located(binary.BigEndian)), tail, pngChunk("prVt", make([]byte, 2*imageHead)),
		pngChunk("eXIf", located(binary.LittleEndian)), pngChunk("iTXt", xmp), b.Bytes()[b.Len()-iend:]}, nil)
}

// TestFormats blanks the place in pictures of every format, in which they
// stay what they were.
func TestFormats(t *testing.T) {
	webp := append([]byte("WEBP"), riffChunk("VP8 ", make([]byte, imageHead+1))...)
	webp = append(webp, riffChunk("EXIF", located(binary.LittleEndian))...)
	webp = append(webp, riffChunk("XMP ", []byte("<exif:GPSLatitude>48,51N</exif:GPSLatitude>"))...)
	for name, picture := range map[string][]byte{
		"image/png":  locatedPNG(t),
		"image/webp": riffChunk("RIFF", webp),
		"image/tiff": located(binary.BigEndian),
		"image/gif":  []byte("GIF89a<exif:GPSAreaInformation><rdf:Seq>\n<rdf:li>48,51N</rdf:li></rdf:Seq></exif:GPSAreaInformation><y>kept</y>"),
	} {
		for _, contentType := range []string{name, "application/octet-stream"} {
			if name == "image/gif" && contentType != name {
				continue // is not looked at
			}
			got, _ := rewrite(t, build(contentType, "base64", picture), aliceToBen())
			after := decoded(t, got, scan(t, got))
			if len(after) != len(picture) || bytes.Contains(after, []byte("latitude")) || bytes.Contains(after, []byte("48,51N")) {
				t.Errorf("%s as %s: the place is in the copy", name, contentType)
			}
			if name == "image/png" {
				checkPNG(t, after)
				if !bytes.Contains(after, []byte("packed: kept")) {
					t.Error("a text without place is not in the copy")
				}
			}
			if again, result := rewrite(t, got, aliceToBen()); result.Changed != 0 || !bytes.Equal(again, got) {
				t.Errorf("%s: the copy of the copy differs", name)
			}
		}
	}
}

// checkPNG holds every chunk of a picture to its checksum.
func checkPNG(t *testing.T, picture []byte) {
	t.Helper()
	if _, err := png.Decode(bytes.NewReader(picture)); err != nil {
		t.Error(err)
	}
	for rest := picture[8:]; len(rest) > 0; {
		size := binary.BigEndian.Uint32(rest)
		if crc32.ChecksumIEEE(rest[4:8+size]) != binary.BigEndian.Uint32(rest[8+size:]) {
			t.Errorf("the checksum of a chunk %s is wrong", rest[4:8])
		}
		rest = rest[12+size:]
	}
}

// TestXMP blanks values and nothing else.
func TestXMP(t *testing.T) {
	for before, after := range map[string]string{
		`<x exif:GPSLatitude="48,51N" exif:GPSLongitude = '2,21E'/>`: `<x exif:GPSLatitude="      " exif:GPSLongitude = '     '/>`,
		`<exif:GPSLatitude>48</exif:GPSLatitude><exif:GPSX/>keep`:    `<exif:GPSLatitude>  </exif:GPSLatitude><exif:GPSX/>keep`,
		`<exif:GPSX a="b"><rdf:li>1</rdf:li> 2</exif:GPSX>3`:         `<exif:GPSX a="b"><rdf:li> </rdf:li>  </exif:GPSX>3`,
		`<exif:GPSX>12<y>`:         `<exif:GPSX>  <y>`,
		`<x exif:GPSX='12`:         `<x exif:GPSX='  `,
		`exif:GPS exif:GPSX=1 >`:   `exif:GPS exif:GPSX=1 >`,
		`<exif:GPSX`:               `<exif:GPSX`,
		`<exif:GPSX> </exif:GPSX>`: `<exif:GPSX> </exif:GPSX>`,
		`<exif:GPSX><<</exif:GPSX`: `<exif:GPSX><<</exif:GPSX`,
	} {
		got := []byte(before)
		for _, b := range xmpPlaces(got) {
			b.apply(got, 0)
		}
		if string(got) != after {
			t.Errorf("%s became %s, want %s", before, got, after)
		}
	}
}
