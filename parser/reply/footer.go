package reply

import (
	"slices"
	"strings"
)

const footerWords = 14

// footer tells a line that a device or a mail program adds.
func footer(s string) bool {
	const longest = 200 // bytes, links with it
	if len(s) > longest || strings.HasSuffix(s, "?") || endsInColon(s) {
		return false
	}
	s = strings.Trim(s, "<>()[]*_-—–~ ")
	var store [2 * longest]byte
	f := string(appendFold(store[:0], s))
	if strings.Count(f, " ") >= footerWords {
		return false
	}
	starts := func(p string) bool { return strings.HasPrefix(f, p) }
	ends := func(p string) bool { return strings.HasSuffix(strings.TrimRight(f, ".!"), p) }
	within := func(p string) bool { return strings.Contains(f, p) }
	return slices.ContainsFunc(footerStarts, starts) || slices.ContainsFunc(footerEnds, ends) ||
		within("outlook") && strings.Count(f, " ") < 8 && slices.ContainsFunc(systems, within)
}

// listFooter tells a line that a mailing list or a service adds.
func listFooter(s string) bool {
	const shortest, longest = 12, 400 // bytes
	if len(s) < shortest || len(s) > longest {
		return false
	}
	f := fold(s)
	return slices.ContainsFunc(listWords, func(p string) bool { return strings.Contains(f, p) })
}

// disclaimer tells a paragraph that a lawyer wrote.
func disclaimer(s string) bool {
	const shortest, longest = 60, 5000 // bytes
	if len(s) < shortest || len(s) > longest {
		return false
	}
	f := fold(s)
	within := func(p string) bool { return strings.Contains(f, p) }
	if !slices.ContainsFunc(legalAbout, within) {
		return false
	}
	n := 0
	for _, w := range legalWords {
		if within(w) {
			n++
		}
	}
	return n >= 3
}

// legalLine tells a line with which a disclaimer may begin.
func legalLine(s string) bool {
	f := fold(s)
	within := func(p string) bool { return strings.Contains(f, p) }
	return slices.ContainsFunc(legalAbout, within) || slices.ContainsFunc(legalWords, within)
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
	const words = 5 // of the longest: Dear Mrs. van den Berg
	if strings.Count(s, " ") >= words || strings.HasSuffix(s, ".") || strings.HasSuffix(s, "?") {
		return false
	}
	first, _, _ := strings.Cut(fold(s), " ")
	return greetings[strings.Trim(first, ",.!*")]
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
