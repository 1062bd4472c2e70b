package oracle

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"hash/maphash"
	"slices"
	"strings"
	"unicode/utf8"
)

// A view is one reading of what arrived.
type view struct {
	where  string
	how    string
	text   []byte
	depth  int
	scope  scope // fromReader: where the reader's address may stand
	isBody bool  // rather than header fields
}

// Views are read further until maxDepth decodings are undone, or the text of
// all of them comes to budget times that of the message and some.
const (
	maxDepth = 5
	budget   = 400
	atLeast  = 8 << 20
)

// search is the state of one search. It calls visit with every view until
// that returns false.
type search struct {
	visit func(view) bool
	seed  maphash.Seed
	seen  map[uint64]bool
	left  int // octets of views still to be read
	over  bool
}

func newSearch(visit func(view) bool) *search {
	return &search{visit: visit, seed: maphash.MakeSeed(), seen: map[uint64]bool{}}
}

// Examine searches what arrived of a letter: the message and the sender in
// its envelope.
func (l *Letter) Examine(mailFrom string, message []byte) *Report {
	r := &Report{}
	found := make([]bool, len(l.Canaries))
	open := len(found)
	s := newSearch(func(v view) bool {
		open -= l.look(v, found, r)
		return open > 0
	})
	s.left = budget*len(message) + atLeast
	s.read(view{where: "envelope", text: []byte(mailFrom)})
	s.message(message)
	if r.Missing = l.missing(message); s.left < 0 {
		r.Missing = append(r.Missing, "a full search: there is too much to decode")
	}
	r.Leaks = slices.DeleteFunc(r.Leaks, func(leak Leak) bool { // that another canary tells better
		return leak.Canary.Place == author && slices.ContainsFunc(r.Leaks, func(other Leak) bool {
			return other.Canary.Place != author && other.Canary.Text == leak.Canary.Text
		})
	})
	return r
}

// author is the place of the sender's address where no vector has planted it.
const author = "author"

// look searches one view and returns how many canaries it holds that were not
// found before.
func (l *Letter) look(v view, found []bool, r *Report) int {
	n := 0
	text := fold(v.text)
	for i, c := range l.Canaries {
		if found[i] || c.scope == fromReader && v.scope == fromReader || c.scope == inHeader && v.isBody {
			continue
		}
		at := l.find(text, c.Text)
		for _, form := range c.forms {
			if at < 0 {
				at = l.find(text, form)
			}
		}
		if at < 0 {
			continue
		}
		found[i] = true
		n++
		how := v.how
		if how == "" {
			how = "raw"
		}
		r.Leaks = append(r.Leaks, Leak{c, v.where, how, excerpt(v.text, text, at, len(c.Text))})
	}
	return n
}

// find returns where a canary is, unless it is part of something that is to
// be there.
func (l *Letter) find(text []byte, canary string) int {
	for pos := 0; ; {
		at := bytes.Index(text[pos:], []byte(canary))
		if at < 0 {
			return -1
		}
		at += pos
		if !l.isKept(text, at, canary) {
			return at
		}
		pos = at + 1
	}
}

// around is how far a survivor can reach beyond a canary in it.
const around = 200

// isKept tells whether the canary at that place is inside a survivor, which
// soft line breaks may cut.
func (l *Letter) isKept(text []byte, at int, canary string) bool {
	before := softBreaks.ReplaceAll(text[max(0, at-around):at], nil)
	text = append(before, softBreaks.ReplaceAll(text[at:min(len(text), at+len(canary)+around)], nil)...)
	at = len(before)
	for _, kept := range l.Kept {
		kept = strings.ToLower(kept)
		inside := strings.Index(kept, canary)
		if inside < 0 || at < inside {
			continue
		}
		if bytes.HasPrefix(text[at-inside:], []byte(kept)) {
			return true
		}
	}
	return false
}

// fold makes text lower case; what is no UTF-8 is taken as ASCII.
func fold(text []byte) []byte {
	out := make([]byte, len(text))
	for i, c := range text {
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		out[i] = c
	}
	if !isPlain(out) && utf8.Valid(out) {
		return bytes.ToLower(out)
	}
	return out
}

// excerpt shows what stands around a canary, on one line.
func excerpt(text, folded []byte, at, n int) string {
	if len(text) != len(folded) {
		text = folded
	}
	from, to := max(0, at-24), min(len(text), at+n+24)
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == '\ufffd' {
			return '·'
		}
		return r
	}, string(text[from:to]))
}

