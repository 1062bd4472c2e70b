package mask

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
	"golang.org/x/text/unicode/norm"
)

// A pattern is one spelling of a real address. All are in lower case.
type pattern struct {
	local  []byte // without quotes and without sub-address
	domain []byte
	mask   string
}

// matcher finds addresses, and content ids, in plain text.
type matcher struct {
	letter   Letter
	patterns []pattern
	host     string // that new content ids are in
	ascii    bool   // all patterns are

	people *matcher // of calendar entries, once there are some
	uids   *sealer  // of calendar entries, once there are some
	texts  scrubber // of those that are searched as a whole
	out    bytes.Buffer
}

func newMatcher(l Letter) *matcher {
	m := &matcher{letter: l, ascii: true}
	m.host = strings.ToLower(l.From.Addr[strings.LastIndexByte(l.From.Addr, '@')+1:])
	for _, r := range l.Replace {
		m.add(untagged(r.Address), r.Mask)
	}
	return m
}

// forPeople returns the matcher for the people of a calendar entry: there the
// reader has one address, the own one, which needs no replacing.
func (m *matcher) forPeople() *matcher {
	own, to := m.letter.Own, m.letter.To.Addr
	if m.people != nil || own == "" || !isBare(to) {
		return cmp.Or(m.people, m)
	}
	m.people = &matcher{letter: m.letter, ascii: m.ascii, host: m.host}
	for _, r := range m.letter.Replace {
		switch {
		case !strings.EqualFold(r.Mask, own):
			m.people.add(untagged(r.Address), r.Mask)
		case !strings.EqualFold(r.Address, to):
			m.people.add(untagged(r.Address), to)
		}
	}
	m.people.add(own, to) // its tag is what tells it from others
	return m.people
}

// isBare tells whether an address can stand in any property or URI as it is.
func isBare(address string) bool {
	return strings.Count(address, "@") == 1 && !strings.ContainsFunc(strings.ToLower(address), func(r rune) bool {
		return r != '@' && (r >= utf8.RuneSelf || !continues(byte(r)))
	})
}

// untagged returns an address without sub-address, RFC 5233.
func untagged(address string) string {
	at := strings.LastIndexByte(address, '@')
	if at <= 0 {
		return address
	}
	local := strings.Trim(address[:at], `"`)
	if plus := strings.IndexByte(local, '+'); plus > 0 {
		local = local[:plus]
	}
	return local + address[at:]
}

// add takes in an address in all its spellings.
func (m *matcher) add(address, mask string) {
	address = strings.ToLower(strings.TrimSpace(address))
	at := strings.LastIndexByte(address, '@')
	if at <= 0 || at == len(address)-1 {
		return
	}
	for _, s := range spellings(strings.Trim(address[:at], `"`), address[at+1:]) {
		at := strings.LastIndexByte(s, '@')
		m.patterns = append(m.patterns, pattern{[]byte(s[:at]), []byte(s[at+1:]), mask})
		m.ascii = m.ascii && isASCII(s)
	}
}

