package reply

import (
	"slices"
	"strings"
)

// footer tells a line that a device or a mail program adds. It is short, and
// no sentence, unless a device is in it.
func footer(s string) bool {
	const most, longest = 14, 200 // words; bytes, links with it
	if len(s) > longest || strings.HasSuffix(s, "?") || endsInColon(s) {
		return false
	}
	s = strings.Trim(s, "<>()[]*_-—–~ ")
	var store [2 * longest]byte
	f := string(appendFold(store[:0], s))
	bare := strings.TrimRight(f, ".!")
	starts := func(p string) bool { return strings.HasPrefix(f, p) }
	ends := func(p string) bool { return strings.HasSuffix(bare, p) }
	within := func(p string) bool { return strings.Contains(f, p) }
	switch spaces := strings.Count(f, " "); {
	case spaces >= most:
		return false
	case slices.ContainsFunc(footerStarts, starts), slices.ContainsFunc(footerEnds, ends):
		return len(bare) == len(f) || slices.ContainsFunc(devices, within)
	case spaces < most/2 && within("outlook"): // Get Outlook for iOS
		return slices.ContainsFunc(systems, within)
	}
	return slices.ContainsFunc(remarks, starts)
}

// listFooter tells a line that a mailing list or a service adds.
func listFooter(s string) bool {
	const shortest, longest = 12, 400 // bytes
	if len(s) < shortest || len(s) > longest {
		return false
	}
	var store [2 * longest]byte
	return listWords.in(appendFold(store[:0], s))
}

// disclaimer tells a paragraph that a lawyer wrote. The bytes of buf are
// overwritten, and returned to be so again.
func disclaimer(s string, buf []byte) (bool, []byte) {
	const shortest, longest = 60, 5000 // bytes
	if len(s) < shortest || len(s) > longest {
		return false, buf
	}
	buf = appendFold(slices.Grow(buf[:0], len(s)), s)
	return legalAbout.in(buf) && legalWords.count(buf) >= 3, buf
}

// legalLine tells a line with which a disclaimer may begin.
func legalLine(s string) bool {
	f := appendFold(make([]byte, 0, len(s)), s)
	return legalAbout.in(f) || legalWords.in(f)
}

// signOff tells the line that ends a letter.
func signOff(s string) bool {
	const longest = 64
	if len(s) > longest {
		return false
	}
	var store [2 * longest]byte
	return signOffs[string(appendFold(store[:0], strings.Trim(s, ",.!* ")))]
}

// greeting tells a line that opens a letter, or thanks: capitals, but no
// name.
func greeting(s string) bool {
	const most, longest = 5, 60 // words and bytes of "Dear Mrs. van den Berg" and the like
	if len(s) > longest || strings.Count(s, " ") >= most || strings.HasSuffix(s, ".") || strings.HasSuffix(s, "?") {
		return false
	}
	first, _, _ := strings.Cut(fold(s), " ")
	return greetings[strings.Trim(first, ",.!:*")]
}

// banner tells the warning that a company's server puts above mail from
// outside.
func banner(s string) bool {
	const longest = 400 // bytes
	if len(s) > longest {
		return false
	}
	f := fold(s[:min(len(s), longest)])
	within := func(p string) bool { return strings.Contains(f, p) }
	return slices.ContainsFunc(bannerStarts, func(p string) bool { return strings.HasPrefix(strings.Trim(f, "[*!⚠ "), p) }) &&
		slices.ContainsFunc(outside, within)
}
