package oracle

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
)

// Tags of Exif, CIPA DC-008 §4.6.
const (
	tagOrientation  = 0x0112
	tagArtist       = 0x013b
	tagHostComputer = 0x013c
	tagGPS          = 0x8825

	tagLatitude  = 2
	tagLongitude = 4
	tagMethod    = 0x1b
	tagArea      = 0x1c
)

// picture returns a picture of that kind; what it says is planted.
func (p *planter) picture(kind string) string {
	pixels := "\xff\xda\x00\x02" + p.kword() + "\x00\x01\xff\xd9"
	switch kind {
	case "png":
		return png(p.located(binary.BigEndian))
	case "webp":
		return riff("RIFF", "WEBP"+riff("VP8X", "\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00")+riff("EXIF", p.located(binary.LittleEndian)))
	case "tiff":
		return p.located(binary.LittleEndian)
	case "embedded": // where its octets are not looked at one by one
		return jpeg("Exif\x00\x00"+p.located(binary.LittleEndian)) + pixels
	}
	p.keep(pixels)
	switch kind {
	case "location":
		return jpeg("Exif\x00\x00"+p.located(binary.LittleEndian)) + pixels
	case "location-be":
		return jpeg("Exif\x00\x00"+p.located(binary.BigEndian)) + pixels
	case "xmp":
		return jpeg(xmpMark+fmt.Sprintf(`<rdf exif:GPSLatitude="%s" exif:GPSLongitude="%s"/>`, p.token("GPSLatitude"), p.token("GPSLongitude"))) + pixels
	case "xmp-quotes":
		return jpeg(xmpMark+fmt.Sprintf(`<rdf exif:GPSLatitude = '%s' exif:GPSLongitude='%s'/>`, p.token("GPSLatitude"), p.token("GPSLongitude"))) + pixels
	case "xmp-elements":
		return jpeg(xmpMark+fmt.Sprintf(`<exif:GPSLatitude>%s</exif:GPSLatitude><exif:GPSAreaInformation><rdf:li>%s</rdf:li></exif:GPSAreaInformation>`, p.token("GPSLatitude"), p.token("GPSAreaInformation"))) + pixels
	case "author":
		return jpeg("Exif\x00\x00"+p.authored(), xmpMark+"<dc:creator>"+p.token("creator")+"</dc:creator>") + pixels
	case "rotated":
		return jpeg("Exif\x00\x00"+tiff(binary.LittleEndian, []entry{{tagOrientation, 3, "\x06\x00"}}, nil)) + pixels
	}
	return jpeg("JFIF\x00\x01\x02") + pixels
}

const xmpMark = "http://ns.adobe.com/xap/1.0/\x00"

// located is a TIFF structure that tells where it was made: as a position, as
// the name of a place and as the way it was found.
func (p *planter) located(order binary.AppendByteOrder) string {
	place := []entry{
		{tagLatitude, 5, p.token("GPSLatitude") + p.token("GPSLatitude")},
		{tagLongitude, 5, p.token("GPSLongitude") + p.token("GPSLongitude")},
		{tagMethod, 7, "ASCII\x00\x00\x00" + p.token("GPSProcessingMethod")},
		{tagArea, 7, "ASCII\x00\x00\x00" + p.token("GPSAreaInformation")},
	}
	return tiff(order, []entry{{tagOrientation, 3, "\x01\x00"}}, place)
}

// authored is one that tells who made it and on what.
func (p *planter) authored() string {
	return tiff(binary.LittleEndian, []entry{
		{tagArtist, 2, p.token("Artist") + "\x00"}, {tagHostComputer, 2, p.host("HostComputer") + "\x00"},
	}, nil)
}

func (p *planter) host(place string) string { return p.token(place) + "." + domain(p.From) }

// An entry is one of a TIFF directory; its type is counted in octets of value.
type entry struct {
	tag, kind uint16
	value     string
}

// tiff returns a TIFF structure (TIFF 6.0 §2) with a main and a GPS directory.
func tiff(order binary.AppendByteOrder, main, gps []entry) string {
	b := []byte("II*\x00")
	if order.String() == "BigEndian" {
		b = []byte("MM\x00*")
	}
	b = order.AppendUint32(b, 8)
	if gps != nil {
		end := 8 + 2 + 12*(len(main)+1) + 4 // short values stand in their entries
		main = append(main, entry{tagGPS, 4, string(order.AppendUint32(nil, uint32(end)))})
	}
	b = directory(b, order, main)
	if gps != nil {
		b = directory(b, order, gps)
	}
	return string(b)
}

// directory appends a directory and the values that are too long for it.
func directory(b []byte, order binary.AppendByteOrder, entries []entry) []byte {
	sizes := map[uint16]int{2: 1, 3: 2, 4: 4, 5: 8, 7: 1}
	at := len(b) + 2 + 12*len(entries) + 4
	var values []byte
	b = order.AppendUint16(b, uint16(len(entries)))
	for _, e := range entries {
		b = order.AppendUint16(b, e.tag)
		b = order.AppendUint16(b, e.kind)
		b = order.AppendUint32(b, uint32(len(e.value)/sizes[e.kind]))
		if len(e.value) <= 4 {
			b = append(b, (e.value + "\x00\x00\x00\x00")[:4]...)
			continue
		}
		b = order.AppendUint32(b, uint32(at+len(values)))
		values = append(values, e.value...)
	}
	return append(order.AppendUint32(b, 0), values...)
}

// jpeg returns the start of a JPEG with these APP1 segments.
func jpeg(segments ...string) string {
	b := []byte("\xff\xd8")
	for _, s := range segments {
		b = append(b, 0xff, 0xe1)
		b = binary.BigEndian.AppendUint16(b, uint16(len(s)+2))
		b = append(b, s...)
	}
	return string(b)
}

// png returns a picture of one point with an eXIf chunk.
func png(exif string) string {
	return "\x89PNG\r\n\x1a\n" + chunk("IHDR", "\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00") +
		chunk("eXIf", exif) + chunk("IDAT", "x\x9cc`\x00\x00\x00\x02\x00\x01") + chunk("IEND", "")
}

func chunk(kind, data string) string {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	b = append(b, kind+data...)
	return string(binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:])))
}

func riff(kind, data string) string {
	b := binary.LittleEndian.AppendUint32([]byte(kind), uint32(len(data)))
	if len(data)%2 == 1 {
		data += "\x00"
	}
	return string(b) + data
}

// officeFile is the part of an office document that names its author.
func (p *planter) officeFile() string {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	f, err := w.Create("docProps/core.xml")
	if err == nil {
		_, err = fmt.Fprintf(f, "<dc:creator>%s %s</dc:creator>%s", p.token("creator"), p.address("creator", p.From), bytes.Repeat([]byte("<x/>"), 50))
	}
	if err != nil || w.Close() != nil {
		panic("oracle: a bytes.Buffer failed")
	}
	return b.String()
}