// spellings returns an address with its domain as A-labels and as U-labels
// (RFC 5890 §2.3.2.1), and with its accents composed and apart (UAX #15).
func spellings(local, domain string) []string {
	all := []string{local + "@" + domain}
	if isASCII(local) && isASCII(domain) && !strings.Contains(domain, "xn--") {
		return all
	}
	for _, convert := range []func(string) (string, error){idna.Punycode.ToASCII, idna.Punycode.ToUnicode} {
		if d, err := convert(domain); err == nil {
			all = append(all, norm.NFC.String(local+"@"+d), norm.NFD.String(local+"@"+d))
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}

// address returns where in s the address around the at sign at i begins and
// ends, and its mask. In a name, such as that of a file, words are joined by
// the marks that an address may hold, so they end it there.
func (m *matcher) address(s *stream, i int, name bool) (start, end int, mask string, ok bool) {
	for _, p := range m.patterns {
		if !bytes.HasPrefix(s.text[i+1:], p.domain) {
			continue
		}
		end := i + 1 + len(p.domain)
		if !endsDomain(s, end, name) {
			continue
		}
		if start, ok := p.localBefore(s, i, name); ok {
			return start, end, p.mask, true
		}
	}
	return 0, 0, "", false
}

// domainAfter tells whether one of the domains comes after i.
func (m *matcher) domainAfter(s *stream, i int) bool {
	for _, p := range m.patterns {
		if bytes.HasPrefix(s.text[i+1:], p.domain) {
			return true
		}
	}
	return false
}

// endsDomain tells whether a domain can end before i: corp.test does not end
// in corp.test.example, nor in corp.tester, but in corp.test.pdf.
func endsDomain(s *stream, i int, name bool) bool {
	if i >= len(s.text) || s.parts(i) || !continues(s.text[i]) {
		return true
	}
	if c := s.text[i]; c == '.' || c == '-' {
		return name || i+1 >= len(s.text) || s.parts(i+1) || !isAlnum(s.text[i+1]) || isExtension(s.text[i:])
	}
	return !isAlnum(s.text[i])
}

// isExtension tells whether text begins with one that files in mail have. They
// are no top-level domains, or hardly used as such.
func isExtension(text []byte) bool {
	const known = ".asc.csv.doc.docx.eml.gif.htm.html.ics.jpeg.jpg.json.key.msg.odt.p7s.pdf.png.ppt.pptx.txt.vcf.xls.xlsx."
	end := 1
	for end < len(text) && isAlnum(text[end]) {
		end++
	}
	if end < len(text) && text[end] == '.' && end+1 < len(text) && isAlnum(text[end+1]) {
		return false
	}
	return end > 2 && strings.Contains(known, string(text[:end])+".")
}

// localBefore finds the local part that ends before i, as it is, with a
// sub-address (RFC 5233), or quoted.
func (p pattern) localBefore(s *stream, i int, name bool) (int, bool) {
	if i > 0 && s.text[i-1] == '"' {
		open := bytes.LastIndexByte(s.text[max(0, i-1-maxLocal):i-1], '"')
		if open < 0 {
			return 0, false
		}
		open += max(0, i-1-maxLocal)
		inner := s.text[open+1 : i-1]
		ok := p.localAt(s, open+1, i-1) && (len(inner) == len(p.local) || inner[len(p.local)] == '+')
		return open, ok
	}
	for end := i; end > 0; {
		start := end - len(p.local)
		if start >= 0 && p.localAt(s, start, end) && startsLocal(s, start, name) {
			return start, true
		}
		plus := end - 1
		for plus > 0 && i-plus < maxLocal && continues(s.text[plus]) && s.text[plus] != '+' {
			plus--
		}
		if s.text[plus] != '+' || i-plus >= maxLocal {
			return 0, false
		}
		end = plus
	}
	return 0, false
}

// localAt tells whether the local part stands at start, before end. A backslash
// before n, r or t was read as white space, but it may quote the letter (RFC
// 5322 §3.2.1), or stand before a name, as in C:\Users\nora@corp.test; in code
// only if a backslash stands before it.
func (p pattern) localAt(s *stream, start, end int) bool {
	if end-start < len(p.local) {
		return false
	}
	for k, c := range p.local {
		at := start + k
		if s.text[at] == c {
			continue
		}
		if g := s.at(at); s.coded && !g.slash || s.text[at] != ' ' || g.to-g.from < 2 || c != 'n' && c != 'r' && c != 't' {
			return false
		}
	}
	return true
}

// maxLocal is more than a local part may have, RFC 5321 §4.5.3.1.1, for those
// that are longer all the same.
const maxLocal = 256

// startsLocal tells whether a local part can start at i, or whether what is
// before belongs to it: alice is not malice, new.alice or bob+alice. Marks
// that lead nowhere, as in _alice@corp.test_, are no part of it.
func startsLocal(s *stream, i int, name bool) bool {
	if i == 0 || s.parts(i) {
		return true
	}
	c := s.text[i-1]
	if c >= utf8.RuneSelf {
		r, _ := utf8.DecodeLastRune(s.text[:i])
		return !unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic)
	}
	if !continues(c) {
		return true
	}
	if name || isAlnum(c) || s.parts(i-1) || i == 1 {
		return !isAlnum(c)
	}
	return !isAlnum(s.text[i-2])
}

// continues tells whether c, beside a letter or digit, belongs to one word
// with it. Other characters that a local part may hold are met as separators
// far more often, as in to=alice@corp.test.
func continues(c byte) bool {
	return isAlnum(c) || c == '.' || c == '-' || c == '_' || c == '+' || c == '\''
}

func isAlnum(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= '0' && c <= '9'
}

// contentID returns where the id of a cid: reference (RFC 2392) around the at
// sign at i begins and ends, and the id it has in the copy.
func (m *matcher) contentID(s *stream, i int) (start, end int, id string, ok bool) {
	const scheme = "cid:"
	for start = i; start > 0 && i-start < maxLocal && isIDChar(s.text[start-1]); start-- {
	}
	before, ok := bytes.CutSuffix(s.text[:start], []byte(scheme))
	if !ok || len(before) > 0 && isAlnum(before[len(before)-1]) {
		return 0, 0, "", false
	}
	for end = i + 1; end < len(s.text) && end-i < maxLocal && isIDChar(s.text[end]); end++ {
	}
	for end > i+1 && !isAlnum(s.text[end-1]) && s.text[end-1] < utf8.RuneSelf { // what follows a host, such as the end of a sentence
		end--
	}
	if start == i || end == i+1 { // an id has both sides, RFC 5322 §3.6.4
		return 0, 0, "", false
	}
	old := string(s.text[start:end])
	id = m.newID(old)
	return start, end, id, id != old
}

func isIDChar(c byte) bool {
	return c > ' ' && c != 0x7f && strings.IndexByte("\"'<>()[]\\:;,@", c) < 0
}

// newID returns the content id that a copy has for this one: the old one
// tells the sender's host, at times the sender. An id of ours stays.
func (m *matcher) newID(old string) string {
	old = strings.ToLower(old)
	if local, host, ok := strings.Cut(old, "@"); ok && host == m.host {
		if digits, ok := strings.CutPrefix(local, "part."); ok && len(digits) == 24 && strings.Trim(digits, "0123456789abcdef") == "" {
			return old
		}
	}
	sum := sha256.Sum256([]byte(old))
	return "part." + hex.EncodeToString(sum[:12]) + "@" + m.host
}
