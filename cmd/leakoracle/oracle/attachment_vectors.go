package oracle

import "slices"

// attachmentVectors have files with something in them that is no text.
func attachmentVectors() []*Vector {
	const untouched = "attachments are passed on as they are"
	return slices.Concat(mixed("picture", []row{
		{"location", "Content-Type: image/jpeg; name=a.jpg\nContent-Disposition: attachment; filename=a.jpg\nContent-Transfer-Encoding: base64\n\n{{picture \"location\" | octets}}"},
		{"location, big-endian", "Content-Type: image/jpeg\nContent-Transfer-Encoding: base64\n\n{{picture \"location-be\" | octets}}"},
		{"location as octets", "Content-Type: application/octet-stream; name=IMG_1.JPG\nContent-Disposition: attachment; filename=IMG_1.JPG\nContent-Transfer-Encoding: base64\n\n{{picture \"location\" | octets}}"},
		{"location in XMP", "Content-Type: image/jpeg\nContent-Transfer-Encoding: base64\n\n{{picture \"xmp\" | octets}}"},
		{"location in XMP elements", "Content-Type: image/jpeg\nContent-Transfer-Encoding: base64\n\n{{picture \"xmp-elements\" | octets}}"},
		{"location in XMP, other quotes", "Content-Type: image/jpeg\nContent-Transfer-Encoding: base64\n\n{{picture \"xmp-quotes\" | octets}}"},
		{"location in PNG", "Content-Type: image/png\nContent-Transfer-Encoding: base64\n\n{{picture \"png\" | octets}}"},
		{"location in WebP", "Content-Type: image/webp\nContent-Transfer-Encoding: base64\n\n{{picture \"webp\" | octets}}"},
		{"location in TIFF", "Content-Type: image/tiff\nContent-Transfer-Encoding: base64\n\n{{picture \"tiff\" | octets}}"},
		{"location in a forward", "Content-Type: message/rfc822\n\nContent-Type: image/jpeg\nContent-Transfer-Encoding: base64\n\n{{picture \"location\" | octets}}"},
	}), known(untouched, mixed("metadata", []row{
		{"picture", "Content-Type: image/jpeg\nContent-Transfer-Encoding: base64\n\n{{picture \"author\" | octets}}"},
		{"TNEF by another name", "Content-Type: application/octet-stream; name=x.bin\nContent-Transfer-Encoding: base64\n\n{{printf \"\\x78\\x9f\\x3e\\x22 %s %s\" (token \"properties\") (from \"properties\") | octets}}"},
		{"PDF", "Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n{{printf \"%%PDF-1.4\\n1 0 obj <</Author (Alice %s, %s) /Creator (%s)>> endobj\\n%%%%EOF\\n\" (name \"Author\") (from \"Author\") (token \"Creator\") | octets}}"},
		{"office document", "Content-Type: application/vnd.openxmlformats-officedocument.wordprocessingml.document; name=cv.docx\nContent-Disposition: attachment; filename=cv.docx\nContent-Transfer-Encoding: base64\n\n{{officeFile | octets}}"},
	})), mixed("file", []row{
		{"PDF", "Content-Type: application/pdf; name=cv.pdf\nContent-Disposition: attachment; filename={{kept \"cv.pdf\"}}\nContent-Transfer-Encoding: base64\n\n{{file \"%PDF-1.4\\n\\x00\\x01\\xff binary\\r\\n\" | octets}}"},
		{"picture", "Content-Type: image/jpeg\nContent-Transfer-Encoding: base64\n\n{{picture \"plain\" | file | octets}}"},
		{"picture with a time", "Content-Type: image/jpeg\nContent-Transfer-Encoding: base64\n\n{{picture \"rotated\" | file | octets}}"},
		{"archive", "Content-Type: application/zip\nContent-Transfer-Encoding: base64\n\n{{file \"PK\\x05\\x06\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\" | octets}}"},
		{"empty", "Content-Type: application/octet-stream; name=empty\nContent-Transfer-Encoding: base64\n\n{{file \"\"}}"},
		{"large", "Content-Type: application/octet-stream; name=large.bin\nContent-Transfer-Encoding: base64\n\n{{\"\\x00\\x01pixels\\xff\\xfe\" | repeat 30000 | file | octets}}"},
		{"short lines", "Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n{{file \"%PDF-1.4 a file whose lines are short\\n\" | oneline | fold 10 | replace \"\\n \" \"\\n\"}}\n"},
		{"text without an address", "Content-Type: text/plain; charset=iso-8859-1; name=a.txt\nContent-Transfer-Encoding: base64\n\n{{file \"caf\\xe9 \\t \\r\\n\\r\\n. x@y z@ @ %40\" | octets}}"},
		{"sound", "Content-Type: audio/mpeg\nContent-Transfer-Encoding: base64\n\n{{file \"ID3\\x03\\x00 sound\" | octets}}"},
	}))
}
