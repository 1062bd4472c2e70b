package oracle

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"text/template"

	"golang.org/x/net/idna"
)

// letter is what a vector's message is made of. All of it but the encoding
// are templates, of which the functions plant the canaries.
type letter struct {
	mailFrom string // the envelope's sender, if it is not who writes
	head     string // fields; those that every letter has are added unless they are here
	kind     string // Content-Type; no MIME if empty and cte is empty too
	cte      string // the body is encoded so; empty means as it is
	body     string
	charset  func(string) string // of the body
	also     bool                // is about other addresses
	utf8     bool
	binary   bool // line breaks of the body stay as they are
}

// planter makes one letter.
type planter struct {
	*Run
	secret, kept *rand.Rand // two, so that canaries can differ while all else is equal
	prefix       string     // of all tokens in the letter
	letter       *Letter
	out          bytes.Buffer
	set          string // what a template has put aside
	place        string // where the text being written is, if not in a field
}

// Plant makes the letter of a vector. The same run always gives the same.
func (r *Run) Plant(v *Vector) *Letter {
	return r.plant(v, r.Seed)
}

// plant makes a letter with the canaries of another seed.
func (r *Run) plant(v *Vector, canaries [32]byte) *Letter {
	p := &planter{Run: r, secret: stream(canaries, v.Name), kept: stream(r.Seed, "kept "+v.Name), letter: &Letter{Vector: v, UTF8: v.utf8}}
	p.prefix = "q" + letters(p.secret, 3)
	p.letter.Marker = "oraclemark" + letters(p.kept, 12)
	p.letter.MailFrom = r.From
	if v.mailFrom != "" {
		p.place = "envelope"
		if p.letter.MailFrom = p.expand(v.mailFrom); p.letter.MailFrom == "<>" {
			p.letter.MailFrom = ""
		}
	}
	p.address(author, r.From)
	if r.Helo != "" {
		p.canary("HELO", r.Helo, anywhere)
	}
	p.letter.Data = append(p.header(&v.letter), p.body(&v.letter)...)
	return p.letter
}

// stream returns the random numbers for one purpose.
func stream(seed [32]byte, purpose string) *rand.Rand {
	return rand.New(rand.NewChaCha8(sha256.Sum256(append(seed[:], purpose...))))
}

func letters(r *rand.Rand, n int) string {
	const alphabet = "bcdfghjkmnpqrstvwxz" // no vowels: no words
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[r.IntN(len(alphabet))]
	}
	return string(b)
}

// header makes the header of a letter, its empty line included.
func (p *planter) header(l *letter) []byte {
	p.place = "header"
	head := p.expand(l.head)
	usual := []string{
		"From: " + p.From,
		"To: " + p.Mask,
		"Subject: A letter, " + p.letter.Marker,
		"Date: " + p.At.UTC().Format("Mon, 2 Jan 2006 15:04:05 -0700"),
		"Message-ID: <" + p.kword() + "@mail.example>",
	}
	if l.kind != "" || l.cte != "" {
		usual = append(usual, "MIME-Version: 1.0")
	}
	if l.kind != "" {
		usual = append(usual, "Content-Type: "+p.expand("Content-Type: " + l.kind)[len("Content-Type: "):])
	}
	if l.cte != "" {
		usual = append(usual, "Content-Transfer-Encoding: "+l.cte)
	}
	var b strings.Builder
	for _, line := range usual {
		name, _, _ := strings.Cut(line, ":")
		if !regexp.MustCompile(`(?im)^` + name + `[ \t]*:`).MatchString(head) {
			b.WriteString(line + "\n")
		}
	}
	b.WriteString(head)
	if head != "" && !strings.HasSuffix(head, "\n") {
		b.WriteByte('\n')
	}
	return crlf(b.String() + "\n")
}

// kword is a word that is no canary.
func (p *planter) kword() string { return letters(p.kept, 14) }

// body makes the body of a letter.
func (p *planter) body(l *letter) []byte {
	p.place = "body"
	if l.kind != "" {
		p.place, _, _ = strings.Cut(l.kind, ";")
	}
	text := p.expand(l.body)
	if l.binary {
		return []byte(text)
	}
	octets := string(crlf(text))
	if l.charset != nil {
		octets = l.charset(octets)
	}
	switch l.cte {
	case "base64":
		return []byte(base64Lines(octets))
	case "quoted-printable":
		return []byte(quotedLines(octets))
	}
	return []byte(octets)
}