// read shows a text and all that can be made of it, what takes the fewest
// decodings first.
func (s *search) read(v view) {
	queue := []view{v}
	for len(queue) > 0 && !s.over {
		v, queue = queue[0], queue[1:]
		if len(v.text) == 0 || !s.fresh(v) {
			continue
		}
		if s.left -= len(v.text); !s.visit(v) || s.left < 0 {
			s.over = true
			return
		}
		if v.depth == maxDepth {
			continue
		}
		for _, d := range decodings {
			text := d.decode(v.text)
			if text == nil {
				continue
			}
			next := v
			next.how, next.text, next.depth = d.name, text, v.depth+1
			if v.how != "" {
				next.how = v.how + ", " + d.name
			}
			if d.last {
				next.depth = maxDepth
			}
			queue = append(queue, next)
		}
	}
}

// fresh tells whether a text was not seen before.
func (s *search) fresh(v view) bool {
	var h maphash.Hash
	h.SetSeed(s.seed)
	h.Write(v.text)
	fmt.Fprint(&h, v.scope, v.isBody)
	sum := h.Sum64()
	if s.seen[sum] {
		return false
	}
	s.seen[sum] = true
	return true
}

// message shows the views of a message: field by field and part by part, as a
// client reads it, and then as mere octets.
func (s *search) message(data []byte) {
	if s.left == 0 {
		s.left = budget*len(data) + atLeast
	}
	walk(data, "", "text/plain", 0, func(e *entity, leaf bool) {
		for _, f := range e.fields {
			s.read(view{where: e.place(f.name), text: []byte(f.name + ":" + f.value), scope: e.scope(f.name)})
		}
		if leaf {
			s.leaf(e)
		}
	})
	head, body := cutHeader(data)
	s.read(view{where: "body", text: body, isBody: true})
	s.read(view{where: "header", text: head, scope: fromReader})
}

// leaf shows the body of a part.
func (s *search) leaf(e *entity) {
	where := fmt.Sprintf("part %s (%s)", e.path, e.kind)
	decoded := undoCTE(e.cte, e.body)
	isBody := !strings.HasPrefix(e.kind, "message/") && e.kind != "text/rfc822-headers"
	s.read(view{where: where, text: e.body, isBody: isBody})
	s.read(view{where: where, how: e.cte, text: decoded, isBody: isBody})
	if label := e.params["charset"]; label != "" {
		if text := fromCharset(label, decoded); text != nil {
			s.read(view{where: where, how: strings.TrimPrefix(e.cte+", "+label, ", "), text: text, isBody: isBody})
		}
	}
}

// place names a field.
func (e *entity) place(name string) string {
	if e.path == "" {
		return name
	}
	return name + " of part " + e.path
}

// scope tells whether a field may name the reader: where the letter was sent
// to stands in To, and in what the reader's own server adds.
func (e *entity) scope(name string) scope {
	switch strings.ToLower(name) {
	case "to", "delivered-to", "x-original-to", "envelope-to", "received", "x-forwarded-to":
		if e.path == "" {
			return fromReader
		}
	}
	return anywhere
}

// missing returns what should have survived and is in no text that arrived,
// decoded as a client does and no further.
func (l *Letter) missing(message []byte) []string {
	var texts []string
	files := map[[sha256.Size]byte]bool{}
	walk(message, "", "text/plain", 0, func(e *entity, leaf bool) {
		for _, f := range e.fields {
			text := []byte(unfoldString(f.value))
			texts = append(texts, string(text), string(words(text)), string(parameters(text)))
		}
		if !leaf {
			return
		}
		text := undoCTE(e.cte, e.body)
		files[sha256.Sum256(text)] = true
		if decoded := fromCharset(e.params["charset"], text); decoded != nil {
			text = decoded
		}
		texts = append(texts, strings.ReplaceAll(string(text), "\r\n", "\n"), string(unfold(text)))
	})
	var missing []string
	for _, kept := range l.Kept {
		if !holds(texts, kept) {
			missing = append(missing, fmt.Sprintf("%q", kept))
		}
	}
	for i, sum := range l.Files {
		if !files[sum] {
			missing = append(missing, fmt.Sprintf("attachment %d, byte for byte", i+1))
		}
	}
	return append(missing, dangling(message)...)
}

func holds(texts []string, kept string) bool {
	for _, t := range texts {
		if strings.Contains(t, kept) {
			return true
		}
	}
	return false
}
