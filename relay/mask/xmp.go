package mask

import "bytes"

// maxElement is more than an element of XMP takes that tells a place, or its
// start tag. Without it a picture of start tags would take seconds.
const maxElement = 512

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
		if start, end, ok := attribute(head, from); ok {
			found, from = appendShown(found, head, start, end), end
		} else if start, end, ok := element(head, at, from); ok {
			found, from = appendTexts(found, head, start, end), end
		}
		next := bytes.Index(head[from:], name)
		if next < 0 {
			break
		}
		at = from + next
	}
	return found
}

// attribute returns where the value is of the attribute whose name ends
// before i.
func attribute(head []byte, i int) (start, end int, ok bool) {
	i = afterSpace(head, i)
	if i == len(head) || head[i] != '=' {
		return 0, 0, false
	}
	i = afterSpace(head, i+1)
	if i == len(head) || head[i] != '"' && head[i] != '\'' {
		return 0, 0, false
	}
	start = i + 1
	if end = bytes.IndexByte(head[start:], head[i]); end < 0 {
		return start, len(head), true
	}
	return start, start + end, true
}

// element returns where the content is of the element whose name stands from
// at to i, if that is in a start tag.
func element(head []byte, at, i int) (start, end int, ok bool) {
	head = head[:min(len(head), i+maxElement)]
	size := bytes.IndexByte(head[i:], '>')
	if size < 0 || at == 0 || head[at-1] != '<' || head[i+size-1] == '/' {
		return 0, 0, false
	}
	start = i + size + 1
	end = bytes.Index(head[start:], append([]byte("</"), head[at:i]...))
	if end < 0 {
		end = max(0, bytes.IndexByte(head[start:], '<'))
	}
	return start, start + end, true
}

// appendTexts appends what stands outside tags from start to end.
func appendTexts(found []blank, head []byte, start, end int) []blank {
	for start < end {
		size := bytes.IndexByte(head[start:end], '<')
		if size < 0 {
			return appendShown(found, head, start, end)
		}
		found = appendShown(found, head, start, start+size)
		tag := bytes.IndexByte(head[start+size:end], '>')
		if tag < 0 {
			break
		}
		start += size + tag + 1
	}
	return found
}

// appendShown appends a range of text, if there is any but white space, and
// but what an Exif had there.
func appendShown(found []blank, head []byte, start, end int) []blank {
	if len(bytes.Trim(head[start:end], " \t\r\n\x00")) == 0 {
		return found
	}
	return append(found, blank{start, end, ' '})
}

func afterSpace(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\t' || b[i] == '\r' || b[i] == '\n') {
		i++
	}
	return i
}