// crlf makes all line breaks CRLF, RFC 5322 §2.1.
func crlf(text string) []byte {
	return []byte(strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n", "\r\n"))
}

// expand runs a template. What the functions of the vectors do wrong is a
// mistake in a table, which the tests find.
func (p *planter) expand(text string) string {
	if !strings.Contains(text, "{{") {
		return text
	}
	outer := p.out
	p.out = bytes.Buffer{}
	t := template.Must(template.New("").Funcs(p.functions()).Parse(text))
	if err := t.Execute(&p.out, nil); err != nil {
		panic(fmt.Sprintf("oracle: vector %s: %v", p.letter.Vector.Name, err))
	}
	result := p.out.String()
	p.out = outer
	return result
}

// functions are what templates can say: what to plant ({{from}}, {{tagged}},
// {{token}}, {{host}}, {{ip}}, {{zone}}, {{name}}, {{reader}}, {{also}}, with
// the place unless it is the field they stand in), what is to survive
// ({{keep}}, {{kept "text"}}, {{file "octets"}}), and how to write it (forms).
func (p *planter) functions() template.FuncMap {
	funcs := template.FuncMap{
		"from":        func(place ...string) string { return p.address(p.at(place), p.From) },
		"also":        p.others,
		"reader":      p.reader,
		"tagged":      func(place ...string) string { return p.tagged(p.at(place), p.From, anywhere) },
		"readertag":   func(place ...string) string { return p.tagged(p.at(place), p.Reader, fromReader) },
		"everywhere":  p.everywhere,
		"token":       func(place ...string) string { return p.token(p.at(place)) },
		"name":        func(place ...string) string { return capital(p.token(p.at(place))) },
		"host":        func(place ...string) string { return p.host(p.at(place)) },
		"ip":          p.ip,
		"zone":        p.zone,
		"keep":        func() string { return p.keep(p.kword()) },
		"kept":        p.keep,
		"marker":      func() string { return p.letter.Marker },
		"mask":        func() string { return p.Mask },
		"domain":      domain,
		"file":        p.file,
		"picture":     p.picture,
		"officeFile":  p.officeFile,
		"pixels":      func() string { return p.keep(p.kword()) },
		"numbers":     func(n int) []int { return make([]int, n) },
		"resemblance": p.resemblances,
		"set":         func(s string) string { p.set = s; return s },
		"get":         func() string { return p.set },
		"inner":       p.expand,
	}
	for name, f := range forms {
		funcs[name] = f
	}
	return funcs
}

// at names the place that is being written to: the one given, or the field.
func (p *planter) at(place []string) string {
	if len(place) > 0 {
		return place[0]
	}
	text := p.out.Bytes()
	for {
		start := bytes.LastIndexByte(text, '\n') + 1
		line := text[start:]
		if start > 0 && len(line) > 0 && (line[0] == ' ' || line[0] == '\t') {
			text = text[:start-1]
			continue
		}
		if colon := bytes.IndexByte(line, ':'); colon > 0 && !bytes.ContainsAny(line[:colon], " \t<>\"") {
			return string(line[:colon])
		}
		return p.place
	}
}

func (p *planter) canary(place, text string, s scope, others ...string) {
	text = strings.ToLower(text)
	for _, c := range p.letter.Canaries {
		if c.Place == place && c.Text == text {
			return
		}
	}
	p.letter.Canaries = append(p.letter.Canaries, Canary{place, text, others, s})
}

// token plants a word that nothing else holds.
func (p *planter) token(place string) string {
	t := p.prefix + letters(p.secret, 8)
	p.canary(place, t, anywhere)
	return t
}

// address plants a real address of the sender, with its domain as A-labels or
// as U-labels (RFC 5890 §2.3.2.1).
func (p *planter) address(place, addr string) string {
	var others []string
	for _, form := range []string{ofDomain(addr, idna.Punycode.ToUnicode), ofDomain(addr, idna.Punycode.ToASCII)} {
		if form != addr {
			others = append(others, form)
		}
	}
	p.canary(place, addr, anywhere, others...)
	return addr
}

// others plants the sender's other addresses.
func (p *planter) others(place ...string) []string {
	for _, a := range p.Also {
		p.address(p.at(place), a)
	}
	return p.Also
}

func (p *planter) reader(place ...string) string {
	p.canary(p.at(place), p.Reader, fromReader)
	return p.Reader
}

// tagged plants an address with a sub-address (RFC 5233) of its own.
func (p *planter) tagged(place, addr string, s scope) string {
	local, host, _ := strings.Cut(addr, "@")
	tag := p.prefix + letters(p.secret, 4) + "@" + host
	p.canary(place, tag, s)
	return local + "+" + tag
}

// everywhere plants an address for each position inside it, each with a tag
// of its own, with the given cut at that position, one a line.
func (p *planter) everywhere(cut string) string {
	var b strings.Builder
	for i := 1; i < len(p.From)+9; i++ {
		a := p.tagged(fmt.Sprintf("%s, cut at %d", p.at(nil), i), p.From, anywhere)
		if i < len(a) {
			b.WriteString("so " + a[:i] + cut + a[i:] + " so\n")
		}
	}
	for i := 1; i < len(p.From); i++ {
		b.WriteString("so " + p.From[:i] + cut + p.From[i:] + " so\n")
	}
	p.address(p.at(nil), p.From)
	return b.String()
}

// ip plants an address of the ranges for documentation, RFC 5737.
func (p *planter) ip(place ...string) string {
	nets := []string{"192.0.2", "198.51.100", "203.0.113"}
	ip := fmt.Sprintf("%s.%d", nets[p.secret.IntN(3)], 100+p.secret.IntN(155))
	p.canary(p.at(place), ip, anywhere)
	return ip
}

// zone plants a time zone that few share.
func (p *planter) zone(place ...string) string {
	zone := cmp.Or(p.Run.zone, "+0545")
	p.canary(p.at(place), zone, inHeader)
	return zone
}

// keep notes what must survive.
func (p *planter) keep(text string) string {
	p.letter.Kept = append(p.letter.Kept, text)
	return text
}

// file notes octets that must survive as they are.
func (p *planter) file(octets string) string {
	p.letter.Files = append(p.letter.Files, sha256.Sum256([]byte(octets)))
	return octets
}

// resemblances are addresses of other people that resemble the sender's.
func (p *planter) resemblances() []string {
	local, host, _ := strings.Cut(p.From, "@")
	list := []string{
		"x" + p.From, p.From + ".example", "new." + p.From, local + "@mail." + host, local + "_b@" + host,
		local + "@" + host + "er", "bob+" + p.From, "carol@" + host, local + "@elsewhere.example", local + "@" + host + "-lab.example",
	}
	for _, a := range list {
		p.keep(a)
	}
	return list
}

func domain(addr string) string { return addr[strings.LastIndexByte(addr, '@')+1:] }

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
